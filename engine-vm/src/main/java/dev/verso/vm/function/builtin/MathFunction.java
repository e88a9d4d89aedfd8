package dev.verso.vm.function.builtin;

import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.util.List;

/** The mathematical functions (sqlite.org/lang_mathfunc.html): NULL for what is no number or outside the domain. */
enum MathFunction implements ScalarFunction {
    ACOS,
    ACOSH,
    ASIN,
    ASINH,
    ATAN,
    ATAN2,
    ATANH,
    CEIL,
    COS,
    COSH,
    DEGREES,
    EXP,
    FLOOR,
    LN,
    LOG10,
    LOG2,
    LOG_OF_BASE,
    MOD,
    PI,
    POW,
    RADIANS,
    SIN,
    SINH,
    SQRT,
    TAN,
    TANH,
    TRUNC;

    /** From here on the square plus or minus one is the square. */
    private static final double LARGE = 1e9;

    static void addTo(List<FunctionDefinition> list) {
        add(list, "acos", 1, ACOS);
        add(list, "acosh", 1, ACOSH);
        add(list, "asin", 1, ASIN);
        add(list, "asinh", 1, ASINH);
        add(list, "atan", 1, ATAN);
        add(list, "atan2", 2, ATAN2);
        add(list, "atanh", 1, ATANH);
        add(list, "ceil", 1, CEIL);
        add(list, "ceiling", 1, CEIL);
        add(list, "cos", 1, COS);
        add(list, "cosh", 1, COSH);
        add(list, "degrees", 1, DEGREES);
        add(list, "exp", 1, EXP);
        add(list, "floor", 1, FLOOR);
        add(list, "ln", 1, LN);
        add(list, "log", 1, LOG10);
        add(list, "log", 2, LOG_OF_BASE);
        add(list, "log10", 1, LOG10);
        add(list, "log2", 1, LOG2);
        add(list, "mod", 2, MOD);
        add(list, "pi", 0, PI);
        add(list, "pow", 2, POW);
        add(list, "power", 2, POW);
        add(list, "radians", 1, RADIANS);
        add(list, "sin", 1, SIN);
        add(list, "sinh", 1, SINH);
        add(list, "sqrt", 1, SQRT);
        add(list, "tan", 1, TAN);
        add(list, "tanh", 1, TANH);
        add(list, "trunc", 1, TRUNC);
    }

    private static void add(List<FunctionDefinition> list, String name, int arguments, MathFunction body) {
        list.add(new FunctionDefinition(name, arguments, BuiltinFunctions.PURE, body, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        double x = 0;
        double y = 0;
        if (count > 0) {
            Value number = Numbers.numeric(args[first], new Value());
            if (!Numbers.isNumber(number)) {
                return;
            }
            if (number.storageClass() == StorageClass.INTEGER && (this == CEIL || this == FLOOR || this == TRUNC)) {
                result.setInteger(number.integer());
                return;
            }
            x = number.asDouble();
        }
        if (count > 1) {
            Value number = Numbers.numeric(args[first + 1], new Value());
            if (!Numbers.isNumber(number) && this != LOG_OF_BASE) {
                return;
            }
            y = number.asDouble();
        }
        if ((this == LN || this == LOG10 || this == LOG2) && x <= 0) {
            return;
        }
        result.setReal(
                switch (this) {
                    case ACOS -> Math.acos(x);
                    case ACOSH -> acosh(x);
                    case ASIN -> Math.asin(x);
                    case ASINH -> Math.copySign(asinh(Math.abs(x)), x);
                    case ATAN -> Math.atan(x);
                    case ATAN2 -> Math.atan2(x, y);
                    case ATANH -> 0.5 * (Math.log1p(x) - Math.log1p(-x));
                    case CEIL -> Math.ceil(x);
                    case COS -> Math.cos(x);
                    case COSH -> Math.cosh(x);
                    case DEGREES -> x * (180.0 / Math.PI);
                    case EXP -> Math.exp(x);
                    case FLOOR -> Math.floor(x);
                    case LN -> Math.log(x);
                    case LOG10 -> Math.log10(x);
                    case LOG2 -> log2(x);
                    case LOG_OF_BASE -> x > 0 && y > 0 && Math.log(x) > 0 ? Math.log(y) / Math.log(x) : Double.NaN;
                    case MOD -> x % y;
                    case PI -> Math.PI;
                    case POW -> x == 1 || x == -1 && Double.isInfinite(y) ? 1 : Math.pow(x, y);
                    case RADIANS -> x * (Math.PI / 180.0);
                    case SIN -> Math.sin(x);
                    case SINH -> Math.sinh(x);
                    case SQRT -> Math.sqrt(x);
                    case TAN -> Math.tan(x);
                    case TANH -> Math.tanh(x);
                    case TRUNC -> x < 0 ? Math.ceil(x) : Math.floor(x);
                });
    }

    private static double acosh(double x) {
        if (x > LARGE) {
            return Math.log(x) + Math.log(2);
        }
        double t = x - 1;
        return t < 0 ? Double.NaN : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    private static double asinh(double x) {
        return x > LARGE ? Math.log(x) + Math.log(2) : Math.log1p(x + x * x / (1 + Math.sqrt(1 + x * x)));
    }

    /** Exact for powers of two. */
    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        return x == Math.scalb(1.0, exponent) ? exponent : Math.log(x) / Math.log(2);
    }
}
