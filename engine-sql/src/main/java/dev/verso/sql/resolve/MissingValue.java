package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.record.TextEncoding;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.schema.Column;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Value;

/** The default of a column as rows have it that were written before the column was added: literals, signs and casts of them. */
final class MissingValue {
    private MissingValue() {}

    /** The value under the column's affinity; null for NULL, and for what ALTER TABLE lets no column with old rows have. */
    static Value of(BoundExpr defaultValue, Column column) {
        String digits = column.affinity() == Affinity.TEXT ? writtenReal(column.defaultValue()) : null;
        Value value = digits == null ? constant(defaultValue) : literal(digits);
        if (value == null || value.isNull()) {
            return null;
        }
        value.applyAffinity(column.affinity(), TextEncoding.UTF8);
        return value;
    }

    /** A real in a TEXT column is as it was written: old rows have 1.50 where new ones get 1.5. Null if the expression is no such number. */
    private static String writtenReal(Expr expr) {
        if (expr instanceof Expr.Unary unary && unary.op() == Expr.UnaryOp.PLUS) {
            return writtenReal(unary.operand());
        }
        if (expr instanceof Expr.Unary unary
                && unary.op() == Expr.UnaryOp.NEGATE
                && unary.operand() instanceof Expr.NumericLiteral number) {
            String digits = Literals.isMinimumWhenNegated(number.text()) ? null : writtenReal(number);
            return digits == null ? null : "-" + digits;
        }
        boolean isReal = expr instanceof Expr.NumericLiteral number && Literals.number(number.text()) instanceof Double;
        return isReal ? ((Expr.NumericLiteral) expr).text().replace("_", "") : null;
    }

    private static Value constant(BoundExpr expr) {
        if (expr instanceof BoundExpr.Literal literal) {
            return literal(literal.value());
        }
        if (expr instanceof BoundExpr.Plus plus) {
            return constant(plus.operand());
        }
        Value value = null;
        if (expr instanceof BoundExpr.Negate negate) {
            value = constant(negate.operand());
            if (value != null && !value.isNull()) {
                negate(value);
            }
        } else if (expr instanceof BoundExpr.Cast cast) {
            value = constant(cast.operand());
            if (value != null) {
                value.cast(cast.affinity(), TextEncoding.UTF8);
            }
        }
        return value;
    }

    private static void negate(Value value) {
        value.cast(Affinity.NUMERIC, TextEncoding.UTF8);
        if (value.isInteger() && value.integer() != Long.MIN_VALUE) {
            value.setInteger(-value.integer());
        } else {
            value.setReal(-value.asDouble());
        }
    }

    private static Value literal(Object constant) {
        Value value = new Value();
        if (constant instanceof Long integer) {
            value.setInteger(integer);
        } else if (constant instanceof Double real) {
            value.setReal(real);
        } else if (constant instanceof String text) {
            value.setText(text);
        } else if (constant != null) {
            byte[] blob = (byte[]) constant;
            value.setBlob(blob, 0, blob.length);
        }
        return value;
    }
}
