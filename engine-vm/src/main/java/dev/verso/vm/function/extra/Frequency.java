package dev.verso.vm.function.extra;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code mode}, {@code lower_quartile} and {@code upper_quartile}. The first value says whether all are taken as integers or as reals. A quartile
 * between two values is their mean; a mode that is not alone is NULL.
 */
final class Frequency implements Aggregator {
    private static final double MODE = -1;

    private final double part;
    private final Value scratch = new Value();
    private final TreeMap<Long, Integer> integers = new TreeMap<>();
    private final TreeMap<Double, Integer> reals = new TreeMap<>();
    private long count;

    private Frequency(double part) {
        this.part = part;
    }

    static void addTo(List<FunctionDefinition> list) {
        Set<Flag> flags = Set.of(Flag.EXTENSION);
        list.add(new FunctionDefinition("mode", 1, flags, null, () -> new Frequency(MODE)));
        list.add(new FunctionDefinition("lower_quartile", 1, flags, null, () -> new Frequency(0.25)));
        list.add(new FunctionDefinition("upper_quartile", 1, flags, null, () -> new Frequency(0.75)));
    }

    @Override
    public void reset() {
        integers.clear();
        reals.clear();
        count = 0;
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int argumentCount) {
        Value value = args[first];
        if (value.isNull()) {
            return;
        }
        scratch.setShared(value);
        scratch.applyNumericAffinity();
        if (count == 0 ? scratch.storageClass() == StorageClass.INTEGER : reals.isEmpty()) {
            integers.merge(value.asLong(), 1, Integer::sum);
        } else {
            reals.merge(value.asDouble() + 0.0, 1, Integer::sum);
        }
        count++;
    }

    @Override
    public void value(FunctionContext context, Value result) {
        if (count > 0 && part == MODE) {
            mode(reals.isEmpty() ? integers : reals, result);
        } else if (count > 0) {
            quartile(reals.isEmpty() ? integers : reals, result);
        }
    }

    private static void mode(Map<? extends Number, Integer> values, Value result) {
        int most = 0;
        Number mode = null;
        for (Map.Entry<? extends Number, Integer> entry : values.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                mode = entry.getKey();
            } else if (entry.getValue() == most) {
                mode = null;
            }
        }
        if (mode instanceof Long integer) {
            result.setInteger(integer);
        } else if (mode != null) {
            result.setReal(mode.doubleValue());
        }
    }

    private void quartile(Map<? extends Number, Integer> values, Value result) {
        long before = 0;
        long whole = 0;
        double sum = 0;
        int found = 0;
        for (Map.Entry<? extends Number, Integer> entry : values.entrySet()) {
            long upTo = before + entry.getValue();
            if (upTo >= part * count && count - before >= (1 - part) * count) {
                whole += entry.getKey().longValue();
                sum += entry.getKey().doubleValue();
                found++;
            }
            before = upTo;
        }
        if (!reals.isEmpty()) {
            result.setReal(sum / found);
        } else if (found == 1) {
            result.setInteger(whole);
        } else {
            result.setReal((double) whole / found);
        }
    }
}
