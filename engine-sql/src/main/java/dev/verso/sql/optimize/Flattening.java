package dev.verso.sql.optimize;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Subtypes;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Dissolves a subquery of FROM in the query around it: {@code SELECT a FROM (SELECT x+y AS a FROM t WHERE p) WHERE q} becomes {@code SELECT x+y FROM
 * t WHERE p AND q}. Then indexes of the inner tables serve the outer conditions, and no rows are put aside.
 */
final class Flattening {
    private static final int MAX_SOURCES = 64;

    private final BoundSelect outer;
    private final Source source;
    private final BoundSelect inner;

    private Flattening(BoundSelect outer, Source source) {
        this.outer = outer;
        this.source = source;
        this.inner = source.select();
    }

    /** @param part true if the query is part of a compound, whose parts have no order of their own */
    static boolean apply(BoundSelect outer, int position, boolean part) {
        Source source = outer.sources().get(position);
        if (!source.isQuery()) {
            return false;
        }
        Flattening flattening = new Flattening(outer, source);
        if (!flattening.isPossible(part)) {
            return false;
        }
        flattening.dissolve(position);
        return true;
    }

    // ---- conditions

    private boolean isPossible(boolean part) {
        if (inner.isCompound()
                || inner.recursion() != null
                || !inner.valuesRows().isEmpty()
                || inner.isAggregate()
                || !inner.windowCalls().isEmpty()
                || !outer.windowCalls().isEmpty()
                || inner.having() != null
                || inner.isDistinct()
                || inner.limit() != null && (part || !mayTakeLimit(outer, inner))
                || inner.sources().isEmpty()
                || source.isMaterialized()
                || source.isProvided()
                || outer.recursion() != null
                || outer.sources().size() + inner.sources().size() > MAX_SOURCES
                || OuterJoinReduction.hasRightJoin(outer)
                || OuterJoinReduction.hasRightJoin(inner)) {
            return false;
        }
        if (!inner.orderBy().isEmpty()
                && (part
                        || outer.isAggregate()
                        || outer.isDistinct()
                        || outer.sources().size() > 1)) {
            return false;
        }
        for (Source from : inner.sources()) {
            if (from.isProvided()) {
                return false;
            }
        }
        if (source.join() == JoinKind.LEFT && !isPlainTable()) {
            return false;
        }
        return collationsAgree() && !isUsedInRecursion(outer, source);
    }

    /** LIMIT may stand in the outer query where that does nothing else than to compute columns of the rows, or to put them in an order. */
    static boolean mayTakeLimit(BoundSelect outer, BoundSelect inner) {
        return inner.offset() == null
                && outer.limit() == null
                && !outer.isFirstRowOnly()
                && outer.where() == null
                && outer.sources().size() == 1
                && !outer.isAggregate()
                && !outer.isDistinct()
                && (inner.orderBy().isEmpty() || outer.orderBy().isEmpty());
    }

    /** Right of a LEFT JOIN only one table may take the subquery's place, so that its NULL row is the subquery's. */
    private boolean isPlainTable() {
        if (inner.sources().size() != 1
                || outer.isDistinct()
                || inner.sources().get(0).table() == null) {
            return false;
        }
        Source only = inner.sources().get(0);
        for (BoundColumn column : inner.columns()) {
            if (!isColumnOf(column.expr(), only) && Traits.affinity(column.expr()) != Affinity.NONE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isColumnOf(BoundExpr expr, Source source) {
        return expr instanceof BoundExpr.ColumnRef ref && ref.source() == source;
    }

    /** The expression, but NULL where the table stands on the NULL row of its outer join: its key tells. */
    private static BoundExpr nullWithRow(BoundExpr expr, Source table) {
        if (isColumnOf(expr, table)) {
            return expr;
        }
        int key = table.table().isWithoutRowid()
                ? table.table().primaryKey().parts().get(0).column()
                : Source.ROWID;
        BoundExpr present = new BoundExpr.IsNull(new BoundExpr.ColumnRef(table, key), true);
        return new BoundExpr.Case(null, List.of(new BoundExpr.When(present, expr)), null);
    }

    /** An expression put in place of a column must not change which collation a comparison uses; {@link CollationGuard} sees to it where it can. */
    private boolean collationsAgree() {
        boolean expressions = false;
        for (BoundColumn column : inner.columns()) {
            if (CollationGuard.hasNone(column.expr())) {
                expressions = true;
            }
        }
        return !expressions || allBinary(outer) && allBinary(inner) || CollationGuard.isPossible(outer);
    }

    static boolean allBinary(BoundSelect select) {
        for (Source from : select.sources()) {
            for (int i = 0; i < from.columnCount(); i++) {
                String collation = from.columnCollation(i);
                if (collation != null && !AsciiCase.same(collation, Traits.BINARY)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** True if a recursive table inside the query refers to the source. */
    static boolean isUsedInRecursion(BoundSelect outer, Source source) {
        boolean[] found = new boolean[1];
        Nested.forEach(
                outer,
                select -> found[0] |=
                        select.recursion() != null && select.outerSources().contains(source));
        return found[0];
    }

    // ---- the change

    private void dissolve(int position) {
        CollationGuard.apply(outer, source);
        List<Source> sources = outer.sources();
        sources.remove(position);
        sources.addAll(position, inner.sources());
        if (source.isRightJoined()) {
            for (Source from : inner.sources()) {
                from.rightJoined(true);
            }
        }
        Source first = inner.sources().get(0);
        first.join(source.join());
        BoundExpr condition = inner.where();
        if (source.join() == JoinKind.LEFT) {
            first.nullable(true);
            first.on(Trees.and(source.on(), condition));
            condition = null;
        } else {
            condition = Trees.and(condition, source.on());
        }
        outer.where(Trees.and(condition, outer.where()));
        if (outer.orderBy().isEmpty()) {
            for (BoundOrder term : inner.orderBy()) {
                outer.orderBy().add(new BoundOrder(term.expr(), term.descending(), term.nullsLast(), -1));
            }
        }
        if (inner.limit() != null) {
            outer.limit(inner.limit(), null);
        }
        List<BoundExpr> columns = new ArrayList<>();
        Set<Source> used = new HashSet<>();
        for (BoundColumn column : inner.columns()) {
            BoundExpr value = source.join() == JoinKind.LEFT ? nullWithRow(column.expr(), first) : column.expr();
            columns.add(CollationGuard.asColumn(value));
            Trees.collectSources(value, used);
        }
        Nested.forEach(outer, select -> {
            if (select.outerSources().remove(source)) {
                select.outerSources().addAll(used);
            }
        });
        Subtypes.withoutSubtypes(expr -> expr instanceof BoundExpr.ColumnRef ref && ref.source() == source
                        ? columns.get(ref.column())
                        : null)
                .rewriteSelect(outer);
    }
}
