package dev.verso.vm.function;

import java.util.Set;
import java.util.function.Supplier;

/**
 * One function under one name and number of arguments.
 *
 * @param name lower case
 * @param argumentCount number of arguments, -1 for any
 * @param scalar the body, or null for an aggregate
 * @param aggregator makes the state of an aggregate, or null for a scalar
 */
public record FunctionDefinition(
        String name, int argumentCount, Set<Flag> flags, ScalarFunction scalar, Supplier<Aggregator> aggregator) {
    /** Properties that the planner and code generator ask for. */
    public enum Flag {
        /** Same arguments, same result: may be computed once. */
        DETERMINISTIC,
        /** Same result during one statement ({@code datetime('now')}). */
        SLOW_CHANGING,
        /** Wants the collation of its first column argument. */
        NEEDS_COLLATION,
        /** {@code min} or {@code max} as aggregate: bare columns come from the row that decides. */
        MIN_MAX,
        /** {@code count(*)}: an aggregate without arguments that counts rows. */
        COUNT,
        /** Can be used with OVER although it is not an aggregate, like {@code row_number}. */
        WINDOW_ONLY,
        /** Aggregate with {@code inverse}. */
        INVERTIBLE,
        /** May read subtypes of its arguments. */
        SUBTYPE,
        /** Its result may have a subtype. */
        RESULT_SUBTYPE,
        /** Only from the top level of SQL, never from a schema. */
        DIRECT_ONLY,
        /** No side effect and no access to data outside its arguments. */
        INNOCUOUS,
        /** Added by the driver: {@code PRAGMA function_list} does not call it built in. */
        EXTENSION,
        /** Compiled by the code generator itself ({@code coalesce}, {@code iif}, {@code likely} …); the body is never called. */
        INLINE
    }

    public boolean isAggregate() {
        return aggregator != null;
    }

    public boolean is(Flag flag) {
        return flags.contains(flag);
    }
}
