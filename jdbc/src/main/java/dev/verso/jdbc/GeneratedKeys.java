package dev.verso.jdbc;

import dev.verso.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** The keys that the newest INSERT, or all of a batch, gave to rows. Rowids cost nothing but a list entry; named columns an implicit RETURNING. */
final class GeneratedKeys {
    /** The column's name where only the rowid was asked for. */
    static final String ROWID_LABEL = "last_insert_rowid()";

    private final List<Object[]> rows = new ArrayList<>();
    private Keys wanted = Keys.NONE;
    private boolean returning;

    GeneratedKeys() {}

    void begin(Keys keys) {
        wanted = keys;
        rows.clear();
        returning = false;
    }

    /** One statement's text, with RETURNING added if it is an INSERT and named columns are wanted. */
    String withReturning(String sql) {
        returning = !wanted.columns().isEmpty() && SqlText.isInsert(sql, 0) && !SqlText.hasWord(sql, 0, "RETURNING");
        if (!returning) {
            return sql;
        }
        StringBuilder text = new StringBuilder(SqlText.withoutSemicolon(sql)).append("\nRETURNING ");
        for (int i = 0; i < wanted.columns().size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append('"')
                    .append(wanted.columns().get(i).replace("\"", "\"\""))
                    .append('"');
        }
        return text.toString();
    }

    boolean isReturning() {
        return returning;
    }

    void returning(boolean on) {
        returning = on;
    }

    /** Keeps a row of the implicit RETURNING. */
    void addRow(PreparedStatement statement) {
        Object[] row = new Object[statement.columnCount()];
        for (int i = 0; i < row.length; i++) {
            row[i] = Parameters.snapshot(statement.column(i));
        }
        rows.add(row);
    }

    void afterInsert(VersoConnection connection, PreparedStatement statement, long count) {
        if (wanted.rowid() && count > 0 && SqlText.isInsert(statement.sql(), 0)) {
            rows.add(new Object[] {connection.lastInsertRowid()});
        }
    }

    ResultSet resultSet() {
        String[] names = wanted.columns().isEmpty()
                ? new String[] {ROWID_LABEL}
                : wanted.columns().toArray(new String[0]);
        return new VersoResultSet(new ListRows(names, List.copyOf(rows)), null, ConnectionSettings.DEFAULTS, 0);
    }
}
