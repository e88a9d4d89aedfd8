package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.optimize.Optimizer;
import java.util.List;

/** A query with some of the columns of another one, which keeps its own. */
final class NarrowedSelect {
    private NarrowedSelect() {}

    static BoundSelect of(BoundSelect select, List<Integer> columns) {
        Optimizer.optimize(select);
        BoundSelect narrowed = new BoundSelect();
        narrowed.id(select.id());
        narrowed.outerSources().addAll(select.outerSources());
        // Both may be compiled: the sources they share must not be rewritten once more.
        narrowed.optimized();
        boolean plain = !select.isCompound()
                && select.recursion() == null
                && select.valuesRows().isEmpty()
                && !select.isAggregate()
                && select.windowCalls().isEmpty()
                && !select.isDistinct()
                && select.limit() == null;
        if (plain) {
            narrowed.sources().addAll(select.sources());
            narrowed.where(select.where());
            for (int column : columns) {
                narrowed.columns().add(select.columns().get(column));
            }
            return narrowed;
        }
        Source source = new Source(null, select, null);
        narrowed.sources().add(source);
        for (int column : columns) {
            source.useColumn(column);
            String name = select.columns().get(column).name();
            narrowed.columns().add(new BoundColumn(new BoundExpr.ColumnRef(source, column), name, false));
        }
        return narrowed;
    }
}
