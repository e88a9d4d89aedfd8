package dev.verso.sql.schema;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.btree.TableCursor;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.SqlParser;
import dev.verso.parser.SqlSyntaxException;
import dev.verso.parser.ast.Definition.CreateIndex;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Definition.CreateTrigger;
import dev.verso.parser.ast.Definition.CreateView;
import dev.verso.parser.ast.Definition.CreateVirtualTable;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Statement;
import dev.verso.record.AsciiCase;
import dev.verso.record.RecordView;
import dev.verso.record.TextEncoding;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of {@code sqlite_schema} (file format §2.6) into a {@link Schema}. The caller has a snapshot open. */
final class SchemaLoader {
    static final int SCHEMA_ROOT_PAGE = 1;
    private static final int MAX_SCHEMA_FORMAT = 4;

    /** The error for a row that can't be understood. */
    interface Refusal {
        DatabaseException of(String type, String name, String why);
    }

    private final Catalog catalog;
    private final Schema schema;
    private final BTree tree;
    private final Refusal refusal;
    private final boolean passesOver;

    /** @param catalog where a TEMP trigger finds the table that it stands on @param passesOver whether rows that make no sense are left out */
    SchemaLoader(Catalog catalog, Schema schema, BTree tree, boolean passesOver) {
        this(catalog, schema, tree, passesOver, (type, name, why) -> malformed(name, why));
    }

    SchemaLoader(Catalog catalog, Schema schema, BTree tree, boolean passesOver, Refusal refusal) {
        this.catalog = catalog;
        this.schema = schema;
        this.tree = tree;
        this.passesOver = passesOver;
        this.refusal = refusal;
    }

    /** Forgets what is known and reads all rows. */
    void loadAll() {
        loadEmpty(schema);
        if (tree.pager().pageCount() == 0) {
            return;
        }
        int format = tree.headerField(HeaderField.SCHEMA_FORMAT);
        if (format > MAX_SCHEMA_FORMAT) {
            throw new DatabaseException(ResultCode.ERROR, "unsupported file format");
        }
        schema.hasDescendingIndexes(format == 0 || format == MAX_SCHEMA_FORMAT);
        loadRows(null);
        new Statistics(schema, tree).load();
    }

    /** Reads the rows that belong to one table ({@code tbl_name}); those already known are left alone. */
    void loadTable(String tableName) {
        loadRows(tableName);
    }

    private void loadRows(String onlyTable) {
        for (SchemaRow row : rows(tree)) {
            if (onlyTable == null || AsciiCase.same(onlyTable, row.tableName())) {
                load(row);
            }
        }
    }

    /** All rows, in their order. */
    static List<SchemaRow> rows(BTree tree) {
        Value value = new Value();
        TextEncoding encoding = tree.encoding();
        List<SchemaRow> rows = new ArrayList<>();
        try (TableCursor cursor = tree.openTable(SCHEMA_ROOT_PAGE, false)) {
            // Transactions rely on the schema in another way.
            cursor.readsUnnoted();
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                RecordView row = cursor.record();
                rows.add(new SchemaRow(
                        cursor.rowid(),
                        text(row, 0, value, encoding),
                        text(row, 1, value, encoding),
                        text(row, 2, value, encoding),
                        integer(row, 3, value, encoding),
                        text(row, 4, value, encoding)));
            }
        }
        return rows;
    }

    static String text(RecordView row, int column, Value value, TextEncoding encoding) {
        if (!row.hasColumn(column)) {
            return null;
        }
        value.setColumn(row, column, encoding);
        return value.asString();
    }

    private static Long integer(RecordView row, int column, Value value, TextEncoding encoding) {
        if (!row.hasColumn(column)) {
            return null;
        }
        value.setColumn(row, column, encoding);
        return value.isNull() ? null : value.asLong();
    }

    /** Adds what the row defines; what is already known is left alone. */
    void load(SchemaRow row) {
        try {
            understand(row);
        } catch (DatabaseException e) {
            if (!passesOver) {
                throw e;
            }
            // The schema is writable, so that it can be repaired: the object is as if it were not there.
        }
    }

    private void understand(SchemaRow row) {
        String type = row.type();
        String name = row.name();
        String sql = row.sql();
        Long rootPage = row.rootPage();
        if (rootPage == null) {
            throw refusal.of(type, name, null);
        }
        if (rootPage > tree.pager().pageCount() || rootPage < 0) {
            throw refusal.of(type, name, "invalid rootpage");
        }
        if (sql != null && sql.regionMatches(true, 0, "cr", 0, 2)) {
            loadDefinition(type, name, rootPage.intValue(), sql);
        } else if (name == null || sql != null && !sql.isEmpty()) {
            throw refusal.of(type, name, null);
        } else {
            loadAutomaticIndex(type, name, rootPage.intValue());
        }
    }

    private void loadAutomaticIndex(String type, String name, int rootPage) {
        Index index = schema.index(name);
        if (index == null) {
            throw refusal.of(type, name, "orphan index");
        }
        if (rootPage < 2) {
            throw refusal.of(type, name, "invalid rootpage");
        }
        index.rootPage(rootPage);
    }

    private void loadDefinition(String type, String name, int rootPage, String sql) {
        Statement statement;
        try {
            statement = SqlParser.parseNext(sql, 0).statement();
        } catch (SqlSyntaxException e) {
            String known = passesOver ? withoutUnknownOption(sql, e) : null;
            if (known == null) {
                throw refusal.of(type, name, e.getMessage());
            }
            loadDefinition(type, name, rootPage, known);
            return;
        }
        try {
            if (statement instanceof CreateTable definition) {
                addTable(definition, rootPage, sql);
            } else if (statement instanceof CreateIndex definition) {
                addIndex(definition, rootPage, sql);
            } else if (statement instanceof CreateView definition) {
                addView(definition, sql);
            } else if (statement instanceof CreateTrigger definition) {
                addTrigger(definition, sql);
            } else if (statement instanceof CreateVirtualTable definition) {
                Table table = new Table(schema, definition.name().text(), Table.Kind.VIRTUAL);
                table.sql(sql);
                table.virtual(new VirtualDefinition(definition.module().text(), definition.arguments(), false));
                schema.add(table);
            } else {
                throw refusal.of(type, name, "not a definition: " + type);
            }
        } catch (DatabaseException e) {
            if (e.code() == ResultCode.ERROR) {
                throw refusal.of(type, name, e.getMessage());
            }
            throw e;
        }
    }

    /** A table whose last option is not known (a later version's, perhaps) is there without it. @return null if that is not what is wrong */
    private static String withoutUnknownOption(String sql, SqlSyntaxException problem) {
        if (!problem.isUnknownTableOption()) {
            return null;
        }
        String before = sql.substring(0, problem.offset()).stripTrailing();
        if (!sql.substring(problem.unknownOptionEnd()).isBlank()) {
            return null;
        }
        if (before.regionMatches(true, before.length() - "WITHOUT".length(), "WITHOUT", 0, "WITHOUT".length())) {
            before = before.substring(0, before.length() - "WITHOUT".length()).stripTrailing();
        }
        return before.endsWith(",") ? before.substring(0, before.length() - 1) : before;
    }

    private void addTable(CreateTable definition, int rootPage, String sql) {
        if (schema.table(definition.name().text()) != null) {
            return;
        }
        Table table = TableBuilder.build(schema, definition, sql);
        table.rootPage(rootPage);
        if (table.isWithoutRowid()) {
            table.primaryKey().rootPage(rootPage);
        }
        schema.add(table);
        for (Index index : table.indexes()) {
            schema.add(index);
        }
    }

    private void addIndex(CreateIndex definition, int rootPage, String sql) {
        if (schema.index(definition.name().text()) != null) {
            return;
        }
        Table table = schema.table(definition.table().text());
        if (table == null) {
            throw new DatabaseException(
                    ResultCode.ERROR,
                    "no such table: " + schema.name() + "." + definition.table().text());
        }
        Index index = IndexBuilder.build(table, definition);
        index.rootPage(rootPage);
        index.sql(sql);
        IndexBuilder.addInOrder(table, index);
        schema.add(index);
    }

    private void addView(CreateView definition, String sql) {
        if (schema.table(definition.name().text()) != null) {
            return;
        }
        Table view = new Table(schema, definition.name().text(), Table.Kind.VIEW);
        List<String> names = new ArrayList<>();
        for (Name name : definition.columns()) {
            names.add(name.text());
        }
        view.view(definition.select(), names);
        view.sql(sql);
        schema.add(view);
    }

    private void addTrigger(CreateTrigger definition, String sql) {
        if (schema.trigger(definition.name().text()) != null) {
            return;
        }
        String tableName = definition.table().text();
        boolean inTemp = schema.database() == Schemas.TEMP;
        // Outside of temp a schema before the table's name says nothing: older versions of SQLite let any stand there.
        Table table = inTemp
                ? catalog.table(
                        definition.tableSchema() == null
                                ? null
                                : definition.tableSchema().text(),
                        tableName)
                : schema.table(tableName);
        if (table == null) {
            if (inTemp) {
                return; // the table of another schema is gone, and the trigger with it
            }
            throw new DatabaseException(ResultCode.ERROR, "no such table: " + schema.name() + "." + tableName);
        }
        Trigger trigger = new Trigger(schema, definition.name().text(), table.schema(), table.name(), definition, sql);
        schema.add(trigger);
        if (table.schema() == schema) {
            table.triggers().add(0, trigger);
        }
    }

    /** What there is in a database that nothing has been put into. */
    static void loadEmpty(Schema schema) {
        schema.clear();
        schema.add(schemaTable(schema));
    }

    /** The table {@code sqlite_schema} itself, which no row describes. */
    private static Table schemaTable(Schema schema) {
        String name = schema.database() == Schemas.TEMP ? "sqlite_temp_master" : "sqlite_master";
        String sql = "CREATE TABLE " + name + "(type text,name text,tbl_name text,rootpage int,sql text)";
        Table table = TableBuilder.build(
                schema, (CreateTable) SqlParser.parseNext(sql, 0).statement(), sql);
        table.rootPage(SCHEMA_ROOT_PAGE);
        return table;
    }

    private static DatabaseException malformed(String name, String why) {
        String message = "malformed database schema (" + (name == null ? "?" : name) + ")";
        return new DatabaseException(ResultCode.CORRUPT, why == null ? message : message + " - " + why);
    }
}
