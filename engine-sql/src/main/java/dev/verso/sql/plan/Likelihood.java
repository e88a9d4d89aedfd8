package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.schema.LogEst;

/** What {@code likely(x)}, {@code unlikely(x)} and {@code likelihood(x, p)} say about a condition. */
final class Likelihood {
    /** LogEst of 134217728, the unit in which probabilities are written. */
    private static final int UNIT = 270;

    private Likelihood() {}

    /** The estimate, 0 or less; 1 if the condition is none of these functions. */
    static int of(BoundExpr expr) {
        if (!(expr instanceof BoundExpr.Call call)) {
            return 1;
        }
        return switch (call.function().name()) {
            case "likely" -> LogEst.of(125_829_120L) - UNIT;
            case "unlikely" -> LogEst.of(8_388_608L) - UNIT;
            case "likelihood" ->
                call.arguments().get(1) instanceof BoundExpr.Literal literal
                                && literal.value() instanceof Double probability
                        ? LogEst.of((long) (probability * 134_217_728.0)) - UNIT
                        : 1;
            default -> 1;
        };
    }
}
