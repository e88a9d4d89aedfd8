package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.Comparison;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out for each term whether it constrains a column, and adds virtual terms that follow from those written: comparisons with their sides
 * exchanged, the bounds of BETWEEN, LIKE and GLOB, elements of row values, an IN for an OR of equalities on one column.
 */
final class TermAnalyzer {
    private final PlanInput input;
    private final SourceSet sources;

    TermAnalyzer(PlanInput input) {
        this.input = input;
        this.sources = input.sources;
    }

    void analyzeAll(TermList list) {
        for (int i = list.terms.size() - 1; i >= 0; i--) {
            analyze(list.terms.get(i));
        }
    }

    void analyze(Term term) {
        BoundExpr expr = Trees.skipCollateAndLikely(term.expr);
        term.needed = sources.maskOf(term.expr);
        long extraRight = 0;
        if (term.onSource >= 0) {
            // ON of an outer join may be tested only where that join is, and never restricts what stands left of it.
            term.needed |= 1L << term.onSource;
            extraRight = (1L << term.onSource) - 1;
        }
        if (expr instanceof Comparison comparison) {
            comparison(term, comparison, extraRight);
            rowValue(term, comparison);
        } else if (expr instanceof BoundExpr.InList in && !in.negated()) {
            in(term, in.operand(), Trees.children(in).subList(1, in.list().size() + 1), null);
        } else if (expr instanceof BoundExpr.InSelect in && !in.negated()) {
            inSelect(term, in);
        } else if (expr instanceof BoundExpr.IsNull test) {
            if (test.negated()) {
                isNotNull(term, test);
            } else {
                isNull(term, test);
            }
        } else if (expr instanceof BoundExpr.Between between && !between.negated() && !term.list.disjunction) {
            addChild(term, new Comparison(ComparisonOp.GREATER_EQUAL, between.operand(), between.low()), Term.VIRTUAL);
            addChild(term, new Comparison(ComparisonOp.LESS_EQUAL, between.operand(), between.high()), Term.VIRTUAL);
        } else if (expr instanceof BoundExpr.Or or && !term.list.disjunction) {
            new OrAnalyzer(this).analyze(term, or);
        } else if (expr instanceof BoundExpr.Call call && !term.list.disjunction) {
            likeBounds(term, call);
        }
        term.rightNeeded |= extraRight;
        if (input.hasVirtual && !term.list.disjunction) {
            new VirtualTerms(input).add(term, expr);
        }
    }

    Term addChild(Term parent, BoundExpr expr, int flags) {
        Term child = parent.list.add(expr, flags);
        child.onSource = parent.onSource;
        child.childOf(parent);
        analyze(child);
        return child;
    }

    // ---- comparisons

    private void comparison(Term term, Comparison comparison, long extraRight) {
        int operator = operator(comparison.op());
        if (operator == 0) {
            return;
        }
        BoundExpr left = Trees.skipCollateAndLikely(comparison.left());
        BoundExpr right = Trees.skipCollateAndLikely(comparison.right());
        long leftNeeded = sources.maskOf(comparison.left());
        long rightNeeded = sources.maskOf(comparison.right());
        boolean apart = (leftNeeded & rightNeeded) == 0;
        if (comparison.op() == ComparisonOp.IS) {
            term.flags |= Term.IS;
        }
        term.affinity = comparisonAffinity(comparison);
        term.collation = Traits.comparisonCollation(comparison.left(), comparison.right());
        term.left = left;
        term.right = comparison.right();
        term.rightNeeded = rightNeeded;
        // A range over a row that a subquery gives is no range over its first element.
        boolean leftIsColumn = !isRowSubquery(right) && setColumn(term, left, operator);
        if (leftIsColumn) {
            term.operators = apart ? operator : 0;
        }
        Term swapped = term;
        int extra = 0;
        int column = columnOf(right, operator(comparison.op().commuted()));
        if (column == NONE || isRowSubquery(left)) {
            return;
        }
        if (leftIsColumn) {
            swapped = term.list.add(
                    new Comparison(comparison.op().commuted(), comparison.right(), comparison.left()), Term.VIRTUAL);
            swapped.onSource = term.onSource;
            swapped.childOf(term);
            swapped.flags |= term.flags & Term.IS;
            swapped.known = hasOneCollation(comparison) ? swapped.expr : null;
            term.flags |= Term.COPIED;
            if (isEquivalence(term, comparison)) {
                term.operators |= Operators.EQUIVALENCE;
                extra = Operators.EQUIVALENCE;
            }
        } else {
            Comparison commuted = hasOneCollation(comparison)
                    ? new Comparison(comparison.op().commuted(), comparison.right(), comparison.left())
                    : null;
            if (left instanceof BoundExpr.FixedColumn) {
                term.alsoKnown = commuted;
            } else {
                term.known = commuted;
            }
        }
        swapped.left = right;
        swapped.right = comparison.left();
        swapped.affinity = term.affinity;
        swapped.collation = term.collation;
        swapped.source = foundSource;
        swapped.column = column;
        swapped.rightNeeded = leftNeeded | extraRight;
        swapped.needed = term.needed;
        int allowed = apart ? Operators.ALL : Operators.EQUIVALENCE;
        swapped.operators = (operator(comparison.op().commuted()) | extra) & allowed;
    }

    /** True if the comparison stays what it is when its sides are exchanged. */
    private static boolean hasOneCollation(Comparison comparison) {
        return !(comparison.left() instanceof BoundExpr.Vector)
                && !(comparison.right() instanceof BoundExpr.Vector)
                && AsciiCase.same(
                        Traits.comparisonCollation(comparison.left(), comparison.right()),
                        Traits.comparisonCollation(comparison.right(), comparison.left()));
    }

    private static boolean isRowSubquery(BoundExpr expr) {
        return !(expr instanceof BoundExpr.Vector) && Traits.width(expr) > 1;
    }

    private static Affinity comparisonAffinity(Comparison comparison) {
        return Traits.comparisonAffinity(comparison.left(), comparison.right());
    }

    private static int operator(ComparisonOp op) {
        return switch (op) {
            case EQUAL -> Operators.EQUAL;
            case LESS -> Operators.LESS;
            case LESS_EQUAL -> Operators.LESS_EQUAL;
            case GREATER -> Operators.GREATER;
            case GREATER_EQUAL -> Operators.GREATER_EQUAL;
            case IS -> Operators.IS;
            case NOT_EQUAL, IS_NOT -> 0;
        };
    }

    private boolean isEquivalence(Term term, Comparison comparison) {
        if (comparison.op() != ComparisonOp.EQUAL && comparison.op() != ComparisonOp.IS || term.onSource >= 0) {
            return false;
        }
        Affinity left = Traits.affinity(comparison.left());
        Affinity right = Traits.affinity(comparison.right());
        if (left != right && (!left.isNumeric() || !right.isNumeric())) {
            return false;
        }
        return AsciiCase.same(term.collation, Traits.BINARY)
                || AsciiCase.same(Traits.collation(comparison.left()), Traits.collation(comparison.right()));
    }

    // ---- columns

    private static final int NONE = Integer.MIN_VALUE;
    private int foundSource;

    private boolean setColumn(Term term, BoundExpr expr, int operator) {
        int column = columnOf(expr, operator);
        if (column == NONE) {
            return false;
        }
        term.source = foundSource;
        term.column = column;
        return true;
    }

    /** The column (or EXPRESSION) that an index may hold if the expression is one, with its source in foundSource; else NONE. */
    private int columnOf(BoundExpr operand, int operator) {
        BoundExpr expr = operand;
        if (expr instanceof BoundExpr.Vector vector) {
            if ((operator & Operators.RANGE) == 0) {
                return NONE;
            }
            expr = vector.elements().get(0);
        }
        if (expr instanceof BoundExpr.ColumnRef column) {
            foundSource = sources.indexOf(column.source());
            return foundSource < 0 ? NONE : PlanInput.normalized(column.source(), column.column());
        }
        if (expr instanceof BoundExpr.FixedColumn fixed) {
            return columnOf(fixed.column(), operator); // known to be a constant or not, an index may hold it
        }
        long mask = sources.maskOf(expr);
        if (Long.bitCount(mask) > 1) {
            return NONE;
        }
        if (mask == 0) {
            return columnOfFixed(expr);
        }
        foundSource = Long.numberOfTrailingZeros(mask);
        return isIndexed(expr) ? Term.EXPRESSION : NONE;
    }

    /** An indexed expression stays one where all its columns are known to be constants. */
    private int columnOfFixed(BoundExpr expr) {
        if (!Trees.any(expr, part -> part instanceof BoundExpr.FixedColumn)) {
            return NONE;
        }
        for (foundSource = 0; foundSource < sources.size(); foundSource++) {
            if (isIndexed(expr)) {
                return Term.EXPRESSION;
            }
        }
        return NONE;
    }

    /** True if an index on the source in foundSource holds the expression. */
    private boolean isIndexed(BoundExpr expr) {
        for (IndexShape shape : input.shapes(foundSource)) {
            for (BoundExpr indexed : shape.expressions) {
                if (indexed != null && Traits.sameApartFromCollation(expr, indexed)) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---- row values

    private void rowValue(Term term, Comparison comparison) {
        if (term.list.disjunction
                || comparison.op() != ComparisonOp.EQUAL && comparison.op() != ComparisonOp.IS
                || !(comparison.left() instanceof BoundExpr.Vector left)
                || !(comparison.right() instanceof BoundExpr.Vector right)) {
            return;
        }
        // Each element is a term of its own; together they are the comparison, which needs no test of its own.
        for (int i = 0; i < left.elements().size(); i++) {
            Term element = term.list.add(
                    new Comparison(
                            comparison.op(),
                            left.elements().get(i),
                            right.elements().get(i)),
                    Term.SLICE);
            element.onSource = term.onSource;
            analyze(element);
        }
        term.flags |= Term.CODED | Term.VIRTUAL;
        term.operators = Operators.ROW_VALUE;
    }

    // ---- IN

    private void in(Term term, BoundExpr operand, List<BoundExpr> values, BoundSelect select) {
        BoundExpr left = operand;
        Affinity rightAffinity = Affinity.NONE;
        if (select != null) {
            int element = Math.max(term.field - 1, 0);
            rightAffinity = Traits.affinity(Traits.lastColumn(select, element));
            for (Source outer : select.outerSources()) {
                int index = sources.indexOf(outer);
                term.rightNeeded |= index < 0 ? 0 : 1L << index;
            }
        } else {
            for (BoundExpr value : values) {
                term.rightNeeded |= sources.maskOf(value);
            }
        }
        if (term.field > 0) {
            left = ((BoundExpr.Vector) operand).elements().get(term.field - 1);
        }
        Affinity affinity = Traits.affinity(left);
        if (select != null) {
            affinity = Traits.combine(affinity, rightAffinity);
        }
        term.affinity = affinity;
        term.collation = Traits.collation(left);
        term.left = Trees.skipCollateAndLikely(left);
        if (!(term.left instanceof BoundExpr.Vector)
                && (sources.maskOf(left) & term.rightNeeded) == 0
                && setColumn(term, term.left, Operators.IN)) {
            term.operators = Operators.IN;
        }
    }

    private void inSelect(Term term, BoundExpr.InSelect in) {
        boolean vector = in.operand() instanceof BoundExpr.Vector;
        if (vector && term.field == 0) {
            if (!term.list.disjunction && !in.select().isCompound()) {
                int count = ((BoundExpr.Vector) in.operand()).elements().size();
                for (int i = 1; i <= count; i++) {
                    Term element = term.list.add(term.expr, Term.VIRTUAL | Term.SLICE);
                    element.field = i;
                    element.onSource = term.onSource;
                    element.childOf(term);
                    analyze(element);
                }
            }
            return;
        }
        in(term, in.operand(), List.of(), in.select());
    }

    // ---- NULL

    private void isNull(Term term, BoundExpr.IsNull test) {
        term.left = Trees.skipCollateAndLikely(test.operand());
        if (setColumn(term, term.left, Operators.IS_NULL)) {
            term.operators = Operators.IS_NULL;
        }
    }

    private void isNotNull(Term term, BoundExpr.IsNull test) {
        if (term.list.disjunction
                || term.onSource >= 0
                || !(test.operand() instanceof BoundExpr.ColumnRef column)
                || sources.indexOf(column.source()) < 0
                || PlanInput.normalized(column.source(), column.column()) < 0) {
            return;
        }
        Comparison above = new Comparison(ComparisonOp.GREATER, column, BoundExpr.Literal.NULL);
        Term bound = term.list.add(above, Term.VIRTUAL | Term.NOT_NULL);
        bound.childOf(term);
        bound.source = sources.indexOf(column.source());
        bound.column = column.column();
        bound.left = column;
        bound.right = BoundExpr.Literal.NULL;
        bound.operators = Operators.GREATER;
        bound.needed = term.needed;
        bound.affinity = Traits.affinity(column);
        bound.collation = Traits.collation(column);
        term.flags |= Term.COPIED;
    }

    // ---- LIKE and GLOB

    private void likeBounds(Term term, BoundExpr.Call call) {
        LikePrefix prefix = LikePrefix.of(call, input);
        if (prefix == null) {
            return;
        }
        BoundExpr column = new BoundExpr.Collate(prefix.operand(), prefix.collation());
        List<Term> bounds = new ArrayList<>(2);
        for (boolean low : new boolean[] {true, false}) {
            Comparison bound = new Comparison(
                    low ? ComparisonOp.GREATER_EQUAL : ComparisonOp.LESS,
                    column,
                    new BoundExpr.Literal(low ? prefix.low() : prefix.high()));
            Term made = term.list.add(bound, Term.VIRTUAL | Term.LIKE_BOUND);
            made.onSource = term.onSource;
            made.truth = term.truth;
            bounds.add(made);
        }
        for (Term bound : bounds) {
            analyze(bound);
        }
    }
}
