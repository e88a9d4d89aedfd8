package dev.verso.sql.resolve;

import dev.verso.parser.ast.Window;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundSelect;
import java.util.ArrayList;
import java.util.List;

/** What a query's scope has besides its sources: result columns that can be named by their alias, and whether aggregates are allowed where we are. */
final class QueryScope {
    /** Which clause is being resolved. */
    enum Clause {
        RESULT,
        WHERE,
        GROUP_BY,
        HAVING,
        ORDER_BY
    }

    private final BoundSelect select;
    private final List<BoundColumn> aliases = new ArrayList<>();
    private List<Window.Named> windows = List.of();
    private Clause clause = Clause.RESULT;
    private boolean aggregate;
    private int aggregateDepth;
    private int windowDepth;

    QueryScope(BoundSelect select) {
        this.select = select;
    }

    BoundSelect select() {
        return select;
    }

    /** Result columns that may be used by alias in the clause at hand. */
    List<BoundColumn> aliases() {
        return aliases;
    }

    List<Window.Named> windows() {
        return windows;
    }

    void windows(List<Window.Named> named) {
        windows = named;
    }

    Clause clause() {
        return clause;
    }

    void clause(Clause now) {
        clause = now;
    }

    /** Whether GROUP BY or an aggregate among the result columns makes this an aggregate query. */
    void aggregate(boolean on) {
        aggregate = on;
    }

    /** True if an aggregate function may be written here (whether it may be computed here is another question). */
    boolean mayWriteAggregate() {
        if (aggregateDepth > 0) {
            return false;
        }
        return switch (clause) {
            case RESULT, ORDER_BY, GROUP_BY -> true;
            case WHERE, HAVING -> aggregate;
        };
    }

    /** True if an aggregate over this query's rows has a place here. */
    boolean mayComputeAggregate() {
        return switch (clause) {
            case RESULT, HAVING, GROUP_BY -> true;
            case ORDER_BY -> aggregate;
            case WHERE -> false;
        };
    }

    /** True if a window function may stand here. */
    boolean mayWriteWindow() {
        return aggregateDepth == 0 && windowDepth == 0 && (clause == Clause.RESULT || clause == Clause.ORDER_BY);
    }

    void enterWindow() {
        windowDepth++;
    }

    void leaveWindow() {
        windowDepth--;
    }

    boolean inAggregate() {
        return aggregateDepth > 0;
    }

    void enterAggregate() {
        aggregateDepth++;
    }

    void leaveAggregate() {
        aggregateDepth--;
    }
}
