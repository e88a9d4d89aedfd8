package dev.verso.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.KeyInfo;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instructions, by programs assembled by hand. */
class MachineTest {
    private final Bench bench = new Bench();
    private final ProgramBuilder b = new ProgramBuilder();

    @AfterEach
    void close() {
        assertThat(bench.session.activeStatements()).isZero();
        bench.close();
    }

    private List<String> run() {
        b.add(Opcode.Halt);
        return bench.run(b.build());
    }

    private int constant(Object value) {
        int register = b.newRegister();
        load(value, register);
        return register;
    }

    private void load(Object value, int register) {
        if (value == null) {
            b.add(Opcode.Null, 0, register);
        } else if (value instanceof Integer i) {
            b.add(Opcode.Integer, i, register);
        } else if (value instanceof Long l) {
            b.add(Opcode.Int64, 0, register, 0, l, 0);
        } else if (value instanceof Double d) {
            b.add(Opcode.Real, 0, register, 0, d, 0);
        } else {
            b.add(Opcode.String8, 0, register, 0, value, 0);
        }
    }

    /** A row of one column if that jump was taken, none otherwise. */
    private void rowIfNotJumped(int label) {
        b.add(Opcode.ResultRow, constant(1), 1);
        b.place(label);
    }

    @Test
    void coroutinesTakeTurns() {
        int co = b.newRegister();
        int value = b.newRegister();
        int body = b.newLabel();
        int main = b.newLabel();
        b.add(Opcode.InitCoroutine, co, main, body);
        b.place(body);
        for (int i = 1; i <= 3; i++) {
            b.add(Opcode.Integer, i * 10, value);
            b.add(Opcode.Yield, co, 0);
        }
        b.add(Opcode.EndCoroutine, co);
        b.place(main);
        int done = b.newLabel();
        int loop = b.address();
        b.add(Opcode.Yield, co, done);
        b.add(Opcode.ResultRow, value, 1);
        b.add(Opcode.Goto, 0, loop);
        b.place(done);
        assertThat(run()).containsExactly("10", "20", "30");
    }

    @Test
    void subroutinesReturnAndFallThroughWhenEnteredInline() {
        int back = b.newRegister();
        int value = b.newRegister();
        int sub = b.newLabel();
        int end = b.newLabel();
        b.add(Opcode.Integer, 1, value);
        b.add(Opcode.Gosub, back, sub);
        b.add(Opcode.Gosub, back, sub);
        b.add(Opcode.ResultRow, value, 1);
        b.add(Opcode.BeginSubrtn, 0, back);
        b.place(sub);
        b.add(Opcode.AddImm, value, 5);
        b.add(Opcode.Return, back, 0, 1);
        b.add(Opcode.ResultRow, value, 1);
        b.place(end);
        assertThat(run()).containsExactly("11", "16");
    }

    @Test
    void onceRunsOncePerRun() {
        int value = constant(0);
        int loops = constant(3);
        int loop = b.address();
        int skip = b.newLabel();
        b.add(Opcode.Once, 0, skip);
        b.add(Opcode.AddImm, value, 1);
        b.place(skip);
        int out = b.newLabel();
        b.add(Opcode.DecrJumpZero, loops, out);
        b.add(Opcode.Goto, 0, loop);
        b.place(out);
        b.add(Opcode.ResultRow, value, 1);
        b.add(Opcode.Halt);
        Program program = b.build();
        assertThat(bench.run(program)).containsExactly("1");
        assertThat(bench.run(program)).containsExactly("1");
    }

    @Test
    void subprogramsReadTheirCallersRegistersAndIgnoreJumps() {
        ProgramBuilder t = new ProgramBuilder();
        int argument = t.newRegister();
        t.add(Opcode.Param, 1, argument);
        int skip = t.newLabel();
        t.add(Opcode.IfPos, argument, skip, 0);
        t.add(Opcode.Halt, 0, Flags.ON_CONFLICT_IGNORE);
        t.place(skip);
        t.add(Opcode.Halt);
        Program trigger = t.build();

        int arguments = b.newRegisters(2);
        b.add(Opcode.Integer, 100, arguments);
        b.add(Opcode.Integer, 7, arguments + 1);
        int ignored = b.newLabel();
        b.add(Opcode.Program, arguments, ignored, 0, trigger, 0);
        b.add(Opcode.ResultRow, arguments, 2);
        b.add(Opcode.Integer, 0, arguments + 1);
        b.add(Opcode.Program, arguments, ignored, 0, trigger, 0);
        b.add(Opcode.ResultRow, arguments, 2);
        b.place(ignored);
        b.add(Opcode.ResultRow, arguments + 1, 1);
        assertThat(run()).containsExactly("100|7", "0");
    }

    @Test
    void recursionEndsAtTheLimit() {
        bench.session.limit(Limit.TRIGGER_DEPTH, 5);
        ProgramBuilder inner = new ProgramBuilder();
        inner.add(Opcode.Halt);
        Program program = inner.build();
        for (int i = 0; i < 6; i++) {
            ProgramBuilder outer = new ProgramBuilder();
            outer.add(Opcode.Program, 0, 0, 0, program, 0);
            outer.add(Opcode.Halt);
            program = outer.build();
        }
        Program deep = program;
        assertThatThrownBy(() -> bench.run(deep)).hasMessage("triggers nested too deep");
    }

    @Test
    void tableSeeksTakeNumbersOfAllKinds() {
        int root = bench.createTree(Flags.TABLE_TREE);
        bench.insert(root, 1, 5);
        b.add(Opcode.Transaction, 0, 0);
        int cursor = b.newCursor();
        int rowid = b.newRegister();
        int key = b.newRegister();
        b.add(Opcode.OpenRead, cursor, root, 0);
        Object[][] cases = {
            {Opcode.SeekGE, 3, "3"},
            {Opcode.SeekGT, 3, "4"},
            {Opcode.SeekLE, 3, "3"},
            {Opcode.SeekLT, 3, "2"},
            {Opcode.SeekGE, 2.5, "3"},
            {Opcode.SeekGT, 2.5, "3"},
            {Opcode.SeekLE, 2.5, "2"},
            {Opcode.SeekLT, 2.5, "2"},
            {Opcode.SeekGE, -0.5, "1"},
            {Opcode.SeekGT, 2.0, "3"},
            {Opcode.SeekGE, "4", "4"},
            {Opcode.SeekLT, "abc", "5"},
            {Opcode.SeekGT, 5, "none"},
            {Opcode.SeekLT, 1, "none"},
            {Opcode.SeekGE, "abc", "none"},
            {Opcode.SeekLE, null, "none"},
            {Opcode.SeekGT, Long.MAX_VALUE, "none"},
            {Opcode.SeekLT, Long.MIN_VALUE, "none"},
            {Opcode.SeekLE, 1e30, "5"},
            {Opcode.SeekGE, 1e30, "none"},
            {Opcode.SeekRowid, "3", "3"},
            {Opcode.SeekRowid, 3.0, "3"},
            {Opcode.SeekRowid, 3.5, "none"},
            {Opcode.NotExists, 9, "none"},
        };
        List<String> expected = new ArrayList<>();
        for (Object[] each : cases) {
            load(each[1], key);
            int none = b.newLabel();
            int next = b.newLabel();
            b.add((Opcode) each[0], cursor, none, key);
            b.add(Opcode.Rowid, cursor, rowid);
            b.add(Opcode.Goto, 0, next);
            b.place(none);
            b.add(Opcode.String8, 0, rowid, 0, "none", 0);
            b.place(next);
            b.add(Opcode.ResultRow, rowid, 1);
            expected.add("none".equals(each[2]) ? "'none'" : (String) each[2]);
        }
        assertThat(run()).isEqualTo(expected);
    }

    private int index(KeyInfo key, Object[]... rows) {
        int root = bench.createTree(Flags.INDEX_TREE);
        ProgramBuilder w = new ProgramBuilder();
        int cursor = w.newCursor();
        int columns = w.newRegisters(4);
        int record = w.newRegister();
        w.add(Opcode.Transaction, 0, 1);
        w.add(Opcode.OpenWrite, cursor, root, 0, key, 0);
        for (Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (row[i] == null) {
                    w.add(Opcode.Null, 0, columns + i);
                } else if (row[i] instanceof Integer integer) {
                    w.add(Opcode.Integer, integer, columns + i);
                } else {
                    w.add(Opcode.String8, 0, columns + i, 0, row[i], 0);
                }
            }
            w.add(Opcode.MakeRecord, columns, row.length, record);
            w.add(Opcode.IdxInsert, cursor, record, columns, row.length, 0);
        }
        w.add(Opcode.Halt);
        bench.run(w.build());
        return root;
    }

    @Test
    void indexSeeksLandAroundEqualPrefixes() {
        KeyInfo key = Bench.key(2);
        int root = index(key, new Object[][] {{"a", 1}, {"b", 2}, {"b", 3}, {"b", 4}, {"d", 5}, {null, 6}});
        b.add(Opcode.Transaction, 0, 0);
        int cursor = b.newCursor();
        int rowid = b.newRegister();
        int search = b.newRegister();
        b.add(Opcode.OpenRead, cursor, root, 0, key, 0);
        Object[][] cases = {
            {Opcode.SeekGE, "b", "2"},
            {Opcode.SeekGT, "b", "5"},
            {Opcode.SeekLE, "b", "4"},
            {Opcode.SeekLT, "b", "1"},
            {Opcode.SeekGE, "c", "5"},
            {Opcode.SeekLE, "c", "4"},
            {Opcode.SeekGT, "d", "none"},
            {Opcode.SeekLT, null, "none"},
            {Opcode.SeekGT, null, "1"},
            {Opcode.SeekGE, null, "6"}
        };
        List<String> expected = new ArrayList<>();
        for (Object[] each : cases) {
            load(each[1], search);
            int none = b.newLabel();
            int next = b.newLabel();
            b.add((Opcode) each[0], cursor, none, search, 1, 0);
            b.add(Opcode.IdxRowid, cursor, rowid);
            b.add(Opcode.Goto, 0, next);
            b.place(none);
            b.add(Opcode.String8, 0, rowid, 0, "none", 0);
            b.place(next);
            b.add(Opcode.ResultRow, rowid, 1);
            expected.add("none".equals(each[2]) ? "'none'" : (String) each[2]);
        }
        assertThat(run()).isEqualTo(expected);
    }

    @Test
    void indexRangesStopAtTheUpperBound() {
        KeyInfo key = Bench.key(2);
        int root = index(key, new Object[][] {{"a", 1}, {"b", 2}, {"b", 3}, {"c", 4}, {"d", 5}});
        b.add(Opcode.Transaction, 0, 0);
        int cursor = b.newCursor();
        int rowid = b.newRegister();
        int low = constant("b");
        int high = constant("c");
        b.add(Opcode.OpenRead, cursor, root, 0, key, 0);
        int done = b.newLabel();
        b.add(Opcode.SeekGE, cursor, done, low, 1, 0);
        int loop = b.address();
        b.add(Opcode.IdxGT, cursor, done, high, 1, 0);
        b.add(Opcode.IdxRowid, cursor, rowid);
        b.add(Opcode.ResultRow, rowid, 1);
        b.add(Opcode.Next, cursor, loop);
        b.place(done);
        assertThat(run()).containsExactly("2", "3", "4");
    }

    @Test
    void descendingIndexesAreSoughtInTheirOrder() {
        KeyInfo key = new KeyInfo(
                TextEncoding.UTF8, new dev.verso.record.Collation[2], new boolean[] {true, false}, new boolean[2], 2);
        int root = index(key, new Object[][] {{1, 1}, {2, 2}, {3, 3}});
        b.add(Opcode.Transaction, 0, 0);
        int cursor = b.newCursor();
        int rowid = b.newRegister();
        b.add(Opcode.OpenRead, cursor, root, 0, key, 0);
        int done = b.newLabel();
        b.add(Opcode.SeekGE, cursor, done, constant(2), 1, 0);
        int loop = b.address();
        b.add(Opcode.IdxRowid, cursor, rowid);
        b.add(Opcode.ResultRow, rowid, 1);
        b.add(Opcode.Next, cursor, loop);
        b.place(done);
        assertThat(run()).containsExactly("2", "1");
    }

    @Test
    void deferredSeeksReadTheIndexWhereItHasTheColumn() {
        int table = bench.createTree(Flags.TABLE_TREE);
        bench.insert(table, 1, 3);
        KeyInfo key = Bench.key(2);
        int root = index(key, new Object[][] {{30, 3}, {10, 1}});
        b.add(Opcode.Transaction, 0, 0);
        int tableCursor = b.newCursor();
        int indexCursor = b.newCursor();
        int out = b.newRegisters(3);
        b.add(Opcode.OpenRead, tableCursor, table, 0);
        b.add(Opcode.OpenRead, indexCursor, root, 0, key, 0);
        int done = b.newLabel();
        b.add(Opcode.Rewind, indexCursor, done);
        int loop = b.address();
        b.add(Opcode.DeferredSeek, indexCursor, 0, tableCursor, new int[] {2, 1, 0}, 0);
        b.add(Opcode.Rowid, tableCursor, out);
        b.add(Opcode.Column, tableCursor, 0, out + 1); // from the index, which says otherwise than the table
        b.add(Opcode.Column, tableCursor, 1, out + 2);
        b.add(Opcode.ResultRow, out, 3);
        b.add(Opcode.Next, indexCursor, loop);
        b.place(done);
        assertThat(run()).containsExactly("1|10|'row 1'", "3|30|'row 3'");
    }

    @Test
    void uniqueChecksFindConflictsAndLetNullsPass() {
        KeyInfo key = Bench.key(2);
        int root = index(key, new Object[][] {{"a", 1}, {null, 2}});
        b.add(Opcode.Transaction, 0, 0);
        int cursor = b.newCursor();
        b.add(Opcode.OpenRead, cursor, root, 0, key, 0);
        Object[][] cases = {
            {Opcode.NoConflict, "a", true},
            {Opcode.NoConflict, "b", false},
            {Opcode.NoConflict, null, false},
            {Opcode.NotFound, null, true},
            {Opcode.Found, "a", false},
            {Opcode.Found, "b", true},
            {Opcode.NotFound, "z", false}
        };
        int search = b.newRegister();
        List<String> expected = new ArrayList<>();
        for (Object[] each : cases) {
            load(each[1], search);
            int label = b.newLabel();
            b.add((Opcode) each[0], cursor, label, search, 1, 0);
            rowIfNotJumped(label);
            if ((Boolean) each[2]) {
                expected.add("1");
            }
        }
        assertThat(run()).isEqualTo(expected);
    }

    @Test
    void ephemeralIndexesRejectDuplicatesAndAreEmptyAgainInTheNextRun() {
        KeyInfo key = Bench.key(1);
        int cursor = b.newCursor();
        int value = b.newRegister();
        int record = b.newRegister();
        b.add(Opcode.OpenEphemeral, cursor, 1, 0, key, 0);
        for (int each : new int[] {3, 1, 3, 2, 1}) {
            b.add(Opcode.Integer, each, value);
            int known = b.newLabel();
            b.add(Opcode.Found, cursor, known, value, 1, 0);
            b.add(Opcode.MakeRecord, value, 1, record);
            b.add(Opcode.IdxInsert, cursor, record, value, 1, 0);
            b.add(Opcode.ResultRow, value, 1);
            b.place(known);
        }
        b.add(Opcode.Halt);
        Program program = b.build();
        for (int i = 0; i < 3; i++) {
            assertThat(bench.run(program)).containsExactly("3", "1", "2");
        }
    }

    @Test
    void lookupsInEphemeralIndexesKnowEqualNumbersAndLeaveTheCursorOnTheEntry() {
        KeyInfo key = Bench.key(1);
        int cursor = b.newCursor();
        int row = b.newRegisters(2);
        int record = b.newRegister();
        b.add(Opcode.OpenEphemeral, cursor, 2, 0, key, 0);
        Object[] keys = {1, "a", 2.5, null, 7, "b"};
        for (int i = 0; i < keys.length; i++) {
            load(keys[i], row);
            load("payload " + i, row + 1);
            b.add(Opcode.MakeRecord, row, 2, record);
            b.add(Opcode.IdxInsert, cursor, record, row, 2, 0);
        }
        Object[][] cases = {
            {1.0, "payload 0"}, {"a", "payload 1"}, {2.5, "payload 2"}, {null, "payload 3"}, {2, null}, {"c", null}
        };
        List<String> expected = new ArrayList<>();
        int out = b.newRegister();
        for (Object[] each : cases) {
            load(each[0], row);
            int absent = b.newLabel();
            b.add(Opcode.NotFound, cursor, absent, row, 1, 0);
            b.add(Opcode.Column, cursor, 1, out);
            b.add(Opcode.ResultRow, out, 1);
            b.place(absent);
            if (each[1] != null) {
                expected.add("'" + each[1] + "'");
            }
        }
        load("a", row);
        int none = b.newLabel();
        b.add(Opcode.NotFound, cursor, none, row, 1, 0);
        int next = b.newLabel();
        b.add(Opcode.Next, cursor, next);
        b.place(next);
        b.add(Opcode.Column, cursor, 0, out);
        b.add(Opcode.ResultRow, out, 1);
        expected.add("'b'");
        load(7, row);
        b.add(Opcode.IdxDelete, cursor, row, 1);
        b.add(Opcode.NotFound, cursor, none, row, 1, 0);
        b.add(Opcode.ResultRow, row, 1);
        b.place(none);
        assertThat(run()).isEqualTo(expected);
    }

    @Test
    void ephemeralTablesLargerThanTheirMemoryGoToAFile() {
        bench.session.ephemeralMemoryBytes(16 * 4096);
        ephemeralTablesKeepTextsThatTheirPagesMove();
    }

    @Test
    void ephemeralTablesKeepTextsThatTheirPagesMove() {
        int cursor = b.newCursor();
        int row = b.newRegisters(2);
        int record = b.newRegister();
        int count = constant(2000);
        b.add(Opcode.OpenEphemeral, cursor, 2);
        int loop = b.address();
        b.add(Opcode.NewRowid, cursor, row);
        b.add(Opcode.String8, 0, row + 1, 0, "a text of some length ", 0);
        b.add(Opcode.Concat, row, row + 1, row + 1);
        b.add(Opcode.MakeRecord, row, 2, record);
        b.add(Opcode.Insert, cursor, record, row, null, Flags.APPEND);
        int out = b.newLabel();
        b.add(Opcode.DecrJumpZero, count, out);
        b.add(Opcode.Goto, 0, loop);
        b.place(out);
        int done = b.newLabel();
        b.add(Opcode.Rewind, cursor, done);
        int read = b.address();
        b.add(Opcode.Column, cursor, 0, row);
        b.add(Opcode.Column, cursor, 1, row + 1);
        b.add(Opcode.ResultRow, row, 2);
        b.add(Opcode.Next, cursor, read);
        b.place(done);
        List<String> rows = run();
        assertThat(rows).hasSize(2000);
        for (int i = 1; i <= 2000; i++) {
            assertThat(rows.get(i - 1)).isEqualTo(i + "|'a text of some length " + i + "'");
        }
    }

    @Test
    void sorterDataIsReadThroughAPseudoCursor() {
        KeyInfo key = Bench.key(1);
        int sorter = b.newCursor();
        int pseudo = b.newCursor();
        int row = b.newRegisters(2);
        int record = b.newRegister();
        b.add(Opcode.SorterOpen, sorter, 2, 0, key, 0);
        String[] words = {"pear", "apple", "fig", "apple"};
        for (int i = 0; i < words.length; i++) {
            b.add(Opcode.String8, 0, row, 0, words[i], 0);
            b.add(Opcode.Integer, i, row + 1);
            b.add(Opcode.MakeRecord, row, 2, record);
            b.add(Opcode.SorterInsert, sorter, record);
        }
        b.add(Opcode.OpenPseudo, pseudo, record, 2);
        int done = b.newLabel();
        b.add(Opcode.SorterSort, sorter, done);
        int loop = b.address();
        b.add(Opcode.SorterData, sorter, record, pseudo);
        b.add(Opcode.Column, pseudo, 0, row);
        b.add(Opcode.Column, pseudo, 1, row + 1);
        b.add(Opcode.ResultRow, row, 2);
        b.add(Opcode.SorterNext, sorter, loop);
        b.place(done);
        assertThat(run()).containsExactly("'apple'|1", "'apple'|3", "'fig'|2", "'pear'|0");
    }

    @Test
    void rowSetsComeBackInOrderAndOnce() {
        int set = constant(null);
        int value = b.newRegister();
        for (int each : new int[] {5, 1, 9, 5, 1}) {
            b.add(Opcode.Integer, each, value);
            b.add(Opcode.RowSetAdd, set, value);
        }
        int done = b.newLabel();
        int loop = b.address();
        b.add(Opcode.RowSetRead, set, done, value);
        b.add(Opcode.ResultRow, value, 1);
        b.add(Opcode.Goto, 0, loop);
        b.place(done);
        assertThat(run()).containsExactly("1", "5", "9");
    }

    @Test
    void rowSetTestsKnowEarlierBatchesOnly() {
        int set = constant(null);
        int value = b.newRegister();
        int[][] steps = {{0, 5}, {0, 7}, {1, 5}, {1, 8}, {1, 8}, {-1, 8}, {-1, 3}};
        for (int[] step : steps) {
            b.add(Opcode.Integer, step[1], value);
            int known = b.newLabel();
            b.add(Opcode.RowSetTest, set, known, value, step[0], 0);
            b.add(Opcode.ResultRow, value, 1);
            b.place(known);
        }
        assertThat(run()).containsExactly("5", "7", "8", "8", "3");
    }

    @Test
    void bloomFiltersNeverMissWhatWasAdded() {
        int filter = b.newRegister();
        int key = b.newRegister();
        b.add(Opcode.Blob, 100, filter);
        for (int i = 0; i < 20; i++) {
            b.add(Opcode.Integer, i * 1000, key);
            b.add(Opcode.FilterAdd, filter, 0, key, 1, 0);
        }
        int misses = 0;
        for (int i = 0; i < 40; i++) {
            b.add(Opcode.Integer, i * 1000, key);
            int absent = b.newLabel();
            b.add(Opcode.Filter, filter, absent, key, 1, 0);
            b.add(Opcode.ResultRow, key, 1);
            b.place(absent);
        }
        List<String> passed = run();
        for (int i = 0; i < 20; i++) {
            assertThat(passed).contains(String.valueOf(i * 1000));
        }
        assertThat(passed.size()).isLessThan(35);
        assertThat(misses).isZero();
    }

    @Test
    void aggregatesBeginAnewAfterNull() {
        FunctionDefinition sum = bench.session.functions().find("SUM", 1);
        FunctionCall call = new FunctionCall(sum, 1, null);
        int state = b.newRegister();
        int value = b.newRegister();
        int copy = b.newRegister();
        for (int group = 0; group < 2; group++) {
            b.add(Opcode.Null, 0, state);
            for (int i = 1; i <= 3; i++) {
                b.add(Opcode.Integer, i + group * 10, value);
                b.add(Opcode.AggStep, 0, value, state, call, 1);
            }
            b.add(Opcode.AggValue, state, 1, copy, call, 0);
            b.add(Opcode.ResultRow, copy, 1);
            b.add(Opcode.AggFinal, state, 1, 0, call, 0);
            b.add(Opcode.ResultRow, state, 1);
        }
        b.add(Opcode.Null, 0, state);
        b.add(Opcode.AggFinal, state, 1, 0, call, 0);
        b.add(Opcode.ResultRow, state, 1);
        assertThat(run()).containsExactly("6", "6", "36", "36", "NULL");
    }

    @Test
    void functionsMayOverwriteTheirArgument() {
        FunctionDefinition upper = bench.session.functions().find("upper", 1);
        int register = constant("abc");
        b.add(Opcode.Function, 0, register, register, new FunctionCall(upper, 1, null), 0);
        b.add(Opcode.ResultRow, register, 1);
        assertThat(run()).containsExactly("'ABC'");
    }

    @Test
    void rowsMadeInJavaAreOrdinaryRows() {
        RowSource source = (session, arguments, first, count) -> {
            int[] at = {0};
            long to = arguments[first].integer();
            return (registers, out) -> {
                if (at[0] >= to) {
                    return false;
                }
                registers[out].setInteger(at[0]++);
                registers[out + 1].setText("row");
                return true;
            };
        };
        int cursor = b.newCursor();
        int argument = constant(2);
        int out = b.newRegisters(2);
        b.add(Opcode.RowsOpen, cursor, argument, 1, source, 0);
        int next = b.newLabel();
        b.add(Opcode.Goto, 0, next);
        int loop = b.address();
        b.add(Opcode.ResultRow, out, 2);
        b.place(next);
        b.add(Opcode.RowsNext, cursor, loop, out);
        assertThat(run()).containsExactly("0|'row'", "1|'row'");
    }

    @Test
    void deletingDuringAScanVisitsEveryRow() {
        int root = bench.createTree(Flags.TABLE_TREE);
        bench.insert(root, 1, 3000);
        b.add(Opcode.Transaction, 0, 1);
        int cursor = b.newCursor();
        int rowid = b.newRegister();
        int two = constant(2);
        int rest = b.newRegister();
        b.add(Opcode.OpenWrite, cursor, root, 0);
        int done = b.newLabel();
        b.add(Opcode.Rewind, cursor, done);
        int loop = b.address();
        int keep = b.newLabel();
        b.add(Opcode.Rowid, cursor, rowid);
        b.add(Opcode.Remainder, two, rowid, rest);
        b.add(Opcode.If, rest, keep);
        b.add(Opcode.Delete, cursor, Flags.COUNT_CHANGE, 0, "t", Flags.SAVE_POSITION);
        b.place(keep);
        b.add(Opcode.Next, cursor, loop);
        b.place(done);
        assertThat(run()).isEmpty();
        assertThat(bench.session.changes()).isEqualTo(1500);
        List<Long> left = bench.scanned(root);
        assertThat(left).hasSize(1500).allMatch(each -> each % 2 == 1);
    }

    @Test
    void newRowidsFollowTheLargestAndTheSequenceNeverGoesBack() {
        int root = bench.createTree(Flags.TABLE_TREE);
        bench.insert(root, 7, 7);
        b.add(Opcode.Transaction, 0, 1);
        int cursor = b.newCursor();
        int out = b.newRegister();
        int sequence = constant(20);
        b.add(Opcode.OpenWrite, cursor, root, 0);
        b.add(Opcode.NewRowid, cursor, out, 0);
        b.add(Opcode.ResultRow, out, 1);
        b.add(Opcode.NewRowid, cursor, out, sequence);
        b.add(Opcode.ResultRow, out, 1);
        b.add(Opcode.ResultRow, sequence, 1);
        assertThat(run()).containsExactly("8", "21", "21");
    }

    @Test
    void atTheLargestRowidTheNextIsRandomAndWithASequenceTheTableIsFull() {
        int root = bench.createTree(Flags.TABLE_TREE);
        bench.insert(root, Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
        ProgramBuilder top = new ProgramBuilder();
        int record = top.newRegister();
        int rowid = top.newRegister();
        top.add(Opcode.Transaction, 0, 1);
        top.add(Opcode.OpenWrite, top.newCursor(), root, 0);
        top.add(Opcode.Int64, 0, rowid, 0, Long.MAX_VALUE, 0);
        top.add(Opcode.MakeRecord, rowid, 1, record);
        top.add(Opcode.Insert, 0, record, rowid);
        top.add(Opcode.Halt);
        bench.run(top.build());

        b.add(Opcode.Transaction, 0, 1);
        int cursor = b.newCursor();
        int out = b.newRegister();
        b.add(Opcode.OpenWrite, cursor, root, 0);
        b.add(Opcode.NewRowid, cursor, out, 0);
        b.add(Opcode.ResultRow, out, 1);
        b.add(Opcode.NewRowid, cursor, out, constant(5));
        b.add(Opcode.Halt);
        Machine machine = new Machine(b.build(), bench.session);
        assertThat(machine.step()).isTrue();
        assertThat(machine.column(0).integer()).isBetween(1L, Long.MAX_VALUE - 2);
        assertThatThrownBy(machine::step)
                .isInstanceOf(DatabaseException.class)
                .extracting(e -> ((DatabaseException) e).code())
                .isEqualTo(ResultCode.FULL);
        machine.close();
    }

    @Test
    void wholeRealsOfRealColumnsAreStoredAsIntegersAndReadBackAsReals() {
        int root = bench.createTree(Flags.TABLE_TREE);
        b.add(Opcode.Transaction, 0, 1);
        int cursor = b.newCursor();
        int values = b.newRegisters(2);
        int rowid = constant(1);
        int record = b.newRegister();
        b.add(Opcode.OpenWrite, cursor, root, 0);
        b.add(Opcode.Integer, 5, values);
        b.add(Opcode.String8, 0, values + 1, 0, "2.5", 0);
        b.add(Opcode.MakeRecord, values, 2, record, "EE", 0);
        b.add(Opcode.Insert, cursor, record, rowid);
        b.add(Opcode.NotExists, cursor, 0, rowid);
        b.add(Opcode.Column, cursor, 0, values);
        b.add(Opcode.Column, cursor, 1, values + 1);
        b.add(Opcode.ResultRow, values, 2);
        b.add(Opcode.RealAffinity, values);
        b.add(Opcode.ResultRow, values, 2);
        assertThat(run()).containsExactly("5|2.5", "5.0|2.5");
    }

    @Test
    void shortRecordsGiveTheDefaultAndTheNullRowGivesNull() {
        int root = bench.createTree(Flags.TABLE_TREE);
        bench.insert(root, 1, 1);
        b.add(Opcode.Transaction, 0, 0);
        int cursor = b.newCursor();
        int out = b.newRegisters(3);
        b.add(Opcode.OpenRead, cursor, root, 0);
        b.add(Opcode.Rewind, cursor, 0);
        b.add(Opcode.Column, cursor, 1, out);
        b.add(Opcode.Column, cursor, 5, out + 1, "standard", 0);
        b.add(Opcode.Column, cursor, 6, out + 2);
        b.add(Opcode.ResultRow, out, 3);
        b.add(Opcode.NullRow, cursor);
        b.add(Opcode.Column, cursor, 1, out);
        b.add(Opcode.Rowid, cursor, out + 1);
        b.add(Opcode.ResultRow, out, 2);
        assertThat(run()).containsExactly("'row 1'|'standard'|NULL", "NULL|NULL");
    }

    @Test
    void anInterruptOrADeadlineStopsALoop() {
        int loop = b.address();
        b.add(Opcode.Goto, 0, loop);
        Program endless = b.build();
        Machine machine = new Machine(endless, bench.session);
        machine.deadlineNanos(System.nanoTime() + 5_000_000);
        assertThatThrownBy(machine::step).isInstanceOf(DatabaseException.class).hasMessage("interrupted");
        machine.reset();
        machine.deadlineNanos(0);
        CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> catchThrowable(machine::step));
        while (!outcome.isDone()) { // one that comes before the loop begins stops nothing, so it is repeated
            bench.session.interrupt();
            Thread.onSpinWait();
        }
        assertThat(outcome.join()).isInstanceOf(DatabaseException.class).hasMessage("interrupted");
        machine.close();
    }

    @Test
    void theMachineRunsAgainWithOtherParameters() {
        int out = b.newRegister();
        b.add(Opcode.Variable, 1, out);
        b.add(Opcode.ResultRow, out, 1);
        b.add(Opcode.Halt);
        try (Machine machine = new Machine(b.build(), bench.session)) {
            for (int i = 0; i < 3; i++) {
                machine.parameter(1).setInteger(i);
                assertThat(machine.step()).isTrue();
                assertThat(machine.column(0).integer()).isEqualTo(i);
                assertThat(machine.step()).isFalse();
                machine.reset();
            }
            assertThatThrownBy(() -> machine.parameter(2)).hasMessage("column index out of range");
        }
    }

    @Test
    void movedRegistersLeaveNullBehindAndRangesMayOverlap() {
        int first = b.newRegisters(4);
        for (int i = 0; i < 3; i++) {
            b.add(Opcode.Integer, i + 1, first + i);
        }
        b.add(Opcode.Move, first, first + 1, 3);
        b.add(Opcode.ResultRow, first, 4);
        b.add(Opcode.Copy, first + 1, first, 0);
        b.add(Opcode.ResultRow, first, 4);
        assertThat(run()).containsExactly("NULL|1|2|3", "1|1|2|3");
    }

    @Test
    void affinityLettersConvertRegisters() {
        int first = b.newRegisters(5);
        for (int i = 0; i < 5; i++) {
            b.add(Opcode.String8, 0, first + i, 0, "12", 0);
        }
        b.add(Opcode.Affinity, first, 5, 0, "ABCDE", 0);
        b.add(Opcode.ResultRow, first, 5);
        assertThat(run()).containsExactly("'12'|'12'|12|12|12.0");
    }

    @Test
    void rowsAreComparedColumnByColumn() {
        int left = b.newRegisters(2);
        int right = b.newRegisters(2);
        b.add(Opcode.Integer, 1, left);
        b.add(Opcode.Integer, 2, left + 1);
        b.add(Opcode.Integer, 1, right);
        b.add(Opcode.Integer, 3, right + 1);
        int less = b.newLabel();
        int other = b.newLabel();
        b.add(Opcode.Compare, left, right, 2, Bench.key(2), 0);
        b.add(Opcode.Jump, less, other, other);
        b.place(less);
        b.add(Opcode.ResultRow, left, 2);
        b.place(other);
        assertThat(run()).containsExactly("1|2");
    }

    @Test
    void theListingShowsOperandsAsSqliteDoes() {
        int cursor = b.newCursor();
        int end = b.newLabel();
        b.add(Opcode.Init, 0, end);
        b.add(Opcode.OpenRead, cursor, 2, 0, Bench.key(2), 0);
        b.place(end);
        b.add(Opcode.Halt);
        b.comment("the end");
        Program program = b.build();
        assertThat(program.line(0).p2()).isEqualTo(2);
        assertThat(program.line(1).p4()).isEqualTo("k(2,B,B)");
        assertThat(program.line(2).comment()).isEqualTo("the end");
        Value value = new Value();
        assertThat(value.isNull()).isTrue();
    }
}
