package dev.verso.parser.ast;

import java.util.List;

/** An expression (sqlite.org/lang_expr.html). Parentheses leave no node; a parenthesised list of two or more is a {@link RowValue}. */
public sealed interface Expr {
    Span span();

    record NullLiteral(Span span) implements Expr {}

    /** An integer or real. @param text as written, hex and underscores included */
    record NumericLiteral(Span span, String text) implements Expr {}

    /** A string. @param value without quotes, doubled quotes made single */
    record StringLiteral(Span span, String value) implements Expr {}

    /** @param hex an even number of hexadecimal digits */
    record BlobLiteral(Span span, String hex) implements Expr {}

    /** CURRENT_TIME, CURRENT_DATE or CURRENT_TIMESTAMP. */
    record CurrentTime(Span span, Kind kind) implements Expr {
        /** Which one. */
        public enum Kind {
            CURRENT_TIME,
            CURRENT_DATE,
            CURRENT_TIMESTAMP
        }
    }

    /** {@code ?}, {@code ?5}, {@code :a}, {@code @a}, {@code $a::b(c)}. @param text as written */
    record Parameter(Span span, String text) implements Expr {}

    /**
     * A column, or TRUE or FALSE, or a double-quoted string: names are told apart when they are resolved.
     *
     * @param schema null if not written
     * @param table null if not written
     */
    record ColumnName(Span span, Name schema, Name table, Name column) implements Expr {}

    record Unary(Span span, UnaryOp op, Expr operand) implements Expr {}

    /** Prefix operators. */
    enum UnaryOp {
        NEGATE,
        PLUS,
        BIT_NOT,
        NOT
    }

    /** {@code x IS DISTINCT FROM y} is IS_NOT and {@code x IS NOT DISTINCT FROM y} is IS. */
    record Binary(Span span, BinaryOp op, Expr left, Expr right) implements Expr {}

    /** Infix operators. */
    enum BinaryOp {
        OR,
        AND,
        EQUAL,
        NOT_EQUAL,
        IS,
        IS_NOT,
        LESS,
        LESS_EQUAL,
        GREATER,
        GREATER_EQUAL,
        BIT_AND,
        BIT_OR,
        SHIFT_LEFT,
        SHIFT_RIGHT,
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        CONCAT,
        /** {@code ->} */
        ARROW,
        /** {@code ->>} */
        DOUBLE_ARROW
    }

    /** {@code x ISNULL}, and negated {@code x NOTNULL} or {@code x NOT NULL}. ({@code x IS NULL} is a {@link Binary}.) */
    record IsNull(Span span, Expr operand, boolean negated) implements Expr {}

    /** @param escape null if not written */
    record Like(Span span, LikeOp op, boolean negated, Expr text, Expr pattern, Expr escape) implements Expr {}

    /** The pattern operators, each a call of the function of that name. */
    enum LikeOp {
        LIKE,
        GLOB,
        REGEXP,
        MATCH
    }

    record Between(Span span, boolean negated, Expr operand, Expr low, Expr high) implements Expr {}

    record InList(Span span, boolean negated, Expr operand, List<Expr> list) implements Expr {}

    record InSelect(Span span, boolean negated, Expr operand, Select select) implements Expr {}

    /** {@code x IN table} or {@code x IN function(…)}. @param arguments null for a table */
    record InTable(Span span, boolean negated, Expr operand, Name schema, Name table, List<Expr> arguments)
            implements Expr {}

    record Exists(Span span, Select select) implements Expr {}

    record ScalarSubquery(Span span, Select select) implements Expr {}

    /** @param base null for the form without one @param otherwise null if not written */
    record Case(Span span, Expr base, List<When> whens, Expr otherwise) implements Expr {
        /** One branch. */
        public record When(Expr condition, Expr result) {}
    }

    /** @param type its text is empty for {@code CAST(x AS)} */
    record Cast(Span span, Expr operand, TypeName type) implements Expr {}

    record Collate(Span span, Expr operand, Name collation) implements Expr {}

    /**
     * @param star {@code f(*)}
     * @param orderBy ORDER BY inside an aggregate's parentheses
     * @param filter null if not written
     * @param over null if not a window function
     */
    record FunctionCall(
            Span span,
            Name name,
            boolean distinct,
            boolean star,
            List<Expr> arguments,
            List<OrderingTerm> orderBy,
            Expr filter,
            Window.Over over)
            implements Expr {}

    /** {@code (a, b)}: two expressions or more. */
    record RowValue(Span span, List<Expr> elements) implements Expr {}

    /** RAISE in a trigger. @param message null for IGNORE */
    record Raise(Span span, ConflictAction action, Expr message) implements Expr {}
}
