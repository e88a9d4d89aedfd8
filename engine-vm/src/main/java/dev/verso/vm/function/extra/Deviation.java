package dev.verso.vm.function.extra;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.Value;
import java.util.List;
import java.util.Set;

/** {@code variance} and {@code stdev} of a sample, by Welford's recurrence; 0.0 for less than two values. */
final class Deviation implements Aggregator {
    private final boolean root;
    private long count;
    private double mean;
    private double squares;

    private Deviation(boolean root) {
        this.root = root;
    }

    static void addTo(List<FunctionDefinition> list) {
        list.add(new FunctionDefinition("stdev", 1, Set.of(Flag.EXTENSION), null, () -> new Deviation(true)));
        list.add(new FunctionDefinition("variance", 1, Set.of(Flag.EXTENSION), null, () -> new Deviation(false)));
    }

    @Override
    public void reset() {
        count = 0;
        mean = 0;
        squares = 0;
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int argumentCount) {
        if (args[first].isNull()) {
            return;
        }
        count++;
        double x = args[first].asDouble();
        double delta = x - mean;
        mean += delta / count;
        squares += delta * (x - mean);
    }

    @Override
    public void value(FunctionContext context, Value result) {
        double variance = count > 1 ? squares / (count - 1) : 0.0;
        result.setReal(root ? Math.sqrt(variance) : variance);
    }
}
