package dev.verso.sql.bound;

import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.value.Affinity;
import java.util.List;

/**
 * A resolved expression. Immutable; rewriting makes new trees. Affinity and collation are asked of the
 * class Traits, not stored.
 */
public sealed interface BoundExpr {
    /** Dispatches to the visitor's method for this kind of expression. */
    <R> R accept(ExprVisitor<R> visitor);

    /** A constant: null, Long, Double, String or byte[]. */
    record Literal(Object value) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }

        public static final Literal NULL = new Literal(null);

        public static Literal of(long value) {
            return new Literal(value);
        }
    }

    /** A parameter, by its number from 1. */
    record Parameter(int number) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A column of a FROM source, perhaps of an outer query. @param column position, or {@link Source#ROWID} */
    record ColumnRef(Source source, int column) implements BoundExpr {
        // Written out: what the compiler makes of a record is slow the first time.
        @Override
        public boolean equals(Object other) {
            return other instanceof ColumnRef that && that.source == source && that.column == column;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(source) + column;
        }

        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A column that WHERE holds equal to a constant, where it is read as that constant: the value with the column's affinity applied. Made by
     * the optimizer, never by the resolver.
     *
     * @param column what it was made of; to an index whose expression names the column it still is that column
     * @param collation of the column; null for none
     */
    record FixedColumn(ColumnRef column, BoundExpr value, Affinity affinity, String collation) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A value that code generated earlier put into a register: NEW and OLD of constraints, aggregates, results being sorted. */
    record RegisterRef(int register, Affinity affinity, String collation) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A column of the entry that a cursor is on, wherever it came from: an indexed expression, a row being sorted. Made by the planner and the
     * query compiler, never by the resolver.
     */
    record CursorColumn(int cursor, int column, Affinity affinity, String collation) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code NEW.x}, {@code OLD.x} of a trigger. @param isNew NEW @param column position or {@link Source#ROWID} */
    record TriggerColumn(boolean isNew, dev.verso.sql.schema.Table table, int column) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record Negate(BoundExpr operand) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Unary plus: a value without affinity that the planner leaves alone. */
    record Plus(BoundExpr operand) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record BitNot(BoundExpr operand) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record Not(BoundExpr operand) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record Arithmetic(ArithmeticOp op, BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Operators that give numbers, and CONCAT. */
    enum ArithmeticOp {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        BIT_AND,
        BIT_OR,
        SHIFT_LEFT,
        SHIFT_RIGHT,
        CONCAT
    }

    /** Operands may be {@link Vector}s of one length, or a vector and a {@link Subquery} of so many columns. */
    record Comparison(ComparisonOp op, BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Comparisons; IS and IS_NOT treat NULL as a value. */
    enum ComparisonOp {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_EQUAL,
        GREATER,
        GREATER_EQUAL,
        IS,
        IS_NOT;

        /** The operator with its operands exchanged. */
        public ComparisonOp commuted() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_EQUAL -> GREATER_EQUAL;
                case GREATER -> LESS;
                case GREATER_EQUAL -> LESS_EQUAL;
                case EQUAL, NOT_EQUAL, IS, IS_NOT -> this;
            };
        }
    }

    record And(BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record Or(BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record IsNull(BoundExpr operand, boolean negated) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code x IS [NOT] TRUE} and {@code x IS [NOT] FALSE}. */
    record IsTruth(BoundExpr operand, boolean truth, boolean negated) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record Between(BoundExpr operand, BoundExpr low, BoundExpr high, boolean negated) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record InList(BoundExpr operand, List<BoundExpr> list, boolean negated) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code x IN (SELECT …)}; {@code x IN table} is its {@code SELECT *}. The operand may be a vector. */
    record InSelect(BoundExpr operand, BoundSelect select, boolean negated) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record Exists(BoundSelect select) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A scalar subquery, or a row of several columns where a vector may stand. */
    record Subquery(BoundSelect select) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    record Vector(List<BoundExpr> elements) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** @param base null for the form without one @param otherwise null for NULL */
    record Case(BoundExpr base, List<When> whens, BoundExpr otherwise) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One branch of CASE. */
    record When(BoundExpr condition, BoundExpr result) {}

    record Cast(BoundExpr operand, Affinity affinity) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** @param isImplicit true if it is not what the text says here, but stands for a column that has the collation */
    record Collate(BoundExpr operand, String collation, boolean isImplicit) implements BoundExpr {
        public Collate(BoundExpr operand, String collation) {
            this(operand, collation, false);
        }

        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A scalar function; also LIKE, GLOB, {@code ->} and the like. INLINE ones are compiled by the expression compiler. */
    record Call(FunctionDefinition function, List<BoundExpr> arguments) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * An aggregate of the query {@code owner}.
     *
     * @param filter null if not written
     */
    record Aggregate(
            FunctionDefinition function,
            List<BoundExpr> arguments,
            boolean distinct,
            List<BoundOrder> orderBy,
            BoundExpr filter,
            BoundSelect owner)
            implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A window function of the query {@code owner}: an aggregate with OVER, or one that is nothing else.
     *
     * @param filter null if not written
     */
    record WindowCall(
            FunctionDefinition function,
            List<BoundExpr> arguments,
            BoundExpr filter,
            BoundWindow window,
            BoundSelect owner)
            implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** RAISE in a trigger. @param message null for IGNORE */
    record Raise(dev.verso.parser.ast.ConflictAction action, BoundExpr message) implements BoundExpr {
        @Override
        public <R> R accept(ExprVisitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}
