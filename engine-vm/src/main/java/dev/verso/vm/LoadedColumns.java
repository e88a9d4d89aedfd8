package dev.verso.vm;

import dev.verso.vm.value.Value;
import java.util.Arrays;

/**
 * A run of {@code Column} and {@code RealAffinity}, with the comparison that follows it, as one instruction: what one leads to the next is
 * then no jump through a table that processors do not foresee. It stands in the place of the first; the others stay where they are, for
 * jumps into the run.
 */
final class LoadedColumns extends Instruction {
    private static final int MOST_COLUMNS = 16;

    private final RecordInstructions.Column[] columns;
    /** Which columns' integers become reals. */
    private final boolean[] reals;

    private final int after;

    private LoadedColumns(
            int address, Operation operation, RecordInstructions.Column[] columns, boolean[] reals, int after) {
        super(address, operation);
        this.columns = columns;
        this.reals = reals;
        this.after = after;
    }

    @Override
    int run(Machine m) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].run(m);
            if (reals[i]) {
                makeReal(m.registers[columns[i].p3]);
            }
        }
        return after;
    }

    static void makeReal(Value register) {
        if (register.isInteger()) {
            register.setReal((double) register.integer());
        } else if (register.isWholeReal()) {
            register.setReal(register.real());
        }
    }

    /** One column, and a comparison with it. */
    static final class Compared extends Instruction {
        private final RecordInstructions.Column column;
        private final boolean real;
        private final ComparisonInstructions.Compared compared;

        Compared(
                int address,
                Operation operation,
                RecordInstructions.Column column,
                boolean real,
                ComparisonInstructions.Compared compared) {
            super(address, operation);
            this.column = column;
            this.real = real;
            this.compared = compared;
        }

        @Override
        int run(Machine m) {
            column.run(m);
            if (real) {
                makeReal(m.registers[p3]);
            }
            return compared.run(m);
        }
    }

    /** Puts such instructions wherever they can be. */
    static void place(Operation[] operations, Instruction[] code) {
        RecordInstructions.Column[] columns = new RecordInstructions.Column[MOST_COLUMNS];
        boolean[] reals = new boolean[MOST_COLUMNS];
        for (int address = code.length - 1; address >= 0; address--) {
            int count = 0;
            int at = address;
            while (at < code.length && count < MOST_COLUMNS && operations[at].opcode() == Opcode.Column) {
                // a longer run begins later: its first instruction may be replaced already, so the column is made anew
                columns[count] = new RecordInstructions.Column(at, operations[at]);
                reals[count] = at + 1 < code.length
                        && operations[at + 1].opcode() == Opcode.RealAffinity
                        && operations[at + 1].p1() == operations[at].p3();
                at += reals[count] ? 2 : 1;
                count++;
            }
            if (count == 1 && at < code.length && code[at] instanceof ComparisonInstructions.Compared compared) {
                code[address] = new Compared(address, operations[address], columns[0], reals[0], compared);
            } else if (count > 1 || count == 1 && reals[0]) {
                // the last column goes with the comparison that follows it
                boolean compares = at < code.length && code[at] instanceof ComparisonInstructions.Compared;
                int kept = compares ? count - 1 : count;
                if (kept > 1 || reals[0]) {
                    int end = compares ? at - (reals[count - 1] ? 2 : 1) : at;
                    code[address] = new LoadedColumns(
                            address,
                            operations[address],
                            Arrays.copyOf(columns, kept),
                            Arrays.copyOf(reals, kept),
                            end);
                }
            }
        }
    }
}
