package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Expr.BinaryOp;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Window;
import java.util.List;

/** Expressions and windows as SQL. */
final class ExpressionPrinter {
    private final SqlText text;
    private final SelectPrinter selects;

    ExpressionPrinter(SqlText text) {
        this.text = text;
        this.selects = new SelectPrinter(text, this);
    }

    SelectPrinter selects() {
        return selects;
    }

    void print(Expr expr) {
        print(expr, ExpressionParser.OR);
    }

    /** In parentheses if its outermost operator is weaker than {@code precedence}. */
    private void print(Expr expr, int precedence) {
        boolean needsParentheses = precedence(expr) < precedence;
        if (needsParentheses) {
            text.add("(");
        }
        bare(expr);
        if (needsParentheses) {
            text.add(")");
        }
    }

    private static int precedence(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            return precedence(binary.op());
        }
        if (expr instanceof Expr.Unary unary) {
            return unary.op() == Expr.UnaryOp.NOT ? ExpressionParser.NOT : ExpressionParser.UNARY;
        }
        if (expr instanceof Expr.Collate) {
            return ExpressionParser.COLLATE;
        }
        boolean isTest = expr instanceof Expr.IsNull
                || expr instanceof Expr.Like
                || expr instanceof Expr.Between
                || expr instanceof Expr.InList
                || expr instanceof Expr.InSelect
                || expr instanceof Expr.InTable;
        return isTest ? ExpressionParser.EQUALITY : Integer.MAX_VALUE;
    }

    private static int precedence(BinaryOp op) {
        return switch (op) {
            case OR -> ExpressionParser.OR;
            case AND -> ExpressionParser.AND;
            case EQUAL, NOT_EQUAL, IS, IS_NOT -> ExpressionParser.EQUALITY;
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> ExpressionParser.COMPARISON;
            case BIT_AND, BIT_OR, SHIFT_LEFT, SHIFT_RIGHT -> ExpressionParser.BITS;
            case ADD, SUBTRACT -> ExpressionParser.ADDITION;
            case MULTIPLY, DIVIDE, REMAINDER -> ExpressionParser.MULTIPLICATION;
            case CONCAT, ARROW, DOUBLE_ARROW -> ExpressionParser.CONCATENATION;
        };
    }

    private static String sign(BinaryOp op) {
        return switch (op) {
            case OR -> " OR ";
            case AND -> " AND ";
            case EQUAL -> " = ";
            case NOT_EQUAL -> " <> ";
            case IS -> " IS ";
            case IS_NOT -> " IS NOT ";
            case LESS -> " < ";
            case LESS_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_EQUAL -> " >= ";
            case BIT_AND -> " & ";
            case BIT_OR -> " | ";
            case SHIFT_LEFT -> " << ";
            case SHIFT_RIGHT -> " >> ";
            case ADD -> " + ";
            case SUBTRACT -> " - ";
            case MULTIPLY -> " * ";
            case DIVIDE -> " / ";
            case REMAINDER -> " % ";
            case CONCAT -> " || ";
            case ARROW -> " -> ";
            case DOUBLE_ARROW -> " ->> ";
        };
    }

    // Trees may be a thousand levels deep, so what calls itself has few variables.
    private void bare(Expr expr) {
        if (leaf(expr)) {
            return;
        }
        if (expr instanceof Expr.Binary binary) {
            int precedence = precedence(binary.op());
            print(binary.left(), precedence);
            text.add(sign(binary.op()));
            print(binary.right(), precedence + 1);
        } else if (expr instanceof Expr.Unary unary) {
            unary(unary);
        } else if (expr instanceof Expr.FunctionCall call) {
            call(call);
        } else if (expr instanceof Expr.Case choice) {
            caseExpression(choice);
        } else if (expr instanceof Expr.Cast || expr instanceof Expr.Collate || expr instanceof Expr.Raise) {
            single(expr);
        } else if (expr instanceof Expr.RowValue row) {
            text.add("(");
            list(row.elements());
            text.add(")");
        } else if (expr instanceof Expr.ScalarSubquery subquery) {
            text.add("(");
            selects.print(subquery.select());
            text.add(")");
        } else if (expr instanceof Expr.Exists exists) {
            text.add("EXISTS (");
            selects.print(exists.select());
            text.add(")");
        } else {
            test(expr);
        }
    }

    /** Prints an expression without any inside, or returns false. */
    private boolean leaf(Expr expr) {
        if (expr instanceof Expr.NullLiteral) {
            text.add("NULL");
        } else if (expr instanceof Expr.NumericLiteral number) {
            text.add(number.text());
        } else if (expr instanceof Expr.StringLiteral string) {
            text.string(string.value());
        } else if (expr instanceof Expr.BlobLiteral blob) {
            text.add("x'").add(blob.hex()).add("'");
        } else if (expr instanceof Expr.CurrentTime time) {
            text.add(time.kind().name());
        } else if (expr instanceof Expr.Parameter parameter) {
            text.add(parameter.text());
        } else if (expr instanceof Expr.ColumnName column) {
            if (column.schema() != null) {
                text.name(column.schema()).add(".");
            }
            text.qualified(column.table(), column.column());
        } else {
            return false;
        }
        return true;
    }

    private void single(Expr expr) {
        if (expr instanceof Expr.Collate collate) {
            print(collate.operand(), ExpressionParser.COLLATE);
            text.add(" COLLATE ").name(collate.collation());
        } else if (expr instanceof Expr.Cast cast) {
            text.add("CAST(");
            print(cast.operand());
            text.add(" AS");
            if (!cast.type().text().isEmpty()) {
                text.add(" ").add(cast.type().text());
            }
            text.add(")");
        } else {
            Expr.Raise raise = (Expr.Raise) expr;
            text.add("RAISE(").add(raise.action().name());
            if (raise.message() != null) {
                text.add(", ");
                print(raise.message());
            }
            text.add(")");
        }
    }

    private void unary(Expr.Unary unary) {
        switch (unary.op()) {
            case NOT -> {
                text.add("NOT ");
                print(unary.operand(), ExpressionParser.NOT);
            }
            case NEGATE -> {
                // Two of them side by side would begin a comment.
                text.add(text.last() == '-' ? " -" : "-");
                print(unary.operand(), ExpressionParser.UNARY);
            }
            case PLUS -> {
                text.add("+");
                print(unary.operand(), ExpressionParser.UNARY);
            }
            case BIT_NOT -> {
                text.add("~");
                print(unary.operand(), ExpressionParser.UNARY);
            }
        }
    }

    private void test(Expr expr) {
        if (expr instanceof Expr.IsNull test) {
            print(test.operand(), ExpressionParser.EQUALITY);
            text.add(test.negated() ? " NOTNULL" : " ISNULL");
        } else if (expr instanceof Expr.Like like) {
            operand(like.text(), like.negated());
            text.add(like.op().name()).add(" ");
            print(like.pattern(), ExpressionParser.COMPARISON);
            if (like.escape() != null) {
                text.add(" ESCAPE ");
                print(like.escape(), ExpressionParser.COMPARISON);
            }
        } else if (expr instanceof Expr.Between between) {
            operand(between.operand(), between.negated());
            text.add("BETWEEN ");
            print(between.low(), ExpressionParser.COMPARISON);
            text.add(" AND ");
            print(between.high(), ExpressionParser.COMPARISON);
        } else if (expr instanceof Expr.InList in) {
            operand(in.operand(), in.negated());
            text.add("IN (");
            list(in.list());
            text.add(")");
        } else if (expr instanceof Expr.InSelect in) {
            operand(in.operand(), in.negated());
            text.add("IN (");
            selects.print(in.select());
            text.add(")");
        } else if (expr instanceof Expr.InTable in) {
            operand(in.operand(), in.negated());
            text.add("IN ").qualified(in.schema(), in.table());
            if (in.arguments() != null) {
                text.add("(");
                list(in.arguments());
                text.add(")");
            }
        } else {
            throw new AssertionError("no text for " + expr);
        }
    }

    private void operand(Expr operand, boolean negated) {
        print(operand, ExpressionParser.EQUALITY);
        text.add(negated ? " NOT " : " ");
    }

    private void caseExpression(Expr.Case choice) {
        text.add("CASE");
        if (choice.base() != null) {
            text.add(" ");
            print(choice.base());
        }
        for (Expr.Case.When when : choice.whens()) {
            text.add(" WHEN ");
            print(when.condition());
            text.add(" THEN ");
            print(when.result());
        }
        if (choice.otherwise() != null) {
            text.add(" ELSE ");
            print(choice.otherwise());
        }
        text.add(" END");
    }

    private void call(Expr.FunctionCall call) {
        text.functionName(call.name()).add("(");
        if (call.star()) {
            text.add("*");
        } else {
            if (call.distinct()) {
                text.add(call.arguments().isEmpty() ? "DISTINCT" : "DISTINCT ");
            }
            list(call.arguments());
            if (!call.orderBy().isEmpty()) {
                text.add(text.last() == '(' ? "ORDER BY " : " ORDER BY ");
                orderingTerms(call.orderBy());
            }
        }
        text.add(")");
        if (call.filter() != null) {
            text.add(" FILTER (WHERE ");
            print(call.filter());
            text.add(")");
        }
        if (call.over() instanceof Window.ByName byName) {
            text.add(" OVER ").name(byName.name());
        } else if (call.over() instanceof Window.Definition definition) {
            text.add(" OVER ");
            window(definition);
        }
    }

    void window(Window.Definition definition) {
        text.add("(");
        if (definition.base() != null) {
            text.name(definition.base());
        }
        if (!definition.partitionBy().isEmpty()) {
            text.add(text.last() == '(' ? "PARTITION BY " : " PARTITION BY ");
            list(definition.partitionBy());
        }
        if (!definition.orderBy().isEmpty()) {
            text.add(text.last() == '(' ? "ORDER BY " : " ORDER BY ");
            orderingTerms(definition.orderBy());
        }
        if (definition.frame() != null) {
            text.add(text.last() == '(' ? "" : " ");
            frame(definition.frame());
        }
        text.add(")");
    }

    private void frame(Window.Frame frame) {
        text.add(frame.unit().name()).add(" ");
        if (frame.end() == null) {
            bound(frame.start());
        } else {
            text.add("BETWEEN ");
            bound(frame.start());
            text.add(" AND ");
            bound(frame.end());
        }
        if (frame.exclude() != null) {
            text.add(" EXCLUDE ").add(frame.exclude().name().replace('_', ' '));
        }
    }

    private void bound(Window.Bound bound) {
        if (bound.offset() != null) {
            // An AND in the lower bound would look like the one of BETWEEN.
            print(bound.offset(), ExpressionParser.COMPARISON);
            text.add(" ");
        }
        text.add(bound.kind().name().replace('_', ' '));
    }

    void list(List<Expr> list) {
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                text.add(", ");
            }
            print(list.get(i), ExpressionParser.OR);
        }
    }

    void orderingTerms(List<OrderingTerm> terms) {
        text.list(terms, this::orderingTerm);
    }

    private void orderingTerm(OrderingTerm term) {
        print(term.expr());
        if (term.order() != null) {
            text.add(" ").add(term.order().name());
        }
        if (term.nulls() != null) {
            text.add(" NULLS ").add(term.nulls().name());
        }
    }
}
