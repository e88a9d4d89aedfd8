package dev.verso.vm.function.extra;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code median}, {@code percentile}, {@code percentile_cont} and {@code percentile_disc} (sqlite.org/percentile.html). Values are collected as
 * they come and sorted when the first result is asked for; from then on, in a window, they stay sorted.
 */
final class Percentile implements Aggregator {
    private final String name;
    private final double whole;
    private final Value scratch = new Value();
    private double[] values = new double[16];
    private int count;
    private boolean sorted = true;
    private boolean keepSorted;
    private boolean hasFraction;
    private double fraction;

    private Percentile(String name, double whole) {
        this.name = name;
        this.whole = whole;
    }

    static void addTo(List<FunctionDefinition> list) {
        add(list, "median", 1, 1);
        add(list, "percentile", 2, 100);
        add(list, "percentile_cont", 2, 1);
        add(list, "percentile_disc", 2, 1);
    }

    private static void add(List<FunctionDefinition> list, String name, int arguments, double whole) {
        list.add(new FunctionDefinition(
                name, arguments, Set.of(Flag.INVERTIBLE), null, () -> new Percentile(name, whole)));
    }

    @Override
    public void reset() {
        count = 0;
        sorted = true;
        keepSorted = false;
        hasFraction = false;
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int argumentCount) {
        double wanted = argumentCount == 1 ? 0.5 : fraction(args[first + 1]);
        if (!hasFraction) {
            fraction = wanted;
            hasFraction = true;
        } else if (Math.abs(fraction - wanted) > 0.001) {
            throw error("the fraction argument to " + name + "() is not the same for all input rows");
        }
        Value value = args[first];
        if (value.isNull()) {
            return;
        }
        if (!isNumber(value)) {
            throw error("input to " + name + "() is not numeric");
        }
        double y = value.asDouble();
        if (Double.isInfinite(y) || Double.isNaN(y)) {
            throw error("Inf input to " + name + "()");
        }
        add(y);
    }

    private double fraction(Value value) {
        scratch.setShared(value);
        scratch.applyNumericAffinity();
        double part = value.asDouble() / whole;
        if (!isNumber(scratch) || !(part >= 0.0 && part <= 1.0)) {
            throw error(String.format(
                    Locale.ROOT, "the fraction argument to %s() is not between 0.0 and %.1f", name, whole));
        }
        return part;
    }

    private static boolean isNumber(Value value) {
        return value.storageClass() == StorageClass.INTEGER || value.storageClass() == StorageClass.REAL;
    }

    private static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }

    private void add(double y) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        int at = count;
        if (sorted && count > 0 && y < values[count - 1]) {
            if (keepSorted) {
                int found = Arrays.binarySearch(values, 0, count, y);
                at = found < 0 ? -1 - found : found;
                System.arraycopy(values, at, values, at + 1, count - at);
            } else {
                sorted = false;
            }
        }
        values[at] = y;
        count++;
    }

    @Override
    public void inverse(FunctionContext context, Value[] args, int first, int argumentCount) {
        Value value = args[first];
        if (!isNumber(value)) {
            return;
        }
        sort();
        keepSorted = true;
        int at = Arrays.binarySearch(values, 0, count, value.asDouble());
        if (at >= 0) {
            count--;
            System.arraycopy(values, at + 1, values, at, count - at);
        }
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, 0, count);
            sorted = true;
        }
    }

    @Override
    public void value(FunctionContext context, Value result) {
        if (count == 0) {
            return;
        }
        sort();
        keepSorted = true;
        double place = fraction * (count - 1);
        int below = (int) place;
        if (name.equals("percentile_disc")) {
            result.setReal(values[below]);
            return;
        }
        int above = place == below || below == count - 1 ? below : below + 1;
        result.setReal(values[below] + (values[above] - values[below]) * (place - below));
    }
}
