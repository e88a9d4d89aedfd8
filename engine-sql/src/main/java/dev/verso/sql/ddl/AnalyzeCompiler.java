package dev.verso.sql.ddl;

import dev.verso.parser.ast.Command.Analyze;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Value;
import java.util.Locale;

/**
 * Code of ANALYZE: counts, for each index, entries and distinct prefixes, and writes {@code sqlite_stat1} (file format §2.6.3). An index is read once,
 * each entry compared with the one before it.
 */
public final class AnalyzeCompiler {
    private static final String STATISTICS = "sqlite_stat1";

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Schemas schemas;
    private final Analyze statement;

    public AnalyzeCompiler(WriteContext context, Schemas schemas, Analyze statement) {
        this.context = context;
        this.builder = context.builder();
        this.schemas = schemas;
        this.statement = statement;
    }

    /** Emits the statement. */
    public void compile() {
        if (statement.name() == null) {
            for (Schema schema : schemas.all()) {
                if (schema.database() != Schemas.TEMP) {
                    analyze(schema, null, null);
                }
            }
            return;
        }
        String name = statement.name().text();
        if (statement.schema() == null && schemas.databaseNumber(name) >= 0) {
            analyze(schemas.schema(schemas.databaseNumber(name)), null, null);
            return;
        }
        String schemaName =
                statement.schema() == null ? null : statement.schema().text();
        if (schemaName != null && schemas.databaseNumber(schemaName) < 0) {
            throw context.unknownDatabase(statement.schema());
        }
        Index index = schemas.index(schemaName, name);
        if (index != null) {
            analyze(index.table().schema(), index.table(), index);
            return;
        }
        Table table = schemas.table(schemaName, name);
        if (table == null && schemas.eponymous(name) != null) {
            analyze(schemas.schema(Schemas.MAIN), schemas.eponymous(name), null); // has nothing to count
            return;
        }
        if (table == null) {
            throw WriteContext.error("no such table: " + (schemaName == null ? name : schemaName + "." + name));
        }
        analyze(table.schema(), table, null);
    }

    private void analyze(Schema schema, Table onlyTable, Index onlyIndex) {
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        Table statistics = schema.table(STATISTICS);
        int cursor = builder.newCursor();
        if (statistics == null) {
            rows.initializeHeader();
            int root = rows.createTree(false);
            rows.insert("table", STATISTICS, STATISTICS, root, "CREATE TABLE sqlite_stat1(tbl,idx,stat)");
            rows.changeCookie();
            rows.parse(STATISTICS);
            builder.add(Opcode.OpenWrite, cursor, root, schema.database(), 3, Flags.P2_IS_REGISTER);
        } else {
            builder.add(Opcode.OpenWrite, cursor, statistics.rootPage(), schema.database(), 3, 0);
            forget(cursor, onlyTable, onlyIndex);
        }
        for (Table table : schema.tables()) {
            boolean isSystem = table.name().toLowerCase(Locale.ROOT).startsWith("sqlite_");
            if (table.kind() == Table.Kind.TABLE && !isSystem && (onlyTable == null || onlyTable == table)) {
                analyze(table, onlyIndex, cursor);
            }
        }
        builder.add(Opcode.LoadAnalysis, schema.database());
    }

    /** Emits the deletion of old statistics: of all, of one table, of one index. */
    private void forget(int cursor, Table table, Index index) {
        int end = builder.newLabel();
        int next = builder.newLabel();
        int wanted = builder.newRegisters(2);
        builder.add(Opcode.Rewind, cursor, end);
        int loop = builder.address();
        if (table != null) {
            builder.add(Opcode.String8, 0, wanted, 0, index == null ? table.name() : index.name(), 0);
            builder.add(Opcode.Column, cursor, index == null ? 0 : 1, wanted + 1);
            builder.add(Opcode.Ne, wanted, next, wanted + 1, null, Flags.JUMP_IF_NULL);
        }
        builder.add(Opcode.Delete, cursor, 0, 0, null, Flags.SAVE_POSITION);
        builder.place(next);
        builder.add(Opcode.Next, cursor, loop);
        builder.place(end);
    }

    private void analyze(Table table, Index onlyIndex, int statistics) {
        boolean counted = false;
        for (Index index : table.indexes()) {
            if (onlyIndex != null && onlyIndex != index) {
                continue;
            }
            counted |= index.where() == null;
            analyzeIndex(table, index, statistics);
        }
        if (onlyIndex == null && !counted) {
            countRows(table, statistics);
        }
    }

    /** A table without a full index gets a row of its own: just the number of rows. */
    private void countRows(Table table, int statistics) {
        int data = builder.newCursor();
        open(table, table.rootPage(), table.isWithoutRowid() ? table.primaryKey() : null, data);
        int count = builder.newRegister();
        int done = builder.newLabel();
        builder.add(Opcode.Count, data, count);
        builder.add(Opcode.IfNot, count, done);
        builder.add(Opcode.Cast, count, dev.verso.vm.value.Affinity.TEXT.code());
        insert(statistics, table.name(), null, count);
        builder.place(done);
        builder.add(Opcode.Close, data);
    }

    private void open(Table table, int root, Index index, int cursor) {
        Object shape = index == null
                ? (Object) table.columns().size()
                : KeyOrders.of(context.code().session(), index);
        builder.add(Opcode.OpenRead, cursor, root, table.schema().database(), shape, 0);
    }

    private void analyzeIndex(Table table, Index index, int statistics) {
        int columns = index.keyColumns();
        int cursor = builder.newCursor();
        open(table, index.rootPage(), index, cursor);
        int before = builder.newRegisters(columns);
        int now = builder.newRegister();
        int entries = builder.newRegister();
        int distinct = builder.newRegisters(columns);
        int end = builder.newLabel();
        int done = builder.newLabel();
        builder.add(Opcode.Integer, 0, entries);
        builder.add(Opcode.Rewind, cursor, done);
        for (int i = 0; i < columns; i++) {
            builder.add(Opcode.Integer, 1, distinct + i);
            builder.add(Opcode.Column, cursor, i, before + i);
        }
        builder.add(Opcode.Integer, 1, entries);
        int loop = builder.address();
        int more = builder.newLabel();
        builder.add(Opcode.Next, cursor, more);
        builder.add(Opcode.Goto, 0, end);
        builder.place(more);
        builder.add(Opcode.AddImm, entries, 1);
        int[] changes = new int[columns];
        for (int i = 0; i < columns; i++) {
            changes[i] = builder.newLabel();
            builder.add(Opcode.Column, cursor, i, now);
            builder.add(
                    Opcode.Ne,
                    now,
                    changes[i],
                    before + i,
                    KeyOrders.collation(
                            context.code().session(), index.parts().get(i).collation()),
                    Flags.NULLS_EQUAL);
        }
        builder.add(Opcode.Goto, 0, loop);
        for (int i = 0; i < columns; i++) {
            builder.place(changes[i]);
            builder.add(Opcode.AddImm, distinct + i, 1);
            builder.add(Opcode.Column, cursor, i, before + i);
        }
        builder.add(Opcode.Goto, 0, loop);
        builder.place(end);
        writeNumbers(table, index, statistics, entries, distinct);
        builder.place(done);
        builder.add(Opcode.Close, cursor);
    }

    /** Emits the text {@code entries avg1 avg2 …} and its row. Averages are rounded up, as the planner wants to be careful. */
    private void writeNumbers(Table table, Index index, int statistics, int entries, int distinct) {
        int columns = index.keyColumns();
        int arguments = builder.newRegisters(1 + columns);
        builder.add(Opcode.Copy, entries, arguments);
        for (int i = 0; i < columns; i++) {
            builder.add(Opcode.Copy, distinct + i, arguments + 1 + i);
        }
        int cursor = builder.newCursor();
        int text = builder.newRegister();
        builder.add(
                Opcode.RowsOpen,
                cursor,
                arguments,
                1 + columns,
                (dev.verso.vm.RowSource) (session, registers, first, count) -> {
                    String numbers = numbers(registers, first, count);
                    return (into, at) -> {
                        into[at].setText(numbers);
                        return true;
                    };
                },
                0);
        int row = builder.newLabel();
        builder.add(Opcode.RowsNext, cursor, row, text);
        builder.place(row);
        String name = index.isPrimaryKeyOfWithoutRowid() ? table.name() : index.name();
        insert(statistics, table.name(), name, text);
    }

    private static String numbers(Value[] registers, int first, int count) {
        long entries = registers[first].asLong();
        StringBuilder text = new StringBuilder().append(entries);
        for (int i = 1; i < count; i++) {
            long distinct = registers[first + i].asLong();
            long average = (entries + distinct - 1) / distinct;
            if (average == 2 && entries * 10 <= distinct * 11) {
                average = 1;
            }
            text.append(' ').append(average);
        }
        return text.toString();
    }

    private void insert(int statistics, String table, String index, int textRegister) {
        int first = builder.newRegisters(3);
        int record = builder.newRegisters(2);
        builder.add(Opcode.String8, 0, first, 0, table, 0);
        if (index == null) {
            builder.add(Opcode.Null, 0, first + 1);
        } else {
            builder.add(Opcode.String8, 0, first + 1, 0, index, 0);
        }
        builder.add(Opcode.Copy, textRegister, first + 2);
        builder.add(Opcode.MakeRecord, first, 3, record);
        builder.add(Opcode.NewRowid, statistics, record + 1);
        builder.add(Opcode.Insert, statistics, record, record + 1, null, Flags.APPEND);
    }
}
