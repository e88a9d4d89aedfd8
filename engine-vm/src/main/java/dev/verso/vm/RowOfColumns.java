package dev.verso.vm;

import dev.verso.vm.value.Value;
import java.util.Arrays;

/**
 * A run of {@code Column}, {@code Rowid} and {@code RealAffinity} that ends in a {@code ResultRow} which is the last use of its registers,
 * as one instruction: it only takes the records along, and columns are read when someone asks for them. It stands in the place of the
 * first instruction of the run; where a record does not last, it runs that one, and the others follow one by one.
 */
final class RowOfColumns extends Instruction {
    private static final int MOST_COLUMNS = 64;

    private final Instruction first;
    private final RowLayout layout;
    private final int firstRegister;
    private final int count;
    private final int after;

    private RowOfColumns(
            int address, Operation operation, Instruction first, RowLayout layout, Operation row, int after) {
        super(address, operation);
        this.first = first;
        this.layout = layout;
        this.firstRegister = row.p1();
        this.count = row.p2();
        this.after = after;
    }

    @Override
    int run(Machine m) {
        PendingRow row = m.pendingRow(layout);
        if (!row.take(m)) {
            return first.run(m);
        }
        m.rowReady(firstRegister, count, row);
        m.resumeAt = after;
        return ROW;
    }

    /** Puts such an instruction in front of every {@code ResultRow} where it can be. @return how many there are */
    static int place(Operation[] operations, Instruction[] code) {
        int placed = 0;
        for (int address = 0; address < code.length; address++) {
            Operation operation = operations[address];
            if (operation.opcode() == Opcode.ResultRow
                    && (operation.p5() & Flags.LAST_USE) != 0
                    && operation.p2() <= MOST_COLUMNS
                    && placeBefore(address, placed, operations, code)) {
                placed++;
            }
        }
        return placed;
    }

    private static boolean placeBefore(int rowAddress, int ordinal, Operation[] operations, Instruction[] code) {
        Operation row = operations[rowAddress];
        int count = row.p2();
        int[] sources = new int[count];
        int[] columns = new int[count];
        boolean[] reals = new boolean[count];
        Value[] defaults = new Value[count];
        int[] cursors = new int[count];
        int[] lastColumns = new int[count];
        int cursorCount = 0;
        long mask = 0;
        int start = rowAddress;
        boolean real = false;
        for (int address = rowAddress - 1; address >= 0; address--) {
            Operation operation = operations[address];
            boolean isRowid = operation.opcode() == Opcode.Rowid;
            int register =
                    switch (operation.opcode()) {
                        case Column -> operation.p3();
                        case Rowid -> operation.p2();
                        case RealAffinity -> operation.p1();
                        default -> -1;
                    };
            int column = register - row.p1();
            if (register < 0 || column < 0 || column >= count || (mask >>> column & 1) != 0) {
                break;
            }
            if (operation.opcode() == Opcode.RealAffinity) {
                if (real || address == 0 || !loads(operations[address - 1], register)) {
                    break;
                }
                real = true;
                continue;
            }
            int source = 0;
            while (source < cursorCount && cursors[source] != operation.p1()) {
                source++;
            }
            if (source == cursorCount) {
                cursors[cursorCount++] = operation.p1();
            }
            sources[column] = source;
            columns[column] = isRowid ? RowLayout.ROWID : operation.p2();
            lastColumns[source] = Math.max(lastColumns[source], columns[column]);
            defaults[column] = isRowid ? null : RecordInstructions.Column.constant(operation.p4());
            reals[column] = real;
            real = false;
            mask |= 1L << column;
            start = address;
        }
        if (start == rowAddress) {
            return false;
        }
        RowLayout layout = new RowLayout(
                ordinal,
                Arrays.copyOf(cursors, cursorCount),
                Arrays.copyOf(lastColumns, cursorCount),
                mask,
                sources,
                columns,
                reals,
                defaults);
        code[start] = new RowOfColumns(start, operations[start], code[start], layout, row, rowAddress + 1);
        return true;
    }

    private static boolean loads(Operation operation, int register) {
        return operation.opcode() == Opcode.Column && operation.p3() == register;
    }
}
