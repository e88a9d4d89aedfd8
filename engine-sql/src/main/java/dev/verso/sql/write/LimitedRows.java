package dev.verso.sql.write;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Span;
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
        List<Expr> key = new ArrayList<>();
        if (table.isWithoutRowid()) {
            Index index = table.primaryKey();
            for (int i = 0; i < index.keyColumns(); i++) {
                key.add(column(
                        table.columns().get(index.parts().get(i).column()).name()));
            }
        } else {
            key.add(column("rowid"));
        }
        List<Select.ResultColumn> columns = new ArrayList<>();
        for (Expr part : key) {
            columns.add(new Select.ResultExpr(Span.NONE, part, null));
        }
        Select.Core core = new Select.Core(
                Span.NONE,
                false,
                columns,
                List.of(new Select.FromItem(null, target, null, List.of())),
                where,
                List.of(),
                null,
                List.of());
        Select chosen = new Select(Span.NONE, null, core, orderBy, limit, offset);
        Expr operand = key.size() == 1 ? key.get(0) : new Expr.RowValue(Span.NONE, key);
        return new Expr.InSelect(Span.NONE, false, operand, chosen);
    }

    private static Expr column(String name) {
        return new Expr.ColumnName(Span.NONE, null, null, Name.of(name));
    }
}
