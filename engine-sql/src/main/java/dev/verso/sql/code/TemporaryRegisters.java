package dev.verso.sql.code;

import dev.verso.vm.ProgramBuilder;
import java.util.Arrays;
import java.util.BitSet;

/** Lends registers of a program for a short time and takes them back. Registers that were not lent here are left alone when they are released. */
public final class TemporaryRegisters {
    private final ProgramBuilder builder;
    private int[] free = new int[16];
    private int freeCount;
    private final BitSet lent = new BitSet();

    TemporaryRegisters(ProgramBuilder builder) {
        this.builder = builder;
    }

    /** One register. */
    public int take() {
        int register = freeCount > 0 ? free[--freeCount] : builder.newRegister();
        lent.set(register);
        return register;
    }

    public void release(int register) {
        if (!lent.get(register)) {
            return;
        }
        lent.clear(register);
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = register;
    }

    /**
     * Begins code that runs interleaved with, or out of the middle of, other code: a coroutine or a subroutine. Until {@link #endIsolation}
     * only new registers are lent, and they are never lent again.
     *
     * @return what {@link #endIsolation} needs
     */
    public int[] isolate() {
        int[] before = Arrays.copyOf(free, freeCount);
        freeCount = 0;
        return before;
    }

    public void endIsolation(int[] before) {
        free = Arrays.copyOf(before, Math.max(16, before.length));
        freeCount = before.length;
    }

    /** The register is no longer temporary: several users may refer to it, and releasing it does nothing. */
    public void keep(int register) {
        lent.clear(register);
    }

    /** Several registers in a row. */
    public int takeRange(int count) {
        if (count == 1) {
            return take();
        }
        int first = builder.newRegisters(count);
        lent.set(first, first + count);
        return first;
    }

    public void releaseRange(int first, int count) {
        for (int register = first + count - 1; register >= first; register--) {
            release(register);
        }
    }
}
