package dev.verso.vm.function.builtin;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.Value;

/** {@code count(*)} and {@code count(X)}. */
final class Count implements Aggregator {
    private final boolean rows;
    private long count;

    Count(boolean rows) {
        this.rows = rows;
    }

    @Override
    public void reset() {
        count = 0;
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int argumentCount) {
        if (rows || !args[first].isNull()) {
            count++;
        }
    }

    @Override
    public void inverse(FunctionContext context, Value[] args, int first, int argumentCount) {
        if (rows || !args[first].isNull()) {
            count--;
        }
    }

    @Override
    public void value(FunctionContext context, Value result) {
        result.setInteger(count);
    }
}
