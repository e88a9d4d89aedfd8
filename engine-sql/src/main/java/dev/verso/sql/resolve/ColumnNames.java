package dev.verso.sql.resolve;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of result columns. */
final class ColumnNames {
    private ColumnNames() {}

    /** Names for the columns of a query that is a source or a view: {@code a}, {@code a:1} … */
    static List<String> unique(BoundSelect select) {
        List<String> names = new ArrayList<>();
        for (BoundColumn column : select.columns()) {
            names.add(name(column));
        }
        return unique(names);
    }

    /** A column with COLLATE around it is still called by its own name. */
    private static String name(BoundColumn column) {
        BoundExpr inner = column.expr();
        while (inner instanceof BoundExpr.Collate collate) {
            inner = collate.operand();
        }
        return !column.alias() && inner != column.expr() && inner instanceof BoundExpr.ColumnRef reference
                ? columnName(reference)
                : column.name();
    }

    private static String columnName(BoundExpr.ColumnRef reference) {
        return reference.column() < 0
                ? reference.source().rowidName()
                : reference.source().columnName(reference.column());
    }

    static List<String> unique(List<String> wanted) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            if (name == null || AsciiCase.same(name, "true") || AsciiCase.same(name, "false")) {
                name = "column" + (i + 1);
            }
            int counter = 0;
            while (!taken.add(AsciiCase.lower(name))) {
                name = base(name) + ":" + ++counter;
            }
            names.add(name);
        }
        return names;
    }

    /** The name without a number that was appended before. */
    private static String base(String name) {
        int end = name.length() - 1;
        while (end > 0 && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
            end--;
        }
        return end >= 0 && name.charAt(end) == ':' ? name.substring(0, end) : name;
    }
}
