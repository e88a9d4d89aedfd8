package dev.verso.sql;

import dev.verso.sql.resolve.Parameters;
import dev.verso.vm.value.Value;
import java.util.HexFormat;

/** The text of a statement with literals in place of its parameters, as sqlite3_expanded_sql gives it. */
final class ExpandedSql {
    private final PreparedStatement statement;

    ExpandedSql(PreparedStatement statement) {
        this.statement = statement;
    }

    String text(Parameters parameters, int start) {
        String sql = statement.sql();
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < parameters.placeCount(); i++) {
            int place = parameters.place(i) - start;
            int number = parameters.numberAt(i);
            String name = parameters.name(number);
            int length = name != null && sql.startsWith(name, place) ? name.length() : 1;
            text.append(sql, copied, place);
            append(text, statement.parameter(number));
            copied = place + length;
        }
        return text.append(sql, copied, sql.length()).toString();
    }

    private static void append(StringBuilder text, Value value) {
        switch (value.storageClass()) {
            case NULL -> text.append("NULL");
            case INTEGER, REAL -> text.append(value.asString());
            case TEXT ->
                text.append('\'').append(value.asString().replace("'", "''")).append('\'');
            case BLOB ->
                text.append("x'")
                        .append(HexFormat.of().formatHex(value.asBytes()))
                        .append('\'');
        }
    }
}
