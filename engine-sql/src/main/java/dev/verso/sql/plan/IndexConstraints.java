package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import java.util.List;

/** Candidates that find their entries by constraints on the leading columns of one tree: any number of equalities and INs, then a range. */
final class IndexConstraints {
    /** A subquery is taken to deliver 25 values for IN. */
    private static final int IN_SELECT_ROWS = 46;

    private static final int SKIP_SCAN_MINIMUM = 42;

    private final CandidateFinder finder;
    private final PlanInput input;
    private final Source source;
    private final TermList list;
    private final OrCosts costs;

    IndexConstraints(CandidateFinder finder, PlanInput input, Source source, TermList list, OrCosts costs) {
        this.finder = finder;
        this.input = input;
        this.source = source;
        this.list = list;
        this.costs = costs;
    }

    /** Adds every candidate that constrains the key column after those that the template has. @param multiplier of INs so far */
    void extend(LoopCandidate template, int multiplier) {
        IndexShape shape = template.shape;
        int key = template.equalColumns;
        int operators = template.is(LoopCandidate.BOTTOM_LIMIT)
                ? Operators.LESS | Operators.LESS_EQUAL
                : Operators.EQUAL | Operators.IN | Operators.RANGE | Operators.IS_NULL | Operators.IS;
        template.setupCost = 0;
        List<TermScan.Found> usable = TermScan.find(input, list, template.source, shape, key, operators);
        if (usable.isEmpty() && !maySkip(shape)) {
            return;
        }
        LoopCandidate saved = template.copy();
        int search = LogEst.log(shape.rows[0]);
        for (TermScan.Found found : usable) {
            Term term = found.term();
            if (!isUsable(template, term, key)) {
                continue;
            }
            restore(template, saved);
            template.terms.add(term);
            template.prerequisites = (saved.prerequisites | term.rightNeeded) & ~template.self;
            int inRows = 0;
            if (term.isOneOf(Operators.IN)) {
                inRows = inRows(template, term);
                if (shape.index != null && shape.index.hasStatistics() && search >= 10) {
                    int saving = shape.rows[key] + LogEst.log(inRows) + 10 - (inRows + search);
                    if (saving < 0) {
                        continue;
                    }
                }
                template.flags |= LoopCandidate.COLUMN_IN;
            } else if (term.isOneOf(Operators.EQUAL | Operators.IS)) {
                equality(template, term, key, multiplier, found.transitive());
            } else if (term.isOneOf(Operators.IS_NULL)) {
                template.flags |= LoopCandidate.COLUMN_NULL;
            } else {
                range(template, term);
            }
            estimateAndAdd(template, saved, term, key, multiplier, inRows);
        }
        restore(template, saved);
        skipScan(template, saved, multiplier);
    }

    private boolean isUsable(LoopCandidate template, Term term, int key) {
        boolean nullOnly = term.operators == Operators.IS_NULL || term.is(Term.NOT_NULL);
        if (nullOnly && template.shape.isNotNull(key)
                || (term.rightNeeded & template.self) != 0
                || term.is(Term.LIKE_BOUND) && term.isOneOf(Operators.LESS)) {
            return false;
        }
        return input.isOuter(source) ? term.onSource == template.source : term.onSource < 0;
    }

    private static void restore(LoopCandidate template, LoopCandidate saved) {
        template.flags = saved.flags;
        template.equalColumns = saved.equalColumns;
        template.bottomColumns = saved.bottomColumns;
        template.topColumns = saved.topColumns;
        template.skippedColumns = saved.skippedColumns;
        template.prerequisites = saved.prerequisites;
        template.rowsOut = saved.rowsOut;
        while (template.terms.size() > saved.terms.size()) {
            template.terms.remove(template.terms.size() - 1);
        }
    }

    private static int inRows(LoopCandidate template, Term term) {
        BoundExpr expr = dev.verso.sql.bound.Trees.skipCollateAndLikely(term.expr);
        if (expr instanceof BoundExpr.InList in) {
            return LogEst.of(in.list().size());
        }
        // The elements of a row value share one subquery.
        for (int i = 0; i < template.terms.size() - 1; i++) {
            if (template.terms.get(i) != null && template.terms.get(i).expr == term.expr) {
                return 0;
            }
        }
        return IN_SELECT_ROWS;
    }

    private static void equality(LoopCandidate template, Term term, int key, int multiplier, boolean transitive) {
        IndexShape shape = template.shape;
        boolean rowid = shape.columns[key] == Source.ROWID;
        template.flags |= LoopCandidate.COLUMN_EQUAL;
        if (rowid || shape.columns[key] >= 0 && multiplier == 0 && key == shape.keyColumns - 1) {
            boolean single = rowid
                    || shape.uniqueNotNull
                    || shape.keyColumns == 1 && shape.unique && term.isOneOf(Operators.EQUAL);
            template.flags |= single ? LoopCandidate.ONE_ROW : LoopCandidate.UNIQUE_WANTED;
        }
        if (transitive) {
            template.flags |= LoopCandidate.TRANSITIVE;
        }
    }

    private Term bottom;
    private Term top;

    private void range(LoopCandidate template, Term term) {
        template.flags |= LoopCandidate.COLUMN_RANGE;
        if (term.isOneOf(Operators.GREATER | Operators.GREATER_EQUAL)) {
            template.flags |= LoopCandidate.BOTTOM_LIMIT;
            template.bottomColumns = RowValueRange.columns(term, template.shape, template.equalColumns);
            bottom = term;
            top = null;
            if (term.is(Term.LIKE_BOUND)) {
                // The two bounds of a pattern come as a pair: the second is the next term.
                top = term.list.terms.get(term.list.terms.indexOf(term) + 1);
                template.terms.add(top);
                template.flags |= LoopCandidate.TOP_LIMIT;
                template.topColumns = 1;
            }
        } else {
            bottom = template.is(LoopCandidate.BOTTOM_LIMIT) ? template.terms.get(template.terms.size() - 2) : null;
            template.flags |= LoopCandidate.TOP_LIMIT;
            template.topColumns = RowValueRange.columns(term, template.shape, template.equalColumns);
            top = term;
        }
    }

    private void estimateAndAdd(
            LoopCandidate template, LoopCandidate saved, Term term, int key, int multiplier, int inRows) {
        IndexShape shape = template.shape;
        if (template.is(LoopCandidate.COLUMN_RANGE)) {
            template.rowsOut = rangeRows(template.rowsOut);
        } else {
            int equal = ++template.equalColumns;
            if (term.truth <= 0 && shape.columns[key] >= 0) {
                template.rowsOut += term.truth - inRows;
            } else {
                template.rowsOut += shape.rows[equal] - shape.rows[equal - 1];
                if (term.isOneOf(Operators.IS_NULL)) {
                    template.rowsOut += 10;
                }
            }
        }
        int search = LogEst.log(shape.rows[0]);
        int cost =
                shape.isRows() ? template.rowsOut + 16 : template.rowsOut + 1 + 15 * shape.entryWidth / shape.rowWidth;
        template.runCost = LogEst.add(search, cost);
        if (!template.is(LoopCandidate.INDEX_ONLY | LoopCandidate.ROWID)) {
            template.runCost = LogEst.add(template.runCost, template.rowsOut + 16);
        }
        int unadjusted = template.rowsOut;
        template.runCost += multiplier + inRows;
        template.rowsOut += multiplier + inRows;
        finder.adjustOutput(list, template, shape.rows[0]);
        finder.add(template, costs);
        template.rowsOut = template.is(LoopCandidate.COLUMN_RANGE) ? saved.rowsOut : unadjusted;
        boolean more = template.equalColumns < shape.columns.length
                && (template.equalColumns < shape.keyColumns
                        || shape.isRows()
                        || !shape.index.isPrimaryKeyOfWithoutRowid());
        if (!template.is(LoopCandidate.TOP_LIMIT) && more) {
            new IndexConstraints(finder, input, source, list, costs).extend(template, multiplier + inRows);
        }
        template.rowsOut = saved.rowsOut;
    }

    private int rangeRows(int rows) {
        int narrowed = narrowed(top, narrowed(bottom, rows));
        if (bottom != null && bottom.truth > 0 && top != null && top.truth > 0) {
            narrowed -= 20;
        }
        int out = rows - (bottom != null ? 1 : 0) - (top != null ? 1 : 0);
        return Math.min(Math.max(narrowed, 10), out);
    }

    private static int narrowed(Term bound, int rows) {
        if (bound == null) {
            return rows;
        }
        if (bound.truth <= 0) {
            return rows + bound.truth;
        }
        return bound.is(Term.NOT_NULL) ? rows : rows - 20;
    }

    private static boolean maySkip(IndexShape shape) {
        return shape.index != null && shape.index.hasStatistics();
    }

    /** Without a constraint on the next column, tries every value of it in turn, if statistics say that there are few. */
    private void skipScan(LoopCandidate template, LoopCandidate saved, int multiplier) {
        IndexShape shape = template.shape;
        int key = saved.equalColumns;
        if (key != saved.skippedColumns
                || key + 1 >= shape.keyColumns
                || key != template.terms.size()
                || !maySkip(shape)
                || shape.rows[key + 1] < SKIP_SCAN_MINIMUM) {
            return;
        }
        template.equalColumns++;
        template.skippedColumns++;
        template.terms.add(null);
        template.flags |= LoopCandidate.SKIP_SCAN;
        int iterations = shape.rows[key] - shape.rows[key + 1];
        template.rowsOut -= iterations;
        new IndexConstraints(finder, input, source, list, costs).extend(template, iterations + 5 + multiplier);
        restore(template, saved);
    }
}
