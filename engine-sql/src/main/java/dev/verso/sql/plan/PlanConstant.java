package dev.verso.sql.plan;

import dev.verso.error.DatabaseException;
import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.RowProgram;
import dev.verso.vm.Session;
import dev.verso.vm.function.ConnectionState;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Value;
import java.util.List;

/** Values of expressions that are known while planning: literals, casts of them and functions of them, and parameters. */
final class PlanConstant {
    private PlanConstant() {}

    /** The value, with the affinity applied; null if it is not known. */
    static Value of(PlanInput input, BoundExpr expr, Affinity affinity) {
        Session session = input.context.session();
        BoundExpr operand = Trees.skipCollateAndLikely(expr);
        Value value;
        try {
            value = operand instanceof BoundExpr.Parameter parameter
                    ? copy(input.context.planParameters().weigh(parameter.number()))
                    : evaluate(session, operand, affinity);
        } catch (DatabaseException e) {
            return null; // the statement will fail in its own time, if it comes to that
        }
        if (value != null) {
            value.applyAffinity(affinity, session.encoding());
        }
        return value;
    }

    private static Value copy(Value known) {
        if (known == null) {
            return null;
        }
        Value value = new Value();
        value.setCopy(known);
        return value;
    }

    private static Value evaluate(Session session, BoundExpr expr, Affinity affinity) {
        if (expr instanceof BoundExpr.Plus plus) {
            return evaluate(session, plus.operand(), affinity);
        }
        if (expr instanceof BoundExpr.Literal literal) {
            Value value = new Value();
            RowProgram.set(value, literal.value());
            return value;
        }
        if (expr instanceof BoundExpr.Negate negate) {
            return negated(evaluate(session, negate.operand(), affinity));
        }
        if (expr instanceof BoundExpr.Cast cast) {
            Value value = evaluate(session, cast.operand(), cast.affinity());
            if (value != null) {
                value.applyAffinity(cast.affinity(), session.encoding());
                value.cast(cast.affinity(), session.encoding());
            }
            return value;
        }
        return expr instanceof BoundExpr.Call call ? call(session, call) : null;
    }

    private static Value negated(Value value) {
        if (value == null || value.isNull()) {
            return value;
        }
        Value number = new Value();
        value.toNumber(number);
        if (number.isReal()) {
            number.setReal(-number.real());
        } else if (number.integer() == Long.MIN_VALUE) {
            number.setReal(-(double) Long.MIN_VALUE);
        } else {
            number.setInteger(-number.integer());
        }
        return number;
    }

    private static Value call(Session session, BoundExpr.Call call) {
        FunctionDefinition function = call.function();
        boolean isConstant = function.is(FunctionDefinition.Flag.DETERMINISTIC)
                || function.is(FunctionDefinition.Flag.SLOW_CHANGING);
        if (!isConstant
                || function.scalar() == null
                || function.is(FunctionDefinition.Flag.NEEDS_COLLATION)
                || function.is(FunctionDefinition.Flag.INLINE)
                || function.is(FunctionDefinition.Flag.SUBTYPE)) {
            return null;
        }
        List<BoundExpr> operands = call.arguments();
        Value[] arguments = new Value[operands.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = evaluate(session, operands.get(i), Affinity.BLOB);
            if (arguments[i] == null) {
                return null;
            }
        }
        Value result = new Value();
        function.scalar().call(new Context(session), arguments, 0, arguments.length, result);
        return result;
    }

    /** What a function sees that is called while planning. */
    private static final class Context implements FunctionContext {
        private final Session session;
        private Object data;

        Context(Session session) {
            this.session = session;
        }

        @Override
        public TextEncoding encoding() {
            return session.encoding();
        }

        @Override
        public Collation collation() {
            return null;
        }

        @Override
        public ConnectionState session() {
            return session;
        }

        @Override
        public long statementTimeMillis() {
            return session.currentTimeMillis();
        }

        @Override
        public Object callSiteData() {
            return data;
        }

        @Override
        public void callSiteData(Object newData) {
            data = newData;
        }
    }
}
