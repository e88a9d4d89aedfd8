package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.Comparison;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Analysis of an OR in a conjunction: for which sources every part has a constraint, and whether it is an IN in disguise. */
final class OrAnalyzer {
    private final TermAnalyzer analyzer;

    OrAnalyzer(TermAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    void analyze(Term term, BoundExpr.Or or) {
        TermList parts = new TermList(true);
        parts.outer = term.list;
        parts.split(or, term.onSource);
        analyzer.analyzeAll(parts);
        long indexable = ~0L;
        long sameColumn = ~0L;
        List<Term> all = List.copyOf(parts.terms);
        for (Term part : all) {
            if (indexable == 0) {
                break;
            }
            if (!part.isOneOf(Operators.SINGLE)) {
                sameColumn = 0;
                indexable &= conjunction(term, part);
            } else if (!part.is(Term.COPIED)) {
                long mask = maskOf(part);
                if (part.is(Term.VIRTUAL)) {
                    mask |= maskOf(part.parent);
                }
                indexable &= mask;
                sameColumn = part.isOneOf(Operators.EQUAL) ? sameColumn & mask : 0;
            }
        }
        term.inner = parts;
        term.indexable = indexable;
        term.operators = indexable == 0 ? 0 : Operators.OR;
        if (indexable != 0) {
            term.list.hasUsableOr = true;
        }
        if (indexable != 0 && all.size() == 2) {
            combine(term, all.get(0), all.get(1));
        }
        if (indexable != 0 && sameColumn != 0) {
            toIn(term, parts, sameColumn);
        }
    }

    private static long maskOf(Term term) {
        return term.source < 0 ? 0 : 1L << term.source;
    }

    /** A part that is no simple constraint: an AND perhaps, whose terms are analysed in turn. */
    private long conjunction(Term term, Term part) {
        TermList terms = new TermList(false);
        terms.outer = term.list;
        terms.split(part.expr, part.onSource);
        analyzer.analyzeAll(terms);
        part.inner = terms;
        part.operators = Operators.AND;
        long mask = 0;
        for (Term inner : terms.terms) {
            if (inner.source >= 0 && inner.isOneOf(Operators.SINGLE)) {
                mask |= 1L << inner.source;
            }
        }
        return mask;
    }

    /** {@code x < a OR x = a} is {@code x <= a}. */
    private void combine(Term term, Term first, Term second) {
        int both = first.operators | second.operators;
        boolean less = both == (Operators.EQUAL | Operators.LESS)
                || both == (Operators.LESS | Operators.LESS_EQUAL)
                || both == (Operators.EQUAL | Operators.LESS_EQUAL);
        boolean greater = both == (Operators.EQUAL | Operators.GREATER)
                || both == (Operators.GREATER | Operators.GREATER_EQUAL)
                || both == (Operators.EQUAL | Operators.GREATER_EQUAL);
        if (!less && !greater
                || term.list.disjunction
                || !(first.expr instanceof Comparison a)
                || !(second.expr instanceof Comparison b)
                || !Traits.same(a.left(), b.left())
                || !Traits.same(a.right(), b.right())) {
            return;
        }
        Comparison union =
                new Comparison(less ? ComparisonOp.LESS_EQUAL : ComparisonOp.GREATER_EQUAL, a.left(), a.right());
        Term made = term.list.add(union, Term.VIRTUAL);
        made.onSource = term.onSource;
        analyzer.analyze(made);
    }

    /** {@code x = a OR x = b OR c = x} is {@code x IN (a, b, c)}. */
    private void toIn(Term term, TermList parts, long candidates) {
        Term first = null;
        List<BoundExpr> values = new ArrayList<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            int excluded = first == null ? -1 : first.source;
            first = firstOther(parts, candidates, excluded);
            if (first == null) {
                return;
            }
            values.clear();
            if (collect(parts, first, values)) {
                BoundExpr.InList in = new BoundExpr.InList(leftAsWritten(first), values, false);
                Term made = analyzer.addChild(term, in, Term.VIRTUAL);
                assert made.parent == term : "the IN stands for its OR";
                return;
            }
        }
    }

    private static Term firstOther(TermList parts, long candidates, int excludedSource) {
        for (Term part : parts.terms) {
            if (part.isOneOf(Operators.EQUAL) && (maskOf(part) & candidates) != 0 && part.source != excludedSource) {
                return part;
            }
        }
        return null;
    }

    private boolean collect(TermList parts, Term first, List<BoundExpr> values) {
        for (Term part : parts.terms) {
            if (part.source != first.source && (part.is(Term.COPIED) || part.is(Term.VIRTUAL))) {
                // The form with its sides exchanged has the source.
                continue;
            }
            if (!part.isOneOf(Operators.EQUAL)
                    || part.source != first.source
                    || part.column != first.column
                    || part.column == Term.EXPRESSION && !Traits.sameApartFromCollation(part.left, first.left)
                    || !AsciiCase.same(part.collation, Traits.collation(leftAsWritten(first)))) {
                return false;
            }
            Affinity right = Traits.affinity(part.right);
            if (right != Affinity.NONE && right != Traits.affinity(part.left)) {
                return false;
            }
            values.add(part.right);
        }
        return values.size() > 1;
    }

    private static BoundExpr leftAsWritten(Term term) {
        Comparison comparison = (Comparison) Trees.skipCollateAndLikely(term.expr);
        return Trees.skipCollateAndLikely(comparison.left()) == term.left ? comparison.left() : comparison.right();
    }
}
