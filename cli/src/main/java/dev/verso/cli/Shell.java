package dev.verso.cli;

import dev.verso.error.DatabaseException;
import dev.verso.jdbc.VersoDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Properties;

/** Runs SQL and dot commands on one connection, wherever they come from. */
final class Shell implements AutoCloseable {
    /** Instead of a line's number: the text is an argument of the command line. */
    static final int ARGUMENT = 0;
    /** Instead of a line's number: the text was typed. */
    static final int TERMINAL = -1;

    private final PrintStream err;
    private final Output output;
    private final String isolation;
    private final DotCommands commands;
    private Connection connection;
    private String database;
    private boolean timer;
    private boolean bail;
    private boolean quit;
    private int failures;
    private int lastErrorCode;

    Shell(String database, boolean readOnly, PrintStream out, PrintStream err) throws SQLException {
        this(database, readOnly, null, out, err);
    }

    /** @param isolation {@code serializable} or {@code snapshot}; null for the default */
    Shell(String database, boolean readOnly, String isolation, PrintStream out, PrintStream err) throws SQLException {
        this.isolation = isolation;
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
        if (isolation != null) {
            properties.setProperty("isolation", isolation);
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

    PrintStream err() {
        return err;
    }

    int failures() {
        return failures;
    }

    /** Runs the texts of a command line; the first error ends them. @return 0, or the error's code */
    int runArguments(List<String> texts) {
        for (String text : texts) {
            if (!quit && !run(text, ARGUMENT)) {
                return lastErrorCode;
            }
        }
        return 0;
    }

    /**
     * Runs one dot command or a text of statements up to the first that fails; errors are printed and counted.
     *
     * @param line where the text begins in its file, {@link #ARGUMENT} or {@link #TERMINAL}
     * @return false if there was an error
     */
    private boolean run(String text, int line) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return true;
        }
        if (trimmed.startsWith(".")) {
            return command(trimmed);
        }
        for (String statement : StatementReader.statements(text)) {
            long start = System.nanoTime();
            boolean done = statement(statement, line);
            if (timer) {
                output.stream().printf("Run Time: real %.3f%n", (System.nanoTime() - start) / 1e9);
            }
            if (!done) {
                return false;
            }
        }
        return true;
    }

    private boolean command(String line) {
        try {
            commands.run(line);
            return true;
        } catch (NoSuchFileException e) {
            return failed("Error: cannot open \"" + e.getFile() + "\"", 1);
        } catch (SQLException e) {
            return failed("Error: " + reason(e), e.getErrorCode());
        } catch (IOException | IllegalArgumentException e) {
            return failed("Error: " + e.getMessage(), 1);
        }
    }

    /** One statement, its errors in the words of sqlite3: those of the text, then those of running it. */
    private boolean statement(String sql, int line) {
        PreparedStatement prepared;
        try {
            if (StatementReader.isBlank(sql)) {
                return true;
            }
            prepared = connection.prepareStatement(sql);
        } catch (SQLException e) {
            return failed(
                    (line == ARGUMENT ? "Error: in prepare, " : prefix("Parse error", line)) + reason(e),
                    e.getErrorCode());
        }
        try (prepared) {
            for (int i = prepared.getParameterMetaData().getParameterCount(); i > 0; i--) {
                prepared.setNull(i, Types.NULL);
            }
            if (prepared.execute()) {
                try (ResultSet rows = prepared.getResultSet()) {
                    output.print(rows);
                }
            }
            return true;
        } catch (SQLException e) {
            return failed(
                    (line == ARGUMENT ? "Error: stepping, " : prefix("Runtime error", line)) + reason(e),
                    e.getErrorCode());
        }
    }

    private static String prefix(String kind, int line) {
        return line == TERMINAL ? kind + ": " : kind + " near line " + line + ": ";
    }

    /** SQLite's own text, and the code where it is not the plain one. */
    private static String reason(SQLException e) {
        String text = e.getCause() instanceof DatabaseException cause ? cause.getMessage() : e.getMessage();
        return e.getErrorCode() > 1 ? text + " (" + e.getErrorCode() + ")" : text;
    }

    private boolean failed(String message, int code) {
        failures++;
        lastErrorCode = code == 0 ? 1 : code;
        output.stream().flush();
        err.println(message);
        return false;
    }

    /** Reads lines to the end: dot commands one to a line, statements up to their semicolon. */
    void readAll(Reader reader) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        StatementReader pending = new StatementReader();
        int number = 0;
        int start = 1;
        String line;
        while (!isOver() && (line = lines.readLine()) != null) {
            number++;
            if (pending.isEmpty()) {
                start = number;
            }
            accept(pending, line, start);
        }
        if (!isOver()) {
            run(pending.rest(), start);
        }
    }

    /** Takes one line from a terminal. @return true if a statement is still open */
    boolean accept(StatementReader pending, String line) {
        return accept(pending, line, TERMINAL);
    }

    private boolean accept(StatementReader pending, String line, int start) {
        if (pending.isEmpty() && line.strip().startsWith(".")) {
            run(line, start);
            return false;
        }
        pending.add(line);
        if (pending.isComplete()) {
            run(pending.take(), start);
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
