package dev.verso.sql.pragma;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Definition.OnEvent.Action;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.ForeignKey;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** Rows of the pragmas that describe tables and indexes. */
final class SchemaRows {
    private SchemaRows() {}

    static List<Object[]> tableInfo(PragmaCall call, boolean extended) {
        List<Object[]> rows = new ArrayList<>();
        Table table = call.table();
        if (table == null) {
            return rows;
        }
        int skipped = 0;
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            int hidden = column.hidden() ? 1 : column.generated() == null ? 0 : column.stored() ? 3 : 2;
            if (hidden != 0 && !extended) {
                skipped++;
                continue;
            }
            Object[] row = new Object[extended ? 7 : 6];
            row[0] = i - skipped;
            row[1] = column.name();
            row[2] = column.declaredType() == null ? "" : column.declaredType();
            row[3] = column.notNull() == null ? 0 : 1;
            row[4] = hidden >= 2 ? null : column.defaultText();
            row[5] = keyPosition(table, i);
            if (extended) {
                row[6] = hidden;
            }
            rows.add(row);
        }
        return rows;
    }

    private static int keyPosition(Table table, int column) {
        if (table.rowidColumn() == column) {
            return 1;
        }
        Index key = table.primaryKey();
        if (key == null) {
            return 0;
        }
        for (int i = 0; i < key.keyColumns(); i++) {
            if (key.parts().get(i).column() == column) {
                return i + 1;
            }
        }
        return 0;
    }

    static List<Object[]> tableList(PragmaCall call) {
        List<Object[]> rows = new ArrayList<>();
        for (Schema schema : call.schemas().all()) {
            if (call.schemaName() != null && !AsciiCase.same(schema.name(), call.schemaName())) {
                continue;
            }
            countColumns(call, schema);
            for (Table table : schema.tables()) {
                if (call.hasValue() && !AsciiCase.same(table.name(), call.value())) {
                    continue;
                }
                rows.add(new Object[] {
                    schema.name(),
                    shownName(table),
                    typeOf(call, table),
                    table.columns().size(),
                    table.isWithoutRowid() ? 1 : 0,
                    table.isStrict() ? 1 : 0
                });
            }
        }
        return rows;
    }

    /**
     * Columns are counted as SQLite counts them: it prepares a query of the first table that has none yet, by its bare name, and begins again. One
     * that stays without, because the view does not work or the name means another database's table, hides those behind it.
     */
    private static void countColumns(PragmaCall call, Schema schema) {
        Table before = null;
        while (true) {
            Table table = firstWithoutColumns(schema);
            if (table == null || table == before) {
                return;
            }
            prepare(call, call.schemas().table(null, table.name()));
            before = table;
        }
    }

    private static Table firstWithoutColumns(Schema schema) {
        for (Table table : schema.tables()) {
            if (table.columns().isEmpty()) {
                return table;
            }
        }
        return null;
    }

    private static void prepare(PragmaCall call, Table table) {
        try {
            if (table.isView()) {
                call.host().resolveView(table);
            } else {
                call.schemas().connect(table);
            }
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.ERROR) {
                throw e;
            }
        }
    }

    private static String typeOf(PragmaCall call, Table table) {
        if (table.isView()) {
            return "view";
        }
        if (table.isVirtual()) {
            return "virtual";
        }
        return call.host().isShadow(table) ? "shadow" : "table";
    }

    private static String shownName(Table table) {
        return switch (table.name()) {
            case "sqlite_master" -> "sqlite_schema";
            case "sqlite_temp_master" -> "sqlite_temp_schema";
            default -> table.name();
        };
    }

    static List<Object[]> indexList(PragmaCall call) {
        List<Object[]> rows = new ArrayList<>();
        Table table = call.table();
        if (table == null) {
            return rows;
        }
        for (Index index : table.indexes()) {
            String origin =
                    switch (index.origin()) {
                        case CREATE_INDEX -> "c";
                        case UNIQUE -> "u";
                        case PRIMARY_KEY -> "pk";
                    };
            rows.add(new Object[] {
                rows.size(), index.name(), index.isUnique() ? 1 : 0, origin, index.where() == null ? 0 : 1
            });
        }
        return rows;
    }

    static List<Object[]> indexInfo(PragmaCall call, boolean extended) {
        List<Object[]> rows = new ArrayList<>();
        if (!call.hasValue()) {
            return rows;
        }
        Index index = call.schemas().index(call.schemaName(), call.value());
        if (index == null) {
            Table table = call.schemas().table(call.schemaName(), call.value());
            index = table != null && table.isWithoutRowid() ? table.primaryKey() : null;
        }
        if (index == null) {
            return rows;
        }
        int count = extended ? index.parts().size() : index.keyColumns();
        for (int i = 0; i < count; i++) {
            Index.Part part = index.parts().get(i);
            String name = part.column() < 0
                    ? null
                    : index.table().columns().get(part.column()).name();
            rows.add(
                    extended
                            ? new Object[] {
                                i,
                                part.column(),
                                name,
                                part.descending() ? 1 : 0,
                                part.collation(),
                                i < index.keyColumns() ? 1 : 0
                            }
                            : new Object[] {i, part.column(), name});
        }
        return rows;
    }

    static List<Object[]> foreignKeyList(PragmaCall call) {
        List<Object[]> rows = new ArrayList<>();
        Table table = call.table();
        if (table == null) {
            return rows;
        }
        int count = table.foreignKeys().size();
        for (int id = 0; id < count; id++) {
            ForeignKey key = table.foreignKeys().get(count - 1 - id);
            for (int i = 0; i < key.columns().size(); i++) {
                rows.add(new Object[] {
                    id,
                    i,
                    key.parentTable(),
                    table.columns().get(key.columns().get(i)).name(),
                    key.parentColumns().isEmpty() ? null : key.parentColumns().get(i),
                    name(key.onUpdate()),
                    name(key.onDelete()),
                    "NONE"
                });
            }
        }
        return rows;
    }

    private static String name(Action action) {
        return switch (action) {
            case SET_NULL -> "SET NULL";
            case SET_DEFAULT -> "SET DEFAULT";
            case CASCADE -> "CASCADE";
            case RESTRICT -> "RESTRICT";
            case NO_ACTION -> "NO ACTION";
        };
    }
}
