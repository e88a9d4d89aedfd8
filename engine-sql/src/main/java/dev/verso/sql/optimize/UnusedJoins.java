package dev.verso.sql.optimize;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.schema.Index;
import dev.verso.vm.value.Affinity;
import java.util.List;

/** Drops LEFT JOINs whose table nothing else uses, where they neither add nor drop rows: at most one row matches, or duplicates do not count. */
final class UnusedJoins {
    private UnusedJoins() {}

    static boolean drop(BoundSelect select) {
        if (select.isAggregate() || OuterJoinReduction.hasRightJoin(select)) {
            return false;
        }
        boolean dropped = false;
        List<Source> sources = select.sources();
        for (int i = sources.size() - 1; i > 0; i--) {
            Source source = sources.get(i);
            if (source.join() == JoinKind.LEFT
                    && source.table() != null
                    && (select.isDistinct() || findsOneRow(source))
                    && !isUsed(select, source)) {
                sources.remove(i);
                dropped = true;
            }
        }
        return dropped;
    }

    private static boolean isUsed(BoundSelect select, Source source) {
        for (BoundColumn column : select.columns()) {
            if (uses(column.expr(), source)) {
                return true;
            }
        }
        for (BoundOrder term : select.orderBy()) {
            if (uses(term.expr(), source)) {
                return true;
            }
        }
        for (Source other : select.sources()) {
            if (other != source && uses(other.on(), source)) {
                return true;
            }
        }
        return uses(select.where(), source);
    }

    private static boolean uses(BoundExpr expr, Source source) {
        return Trees.sources(expr == null ? BoundExpr.Literal.NULL : expr).contains(source);
    }

    /** True if ON gives a value for every column of a unique key. */
    private static boolean findsOneRow(Source source) {
        if (source.table().hasRowid() && isGiven(source, Source.ROWID, null)) {
            return true;
        }
        for (Index index : source.table().indexes()) {
            if (!index.isUnique() || index.where() != null) {
                continue;
            }
            boolean all = true;
            for (int i = 0; all && i < index.keyColumns(); i++) {
                Index.Part part = index.parts().get(i);
                all = part.column() >= 0 && isGiven(source, part.column(), part.collation());
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGiven(Source source, int column, String collation) {
        for (BoundExpr term : Trees.conjuncts(source.on())) {
            if (term instanceof BoundExpr.Comparison comparison
                    && comparison.op() == ComparisonOp.EQUAL
                    && (isEqual(comparison, comparison.left(), comparison.right(), source, column, collation)
                            || isEqual(comparison, comparison.right(), comparison.left(), source, column, collation))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEqual(
            BoundExpr.Comparison comparison,
            BoundExpr side,
            BoundExpr other,
            Source source,
            int column,
            String collation) {
        if (!(side instanceof BoundExpr.ColumnRef ref) || ref.source() != source || uses(other, source)) {
            return false;
        }
        boolean rowid =
                ref.column() == Source.ROWID || ref.column() == source.table().rowidColumn();
        if (column == Source.ROWID ? !rowid : ref.column() != column) {
            return false;
        }
        // Equality under another collation, or after conversion, may hold for several keys.
        return column == Source.ROWID
                || fits(Traits.comparisonAffinity(comparison.left(), comparison.right()), source.columnAffinity(column))
                        && AsciiCase.same(
                                Traits.comparisonCollation(comparison.left(), comparison.right()),
                                collation == null ? Traits.BINARY : collation);
    }

    private static boolean fits(Affinity comparison, Affinity column) {
        return switch (comparison) {
            case NONE, BLOB -> true;
            case TEXT -> column == Affinity.TEXT;
            case NUMERIC, INTEGER, REAL, FLEXNUM -> column.isNumeric();
        };
    }
}
