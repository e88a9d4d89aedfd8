package dev.verso.vm;

import dev.verso.vm.value.Value;

/**
 * {@code Rowid} and the comparison of its register that follows, as one instruction: how a range of rowids ends. It stands in the place of
 * the first; where it can't do the work, the two run one by one.
 */
final class RowidCompared extends Instruction {
    private final Instruction rowid;
    private final ComparisonInstructions.Compared compared;
    private final int limit;
    private final int target;
    private final int after;

    private RowidCompared(
            int address, Operation operation, Instruction rowid, ComparisonInstructions.Compared compared) {
        super(address, operation);
        this.rowid = rowid;
        this.compared = compared;
        limit = compared.p1;
        target = compared.p2;
        after = compared.next;
    }

    @Override
    int run(Machine m) {
        Cursor cursor = m.cursors[p1];
        Value right = m.registers[limit];
        if (cursor.state != 0 || cursor.table == null || !right.isInteger()) {
            return rowid.run(m);
        }
        long left = cursor.table.rowid();
        m.registers[p2].setInteger(left);
        int comparison = Long.compare(left, right.integer());
        m.comparison = comparison;
        return compared.holds(comparison) ? target : after;
    }

    /** Puts such an instruction wherever it can be. */
    static void place(Operation[] operations, Instruction[] code) {
        for (int address = 0; address + 1 < code.length; address++) {
            if (operations[address].opcode() == Opcode.Rowid
                    && code[address + 1] instanceof ComparisonInstructions.Compared compared
                    && compared.p3 == operations[address].p2()
                    && compared.p1 != compared.p3) {
                code[address] = new RowidCompared(address, operations[address], code[address], compared);
            }
        }
    }
}
