package dev.verso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line: a JVM of its own, as the script {@code ./verso} starts it, and the subcommands. */
class CommandsTest {
    @TempDir
    Path folder;

    private Answer verso(String input, String... arguments) throws IOException, InterruptedException {
        return process(Main.class, input, arguments);
    }

    private Answer process(Class<?> main, String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return Answer.of(folder, input, command);
    }

    /** Arguments are ASCII: with others the JVMs' locale would have a say. Input and output are UTF-8 wherever it runs. */
    @Test
    void sqlComesFromTheCommandLineOrTheInput() throws Exception {
        String file = folder.resolve("app.sqlite").toString();
        assertThat(verso(
                        "",
                        file,
                        "CREATE TABLE t (a); INSERT INTO t VALUES ('gr' || char(252, 223) || 'e')",
                        "SELECT * FROM t"))
                .isEqualTo(new Answer("grüße\n", "", 0));
        assertThat(verso("SELECT a, 2 AS b\nFROM t WHERE a = 'grüße';\n.mode json\nSELECT 1 AS x;", file))
                .isEqualTo(new Answer("grüße|2\n[{\"x\":1}]\n", "", 0));
        assertThat(verso("", "-header", "-mode", "csv", file, "SELECT a FROM t").out())
                .isEqualTo("a\r\n\"grüße\"\r\n");
        Answer wrong = verso("SELECT 1;\nSELECT * FROM u;\nSELECT 2;\n", file);
        assertThat(wrong).isEqualTo(new Answer("1\n2\n", "Parse error near line 2: no such table: u\n", 1));
        assertThat(verso("", file, "SELECT * FROM u", "SELECT 1"))
                .isEqualTo(new Answer("", "Error: in prepare, no such table: u\n", 1));
        Answer readOnly = verso("", "-readonly", file, "DELETE FROM t");
        assertThat(readOnly.code()).isEqualTo(8);
        assertThat(readOnly.err()).contains("attempt to write a readonly database");
        Answer missing = verso("", folder.resolve("no/such/folder.sqlite").toString(), "SELECT 1");
        assertThat(missing.code()).isOne();
        assertThat(missing.err()).contains("unable to open database").contains("folder.sqlite");
        assertThat(verso("", "--no-such-option").code()).isEqualTo(2);
        assertThat(verso("", "--version").out()).contains("3.54.1");
    }

    /** A subcommand in this JVM. */
    private static Answer inside(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
        return new Answer(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), code);
    }

    private static String one(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aFileIsImportedListedAndExported() throws Exception {
        Path file = folder.resolve("app.sqlite");
        run(file.toString(), "CREATE TABLE t (a); INSERT INTO t VALUES (42)");
        String store = "local:" + folder.resolve("store");
        assertThat(inside("import", file.toString(), store, "app").out()).contains("app is at version ");
        assertThat(inside("versions", store)).isEqualTo(new Answer("app\n", "", 0));
        String version = inside("versions", store, "app").out().split(" ")[0];
        run(store + "/app", "UPDATE t SET a = 43");
        for (String[] each : new String[][] {{"app", "43"}, {"app@" + version, "42"}}) {
            Path exported = folder.resolve("exported-" + each[1] + ".sqlite");
            assertThat(inside("export", store, each[0], exported.toString()).code())
                    .isZero();
            assertThat(one(exported.toString(), "SELECT a FROM t")).isEqualTo(each[1]);
        }
        assertThat(inside("versions", store, "app", "--at", "2999-01-01").out().lines())
                .hasSize(1);
        assertThat(inside("versions", store, "app", "--at", "7").err()).contains("'7' is no time");
        assertThat(inside("versions", store, "--at", "2999-01-01").err()).contains("--at needs");
    }

    @Test
    void transfersThatWereKilledGoOnWhereTheyStopped() throws Exception {
        Path file = folder.resolve("app.sqlite");
        run(file.toString(), "CREATE TABLE t (a); INSERT INTO t VALUES (randomblob(9000000)), ('the end')");
        String sum = one(file.toString(), "SELECT sum(length(a)) || hex(substr(a, 7000000, 50)) FROM t");
        String store = "local:" + folder.resolve("store");

        Answer killed = process(HaltedTransfer.class, "", "import", file.toString(), store, "app");
        assertThat(killed.code()).as(killed.err()).isEqualTo(HaltedTransfer.CODE);
        assertThat(killed.out()).contains(" 0 %").doesNotContain("100 %");
        assertThat(one(store + "/app", "SELECT count(*) FROM sqlite_schema"))
                .as("seen by others")
                .isEqualTo("0");
        Answer resumed = inside("import", file.toString(), store, "app");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).doesNotContain(" 0 %").contains("100 %").contains("app is at version");
        assertThat(one(store + "/app", "SELECT sum(length(a)) || hex(substr(a, 7000000, 50)) FROM t"))
                .isEqualTo(sum);
        assertThat(inside("verify", store, "app").out()).contains("app is sound");
        assertThat(inside("versions", store, "app").out().lines()).hasSize(1);

        Path exported = folder.resolve("exported.sqlite");
        killed = process(HaltedTransfer.class, "", "export", store, "app", exported.toString());
        assertThat(killed.code()).as(killed.err()).isEqualTo(HaltedTransfer.CODE);
        assertThat(exported).doesNotExist();
        // What is written meanwhile is not in the file: the export goes on with the version that it had begun.
        run(store + "/app", "DELETE FROM t");
        resumed = inside("export", store, "app", exported.toString());
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).doesNotContain(" 0 %").contains("100 %");
        assertThat(one(exported.toString(), "SELECT sum(length(a)) || hex(substr(a, 7000000, 50)) FROM t"))
                .isEqualTo(sum);
        assertThat(one(exported.toString(), "PRAGMA integrity_check")).isEqualTo("ok");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.contains(".part"));
        }
    }

    @Test
    void everyCommandIsExplainedWithAnExample() {
        String all = inside("help").out();
        for (CommandLine command : new CommandLine(new Main()).getSubcommands().values()) {
            String name = command.getCommandName();
            assertThat(all).contains("  " + name + " ");
            if (!name.equals("help")) {
                assertThat(command.getUsageMessage()).contains("Example:").contains("  verso " + name);
            }
        }
        assertThat(inside("help", "fork").out())
                .isEqualTo(inside("fork", "--help").out())
                .contains("verso fork local:");
        assertThat(all).contains("Examples:");
    }

    @Test
    void subcommandsTellWhatIsWrong() throws Exception {
        Path store = folder.resolve("store");
        Answer unknown = verso(
                "",
                "export",
                "local:" + store,
                "nobody",
                folder.resolve("x.sqlite").toString());
        assertThat(unknown.code()).isOne();
        assertThat(unknown.err()).startsWith("Error: ").contains("nobody");
        Answer noStore = verso("", "versions", "plain");
        assertThat(noStore.code()).isOne();
        assertThat(noStore.err()).contains("no versioned store");
        Answer noFile = verso("", "import", folder.resolve("none.sqlite").toString(), "local:" + store, "app");
        assertThat(noFile.code()).isOne();
        assertThat(noFile.err()).contains("none.sqlite");
        assertThat(verso("", "import").code()).isEqualTo(2);
    }

    @Test
    void theIsolationOfAConnectionIsChosen() throws Exception {
        String database = "local:" + folder.resolve("store") + "/app";
        assertThat(verso("", "-isolation", "snapshot", database, "PRAGMA verso_isolation")
                        .out())
                .isEqualToIgnoringCase("snapshot\n");
        assertThat(verso("", "-isolation", "none", database, "SELECT 1").err()).contains("NONE");
    }

    @Test
    void theDemoEndsWell() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new Demo(new PrintStream(out, true, StandardCharsets.UTF_8)).run(folder.resolve("demo"));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static int command(String... arguments) {
        return inside(arguments).code();
    }

    @Test
    void aDamagedVersionIsFoundAndOneFromBeforeIsSound() throws Exception {
        String store = "local:" + folder.resolve("damaged");
        assertThat(command("create", store, "app")).isZero();
        long sound = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + store + "/app");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(a)");
            statement.execute("INSERT INTO t SELECT hex(randomblob(500)) FROM generate_series(1, 50)");
            try (ResultSet rows = statement.executeQuery("SELECT verso_version()")) {
                assertThat(rows.next()).isTrue();
                sound = rows.getLong(1);
            }
            statement.execute("UPDATE sqlite_dbpage SET data = zeroblob(4096) WHERE pgno = 5");
        }
        Answer found = inside("verify", store, "app");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out()).contains("page 5").contains("app is damaged");
        assertThat(inside("verify", store, "app@" + sound).out()).contains("is sound");
    }

    @Test
    void aStoreIsAdministeredBySubcommands() throws Exception {
        String store = "local:" + folder.resolve("store");
        assertThat(command("create", store, "app")).isZero();
        assertThat(command("create", store, "app")).isEqualTo(1);
        String url = "jdbc:verso:" + store + "/app";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(a)");
            statement.execute("INSERT INTO t VALUES (1), (2)");
            long version = 0;
            try (ResultSet rows = statement.executeQuery("SELECT verso_version()")) {
                assertThat(rows.next()).isTrue();
                version = rows.getLong(1);
            }
            statement.execute("DELETE FROM t");
            assertThat(command("pin", store, "app@" + version, "before")).isZero();
            assertThat(command("fork", store, "app@" + version, "copy")).isZero();
            assertThat(command("delete", store, "app")).isEqualTo(1);
            assertThat(command("retention", store, "app", "--keep-for", "30d", "--keep-versions", "1"))
                    .isZero();
            assertThat(command("gc", store, "--dry-run")).isZero();
            assertThat(command("gc", store, "app", "--min-age", "0s")).isZero();
            assertThat(command("truncate", store, "app", "9999999", "--min-age", "0s"))
                    .isZero();
            assertThat(command("verify", store, "copy")).isZero();
            assertThat(command("verify", store, "app@" + version)).isZero();
            assertThat(command("stat", store, "app")).isZero();
            assertThat(command("wait", store, "app", Long.toString(version))).isZero();
            assertThat(command("wait", store, "app", "99999999", "--timeout", "0s"))
                    .isEqualTo(1);
            assertThat(command("compress", store, "app", "on")).isZero();
            assertThat(command("compress", store, "app", "perhaps")).isEqualTo(1);
            assertThat(inside("stat", store, "app").out()).contains("compression          on");
            assertThat(command("lock", store, "app", "me")).isZero();
            assertThat(command("lock", store, "app", "you")).isEqualTo(1);
            assertThat(command("unlock", store, "app", "me")).isEqualTo(1);
            assertThat(command("unlock", store, "app", "me", "--rollback")).isZero();
            assertThat(command("delete", store, "copy")).isZero();
            assertThat(command("rollback", store, "app", Long.toString(version)))
                    .isZero();
            assertThat(command("unpin", store, "app", Long.toString(version))).isZero();
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
            assertThat(command("rename", store, "app", "production")).isZero();
            assertThat(command("list", store)).isZero();
            assertThat(command("retention", store, "production", "--keep-for", "soon"))
                    .isEqualTo(1);
        }
        // Nobody has it open any more: nothing is collected but by commands.
        assertThat(command("schedule", store, "production", "6h")).isZero();
        assertThat(command("gc", store, "--due")).isZero();
        assertThat(command("gc", store, "production", "--due")).isEqualTo(1);
        assertThat(inside("stat", store, "production").out())
                .contains("every 6h")
                .contains("last collected");
        assertThat(inside("schedule", store, "production", "never").out()).contains("when told to");
        Answer list = verso("", "list", store);
        assertThat(list).isEqualTo(new Answer("production\n", "", 0));
        assertThat(verso("", "stat", store, "production").out())
                .contains("newest version")
                .contains("2592000 seconds and 1 versions");
        assertThat(verso("", "delete", store, "nothing").err()).contains("no namespace nothing");
        assertThat(command("delete", store, "production")).isZero();
    }
}
