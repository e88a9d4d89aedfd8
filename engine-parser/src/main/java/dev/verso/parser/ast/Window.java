package dev.verso.parser.ast;

import java.util.List;

/** Windows and their frames (sqlite.org/windowfunctions.html). */
public interface Window {
    /** What follows OVER. */
    sealed interface Over {}

    /** {@code OVER name}. */
    record ByName(Name name) implements Over {}

    /**
     * A window in parentheses.
     *
     * @param base name of the window that it extends, or null
     * @param frame null if not written
     */
    record Definition(Span span, Name base, List<Expr> partitionBy, List<OrderingTerm> orderBy, Frame frame)
            implements Over {}

    /** One definition of a WINDOW clause. */
    record Named(Name name, Definition definition) {}

    /** @param end null for the short form without BETWEEN @param exclude null if not written */
    record Frame(Unit unit, Bound start, Bound end, Exclude exclude) {}

    /** How a frame counts. */
    enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    /** @param offset null unless kind is PRECEDING or FOLLOWING */
    record Bound(BoundKind kind, Expr offset) {}

    /** Ends of a frame. */
    enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /** What a frame leaves out. */
    enum Exclude {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }
}
