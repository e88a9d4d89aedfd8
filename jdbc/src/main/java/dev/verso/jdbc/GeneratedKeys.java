package dev.verso.jdbc;

import dev.verso.sql.PreparedStatement;
import dev.verso.vm.value.Value;
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

    /** The text to prepare: with RETURNING added if named columns of an INSERT are wanted. */
    String withReturning(String text, int offset) {
        returning = false;
        if (wanted.columns().isEmpty()
                || !SqlText.isInsert(text, offset)
                || SqlText.hasWord(text, offset, "RETURNING")) {
            return text;
        }
        returning = true;
        StringBuilder sql = new StringBuilder(SqlText.withoutSemicolon(text)).append(" RETURNING ");
        for (int i = 0; i < wanted.columns().size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append('"')
                    .append(wanted.columns().get(i).replace("\"", "\"\""))
                    .append('"');
        }
        return sql.toString();
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
            Value value = statement.column(i);
            row[i] = switch (value.storageClass()) {
                case NULL -> null;
                case INTEGER -> value.integer();
                case REAL -> value.real();
                case TEXT -> value.asString();
                case BLOB -> value.asBytes();
            };
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
        return new VersoResultSet(new ListRows(names, List.copyOf(rows)), null, false, 0);
    }
}
