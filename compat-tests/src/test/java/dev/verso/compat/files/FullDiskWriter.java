package dev.verso.compat.files;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes more in one transaction than its files may hold, and tells what it was told. Run in a JVM of its own. */
final class FullDiskWriter {
    static final int ROWS = 20_000;

    private FullDiskWriter() {}

    /** Argument: the location of a database with a table {@code t (a INTEGER PRIMARY KEY, b TEXT)}. */
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = Engines.verso(arguments[0])) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (b) VALUES (?)")) {
                for (int i = 0; i < ROWS; i++) {
                    insert.setString(1, (i + " ").repeat(100));
                    insert.executeUpdate();
                }
                connection.commit();
                System.out.println("committed");
            } catch (SQLException e) {
                System.out.println("refused " + e.getErrorCode() + " " + e.getSQLState() + " " + e.getMessage());
            }
            connection.rollback();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                rows.next();
                System.out.println("rows " + rows.getLong(1));
            } catch (SQLException e) {
                System.out.println("unreadable " + e.getErrorCode() + " " + e.getMessage());
            }
        }
    }
}
