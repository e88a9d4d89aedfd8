package dev.verso.vm;

import dev.verso.vm.value.Value;
import dev.verso.vtab.RowChange;

/** The arguments of {@code VUpdate} as the table sees them. */
final class VirtualRow implements RowChange {
    private static final OnConflict[] ACTIONS = {
        OnConflict.ABORT, OnConflict.ROLLBACK, OnConflict.ABORT, OnConflict.FAIL, OnConflict.IGNORE, OnConflict.REPLACE
    };

    private final Value[] registers;
    private final int first;
    private final int columns;
    private final boolean[] unchanged;
    private final int action;

    VirtualRow(Value[] registers, int first, int columns, boolean[] unchanged, int action) {
        this.registers = registers;
        this.first = first;
        this.columns = columns;
        this.unchanged = unchanged;
        this.action = action;
    }

    @Override
    public Value oldKey() {
        return registers[first];
    }

    @Override
    public Value newKey() {
        return registers[first + 1];
    }

    @Override
    public Value value(int column) {
        if (column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException("column " + column + " of " + columns);
        }
        return registers[first + 2 + column];
    }

    @Override
    public boolean isUnchanged(int column) {
        return unchanged != null && unchanged[column];
    }

    @Override
    public OnConflict onConflict() {
        return ACTIONS[action];
    }
}
