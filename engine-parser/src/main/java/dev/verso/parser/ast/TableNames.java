package dev.verso.parser.ast;

import java.util.ArrayList;
import java.util.List;

/** Finds all tables that a query names, those in subqueries and inside expressions included. */
public final class TableNames {
    private final List<Name> schemas = new ArrayList<>();

    private TableNames() {}

    /** Names of schemas that qualify a table somewhere in the query, in the order of the text. */
    public static List<Name> schemas(Select select) {
        TableNames names = new TableNames();
        names.select(select);
        return names.schemas;
    }

    private void select(Select select) {
        if (select == null) {
            return;
        }
        if (select.with() != null) {
            select.with().tables().forEach(table -> select(table.select()));
        }
        body(select.body());
        order(select.orderBy());
        expr(select.limit());
        expr(select.offset());
    }

    private void body(Select.Body body) {
        if (body instanceof Select.Compound compound) {
            body(compound.left());
            body(compound.right());
        } else if (body instanceof Select.Values values) {
            values.rows().forEach(this::all);
        } else if (body instanceof Select.Core core) {
            core.from().forEach(this::item);
            for (Select.ResultColumn column : core.columns()) {
                if (column instanceof Select.ResultExpr result) {
                    expr(result.expr());
                }
            }
            expr(core.where());
            all(core.groupBy());
            expr(core.having());
            core.windows().forEach(window -> window(window.definition()));
        }
    }

    private void item(Select.FromItem item) {
        Select.Source source = item.source();
        if (source instanceof Select.TableSource table) {
            schema(table.schema());
        } else if (source instanceof Select.FunctionSource function) {
            schema(function.schema());
            all(function.arguments());
        } else if (source instanceof Select.SubquerySource query) {
            select(query.select());
        } else if (source instanceof Select.JoinSource join) {
            join.items().forEach(this::item);
        }
        expr(item.on());
    }

    private void schema(Name name) {
        if (name != null) {
            schemas.add(name);
        }
    }

    private void order(List<OrderingTerm> terms) {
        terms.forEach(term -> expr(term.expr()));
    }

    private void all(List<Expr> exprs) {
        exprs.forEach(this::expr);
    }

    private void window(Window.Over over) {
        if (over instanceof Window.Definition definition) {
            all(definition.partitionBy());
            order(definition.orderBy());
        }
    }

    private void expr(Expr expr) {
        if (expr instanceof Expr.Unary unary) {
            expr(unary.operand());
        } else if (expr instanceof Expr.Binary binary) {
            expr(binary.left());
            expr(binary.right());
        } else if (expr instanceof Expr.IsNull isNull) {
            expr(isNull.operand());
        } else if (expr instanceof Expr.Like like) {
            expr(like.text());
            expr(like.pattern());
            expr(like.escape());
        } else if (expr instanceof Expr.Between between) {
            expr(between.operand());
            expr(between.low());
            expr(between.high());
        } else if (expr instanceof Expr.InList in) {
            expr(in.operand());
            all(in.list());
        } else if (expr instanceof Expr.InSelect in) {
            expr(in.operand());
            select(in.select());
        } else if (expr instanceof Expr.InTable in) {
            expr(in.operand());
            schema(in.schema());
            all(in.arguments() == null ? List.of() : in.arguments());
        } else if (expr instanceof Expr.Exists exists) {
            select(exists.select());
        } else if (expr instanceof Expr.ScalarSubquery scalar) {
            select(scalar.select());
        } else if (expr instanceof Expr.Case choice) {
            expr(choice.base());
            for (Expr.Case.When when : choice.whens()) {
                expr(when.condition());
                expr(when.result());
            }
            expr(choice.otherwise());
        } else if (expr instanceof Expr.Cast cast) {
            expr(cast.operand());
        } else if (expr instanceof Expr.Collate collate) {
            expr(collate.operand());
        } else if (expr instanceof Expr.FunctionCall call) {
            all(call.arguments());
            order(call.orderBy());
            expr(call.filter());
            window(call.over());
        } else if (expr instanceof Expr.RowValue row) {
            all(row.elements());
        } else if (expr instanceof Expr.Raise raise) {
            expr(raise.message());
        }
    }
}
