package dev.verso.vm.function.builtin;

import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The list of all built-in functions. */
public final class BuiltinFunctions {
    static final Set<Flag> PURE = Set.copyOf(EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS));
    static final Set<Flag> PURE_COLLATED =
            Set.copyOf(EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.NEEDS_COLLATION));
    static final Set<Flag> INLINE = Set.copyOf(EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.INLINE));
    static final Set<Flag> SLOW = Set.copyOf(EnumSet.of(Flag.SLOW_CHANGING, Flag.INNOCUOUS));
    /** The same result for the same arguments, unless these name the present or the time zone. */
    static final Set<Flag> MOSTLY_PURE = Set.copyOf(EnumSet.of(Flag.DETERMINISTIC, Flag.SLOW_CHANGING, Flag.INNOCUOUS));

    static final Set<Flag> VOLATILE = Set.copyOf(EnumSet.of(Flag.INNOCUOUS));

    private BuiltinFunctions() {}

    /** The functions behind LIKE for {@code PRAGMA case_sensitive_like}: they replace the ones of the connection. As they may change again, no index may be made of them any more. */
    public static List<FunctionDefinition> like(boolean caseSensitive) {
        PatternFunction body = caseSensitive ? PatternFunction.LIKE_CASE_SENSITIVE : PatternFunction.LIKE;
        return List.of(
                new FunctionDefinition("like", 2, VOLATILE, body, null),
                new FunctionDefinition("like", 3, VOLATILE, body, null));
    }

    /** A new list with every built-in function; counts below -1 mean "at least -2 - count arguments", as SQLite lists them. */
    public static List<FunctionDefinition> all() {
        List<FunctionDefinition> list = new ArrayList<>(256);
        TextFunction.addTo(list);
        NumericFunction.addTo(list);
        MathFunction.addTo(list);
        PatternFunction.addTo(list);
        SystemFunction.addTo(list);
        DateFunction.addTo(list);
        AggregateFunction.addTo(list);
        WindowFunction.addTo(list);
        return list;
    }
}
