package dev.verso.vm.function.builtin;

import dev.verso.record.Collation;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.Comparison;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.util.List;
import java.util.Set;

/** Functions of numbers and comparisons (sqlite.org/lang_corefunc.html). */
enum NumericFunction implements ScalarFunction {
    ABS,
    MAX,
    MIN,
    NULLIF,
    RANDOM,
    RANDOMBLOB,
    ROUND,
    SIGN;

    private static final double INTEGERS_FROM_HERE = 4503599627370496.0; // 2^52: larger reals have no fraction

    static void addTo(List<FunctionDefinition> list) {
        add(list, "abs", 1, BuiltinFunctions.PURE, ABS);
        add(list, "max", -3, BuiltinFunctions.PURE_COLLATED, MAX);
        add(list, "min", -3, BuiltinFunctions.PURE_COLLATED, MIN);
        add(list, "nullif", 2, BuiltinFunctions.PURE_COLLATED, NULLIF);
        add(list, "random", 0, BuiltinFunctions.VOLATILE, RANDOM);
        add(list, "randomblob", 1, BuiltinFunctions.VOLATILE, RANDOMBLOB);
        add(list, "round", 1, BuiltinFunctions.PURE, ROUND);
        add(list, "round", 2, BuiltinFunctions.PURE, ROUND);
        add(list, "sign", 1, BuiltinFunctions.PURE, SIGN);
    }

    private static void add(
            List<FunctionDefinition> list,
            String name,
            int arguments,
            Set<FunctionDefinition.Flag> flags,
            NumericFunction body) {
        list.add(new FunctionDefinition(name, arguments, flags, body, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        switch (this) {
            case ABS -> abs(args[first], result);
            case MAX -> extreme(context, args, first, count, 1, result);
            case MIN -> extreme(context, args, first, count, -1, result);
            case NULLIF -> {
                if (Comparison.compare(args[first], args[first + 1], context.collation(), context.encoding()) != 0) {
                    result.setCopy(args[first]);
                }
            }
            case RANDOM -> result.setInteger(RandomNumbers.nextLong());
            case RANDOMBLOB -> {
                long n = Math.max(1, args[first].asLong());
                if (n > context.session().maximumLength()) {
                    throw Arguments.tooBig();
                }
                byte[] bytes = new byte[(int) n];
                RandomNumbers.fill(bytes);
                result.setBlob(bytes, 0, bytes.length);
            }
            case ROUND -> round(args, first, count, result);
            case SIGN -> sign(args[first], result);
        }
    }

    private static void abs(Value value, Value result) {
        switch (value.storageClass()) {
            case NULL -> result.setNull();
            case INTEGER -> {
                if (value.integer() == Long.MIN_VALUE) {
                    throw Arguments.error("integer overflow");
                }
                result.setInteger(Math.abs(value.integer()));
            }
            case REAL, TEXT, BLOB -> {
                result.setReal(Math.abs(value.asDouble()));
            }
        }
    }

    private static void extreme(
            FunctionContext context, Value[] args, int first, int count, int direction, Value result) {
        Collation collation = context.collation();
        int best = first;
        for (int i = first; i < first + count; i++) {
            if (args[i].isNull()) {
                return;
            }
            int order = Comparison.compare(args[i], args[best], collation, context.encoding());
            // Of equal values max() takes the first, min() the last.
            if (direction > 0 ? order > 0 : order <= 0) {
                best = i;
            }
        }
        result.setCopy(args[best]);
    }

    private static void round(Value[] args, int first, int count, Value result) {
        int digits = 0;
        if (count == 2) {
            if (args[first + 1].isNull()) {
                return;
            }
            digits = (int) Math.max(0, Math.min(30, args[first + 1].asLong()));
        }
        if (args[first].isNull()) {
            return;
        }
        double r = args[first].asDouble();
        if (r > -INTEGERS_FROM_HERE && r < INTEGERS_FROM_HERE) {
            if (digits == 0) {
                r = (double) (long) (r + (r < 0 ? -0.5 : 0.5));
            } else {
                DecimalDigits d = DecimalDigits.of(r, -digits, 26);
                r = Double.parseDouble((d.negative ? "-0." : "0.") + d.digits + "E" + d.pointPosition);
            }
        }
        result.setReal(r);
    }

    private static void sign(Value value, Value result) {
        Value number = Numbers.numeric(value, new Value());
        if (Numbers.isNumber(number)) {
            double r = number.storageClass() == StorageClass.INTEGER ? number.integer() : number.real();
            result.setInteger(r < 0 ? -1 : r > 0 ? 1 : 0);
        }
    }
}
