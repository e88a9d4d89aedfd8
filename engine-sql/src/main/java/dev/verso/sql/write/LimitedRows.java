package dev.verso.sql.write;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Statement.Update;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * UPDATE and DELETE with ORDER BY and LIMIT (sqlite.org/lang_delete.html §3): the condition becomes {@code rowid IN (SELECT rowid FROM … ORDER BY …
 * LIMIT …)}, with the primary key in place of the rowid for WITHOUT ROWID tables.
 */
final class LimitedRows {
    private LimitedRows() {}

    /** The condition that stands for WHERE, ORDER BY and LIMIT together. @param what {@code UPDATE} or {@code DELETE}, for messages */
    static Expr condition(
            Table table,
            Select.TableSource target,
            Expr where,
            List<OrderingTerm> orderBy,
            Expr limit,
            Expr offset,
            String what) {
        if (limit == null) {
            if (!orderBy.isEmpty()) {
                throw WriteContext.error("ORDER BY without LIMIT on " + what);
            }
            return where;
        }
        List<Select.FromItem> from = List.of(new Select.FromItem(null, target, null, List.of()));
        return chosen(key(table, null), from, where, List.of(), orderBy, limit, offset);
    }

    /** The condition that stands for ORDER BY and LIMIT of an UPDATE with FROM: of each row of the target the join counts once. */
    static Expr condition(Table table, Update statement) {
        Name name = statement.target().alias() != null
                ? statement.target().alias()
                : statement.target().table();
        List<Select.FromItem> from = joined(statement.target(), statement.from());
        List<Expr> key = key(table, name);
        return chosen(key, from, statement.where(), key, statement.orderBy(), statement.limit(), statement.offset());
    }

    /** The FROM clause of a query over the target of an UPDATE and what it is joined with. */
    static List<Select.FromItem> joined(Select.TableSource target, List<Select.FromItem> others) {
        List<Select.FromItem> from = new ArrayList<>();
        from.add(new Select.FromItem(null, target, null, List.of()));
        Select.Join comma = new Select.Join(Select.JoinKind.COMMA, false);
        if (others.size() == 1) {
            Select.FromItem only = others.get(0);
            from.add(new Select.FromItem(comma, only.source(), only.on(), only.using()));
        } else {
            Select.Source whole = new Select.JoinSource(Span.NONE, others, null);
            from.add(new Select.FromItem(comma, whole, null, List.of()));
        }
        return from;
    }

    private static List<Expr> key(Table table, Name qualifier) {
        List<Expr> key = new ArrayList<>();
        if (table.isWithoutRowid()) {
            Index index = table.primaryKey();
            for (int i = 0; i < index.keyColumns(); i++) {
                key.add(column(
                        qualifier,
                        table.columns().get(index.parts().get(i).column()).name()));
            }
        } else {
            key.add(column(qualifier, "rowid"));
        }
        return key;
    }

    private static Expr chosen(
            List<Expr> key,
            List<Select.FromItem> from,
            Expr where,
            List<Expr> groupBy,
            List<OrderingTerm> orderBy,
            Expr limit,
            Expr offset) {
        List<Select.ResultColumn> columns = new ArrayList<>();
        for (Expr part : key) {
            columns.add(new Select.ResultExpr(Span.NONE, part, null));
        }
        Select.Core core = new Select.Core(Span.NONE, false, columns, from, where, groupBy, null, List.of());
        Select chosen = new Select(Span.NONE, null, core, orderBy, limit, offset);
        Expr operand = key.size() == 1 ? key.get(0) : new Expr.RowValue(Span.NONE, key);
        return new Expr.InSelect(Span.NONE, false, operand, chosen);
    }

    static Expr column(Name qualifier, String name) {
        return new Expr.ColumnName(Span.NONE, null, qualifier, Name.of(name));
    }
}
