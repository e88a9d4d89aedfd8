package dev.verso.parser.ast;

import java.util.List;

/**
 * A query (sqlite.org/lang_select.html).
 *
 * @param with null if not written
 * @param limit null if not written
 * @param offset null if not written
 */
public record Select(Span span, With with, Body body, List<OrderingTerm> orderBy, Expr limit, Expr offset) {
    /** WITH. */
    public record With(boolean recursive, List<CommonTable> tables) {}

    /** @param columns empty if not written @param materialized null if not said, else whether MATERIALIZED or NOT MATERIALIZED */
    public record CommonTable(Span span, Name name, List<Name> columns, Boolean materialized, Select select) {}

    /** What a query selects. */
    public sealed interface Body {
        Span span();
    }

    /** Two bodies and what joins them; compounds lean to the left, so {@code right} is never a compound. */
    public record Compound(Span span, Body left, CompoundOp op, Body right) implements Body {}

    /** Set operators. */
    public enum CompoundOp {
        UNION,
        UNION_ALL,
        INTERSECT,
        EXCEPT
    }

    /** {@code VALUES (1, 2), (3, 4)}. */
    public record Values(Span span, List<List<Expr>> rows) implements Body {}

    /**
     * {@code SELECT …}.
     *
     * @param from empty if there is no FROM
     * @param where null if not written
     * @param having null if not written
     */
    public record Core(
            Span span,
            boolean distinct,
            List<ResultColumn> columns,
            List<FromItem> from,
            Expr where,
            List<Expr> groupBy,
            Expr having,
            List<Window.Named> windows)
            implements Body {}

    /** A column, or columns, of the result; also of RETURNING. */
    public sealed interface ResultColumn {
        Span span();
    }

    /** {@code *}. */
    public record Star(Span span) implements ResultColumn {}

    /** {@code t.*}. */
    public record TableStar(Span span, Name table) implements ResultColumn {}

    /** An expression; without alias, SQLite names it by its text. @param alias null if not written */
    public record ResultExpr(Span span, Expr expr, Name alias) implements ResultColumn {}

    /**
     * One source of FROM and how it joins the ones before it.
     *
     * @param join null for the first one
     * @param on null if not written
     * @param using empty if not written
     */
    public record FromItem(Join join, Source source, Expr on, List<Name> using) {}

    /** A join operator. */
    public record Join(JoinKind kind, boolean natural) {}

    /** Kinds of join; COMMA and INNER differ in nothing but precedence and print, CROSS also fixes the order. */
    public enum JoinKind {
        COMMA,
        INNER,
        CROSS,
        LEFT,
        RIGHT,
        FULL
    }

    /** A source of rows in FROM. {@code alias} is null if not written. */
    public sealed interface Source {
        Span span();

        Name alias();
    }

    /**
     * A table or view; also the target of UPDATE and DELETE.
     *
     * @param schema null if not written
     * @param indexedBy null if not written
     * @param notIndexed NOT INDEXED
     */
    public record TableSource(Span span, Name schema, Name table, Name alias, Name indexedBy, boolean notIndexed)
            implements Source {}

    /** A table-valued function. */
    public record FunctionSource(Span span, Name schema, Name function, List<Expr> arguments, Name alias)
            implements Source {}

    /** A query in parentheses. */
    public record SubquerySource(Span span, Select select, Name alias) implements Source {}

    /** A join in parentheses. */
    public record JoinSource(Span span, List<FromItem> items, Name alias) implements Source {}
}
