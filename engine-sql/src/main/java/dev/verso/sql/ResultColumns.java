package dev.verso.sql;

import dev.verso.sql.CompiledStatement.ResultColumn;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** Finds the table column behind each result column, through subqueries and views. */
final class ResultColumns {
    private ResultColumns() {}

    static List<ResultColumn> of(List<BoundColumn> columns) {
        List<ResultColumn> result = new ArrayList<>(columns.size());
        for (BoundColumn column : columns) {
            result.add(describe(column.name(), column.expr()));
        }
        return result;
    }

    private static ResultColumn describe(String name, BoundExpr expr) {
        BoundExpr at = expr;
        while (at instanceof BoundExpr.ColumnRef ref) {
            Source source = ref.source();
            if (source.isQuery()) {
                if (ref.column() < 0) {
                    break;
                }
                at = leftmost(source.select()).columns().get(ref.column()).expr();
                continue;
            }
            return describe(name, source.table(), ref.column());
        }
        return ResultColumn.named(name);
    }

    private static ResultColumn describe(String name, Table table, int column) {
        int position = column < 0 ? table.rowidColumn() : column;
        if (position < 0) {
            return new ResultColumn(name, "INTEGER", schemaName(table), table.name(), "rowid");
        }
        return new ResultColumn(
                name,
                table.columns().get(position).declaredType(),
                schemaName(table),
                table.name(),
                table.columns().get(position).name());
    }

    private static String schemaName(Table table) {
        return table.schema() == null ? null : table.schema().name();
    }

    private static BoundSelect leftmost(BoundSelect select) {
        BoundSelect at = select;
        while (at.isCompound()) {
            at = at.compoundLeft();
        }
        return at;
    }
}
