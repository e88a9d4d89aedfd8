package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Select;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Origin;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Table;
import java.util.List;

/** Result columns: expressions with their names, {@code *} and {@code t.*} written out. */
final class StarExpander {
    private final Names names;

    StarExpander(Names names) {
        this.names = names;
    }

    void resultColumns(List<Select.ResultColumn> columns, Scope scope, List<BoundColumn> result) {
        for (Select.ResultColumn column : columns) {
            if (column instanceof Select.ResultExpr expr) {
                result.add(expression(expr, scope, result.size() + 1));
            } else if (column instanceof Select.TableStar star) {
                tableStar(star, scope, result);
            } else {
                if (scope.sources().isEmpty()) {
                    throw SqlError.of("no tables specified");
                }
                for (Source source : scope.sources()) {
                    expand(source, null, scope, true, result);
                }
            }
        }
    }

    private BoundColumn expression(Select.ResultExpr column, Scope scope, int number) {
        BoundExpr expr = names.expressions().scalar(column.expr(), scope);
        if (column.alias() != null) {
            return new BoundColumn(expr, column.alias().text(), true);
        }
        return new BoundColumn(expr, defaultName(column, expr, number), false);
    }

    private String defaultName(Select.ResultExpr column, BoundExpr expr, int number) {
        // A double-quoted string was a column name to the parser, but is called by its text.
        if (column.expr() instanceof Expr.ColumnName) {
            if (expr instanceof BoundExpr.ColumnRef reference) {
                return columnName(reference);
            }
            if (expr instanceof BoundExpr.TriggerColumn trigger) {
                return new Origin(trigger.table(), trigger.column()).columnName();
            }
        }
        String text = names.textAndComments(column.span());
        return text == null ? "column" + number : text.strip();
    }

    private static String columnName(BoundExpr.ColumnRef reference) {
        Source source = reference.source();
        int column = reference.column();
        if (column < 0 && source.table().rowidColumn() >= 0) {
            column = source.table().rowidColumn();
        }
        return source.columnName(column);
    }

    private void tableStar(Select.TableStar star, Scope scope, List<BoundColumn> result) {
        String table = star.table().text();
        boolean found = false;
        for (Source source : scope.sources()) {
            if (source.nestedOrigins() != null) {
                for (Source.ColumnOrigin origin : source.nestedOrigins()) {
                    if (AsciiCase.same(table, origin.table())) {
                        found = true;
                        expand(source, table, scope, false, result);
                        break;
                    }
                }
            } else if (source.name() != null && AsciiCase.same(source.name(), table)) {
                found = true;
                Table behind = source.table() != null ? source.table() : source.view();
                if (names.listener() != null && behind != null && !source.isAliased()) {
                    names.listener().table(star.table(), behind);
                }
                expand(source, null, scope, false, result);
            }
        }
        if (!found) {
            throw SqlError.of("no such table: " + table);
        }
    }

    /** @param onlyTable limits a join in parentheses to the columns of that table; null for all */
    private void expand(Source source, String onlyTable, Scope scope, boolean all, List<BoundColumn> result) {
        for (int i = 0; i < source.columnCount(); i++) {
            if (source.isHidden(i)) {
                continue;
            }
            String name = source.columnName(i);
            if (source.nestedOrigins() != null) {
                Source.ColumnOrigin origin = source.nestedOrigins().get(i);
                if (onlyTable != null ? !AsciiCase.same(onlyTable, origin.table()) : origin.hiddenByUsing()) {
                    continue;
                }
                if (onlyTable != null || source.isUsing(origin.column())) {
                    name = origin.column();
                }
                if (source.name() != null && scope.sources().size() == 1) {
                    names.expressions().columns().unqualified(origin.column(), scope); // SQLite asks by the bare name
                }
            }
            if (all && source.isUsing(name)) {
                continue;
            }
            if (source.nestedOrigins() == null) {
                checkUnique(source, name, scope);
            }
            BoundExpr expr = all && isMergedLater(source, name, scope)
                    ? names.expressions().columns().unqualified(name, scope)
                    : names.expressions().columns().reference(source, i);
            String called = names.naming() == ColumnNaming.FULL_EVERYWHERE && source.name() != null
                    ? source.name() + "." + name
                    : name;
            result.add(new BoundColumn(names.access().checked(expr), called, true));
        }
    }

    /** As SQLite does: it looks for the column by schema, name of the source and name of the column. */
    private static void checkUnique(Source source, String column, Scope scope) {
        boolean before = false;
        for (Source other : scope.sources()) {
            before |= other == source;
            if (other != source
                    && source.name() != null
                    && AsciiCase.same(source.name(), other.name())
                    && other.nestedOrigins() == null
                    && schema(source).equals(schema(other))
                    && hasColumn(other, column)
                    && !(before ? other : source).isUsing(column)) {
                throw SqlError.of("ambiguous column name: " + schema(source) + "." + source.name() + "." + column);
            }
        }
    }

    private static String schema(Source source) {
        Table behind = source.table() != null ? source.table() : source.view();
        return behind == null ? "*" : behind.schema().name();
    }

    private static boolean hasColumn(Source source, String column) {
        for (int i = 0; i < source.columnCount(); i++) {
            if (AsciiCase.same(source.columnName(i), column)) {
                return true;
            }
        }
        return false;
    }

    /** True if a RIGHT or FULL join further right merges this column: its value may then come from there. */
    private static boolean isMergedLater(Source source, String column, Scope scope) {
        boolean after = false;
        for (Source other : scope.sources()) {
            if (after
                    && (other.join() == Select.JoinKind.RIGHT || other.join() == Select.JoinKind.FULL)
                    && other.isUsing(column)) {
                return true;
            }
            after |= other == source;
        }
        return false;
    }
}
