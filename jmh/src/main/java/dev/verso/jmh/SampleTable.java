package dev.verso.jmh;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The data that the queries run on: rows of seven columns, and two small tables to join. */
final class SampleTable {
    static final int ROWS = 100_000;
    /** All that sqlite4j gets: it needs half a minute to take 100,000 rows, and then can't sort them. */
    static final int ROWS_OF_SQLITE4J = 20_000;

    static final int GROUPS = 1_000;

    private SampleTable() {}

    static int rows(Engine engine) {
        return engine == Engine.SQLITE4J ? ROWS_OF_SQLITE4J : ROWS;
    }

    static void fill(Connection connection, int rows) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE item (id INTEGER PRIMARY KEY, grp INTEGER, name VARCHAR(40), price DOUBLE PRECISION, "
                            + "stock INTEGER, code VARCHAR(20), note VARCHAR(80))");
            statement.execute("CREATE TABLE grp (id INTEGER PRIMARY KEY, title VARCHAR(40), maker INTEGER)");
            statement.execute("CREATE TABLE maker (id INTEGER PRIMARY KEY, title VARCHAR(40))");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 1; i <= rows; i++) {
                row(insert, i);
                insert.addBatch();
                if (i % 1000 == 0) {
                    insert.executeBatch();
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO grp VALUES (?, ?, ?)")) {
            for (int i = 0; i < GROUPS; i++) {
                insert.setInt(1, i);
                insert.setString(2, "group " + i);
                insert.setInt(3, i % 50);
                insert.executeUpdate();
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO maker VALUES (?, ?)")) {
            for (int i = 0; i < 50; i++) {
                insert.setInt(1, i);
                insert.setString(2, "maker " + i);
                insert.executeUpdate();
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE INDEX item_code ON item (code)");
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    static void row(PreparedStatement insert, int i) throws SQLException {
        insert.setInt(1, i);
        insert.setInt(2, (int) (i * 2654435761L % GROUPS + GROUPS) % GROUPS);
        insert.setString(3, "name of item " + i);
        insert.setDouble(4, i * 0.25);
        insert.setInt(5, i % 977);
        insert.setString(6, code(i));
        insert.setString(7, "a note that is not short, about item number " + i);
    }

    static String code(int i) {
        return "code-" + (i * 7919L % 1_000_003L);
    }
}
