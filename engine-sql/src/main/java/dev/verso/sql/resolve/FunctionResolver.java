package dev.verso.sql.resolve;

import dev.verso.error.DatabaseException;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.function.PureFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Calls of scalar and aggregate functions; finds the query that an aggregate belongs to. */
final class FunctionResolver {
    private final Names names;
    private final WindowResolver windows;

    FunctionResolver(Names names) {
        this.names = names;
        windows = new WindowResolver(names);
    }

    /** A call of a function that the language itself needs. */
    BoundExpr builtIn(String name, List<BoundExpr> arguments) {
        return new BoundExpr.Call(find(name, name, arguments.size()), arguments);
    }

    /** CURRENT_TIME and the like. */
    BoundExpr now(String name, Scope scope) {
        FunctionDefinition function = find(name, name, 0);
        checkDeterministic(function, scope);
        return new BoundExpr.Call(inPlace(function, scope), List.of());
    }

    private static void checkDeterministic(FunctionDefinition function, Scope scope) {
        if (scope.isDefining() && scope.use() != ScopeUse.CHECK && !function.is(Flag.DETERMINISTIC)) {
            throw SqlError.of(
                    "non-deterministic functions prohibited in " + scope.use().text());
        }
    }

    /** The function as it may be used there. */
    private static FunctionDefinition inPlace(FunctionDefinition function, Scope scope) {
        boolean mustBePure = scope.use() != ScopeUse.STATEMENT && function.is(Flag.SLOW_CHANGING);
        return mustBePure ? PureFunction.of(function, scope.use().place()) : function;
    }

    private FunctionDefinition find(String name, String written, int argumentCount) {
        FunctionDefinition function = names.functions().find(name, argumentCount);
        if (function == null) {
            throw SqlError.of(
                    names.functions().hasName(name)
                            ? "wrong number of arguments to function " + written + "()"
                            : "no such function: " + written);
        }
        return function;
    }

    BoundExpr like(Expr.Like like, Scope scope) {
        String name = AsciiCase.lower(like.op().name());
        List<BoundExpr> arguments = new ArrayList<>();
        arguments.add(names.expressions().scalar(like.pattern(), scope));
        arguments.add(names.expressions().scalar(like.text(), scope));
        if (like.escape() != null) {
            arguments.add(names.expressions().scalar(like.escape(), scope));
        }
        FunctionDefinition function = find(name, writtenOperator(like, name), arguments.size());
        checkDeterministic(function, scope);
        BoundExpr call = new BoundExpr.Call(function, arguments);
        return like.negated() ? new BoundExpr.Not(call) : call;
    }

    /** The operator in the letters of the statement. */
    private String writtenOperator(Expr.Like like, String name) {
        String text = names.text(like.span());
        int at = text == null ? -1 : AsciiCase.lower(text).indexOf(name);
        return at < 0 ? name : text.substring(at, at + name.length());
    }

    /** A mistake in a call, unless there is one in its arguments: SQLite goes on with them, and tells the last. */
    private DatabaseException mistake(String message, Expr.FunctionCall call, Scope scope) {
        for (Expr argument : call.arguments()) {
            names.expressions().scalar(argument, scope);
        }
        return SqlError.of(message);
    }

    BoundExpr call(Expr.FunctionCall call, Scope scope) {
        String written = call.name().text();
        int argumentCount = call.star() ? 0 : call.arguments().size();
        FunctionDefinition function = names.functions().find(written, argumentCount);
        boolean isAggregate = function != null && function.isAggregate();
        QueryScope query = scope.query();
        if (call.over() != null) {
            checkWindow(function, call, query);
        } else if (isAggregate && function.is(Flag.WINDOW_ONLY)) {
            throw mistake("misuse of window function " + written + "()", call, scope);
        } else if (isAggregate && (query == null || !query.mayWriteAggregate())) {
            throw mistake("misuse of aggregate function " + written + "()", call, scope);
        }
        if (function == null || call.star() && !isAggregate) {
            boolean known = names.functions().hasName(written);
            throw mistake(
                    known ? "wrong number of arguments to function " + written + "()" : "no such function: " + written,
                    call,
                    scope);
        }
        if (scope.use() == ScopeUse.STATEMENT
                && !names.catalog()
                        .authorization()
                        .allows(
                                Action.FUNCTION,
                                null,
                                function.name(),
                                null,
                                "not authorized to use function: " + written)) {
            return BoundExpr.Literal.NULL;
        }
        if (!isAggregate) {
            return scalarCall(function, call, scope);
        }
        checkTrust(function, written, scope);
        return call.over() != null ? windows.call(function, call, scope) : aggregate(function, call, scope);
    }

    private static void checkWindow(FunctionDefinition function, Expr.FunctionCall call, QueryScope query) {
        String written = call.name().text();
        if (call.distinct()) {
            throw SqlError.of("DISTINCT is not supported for window functions");
        }
        if (!call.orderBy().isEmpty()) {
            throw SqlError.of("ORDER BY may not be used with non-aggregate " + written + "()");
        }
        if (function != null && !WindowResolver.mayBeWindow(function)) {
            throw SqlError.of(written + "() may not be used as a window function");
        }
        if (function != null && (query == null || !query.mayWriteWindow())) {
            throw SqlError.of("misuse of window function " + written + "()");
        }
    }

    private BoundExpr scalarCall(FunctionDefinition function, Expr.FunctionCall call, Scope scope) {
        String written = call.name().text();
        if (call.filter() != null) {
            throw SqlError.of("FILTER may not be used with non-aggregate " + written + "()");
        }
        if (!call.orderBy().isEmpty()) {
            throw SqlError.of("ORDER BY may not be used with non-aggregate " + written + "()");
        }
        checkDeterministic(function, scope);
        checkTrust(function, written, scope);
        List<BoundExpr> arguments = names.expressions().scalars(call.arguments(), scope);
        if (function.name().equals("likelihood")) {
            checkLikelihood(arguments.get(1));
        }
        return new BoundExpr.Call(inPlace(function, scope), arguments);
    }

    /** What a schema may not call: it could have been written by somebody else than who runs the statement. */
    private void checkTrust(FunctionDefinition function, String written, Scope scope) {
        boolean isHarmless = function.is(Flag.INNOCUOUS) || names.catalog().trustsSchema();
        boolean isOfSchema = names.isFromSchema() || scope.isOfSchema();
        if (isOfSchema && (function.is(Flag.DIRECT_ONLY) || !isHarmless)) {
            throw SqlError.of("unsafe use of " + written + "()");
        }
    }

    private static void checkLikelihood(BoundExpr probability) {
        Object value = probability instanceof BoundExpr.Literal literal ? literal.value() : null;
        if (!(value instanceof Double number) || number < 0 || number > 1) {
            throw SqlError.of("second argument to likelihood() must be a constant between 0.0 and 1.0");
        }
    }

    private BoundExpr aggregate(FunctionDefinition function, Expr.FunctionCall call, Scope scope) {
        QueryScope query = scope.query();
        query.enterAggregate();
        List<BoundExpr> arguments;
        List<BoundOrder> order = new ArrayList<>();
        BoundExpr filter;
        try {
            arguments = names.expressions().scalars(call.arguments(), scope);
            for (OrderingTerm term : call.orderBy()) {
                order.add(OrderResolver.order(term, names.expressions().scalar(term.expr(), scope), -1));
            }
            filter = call.filter() == null ? null : names.expressions().scalar(call.filter(), scope);
        } finally {
            query.leaveAggregate();
        }
        if (call.distinct() && arguments.size() != 1) {
            throw SqlError.of("DISTINCT aggregates must have exactly one argument");
        }
        Scope owner = owner(scope, arguments, order, filter);
        if (!owner.query().mayComputeAggregate()) {
            throw SqlError.of("misuse of aggregate: " + call.name().text() + "()");
        }
        BoundSelect select = owner.select();
        BoundExpr.Aggregate aggregate =
                new BoundExpr.Aggregate(function, arguments, call.distinct(), order, filter, select);
        for (BoundExpr.Aggregate known : select.aggregates()) {
            if (sameAggregate(known, aggregate)) {
                return known;
            }
        }
        select.aggregates().add(aggregate);
        return aggregate;
    }

    private static boolean sameAggregate(BoundExpr.Aggregate left, BoundExpr.Aggregate right) {
        return left.function() == right.function()
                && left.distinct() == right.distinct()
                && left.orderBy().equals(right.orderBy())
                && left.arguments().size() == right.arguments().size()
                && Traits.same(left, right)
                && Traits.isDeterministic(left);
    }

    /** The innermost query whose sources the aggregate uses; the one at hand if it uses none. */
    private static Scope owner(Scope scope, List<BoundExpr> arguments, List<BoundOrder> order, BoundExpr filter) {
        Set<Source> used = new LinkedHashSet<>();
        for (BoundExpr argument : arguments) {
            Trees.collectSources(argument, used);
        }
        for (BoundOrder term : order) {
            Trees.collectSources(term.expr(), used);
        }
        Trees.collectSources(filter, used);
        if (used.isEmpty()) {
            return scope;
        }
        for (Scope at = scope; at != null; at = at.outer()) {
            if (at.query() != null && !Collections.disjoint(at.sources(), used)) {
                return at;
            }
        }
        return scope;
    }
}
