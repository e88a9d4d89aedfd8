package dev.verso.sql.resolve;

import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundSelect;
import java.util.ArrayList;
import java.util.List;

/** What a query's scope has besides its sources: result columns that can be named by their alias, and whether aggregates are allowed where we are. */
final class QueryScope {
    /** Which clause is being resolved. */
    enum Clause {
        RESULT,
        FROM,
        WHERE,
        GROUP_BY,
        HAVING,
        ORDER_BY,
        LIMIT
    }

    private final BoundSelect select;
    private final List<BoundColumn> aliases = new ArrayList<>();
    private Clause clause = Clause.RESULT;
    private int aggregateDepth;

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

    Clause clause() {
        return clause;
    }

    void clause(Clause now) {
        clause = now;
    }

    boolean aggregatesAllowed() {
        return aggregateDepth == 0 && (clause == Clause.RESULT || clause == Clause.HAVING || clause == Clause.ORDER_BY);
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
