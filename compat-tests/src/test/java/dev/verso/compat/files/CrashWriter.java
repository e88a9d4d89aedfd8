package dev.verso.compat.files;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The child that is killed: commits transaction after transaction and prints the number of each once it is committed. */
final class CrashWriter {
    private CrashWriter() {}

    /** Arguments: file, journal mode, rows in a transaction. */
    public static void main(String[] args) throws SQLException {
        int rows = Integer.parseInt(args[2]);
        try (Connection connection = Engines.verso(args[0])) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = " + args[1]);
                statement.execute("PRAGMA cache_size = 20");
                statement.execute("CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY, n INTEGER)");
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS line (n INTEGER, i INTEGER, text TEXT, PRIMARY KEY (n, i))");
                statement.execute("CREATE INDEX IF NOT EXISTS line_text ON line (text)");
                statement.execute("INSERT OR IGNORE INTO head VALUES (1, 0)");
            }
            connection.setAutoCommit(false);
            try (PreparedStatement read = connection.prepareStatement("SELECT n FROM head");
                    PreparedStatement set = connection.prepareStatement("UPDATE head SET n = ?");
                    PreparedStatement add = connection.prepareStatement("INSERT INTO line VALUES (?, ?, ?)");
                    PreparedStatement drop = connection.prepareStatement("DELETE FROM line WHERE n <= ?")) {
                int n;
                try (ResultSet row = read.executeQuery()) {
                    row.next();
                    n = row.getInt(1);
                }
                System.out.println(n);
                while (true) {
                    n++;
                    set.setInt(1, n);
                    set.executeUpdate();
                    for (int i = 0; i < rows; i++) {
                        add.setInt(1, n);
                        add.setInt(2, i);
                        add.setString(3, "line " + i + " of transaction " + n + " ".repeat(i % 300));
                        add.executeUpdate();
                    }
                    drop.setInt(1, n - 20);
                    drop.executeUpdate();
                    connection.commit();
                    System.out.println(n);
                }
            }
        }
    }
}
