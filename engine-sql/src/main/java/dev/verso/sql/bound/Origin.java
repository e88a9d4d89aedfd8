package dev.verso.sql.bound;

import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Table;

/** The table column behind a result column, followed through subqueries and views (sqlite3_column_origin_name and its like). */
public record Origin(Table table, int column) {
    /** Null for an expression. */
    public static Origin of(BoundExpr expr) {
        BoundExpr at = expr;
        while (true) {
            if (at instanceof BoundExpr.ColumnRef reference) {
                Source source = reference.source();
                if (source.table() != null) {
                    return new Origin(source.table(), reference.column());
                }
                at = Traits.firstCore(source.select())
                        .columns()
                        .get(reference.column())
                        .expr();
            } else if (at instanceof BoundExpr.Subquery subquery) {
                at = Traits.firstCore(subquery.select()).columns().get(0).expr();
            } else if (at instanceof BoundExpr.TriggerColumn trigger) {
                return new Origin(trigger.table(), trigger.column());
            } else {
                return null;
            }
        }
    }

    /** Declared type of the column behind the expression, or null. */
    public static String declaredType(BoundExpr expr) {
        Origin origin = of(expr);
        return origin == null ? null : origin.declaredType();
    }

    /** Name of the column in its table; {@code rowid} for a rowid without a column. */
    public String columnName() {
        int position = position();
        return position < 0 ? "rowid" : table.columns().get(position).name();
    }

    public String declaredType() {
        int position = position();
        if (position < 0) {
            return "INTEGER";
        }
        Column declared = table.columns().get(position);
        return declared.declaredType();
    }

    private int position() {
        return column >= 0 ? column : table.rowidColumn();
    }
}
