package dev.verso.parser;

import dev.verso.grammar.SQLiteParser;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;

/** Parse tree of a query to AST. */
final class SelectBuilder {
    private final TreeReader reader;
    private final ExpressionBuilder expressions;

    SelectBuilder(TreeReader reader, ExpressionBuilder expressions) {
        this.reader = reader;
        this.expressions = expressions;
    }

    Select select(SQLiteParser.Select0Context context) {
        return select(context, context.withClause(), context.select());
    }

    Select select(ParserRuleContext whole, SQLiteParser.WithClauseContext with, SQLiteParser.SelectContext context) {
        List<SQLiteParser.SelectCoreContext> cores = context.selectCore();
        Select.Body body = core(cores.get(0));
        for (int i = 1; i < cores.size(); i++) {
            SQLiteParser.CompoundOperatorContext op = context.compoundOperator(i - 1);
            Select.CompoundOp kind = op.UNION() == null
                    ? op.EXCEPT() != null ? Select.CompoundOp.EXCEPT : Select.CompoundOp.INTERSECT
                    : op.ALL() != null ? Select.CompoundOp.UNION_ALL : Select.CompoundOp.UNION;
            Span span = new Span(context.getStart().getStartIndex(), endWithoutTail(cores.get(i)));
            body = new Select.Compound(span, body, kind, core(cores.get(i)));
        }
        SQLiteParser.SelectCoreContext last = cores.get(cores.size() - 1);
        SQLiteParser.LimitClauseContext limit = last.limitClause();
        return new Select(
                reader.span(whole), with(with), body, orderBy(last.orderByClause()), limit(limit), offset(limit));
    }

    /** ORDER BY and LIMIT are no part of the core. */
    private static int endWithoutTail(SQLiteParser.SelectCoreContext core) {
        int last = core.getChildCount() - 1;
        while (core.getChild(last) instanceof SQLiteParser.OrderByClauseContext
                || core.getChild(last) instanceof SQLiteParser.LimitClauseContext) {
            last--;
        }
        return TreeReader.stop(core.getChild(last)).getStopIndex() + 1;
    }

    List<OrderingTerm> orderBy(SQLiteParser.OrderByClauseContext orderBy) {
        return orderBy == null ? List.of() : expressions.orderingTerms(orderBy.orderingTerms());
    }

    Expr limit(SQLiteParser.LimitClauseContext limit) {
        return limit == null ? null : expressions.expr(limit.expr(limit.COMMA() != null ? 1 : 0));
    }

    Expr offset(SQLiteParser.LimitClauseContext limit) {
        if (limit == null || limit.expr().size() == 1) {
            return null;
        }
        return expressions.expr(limit.expr(limit.COMMA() != null ? 0 : 1));
    }

    Select.With with(SQLiteParser.WithClauseContext with) {
        if (with == null) {
            return null;
        }
        return new Select.With(
                with.RECURSIVE() != null,
                with.commonTable().stream().map(this::commonTable).toList());
    }

    private Select.CommonTable commonTable(SQLiteParser.CommonTableContext table) {
        Boolean materialized = table.MATERIALIZED() == null ? null : Boolean.valueOf(table.NOT() == null);
        return new Select.CommonTable(
                reader.span(table),
                reader.name(table.commonTableName()),
                reader.names(table.indexedNames()),
                materialized,
                select(table.select0()));
    }

    private Select.Body core(SQLiteParser.SelectCoreContext core) {
        if (core.VALUES() != null) {
            return new Select.Values(
                    reader.span(core),
                    core.valuesRow().stream()
                            .map(row -> expressions.exprs(row.expr()))
                            .toList());
        }
        Expr having = null;
        List<Expr> groupBy = new ArrayList<>();
        boolean afterHaving = false;
        for (ParseTree child : core.children) {
            if (TreeReader.kind(child) == SQLiteParser.HAVING) {
                afterHaving = true;
            } else if (child instanceof SQLiteParser.ExprContext expr) {
                if (afterHaving) {
                    having = expressions.expr(expr);
                } else {
                    groupBy.add(expressions.expr(expr));
                }
            }
        }
        return new Select.Core(
                new Span(core.getStart().getStartIndex(), endWithoutTail(core)),
                core.DISTINCT() != null,
                resultColumns(core.resultColumns()),
                from(core.fromClause()),
                where(core.whereClause()),
                List.copyOf(groupBy),
                having,
                core.namedWindow().stream()
                        .map(named -> new Window.Named(reader.name(named.name()), expressions.window(named.window())))
                        .toList());
    }

    Expr where(SQLiteParser.WhereClauseContext where) {
        return where == null ? null : expressions.expr(where.expr());
    }

    List<Select.ResultColumn> resultColumns(SQLiteParser.ResultColumnsContext columns) {
        return columns.resultColumn().stream().map(this::resultColumn).toList();
    }

    private Select.ResultColumn resultColumn(SQLiteParser.ResultColumnContext column) {
        if (column.expr() != null) {
            return new Select.ResultExpr(
                    reader.span(column.expr()),
                    expressions.expr(column.expr()),
                    column.resultAlias() == null
                            ? null
                            : reader.name(column.resultAlias().getStop()));
        }
        return column.DOT() == null
                ? new Select.Star(reader.span(column))
                : new Select.TableStar(reader.span(column), reader.name(column.getStart()));
    }

    List<Select.FromItem> from(SQLiteParser.FromClauseContext from) {
        return from == null ? List.of() : items(from.joinChain());
    }

    private List<Select.FromItem> items(SQLiteParser.JoinChainContext chain) {
        List<Select.FromItem> items = new ArrayList<>();
        for (int i = 0; i < chain.joinItem().size(); i++) {
            SQLiteParser.JoinItemContext item = chain.joinItem(i);
            items.add(new Select.FromItem(
                    i == 0 ? null : join(chain.joinOperator(i - 1)),
                    source(item.source()),
                    expressions.expr(item.expr()),
                    reader.names(item.nameList())));
        }
        return List.copyOf(items);
    }

    private Select.Join join(SQLiteParser.JoinOperatorContext join) {
        if (join.COMMA() != null) {
            return new Select.Join(JoinKind.COMMA, false);
        }
        String words = join.getText().toUpperCase(Locale.ROOT);
        boolean full = words.contains("FULL") || (words.contains("LEFT") && words.contains("RIGHT"));
        JoinKind kind = full
                ? JoinKind.FULL
                : words.contains("LEFT")
                        ? JoinKind.LEFT
                        : words.contains("RIGHT")
                                ? JoinKind.RIGHT
                                : words.contains("CROSS") ? JoinKind.CROSS : JoinKind.INNER;
        return new Select.Join(kind, words.contains("NATURAL"));
    }

    private Select.Source source(SQLiteParser.SourceContext source) {
        Span span = reader.span(source);
        if (source instanceof SQLiteParser.TableSourceContext table) {
            return table(span, table.qualifiedName(), reader.alias(table.alias()), table.indexedBy());
        }
        if (source instanceof SQLiteParser.FunctionSourceContext function) {
            return new Select.FunctionSource(
                    span,
                    reader.schema(function.qualifiedName()),
                    reader.last(function.qualifiedName()),
                    function.exprList() == null
                            ? List.of()
                            : expressions.exprs(function.exprList().expr()),
                    reader.alias(function.alias()));
        }
        if (source instanceof SQLiteParser.SubquerySourceContext subquery) {
            return new Select.SubquerySource(span, select(subquery.select0()), reader.alias(subquery.alias()));
        }
        SQLiteParser.JoinSourceContext join = (SQLiteParser.JoinSourceContext) source;
        return new Select.JoinSource(span, items(join.joinChain()), reader.alias(join.alias()));
    }

    Select.TableSource table(
            Span span, SQLiteParser.QualifiedNameContext name, Name alias, SQLiteParser.IndexedByContext indexed) {
        return new Select.TableSource(
                span,
                reader.schema(name),
                reader.last(name),
                alias,
                indexed == null ? null : reader.name(indexed.name()),
                indexed != null && indexed.NOT() != null);
    }
}
