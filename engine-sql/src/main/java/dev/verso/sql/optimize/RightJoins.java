package dev.verso.sql.optimize;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * RIGHT and FULL joins in terms of LEFT ones. {@code l RIGHT JOIN r ON c} is {@code r LEFT JOIN l ON c}; {@code l FULL JOIN r ON c} is {@code l
 * LEFT JOIN r ON c} and then the rows of r without a match. All that stands left of the join becomes one subquery first, if it is more than one table.
 */
final class RightJoins {
    private final BoundSelect select;

    private RightJoins(BoundSelect select) {
        this.select = select;
    }

    static void rewrite(BoundSelect select) {
        if (OuterJoinReduction.hasRightJoin(select)) {
            new RightJoins(select).rewriteAll();
        }
    }

    private void rewriteAll() {
        for (int i = 1; i < select.sources().size(); i++) {
            JoinKind join = select.sources().get(i).join();
            if (join == JoinKind.RIGHT) {
                right(i);
                i = 1;
            } else if (join == JoinKind.FULL) {
                full(i);
                i = 0;
            }
        }
        for (int i = 0; i < select.sources().size(); i++) {
            Source source = select.sources().get(i);
            source.nullable(source.join() == JoinKind.LEFT);
        }
        ColumnUse.recompute(select);
    }

    private void right(int position) {
        List<Source> sources = select.sources();
        Source left = position == 1 ? sources.get(0) : wrapped(position);
        Source right = sources.get(1);
        sources.set(0, right);
        sources.set(1, left);
        left.on(right.on());
        right.on(null);
        right.join(null);
        left.join(JoinKind.LEFT);
        left.nullable(true);
    }

    // ---- the left side as one subquery

    private Source wrapped(int count) {
        BoundSelect inner = new BoundSelect();
        List<Source> lefts = new ArrayList<>(select.sources().subList(0, count));
        select.sources().subList(0, count).clear();
        inner.sources().addAll(lefts);
        inner.where(innerConditions(lefts));
        Source source = new Source(null, inner, null);
        select.sources().add(0, source);
        replace(lefts, source, inner);
        return source;
    }

    /** Takes the conditions of inner joins, which stay with their sources left of a RIGHT JOIN, and sets NULL rows right. */
    private static BoundExpr innerConditions(List<Source> sources) {
        BoundExpr condition = null;
        for (Source source : sources) {
            source.nullable(source.join() == JoinKind.LEFT);
            if (source.join() != JoinKind.LEFT) {
                condition = Trees.and(condition, source.on());
                source.on(null);
            }
        }
        return condition;
    }

    /** Lets everything that reads a column of those sources read it from the new source; gives {@code inner} the result columns for it. */
    private void replace(List<Source> olds, Source source, BoundSelect inner) {
        Map<BoundExpr.ColumnRef, Integer> columns = new LinkedHashMap<>();
        Trees.anyIn(select, expr -> {
            if (expr instanceof BoundExpr.ColumnRef column
                    && olds.contains(column.source())
                    && !columns.containsKey(column)) {
                columns.put(column, columns.size());
            }
            return false;
        });
        if (columns.isEmpty()) {
            inner.columns().add(new BoundColumn(BoundExpr.Literal.of(1), "1", false));
        }
        columns.forEach((column, place) -> inner.columns().add(new BoundColumn(column, "c" + place, true)));
        for (Source old : olds) {
            if (old.isQuery()) {
                inner.outerSources().addAll(old.select().outerSources());
            }
        }
        // The subquery itself keeps its own references: it is out of the way while the query around it changes.
        int position = select.sources().indexOf(source);
        select.sources().remove(position);
        Nested.forEach(select, nested -> {
            if (nested.outerSources().removeAll(olds)) {
                nested.outerSources().add(source);
            }
        });
        new ExprRewriter(
                        expr -> expr instanceof BoundExpr.ColumnRef column && columns.containsKey(column)
                                ? new BoundExpr.ColumnRef(source, columns.get(column))
                                : null,
                        true)
                .rewriteSelect(select);
        select.sources().add(position, source);
    }

    // ---- FULL

    private void full(int position) {
        List<Source> sources = select.sources();
        List<Source> olds = new ArrayList<>(sources.subList(0, position + 1));
        for (Source source : olds) {
            if (source.isQuery() || hasSubquery(source.on())) {
                throw new DatabaseException(
                        ResultCode.ERROR,
                        "FULL JOIN of subqueries, or on conditions with subqueries, is not supported yet");
            }
        }
        BoundSelect first = new BoundSelect();
        sources.subList(0, position + 1).clear();
        first.sources().addAll(olds);
        List<Source> lefts = olds.subList(0, position);
        Source right = olds.get(position);
        first.where(innerConditions(lefts));
        right.join(JoinKind.LEFT);
        right.nullable(true);
        BoundSelect both = new BoundSelect();
        Source source = new Source(null, both, null);
        sources.add(0, source);
        replace(olds, source, first);
        BoundSelect second = unmatched(first, lefts, right);
        both.compound(first, CompoundOp.UNION_ALL, second);
        both.columns().addAll(first.columns());
        ColumnUse.recompute(first);
        ColumnUse.recompute(second);
    }

    private static boolean hasSubquery(BoundExpr expr) {
        return Trees.any(expr, part -> Trees.subselect(part) != null);
    }

    /** The rows of the right side that no row of the left side matches, with NULLs for its columns. */
    private static BoundSelect unmatched(BoundSelect first, List<Source> lefts, Source right) {
        Map<Source, Source> copies = new HashMap<>();
        BoundSelect matches = new BoundSelect();
        for (Source left : lefts) {
            Source copy = new Source(left.table(), null, left.name());
            copies.put(left, copy);
            copy.join(left.join());
            copy.nullable(left.isNullable());
            copyGenerated(left, copy);
            matches.sources().add(copy);
        }
        Source copiedRight = new Source(right.table(), null, right.name());
        copyGenerated(right, copiedRight);
        copies.put(right, copiedRight);
        ExprRewriter toCopies = new ExprRewriter(
                expr -> expr instanceof BoundExpr.ColumnRef column && copies.containsKey(column.source())
                        ? new BoundExpr.ColumnRef(copies.get(column.source()), column.column())
                        : null,
                false);
        for (Source left : lefts) {
            copies.get(left).on(toCopies.rewrite(left.on()));
        }
        for (Source copy : copies.values()) {
            copyGeneratedExpressions(copy, toCopies);
        }
        matches.columns().add(new BoundColumn(BoundExpr.Literal.of(1), "1", false));
        matches.where(toCopies.rewrite(Trees.and(first.where(), right.on())));
        matches.outerSources().add(copiedRight);
        BoundSelect second = new BoundSelect();
        second.sources().add(copiedRight);
        second.where(new BoundExpr.Not(new BoundExpr.Exists(matches)));
        for (BoundColumn column : first.columns()) {
            boolean ofRight = column.expr() instanceof BoundExpr.ColumnRef ref && ref.source() == right;
            boolean constant = !(column.expr() instanceof BoundExpr.ColumnRef);
            BoundExpr value = ofRight || constant ? toCopies.rewrite(column.expr()) : BoundExpr.Literal.NULL;
            second.columns().add(new BoundColumn(value, column.name(), column.alias()));
        }
        ColumnUse.recompute(matches);
        return second;
    }

    private static void copyGenerated(Source from, Source to) {
        for (int i = 0; i < from.columnCount(); i++) {
            if (from.generated(i) != null) {
                to.generated(i, from.generated(i));
            }
        }
    }

    private static void copyGeneratedExpressions(Source source, ExprRewriter toCopies) {
        for (int i = 0; i < source.columnCount(); i++) {
            if (source.generated(i) != null) {
                source.generated(i, toCopies.rewrite(source.generated(i)));
            }
        }
    }
}
