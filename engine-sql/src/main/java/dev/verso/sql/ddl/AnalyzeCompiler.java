package dev.verso.sql.ddl;

import dev.verso.parser.ast.Command.Analyze;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.IndexEntry;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.FunctionCall;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.value.Affinity;
import java.util.Set;

/**
 * Code of ANALYZE: reads each index once, compares each entry with the one before it, lets an {@link IndexSampler} draw its conclusions, and writes
 * {@code sqlite_stat1} and {@code sqlite_stat4} (file format §2.6.3 and §2.6.5).
 */
public final class AnalyzeCompiler {
    /** One of the tables that are written. */
    private record StatisticsTable(String name, int columns, String sql) {}

    private static final StatisticsTable AVERAGES =
            new StatisticsTable("sqlite_stat1", 3, "CREATE TABLE sqlite_stat1(tbl,idx,stat)");
    private static final StatisticsTable SAMPLES =
            new StatisticsTable("sqlite_stat4", 6, "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)");

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Schemas schemas;
    private final Analyze statement;
    private final int limit;
    private Schema schema;
    /** Cursors of the two tables. */
    private int averages;

    private int samples;

    /** What gathers the numbers of the present index, and the registers of its state and arguments. */
    private FunctionCall sampler;

    private int state;
    private int arguments;

    /** @param limit entries of an index to look at before its numbers are guessed; 0 for all */
    public AnalyzeCompiler(WriteContext context, Schemas schemas, Analyze statement, int limit) {
        this.context = context;
        this.builder = context.builder();
        this.schemas = schemas;
        this.statement = statement;
        this.limit = limit;
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
        this.schema = schema;
        context.code().writes(schema.database());
        builder.multiWrite();
        builder.mayAbort();
        averages = open(AVERAGES, onlyTable, onlyIndex);
        samples = open(SAMPLES, onlyTable, onlyIndex);
        Table older = schema.table("sqlite_stat3");
        if (older != null && older.kind() == Table.Kind.TABLE && older.hasRowid()) {
            int cursor = builder.newCursor();
            openToWrite(cursor, older.rootPage(), older.columns().size(), 0);
            forget(cursor, older, onlyTable, onlyIndex);
        }
        for (Table table : schema.tables()) {
            boolean isSystem = AsciiCase.lower(table.name()).startsWith("sqlite_");
            if (table.kind() == Table.Kind.TABLE && !isSystem && (onlyTable == null || onlyTable == table)) {
                analyze(table, onlyIndex);
            }
        }
        builder.add(Opcode.LoadAnalysis, schema.database());
    }

    /** Opens one of the two tables, which is made if it is not there, and takes out what will be written anew. @return the cursor */
    private int open(StatisticsTable kind, Table onlyTable, Index onlyIndex) {
        Table known = schema.table(kind.name);
        int cursor = builder.newCursor();
        if (known != null) {
            openToWrite(cursor, known.rootPage(), kind.columns, 0);
            forget(cursor, known, onlyTable, onlyIndex);
            return cursor;
        }
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        rows.initializeHeader();
        int root = rows.createTree(false);
        rows.complete(rows.reserve(), "table", kind.name, root, kind.sql);
        rows.changeCookie();
        rows.parse(kind.name);
        openToWrite(cursor, root, kind.columns, Flags.P2_IS_REGISTER);
        return cursor;
    }

    private void openToWrite(int cursor, int root, int columns, int flags) {
        builder.add(Opcode.OpenWrite, cursor, root, schema.database(), columns, flags);
    }

    /** Emits the deletion of old statistics: of all, of one table, of one index. */
    private void forget(int cursor, Table statistics, Table table, Index index) {
        if (table == null) {
            builder.add(Opcode.Clear, statistics.rootPage(), schema.database());
            return;
        }
        int end = builder.newLabel();
        int next = builder.newLabel();
        int wanted = builder.newRegisters(2);
        builder.add(Opcode.Rewind, cursor, end);
        int loop = builder.address();
        builder.add(Opcode.String8, 0, wanted, 0, index == null ? table.name() : index.name(), 0);
        builder.add(Opcode.Column, cursor, index == null ? 0 : 1, wanted + 1);
        builder.add(Opcode.Ne, wanted, next, wanted + 1, null, Flags.JUMP_IF_NULL);
        builder.add(Opcode.Delete, cursor, 0, 0, null, Flags.SAVE_POSITION);
        builder.place(next);
        builder.add(Opcode.Next, cursor, loop);
        builder.place(end);
    }

    private void analyze(Table table, Index onlyIndex) {
        boolean counted = false;
        int data = builder.newCursor();
        open(table, table.rootPage(), table.isWithoutRowid() ? table.primaryKey() : null, data);
        for (Index index : table.indexes()) {
            if (onlyIndex == null || onlyIndex == index) {
                counted |= index.where() == null;
                analyze(table, index, data);
            }
        }
        if (onlyIndex == null && !counted) {
            countRows(table, data);
        }
        builder.add(Opcode.Close, data);
    }

    /** A table without a full index gets a row of its own: just the number of rows. */
    private void countRows(Table table, int data) {
        int count = builder.newRegister();
        int done = builder.newLabel();
        builder.add(Opcode.Count, data, count);
        builder.add(Opcode.IfNot, count, done);
        builder.add(Opcode.Cast, count, Affinity.TEXT.code());
        int first = names(table, null, 3);
        builder.add(Opcode.Copy, count, first + 2);
        insert(averages, first, 3);
        builder.place(done);
    }

    private void open(Table table, int root, Index index, int cursor) {
        Object shape = index == null
                ? (Object) table.columns().size()
                : KeyOrders.of(context.code().session(), index);
        builder.add(Opcode.OpenRead, cursor, root, table.schema().database(), shape, 0);
    }

    private void analyze(Table table, Index index, int data) {
        int keyColumns = index.keyColumns();
        int columns =
                index.isPrimaryKeyOfWithoutRowid() ? keyColumns : index.parts().size();
        boolean isKey = index.isPrimaryKeyOfWithoutRowid() || isUniqueWithoutNulls(index);
        FunctionDefinition function = new FunctionDefinition(
                "stat", IndexSampler.ARGUMENTS, Set.of(), null, () -> new IndexSampler(columns, keyColumns, limit));
        sampler = new FunctionCall(function, IndexSampler.ARGUMENTS, null);
        state = builder.newRegister();
        arguments = builder.newRegisters(IndexSampler.ARGUMENTS);
        builder.add(Opcode.Null, 0, state);
        int cursor = builder.newCursor();
        open(table, index.rootPage(), index, cursor);
        int end = builder.newLabel();
        int written = builder.newLabel();
        builder.add(Opcode.Count, cursor, arguments + 3);
        // An index without entries has no statistics, unless it is partial.
        builder.add(Opcode.Rewind, cursor, index.where() == null ? end : written);
        readEntries(index, cursor, isKey ? keyColumns - 1 : columns - 1);
        builder.place(written);
        int first = names(table, index, 3);
        ask(IndexSampler.AVERAGES, first + 2);
        insert(averages, first, 3);
        if (limit == 0) {
            writeSamples(table, index, data, columns);
        }
        builder.place(end);
        builder.add(Opcode.Close, cursor);
    }

    private static boolean isUniqueWithoutNulls(Index index) {
        boolean unique = index.isUnique();
        for (int i = 0; i < index.keyColumns(); i++) {
            int column = index.parts().get(i).column();
            unique &= column == Index.ROWID
                    || column >= 0
                            && (column == index.table().rowidColumn()
                                    || index.table().columns().get(column).notNull() != null);
        }
        return unique;
    }

    /** @param compared leading columns that are compared with those of the entry before; all others always differ, or do not matter */
    private void readEntries(Index index, int cursor, int compared) {
        int changed = arguments + 1;
        int before = builder.newRegisters(Math.max(compared, 1));
        int now = builder.newRegister();
        int push = builder.newLabel();
        int[] changes = new int[compared];
        builder.add(Opcode.Integer, 0, changed);
        for (int i = 0; i < compared; i++) {
            changes[i] = builder.newLabel();
        }
        builder.add(Opcode.Goto, 0, compared == 0 ? push : changes[0]);
        int loop = builder.address();
        if (compared == 1 && index.keyColumns() == 1 && index.isUnique()) {
            // After a first value all further ones are new, and SQLite takes NULLs for such.
            builder.add(Opcode.NotNull, before, push);
        }
        for (int i = 0; i < compared; i++) {
            builder.add(Opcode.Integer, i, changed);
            builder.add(Opcode.Column, cursor, i, now);
            String collation = index.parts().get(i).collation();
            builder.add(
                    Opcode.Ne,
                    now,
                    changes[i],
                    before + i,
                    KeyOrders.collation(context.code().session(), collation),
                    Flags.NULLS_EQUAL);
        }
        builder.add(Opcode.Integer, compared, changed);
        builder.add(Opcode.Goto, 0, push);
        for (int i = 0; i < compared; i++) {
            builder.place(changes[i]);
            builder.add(Opcode.Column, cursor, i, before + i);
        }
        builder.place(push);
        key(index, cursor);
        builder.add(Opcode.Integer, IndexSampler.ENTRY, arguments);
        builder.add(Opcode.AggStep, 0, arguments, state, sampler, 0);
        if (limit == 0) {
            builder.add(Opcode.Next, cursor, loop);
            return;
        }
        int next = builder.newLabel();
        int done = builder.newLabel();
        builder.add(Opcode.AggValue, state, 0, now, sampler, 0);
        builder.add(Opcode.IsNull, now, next);
        builder.add(Opcode.If, now, done);
        if (compared > 0) {
            builder.add(Opcode.SeekGT, cursor, done, before, 1, 0);
        }
        builder.place(next);
        builder.add(Opcode.Next, cursor, loop);
        builder.place(done);
    }

    /** Emits the key of the entry's row into the third argument. */
    private void key(Index index, int cursor) {
        if (limit > 0) {
            return;
        }
        if (index.table().hasRowid()) {
            builder.add(Opcode.IdxRowid, cursor, arguments + 2);
            return;
        }
        Index primary = index.table().primaryKey();
        int count = primary.keyColumns();
        int first = builder.newRegisters(count);
        for (int i = 0; i < count; i++) {
            int position = index.positionOf(primary.parts().get(i).column());
            builder.add(Opcode.Column, cursor, position, first + i);
        }
        builder.add(Opcode.MakeRecord, first, count, arguments + 2);
    }

    /** Emits the rows of {@code sqlite_stat4}. A sample is the key record, made once more from the table's row. */
    private void writeSamples(Table table, Index index, int data, int columns) {
        int key = builder.newRegister();
        int values = builder.newRegisters(columns);
        int done = builder.newLabel();
        Source row = context.resolver().source(table, table.name());
        row.access(Source.Access.CURSOR);
        row.cursor(data);
        int first = names(table, index, 6);
        int loop = builder.address();
        ask(IndexSampler.SAMPLE, key);
        builder.add(Opcode.IsNull, key, done);
        ask(IndexSampler.EQUAL, first + 2);
        ask(IndexSampler.LESS, first + 3);
        ask(IndexSampler.DISTINCT_LESS, first + 4);
        if (table.hasRowid()) {
            builder.add(Opcode.NotExists, data, loop, key);
        } else {
            builder.add(Opcode.NotFound, data, loop, key, 0, 0);
        }
        boolean moved = context.code().constants().suspend(true);
        IndexEntry.compileParts(context, index, row, values, columns);
        context.code().constants().suspend(moved);
        builder.add(Opcode.MakeRecord, values, columns, first + 5);
        insert(samples, first, 6);
        builder.add(Opcode.Goto, 0, loop);
        builder.place(done);
    }

    /** Emits a question to the sampler. */
    private void ask(int request, int register) {
        builder.add(Opcode.Integer, request, arguments);
        builder.add(Opcode.AggStep, 0, arguments, state, sampler, 0);
        builder.add(Opcode.AggValue, state, 0, register, sampler, 0);
    }

    /** Emits the names that a row of statistics begins with. @return the first of {@code count} registers for the row */
    private int names(Table table, Index index, int count) {
        int first = builder.newRegisters(count);
        builder.add(Opcode.String8, 0, first, 0, table.name(), 0);
        if (index == null) {
            builder.add(Opcode.Null, 0, first + 1);
        } else {
            String name = index.isPrimaryKeyOfWithoutRowid() ? table.name() : index.name();
            builder.add(Opcode.String8, 0, first + 1, 0, name, 0);
        }
        return first;
    }

    private void insert(int cursor, int first, int count) {
        int record = builder.newRegisters(2);
        builder.add(Opcode.MakeRecord, first, count, record);
        builder.add(Opcode.NewRowid, cursor, record + 1);
        builder.add(Opcode.Insert, cursor, record, record + 1, null, Flags.APPEND);
    }
}
