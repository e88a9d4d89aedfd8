package dev.verso.sql.code;

import dev.verso.vm.Machine;
import dev.verso.vm.value.Value;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What the planner may know of the values of parameters, and for which of them it asked. A statement is compiled without values first; where
 * the planner asked for some it is worth compiling anew when they are known.
 */
public final class PlanParameters {
    /** By number less one; null if nothing is known. */
    private final Value[] values;

    private final BitSet weighed = new BitSet();
    private final BitSet fixed = new BitSet();

    private PlanParameters(Value[] values) {
        this.values = values;
    }

    /** Nothing is known. */
    public static PlanParameters unknown() {
        return new PlanParameters(null);
    }

    /** The values that the parameters of a machine have now. */
    public static PlanParameters of(Machine machine) {
        int count = machine.parameterCount();
        Value[] values = new Value[count];
        for (int i = 0; i < count; i++) {
            values[i] = new Value();
            values[i].setCopy(machine.parameter(i + 1));
        }
        return new PlanParameters(values);
    }

    /** The value of a parameter for an estimate, null if it is not known. Plans made for other values stay right. */
    public Value weigh(int number) {
        weighed.set(number);
        return value(number);
    }

    /** The value of a parameter that the program is going to rely on, null if it is not known. */
    public Value fix(int number) {
        fixed.set(number);
        return value(number);
    }

    private Value value(int number) {
        return values == null || number > values.length ? null : values[number - 1];
    }

    /** True if the program relies on values, or on knowing none, and the machine has others. */
    public boolean isWrongFor(Machine machine) {
        return differs(fixed, machine);
    }

    /** True if values were weighed, or not known when they should have been, and the machine has others. */
    public boolean wasWeighedForOthers(Machine machine) {
        return differs(weighed, machine);
    }

    private boolean differs(BitSet numbers, Machine machine) {
        for (int number = numbers.nextSetBit(1); number > 0; number = numbers.nextSetBit(number + 1)) {
            Value known = value(number);
            Value actual = machine.parameter(number);
            if (known == null ? !actual.isNull() : !isSame(known, actual)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(Value left, Value right) {
        if (left.storageClass() != right.storageClass()) {
            return false;
        }
        return switch (left.storageClass()) {
            case NULL -> true;
            case INTEGER -> left.integer() == right.integer();
            case REAL -> Double.doubleToRawLongBits(left.real()) == Double.doubleToRawLongBits(right.real());
            case TEXT -> left.asString().equals(right.asString());
            case BLOB -> Arrays.equals(left.asBytes(), right.asBytes());
        };
    }
}
