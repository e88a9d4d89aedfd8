package dev.verso.sql.resolve;

import dev.verso.parser.ast.Select.CommonTable;
import java.util.ArrayList;
import java.util.List;

/** The common table expressions of one WITH, and the scope in which their queries are resolved. */
final class CommonTableScope {
    private final List<CommonTable> tables;
    private final List<CommonTable> open = new ArrayList<>();
    private final String sql;

    /** @param sql the text that the tables' spans refer to */
    CommonTableScope(List<CommonTable> tables, String sql) {
        this.tables = List.copyOf(tables);
        this.sql = sql;
    }

    CommonTable find(String name) {
        for (CommonTable table : tables) {
            if (table.name().text().equalsIgnoreCase(name)) {
                return table;
            }
        }
        return null;
    }

    /** Tables whose queries are being resolved now: a reference to one of them is recursive or circular. */
    List<CommonTable> open() {
        return open;
    }

    String sql() {
        return sql;
    }
}
