package dev.verso.sql.code;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.Comparison;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** Conditions as jumps, without computing a truth value where none is needed. */
final class ConditionCode {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final ExpressionCode expressions;

    ConditionCode(CodeContext context, ExpressionCode expressions) {
        this.context = context;
        this.expressions = expressions;
        builder = context.builder();
    }

    void jumpIfTrue(BoundExpr expr, int label, boolean jumpIfNull) {
        if (expr instanceof BoundExpr.And and) {
            boolean exchanged = isRightFirst(and.left(), and.right());
            int skip = builder.newLabel();
            jumpIfFalse(exchanged ? and.right() : and.left(), skip, !jumpIfNull);
            jumpIfTrue(exchanged ? and.left() : and.right(), label, jumpIfNull);
            builder.place(skip);
        } else if (expr instanceof BoundExpr.Or or) {
            boolean exchanged = isRightFirst(or.left(), or.right());
            jumpIfTrue(exchanged ? or.right() : or.left(), label, jumpIfNull);
            jumpIfTrue(exchanged ? or.left() : or.right(), label, jumpIfNull);
        } else if (expr instanceof BoundExpr.Not not) {
            jumpIfFalse(not.operand(), label, jumpIfNull);
        } else if (expr instanceof BoundExpr.IsTruth truth) {
            boolean asTrue = truth.truth() != truth.negated();
            // NULL is neither true nor false: IS NOT jumps for it, IS doesn't.
            if (asTrue) {
                jumpIfTrue(truth.operand(), label, truth.negated());
            } else {
                jumpIfFalse(truth.operand(), label, truth.negated());
            }
        } else if (expr instanceof BoundExpr.IsNull isNull) {
            nullJump(isNull.operand(), !isNull.negated(), label);
        } else if (expr instanceof Comparison comparison) {
            if (ComparisonCode.isVector(comparison)) {
                jumpIfTrue(expressions.comparisons().expand(comparison), label, jumpIfNull);
            } else {
                expressions
                        .comparisons()
                        .jump(comparison.op(), comparison.left(), comparison.right(), label, jumpIfNull);
            }
        } else if (expr instanceof BoundExpr.Between between) {
            jumpIfTrue(expandBetween(between), label, jumpIfNull);
        } else if (expr instanceof BoundExpr.InList || expr instanceof BoundExpr.InSelect) {
            in(expr, expressions.ins().isNegated(expr), true, label, jumpIfNull);
        } else if (expr instanceof BoundExpr.Literal literal) {
            if (literal.value() == null ? jumpIfNull : isTrue(literal)) {
                builder.add(Opcode.Goto, 0, label);
            }
        } else {
            int register = expressions.compileToAny(expr);
            builder.add(Opcode.If, register, label, jumpIfNull ? 1 : 0);
            context.temporaries().release(register);
        }
    }

    void jumpIfFalse(BoundExpr expr, int label, boolean jumpIfNull) {
        if (expr instanceof BoundExpr.And and) {
            boolean exchanged = isRightFirst(and.left(), and.right());
            jumpIfFalse(exchanged ? and.right() : and.left(), label, jumpIfNull);
            jumpIfFalse(exchanged ? and.left() : and.right(), label, jumpIfNull);
        } else if (expr instanceof BoundExpr.Or or) {
            boolean exchanged = isRightFirst(or.left(), or.right());
            int skip = builder.newLabel();
            jumpIfTrue(exchanged ? or.right() : or.left(), skip, !jumpIfNull);
            jumpIfFalse(exchanged ? or.left() : or.right(), label, jumpIfNull);
            builder.place(skip);
        } else if (expr instanceof BoundExpr.Not not) {
            jumpIfTrue(not.operand(), label, jumpIfNull);
        } else if (expr instanceof BoundExpr.IsTruth truth) {
            boolean asTrue = truth.truth() != truth.negated();
            if (asTrue) {
                jumpIfFalse(truth.operand(), label, !truth.negated());
            } else {
                jumpIfTrue(truth.operand(), label, !truth.negated());
            }
        } else if (expr instanceof BoundExpr.IsNull isNull) {
            nullJump(isNull.operand(), isNull.negated(), label);
        } else if (expr instanceof Comparison comparison) {
            if (ComparisonCode.isVector(comparison)) {
                jumpIfFalse(expressions.comparisons().expand(comparison), label, jumpIfNull);
            } else {
                ComparisonOp inverse = ComparisonCode.inverse(comparison.op());
                expressions.comparisons().jump(inverse, comparison.left(), comparison.right(), label, jumpIfNull);
            }
        } else if (expr instanceof BoundExpr.Between between) {
            jumpIfFalse(expandBetween(between), label, jumpIfNull);
        } else if (expr instanceof BoundExpr.InList || expr instanceof BoundExpr.InSelect) {
            in(expr, expressions.ins().isNegated(expr), false, label, jumpIfNull);
        } else if (expr instanceof BoundExpr.Literal literal) {
            if (literal.value() == null ? jumpIfNull : !isTrue(literal)) {
                builder.add(Opcode.Goto, 0, label);
            }
        } else {
            int register = expressions.compileToAny(expr);
            builder.add(Opcode.IfNot, register, label, jumpIfNull ? 1 : 0);
            context.temporaries().release(register);
        }
    }

    /** Of two conditions the one without a query inside is tested first: it may spare the query. */
    private static boolean isRightFirst(BoundExpr left, BoundExpr right) {
        return hasQuery(left) && !hasQuery(right);
    }

    private static boolean hasQuery(BoundExpr expr) {
        return Trees.any(expr, part -> Trees.subselect(part) != null);
    }

    private static boolean isTrue(BoundExpr.Literal literal) {
        if (literal.value() instanceof Long integer) {
            return integer != 0;
        }
        if (literal.value() instanceof Double real) {
            return real != 0;
        }
        if (literal.value() instanceof String text) {
            return leadingNumber(text) != 0;
        }
        return leadingNumber(new String((byte[]) literal.value(), java.nio.charset.StandardCharsets.UTF_8)) != 0;
    }

    /** The number that the text begins with, 0 if with none. */
    private static double leadingNumber(String text) {
        dev.verso.vm.value.Value value = new dev.verso.vm.value.Value();
        value.setText(text);
        return value.asDouble();
    }

    private void nullJump(BoundExpr operand, boolean jumpOnNull, int label) {
        int register = expressions.compileToAny(operand);
        builder.add(jumpOnNull ? Opcode.IsNull : Opcode.NotNull, register, label);
        context.temporaries().release(register);
    }

    /** BETWEEN as two comparisons of an operand that is computed once. */
    BoundExpr expandBetween(BoundExpr.Between between) {
        BoundExpr operand;
        if (Traits.width(between.operand()) > 1) {
            operand = new BoundExpr.Vector(expressions.comparisons().elements(between.operand()));
        } else {
            int register = expressions.compileToAny(between.operand());
            context.temporaries().keep(register);
            operand = ComparisonCode.inRegister(between.operand(), register);
        }
        BoundExpr inside = new BoundExpr.And(
                new Comparison(ComparisonOp.GREATER_EQUAL, operand, between.low()),
                new Comparison(ComparisonOp.LESS_EQUAL, operand, between.high()));
        return between.negated() ? new BoundExpr.Not(inside) : inside;
    }

    /** Jumps on IN: {@code whenTrue} tells on which outcome, after negation. */
    private void in(BoundExpr expr, boolean negated, boolean whenTrue, int label, boolean jumpIfNull) {
        if (whenTrue == negated) {
            // Jumps if the plain IN is false.
            if (jumpIfNull) {
                expressions.ins().test(expr, label, label);
            } else {
                int isNull = builder.newLabel();
                expressions.ins().test(expr, label, isNull);
                builder.place(isNull);
            }
            return;
        }
        int otherwise = builder.newLabel();
        expressions.ins().test(expr, otherwise, jumpIfNull ? label : otherwise);
        builder.add(Opcode.Goto, 0, label);
        builder.place(otherwise);
    }
}
