package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Affinity;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FunctionOverload;

/**
 * Terms that only virtual tables can make use of: {@code <>}, IS NOT, NOT NULL, MATCH, LIKE, GLOB, REGEXP, functions that the table knows, and the
 * counts of LIMIT and OFFSET.
 */
final class VirtualTerms {
    private final PlanInput input;

    VirtualTerms(PlanInput input) {
        this.input = input;
    }

    /** Adds what follows from the term. */
    void add(Term term, BoundExpr expr) {
        if (expr instanceof BoundExpr.Comparison comparison) {
            if (comparison.op() == ComparisonOp.NOT_EQUAL || comparison.op() == ComparisonOp.IS_NOT) {
                ConstraintOperator operator = comparison.op() == ComparisonOp.NOT_EQUAL
                        ? ConstraintOperator.NOT_EQUAL
                        : ConstraintOperator.IS_NOT;
                add(term, comparison.left(), comparison.right(), operator, 0);
                add(term, comparison.right(), comparison.left(), operator, 0);
            }
        } else if (expr instanceof BoundExpr.IsNull test && test.negated()) {
            add(term, test.operand(), null, ConstraintOperator.IS_NOT_NULL, 0);
        } else if (expr instanceof BoundExpr.Call call && call.arguments().size() == 2) {
            add(term, call);
        }
    }

    private void add(Term term, BoundExpr.Call call) {
        BoundExpr first = call.arguments().get(0);
        BoundExpr second = call.arguments().get(1);
        ConstraintOperator operator =
                switch (call.function().name()) {
                    case "match" -> ConstraintOperator.MATCH;
                    case "glob" -> ConstraintOperator.GLOB;
                    case "like" -> ConstraintOperator.LIKE;
                    case "regexp" -> ConstraintOperator.REGEXP;
                    default -> null;
                };
        if (operator != null && virtualColumn(second) != null) {
            add(term, second, first, operator, 0);
            return;
        }
        BoundExpr.ColumnRef column = virtualColumn(first);
        if (column != null) {
            FunctionOverload overload = column.source()
                    .table()
                    .connected()
                    .table()
                    .findFunction(call.function().name(), 2);
            if (overload != null && overload.constraint() >= FunctionOverload.FIRST_CONSTRAINT) {
                add(term, first, second, ConstraintOperator.FUNCTION, overload.constraint());
            }
        }
    }

    /** The expression if it is a column of a virtual table of this FROM, else null. */
    private BoundExpr.ColumnRef virtualColumn(BoundExpr expr) {
        return expr instanceof BoundExpr.ColumnRef column
                        && PlanInput.isVirtual(column.source())
                        && input.sources.indexOf(column.source()) >= 0
                ? column
                : null;
    }

    private void add(Term parent, BoundExpr left, BoundExpr right, ConstraintOperator operator, int functionCode) {
        BoundExpr.ColumnRef column = virtualColumn(left);
        if (column == null || (input.sources.maskOf(left) & input.sources.maskOf(right)) != 0) {
            return;
        }
        Term made = make(parent.list, input.sources.indexOf(column.source()), column.column(), right, operator);
        made.left = left;
        made.functionCode = functionCode;
        made.collation = right == null ? Traits.BINARY : Traits.comparisonCollation(left, right);
        made.needed = parent.needed;
        made.rightNeeded = input.sources.maskOf(right);
        made.onSource = parent.onSource;
        if (parent.onSource >= 0) {
            made.rightNeeded |= (1L << parent.onSource) - 1;
        }
        made.childOf(parent);
        parent.flags |= Term.COPIED;
    }

    private static Term make(TermList list, int source, int column, BoundExpr right, ConstraintOperator operator) {
        Term made = list.add(right == null ? BoundExpr.Literal.NULL : right, Term.VIRTUAL);
        made.source = source;
        made.column = column;
        made.right = right;
        made.operators = Operators.AUX;
        made.matchOperator = operator;
        made.affinity = Affinity.NONE;
        return made;
    }

    /** LIMIT and OFFSET, where nothing but conditions and an order that the table knows about stands between it and them. */
    void addLimits() {
        WhereRequest.RowCounts counts = input.request.counts();
        if (counts == null || input.orPart || input.sources.size() != 1 || !onlyOwnTerms() || !onlyOwnOrder()) {
            return;
        }
        if (counts.offsetRegister() != 0) {
            addCount(ConstraintOperator.OFFSET, counts.offset(), counts.offsetRegister());
        }
        addCount(ConstraintOperator.LIMIT, counts.limit(), counts.limitRegister());
    }

    private boolean onlyOwnTerms() {
        for (Term term : input.where.terms) {
            if (term.is(Term.CODED) || term.children > 0) {
                continue;
            }
            if (term.source != 0 || term.rightNeeded != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean onlyOwnOrder() {
        Source source = input.sources.get(0);
        for (BoundOrder order : input.request.order()) {
            if (!order.hasDefaultNulls()
                    || !(order.expr() instanceof BoundExpr.ColumnRef column)
                    || column.source() != source) {
                return false;
            }
        }
        return true;
    }

    private void addCount(ConstraintOperator operator, BoundExpr written, int register) {
        BoundExpr value = Trees.skipCollateAndLikely(written);
        boolean known = value instanceof BoundExpr.Literal literal
                && literal.value() instanceof Long count
                && count >= 0
                && count <= Integer.MAX_VALUE;
        Term made = make(
                input.where,
                0,
                0,
                known ? value : new BoundExpr.RegisterRef(register, Affinity.INTEGER, Traits.BINARY),
                operator);
        made.collation = Traits.BINARY;
    }
}
