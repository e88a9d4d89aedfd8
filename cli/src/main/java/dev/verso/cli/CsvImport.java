package dev.verso.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** {@code .import}: rows of a CSV file (RFC 4180) into a table, which is made from the first line if there is none. One transaction. */
final class CsvImport {
    private final Shell shell;

    CsvImport(Shell shell) {
        this.shell = shell;
    }

    void run(List<String> arguments) throws SQLException, IOException {
        int skip = 0;
        boolean commas = shell.output().mode() == OutputMode.CSV;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--skip") && i + 1 < arguments.size()) {
                skip = Integer.parseInt(arguments.get(++i));
            } else if (argument.equals("--csv")) {
                commas = true;
            } else {
                names.add(argument);
            }
        }
        if (names.size() != 2) {
            throw new IllegalArgumentException(".import needs a file and a table");
        }
        try (Reader file = new BufferedReader(Files.newBufferedReader(Path.of(names.get(0)), StandardCharsets.UTF_8))) {
            CsvReader csv = new CsvReader(
                    file, commas ? ',' : shell.output().separator().charAt(0));
            for (int i = 0; i < skip; i++) {
                csv.next();
            }
            load(csv, names.get(0), names.get(1));
        }
    }

    private void load(CsvReader csv, String file, String table) throws SQLException, IOException {
        Connection connection = shell.connection();
        String quoted = '"' + table.replace("\"", "\"\"") + '"';
        List<String> row = csv.next();
        int columns = columnCount(connection, table);
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            if (columns == 0 && row != null) {
                create(connection, quoted, row);
                columns = row.size();
                row = csv.next();
            }
            long count = 0;
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO " + quoted + " VALUES (" + "?,".repeat(Math.max(0, columns - 1)) + "?)")) {
                for (; row != null; row = csv.next()) {
                    if (row.size() != columns) {
                        shell.err()
                                .println(file + ":" + csv.line() + ": expected " + columns + " columns but found "
                                        + row.size()
                                        + (row.size() < columns
                                                ? " - filling the rest with NULL"
                                                : " - extras ignored"));
                    }
                    for (int i = 0; i < columns; i++) {
                        insert.setString(i + 1, i < row.size() ? row.get(i) : null);
                    }
                    insert.executeUpdate();
                    if (++count % 100_000 == 0) {
                        shell.output().stream().println(count + " rows");
                    }
                }
            }
            connection.commit();
        } catch (SQLException | IOException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static int columnCount(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM pragma_table_info(" + DotCommands.literal(table) + ")")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static void create(Connection connection, String quoted, List<String> header) throws SQLException {
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(quoted).append(" (");
        for (int i = 0; i < header.size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append('"')
                    .append(header.get(i).replace("\"", "\"\""))
                    .append("\" TEXT");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.append(")").toString());
        }
    }
}
