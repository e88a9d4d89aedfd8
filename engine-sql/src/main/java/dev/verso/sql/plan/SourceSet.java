package dev.verso.sql.plan;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import java.util.List;

/** Numbers the sources of one request, and tells which of them an expression needs as a bit mask: bit i for the i-th source. */
final class SourceSet {
    static final int MAX_SOURCES = 64;

    private final List<Source> sources;

    SourceSet(List<Source> sources) {
        if (sources.size() > MAX_SOURCES) {
            throw new DatabaseException(ResultCode.ERROR, "at most " + MAX_SOURCES + " tables in a join");
        }
        this.sources = sources;
    }

    int size() {
        return sources.size();
    }

    Source get(int index) {
        return sources.get(index);
    }

    /** Position of the source, or -1 if it belongs to an outer query. */
    int indexOf(Source source) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) == source) {
                return i;
            }
        }
        return -1;
    }

    private long maskOf(Source source) {
        int index = indexOf(source);
        return index < 0 ? 0 : 1L << index;
    }

    /** The sources that the expression uses, through the queries inside it too; 0 for null. */
    long maskOf(BoundExpr expr) {
        if (expr == null) {
            return 0;
        }
        if (expr instanceof BoundExpr.ColumnRef column) {
            return maskOf(column.source());
        }
        long mask = 0;
        BoundSelect select = Trees.subselect(expr);
        if (select != null) {
            for (Source source : select.outerSources()) {
                mask |= maskOf(source);
            }
        }
        List<BoundExpr> children = Trees.children(expr);
        for (int i = 0; i < children.size(); i++) {
            mask |= maskOf(children.get(i));
        }
        return mask;
    }
}
