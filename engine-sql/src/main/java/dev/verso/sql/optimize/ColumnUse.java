package dev.verso.sql.optimize;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;

/** Works out anew which columns of a query's sources are used, after rewriting has made some superfluous. */
final class ColumnUse {
    private ColumnUse() {}

    static void recompute(BoundSelect select) {
        for (Source source : select.sources()) {
            source.columnsUsed(0);
        }
        Trees.anyIn(select, expr -> {
            if (expr instanceof BoundExpr.ColumnRef column && select.sources().contains(column.source())) {
                mark(column);
            }
            return false;
        });
    }

    private static void mark(BoundExpr.ColumnRef column) {
        Source source = column.source();
        source.useColumn(column.column());
        BoundExpr generated = column.column() < 0 ? null : source.generated(column.column());
        if (generated != null) {
            Trees.walk(generated, part -> {
                if (part instanceof BoundExpr.ColumnRef inner && inner.source() == source) {
                    mark(inner);
                }
            });
        }
    }
}
