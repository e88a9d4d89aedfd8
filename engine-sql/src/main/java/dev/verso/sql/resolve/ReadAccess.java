package dev.verso.sql.resolve;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.extend.Authorization;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** Asks the authorizer about the columns that a statement reads. */
final class ReadAccess {
    private final Names names;

    ReadAccess(Names names) {
        this.names = names;
    }

    private Authorization authorization() {
        return names.catalog().authorization();
    }

    /** The expression that a name stands for, or NULL where it may not be read. */
    BoundExpr checked(BoundExpr found) {
        if (!authorization().isNeeded()) {
            return found;
        }
        if (found instanceof BoundExpr.ColumnRef column) {
            Table table = tableOf(column.source());
            return table == null || allows(table, nameOf(column.source(), column.column()))
                    ? found
                    : BoundExpr.Literal.NULL;
        }
        if (found instanceof BoundExpr.TriggerColumn column) {
            int shown = column.column() < 0 ? column.table().rowidColumn() : column.column();
            String name =
                    shown < 0 ? "ROWID" : column.table().columns().get(shown).name();
            return allows(column.table(), name) ? found : BoundExpr.Literal.NULL;
        }
        if (found instanceof BoundExpr.Call call) {
            List<BoundExpr> arguments = new ArrayList<>();
            for (BoundExpr argument : call.arguments()) {
                arguments.add(checked(argument));
            }
            return new BoundExpr.Call(call.function(), arguments);
        }
        return found;
    }

    private static Table tableOf(Source source) {
        return source.table() != null ? source.table() : source.view();
    }

    private static String nameOf(Source source, int column) {
        int shown = column < 0 ? source.table().rowidColumn() : column;
        return shown < 0 ? "ROWID" : source.columnName(shown);
    }

    private boolean allows(Table table, String name) {
        String database = table.schema().name();
        boolean several =
                table.schema().database() != 0 || names.catalog().searchOrder().size() > 2;
        String full = (several ? database + "." : "") + table.name() + "." + name;
        return authorization()
                .allows(Action.READ, table.name(), name, database, "access to " + full + " is prohibited");
    }

    /** Tables of which no column is used are read all the same. */
    void checkUnused(BoundSelect select) {
        if (!authorization().isNeeded()) {
            return;
        }
        for (Source source : select.sources()) {
            Table table = tableOf(source);
            if (table != null && source.columnsUsed() == 0) {
                authorization()
                        .allows(Action.READ, table.name(), "", table.schema().name());
            }
        }
    }
}
