package dev.verso.compat.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One page. Its statements stand in a script beside the class, named after the page: {@code lang_select.sql} for {@code lang_select.html}.
 * A statement ends with a semicolon at the end of a line and must answer as in the real SQLite: rows in order with their storage classes and column
 * names, changes, error code and text; of EXPLAIN its columns. {@code {{50:, 1}}} stands for fifty times the text behind the colon, {@code {{dir}}} for a directory in which
 * each engine has files of its own. Lines between statements:
 *
 * <ul>
 *   <li>{@code -- # rule} says which rule of the page comes;
 *   <li>{@code -- unordered}: the rows of the next statement may come in any order;
 *   <li>{@code ---- new} begins with an empty database in memory again, {@code ---- file} with one in a file;
 *   <li>{@code ---- other} goes on in another connection to the file, {@code ---- first} in the first one, {@code ---- reopen} closes the connection
 *       and opens it again;
 *   <li>{@code ---- open SELECT …} reads one row and leaves the query open, {@code ---- rest} reads the others.
 * </ul>
 */
abstract class DocumentationPage {
    private static final Pattern REPETITION = Pattern.compile("\\{\\{(\\d+):(.*?)\\}\\}");

    private final String page;
    private final List<String> differences = new ArrayList<>();
    private String rule = "";
    private int run;

    /** @param page its name without {@code .html} */
    DocumentationPage(String page) {
        this.page = page;
    }

    @Test
    void everyExampleAndRuleHoldsAsInTheRealSqlite(@TempDir Path directory) throws IOException, SQLException {
        try (ScriptedEngine verso = new ScriptedEngine(Engines::verso, directory.resolve("verso"));
                ScriptedEngine sqlite = new ScriptedEngine(Engines::sqlite, directory.resolve("sqlite"))) {
            boolean unordered = false;
            StringBuilder sql = new StringBuilder();
            for (String line : script().split("\n")) {
                if (line.startsWith("---- open ")) {
                    String text = line.substring(10);
                    compare(line, sqlite.open(text), verso.open(text));
                } else if (line.equals("---- rest")) {
                    compare(line, sqlite.rest(), verso.rest());
                } else if (line.startsWith("---- ")) {
                    direct(line.substring(5), sqlite);
                    direct(line.substring(5), verso);
                } else if (line.startsWith("-- # ")) {
                    rule = line.substring(5);
                } else if (line.startsWith("-- unordered")) {
                    unordered = true;
                } else {
                    sql.append(sql.length() == 0 ? "" : "\n").append(line);
                    if (line.endsWith(";")) {
                        String text = repeated(sql.substring(0, sql.length() - 1));
                        compare(text, sqlite.answer(text, unordered), verso.answer(text, unordered));
                        sql.setLength(0);
                        unordered = false;
                    }
                }
            }
            assertThat(sql.toString().strip()).as("the script's end").isEmpty();
        }
        assertThat(run).as("statements of " + page).isPositive();
        assertThat(differences).as(page).isEmpty();
    }

    private void direct(String direction, ScriptedEngine engine) throws SQLException {
        switch (direction) {
            case "new" -> engine.begin(false);
            case "file" -> engine.begin(true);
            case "other" -> engine.useOther();
            case "first" -> engine.useFirst();
            case "reopen" -> engine.reopen();
            default -> throw new IllegalStateException("what the script of " + page + " says of ---- " + direction);
        }
    }

    private void compare(String text, String expected, String actual) {
        run++;
        if (!actual.equals(expected)) {
            differences.add("rule: " + rule + "\n  " + text + "\n  SQLite " + expected + "\n  Verso  " + actual);
        }
    }

    private static String repeated(String sql) {
        return REPETITION
                .matcher(sql)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
    }

    private String script() throws IOException {
        try (InputStream in = DocumentationPage.class.getResourceAsStream(page + ".sql")) {
            assertThat(in).as(page + ".sql").isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
