package dev.verso.sql.code;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprVisitor;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.IdentityHashMap;
import java.util.Map;

/** The compiler of expressions. The visit methods compute a value into {@link #target}, or answer the register where it already is. */
public final class ExpressionCode implements ExpressionCompiler, ExprVisitor<Integer> {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final SubqueryCompiler subqueries;
    private final ColumnCode columns;
    private final ComparisonCode comparisons;
    private final ConditionCode conditions;
    private final InCode ins;
    private final FunctionCode functions;
    private Map<BoundExpr.Aggregate, Integer> aggregates = Map.of();
    private int target;

    /** @param subqueries compiles the queries inside expressions */
    public ExpressionCode(CodeContext context, SubqueryCompiler subqueries) {
        this.context = context;
        this.subqueries = subqueries;
        builder = context.builder();
        columns = new ColumnCode(context);
        comparisons = new ComparisonCode(context, this);
        conditions = new ConditionCode(context, this);
        ins = new InCode(context, this);
        functions = new FunctionCode(context, this);
    }

    ComparisonCode comparisons() {
        return comparisons;
    }

    InCode ins() {
        return ins;
    }

    SubqueryCompiler subqueries() {
        return subqueries;
    }

    /** The operand of {@code AggStep} and its like for an aggregate. */
    public dev.verso.vm.FunctionCall functionCall(BoundExpr.Aggregate aggregate) {
        return functions.functionCall(aggregate.function(), aggregate.arguments());
    }

    /** The same for a window function. */
    public dev.verso.vm.FunctionCall functionCall(BoundExpr.WindowCall call) {
        return functions.functionCall(call.function(), call.arguments());
    }

    /** From now on the aggregate's value is in that register. */
    public void aggregateRegister(BoundExpr.Aggregate aggregate, int register) {
        if (aggregates.isEmpty()) {
            aggregates = new IdentityHashMap<>();
        }
        aggregates.put(aggregate, register);
    }

    // ---- the ways in

    @Override
    public void compile(BoundExpr expr, int register) {
        int at = valueInto(expr, register);
        if (at != register) {
            builder.add(Opcode.Copy, at, register, 0);
            context.temporaries().release(at);
        }
    }

    /** Computes the value into the register, or answers the register where it already is. */
    int valueInto(BoundExpr expr, int register) {
        if (context.indexedExpressions().read(expr, register)) {
            return register;
        }
        int before = target;
        target = register;
        int at = expr.accept(this);
        target = before;
        return at;
    }

    @Override
    public int compileToAny(BoundExpr expr) {
        if (expr instanceof BoundExpr.RegisterRef register) {
            return register.register();
        }
        if (context.constants().isOpen() && Traits.isConstant(expr)) {
            if (Constants.isHarmless(expr)) {
                return context.constants().register(expr);
            }
            return onceHere(expr);
        }
        int register = context.temporaries().take();
        int at = valueInto(expr, register);
        if (at != register) {
            context.temporaries().release(register);
        }
        return at;
    }

    /** A constant whose computing may fail, or is long: computed where it is first needed. */
    private int onceHere(BoundExpr expr) {
        int register = builder.newRegister();
        int skip = builder.add(Opcode.Once);
        boolean before = context.constants().suspend(true);
        compile(expr, register);
        context.constants().suspend(before);
        builder.jumpHere(skip);
        return register;
    }

    @Override
    public int compileVector(BoundExpr expr) {
        if (expr instanceof BoundExpr.Vector vector) {
            int first = builder.newRegisters(vector.elements().size());
            for (int i = 0; i < vector.elements().size(); i++) {
                compile(vector.elements().get(i), first + i);
            }
            return first;
        }
        if (expr instanceof BoundExpr.Subquery subquery) {
            return row(subquery.select());
        }
        return compileToAny(expr);
    }

    @Override
    public void jumpIfTrue(BoundExpr expr, int label, boolean jumpIfNull) {
        conditions.jumpIfTrue(expr, label, jumpIfNull);
    }

    @Override
    public void jumpIfFalse(BoundExpr expr, int label, boolean jumpIfNull) {
        conditions.jumpIfFalse(expr, label, jumpIfNull);
    }

    @Override
    public int openInValues(BoundExpr in) {
        return ins.open(in);
    }

    @Override
    public InValues openInLoop(BoundExpr in) {
        return ins.openLoop(in);
    }

    // ---- leaves

    @Override
    public Integer visit(BoundExpr.Literal expr) {
        Object value = expr.value();
        if (value == null) {
            builder.add(Opcode.Null, 0, target);
        } else if (value instanceof Long integer) {
            if (integer == integer.intValue()) {
                builder.add(Opcode.Integer, integer.intValue(), target);
            } else {
                builder.add(Opcode.Int64, 0, target, 0, integer, 0);
            }
        } else if (value instanceof Double real) {
            builder.add(Opcode.Real, 0, target, 0, real, 0);
        } else if (value instanceof String text) {
            builder.add(Opcode.String8, 0, target, 0, text, 0);
        } else {
            byte[] blob = (byte[]) value;
            builder.add(Opcode.Blob, blob.length, target, 0, blob, 0);
        }
        return target;
    }

    @Override
    public Integer visit(BoundExpr.Parameter expr) {
        builder.add(Opcode.Variable, expr.number(), target);
        return target;
    }

    @Override
    public Integer visit(BoundExpr.ColumnRef expr) {
        return columns.read(expr.source(), expr.column(), target);
    }

    @Override
    public Integer visit(BoundExpr.FixedColumn expr) {
        int result = target;
        compile(expr.value(), result);
        if (expr.affinity() != Affinity.NONE && expr.affinity() != Affinity.BLOB) {
            builder.add(
                    Opcode.Affinity,
                    result,
                    1,
                    0,
                    String.valueOf(expr.affinity().code()),
                    0);
        }
        return result;
    }

    @Override
    public Integer visit(BoundExpr.RegisterRef expr) {
        return expr.register();
    }

    @Override
    public Integer visit(BoundExpr.CursorColumn expr) {
        builder.add(Opcode.Column, expr.cursor(), expr.column(), target);
        if (expr.affinity() == Affinity.REAL) {
            builder.add(Opcode.RealAffinity, target);
        }
        return target;
    }

    /** OLD stands first in the parameters of a trigger program (rowid, then the columns), NEW after it likewise. */
    @Override
    public Integer visit(BoundExpr.TriggerColumn expr) {
        Table table = expr.table();
        int parameter = (expr.isNew() ? table.columns().size() + 1 : 0) + 1 + expr.column();
        builder.add(Opcode.Param, parameter, target);
        if (expr.column() >= 0 && table.columns().get(expr.column()).affinity() == Affinity.REAL) {
            builder.add(Opcode.RealAffinity, target);
        }
        return target;
    }

    // ---- operators

    @Override
    public Integer visit(BoundExpr.Negate expr) {
        if (expr.operand() instanceof BoundExpr.Literal literal) {
            if (literal.value() instanceof Long integer && integer != Long.MIN_VALUE) {
                return visit(BoundExpr.Literal.of(-integer));
            }
            if (literal.value() instanceof Double real) {
                return visit(new BoundExpr.Literal(-real));
            }
        }
        int result = target;
        int zero = compileToAny(BoundExpr.Literal.of(0));
        int operand = compileToAny(expr.operand());
        builder.add(Opcode.Subtract, operand, zero, result);
        release(zero, operand);
        return result;
    }

    @Override
    public Integer visit(BoundExpr.Plus expr) {
        return valueInto(expr.operand(), target);
    }

    @Override
    public Integer visit(BoundExpr.BitNot expr) {
        return unary(Opcode.BitNot, expr.operand());
    }

    @Override
    public Integer visit(BoundExpr.Not expr) {
        return unary(Opcode.Not, expr.operand());
    }

    private int unary(Opcode opcode, BoundExpr expr) {
        int result = target;
        int operand = compileToAny(expr);
        builder.add(opcode, operand, result);
        context.temporaries().release(operand);
        return result;
    }

    @Override
    public Integer visit(BoundExpr.Arithmetic expr) {
        return binary(
                switch (expr.op()) {
                    case ADD -> Opcode.Add;
                    case SUBTRACT -> Opcode.Subtract;
                    case MULTIPLY -> Opcode.Multiply;
                    case DIVIDE -> Opcode.Divide;
                    case REMAINDER -> Opcode.Remainder;
                    case BIT_AND -> Opcode.BitAnd;
                    case BIT_OR -> Opcode.BitOr;
                    case SHIFT_LEFT -> Opcode.ShiftLeft;
                    case SHIFT_RIGHT -> Opcode.ShiftRight;
                    case CONCAT -> Opcode.Concat;
                },
                expr.left(),
                expr.right());
    }

    private int binary(Opcode opcode, BoundExpr left, BoundExpr right) {
        int result = target;
        boolean isStrict = opcode != Opcode.And && opcode != Opcode.Or;
        boolean rightFirst = isStrict && !hasQuery(right) && queriesAfter(right, left);
        if (isStrict && (rightFirst || queriesAfter(left, right))) {
            return binaryUnlessNull(opcode, left, right, rightFirst);
        }
        int leftRegister = compileToAny(left);
        int rightRegister = compileToAny(right);
        builder.add(opcode, rightRegister, leftRegister, result);
        release(leftRegister, rightRegister);
        return result;
    }

    /** The operand with a query is not computed if the other one is NULL. */
    private int binaryUnlessNull(Opcode opcode, BoundExpr left, BoundExpr right, boolean rightFirst) {
        int result = target;
        int isNull = builder.newLabel();
        int end = builder.newLabel();
        int first = compileToAny(rightFirst ? right : left);
        builder.add(Opcode.IsNull, first, isNull);
        int second = compileToAny(rightFirst ? left : right);
        builder.add(opcode, rightFirst ? first : second, rightFirst ? second : first, result);
        release(first, second);
        builder.add(Opcode.Goto, 0, end);
        builder.place(isNull);
        builder.add(Opcode.Null, 0, result);
        builder.place(end);
        return result;
    }

    /** True if the second operand has a query that need not run where the first is NULL. */
    static boolean queriesAfter(BoundExpr first, BoundExpr second) {
        return hasQuery(second) && Traits.mayBeNull(first);
    }

    static boolean hasQuery(BoundExpr expr) {
        return Trees.any(expr, part -> Trees.subselect(part) != null);
    }

    private void release(int first, int second) {
        context.temporaries().release(first);
        context.temporaries().release(second);
    }

    @Override
    public Integer visit(BoundExpr.Comparison expr) {
        if (ComparisonCode.isVector(expr)) {
            int result = target;
            return valueInto(comparisons.expand(expr), result);
        }
        comparisons.value(expr, target);
        return target;
    }

    @Override
    public Integer visit(BoundExpr.And expr) {
        return binary(Opcode.And, expr.left(), expr.right());
    }

    @Override
    public Integer visit(BoundExpr.Or expr) {
        return binary(Opcode.Or, expr.left(), expr.right());
    }

    @Override
    public Integer visit(BoundExpr.IsNull expr) {
        int result = target;
        int operand = compileToAny(expr.operand());
        int value = operand == result ? builder.newRegister() : result;
        builder.add(Opcode.Integer, 1, value);
        int address = builder.add(expr.negated() ? Opcode.NotNull : Opcode.IsNull, operand, 0);
        builder.add(Opcode.Integer, 0, value);
        builder.jumpHere(address);
        context.temporaries().release(operand);
        return value;
    }

    @Override
    public Integer visit(BoundExpr.IsTruth expr) {
        int result = target;
        int operand = compileToAny(expr.operand());
        int invert = expr.truth() == expr.negated() ? 1 : 0;
        builder.add(Opcode.IsTrue, operand, result, expr.truth() ? 0 : 1, invert, 0);
        context.temporaries().release(operand);
        return result;
    }

    @Override
    public Integer visit(BoundExpr.Between expr) {
        int result = target;
        return valueInto(conditions.expandBetween(expr), result);
    }

    @Override
    public Integer visit(BoundExpr.InList expr) {
        ins.value(expr, target);
        return target;
    }

    @Override
    public Integer visit(BoundExpr.InSelect expr) {
        ins.value(expr, target);
        return target;
    }

    // ---- queries

    @Override
    public Integer visit(BoundExpr.Exists expr) {
        BoundSelect select = expr.select();
        int register = builder.newRegister();
        int skip = select.isCorrelated() ? -1 : builder.add(Opcode.Once);
        int plan = context.planLog().push(subqueryLine(select));
        subqueries.compileExists(select, register);
        context.planLog().pop(plan);
        if (skip >= 0) {
            builder.jumpHere(skip);
        }
        return register;
    }

    @Override
    public Integer visit(BoundExpr.Subquery expr) {
        return row(expr.select());
    }

    private int row(BoundSelect select) {
        int count = select.columns().size();
        int first = builder.newRegisters(count);
        int skip = select.isCorrelated() ? -1 : builder.add(Opcode.Once);
        int plan = context.planLog().push(subqueryLine(select));
        subqueries.compileRow(select, first, count);
        context.planLog().pop(plan);
        if (skip >= 0) {
            builder.jumpHere(skip);
        }
        return first;
    }

    private static String subqueryLine(BoundSelect select) {
        return (select.isCorrelated() ? "CORRELATED " : "") + "SCALAR SUBQUERY " + select.id();
    }

    @Override
    public Integer visit(BoundExpr.Vector expr) {
        throw new DatabaseException(ResultCode.ERROR, "row value misused");
    }

    // ---- the rest

    @Override
    public Integer visit(BoundExpr.Case expr) {
        int result = target;
        int end = builder.newLabel();
        BoundExpr base = null;
        if (expr.base() != null) {
            int baseRegister = compileToAny(expr.base());
            context.temporaries().keep(baseRegister);
            base = ComparisonCode.inRegister(expr.base(), baseRegister);
        }
        for (BoundExpr.When when : expr.whens()) {
            int next = builder.newLabel();
            BoundExpr condition = base == null
                    ? when.condition()
                    : new BoundExpr.Comparison(ComparisonOp.EQUAL, base, when.condition());
            jumpIfFalse(condition, next, true);
            compile(when.result(), result);
            builder.add(Opcode.Goto, 0, end);
            builder.place(next);
        }
        if (expr.otherwise() != null) {
            compile(expr.otherwise(), result);
        } else {
            builder.add(Opcode.Null, 0, result);
        }
        builder.place(end);
        return result;
    }

    @Override
    public Integer visit(BoundExpr.Cast expr) {
        int result = target;
        compile(expr.operand(), result);
        builder.add(Opcode.Cast, result, expr.affinity().code());
        return result;
    }

    @Override
    public Integer visit(BoundExpr.Collate expr) {
        return valueInto(expr.operand(), target);
    }

    @Override
    public Integer visit(BoundExpr.Call expr) {
        return functions.call(expr, target);
    }

    @Override
    public Integer visit(BoundExpr.Aggregate expr) {
        Integer register = aggregates.get(expr);
        if (register == null) {
            for (Map.Entry<BoundExpr.Aggregate, Integer> known : aggregates.entrySet()) {
                if (known.getKey().owner() == expr.owner() && Traits.same(known.getKey(), expr)) {
                    return known.getValue();
                }
            }
            throw new DatabaseException(
                    ResultCode.ERROR, "misuse of aggregate: " + expr.function().name() + "()");
        }
        return register;
    }

    /** The query's code puts registers in their place; one that is left stands where none may. */
    @Override
    public Integer visit(BoundExpr.WindowCall expr) {
        throw new DatabaseException(
                ResultCode.ERROR, "misuse of window function " + expr.function().name() + "()");
    }

    /** RAISE of a trigger: an error with a message, or IGNORE, which ends the trigger's program quietly. */
    @Override
    public Integer visit(BoundExpr.Raise expr) {
        int result = target;
        if (expr.message() == null) {
            builder.add(Opcode.Halt, 0, Flags.ON_CONFLICT_IGNORE);
            return result;
        }
        int conflict =
                switch (expr.action()) {
                    case ROLLBACK -> Flags.ON_CONFLICT_ROLLBACK;
                    case ABORT -> Flags.ON_CONFLICT_ABORT;
                    case FAIL -> Flags.ON_CONFLICT_FAIL;
                    case IGNORE -> Flags.ON_CONFLICT_IGNORE;
                    case REPLACE -> Flags.ON_CONFLICT_REPLACE;
                };
        if (expr.action() == dev.verso.parser.ast.ConflictAction.ABORT) {
            builder.mayAbort();
        }
        int code = ResultCode.CONSTRAINT_TRIGGER.value();
        if (expr.message() instanceof BoundExpr.Literal literal && literal.value() instanceof String text) {
            builder.add(Opcode.Halt, code, conflict, 0, text, 0);
        } else {
            int message = compileToAny(expr.message());
            builder.add(Opcode.Halt, code, conflict, message, null, 0);
        }
        return result;
    }
}
