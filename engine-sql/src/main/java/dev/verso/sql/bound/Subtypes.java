package dev.verso.sql.bound;

import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Subtypes, by which a JSON function knows what another one gave it. They belong to one query: as a column of a subquery, and as the value of a scalar
 * subquery, a value has none.
 */
public final class Subtypes {
    private static final FunctionDefinition PLAIN = new FunctionDefinition(
            "without subtype",
            1,
            Set.of(Flag.DETERMINISTIC, Flag.INNOCUOUS),
            (context, args, first, count, result) -> {
                result.setCopy(args[first]);
                dropSubtype(result);
            },
            null);

    private Subtypes() {}

    private static void dropSubtype(Value value) {
        value.subtype(0);
    }

    /** True if a function in the query may give a value a subtype. */
    public static boolean mayCome(BoundSelect select) {
        return Trees.anyIn(select, Subtypes::gives);
    }

    /** True if a function in the expression may give a value a subtype. */
    public static boolean mayCome(BoundExpr expr) {
        return Trees.any(expr, Subtypes::gives);
    }

    private static boolean gives(BoundExpr expr) {
        FunctionDefinition function = function(expr);
        return function != null && (function.is(Flag.RESULT_SUBTYPE) || function.is(Flag.EXTENSION));
    }

    /** True if the function looks at the subtypes of its arguments. */
    public static boolean takes(FunctionDefinition function) {
        return function.is(Flag.SUBTYPE) || function.is(Flag.EXTENSION);
    }

    private static boolean takes(BoundExpr expr) {
        FunctionDefinition function = function(expr);
        return function != null && takes(function);
    }

    private static FunctionDefinition function(BoundExpr expr) {
        if (expr instanceof BoundExpr.Call call) {
            return call.function();
        }
        if (expr instanceof BoundExpr.Aggregate aggregate) {
            return aggregate.function();
        }
        return expr instanceof BoundExpr.WindowCall window ? window.function() : null;
    }

    /**
     * What puts other expressions in place of some: where a function that takes subtypes would see one of them, its value comes without.
     *
     * @param replacement as {@link ExprRewriter} asks for; null for what stays
     */
    public static ExprRewriter withoutSubtypes(UnaryOperator<BoundExpr> replacement) {
        ExprRewriter inside = new ExprRewriter(
                expr -> {
                    BoundExpr replaced = replacement.apply(expr);
                    return replaced != null && Trees.any(replaced, Subtypes::gives)
                            ? new BoundExpr.Call(PLAIN, List.of(replaced))
                            : replaced;
                },
                true);
        return new ExprRewriter(
                expr -> {
                    BoundExpr replaced = replacement.apply(expr);
                    return replaced == null && takes(expr) ? expr.accept(inside) : replaced;
                },
                true);
    }
}
