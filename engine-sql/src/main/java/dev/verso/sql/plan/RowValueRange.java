package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;

/** How much of a range on a row value, {@code (a, b) > (1, 2)}, the leading columns of a tree can bound. */
final class RowValueRange {
    private RowValueRange() {}

    /** Number of key columns from {@code key} on that the bound covers: 1 for a plain value. */
    static int columns(Term term, IndexShape shape, int key) {
        if (!(term.left instanceof BoundExpr.Vector left) || !(term.right instanceof BoundExpr.Vector right)) {
            return 1;
        }
        int count = Math.min(left.elements().size(), shape.columns.length - key);
        for (int i = 1; i < count; i++) {
            BoundExpr operand = left.elements().get(i);
            if (!(operand instanceof BoundExpr.ColumnRef column)
                    || column.source() != shape.source
                    || PlanInput.normalized(column.source(), column.column()) != shape.columns[key + i]
                    || shape.descending[key + i] != shape.descending[key]
                    || !TermScan.fits(
                            dev.verso.sql.bound.Traits.comparisonAffinity(
                                    operand, right.elements().get(i)),
                            shape.affinity(key + i))
                    || !AsciiCase.same(
                            dev.verso.sql.bound.Traits.comparisonCollation(
                                    operand, right.elements().get(i)),
                            shape.collations[key + i])) {
                return i;
            }
        }
        return count;
    }
}
