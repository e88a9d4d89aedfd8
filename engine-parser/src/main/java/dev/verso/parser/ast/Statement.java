package dev.verso.parser.ast;

import java.util.List;

/** A statement of SQLite's SQL (sqlite.org/lang.html). */
public sealed interface Statement
        permits Statement.Query,
                Statement.Insert,
                Statement.Update,
                Statement.Delete,
                Statement.Explain,
                Definition,
                Command {
    Span span();

    /** SELECT, VALUES or WITH … SELECT. */
    record Query(Span span, Select select) implements Statement {}

    /** EXPLAIN, or EXPLAIN QUERY PLAN. */
    record Explain(Span span, boolean queryPlan, Statement statement) implements Statement {}

    /**
     * INSERT or REPLACE.
     *
     * @param with null if not written
     * @param onConflict null if not written; REPLACE for the REPLACE statement
     * @param schema null if not written
     * @param alias null if not written
     * @param columns empty if not written
     * @param source null for DEFAULT VALUES
     */
    record Insert(
            Span span,
            Select.With with,
            ConflictAction onConflict,
            Name schema,
            Name table,
            Name alias,
            List<Name> columns,
            Select source,
            List<Upsert> upserts,
            List<Select.ResultColumn> returning)
            implements Statement {}

    /**
     * One ON CONFLICT clause of an INSERT.
     *
     * @param target empty if not written
     * @param targetWhere null if not written
     * @param assignments empty for DO NOTHING
     * @param where null if not written
     */
    record Upsert(List<OrderingTerm> target, Expr targetWhere, List<Assignment> assignments, Expr where) {
        public boolean isDoNothing() {
            return assignments.isEmpty();
        }
    }

    /** {@code a = 1}, or {@code (a, b) = (1, 2)} with several columns. */
    record Assignment(List<Name> columns, boolean parenthesized, Expr value) {}

    /**
     * UPDATE.
     *
     * @param onConflict null if not written
     * @param from empty if not written
     * @param where null if not written
     * @param limit null if not written
     */
    record Update(
            Span span,
            Select.With with,
            ConflictAction onConflict,
            Select.TableSource target,
            List<Assignment> assignments,
            List<Select.FromItem> from,
            Expr where,
            List<Select.ResultColumn> returning,
            List<OrderingTerm> orderBy,
            Expr limit,
            Expr offset)
            implements Statement {}

    /** DELETE. */
    record Delete(
            Span span,
            Select.With with,
            Select.TableSource target,
            Expr where,
            List<Select.ResultColumn> returning,
            List<OrderingTerm> orderBy,
            Expr limit,
            Expr offset)
            implements Statement {}
}
