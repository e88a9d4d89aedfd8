package dev.verso.sql.plan;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprTree;
import dev.verso.sql.bound.Source;
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

    long maskOf(Source source) {
        int index = indexOf(source);
        return index < 0 ? 0 : 1L << index;
    }

    long maskOf(BoundExpr expr) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            return maskOf(column.source());
        }
        long mask = 0;
        BoundSelect select = ExprTree.select(expr);
        if (select != null) {
            for (Source outer : select.outerSources()) {
                mask |= maskOf(outer);
            }
        }
        for (BoundExpr operand : ExprTree.operands(expr)) {
            mask |= maskOf(operand);
        }
        return mask;
    }
}
