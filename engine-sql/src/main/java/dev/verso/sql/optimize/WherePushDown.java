package dev.verso.sql.optimize;

import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Copies conditions on the columns of a subquery that cannot dissolve into the subquery, so that it makes fewer rows: into WHERE, or into HAVING
 * of an aggregate. The conditions stay where they were, too.
 */
final class WherePushDown {
    private WherePushDown() {}

    static void apply(BoundSelect outer, Source source) {
        BoundSelect inner = source.select();
        if (source.isMaterialized() || source.isProvided() || OuterJoinReduction.hasRightJoin(outer)) {
            return;
        }
        if (!isOpen(inner, source)) {
            return;
        }
        BoundExpr conditions = source.join() == JoinKind.LEFT ? source.on() : outer.where();
        for (BoundExpr term : Trees.conjuncts(conditions)) {
            if (isOn(term, source) && collationsAgree(term, source, inner) && windowsAllow(term, inner)) {
                push(term, source, inner);
            }
        }
    }

    /** True if dropping rows early changes nothing but the rows dropped. */
    private static boolean isOpen(BoundSelect inner, Source source) {
        if (inner.limit() != null || inner.recursion() != null) {
            return false;
        }
        if (inner.isCompound()) {
            boolean all = inner.compoundOp() == CompoundOp.UNION_ALL;
            if (!all && !isBinary(source)) {
                return false;
            }
            return isOpen(inner.compoundLeft(), source) && isOpen(inner.compoundRight(), source);
        }
        return inner.valuesRows().isEmpty();
    }

    private static boolean isBinary(Source source) {
        for (int i = 0; i < source.columnCount(); i++) {
            String collation = source.columnCollation(i);
            if (collation != null && !AsciiCase.same(collation, Traits.BINARY)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOn(BoundExpr term, Source source) {
        Set<Source> used = Trees.sources(term);
        return used.size() == 1
                && used.contains(source)
                && Traits.isDeterministic(term)
                && !Trees.any(
                        term, part -> part instanceof BoundExpr.RegisterRef || part instanceof BoundExpr.CursorColumn);
    }

    /**
     * In each part of a compound the column must be compared by the whole's collation. By its affinity it need not: where parts differ in that, a
     * row must pass the condition as its part compares it and as the whole does, as in SQLite.
     */
    private static boolean collationsAgree(BoundExpr term, Source source, BoundSelect inner) {
        return !Trees.any(
                term, part -> part instanceof BoundExpr.ColumnRef column && !agrees(column.column(), source, inner));
    }

    private static boolean agrees(int column, Source source, BoundSelect inner) {
        if (inner.isCompound()) {
            return agrees(column, source, inner.compoundLeft()) && agrees(column, source, inner.compoundRight());
        }
        BoundExpr expr = inner.columns().get(column).expr();
        if (Traits.hasExplicitCollation(expr) || !Traits.isDeterministic(expr)) {
            return false;
        }
        String collation = source.columnCollation(column);
        String own = Traits.collationOrNull(expr);
        return own == null ? isBinary(source) : AsciiCase.same(own, collation);
    }

    /** Where there are window functions, the condition must be one on whole partitions of all of them. */
    private static boolean windowsAllow(BoundExpr term, BoundSelect inner) {
        if (inner.isCompound()) {
            return windowsAllow(term, inner.compoundLeft()) && windowsAllow(term, inner.compoundRight());
        }
        if (inner.windowCalls().isEmpty()) {
            return true;
        }
        if (inner.isWindowed() || inner.isAggregate()) {
            return false;
        }
        return !Trees.any(
                term,
                part -> part instanceof BoundExpr.ColumnRef column
                        && !isPartitionKey(inner.columns().get(column.column()).expr(), inner));
    }

    private static boolean isPartitionKey(BoundExpr value, BoundSelect inner) {
        for (BoundExpr.WindowCall call : inner.windowCalls()) {
            boolean found = false;
            for (BoundExpr key : call.window().partitionBy()) {
                found |= Traits.same(key, value) && AsciiCase.same(Traits.collation(key), Traits.BINARY);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static void push(BoundExpr term, Source source, BoundSelect inner) {
        if (inner.isCompound()) {
            push(term, source, inner.compoundLeft());
            push(term, source, inner.compoundRight());
            return;
        }
        Set<BoundExpr> replaced = Collections.newSetFromMap(new IdentityHashMap<>());
        BoundExpr condition = new ExprRewriter(
                        part -> {
                            if (part instanceof BoundExpr.ColumnRef column && column.source() == source) {
                                BoundExpr value =
                                        inner.columns().get(column.column()).expr();
                                replaced.add(value);
                                return value;
                            }
                            return null;
                        },
                        false)
                .rewrite(term);
        if (inner.isAggregate() && !replaced.stream().allMatch(value -> isGroupKey(value, inner))) {
            inner.having(Trees.and(inner.having(), condition));
        } else {
            inner.where(Trees.and(inner.where(), condition));
        }
    }

    /** Rows of one group agree in it exactly, so that the condition holds for all or none of them. */
    private static boolean isGroupKey(BoundExpr value, BoundSelect inner) {
        for (BoundExpr key : inner.groupBy()) {
            if (Traits.same(key, value) && AsciiCase.same(Traits.collation(key), Traits.BINARY)) {
                return true;
            }
        }
        return false;
    }
}
