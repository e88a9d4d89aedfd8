package dev.verso.sql.code;

import dev.verso.vm.ProgramBuilder;
import java.util.Arrays;

/** Lends registers of a program for a short time and takes them back. */
public final class TemporaryRegisters {
    private final ProgramBuilder builder;
    private int[] free = new int[16];
    private int freeCount;

    TemporaryRegisters(ProgramBuilder builder) {
        this.builder = builder;
    }

    /** One register. */
    public int take() {
        return freeCount > 0 ? free[--freeCount] : builder.newRegister();
    }

    public void release(int register) {
        assert !isFree(register) : "register " + register + " is released twice";
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = register;
    }

    /** Several registers in a row. */
    public int takeRange(int count) {
        return count == 1 ? take() : builder.newRegisters(count);
    }

    public void releaseRange(int first, int count) {
        for (int register = first + count - 1; register >= first; register--) {
            release(register);
        }
    }

    private boolean isFree(int register) {
        for (int i = 0; i < freeCount; i++) {
            if (free[i] == register) {
                return true;
            }
        }
        return false;
    }
}
