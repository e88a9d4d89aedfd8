package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ArithmeticOp;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.Traits;

/** Tells whether WHERE guarantees the condition of a partial index, so that the index holds every row that counts. */
final class Implication {
    private Implication() {}

    /** @param outer true if the source is the right side of an outer join: then only its ON counts */
    static boolean holds(TermList list, BoundExpr condition, int source, boolean outer) {
        if (condition instanceof BoundExpr.And and) {
            return holds(list, and.left(), source, outer) && holds(list, and.right(), source, outer);
        }
        for (TermList at = list; at != null; at = at.outer) {
            for (int i = 0; i < at.terms.size(); i++) {
                Term term = at.terms.get(i);
                boolean counts = outer ? term.onSource == source : term.onSource < 0;
                if (counts
                        && !term.is(Term.NOT_NULL)
                        && term.operators != Operators.ROW_VALUE
                        && implies(term.expr, condition)) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean implies(BoundExpr known, BoundExpr condition) {
        if (Traits.same(known, condition)) {
            return true;
        }
        if (condition instanceof BoundExpr.Or or && (implies(known, or.left()) || implies(known, or.right()))) {
            return true;
        }
        return condition instanceof BoundExpr.IsNull test && test.negated() && notNull(known, test.operand(), false);
    }

    /** True if {@code value} cannot be NULL where {@code known} is true. @param strict the value of {@code known} is only known to be not NULL */
    private static boolean notNull(BoundExpr known, BoundExpr value, boolean strict) {
        if (Traits.same(known, value)) {
            return !(value instanceof BoundExpr.Literal);
        }
        if (known instanceof BoundExpr.InList in) {
            return notNull(in.operand(), value, true);
        } else if (known instanceof BoundExpr.InSelect in) {
            return !strict && !in.negated() && notNull(in.operand(), value, true);
        } else if (known instanceof BoundExpr.Between between) {
            return !strict
                    && !between.negated()
                    && (notNull(between.low(), value, true)
                            || notNull(between.high(), value, true)
                            || notNull(between.operand(), value, true));
        } else if (known instanceof BoundExpr.Comparison comparison) {
            return comparison.op() != ComparisonOp.IS
                    && comparison.op() != ComparisonOp.IS_NOT
                    && (notNull(comparison.right(), value, true) || notNull(comparison.left(), value, true));
        } else if (known instanceof BoundExpr.Arithmetic arithmetic) {
            boolean keepsZero = arithmetic.op() == ArithmeticOp.MULTIPLY
                    || arithmetic.op() == ArithmeticOp.REMAINDER
                    || arithmetic.op() == ArithmeticOp.BIT_AND
                    || arithmetic.op() == ArithmeticOp.DIVIDE;
            boolean inner = strict || !keepsZero;
            return notNull(arithmetic.right(), value, inner) || notNull(arithmetic.left(), value, inner);
        } else if (known instanceof BoundExpr.Collate collate) {
            return notNull(collate.operand(), value, strict);
        } else if (known instanceof BoundExpr.Plus plus) {
            return notNull(plus.operand(), value, strict);
        } else if (known instanceof BoundExpr.Negate negate) {
            return notNull(negate.operand(), value, strict);
        } else if (known instanceof BoundExpr.Not not) {
            return notNull(not.operand(), value, true);
        } else if (known instanceof BoundExpr.BitNot not) {
            return notNull(not.operand(), value, true);
        } else if (known instanceof BoundExpr.IsTruth test) {
            return !strict && !test.negated() && notNull(test.operand(), value, true);
        }
        return false;
    }
}
