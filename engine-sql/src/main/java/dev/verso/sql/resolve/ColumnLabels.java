package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Select;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Origin;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** Names of a statement's result columns where PRAGMA full_column_names or short_column_names want others than usual. */
final class ColumnLabels {
    private ColumnLabels() {}

    /**
     * The columns renamed.
     *
     * @param written what stands in the statement
     * @param resolved the columns that were made of it
     * @param columns the statement's, as many
     */
    static List<BoundColumn> of(
            Names names, List<Select.ResultColumn> written, List<BoundColumn> resolved, List<BoundColumn> columns) {
        if (names.naming() == ColumnNaming.SHORT) {
            return columns;
        }
        List<Select.ResultExpr> unnamed = new ArrayList<>();
        for (Select.ResultColumn column : written) {
            if (column instanceof Select.ResultExpr expr && expr.alias() == null) {
                unnamed.add(expr);
            }
        }
        List<BoundColumn> result = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < columns.size(); i++) {
            BoundColumn column = columns.get(i);
            String name = resolved.get(i).alias()
                    ? nameOfStar(names, resolved.get(i))
                    : name(names, unnamed.get(next++), resolved.get(i));
            result.add(new BoundColumn(column.expr(), name, column.alias()));
        }
        return result;
    }

    /** A name with AS, or one that {@code *} gave: of a subquery without a name that can be told only now. */
    private static String nameOfStar(Names names, BoundColumn column) {
        boolean lacksTable = names.naming() == ColumnNaming.FULL_EVERYWHERE
                && column.expr() instanceof BoundExpr.ColumnRef reference
                && reference.source().name() == null
                && reference.source().isQuery()
                && column.name().equals(reference.source().columnName(reference.column()));
        return lacksTable
                ? tableName(((BoundExpr.ColumnRef) column.expr()).source()) + "." + column.name()
                : column.name();
    }

    private static String name(Names names, Select.ResultExpr written, BoundColumn column) {
        if (names.naming() == ColumnNaming.AS_WRITTEN) {
            String text = names.textAndComments(written.span());
            return text == null ? column.name() : text.strip();
        }
        if (written.expr() instanceof Expr.ColumnName) {
            if (column.expr() instanceof BoundExpr.ColumnRef reference) {
                return tableName(reference.source()) + "." + column.name();
            }
            if (column.expr() instanceof BoundExpr.TriggerColumn trigger) {
                return trigger.table().name() + "." + new Origin(trigger.table(), trigger.column()).columnName();
            }
        }
        return column.name();
    }

    private static String tableName(Source source) {
        Table table = source.table() != null ? source.table() : source.view();
        if (table != null) {
            return table.name();
        }
        return source.name() != null
                ? source.name()
                : "(subquery-" + source.select().id() + ")";
    }
}
