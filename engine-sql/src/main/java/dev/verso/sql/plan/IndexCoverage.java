package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import java.util.ArrayList;
import java.util.List;

/** Looks through a query, and the queries inside of it, for what it wants of one source, and whether the entries of an index have it. */
final class IndexCoverage {
    private final IndexShape shape;
    private boolean expressions;

    IndexCoverage(IndexShape shape) {
        this.shape = shape;
    }

    /** A flag of {@link LoopCandidate}, or 0 if the table is needed. */
    int of(BoundSelect query) {
        if (needsTable(query)) {
            return 0;
        }
        return expressions ? LoopCandidate.INDEXED_EXPRESSIONS : LoopCandidate.INDEX_ONLY;
    }

    /** True if what is put out for each group, other than aggregates, names columns that the entries lack: SQLite takes them aside. */
    static boolean groupsReadTable(IndexShape shape, BoundSelect query) {
        if (query.groupBy().isEmpty()) {
            return false;
        }
        List<BoundExpr> roots = new ArrayList<>();
        for (BoundColumn column : query.columns()) {
            roots.add(column.expr());
        }
        if (query.having() != null) {
            roots.add(query.having());
        }
        for (BoundOrder term : query.orderBy()) {
            roots.add(term.expr());
        }
        for (BoundExpr root : roots) {
            if (readsTable(shape, root)) {
                return true;
            }
        }
        return false;
    }

    private static boolean readsTable(IndexShape shape, BoundExpr expr) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            return column.source() == shape.source && shape.positionOf(column.column()) < 0;
        }
        if (!(expr instanceof BoundExpr.Aggregate)) {
            for (BoundExpr part : Trees.children(expr)) {
                if (readsTable(shape, part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean needsTable(BoundSelect query) {
        for (BoundExpr expr : Trees.expressions(query)) {
            if (needsTable(expr)) {
                return true;
            }
        }
        for (Source source : query.sources()) {
            if (source.isQuery() && needsTable(source.select())) {
                return true;
            }
        }
        return query.isCompound() && (needsTable(query.compoundLeft()) || needsTable(query.compoundRight()));
    }

    private boolean needsTable(BoundExpr expr) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            return column.source() == shape.source && shape.positionOf(column.column()) < 0;
        }
        if (expr instanceof BoundExpr.FixedColumn fixed) {
            return needsTable(fixed.column());
        }
        for (BoundExpr indexed : shape.expressions) {
            if (indexed != null && Traits.same(expr, indexed)) {
                expressions = true;
                return false;
            }
        }
        for (BoundExpr part : Trees.children(expr)) {
            if (needsTable(part)) {
                return true;
            }
        }
        BoundSelect inner = Trees.subselect(expr);
        return inner != null && needsTable(inner);
    }
}
