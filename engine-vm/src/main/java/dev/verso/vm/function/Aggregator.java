package dev.verso.vm.function;

import dev.verso.vm.value.Value;

/** State of one aggregate for one group, or of one window function for one partition. */
public interface Aggregator {
    /** Back to the state of a new one, so that groups can share one object. */
    void reset();

    void step(FunctionContext context, Value[] args, int first, int count);

    /** Takes back the oldest step (window frames). */
    default void inverse(FunctionContext context, Value[] args, int first, int count) {
        throw new IllegalStateException("not a window function");
    }

    /** The result so far; may be asked more than once. */
    void value(FunctionContext context, Value result);
}
