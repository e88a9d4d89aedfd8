package dev.verso.sql.bound;

import dev.verso.parser.ast.Window.BoundKind;
import dev.verso.parser.ast.Window.Exclude;
import dev.verso.parser.ast.Window.Unit;
import java.util.List;

/**
 * The window of a window function, named and base windows worked in (sqlite.org/windowfunctions.html).
 *
 * @param startOffset null unless {@code start} is PRECEDING or FOLLOWING
 * @param endOffset null unless {@code end} is
 * @param exclude null if not written, which makes the running totals move with the frame; NO_OTHERS computes each frame anew
 */
public record BoundWindow(
        List<BoundExpr> partitionBy,
        List<BoundOrder> orderBy,
        Unit unit,
        BoundKind start,
        BoundExpr startOffset,
        BoundKind end,
        BoundExpr endOffset,
        Exclude exclude) {

    /** The same window with other expressions. */
    public BoundWindow with(List<BoundExpr> partition, List<BoundOrder> order) {
        return new BoundWindow(partition, order, unit, start, startOffset, end, endOffset, exclude);
    }

    /** The same partitions and order with another frame, without offsets. */
    public BoundWindow with(Unit newUnit, BoundKind newStart, BoundExpr offset, BoundKind newEnd) {
        return new BoundWindow(partitionBy, orderBy, newUnit, newStart, offset, newEnd, null, null);
    }

    /** True if one pass over the rows can compute functions of both. */
    public boolean isSame(BoundWindow other) {
        return unit == other.unit
                && start == other.start
                && end == other.end
                && exclude == other.exclude
                && Traits.same(startOffset, other.startOffset)
                && Traits.same(endOffset, other.endOffset)
                && sameAll(partitionBy, other.partitionBy)
                && sameOrder(orderBy, other.orderBy);
    }

    private static boolean sameAll(List<BoundExpr> left, List<BoundExpr> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!Traits.same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** True if the terms sort alike. */
    public static boolean sameOrder(List<BoundOrder> left, List<BoundOrder> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            BoundOrder a = left.get(i);
            BoundOrder b = right.get(i);
            if (a.descending() != b.descending()
                    || a.nullsLast() != b.nullsLast()
                    || !Traits.same(a.expr(), b.expr())) {
                return false;
            }
        }
        return true;
    }
}
