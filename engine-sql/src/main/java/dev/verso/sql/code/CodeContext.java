package dev.verso.sql.code;

import dev.verso.sql.schema.Catalog;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.Session;

/**
 * One program under construction, and what its compilers share. A trigger's program gets a context of its own.
 */
public final class CodeContext {
    private final ProgramBuilder builder;
    private final Session session;
    private final Catalog catalog;
    private final QueryPlanLog planLog;
    private ExpressionCompiler expressions;

    public CodeContext(ProgramBuilder builder, Session session, Catalog catalog, QueryPlanLog planLog) {
        this.builder = builder;
        this.session = session;
        this.catalog = catalog;
        this.planLog = planLog;
    }

    public ProgramBuilder builder() {
        return builder;
    }

    public Session session() {
        return session;
    }

    public Catalog catalog() {
        return catalog;
    }

    /** Lines of EXPLAIN QUERY PLAN. */
    public QueryPlanLog planLog() {
        return planLog;
    }

    public ExpressionCompiler expressions() {
        return expressions;
    }

    public void expressions(ExpressionCompiler compiler) {
        expressions = compiler;
    }
}
