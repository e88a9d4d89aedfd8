package dev.verso.vm;

import dev.verso.vm.value.Value;

/** One run of a program: registers, cursors, program counter. Reusable after {@link #reset}. */
public final class Machine {
    public Machine(Program program, Session session) {}

    /** Parameter {@code number} (1-based); set before the run. */
    public Value parameter(int number) {
        throw new UnsupportedOperationException();
    }

    /** Runs to the next row or the end. @return true if there is a row */
    public boolean step() {
        throw new UnsupportedOperationException();
    }

    /** Column of the current row, 0-based; valid until the next {@link #step} or {@link #reset}. */
    public Value column(int index) {
        throw new UnsupportedOperationException();
    }

    /** Ends the run (as after an error or before the end): closes cursors, settles the statement's transaction. Parameters stay. */
    public void reset() {
        throw new UnsupportedOperationException();
    }

    /** Stops a run from another thread with {@code SQLITE_INTERRUPT} at the next check. */
    public void interrupt() {
        throw new UnsupportedOperationException();
    }

    /** Time by {@link System#nanoTime} after which the run stops with {@code SQLITE_INTERRUPT}; 0 for none. */
    public void deadlineNanos(long deadline) {
        throw new UnsupportedOperationException();
    }
}
