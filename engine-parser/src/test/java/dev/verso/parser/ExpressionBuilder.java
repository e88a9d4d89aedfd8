package dev.verso.parser;

import dev.verso.grammar.SQLiteParser;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Expr.BinaryOp;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.SortOrder;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.TypeName;
import dev.verso.parser.ast.Window;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/** Parse tree of an expression to AST. */
final class ExpressionBuilder {
    private final TreeReader reader;
    private final SelectBuilder selects;

    ExpressionBuilder(String sql) {
        this.reader = new TreeReader(sql);
        this.selects = new SelectBuilder(reader, this);
    }

    SelectBuilder selects() {
        return selects;
    }

    TreeReader reader() {
        return reader;
    }

    /** An expression of any level; null for null. */
    Expr expr(ParserRuleContext context) {
        if (context == null) {
            return null;
        }
        return switch (context.getRuleIndex()) {
            case SQLiteParser.RULE_expr,
                    SQLiteParser.RULE_andExpr,
                    SQLiteParser.RULE_comparisonExpr,
                    SQLiteParser.RULE_bitExpr,
                    SQLiteParser.RULE_sumExpr,
                    SQLiteParser.RULE_productExpr,
                    SQLiteParser.RULE_concatExpr -> chain(context);
            case SQLiteParser.RULE_notExpr, SQLiteParser.RULE_unaryExpr -> unary(context);
            case SQLiteParser.RULE_testExpr -> tests((SQLiteParser.TestExprContext) context);
            case SQLiteParser.RULE_collateExpr -> collate((SQLiteParser.CollateExprContext) context);
            case SQLiteParser.RULE_primary -> primary((SQLiteParser.PrimaryContext) context);
            default -> throw new IllegalStateException("no expression: " + context.getText());
        };
    }

    List<Expr> exprs(List<? extends ParserRuleContext> contexts) {
        return contexts.stream().map(this::expr).toList();
    }

    private List<Expr> exprs(SQLiteParser.ExprListContext list) {
        return list == null ? List.of() : exprs(list.expr());
    }

    /** Operands with infix operators of one level between them. */
    private Expr chain(ParserRuleContext context) {
        ParserRuleContext first = (ParserRuleContext) context.getChild(0);
        Expr left = expr(first);
        for (int i = 1; i < context.getChildCount(); i += 2) {
            ParserRuleContext operand = (ParserRuleContext) context.getChild(i + 1);
            BinaryOp op = binaryOp(TreeReader.kind(context.getChild(i)));
            left = new Expr.Binary(reader.span(first, operand), op, left, expr(operand));
        }
        return left;
    }

    private static BinaryOp binaryOp(int kind) {
        return switch (kind) {
            case SQLiteParser.OR -> BinaryOp.OR;
            case SQLiteParser.AND -> BinaryOp.AND;
            case SQLiteParser.LESS -> BinaryOp.LESS;
            case SQLiteParser.LESS_EQUAL -> BinaryOp.LESS_EQUAL;
            case SQLiteParser.GREATER -> BinaryOp.GREATER;
            case SQLiteParser.GREATER_EQUAL -> BinaryOp.GREATER_EQUAL;
            case SQLiteParser.BIT_AND -> BinaryOp.BIT_AND;
            case SQLiteParser.BIT_OR -> BinaryOp.BIT_OR;
            case SQLiteParser.SHIFT_LEFT -> BinaryOp.SHIFT_LEFT;
            case SQLiteParser.SHIFT_RIGHT -> BinaryOp.SHIFT_RIGHT;
            case SQLiteParser.PLUS -> BinaryOp.ADD;
            case SQLiteParser.MINUS -> BinaryOp.SUBTRACT;
            case SQLiteParser.STAR -> BinaryOp.MULTIPLY;
            case SQLiteParser.SLASH -> BinaryOp.DIVIDE;
            case SQLiteParser.PERCENT -> BinaryOp.REMAINDER;
            case SQLiteParser.CONCAT -> BinaryOp.CONCAT;
            case SQLiteParser.ARROW -> BinaryOp.ARROW;
            case SQLiteParser.DOUBLE_ARROW -> BinaryOp.DOUBLE_ARROW;
            default -> throw new IllegalStateException("no infix operator: " + kind);
        };
    }

    private Expr unary(ParserRuleContext context) {
        if (context.getChildCount() == 1) {
            return expr((ParserRuleContext) context.getChild(0));
        }
        Expr.UnaryOp op =
                switch (TreeReader.kind(context.getChild(0))) {
                    case SQLiteParser.NOT -> Expr.UnaryOp.NOT;
                    case SQLiteParser.MINUS -> Expr.UnaryOp.NEGATE;
                    case SQLiteParser.PLUS -> Expr.UnaryOp.PLUS;
                    default -> Expr.UnaryOp.BIT_NOT;
                };
        return new Expr.Unary(reader.span(context), op, expr((ParserRuleContext) context.getChild(1)));
    }

    private Expr collate(SQLiteParser.CollateExprContext context) {
        Expr operand = expr(context.unaryExpr());
        for (SQLiteParser.PlainNameContext collation : context.plainName()) {
            operand = new Expr.Collate(reader.span(context, collation), operand, reader.name(collation));
        }
        return operand;
    }

    private Expr tests(SQLiteParser.TestExprContext context) {
        Expr left = expr(context.comparisonExpr());
        for (SQLiteParser.TestContext test : context.test()) {
            List<SQLiteParser.ContinuationContext> continuations = continuations(test);
            ParseTree last = test.getChild(test.getChildCount() - 1 - continuations.size());
            int end = TreeReader.stop(last).getStopIndex() + 1;
            Span span = new Span(context.getStart().getStartIndex(), end);
            left = test(span, left, test);
            for (SQLiteParser.ContinuationContext continuation : continuations) {
                left = continued(reader.span(context, continuation), left, continuation);
            }
        }
        return left;
    }

    private static List<SQLiteParser.ContinuationContext> continuations(SQLiteParser.TestContext test) {
        if (test instanceof SQLiteParser.NullTestContext isNull) {
            return isNull.continuation();
        }
        return test instanceof SQLiteParser.InTestContext in ? in.continuation() : List.of();
    }

    private Expr continued(Span span, Expr left, SQLiteParser.ContinuationContext continuation) {
        if (continuation.COLLATE() != null) {
            return new Expr.Collate(span, left, reader.name(continuation.plainName()));
        }
        BinaryOp op = binaryOp(TreeReader.kind(continuation.getChild(0)));
        return new Expr.Binary(span, op, left, expr((ParserRuleContext) continuation.getChild(1)));
    }

    private Expr test(Span span, Expr left, SQLiteParser.TestContext test) {
        if (test instanceof SQLiteParser.EqualTestContext equal) {
            BinaryOp op = equal.EQUAL() != null ? BinaryOp.EQUAL : BinaryOp.NOT_EQUAL;
            return new Expr.Binary(span, op, left, expr(equal.comparisonExpr()));
        }
        if (test instanceof SQLiteParser.IsTestContext is) {
            boolean negated = (is.NOT() != null) != (is.DISTINCT() != null);
            return new Expr.Binary(span, negated ? BinaryOp.IS_NOT : BinaryOp.IS, left, expr(is.comparisonExpr()));
        }
        if (test instanceof SQLiteParser.NullTestContext isNull) {
            return new Expr.IsNull(span, left, isNull.ISNULL() == null);
        }
        if (test instanceof SQLiteParser.LikeTestContext like) {
            Expr.LikeOp op = like.LIKE() != null
                    ? Expr.LikeOp.LIKE
                    : like.GLOB() != null
                            ? Expr.LikeOp.GLOB
                            : like.REGEXP() != null ? Expr.LikeOp.REGEXP : Expr.LikeOp.MATCH;
            return new Expr.Like(
                    span,
                    op,
                    like.NOT() != null,
                    left,
                    expr(like.comparisonExpr(0)),
                    expr(like.ESCAPE() == null ? null : like.comparisonExpr(1)));
        }
        if (test instanceof SQLiteParser.BetweenTestContext between) {
            return new Expr.Between(
                    span, between.NOT() != null, left, expr(between.notExpr()), expr(between.comparisonExpr()));
        }
        SQLiteParser.InTestContext in = (SQLiteParser.InTestContext) test;
        return in(span, left, in.NOT() != null, in.inOperand());
    }

    private Expr in(Span span, Expr left, boolean negated, SQLiteParser.InOperandContext operand) {
        if (operand.select0() != null) {
            return new Expr.InSelect(span, negated, left, selects.select(operand.select0()));
        }
        if (operand.qualifiedName() != null) {
            List<Expr> arguments = operand.LEFT_PAREN() == null ? null : exprs(operand.exprList());
            return new Expr.InTable(
                    span,
                    negated,
                    left,
                    reader.schema(operand.qualifiedName()),
                    reader.last(operand.qualifiedName()),
                    arguments);
        }
        return new Expr.InList(span, negated, left, exprs(operand.exprList()));
    }

    private Expr primary(SQLiteParser.PrimaryContext context) {
        Span span = reader.span(context);
        if (context instanceof SQLiteParser.LiteralPrimaryContext) {
            return literal(context.getStart());
        }
        if (context instanceof SQLiteParser.ParameterPrimaryContext) {
            return new Expr.Parameter(span, context.getText());
        }
        if (context instanceof SQLiteParser.CastPrimaryContext cast) {
            TypeName type = cast.typeName() != null
                    ? type(cast.typeName())
                    : new TypeName(new Span(span.end() - 1, span.end() - 1), "");
            return new Expr.Cast(span, expr(cast.expr()), type);
        }
        if (context instanceof SQLiteParser.CasePrimaryContext choice) {
            return caseExpression(span, choice);
        }
        if (context instanceof SQLiteParser.ExistsPrimaryContext exists) {
            return new Expr.Exists(span, selects.select(exists.select0()));
        }
        if (context instanceof SQLiteParser.RaisePrimaryContext raise) {
            ConflictAction action = raise.IGNORE() != null
                    ? ConflictAction.IGNORE
                    : raise.ROLLBACK() != null
                            ? ConflictAction.ROLLBACK
                            : raise.ABORT() != null ? ConflictAction.ABORT : ConflictAction.FAIL;
            return new Expr.Raise(span, action, expr(raise.expr()));
        }
        if (context instanceof SQLiteParser.SubqueryPrimaryContext subquery) {
            return new Expr.ScalarSubquery(span, selects.select(subquery.select0()));
        }
        if (context instanceof SQLiteParser.ListPrimaryContext list) {
            List<Expr> elements = exprs(list.exprList());
            return elements.size() == 1 ? elements.get(0) : new Expr.RowValue(span, elements);
        }
        if (context instanceof SQLiteParser.CallPrimaryContext call) {
            return call(span, call.functionCall());
        }
        if (context instanceof SQLiteParser.PathPrimaryContext path) {
            var first = reader.name(path.getStart());
            var second = reader.name(path.name(0));
            return path.name().size() == 1
                    ? new Expr.ColumnName(span, null, first, second)
                    : new Expr.ColumnName(span, first, second, reader.name(path.name(1)));
        }
        return new Expr.ColumnName(span, null, null, reader.name(context));
    }

    Expr literal(Token token) {
        Span span = reader.span(token);
        String text = token.getText();
        return switch (token.getType()) {
            case SQLiteParser.NULL -> new Expr.NullLiteral(span);
            case SQLiteParser.STRING -> new Expr.StringLiteral(span, Tokens.unquote(text, 0, text.length()));
            case SQLiteParser.BLOB -> new Expr.BlobLiteral(span, text.substring(2, text.length() - 1));
            case SQLiteParser.CURRENT_DATE -> new Expr.CurrentTime(span, Expr.CurrentTime.Kind.CURRENT_DATE);
            case SQLiteParser.CURRENT_TIME -> new Expr.CurrentTime(span, Expr.CurrentTime.Kind.CURRENT_TIME);
            case SQLiteParser.CURRENT_TIMESTAMP -> new Expr.CurrentTime(span, Expr.CurrentTime.Kind.CURRENT_TIMESTAMP);
            default -> new Expr.NumericLiteral(span, text);
        };
    }

    private Expr caseExpression(Span span, SQLiteParser.CasePrimaryContext choice) {
        Expr base = null;
        Expr otherwise = null;
        for (int i = 1; i < choice.getChildCount(); i++) {
            ParseTree child = choice.getChild(i);
            if (child instanceof SQLiteParser.ExprContext value) {
                if (i == 1) {
                    base = expr(value);
                } else {
                    otherwise = expr(value);
                }
            }
        }
        List<Expr.Case.When> whens = choice.caseBranch().stream()
                .map(branch -> new Expr.Case.When(expr(branch.expr(0)), expr(branch.expr(1))))
                .toList();
        return new Expr.Case(span, base, whens, otherwise);
    }

    private Expr call(Span span, SQLiteParser.FunctionCallContext call) {
        Window.Over over = null;
        if (call.OVER() != null) {
            over = call.window() != null ? window(call.window()) : new Window.ByName(reader.name(call.name()));
        }
        return new Expr.FunctionCall(
                span,
                reader.name(call.leadingIdentifier()),
                call.DISTINCT() != null,
                call.STAR() != null,
                exprs(call.exprList()),
                orderingTerms(call.orderingTerms()),
                expr(call.expr()),
                over);
    }

    TypeName type(SQLiteParser.TypeNameContext type) {
        Span span = reader.span(type);
        return new TypeName(span, span.of(reader.sql));
    }

    List<OrderingTerm> orderingTerms(SQLiteParser.OrderingTermsContext terms) {
        return terms == null
                ? List.of()
                : terms.orderingTerm().stream().map(this::orderingTerm).toList();
    }

    private OrderingTerm orderingTerm(SQLiteParser.OrderingTermContext term) {
        SortOrder order = term.ASC() != null ? SortOrder.ASC : term.DESC() != null ? SortOrder.DESC : null;
        OrderingTerm.Nulls nulls =
                term.FIRST() != null ? OrderingTerm.Nulls.FIRST : term.LAST() != null ? OrderingTerm.Nulls.LAST : null;
        return new OrderingTerm(expr(term.expr()), order, nulls);
    }

    Window.Definition window(SQLiteParser.WindowContext window) {
        return new Window.Definition(
                reader.span(window),
                reader.name(window.windowBase()),
                exprs(window.expr()),
                orderingTerms(window.orderingTerms()),
                window.frame() == null ? null : frame(window.frame()));
    }

    private Window.Frame frame(SQLiteParser.FrameContext frame) {
        Window.Unit unit = Window.Unit.valueOf(frame.getStart().getText().toUpperCase(Locale.ROOT));
        Window.Exclude exclude = null;
        if (frame.frameExclude() != null) {
            SQLiteParser.FrameExcludeContext context = frame.frameExclude();
            exclude = context.NO() != null
                    ? Window.Exclude.NO_OTHERS
                    : context.CURRENT() != null
                            ? Window.Exclude.CURRENT_ROW
                            : context.GROUP() != null ? Window.Exclude.GROUP : Window.Exclude.TIES;
        }
        SQLiteParser.FrameStartContext start = frame.frameStart();
        Window.Bound first = start.frameBound() == null
                ? new Window.Bound(Window.BoundKind.UNBOUNDED_PRECEDING, null)
                : bound(start.frameBound());
        SQLiteParser.FrameEndContext end = frame.frameEnd();
        Window.Bound last = null;
        if (end != null) {
            last = end.frameBound() == null
                    ? new Window.Bound(Window.BoundKind.UNBOUNDED_FOLLOWING, null)
                    : bound(end.frameBound());
        }
        return new Window.Frame(unit, first, last, exclude);
    }

    private Window.Bound bound(SQLiteParser.FrameBoundContext bound) {
        if (bound.expr() == null) {
            return new Window.Bound(Window.BoundKind.CURRENT_ROW, null);
        }
        Window.BoundKind kind = bound.PRECEDING() != null ? Window.BoundKind.PRECEDING : Window.BoundKind.FOLLOWING;
        return new Window.Bound(kind, expr(bound.expr()));
    }
}
