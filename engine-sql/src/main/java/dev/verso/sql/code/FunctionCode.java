package dev.verso.sql.code;

import dev.verso.record.Collation;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Traits;
import dev.verso.vm.FunctionCall;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vtab.FunctionOverload;
import java.util.List;

/** Calls of scalar functions, and the functions that are nothing but code. */
final class FunctionCode {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final ExpressionCode expressions;

    FunctionCode(CodeContext context, ExpressionCode expressions) {
        this.context = context;
        this.expressions = expressions;
        builder = context.builder();
    }

    /** Computes the call; the answer is {@code target} or the register where the value is. */
    int call(BoundExpr.Call call, int target) {
        List<BoundExpr> arguments = call.arguments();
        if (call.function().is(Flag.INLINE)) {
            return inline(call, target);
        }
        int count = arguments.size();
        boolean keep = context.constants().isOpen() && isAnyFixed(arguments);
        int first = count == 0
                ? 0
                : keep ? builder.newRegisters(count) : context.temporaries().takeRange(count);
        for (int i = 0; i < count; i++) {
            BoundExpr argument = arguments.get(i);
            if (keep && isFixed(argument)) {
                context.constants().into(argument, first + i);
            } else {
                context.indexedExpressions().argument(call.function(), argument);
                expressions.compile(argument, first + i);
            }
        }
        FunctionDefinition function = overloaded(call.function(), arguments);
        builder.add(Opcode.Function, 0, first, target, functionCall(function, arguments), 0);
        if (!keep && count > 0) {
            context.temporaries().releaseRange(first, count);
        }
        return target;
    }

    private static boolean isAnyFixed(List<BoundExpr> arguments) {
        for (BoundExpr argument : arguments) {
            if (isFixed(argument)) {
                return true;
            }
        }
        return false;
    }

    /** The function as a virtual table has it whose column is the first operand (the one before the operator for LIKE and its like). */
    private static FunctionDefinition overloaded(FunctionDefinition function, List<BoundExpr> arguments) {
        boolean infix =
                switch (function.name()) {
                    case "like", "glob", "match", "regexp" -> arguments.size() >= 2;
                    default -> false;
                };
        int operand = infix ? 1 : 0;
        if (operand >= arguments.size()
                || !(arguments.get(operand) instanceof BoundExpr.ColumnRef column)
                || column.source().table() == null
                || !column.source().table().isVirtual()) {
            return function;
        }
        FunctionOverload overload =
                column.source().table().connected().table().findFunction(function.name(), arguments.size());
        return overload == null
                ? function
                : new FunctionDefinition(
                        function.name(), function.argumentCount(), function.flags(), overload.function(), null);
    }

    private static boolean isFixed(BoundExpr argument) {
        return Traits.isConstant(argument) && Constants.isHarmless(argument);
    }

    /** The call with the collation that its first argument with one gives, if the function asks for it. */
    FunctionCall functionCall(FunctionDefinition function, List<BoundExpr> arguments) {
        return new FunctionCall(function, arguments.size(), collation(function, arguments));
    }

    private Collation collation(FunctionDefinition function, List<BoundExpr> arguments) {
        if (!function.is(Flag.NEEDS_COLLATION)) {
            return null;
        }
        for (BoundExpr argument : arguments) {
            String name = Traits.collationOrNull(argument);
            if (name != null) {
                KeyOrders.collation(context.session(), name);
                return context.session().collation(name);
            }
        }
        return context.session().collation(Traits.BINARY);
    }

    private int inline(BoundExpr.Call call, int target) {
        List<BoundExpr> arguments = call.arguments();
        switch (call.function().name()) {
            case "coalesce", "ifnull" -> coalesce(arguments, target);
            case "iif", "if" -> choose(arguments, target);
            case "likely", "unlikely", "likelihood" -> {
                return expressions.valueInto(arguments.get(0), target);
            }
            default ->
                throw new AssertionError(
                        "no code for function " + call.function().name());
        }
        return target;
    }

    private void coalesce(List<BoundExpr> arguments, int target) {
        int end = builder.newLabel();
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                builder.add(Opcode.NotNull, target, end);
            }
            expressions.compile(arguments.get(i), target);
        }
        builder.place(end);
    }

    private void choose(List<BoundExpr> arguments, int target) {
        int end = builder.newLabel();
        int at = 0;
        while (at + 1 < arguments.size()) {
            int next = builder.newLabel();
            expressions.jumpIfFalse(arguments.get(at), next, true);
            expressions.compile(arguments.get(at + 1), target);
            builder.add(Opcode.Goto, 0, end);
            builder.place(next);
            at += 2;
        }
        if (at < arguments.size()) {
            expressions.compile(arguments.get(at), target);
        } else {
            builder.add(Opcode.Null, 0, target);
        }
        builder.place(end);
    }
}
