package dev.verso.cli;

import dev.verso.jdbc.VersoDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Runs SQL and dot commands on one connection, wherever they come from. */
final class Shell implements AutoCloseable {
    private final PrintStream err;
    private final Output output;
    private final DotCommands commands;
    private Connection connection;
    private String database;
    private boolean timer;
    private boolean bail;
    private boolean quit;
    private int failures;

    Shell(String database, boolean readOnly, PrintStream out, PrintStream err) throws SQLException {
        this.err = err;
        this.output = new Output(out);
        this.commands = new DotCommands(this);
        open(database, readOnly);
    }

    void open(String newDatabase, boolean readOnly) throws SQLException {
        String url = newDatabase.startsWith("jdbc:") ? newDatabase : "jdbc:verso:" + newDatabase;
        Properties properties = new Properties();
        if (readOnly) {
            properties.setProperty("open_mode", "1");
        }
        Connection opened = new VersoDriver().connect(url, properties);
        if (opened == null) {
            throw new SQLException("no URL of this driver: " + newDatabase);
        }
        if (connection != null) {
            connection.close();
        }
        connection = opened;
        database = newDatabase;
    }

    Connection connection() {
        return connection;
    }

    String database() {
        return database;
    }

    Output output() {
        return output;
    }

    void timer(boolean on) {
        timer = on;
    }

    void bail(boolean on) {
        bail = on;
    }

    void quit() {
        quit = true;
    }

    boolean isOver() {
        return quit || bail && failures > 0;
    }

    int failures() {
        return failures;
    }

    /** Runs one dot command or a text of statements; errors are printed and counted. */
    void run(String text) {
        String line = text.strip();
        if (line.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        try {
            if (line.startsWith(".")) {
                commands.run(line);
            } else {
                runSql(line);
            }
        } catch (SQLException | IOException | IllegalArgumentException e) {
            failures++;
            output.stream().flush();
            err.println("Error: " + e.getMessage());
        }
        if (timer && !line.startsWith(".")) {
            output.stream().printf("Run Time: real %.3f%n", (System.nanoTime() - start) / 1e9);
        }
    }

    private void runSql(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (true) {
                if (rows) {
                    try (ResultSet result = statement.getResultSet()) {
                        output.print(result);
                    }
                } else if (statement.getLargeUpdateCount() < 0) {
                    return;
                }
                rows = statement.getMoreResults();
            }
        }
    }

    /** Reads lines to the end: dot commands one to a line, statements up to their semicolon. */
    void readAll(Reader reader) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        StatementReader pending = new StatementReader();
        String line;
        while (!isOver() && (line = lines.readLine()) != null) {
            accept(pending, line);
        }
        if (!isOver()) {
            run(pending.rest());
        }
    }

    /** Takes one line; runs what is complete. @return true if a statement is still open */
    boolean accept(StatementReader pending, String line) {
        if (pending.isEmpty() && line.strip().startsWith(".")) {
            run(line);
            return false;
        }
        pending.add(line);
        if (pending.isComplete()) {
            run(pending.take());
        }
        return !pending.isEmpty();
    }

    void readFile(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            readAll(reader);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
