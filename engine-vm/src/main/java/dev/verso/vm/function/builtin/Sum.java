package dev.verso.vm.function.builtin;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;

/**
 * {@code sum}, {@code total} and {@code avg}: exact in integers until the first real or overflow, from then on in reals with a running
 * error term (Neumaier's form of Kahan's summation), as SQLite does since 3.43.
 */
final class Sum implements Aggregator {
    /** Integers beyond this lose digits as reals and are added in two parts. */
    private static final long EXACT_IN_REALS = 4503599627370496L; // 2^52

    private final AggregateFunction function;
    private final Value scratch = new Value();
    private long count;
    private long integerSum;
    private double realSum;
    private double error;
    private boolean inReals;
    private boolean overflowed;

    Sum(AggregateFunction function) {
        this.function = function;
    }

    @Override
    public void reset() {
        count = 0;
        integerSum = 0;
        realSum = 0;
        error = 0;
        inReals = false;
        overflowed = false;
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int argumentCount) {
        Value value = args[first];
        if (value.isNull()) {
            return;
        }
        count++;
        Value number = Numbers.numeric(value, scratch);
        if (number.storageClass() == StorageClass.INTEGER) {
            long x = number.integer();
            if (!inReals) {
                long sum = integerSum + x;
                if (((integerSum ^ sum) & (x ^ sum)) >= 0) {
                    integerSum = sum;
                    return;
                }
                overflowed = true;
                toReals();
            }
            addInteger(x);
        } else {
            if (!inReals) {
                toReals();
            }
            overflowed = false;
            add(number.asDouble());
        }
    }

    @Override
    public void inverse(FunctionContext context, Value[] args, int first, int argumentCount) {
        Value value = args[first];
        if (value.isNull()) {
            return;
        }
        count--;
        Value number = Numbers.numeric(value, scratch);
        if (!inReals) {
            integerSum -= number.asLong();
        } else if (number.storageClass() == StorageClass.INTEGER) {
            long x = number.integer();
            if (x == Long.MIN_VALUE) {
                addInteger(Long.MAX_VALUE);
                addInteger(1);
            } else {
                addInteger(-x);
            }
        } else {
            add(-number.asDouble());
        }
    }

    private void toReals() {
        inReals = true;
        realSum = 0;
        error = 0;
        if (integerSum <= -EXACT_IN_REALS || integerSum >= EXACT_IN_REALS) {
            long small = integerSum % 16384;
            realSum = integerSum - small;
            error = small;
        } else {
            realSum = integerSum;
        }
    }

    private void addInteger(long x) {
        if (x <= -EXACT_IN_REALS || x >= EXACT_IN_REALS) {
            long small = x % 16384;
            add(x - small);
            add(small);
        } else {
            add(x);
        }
    }

    private void add(double r) {
        double before = realSum;
        double after = before + r;
        error += Math.abs(before) > Math.abs(r) ? before - after + r : r - after + before;
        realSum = after;
    }

    private double realValue() {
        if (!inReals) {
            return integerSum;
        }
        return Double.isFinite(error) ? realSum + error : realSum;
    }

    @Override
    public void value(FunctionContext context, Value result) {
        switch (function) {
            case TOTAL -> result.setReal(realValue());
            case AVG -> {
                if (count > 0) {
                    result.setReal(realValue() / count);
                } else {
                    result.setNull();
                }
            }
            case SUM -> {
                if (count == 0) {
                    result.setNull();
                } else if (!inReals) {
                    result.setInteger(integerSum);
                } else if (overflowed) {
                    throw Arguments.error("integer overflow");
                } else {
                    result.setReal(realValue());
                }
            }
            case COUNT, COUNT_ROWS, GROUP_CONCAT, MAX, MIN -> throw new IllegalStateException(function.name());
        }
    }
}
