package dev.verso.vm;

import dev.verso.vm.value.Value;

/** P4 of {@code RowsOpen}: makes rows in Java, so that pragmas, EXPLAIN and pragma functions are ordinary programs. */
@FunctionalInterface
public interface RowSource {
    /**
     * Begins a run.
     *
     * @param arguments registers, of which {@code count} from {@code first} on are the arguments
     */
    Rows open(Session session, Value[] arguments, int first, int count);

    /** The rows of one run. */
    @FunctionalInterface
    interface Rows {
        /** Sets the registers from {@code first} on to the next row; false if there is none. */
        boolean next(Value[] registers, int first);
    }
}
