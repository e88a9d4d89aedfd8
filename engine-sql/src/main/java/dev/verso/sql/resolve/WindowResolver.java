package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Window;
import dev.verso.parser.ast.Window.BoundKind;
import dev.verso.parser.ast.Window.Unit;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundWindow;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import java.util.ArrayList;
import java.util.List;

/** Calls with OVER: finds named windows, joins windows with the ones they extend, and gives each built-in function the frame that is its own. */
final class WindowResolver {
    private final Names names;

    WindowResolver(Names names) {
        this.names = names;
    }

    /** True if the function can stand before OVER. */
    static boolean mayBeWindow(FunctionDefinition function) {
        return function.isAggregate()
                && (function.is(Flag.INVERTIBLE) || function.is(Flag.MIN_MAX) || function.is(Flag.WINDOW_ONLY));
    }

    /** Joins each window of a WINDOW clause with the one before it that it names. */
    static List<Window.Named> definitions(List<Window.Named> written) {
        List<Window.Named> known = new ArrayList<>();
        for (Window.Named window : written) {
            Window.Definition definition = window.definition();
            // SQLite looks for no base while there is nothing to look among.
            known.add(known.isEmpty() ? window : new Window.Named(window.name(), extended(definition, known)));
        }
        return known;
    }

    private static Window.Definition find(Name name, List<Window.Named> known) {
        for (int i = known.size() - 1; i >= 0; i--) {
            if (AsciiCase.same(known.get(i).name().written(), name.written())) {
                return known.get(i).definition();
            }
        }
        throw SqlError.of("no such window: " + name.written());
    }

    private static Window.Definition extended(Window.Definition definition, List<Window.Named> known) {
        if (definition.base() == null) {
            return definition;
        }
        Window.Definition base = find(definition.base(), known);
        String overridden = null;
        if (!definition.partitionBy().isEmpty()) {
            overridden = "PARTITION clause";
        } else if (!base.orderBy().isEmpty() && !definition.orderBy().isEmpty()) {
            overridden = "ORDER BY clause";
        } else if (base.frame() != null) {
            overridden = "frame specification";
        }
        if (overridden != null) {
            throw SqlError.of("cannot override " + overridden + " of window: "
                    + definition.base().written());
        }
        List<OrderingTerm> order = base.orderBy().isEmpty() ? definition.orderBy() : base.orderBy();
        return new Window.Definition(definition.span(), null, base.partitionBy(), order, definition.frame());
    }

    BoundExpr call(FunctionDefinition function, Expr.FunctionCall call, Scope scope) {
        QueryScope query = scope.query();
        query.enterWindow();
        try {
            List<BoundExpr> arguments = names.expressions().scalars(call.arguments(), scope);
            Window.Definition definition = call.over() instanceof Window.ByName named
                    ? find(named.name(), query.windows())
                    : extended((Window.Definition) call.over(), query.windows());
            checkFrame(definition, function, call);
            List<BoundExpr> partition = names.expressions().scalars(definition.partitionBy(), scope);
            List<BoundOrder> order = new ArrayList<>();
            for (OrderingTerm term : definition.orderBy()) {
                order.add(OrderResolver.order(term, names.expressions().scalar(term.expr(), scope), -1));
            }
            BoundExpr filter =
                    call.filter() == null ? null : names.expressions().scalar(call.filter(), scope);
            BoundWindow window = withOwnFrame(function, frame(definition.frame(), partition, order));
            BoundExpr.WindowCall bound = new BoundExpr.WindowCall(function, arguments, filter, window, query.select());
            query.select().windowCalls().add(bound);
            return bound;
        } finally {
            query.leaveWindow();
        }
    }

    private static void checkFrame(Window.Definition definition, FunctionDefinition function, Expr.FunctionCall call) {
        Window.Frame frame = definition.frame();
        if (frame != null
                && frame.unit() == Unit.RANGE
                && definition.orderBy().size() != 1
                && (frame.start().offset() != null
                        || frame.end() != null && frame.end().offset() != null)) {
            throw SqlError.of("RANGE with offset PRECEDING/FOLLOWING requires one ORDER BY expression");
        }
        if (function.is(Flag.WINDOW_ONLY) && call.filter() != null) {
            throw SqlError.of("FILTER clause may only be used with aggregate window functions");
        }
    }

    private BoundWindow frame(Window.Frame frame, List<BoundExpr> partition, List<BoundOrder> order) {
        if (frame == null) {
            return new BoundWindow(
                    partition,
                    order,
                    Unit.RANGE,
                    BoundKind.UNBOUNDED_PRECEDING,
                    null,
                    BoundKind.CURRENT_ROW,
                    null,
                    null);
        }
        Window.Bound end = frame.end() == null ? new Window.Bound(BoundKind.CURRENT_ROW, null) : frame.end();
        return new BoundWindow(
                partition,
                order,
                frame.unit(),
                frame.start().kind(),
                offset(frame.start().offset()),
                end.kind(),
                offset(end.offset()),
                frame.exclude());
    }

    /** An offset that is no constant counts as NULL, which fails when the window is computed. */
    private BoundExpr offset(Expr offset) {
        if (offset == null) {
            return null;
        }
        return isConstant(offset) ? names.expressions().scalar(offset, Scope.none()) : BoundExpr.Literal.NULL;
    }

    private static boolean isConstant(Expr expr) {
        if (expr instanceof Expr.NullLiteral
                || expr instanceof Expr.NumericLiteral
                || expr instanceof Expr.StringLiteral
                || expr instanceof Expr.BlobLiteral
                || expr instanceof Expr.Parameter) {
            return true;
        }
        if (expr instanceof Expr.ColumnName name) {
            String text = name.column().text();
            return name.table() == null
                    && name.column().quoting() == Name.Quoting.NONE
                    && (AsciiCase.same(text, "true") || AsciiCase.same(text, "false"));
        }
        if (expr instanceof Expr.Unary unary) {
            return isConstant(unary.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return isConstant(binary.left()) && isConstant(binary.right());
        }
        if (expr instanceof Expr.Cast cast) {
            return isConstant(cast.operand());
        }
        if (expr instanceof Expr.Collate collate) {
            return isConstant(collate.operand());
        }
        if (expr instanceof Expr.IsNull isNull) {
            return isConstant(isNull.operand());
        }
        if (expr instanceof Expr.Between between) {
            return isConstant(between.operand()) && isConstant(between.low()) && isConstant(between.high());
        }
        if (expr instanceof Expr.Case choice) {
            return (choice.base() == null || isConstant(choice.base()))
                    && (choice.otherwise() == null || isConstant(choice.otherwise()))
                    && choice.whens().stream()
                            .allMatch(when -> isConstant(when.condition()) && isConstant(when.result()));
        }
        return false;
    }

    /** The frames in which the ranking functions, lead() and lag() are computed, whatever was written. */
    private static BoundWindow withOwnFrame(FunctionDefinition function, BoundWindow window) {
        if (!function.is(Flag.WINDOW_ONLY)) {
            return window;
        }
        BoundKind first = BoundKind.UNBOUNDED_PRECEDING;
        BoundKind here = BoundKind.CURRENT_ROW;
        BoundKind last = BoundKind.UNBOUNDED_FOLLOWING;
        return switch (function.name()) {
            case "row_number", "lag" -> window.with(Unit.ROWS, first, null, here);
            case "rank", "dense_rank" -> window.with(Unit.RANGE, first, null, here);
            case "percent_rank" -> window.with(Unit.GROUPS, here, null, last);
            case "cume_dist" -> window.with(Unit.GROUPS, BoundKind.FOLLOWING, BoundExpr.Literal.of(1), last);
            case "ntile" -> window.with(Unit.ROWS, here, null, last);
            case "lead" -> window.with(Unit.ROWS, first, null, last);
            default -> window;
        };
    }
}
