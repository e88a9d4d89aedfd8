package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.LogEst;
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
    private final SampleProbe probe;
    /** What is tried only uses whole unique keys: then statistics would change nothing. */
    private boolean usesUnique;

    private boolean usesOther;

    IndexConstraints(CandidateFinder finder, PlanInput input, IndexShape shape, TermList list, OrCosts costs) {
        this.finder = finder;
        this.input = input;
        this.source = shape.source;
        this.probe = SampleProbe.of(input, shape);
        this.list = list;
        this.costs = costs;
    }

    /** True if statistics of the index could have changed what was found. */
    boolean usesStatistics() {
        return usesOther && !usesUnique;
    }

    /** Adds every candidate that constrains the key column after those that the template has. @param multiplier of INs so far */
    void extend(LoopCandidate template, int multiplier) {
        IndexShape shape = template.shape;
        int key = template.equalColumns;
        int operators = template.is(LoopCandidate.BOTTOM_LIMIT)
                ? Operators.LESS | Operators.LESS_EQUAL
                : Operators.EQUAL | Operators.IN | Operators.RANGE | Operators.IS_NULL | Operators.IS;
        if (shape.index != null && shape.index.isUnordered()) {
            operators &= ~Operators.RANGE;
        }
        if (shape.index != null && shape.index.isOfOneKey() && source.indexedBy() == null) {
            operators &= ~(Operators.EQUAL | Operators.IN | Operators.IS);
        }
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
            if (shape.unique && key == shape.keyColumns - 1) {
                usesUnique = true;
            } else {
                usesOther = true;
            }
            int validBefore = probe == null ? 0 : probe.valid();
            restore(template, saved);
            template.terms.add(term);
            template.prerequisites = (saved.prerequisites | term.rightNeeded) & ~template.self;
            int inRows = 0;
            if (term.isOneOf(Operators.IN)) {
                inRows = inRows(template, term);
                if (shape.index != null && shape.index.hasStatistics() && search >= 10) {
                    int saving = shape.rows[key] + LogEst.log(inRows) + 10 - (inRows + search);
                    if (saving < 0 && multiplier >= 2) {
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
            if (probe != null) {
                probe.valid(validBefore);
            }
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
            template.rowsOut = rangeRows(template);
        } else {
            equalRows(template, term, key, multiplier, inRows);
        }
        int search = LogEst.log(shape.rows[0]);
        int cost =
                shape.isRows() ? template.rowsOut + 16 : template.rowsOut + 1 + 15 * shape.entryWidth / shape.rowWidth;
        template.runCost = LogEst.add(search, cost);
        if (!template.is(LoopCandidate.INDEX_ONLY | LoopCandidate.INDEXED_EXPRESSIONS | LoopCandidate.ROWID)) {
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
            extend(template, multiplier + inRows);
        }
        template.rowsOut = saved.rowsOut;
    }

    /** Counts one more column with an equality, IN or IS NULL, and lowers the rows by what it tells. */
    private void equalRows(LoopCandidate template, Term term, int key, int multiplier, int inRows) {
        IndexShape shape = template.shape;
        int equal = ++template.equalColumns;
        if (term.truth <= 0 && shape.columns[key] >= 0) {
            template.rowsOut += term.truth - inRows;
            return;
        }
        long sampled = probe == null || multiplier != 0 ? 0 : probe.rows(term, equal);
        if (sampled > 0) {
            int before = template.rowsOut;
            template.rowsOut = LogEst.of(sampled);
            if (equal == 1 && template.rowsOut + 10 > shape.rows[0]) {
                finder.trueForMany(term);
            }
            template.rowsOut = Math.min(template.rowsOut, before) - inRows;
            return;
        }
        template.rowsOut += shape.rows[equal] - shape.rows[equal - 1];
        if (term.isOneOf(Operators.IS_NULL)) {
            template.rowsOut += 10;
        }
    }

    private int rangeRows(LoopCandidate template) {
        Term low = bottom;
        Term high = top;
        int rows = template.rowsOut;
        if (probe != null && template.equalColumns < probe.columns()) {
            if (template.equalColumns == probe.valid()) {
                rows = probe.rangeRows(template, low, high);
                low = probe.hasUsedBottom() ? null : low;
                high = probe.hasUsedTop() ? null : high;
            } else {
                int skipped = probe.skipScanRows(template, low, high);
                if (skipped != SampleProbe.UNKNOWN) {
                    return skipped;
                }
            }
        }
        int narrowed = narrowed(high, narrowed(low, rows));
        if (low != null && low.truth > 0 && high != null && high.truth > 0) {
            narrowed -= 20;
        }
        int out = rows - (low != null ? 1 : 0) - (high != null ? 1 : 0);
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
        return shape.index != null && shape.index.hasStatistics() && !shape.index.isNoSkipScan();
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
        extend(template, iterations + 5 + multiplier);
        restore(template, saved);
    }
}
