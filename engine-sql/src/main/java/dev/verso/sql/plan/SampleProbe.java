package dev.verso.sql.plan;

import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.IndexSamples;
import dev.verso.sql.schema.LogEst;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Comparison;
import dev.verso.vm.value.Value;

/**
 * Estimates of rows from the samples of one index ({@code sqlite_stat4}), for constraints whose values are known while planning. It holds the
 * leading values of a key; which of them are valid goes up and down with the constraints that are tried.
 */
final class SampleProbe {
    static final int UNKNOWN = Integer.MIN_VALUE;

    private final PlanInput input;
    private final IndexShape shape;
    private final IndexSamples samples;
    private final KeyInfo order;
    private final Value[] key;
    private int valid;

    // ---- results
    /** Entries less than the key that was looked for last, and entries equal to it. */
    private long less;

    private long equal;
    private boolean usedBottom;
    private boolean usedTop;

    private SampleProbe(PlanInput input, IndexShape shape) {
        this.input = input;
        this.shape = shape;
        samples = shape.index.samples();
        order = KeyOrders.of(input.context.session(), shape.index);
        key = new Value[samples.columns()];
    }

    /** Null for a tree without samples. */
    static SampleProbe of(PlanInput input, IndexShape shape) {
        return shape.index == null || shape.index.samples() == null ? null : new SampleProbe(input, shape);
    }

    int columns() {
        return samples.columns();
    }

    /** Leading columns for which there are constraints with known values. */
    int valid() {
        return valid;
    }

    void valid(int columns) {
        valid = columns;
    }

    // ---- equality

    /** Rows for which a term on column {@code equalColumns}, from 1, is true beside those on the columns before it; 0 if nothing is known. */
    long rows(Term term, int equalColumns) {
        if (equalColumns > samples.columns()) {
            return 0;
        }
        if (!term.isOneOf(Operators.IN)) {
            return equalRows(term.isOneOf(Operators.IS_NULL) ? BoundExpr.Literal.NULL : term.right, equalColumns, 0);
        }
        if (!(Trees.skipCollateAndLikely(term.expr) instanceof BoundExpr.InList in)) {
            return 0;
        }
        long all = LogEst.toCount(shape.rows[0]);
        long sum = 0;
        int before = valid;
        for (BoundExpr value : in.list()) {
            long rows = equalRows(value, equalColumns, UNKNOWN);
            if (rows == UNKNOWN) {
                return 0;
            }
            sum += rows;
            valid = before;
        }
        return Math.min(sum, all);
    }

    private long equalRows(BoundExpr value, int equalColumns, long otherwise) {
        if (valid < equalColumns - 1) {
            return otherwise;
        }
        if (equalColumns >= shape.columns.length) {
            return 1;
        }
        if (set(value, 1, equalColumns - 1) == 0) {
            return otherwise;
        }
        valid = equalColumns;
        find(equalColumns, false);
        return equal;
    }

    // ---- ranges

    /** Rows in a range of the column behind the equalities, whose values are all known. Bounds whose values are not known are left aside. */
    int rangeRows(LoopCandidate template, Term bottom, Term top) {
        int column = template.equalColumns;
        long from = 0;
        long to = samples.rows();
        int fromSample = -2;
        int toSample = -1;
        usedBottom = false;
        usedTop = false;
        if (column > 0) {
            find(column, false);
            from = less;
            to = less + equal;
        }
        boolean swapped = shape.index.parts().get(column).descending();
        Term first = swapped ? top : bottom;
        Term last = swapped ? bottom : top;
        int rows = template.rowsOut;
        if (first != null) {
            int count = set(first.right, swapped ? template.topColumns : template.bottomColumns, column);
            if (count > 0) {
                fromSample = find(column + count, false);
                from = Math.max(from, less + (isBeyondEqual(first, count) ? equal : 0));
                rows--;
                usedBottom = !swapped;
                usedTop = swapped;
            }
        }
        if (last != null) {
            int count = set(last.right, swapped ? template.bottomColumns : template.topColumns, column);
            if (count > 0) {
                toSample = find(column + count, true);
                to = Math.min(to, less + (isBeyondEqual(last, count) ? equal : 0));
                rows--;
                usedBottom |= swapped;
                usedTop |= !swapped;
            }
        }
        int estimate = 10;
        if (to > from) {
            // Between the same two samples nothing is known but that the range is narrow.
            estimate = LogEst.of(to - from) - (fromSample == toSample ? 20 : 0);
        }
        return Math.min(rows, estimate);
    }

    /** True if the bound lies behind the entries that are equal to it. */
    private static boolean isBeyondEqual(Term bound, int count) {
        int mask = width(bound.right) > count
                ? Operators.LESS_EQUAL | Operators.LESS
                : Operators.GREATER | Operators.LESS_EQUAL;
        return bound.isOneOf(mask);
    }

    private static int width(BoundExpr value) {
        return value instanceof BoundExpr.Vector vector ? vector.elements().size() : 1;
    }

    boolean hasUsedBottom() {
        return usedBottom;
    }

    boolean hasUsedTop() {
        return usedTop;
    }

    /**
     * Rows in a range of a column before which values are unknown, or skipped: as large a part of all rows as of the samples, whatever stands
     * before the column in them. UNKNOWN if that tells nothing.
     */
    int skipScanRows(LoopCandidate template, Term bottom, Term top) {
        int column = template.equalColumns;
        Value low = bottom == null ? null : PlanConstant.of(input, bottom.right, affinity(column));
        Value high = top == null ? null : PlanConstant.of(input, top.right, affinity(column));
        if (low == null && high == null) {
            return UNKNOWN;
        }
        int from = bottom == null ? -1 : 0;
        int to = top == null ? samples.count() + 1 : high == null ? samples.count() : 0;
        for (int i = 0; i < samples.count(); i++) {
            Value sample = samples.get(i).key()[column];
            from += low != null && compare(low, sample, column) >= 0 ? 1 : 0;
            to += high != null && compare(high, sample, column) >= 0 ? 1 : 0;
        }
        int distance = Math.max(to - from, 1);
        if (distance == 1 && bottom != null && top != null) {
            return UNKNOWN;
        }
        return template.rowsOut - (LogEst.of((long) samples.count()) - LogEst.of((long) distance));
    }

    // ---- the key

    /** Sets columns of the key to what the value, or its elements, are known to be. @return how many are known */
    private int set(BoundExpr value, int count, int at) {
        for (int i = 0; i < count; i++) {
            BoundExpr element =
                    value instanceof BoundExpr.Vector vector ? vector.elements().get(i) : value;
            Value known = at + i < key.length ? PlanConstant.of(input, element, affinity(at + i)) : null;
            if (known == null) {
                return i;
            }
            key[at + i] = known;
        }
        return count;
    }

    private Affinity affinity(int column) {
        Affinity affinity = shape.affinity(column);
        if (affinity.isNumeric()) {
            return Affinity.NUMERIC;
        }
        return affinity == Affinity.NONE ? Affinity.BLOB : affinity;
    }

    private int compare(Value left, Value right, int column) {
        return Comparison.compare(left, right, order.collations()[column], order.encoding());
    }

    /** The sample's order beside that of the first columns of the key. */
    private int compareToKey(IndexSamples.Sample sample, int count) {
        for (int i = 0; i < count; i++) {
            int result = compare(sample.key()[i], key[i], i);
            if (result != 0) {
                return order.descending()[i] ? -result : result;
            }
        }
        return 0;
    }

    /**
     * Estimates {@link #less} and {@link #equal} for the first {@code fields} columns of the key. Searched are not only the samples but also their
     * prefixes: each sample stands for as many places as there are fields, the n-th of which is its prefix of n columns, or a longer
     * one where that is needed to lie behind the sample before.
     *
     * @return the sample that is equal to the key, or the first behind it
     */
    private int find(int wanted, boolean roundUp) {
        int fields = Math.min(wanted, samples.columns());
        int column = 0;
        int low = 0;
        int high = samples.count() * fields;
        long below = 0;
        int result;
        do {
            int middle = (low + high) / 2;
            int number = middle / fields;
            int prefix = middle % fields + 1;
            IndexSamples.Sample sample = samples.get(number);
            if (number > 0) {
                long[] before = samples.get(number - 1).less();
                while (prefix < fields && before[prefix - 1] == sample.less()[prefix - 1]) {
                    prefix++;
                }
            }
            result = compareToKey(sample, prefix);
            if (result < 0) {
                below = sample.less()[prefix - 1] + sample.equal()[prefix - 1];
                low = middle + 1;
            } else if (result == 0 && prefix < fields) {
                below = sample.less()[prefix - 1];
                low = middle + 1;
                result = -1;
            } else {
                high = middle;
                column = prefix - 1;
            }
        } while (result != 0 && low < high);
        int found = high / fields;
        if (result == 0) {
            less = samples.get(found).less()[column];
            equal = samples.get(found).equal()[column];
        } else {
            long above = found >= samples.count()
                    ? samples.rows()
                    : samples.get(found).less()[column];
            long gap = Math.max(above - below, 0);
            less = below + (roundUp ? gap * 2 / 3 : gap / 3);
            equal = samples.averageEqual(fields - 1);
        }
        return found;
    }
}
