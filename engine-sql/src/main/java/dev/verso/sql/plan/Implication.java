package dev.verso.sql.plan;

import dev.verso.record.TextEncoding;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ArithmeticOp;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.PlanParameters;
import dev.verso.sql.code.RowProgram;
import dev.verso.vm.value.Comparison;
import dev.verso.vm.value.Value;

/** Tells whether WHERE guarantees the condition of a partial index, so that the index holds every row that counts. */
final class Implication {
    private Implication() {}

    static boolean holds(PlanInput input, TermList list, BoundExpr condition, int source) {
        if (condition instanceof BoundExpr.And and) {
            return holds(input, list, and.left(), source) && holds(input, list, and.right(), source);
        }
        boolean outer = input.isOuter(input.sources.get(source)); // then only its ON counts
        for (TermList at = list; at != null; at = at.outer) {
            for (int i = 0; i < at.terms.size(); i++) {
                Term term = at.terms.get(i);
                boolean counts = outer ? term.onSource == source : term.onSource < 0;
                if (counts
                        && !term.is(Term.NOT_NULL)
                        && term.operators != Operators.ROW_VALUE
                        && (implies(term.known, condition, input.context.planParameters())
                                || implies(term.alsoKnown, condition, input.context.planParameters()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean implies(BoundExpr known, BoundExpr condition, PlanParameters parameters) {
        if (known == null) {
            return false;
        }
        if (Traits.same(known, condition) || comparesWithSame(known, condition, parameters)) {
            return true;
        }
        if (condition instanceof BoundExpr.Or or
                && (implies(known, or.left(), parameters) || implies(known, or.right(), parameters))) {
            return true;
        }
        return condition instanceof BoundExpr.IsNull test && test.negated() && notNull(known, test.operand(), false);
    }

    /** True if the one compares with a parameter whose value is the constant that the other compares with. */
    private static boolean comparesWithSame(BoundExpr known, BoundExpr condition, PlanParameters parameters) {
        if (!(known instanceof BoundExpr.Comparison mine
                && condition instanceof BoundExpr.Comparison its
                && mine.op() == its.op()
                && mine.right() instanceof BoundExpr.Parameter parameter
                && its.right() instanceof BoundExpr.Literal literal
                && literal.value() != null
                && Traits.same(mine.left(), its.left()))) {
            return false;
        }
        Value value = parameters.fix(parameter.number());
        if (value == null) {
            return false;
        }
        Value constant = new Value();
        RowProgram.set(constant, literal.value());
        return Comparison.compare(value, constant, null, TextEncoding.UTF8) == 0;
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
