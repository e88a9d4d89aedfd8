package dev.verso.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The shell's own commands. A name may be cut short where that leaves one choice. */
final class DotCommands {
    private static final String HELP = """
            .databases               List attached databases
            .dump ?TABLE?            Print the database, or one table, as SQL
            .exit                    Leave the shell
            .headers on|off          Show column names or not
            .help                    This text
            .import ?--csv? ?--skip N? FILE TABLE   Read rows from a file
            .indexes ?TABLE?         List indexes
            .mode MODE               Output mode: list, csv, box, json, column, line
            .nullvalue TEXT          Show NULL as this
            .open DATABASE           Open another database
            .quit                    Leave the shell
            .read FILE               Run the statements of a file
            .schema ?PATTERN?        Show CREATE statements
            .separator TEXT          What stands between columns in list mode
            .tables ?PATTERN?        List tables and views
            .timer on|off            Show how long statements take
            """;

    private static final List<String> NAMES = List.of(
            ".databases",
            ".dump",
            ".exit",
            ".headers",
            ".help",
            ".import",
            ".indexes",
            ".mode",
            ".nullvalue",
            ".open",
            ".quit",
            ".read",
            ".schema",
            ".separator",
            ".tables",
            ".timer");

    private final Shell shell;

    DotCommands(Shell shell) {
        this.shell = shell;
    }

    void run(String line) throws SQLException, IOException {
        List<String> words = words(line);
        String argument = words.size() > 1 ? words.get(1) : null;
        switch (name(words.get(0))) {
            case ".databases" -> query("SELECT name || ': ' || file FROM pragma_database_list");
            case ".dump" -> new Dump(shell.connection(), shell.output().stream()).run(argument);
            case ".exit", ".quit" -> shell.quit();
            case ".headers" -> shell.output().headers(onOff(argument));
            case ".help" -> shell.output().stream().print(HELP);
            case ".import" -> new CsvImport(shell).run(words.subList(1, words.size()));
            case ".indexes" ->
                query("SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'"
                        + (argument == null ? "" : " AND tbl_name LIKE " + literal(argument)) + " ORDER BY 1");
            case ".mode" -> {
                if (argument == null) {
                    shell.output().stream()
                            .println("current output mode: "
                                    + shell.output().mode().sqlName());
                } else {
                    shell.output().mode(OutputMode.of(argument));
                }
            }
            case ".nullvalue" -> shell.output().nullValue(required(argument, "a text"));
            case ".open" -> shell.open(required(argument, "a database"), false);
            case ".read" -> shell.readFile(Path.of(required(argument, "a file")));
            case ".schema" ->
                query("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                        + (argument == null ? "" : " AND tbl_name LIKE " + literal(argument)) + " ORDER BY rowid");
            case ".separator" -> shell.output().separator(required(argument, "a text"));
            case ".tables" -> tables(argument);
            case ".timer" -> shell.timer(onOff(argument));
            default -> throw new IllegalArgumentException("unknown command: " + words.get(0) + " (.help lists them)");
        }
    }

    private static String name(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        String found = null;
        for (String name : NAMES) {
            if (name.equals(lower)) {
                return name;
            }
            if (name.startsWith(lower) && lower.length() > 1) {
                if (found != null) {
                    throw new IllegalArgumentException("ambiguous command: " + word + " (" + found + ", " + name + ")");
                }
                found = name;
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("unknown command: " + word + " (.help lists them)");
        }
        return found;
    }

    private static String required(String argument, String what) {
        if (argument == null) {
            throw new IllegalArgumentException("the command needs " + what);
        }
        return argument;
    }

    private static boolean onOff(String argument) {
        return switch (required(argument, "on or off").toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true", "1" -> true;
            case "off", "no", "false", "0" -> false;
            default -> throw new IllegalArgumentException("neither on nor off: " + argument);
        };
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void query(String sql) throws SQLException {
        try (Statement statement = shell.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                shell.output().stream().println(rows.getString(1));
            }
        }
    }

    private void tables(String pattern) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = shell.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
                                + (pattern == null ? "" : " AND name LIKE " + literal(pattern)) + " ORDER BY 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        int width = names.stream().mapToInt(String::length).max().orElse(0) + 2;
        int perLine = Math.max(1, 80 / width);
        int lines = (names.size() + perLine - 1) / perLine;
        for (int i = 0; i < lines; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = i; j < names.size(); j += lines) {
                line.append(String.format("%-" + width + "s", names.get(j)));
            }
            shell.output().stream().println(line.toString().stripTrailing());
        }
    }

    /** Splits at blanks; quotes keep blanks, and backslashes stand for tabs and newlines in double quotes. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (c == '"' || c == '\'') {
                int end = line.indexOf(c, i + 1);
                if (end < 0) {
                    end = line.length();
                }
                String word = line.substring(i + 1, end);
                words.add(c == '"' ? word.replace("\\t", "\t").replace("\\n", "\n") : word);
                i = end + 1;
            } else {
                int end = i;
                while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
                    end++;
                }
                words.add(line.substring(i, end));
                i = end;
            }
        }
        return words;
    }
}
