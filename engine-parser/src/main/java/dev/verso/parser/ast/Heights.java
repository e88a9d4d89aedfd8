package dev.verso.parser.ast;

import java.util.List;

/** Heights of expression trees as SQLite counts them: a subquery is as high as its highest expression, those of its FROM left out. */
public final class Heights {
    private Heights() {}

    /** 1 for a literal; 0 for null. */
    public static int of(Expr expr) {
        if (expr == null) {
            return 0;
        }
        return 1 + inside(expr);
    }

    private static int inside(Expr expr) {
        if (expr instanceof Expr.ColumnName column) {
            return column.schema() != null ? 2 : column.table() != null ? 1 : 0;
        } else if (expr instanceof Expr.Unary unary) {
            return of(unary.operand());
        } else if (expr instanceof Expr.Binary binary) {
            return Math.max(of(binary.left()), of(binary.right()));
        } else if (expr instanceof Expr.IsNull isNull) {
            return of(isNull.operand());
        } else if (expr instanceof Expr.Like like) {
            int operands = Math.max(of(like.text()), Math.max(of(like.pattern()), of(like.escape())));
            return operands + (like.negated() ? 1 : 0);
        } else if (expr instanceof Expr.Between between) {
            int bounds = Math.max(of(between.low()), of(between.high()));
            return Math.max(of(between.operand()), bounds) + (between.negated() ? 1 : 0);
        } else if (expr instanceof Expr.InList in) {
            return Math.max(of(in.operand()), of(in.list())) + (in.negated() ? 1 : 0);
        } else if (expr instanceof Expr.InSelect in) {
            return Math.max(of(in.operand()), of(in.select())) + (in.negated() ? 1 : 0);
        } else if (expr instanceof Expr.InTable in) {
            return of(in.operand()) + (in.negated() ? 1 : 0);
        } else if (expr instanceof Expr.Exists exists) {
            return of(exists.select());
        } else if (expr instanceof Expr.ScalarSubquery scalar) {
            return of(scalar.select());
        } else if (expr instanceof Expr.Case choice) {
            int highest = Math.max(of(choice.base()), of(choice.otherwise()));
            for (Expr.Case.When when : choice.whens()) {
                highest = Math.max(highest, Math.max(of(when.condition()), of(when.result())));
            }
            return highest;
        } else if (expr instanceof Expr.Cast cast) {
            return of(cast.operand());
        } else if (expr instanceof Expr.Collate collate) {
            return of(collate.operand());
        } else if (expr instanceof Expr.FunctionCall call) {
            return of(call.arguments());
        } else if (expr instanceof Expr.RowValue row) {
            return of(row.elements());
        }
        return 0;
    }

    private static int of(List<Expr> exprs) {
        int highest = 0;
        for (Expr expr : exprs) {
            highest = Math.max(highest, of(expr));
        }
        return highest;
    }

    private static int of(Select select) {
        int highest = Math.max(of(select.body()), Math.max(of(select.limit()), of(select.offset())));
        for (OrderingTerm term : select.orderBy()) {
            highest = Math.max(highest, of(term.expr()));
        }
        return highest;
    }

    private static int of(Select.Body body) {
        int highest = 0;
        Select.Body at = body;
        while (at instanceof Select.Compound compound) {
            highest = Math.max(highest, of(compound.right()));
            at = compound.left();
        }
        if (at instanceof Select.Values values) {
            for (List<Expr> row : values.rows()) {
                highest = Math.max(highest, of(row));
            }
        } else if (at instanceof Select.Core core) {
            for (Select.ResultColumn column : core.columns()) {
                if (column instanceof Select.ResultExpr result) {
                    highest = Math.max(highest, of(result.expr()));
                }
            }
            highest = Math.max(highest, Math.max(of(core.where()), of(core.having())));
            highest = Math.max(highest, of(core.groupBy()));
        }
        return highest;
    }
}
