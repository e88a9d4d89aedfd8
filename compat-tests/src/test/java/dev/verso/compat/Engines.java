package dev.verso.compat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections by driver, because both drivers take {@code jdbc:sqlite:} URLs. */
public final class Engines {
    private Engines() {}

    /** Verso on the location, as in {@code jdbc:verso:LOCATION}. */
    public static Connection verso(String location) throws SQLException {
        return new dev.verso.jdbc.VersoDriver().connect("jdbc:verso:" + location, new Properties());
    }

    /** The real SQLite on the location. */
    public static Connection sqlite(String location) throws SQLException {
        return new org.sqlite.JDBC().connect("jdbc:sqlite:" + location, new Properties());
    }

    /** What the real SQLite's integrity check says of a file: {@code ok} if all is well. */
    public static String integrity(Path file) throws SQLException {
        try (Connection connection = sqlite(file.toString());
                java.sql.Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            StringBuilder findings = new StringBuilder();
            while (rows.next()) {
                findings.append(findings.length() == 0 ? "" : "\n").append(rows.getString(1));
            }
            return findings.toString();
        }
    }
}
