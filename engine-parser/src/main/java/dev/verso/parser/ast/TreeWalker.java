package dev.verso.parser.ast;

import java.util.List;

/** Goes through a tree from left to right and tells of expressions and of sources of rows. Subclasses take what they want to know. */
public abstract class TreeWalker {
    protected TreeWalker() {}

    /** An expression; its operands come next. */
    protected void found(Expr expr) {}

    /** A source of rows in FROM, or the target of a statement that writes. */
    protected void found(Select.Source source) {}

    /** {@code x IN table}. */
    protected void found(Expr.InTable in) {}

    /** A statement of a trigger's body, or one that stands alone. Definitions and commands have no parts here. */
    public final void walk(Statement statement) {
        if (statement instanceof Statement.Query query) {
            walk(query.select());
        } else if (statement instanceof Statement.Insert insert) {
            walk(insert);
        } else if (statement instanceof Statement.Update update) {
            walk(update.with());
            walk(update.target());
            assignments(update.assignments());
            from(update.from());
            walk(update.where());
            columns(update.returning());
            terms(update.orderBy());
            walk(update.limit());
            walk(update.offset());
        } else if (statement instanceof Statement.Delete delete) {
            walk(delete.with());
            walk(delete.target());
            walk(delete.where());
            columns(delete.returning());
            terms(delete.orderBy());
            walk(delete.limit());
            walk(delete.offset());
        } else if (statement instanceof Statement.Explain explain) {
            walk(explain.statement());
        }
    }

    private void walk(Statement.Insert insert) {
        walk(insert.with());
        walk(insert.source());
        for (Statement.Upsert upsert : insert.upserts()) {
            terms(upsert.target());
            walk(upsert.targetWhere());
            assignments(upsert.assignments());
            walk(upsert.where());
        }
        columns(insert.returning());
    }

    private void assignments(List<Statement.Assignment> assignments) {
        for (Statement.Assignment assignment : assignments) {
            walk(assignment.value());
        }
    }

    private void walk(Select.With with) {
        if (with != null) {
            for (Select.CommonTable table : with.tables()) {
                walk(table.select());
            }
        }
    }

    /** A query; null for none. */
    public final void walk(Select select) {
        if (select == null) {
            return;
        }
        walk(select.with());
        walk(select.body());
        terms(select.orderBy());
        walk(select.limit());
        walk(select.offset());
    }

    private void walk(Select.Body body) {
        if (body instanceof Select.Compound compound) {
            walk(compound.left());
            walk(compound.right());
        } else if (body instanceof Select.Values values) {
            for (List<Expr> row : values.rows()) {
                all(row);
            }
        } else if (body instanceof Select.Core core) {
            columns(core.columns());
            from(core.from());
            walk(core.where());
            all(core.groupBy());
            walk(core.having());
            for (Window.Named window : core.windows()) {
                walk(window.definition());
            }
        }
    }

    private void columns(List<Select.ResultColumn> columns) {
        for (Select.ResultColumn column : columns) {
            if (column instanceof Select.ResultExpr expr) {
                walk(expr.expr());
            }
        }
    }

    private void from(List<Select.FromItem> items) {
        for (Select.FromItem item : items) {
            walk(item.source());
            walk(item.on());
        }
    }

    private void walk(Select.Source source) {
        found(source);
        if (source instanceof Select.FunctionSource function) {
            all(function.arguments());
        } else if (source instanceof Select.SubquerySource subquery) {
            walk(subquery.select());
        } else if (source instanceof Select.JoinSource join) {
            from(join.items());
        }
    }

    private void terms(List<OrderingTerm> terms) {
        for (OrderingTerm term : terms) {
            walk(term.expr());
        }
    }

    private void walk(Window.Over over) {
        if (over instanceof Window.Definition definition) {
            all(definition.partitionBy());
            terms(definition.orderBy());
            if (definition.frame() != null) {
                walk(definition.frame().start());
                walk(definition.frame().end());
            }
        }
    }

    private void walk(Window.Bound bound) {
        if (bound != null) {
            walk(bound.offset());
        }
    }

    private void all(List<Expr> exprs) {
        for (Expr expr : exprs) {
            walk(expr);
        }
    }

    /** An expression; null for none. */
    public final void walk(Expr expr) {
        if (expr == null) {
            return;
        }
        found(expr);
        if (expr instanceof Expr.Unary unary) {
            walk(unary.operand());
        } else if (expr instanceof Expr.Binary binary) {
            walk(binary.left());
            walk(binary.right());
        } else if (expr instanceof Expr.IsNull isNull) {
            walk(isNull.operand());
        } else if (expr instanceof Expr.Like like) {
            walk(like.text());
            walk(like.pattern());
            walk(like.escape());
        } else if (expr instanceof Expr.Between between) {
            walk(between.operand());
            walk(between.low());
            walk(between.high());
        } else if (expr instanceof Expr.InList in) {
            walk(in.operand());
            all(in.list());
        } else if (expr instanceof Expr.InSelect in) {
            walk(in.operand());
            walk(in.select());
        } else if (expr instanceof Expr.InTable in) {
            walk(in.operand());
            found(in);
            if (in.arguments() != null) {
                all(in.arguments());
            }
        } else if (expr instanceof Expr.Exists exists) {
            walk(exists.select());
        } else if (expr instanceof Expr.ScalarSubquery scalar) {
            walk(scalar.select());
        } else if (expr instanceof Expr.Case choice) {
            walk(choice);
        } else if (expr instanceof Expr.Cast cast) {
            walk(cast.operand());
        } else if (expr instanceof Expr.Collate collate) {
            walk(collate.operand());
        } else if (expr instanceof Expr.FunctionCall call) {
            all(call.arguments());
            terms(call.orderBy());
            walk(call.filter());
            walk(call.over());
        } else if (expr instanceof Expr.RowValue row) {
            all(row.elements());
        } else if (expr instanceof Expr.Raise raise) {
            walk(raise.message());
        }
    }

    private void walk(Expr.Case choice) {
        walk(choice.base());
        for (Expr.Case.When when : choice.whens()) {
            walk(when.condition());
            walk(when.result());
        }
        walk(choice.otherwise());
    }
}
