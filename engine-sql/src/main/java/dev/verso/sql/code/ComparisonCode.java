package dev.verso.sql.code;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.Comparison;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.Traits;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Comparisons as values and as jumps; row values are taken apart into comparisons of their elements. */
final class ComparisonCode {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final ExpressionCode expressions;

    ComparisonCode(CodeContext context, ExpressionCode expressions) {
        this.context = context;
        this.expressions = expressions;
        builder = context.builder();
    }

    /** Emits a jump to {@code label} if {@code left op right}. */
    void jump(ComparisonOp op, BoundExpr left, BoundExpr right, int label, boolean jumpIfNull) {
        int isNull = jumpIfNull ? label : builder.newLabel();
        boolean isStrict = op != ComparisonOp.IS && op != ComparisonOp.IS_NOT;
        boolean rightFirst = isStrict && !ExpressionCode.hasQuery(right) && ExpressionCode.queriesAfter(right, left);
        int rightRegister = rightFirst ? firstOperand(right, isNull) : 0;
        boolean leftFirst = !rightFirst && isStrict && ExpressionCode.queriesAfter(left, right);
        int leftRegister = leftFirst ? firstOperand(left, isNull) : expressions.compileToAny(left);
        if (!rightFirst) {
            rightRegister = expressions.compileToAny(right);
        }
        emit(op, left, right, leftRegister, rightRegister, label, jumpIfNull);
        if (!jumpIfNull) {
            builder.place(isNull);
        }
        context.temporaries().release(leftRegister);
        context.temporaries().release(rightRegister);
    }

    /** The operand without a query: where it is NULL the other one is not computed. */
    private int firstOperand(BoundExpr operand, int isNull) {
        int register = expressions.compileToAny(operand);
        builder.add(Opcode.IsNull, register, isNull);
        return register;
    }

    private void emit(
            ComparisonOp op,
            BoundExpr left,
            BoundExpr right,
            int leftRegister,
            int rightRegister,
            int label,
            boolean jumpIfNull) {
        Affinity affinity = Traits.comparisonAffinity(left, right);
        int flags = affinity.code();
        if (op == ComparisonOp.IS || op == ComparisonOp.IS_NOT) {
            flags |= Flags.NULLS_EQUAL;
        } else if (jumpIfNull) {
            flags |= Flags.JUMP_IF_NULL;
        }
        builder.add(
                opcode(op),
                rightRegister,
                label,
                leftRegister,
                KeyOrders.collation(context.session(), Traits.comparisonCollation(left, right)),
                flags);
    }

    private static Opcode opcode(ComparisonOp op) {
        return switch (op) {
            case EQUAL, IS -> Opcode.Eq;
            case NOT_EQUAL, IS_NOT -> Opcode.Ne;
            case LESS -> Opcode.Lt;
            case LESS_EQUAL -> Opcode.Le;
            case GREATER -> Opcode.Gt;
            case GREATER_EQUAL -> Opcode.Ge;
        };
    }

    /** The comparison that is true exactly where this one is false. */
    static ComparisonOp inverse(ComparisonOp op) {
        return switch (op) {
            case EQUAL -> ComparisonOp.NOT_EQUAL;
            case NOT_EQUAL -> ComparisonOp.EQUAL;
            case LESS -> ComparisonOp.GREATER_EQUAL;
            case LESS_EQUAL -> ComparisonOp.GREATER;
            case GREATER -> ComparisonOp.LESS_EQUAL;
            case GREATER_EQUAL -> ComparisonOp.LESS;
            case IS -> ComparisonOp.IS_NOT;
            case IS_NOT -> ComparisonOp.IS;
        };
    }

    /** Computes the comparison (of single values) as 1, 0 or NULL. */
    void value(Comparison expr, int target) {
        boolean isStrict = expr.op() != ComparisonOp.IS && expr.op() != ComparisonOp.IS_NOT;
        boolean rightFirst = isStrict
                && !ExpressionCode.hasQuery(expr.right())
                && ExpressionCode.queriesAfter(expr.right(), expr.left());
        boolean leftFirst = !rightFirst && isStrict && ExpressionCode.queriesAfter(expr.left(), expr.right());
        int isNull = builder.newLabel();
        int right = rightFirst ? firstOperand(expr.right(), isNull) : 0;
        int left = leftFirst ? firstOperand(expr.left(), isNull) : expressions.compileToAny(expr.left());
        if (!rightFirst) {
            right = expressions.compileToAny(expr.right());
        }
        int result = target == left || target == right ? builder.newRegister() : target;
        builder.add(Opcode.Integer, 1, result);
        emit(expr.op(), expr.left(), expr.right(), left, right, builder.address() + 2, false);
        if (expr.op() == ComparisonOp.IS || expr.op() == ComparisonOp.IS_NOT) {
            builder.add(Opcode.Integer, 0, result);
        } else {
            builder.add(Opcode.ZeroOrNull, left, result, right);
        }
        if (result != target) {
            builder.add(Opcode.SCopy, result, target);
        }
        if (rightFirst || leftFirst) {
            int end = builder.newLabel();
            builder.add(Opcode.Goto, 0, end);
            builder.place(isNull);
            builder.add(Opcode.Null, 0, target);
            builder.place(end);
        } else {
            builder.place(isNull);
        }
        context.temporaries().release(left);
        context.temporaries().release(right);
    }

    static boolean isVector(Comparison expr) {
        return Traits.width(expr.left()) > 1;
    }

    /** The same comparison of row values in terms of their elements. Emits what puts subqueries and shared elements into registers. */
    BoundExpr expand(Comparison expr) {
        List<BoundExpr> left = elements(expr.left());
        List<BoundExpr> right = elements(expr.right());
        return combine(expr.op(), left, right, 0);
    }

    /** The elements as expressions that may be used several times. */
    List<BoundExpr> elements(BoundExpr expr) {
        int count = Traits.width(expr);
        int first = expressions.compileVector(expr);
        List<BoundExpr> result = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            BoundExpr element = expr instanceof BoundExpr.Vector vector
                    ? vector.elements().get(i)
                    : expr instanceof BoundExpr.Subquery subquery ? Traits.lastColumn(subquery.select(), i) : expr;
            result.add(inRegister(element, first + i));
        }
        return result;
    }

    /** A reference to a register that holds the expression's value, with the same affinity and collation. */
    static BoundExpr inRegister(BoundExpr expr, int register) {
        String collation = Traits.collationOrNull(expr);
        BoundExpr reference = new BoundExpr.RegisterRef(register, Traits.affinity(expr), collation);
        return Traits.hasExplicitCollation(expr) && collation != null
                ? new BoundExpr.Collate(reference, collation)
                : reference;
    }

    private static BoundExpr combine(ComparisonOp op, List<BoundExpr> left, List<BoundExpr> right, int at) {
        BoundExpr a = left.get(at);
        BoundExpr b = right.get(at);
        BoundExpr here = new Comparison(op, a, b);
        if (at == left.size() - 1) {
            return here;
        }
        BoundExpr rest = combine(op, left, right, at + 1);
        return switch (op) {
            case EQUAL, IS -> new BoundExpr.And(here, rest);
            case NOT_EQUAL, IS_NOT -> new BoundExpr.Or(here, rest);
            case LESS, LESS_EQUAL -> lexicographic(ComparisonOp.LESS, a, b, rest);
            case GREATER, GREATER_EQUAL -> lexicographic(ComparisonOp.GREATER, a, b, rest);
        };
    }

    private static BoundExpr lexicographic(ComparisonOp strict, BoundExpr a, BoundExpr b, BoundExpr rest) {
        return new BoundExpr.Or(
                new Comparison(strict, a, b), new BoundExpr.And(new Comparison(ComparisonOp.EQUAL, a, b), rest));
    }
}
