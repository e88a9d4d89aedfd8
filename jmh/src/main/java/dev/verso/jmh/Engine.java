package dev.verso.jmh;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The engines that are compared, each with a fast but durable setting where it writes to a file. */
public enum Engine {
    VERSO,
    SQLITE,
    SQLITE4J,
    H2;

    private Driver driver() {
        return switch (this) {
            case VERSO -> new dev.verso.jdbc.VersoDriver();
            case SQLITE -> new org.sqlite.JDBC();
            case SQLITE4J -> new io.roastedroot.sqlite4j.JDBC();
            case H2 -> new org.h2.Driver();
        };
    }

    /** A new private database in memory. */
    public Connection inMemory() throws SQLException {
        String url =
                switch (this) {
                    case VERSO -> "jdbc:verso::memory:";
                    case SQLITE, SQLITE4J -> "jdbc:sqlite::memory:";
                    case H2 -> "jdbc:h2:mem:;OPTIMIZE_REUSE_RESULTS=0";
                };
        return driver().connect(url, new Properties());
    }

    /** A database in a file, rollback journal, synchronous FULL: what a commit returns from is on disk. */
    public Connection inFile(Path file) throws SQLException {
        String url =
                switch (this) {
                    case VERSO -> "jdbc:verso:" + file;
                    case SQLITE, SQLITE4J -> "jdbc:sqlite:" + file;
                    case H2 -> "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0";
                };
        Connection connection = driver().connect(url, new Properties());
        if (this != H2) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = DELETE");
                statement.execute("PRAGMA synchronous = FULL");
            }
        }
        return connection;
    }
}
