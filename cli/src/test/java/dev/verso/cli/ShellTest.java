package dev.verso.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell beside the {@code sqlite3} program, where that is installed: the same input, the same output, errors and exit code. */
class ShellTest {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/sqlite3"), Path.of("/usr/local/bin/sqlite3"), Path.of("/opt/homebrew/bin/sqlite3"));

    @TempDir
    Path folder;

    private Path sqlite3;

    @BeforeEach
    void findSqlite3() {
        sqlite3 = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    private Answer verso(String database, String input, String... arguments) throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code;
        try (Shell shell = new Shell(
                database,
                false,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))) {
            if (arguments.length > 0) {
                code = shell.runArguments(List.of(arguments));
            } else {
                shell.readAll(new StringReader(input));
                code = shell.failures() == 0 ? 0 : 1;
            }
        }
        return new Answer(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), code);
    }

    private Answer sqlite(String database, String input, String... arguments) throws IOException, InterruptedException {
        assumeThat(sqlite3).as("the sqlite3 program").isNotNull();
        List<String> command = new java.util.ArrayList<>(List.of(sqlite3.toString(), database));
        command.addAll(List.of(arguments));
        return Answer.of(folder, input, command);
    }

    private static final String VALUES = "SELECT 1 AS a, 'text' AS \"two words\", NULL AS c, 2.5 AS d, '' AS e"
            + " UNION ALL SELECT -20, 'it''s \"quoted\", with ä', 'x', -1e10, 'z';\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".headers on\n",
                ".mode list\n.separator ::\n.nullvalue NULL\n",
                ".mode csv\n",
                ".mode csv\n.headers on\n.nullvalue N\n",
                ".mode json\n",
                ".mode line\n",
                ".mode line\n.nullvalue -\n",
                ".mode column\n",
                ".mode column\n.headers off\n",
            })
    void rowsArePrintedAsBySqlite3(String settings) throws Exception {
        String input = settings + VALUES + "SELECT 1 AS one, x'41420a43' AS bytes;\nSELECT 1 AS none WHERE 0;\n";
        if (settings.contains("column")) {
            input = settings + VALUES; // a line end inside a cell is shown as a blank
        }
        assertThat(trimmed(verso(":memory:", input).out()))
                .isEqualTo(trimmed(sqlite(":memory:", input).out()));
    }

    private static String trimmed(String text) {
        return text.lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
    }

    /** SQLite's newest shell has rounded corners and numbers to the right; older ones have not. The cells are the same. */
    @Test
    void boxesHoldTheSameCells() throws Exception {
        String input = ".mode box\n" + VALUES;
        String ours = verso(":memory:", input).out();
        assertThat(ours.lines().findFirst().orElse("")).startsWith("╭──").endsWith("╮");
        assertThat(cells(ours)).isEqualTo(cells(sqlite(":memory:", input).out()));
    }

    private static List<List<String>> cells(String box) {
        return box.lines()
                .filter(line -> line.startsWith("│"))
                .map(line -> java.util.Arrays.stream(line.split("│"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    @Test
    void controlCharactersAreEscapedInJson() throws Exception {
        String input = ".mode json\nSELECT char(1, 8, 9, 10, 12, 13, 34, 92, 47, 233) AS c;\n";
        assertThat(verso(":memory:", input).out())
                .isEqualTo(sqlite(":memory:", input).out())
                .isEqualTo("[{\"c\":\"\\u0001\\b\\t\\n\\f\\r\\\"\\\\/é\"}]\n");
    }

    @Test
    void errorsInTheInputAreToldAsBySqlite3AndTheRestIsRun() throws Exception {
        String input = "CREATE TABLE t (a UNIQUE, b NOT NULL);\nINSERT INTO t VALUES (1, 'x');\n\nSELEC 2;\n"
                + "SELECT 3; SELECT * FROM nowhere; SELECT 4;\nINSERT INTO t\nVALUES (1, 2);\n"
                + "INSERT INTO t VALUES (2, NULL);\n.read missing.sql\n/* a comment */\n-- another\nSELECT ?, :a, 9;\nSELECT 10";
        Answer ours = verso(":memory:", input);
        Answer theirs = sqlite(":memory:", input);
        assertThat(ours.out()).isEqualTo(theirs.out());
        assertThat(ours.err()).isEqualTo(withoutContext(theirs.err()));
        assertThat(ours.code()).isEqualTo(theirs.code()).isOne();
    }

    /** sqlite3 repeats the statement and points at the place. */
    private static String withoutContext(String errors) {
        return errors.lines().filter(line -> !line.startsWith("  ")).reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void errorsOfArgumentsEndTheShellWithTheirCode() throws Exception {
        String[][] cases = {
            {"SELECT 5; INSERT INTO t VALUES (1); SELECT 6", "SELECT 7"},
            {"SELEC 1", "SELECT 7"},
            {"SELECT 1; SELECT 2", "SELECT 3;"},
            {"SELECT * FROM nowhere"},
            {".nothing"},
            {"SELECT 1;;; -- done"},
            {""},
        };
        String file = folder.resolve("t.sqlite").toString();
        verso(file, "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1);");
        for (String[] arguments : cases) {
            Answer ours = verso(file, "", arguments);
            Answer theirs = sqlite(file, "", arguments);
            assertThat(ours.out()).as(arguments[0]).isEqualTo(theirs.out());
            assertThat(ours.code()).as(arguments[0]).isEqualTo(theirs.code());
            if (!arguments[0].startsWith(".")) {
                assertThat(ours.err()).as(arguments[0]).isEqualTo(withoutContext(theirs.err()));
            }
        }
    }

    @Test
    void bailStopsAtTheFirstError() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Shell shell =
                new Shell(":memory:", false, new PrintStream(out), new PrintStream(new ByteArrayOutputStream()))) {
            shell.bail(true);
            shell.readAll(new StringReader("SELECT 1;\nSELEC 2;\nSELECT 3;\n"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1\n");
    }

    private static final String SCHEMA =
            "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT DEFAULT 'it''s', real REAL, bytes BLOB);\n"
                    + "CREATE TABLE child (pid REFERENCES parent, g AS (pid + 1), \"odd name\" TEXT, PRIMARY KEY (pid, \"odd name\")) WITHOUT ROWID;\n"
                    + "CREATE INDEX parent_name ON parent (name COLLATE NOCASE DESC);\n"
                    + "CREATE TABLE later (id INTEGER PRIMARY KEY AUTOINCREMENT);\n"
                    + "INSERT INTO parent (name, real, bytes) VALUES ('a''b', 1.5, x'00ff'), ('zwei\nZeilen', -2.25, NULL), (NULL, 100.0, 'text');\n"
                    + "INSERT INTO child (pid, \"odd name\") VALUES (1, 'x'), (2, 'ä');\n"
                    + "INSERT INTO later VALUES (41); DELETE FROM later;\n"
                    + "CREATE VIEW shown AS SELECT name FROM parent;\n";

    @Test
    void aDumpIsLoadedBySqlite3AndHoldsTheSame() throws Exception {
        String file = folder.resolve("dumped.sqlite").toString();
        verso(file, SCHEMA);
        Answer dump = verso(file, ".dump\n");
        assertThat(dump.code()).isZero();
        String loaded = folder.resolve("loaded.sqlite").toString();
        Answer load = sqlite(loaded, dump.out());
        assertThat(load.err()).isEmpty();
        String questions =
                "SELECT quote(id), quote(name), quote(real), quote(bytes) FROM parent;\nSELECT * FROM child;\n"
                        + "SELECT * FROM sqlite_sequence ORDER BY 1;\nSELECT type, name, sql FROM sqlite_schema ORDER BY 2;\nPRAGMA integrity_check;\n";
        assertThat(sqlite(loaded, questions)).isEqualTo(sqlite(file, questions));
        String again = folder.resolve("again.sqlite").toString();
        assertThat(verso(again, sqlite(file, ".dump\n").out()).err()).isEmpty();
        assertThat(sqlite(again, questions)).isEqualTo(sqlite(file, questions));
        assertThat(verso(file, ".dump child\n").out()).contains("child").doesNotContain("parent_name");
    }

    @Test
    void namesAreListedAsBySqlite3() throws Exception {
        String file = folder.resolve("names.sqlite").toString();
        StringBuilder more = new StringBuilder(SCHEMA);
        for (int i = 0; i < 25; i++) {
            more.append("CREATE TABLE table_number_").append(i).append(" (a);\n");
        }
        verso(file, more.toString());
        for (String command :
                List.of(".tables\n", ".tables %number_1%\n", ".schema table_number_7\n", ".indexes child\n")) {
            assertThat(trimmed(verso(file, command).out()))
                    .as(command)
                    .isEqualTo(trimmed(sqlite(file, command).out()));
        }
        assertThat(verso(file, ".schema parent\n").out())
                .contains("CREATE TABLE parent (")
                .contains("CREATE INDEX parent_name");
        assertThat(verso(file, ".databases\n").out()).contains("main: ").contains("names.sqlite");
    }

    @Test
    void csvIsImportedAsBySqlite3() throws Exception {
        Path csv = folder.resolve("rows.csv");
        Files.writeString(
                csv,
                "id,name,\"the note\"\n1,one,\"with, comma\"\n2,\"say \"\"hi\"\"\",\"two\nlines\"\n3,short\n4,a,b,extra\n5,,ä\r\n");
        String input = ".mode csv\n.import " + csv + " made\nSELECT * FROM made;\n"
                + "CREATE TABLE there (a INTEGER, b, c);\n.import --skip 1 " + csv + " there\n"
                + "SELECT typeof(a), a, quote(b), quote(c) FROM there;\n";
        Answer ours = verso(":memory:", input);
        Answer theirs = sqlite(":memory:", input);
        // After an import sqlite3 ends rows with a line feed alone, for the rest of the session.
        assertThat(ours.out().replace("\r\n", "\n")).isEqualTo(theirs.out().replace("\r\n", "\n"));
        assertThat(ours.err()).isEqualTo(theirs.err());
        Path bars = folder.resolve("rows.txt");
        Files.writeString(bars, "1|x,y\n2|z\n");
        String list = "CREATE TABLE t (a, b);\n.import " + bars + " t\nSELECT * FROM t;\n.import --csv " + csv
                + " u\nSELECT count(*) FROM u;\n";
        assertThat(verso(":memory:", list).out())
                .isEqualTo(sqlite(":memory:", list).out());
        assertThat(verso(":memory:", ".import missing.csv t\n").err())
                .isEqualTo(sqlite(":memory:", ".import missing.csv t\n").err());
    }

    @Test
    void anImportThatFailsLeavesNothing() throws Exception {
        Path csv = folder.resolve("rows.csv");
        Files.writeString(csv, "1\n2\n1\n");
        Answer answer =
                verso(":memory:", "CREATE TABLE t (a UNIQUE);\n.import --csv " + csv + " t\nSELECT count(*) FROM t;\n");
        assertThat(answer.out()).isEqualTo("0\n");
        assertThat(answer.err()).contains("UNIQUE constraint failed: t.a");
        assertThat(answer.code()).isOne();
    }

    @Test
    void filesAreRead() throws Exception {
        Path script = folder.resolve("script.sql");
        Files.writeString(
                script, "CREATE TABLE t (a);\nINSERT INTO t\n VALUES ('semi;colon'),\n ('two');\nSELECT * FROM t;\n");
        Answer answer = verso(":memory:", ".read " + script + "\nSELECT count(*) FROM t;\n");
        assertThat(answer.out()).isEqualTo("semi;colon\ntwo\n2\n");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void otherCommandsDoWhatTheySay() throws Exception {
        String file = folder.resolve("other.sqlite").toString();
        Answer answer = verso(
                ":memory:",
                "CREATE TABLE t (a);\n.open " + file
                        + "\n.tables\nCREATE TABLE u (a);\n.tables\n.mode\n.timer on\nSELECT 1;\n"
                        + ".timer off\n.help\n.he off\n.mo csv\n.mode\n.quit\nSELECT 'not reached';\n");
        assertThat(answer.out())
                .startsWith("u\ncurrent output mode: list\n1\nRun Time: real ")
                .contains(".import")
                .endsWith("current output mode: csv\n");
        assertThat(answer.err()).contains("ambiguous command: .he");
        for (String wrong : List.of(".nothing", ".mode tapestry", ".headers perhaps", ".import x", ".read", ".timer")) {
            Answer refused = verso(":memory:", wrong + "\n");
            assertThat(refused.err()).as(wrong).startsWith("Error: ");
            assertThat(refused.code()).isOne();
        }
    }

    @Test
    void statementsAreCutAtTheirSemicolons() {
        assertThat(
                        StatementReader.statements(
                                "SELECT ';'; SELECT \";\" -- ;\n; CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END; SELECT 3"))
                .containsExactly(
                        "SELECT ';';",
                        " SELECT \";\" -- ;\n;",
                        " CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;",
                        " SELECT 3");
        assertThat(StatementReader.isBlank(" ; -- x\n /* y */ ;")).isTrue();
    }
}
