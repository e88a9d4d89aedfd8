package dev.verso.compat.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Random tables with all kinds of indexes over values that repeat unevenly, and queries that indexes can answer. */
final class AnalyzedTables {
    private static final int MOST_ROWS_OF_AN_INSERT = 200;
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "e");

    /** One table: what is in a column is what it was declared for. */
    record Table(String name, List<String> columns, boolean hasRowid) {}

    final List<Table> tables = new ArrayList<>();
    /** Makes everything, one statement after the other; some inserts fail on a unique index, in both engines alike. */
    final List<String> statements = new ArrayList<>();

    private final Random random;
    private final int mostRows;

    AnalyzedTables(Random random, int mostTables, int mostRows) {
        this.random = random;
        this.mostRows = mostRows;
        int count = 1 + random.nextInt(mostTables);
        for (int i = 0; i < count; i++) {
            addTable(name(i));
        }
    }

    /** Makes the tables and their statistics. */
    void makeAndAnalyze(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                executeIfAllowed(statement, sql);
            }
            statement.execute("ANALYZE");
        }
    }

    /** A unique index over rows that are not, and DELETE by the rowid of a table without, are refused, and a key of the wrong type: by both engines. */
    private static void executeIfAllowed(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            assertThat(e.getErrorCode()).as(sql).isIn(1, 19, 20, 2067);
        }
    }

    private String name(int number) {
        return random.nextInt(4) == 0 ? "Tab_" + Integer.toString(random.nextInt(1000), 36) + number : "t" + number;
    }

    private void addTable(String name) {
        int count = 2 + random.nextInt(4);
        List<String> columns = COLUMNS.subList(0, count);
        int form = random.nextInt(6);
        boolean hasRowid = form != 4 && form != 5;
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(name).append('(');
        for (int i = 0; i < count; i++) {
            sql.append(i > 0 ? ", " : "").append(columns.get(i));
            if (form == 1 && i == 0) {
                sql.append(" INTEGER PRIMARY KEY");
                continue;
            }
            sql.append(
                    switch (random.nextInt(7)) {
                        case 0, 1 -> " INTEGER";
                        case 2 -> " TEXT";
                        case 3 -> " TEXT COLLATE NOCASE";
                        case 4 -> " REAL";
                        case 5 -> " VARCHAR(60) COLLATE RTRIM";
                        default -> "";
                    });
            if (random.nextInt(5) == 0) {
                sql.append(" NOT NULL");
            }
            if (random.nextInt(12) == 0) {
                sql.append(random.nextBoolean() ? " UNIQUE" : " UNIQUE ON CONFLICT REPLACE");
            }
        }
        List<String> readable = new ArrayList<>(columns);
        if (random.nextInt(5) == 0) {
            sql.append(", g AS (").append(pick(columns)).append(random.nextBoolean() ? " || 'g')" : " + 1) STORED");
            readable.add("g");
        }
        if (form == 2 || form == 4 || form == 5) {
            sql.append(", PRIMARY KEY (").append(keys(columns, false)).append(')');
        }
        sql.append(hasRowid ? ")" : ") WITHOUT ROWID");
        statements.add(sql.toString());
        tables.add(new Table(name, readable, hasRowid));
        boolean indexesFirst = random.nextBoolean();
        if (indexesFirst) {
            addIndexes(name, readable);
        }
        addRows(name, columns);
        if (!indexesFirst) {
            addIndexes(name, readable);
        }
    }

    private void addIndexes(String table, List<String> columns) {
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            statements.add("CREATE " + (random.nextInt(10) == 0 ? "UNIQUE " : "") + "INDEX i" + i + "_" + table + " ON "
                    + table + "(" + keys(columns, true) + ")"
                    + (random.nextInt(5) == 0 ? " WHERE " + partial(columns) : ""));
        }
    }

    private String partial(List<String> columns) {
        String column = pick(columns);
        return switch (random.nextInt(4)) {
            case 0 -> column + " > 3";
            case 1 -> column + " = 'k1'";
            case 2 -> column + " = 'never'";
            default -> column + " IS NOT NULL";
        };
    }

    private String keys(List<String> columns, boolean expressions) {
        Set<String> chosen = new LinkedHashSet<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            chosen.add(pick(columns));
        }
        StringBuilder keys = new StringBuilder();
        for (String column : chosen) {
            keys.append(keys.length() > 0 ? ", " : "");
            if (expressions && random.nextInt(8) == 0) {
                keys.append(random.nextBoolean() ? "lower(" + column + ")" : column + " || 'x'");
            } else {
                keys.append(column);
            }
            if (expressions && random.nextInt(6) == 0) {
                keys.append(" COLLATE ").append(pick(List.of("NOCASE", "BINARY", "RTRIM")));
            }
            keys.append(random.nextInt(4) == 0 ? " DESC" : "");
        }
        return keys.toString();
    }

    private void addRows(String table, List<String> columns) {
        int rows = random.nextInt(8) == 0 ? 0 : random.nextInt(random.nextInt(mostRows) + 1);
        int[] kinds = new int[columns.size()];
        int[] spreads = new int[columns.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = random.nextInt(8);
            spreads[i] = 1 + random.nextInt(random.nextBoolean() ? 4 : 3 * rows + 1);
        }
        for (int done = 0; done < rows; ) {
            int now = Math.min(rows - done, 1 + random.nextInt(MOST_ROWS_OF_AN_INSERT));
            StringBuilder sql = new StringBuilder("INSERT OR IGNORE INTO ")
                    .append(table)
                    .append('(')
                    .append(String.join(", ", columns))
                    .append(") VALUES ");
            for (int i = 0; i < now; i++) {
                sql.append(i > 0 ? ", (" : "(");
                for (int column = 0; column < kinds.length; column++) {
                    sql.append(column > 0 ? ", " : "").append(value(kinds[column], spreads[column]));
                }
                sql.append(')');
            }
            statements.add(sql.toString());
            done += now;
        }
        if (random.nextInt(4) == 0) {
            statements.add("DELETE FROM " + table + " WHERE rowid % 3 = 0");
        }
    }

    /** Small numbers of the spread are met more often than large ones. */
    private String value(int kind, int spread) {
        int number = random.nextInt(random.nextInt(spread) + 1);
        return switch (kind) {
            case 0, 1, 2 -> Integer.toString(number - 1);
            case 3 -> "'k" + number + "'";
            case 4 -> random.nextBoolean() ? "'k" + number + "'" : "'K" + number + " '";
            case 5 -> String.format(Locale.ROOT, "%d.%d", number, random.nextInt(3) * 5);
            case 6 -> random.nextInt(4) == 0 ? "NULL" : Integer.toString(number);
            default ->
                switch (random.nextInt(5)) {
                    case 0 -> "NULL";
                    case 1 -> "'k" + number + "'";
                    case 2 -> "x'" + String.format("%04x", number & 0xffff) + "'";
                    case 3 -> number + ".25";
                    default -> Integer.toString(number);
                };
        };
    }

    String constant() {
        return value(random.nextInt(8), 1 + random.nextInt(random.nextBoolean() ? 5 : 300));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
