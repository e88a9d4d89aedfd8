package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import java.util.ArrayList;
import java.util.List;

/** The terms of a conjunction or of a disjunction. Terms made by analysis stand behind those that were written. */
final class TermList {
    final List<Term> terms = new ArrayList<>();
    final boolean disjunction;
    /** The terms of the conjunction around a disjunction's part: they hold as well. */
    TermList outer;
    /** True if some OR has a constraint on one source in each of its parts. */
    boolean hasUsableOr;
    /** Number of terms up to the last one that was written, not made. */
    int baseCount;

    TermList(boolean disjunction) {
        this.disjunction = disjunction;
    }

    Term add(BoundExpr expr, int flags) {
        Term term = new Term(expr, this);
        term.flags = flags;
        terms.add(term);
        if ((flags & Term.VIRTUAL) == 0) {
            baseCount = terms.size();
        }
        return term;
    }

    /** Adds the operands of nested ANDs (of ORs in a disjunction). */
    void split(BoundExpr expr, int onSource) {
        if (expr == null) {
            return;
        }
        if (!disjunction && expr instanceof BoundExpr.And and) {
            split(and.left(), onSource);
            split(and.right(), onSource);
        } else if (disjunction && expr instanceof BoundExpr.Or or) {
            split(or.left(), onSource);
            split(or.right(), onSource);
        } else {
            Term term = add(expr, 0);
            term.onSource = onSource;
            term.truth = Likelihood.of(expr);
        }
    }
}
