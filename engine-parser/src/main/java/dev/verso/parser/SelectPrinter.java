package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Window;
import java.util.List;

/** Queries as SQL. */
final class SelectPrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;

    SelectPrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    void print(Select select) {
        with(select.with());
        body(select.body());
        orderByAndLimit(select.orderBy(), select.limit(), select.offset());
    }

    /** WITH and a blank after it, or nothing. */
    void with(Select.With with) {
        if (with != null) {
            text.add(with.recursive() ? "WITH RECURSIVE " : "WITH ");
            text.list(with.tables(), this::commonTable).add(" ");
        }
    }

    private void commonTable(Select.CommonTable table) {
        text.name(table.name()).optionalNames(table.columns()).add(" AS ");
        if (table.materialized() != null) {
            text.add(table.materialized() ? "MATERIALIZED " : "NOT MATERIALIZED ");
        }
        text.add("(");
        print(table.select());
        text.add(")");
    }

    private void body(Select.Body body) {
        if (body instanceof Select.Compound compound) {
            body(compound.left());
            text.add(
                    switch (compound.op()) {
                        case UNION -> " UNION ";
                        case UNION_ALL -> " UNION ALL ";
                        case INTERSECT -> " INTERSECT ";
                        case EXCEPT -> " EXCEPT ";
                    });
            body(compound.right());
        } else if (body instanceof Select.Values values) {
            text.add("VALUES ");
            text.list(values.rows(), row -> {
                text.add("(");
                expressions.list(row);
                text.add(")");
            });
        } else if (body instanceof Select.Core core) {
            core(core);
        } else {
            throw new AssertionError("no text for " + body);
        }
    }

    private void core(Select.Core core) {
        text.add(core.distinct() ? "SELECT DISTINCT " : "SELECT ");
        resultColumns(core.columns());
        from(core.from());
        clause(" WHERE ", core.where());
        if (!core.groupBy().isEmpty()) {
            text.add(" GROUP BY ");
            expressions.list(core.groupBy());
        }
        clause(" HAVING ", core.having());
        if (!core.windows().isEmpty()) {
            text.add(" WINDOW ").list(core.windows(), this::window);
        }
    }

    private void window(Window.Named window) {
        text.name(window.name()).add(" AS ");
        expressions.window(window.definition());
    }

    /** A keyword and an expression, or nothing if there is none. */
    void clause(String keyword, Expr expr) {
        if (expr != null) {
            text.add(keyword);
            expressions.print(expr);
        }
    }

    void orderByAndLimit(List<OrderingTerm> orderBy, Expr limit, Expr offset) {
        if (!orderBy.isEmpty()) {
            text.add(" ORDER BY ");
            expressions.orderingTerms(orderBy);
        }
        clause(" LIMIT ", limit);
        clause(" OFFSET ", offset);
    }

    void resultColumns(List<Select.ResultColumn> columns) {
        text.list(columns, this::resultColumn);
    }

    private void resultColumn(Select.ResultColumn column) {
        if (column instanceof Select.Star) {
            text.add("*");
        } else if (column instanceof Select.TableStar star) {
            text.name(star.table()).add(".*");
        } else if (column instanceof Select.ResultExpr result) {
            expressions.print(result.expr());
            alias(result.alias());
        } else {
            throw new AssertionError("no text for " + column);
        }
    }

    private void alias(Name alias) {
        if (alias != null) {
            text.add(" AS ").name(alias);
        }
    }

    /** FROM and its sources, or nothing. */
    void from(List<Select.FromItem> items) {
        if (!items.isEmpty()) {
            text.add(" FROM ");
            items(items);
        }
    }

    private void items(List<Select.FromItem> items) {
        for (Select.FromItem item : items) {
            if (item.join() != null) {
                join(item.join());
            }
            source(item.source());
            clause(" ON ", item.on());
            if (!item.using().isEmpty()) {
                text.add(" USING (").names(item.using()).add(")");
            }
        }
    }

    private void join(Select.Join join) {
        String natural = join.natural() ? " NATURAL" : "";
        switch (join.kind()) {
            case COMMA -> text.add(", ");
            case INNER -> text.add(natural).add(" JOIN ");
            case CROSS, LEFT, RIGHT, FULL ->
                text.add(natural).add(" ").add(join.kind().name()).add(" JOIN ");
        }
    }

    void source(Select.Source source) {
        if (source instanceof Select.TableSource table) {
            text.qualified(table.schema(), table.table());
            alias(table.alias());
            if (table.indexedBy() != null) {
                text.add(" INDEXED BY ").name(table.indexedBy());
            } else if (table.notIndexed()) {
                text.add(" NOT INDEXED");
            }
        } else if (source instanceof Select.FunctionSource function) {
            text.qualified(function.schema(), function.function()).add("(");
            expressions.list(function.arguments());
            text.add(")");
            alias(function.alias());
        } else if (source instanceof Select.SubquerySource subquery) {
            text.add("(");
            print(subquery.select());
            text.add(")");
            alias(subquery.alias());
        } else if (source instanceof Select.JoinSource join) {
            text.add("(");
            items(join.items());
            text.add(")");
            alias(join.alias());
        } else {
            throw new AssertionError("no text for " + source);
        }
    }
}
