package dev.verso.compat;

import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;

/** What queries of the engine give, as text. */
public final class Rows {
    private Rows() {}

    /** Rows as lines, columns parted by bars. */
    public static String of(Connection connection, String sql) {
        StringBuilder text = new StringBuilder();
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            while (statement.step()) {
                for (int i = 0; i < statement.columnCount(); i++) {
                    text.append(i == 0 ? "" : "|").append(statement.columnString(i));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }
}
