package dev.verso.vtab;

import dev.verso.vm.value.Value;

/** A prepared statement of a module. */
public interface ModuleStatement extends AutoCloseable {
    /** The value of a parameter, counted from 1, to be set before the run; it keeps its value from run to run. */
    Value parameter(int number);

    /** Runs to the next row or to the end. @return false at the end, after which {@link #reset} is needed for a further run */
    boolean step();

    /** A column of the row, counted from 0; valid until the next step. */
    Value column(int index);

    int columnCount();

    /** Ends the run. */
    void reset();

    @Override
    void close();
}
