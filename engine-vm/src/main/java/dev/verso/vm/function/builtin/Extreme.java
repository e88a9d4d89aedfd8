package dev.verso.vm.function.builtin;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.Comparison;
import dev.verso.vm.value.Value;

/** {@code min} and {@code max} over rows; NULLs do not count. */
final class Extreme implements Aggregator {
    private final int direction;
    private final Value best = new Value();

    /** @param direction 1 for max, -1 for min */
    Extreme(int direction) {
        this.direction = direction;
    }

    @Override
    public void reset() {
        best.setNull();
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int count) {
        Value value = args[first];
        if (!value.isNull()
                && (best.isNull()
                        || Comparison.compare(value, best, context.collation(), context.encoding()) * direction > 0)) {
            best.setCopy(value);
        }
    }

    @Override
    public void value(FunctionContext context, Value result) {
        result.setCopy(best);
    }
}
