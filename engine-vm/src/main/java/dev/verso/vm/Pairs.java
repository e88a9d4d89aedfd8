package dev.verso.vm;

/**
 * Instructions that mostly follow each other, as one: the second is then called, or inlined, where the first ends, and not through the
 * machine's table. A pair stands in the place of its first instruction; the second stays in its own, for jumps to it. What these return is
 * what the machine would have come to next, so a pair that jumps backwards still passes the machine's checks.
 */
final class Pairs {
    /** Rows that a scan passes over by itself before it goes through the machine's checks again. */
    private static final int ROWS_AT_ONCE = 16;

    private Pairs() {}

    /** {@code Next} to a loop that begins with a condition on a column: rows for which it leads back to {@code Next} are passed over here. */
    private static final class NextFiltered extends Instruction {
        private final CursorInstructions.Next step;
        private final LoadedColumns.Compared condition;

        NextFiltered(int address, Operation operation, CursorInstructions.Next step, LoadedColumns.Compared condition) {
            super(address, operation);
            this.step = step;
            this.condition = condition;
        }

        @Override
        int run(Machine m) {
            int self = next - 1;
            for (int i = 0; i < ROWS_AT_ONCE; i++) {
                int to = step.run(m);
                if (to != p2) {
                    return to;
                }
                to = condition.run(m);
                if (to != self) {
                    return to;
                }
            }
            return self;
        }
    }

    /** {@code Next} in an index to the test whether its range has ended. */
    private static final class NextInRange extends Instruction {
        private final CursorInstructions.Next step;
        private final RangeTest test;

        NextInRange(int address, Operation operation, CursorInstructions.Next step, RangeTest test) {
            super(address, operation);
            this.step = step;
            this.test = test;
        }

        @Override
        int run(Machine m) {
            int to = step.run(m);
            return to == p2 ? test.run(m) : to;
        }
    }

    /** {@code IdxGT} or the like, and the {@code DeferredSeek} that follows if there is one. */
    private static final class RangeTest extends Instruction {
        private final SeekInstructions.EntryComparison comparison;
        private final SeekInstructions.DeferredSeek seek;

        RangeTest(
                int address,
                Operation operation,
                SeekInstructions.EntryComparison comparison,
                SeekInstructions.DeferredSeek seek) {
            super(address, operation);
            this.comparison = comparison;
            this.seek = seek;
        }

        @Override
        int run(Machine m) {
            int to = comparison.run(m);
            return to == next && seek != null ? seek.run(m) : to;
        }
    }

    /** A seek in an index and the test whether it has found anything. */
    private static final class SeekInRange extends Instruction {
        private final SeekInstructions.Seek seek;
        private final RangeTest test;

        SeekInRange(int address, Operation operation, SeekInstructions.Seek seek, RangeTest test) {
            super(address, operation);
            this.seek = seek;
            this.test = test;
        }

        @Override
        int run(Machine m) {
            int to = seek.run(m);
            return to == next ? test.run(m) : to;
        }
    }

    /** A column that is a rowid, and the seek to it. */
    private static final class ColumnSought extends Instruction {
        private final RecordInstructions.Column column;
        private final SeekInstructions.SeekRowid seek;

        ColumnSought(
                int address, Operation operation, RecordInstructions.Column column, SeekInstructions.SeekRowid seek) {
            super(address, operation);
            this.column = column;
            this.seek = seek;
        }

        @Override
        int run(Machine m) {
            column.run(m);
            return seek.run(m);
        }
    }

    /** A column and the aggregate that takes it. */
    private static final class ColumnAggregated extends Instruction {
        private final RecordInstructions.Column column;
        private final boolean real;
        private final FunctionInstructions.Step step;

        ColumnAggregated(
                int address,
                Operation operation,
                RecordInstructions.Column column,
                boolean real,
                FunctionInstructions.Step step) {
            super(address, operation);
            this.column = column;
            this.real = real;
            this.step = step;
        }

        @Override
        int run(Machine m) {
            column.run(m);
            if (real) {
                LoadedColumns.makeReal(m.registers[p3]);
            }
            return step.run(m);
        }
    }

    /** A record made for a sorter. */
    private static final class RecordSorted extends Instruction {
        private final RecordInstructions.MakeRecord make;
        private final WriteInstructions.SorterInsert insert;

        RecordSorted(
                int address,
                Operation operation,
                RecordInstructions.MakeRecord make,
                WriteInstructions.SorterInsert insert) {
            super(address, operation);
            this.make = make;
            this.insert = insert;
        }

        @Override
        int run(Machine m) {
            make.run(m);
            return insert.run(m);
        }
    }

    /** A sorter's record, and its first column. */
    private static final class SortedColumn extends Instruction {
        private final WriteInstructions.SorterData data;
        private final RecordInstructions.Column column;

        SortedColumn(
                int address, Operation operation, WriteInstructions.SorterData data, RecordInstructions.Column column) {
            super(address, operation);
            this.data = data;
            this.column = column;
        }

        @Override
        int run(Machine m) {
            data.run(m);
            return column.run(m);
        }
    }

    /** A sorter's next record. */
    private static final class SorterNextColumn extends Instruction {
        private final WriteInstructions.SorterNext step;
        private final SortedColumn row;

        SorterNextColumn(int address, Operation operation, WriteInstructions.SorterNext step, SortedColumn row) {
            super(address, operation);
            this.step = step;
            this.row = row;
        }

        @Override
        int run(Machine m) {
            int to = step.run(m);
            return to == p2 ? row.run(m) : to;
        }
    }

    /** Puts such instructions wherever they can be. */
    static void place(Operation[] operations, Instruction[] code) {
        for (int address = code.length - 2; address >= 0; address--) {
            Instruction pair = pair(address, operations, code);
            if (pair != null) {
                code[address] = pair;
            }
        }
        // loops last: they hold what now stands where they jump to
        for (int address = 0; address < code.length; address++) {
            Instruction loop = loop(address, operations[address], code);
            if (loop != null) {
                code[address] = loop;
            }
        }
    }

    private static Instruction pair(int address, Operation[] operations, Instruction[] code) {
        Operation operation = operations[address];
        Instruction first = code[address];
        Instruction second = code[address + 1];
        if (operation.opcode() == Opcode.Column) {
            boolean real = operations[address + 1].opcode() == Opcode.RealAffinity
                    && operations[address + 1].p1() == operation.p3();
            Instruction after = !real ? second : address + 2 < code.length ? code[address + 2] : null;
            if (after instanceof FunctionInstructions.Step step) {
                RecordInstructions.Column column = new RecordInstructions.Column(address, operation);
                return new ColumnAggregated(address, operation, column, real, step);
            }
            if (!real && after instanceof SeekInstructions.SeekRowid seek) {
                RecordInstructions.Column column = new RecordInstructions.Column(address, operation);
                return new ColumnSought(address, operation, column, seek);
            }
            return null;
        }
        if (first instanceof SeekInstructions.EntryComparison comparison) {
            SeekInstructions.DeferredSeek seek =
                    second instanceof SeekInstructions.DeferredSeek deferred ? deferred : null;
            return new RangeTest(address, operation, comparison, seek);
        }
        if (first instanceof SeekInstructions.Seek seek && second instanceof RangeTest test) {
            return new SeekInRange(address, operation, seek, test);
        }
        if (first instanceof RecordInstructions.MakeRecord make
                && second instanceof WriteInstructions.SorterInsert insert) {
            return new RecordSorted(address, operation, make, insert);
        }
        if (first instanceof WriteInstructions.SorterData data
                && operations[address + 1].opcode() == Opcode.Column
                && !(second instanceof RowOfColumns)) {
            RecordInstructions.Column column = new RecordInstructions.Column(address + 1, operations[address + 1]);
            return new SortedColumn(address, operation, data, column);
        }
        return null;
    }

    private static Instruction loop(int address, Operation operation, Instruction[] code) {
        if (code[address] instanceof CursorInstructions.Next step) {
            if (code[step.p2] instanceof LoadedColumns.Compared condition) {
                return new NextFiltered(address, operation, step, condition);
            }
            if (code[step.p2] instanceof RangeTest test) {
                return new NextInRange(address, operation, step, test);
            }
        }
        if (code[address] instanceof WriteInstructions.SorterNext step && code[step.p2] instanceof SortedColumn row) {
            return new SorterNextColumn(address, operation, step, row);
        }
        return null;
    }
}
