package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VACUUM and VACUUM INTO beside the real SQLite, which also reads the files that they leave. */
class VacuumTest {
    private static final List<String> CONTENT = List.of(
            "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT UNIQUE, c)",
            "CREATE TABLE w(k TEXT, v, PRIMARY KEY(v DESC, k)) WITHOUT ROWID",
            "CREATE INDEX tc ON t(c, b DESC) WHERE c IS NOT NULL",
            "CREATE VIEW v AS SELECT a FROM t",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                    + " INSERT INTO t(b, c) SELECT 'row ' || i, substr(hex(i) || printf('%.*c', i % 400, 'x'), 1) FROM n",
            "INSERT INTO t(b, c) VALUES('large', printf('%.*c', 200000, 'y'))",
            "INSERT INTO w SELECT b, a % 7 FROM t WHERE a % 3 = 0",
            "DELETE FROM t WHERE a % 2 = 0",
            "ANALYZE",
            "PRAGMA user_version = 77",
            "PRAGMA application_id = 99");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void makeFile() {
        file = directory.resolve("main.db");
    }

    private void fillByRealSqlite(String first) throws Exception {
        try (RealSqlite real = new RealSqlite(file.toString())) {
            real.run("PRAGMA synchronous = OFF");
            real.run(first);
            for (String sql : CONTENT) {
                assertThat(real.run(sql).error()).as(sql).isNull();
            }
        }
    }

    /** The bytes that processes lock are in a page that no database uses, and which of them that is depends on the page size. */
    @ParameterizedTest
    @CsvSource({"65536, 4096", "4096, 65536"})
    @EnabledIfSystemProperty(named = "verso.full", matches = "true")
    void aFileOfMoreThanAGibibyteGetsAnotherPageSize(int pageSize, int newPageSize) throws Exception {
        String letters = "printf('%.*c', 1000000, char(65 + i % 26))";
        try (RealSqlite real = new RealSqlite(file.toString())) {
            real.run("PRAGMA synchronous = OFF");
            real.run("PRAGMA journal_mode = OFF");
            real.run("PRAGMA page_size = " + pageSize);
            real.run("CREATE TABLE t(i INTEGER PRIMARY KEY, x)");
            assertThat(real.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1120)"
                                    + " INSERT INTO t SELECT i, " + letters + " FROM n")
                            .error())
                    .isNull();
        }
        try (Verso ours = open()) {
            ours.run("PRAGMA page_size = " + newPageSize);
            assertThat(ours.run("VACUUM").error()).isNull();
        }
        try (RealSqlite real = new RealSqlite(file.toString())) {
            assertThat(real.run("PRAGMA page_size").rows()).isEqualTo(List.of(List.of("I:" + newPageSize)));
            assertThat(real.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
            Outcome content = real.run("SELECT count(*), sum(x = " + letters + ") FROM t");
            assertThat(content.error()).isNull();
            assertThat(content.rows()).isEqualTo(List.of(List.of("I:1120", "I:1120")));
        }
    }

    private Verso open() {
        return new Verso(FileStore.open(file, FileOptions.defaults()));
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 0, 512, 0", "512, 0, 4096, 0", "1024, 0, 65536, 0", "65536, 0, 1024, 0", "4096, 0, 4096, 1",
        "4096, 1, 4096, 0", "4096, 2, 4096, 1", "4096, 1, 2048, 2", "8192, 0, 4096, 2", "4096, 0, 4096, 0",
    })
    void theFileGetsTheNewPageSizeAndAutoVacuum(int pageSize, int autoVacuum, int newPageSize, int newAutoVacuum)
            throws Exception {
        fillByRealSqlite("PRAGMA page_size = " + pageSize);
        if (autoVacuum != 0) {
            try (RealSqlite real = new RealSqlite(file.toString())) {
                real.run("PRAGMA auto_vacuum = " + autoVacuum);
                assertThat(real.run("VACUUM").error()).isNull();
            }
        }
        Path copy = directory.resolve("copy.db");
        Files.copy(file, copy);
        try (Verso ours = open();
                RealSqlite real = new RealSqlite(copy.toString())) {
            for (String sql : List.of(
                    "PRAGMA page_size = " + newPageSize,
                    "PRAGMA auto_vacuum = " + newAutoVacuum,
                    "VACUUM",
                    "PRAGMA page_size",
                    "PRAGMA auto_vacuum",
                    "PRAGMA freelist_count",
                    "PRAGMA user_version",
                    "PRAGMA application_id",
                    "PRAGMA schema_version",
                    "SELECT count(*), sum(length(c)) FROM t",
                    "INSERT INTO t(b, c) VALUES('new', 1)",
                    "SELECT * FROM t WHERE b = 'new'",
                    "DELETE FROM w WHERE v = 3",
                    "PRAGMA integrity_check")) {
                Outcome wanted = real.run(sql);
                Outcome got = ours.run(sql);
                assertThat(got.error()).as(sql).isEqualTo(wanted.error());
                assertThat(got.rows()).as(sql).isEqualTo(wanted.rows());
            }
        }
        compareFiles(file, copy);
    }

    private static void compareFiles(Path ours, Path theirs) throws Exception {
        try (RealSqlite a = new RealSqlite(ours.toString());
                RealSqlite b = new RealSqlite(theirs.toString())) {
            for (String sql : List.of(
                    "PRAGMA integrity_check",
                    "PRAGMA page_size",
                    "PRAGMA auto_vacuum",
                    "SELECT type, name, sql FROM sqlite_schema ORDER BY name",
                    "SELECT * FROM t",
                    "SELECT * FROM w",
                    "SELECT * FROM sqlite_sequence")) {
                assertThat(a.run(sql).rows()).as(sql).isEqualTo(b.run(sql).rows());
            }
        }
    }

    @Test
    void otherConnectionsSeeTheNewPages() throws Exception {
        fillByRealSqlite("PRAGMA page_size = 1024");
        try (Verso first = open();
                Verso second = open()) {
            Outcome before = second.run("SELECT count(*), sum(length(c)) FROM t");
            first.run("PRAGMA page_size = 4096");
            assertThat(first.run("VACUUM").error()).isNull();
            assertThat(second.run("SELECT count(*), sum(length(c)) FROM t").rows())
                    .isEqualTo(before.rows());
            assertThat(second.run("PRAGMA page_size").rows()).isEqualTo(List.of(List.of("I:4096")));
            assertThat(second.run("INSERT INTO t(b) VALUES('second')").error()).isNull();
            assertThat(first.run("SELECT count(*) FROM t WHERE b = 'second'").rows())
                    .isEqualTo(List.of(List.of("I:1")));
        }
    }

    @Test
    void reservedBytesStay() throws Exception {
        fillByRealSqlite("PRAGMA page_size = 4096");
        try (Verso ours = new Verso(FileStore.open(directory.resolve("reserved.db"), FileOptions.defaults()))) {
            ours.connection().session().database(0).pageSize(2048, 32);
            for (String sql : CONTENT) {
                assertThat(ours.run(sql).error()).as(sql).isNull();
            }
            ours.run("PRAGMA page_size = 8192");
            assertThat(ours.run("VACUUM").error()).isNull();
        }
        byte[] bytes = Files.readAllBytes(directory.resolve("reserved.db"));
        assertThat(bytes[20]).isEqualTo((byte) 32);
        assertThat(bytes.length % 8192).isZero();
        try (RealSqlite real = new RealSqlite(directory.resolve("reserved.db").toString())) {
            assertThat(real.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
        }
    }

    @Test
    void intoWritesAFileOfItsOwn() throws Exception {
        fillByRealSqlite("PRAGMA page_size = 1024");
        Path target = directory.resolve("target.db");
        try (Verso ours = open()) {
            String sql = "VACUUM main INTO '" + directory + "' || '/target.' || 'db'";
            assertThat(ours.run(sql).error()).isNull();
            assertThat(ours.run(sql).error()).isEqualTo("1: output file already exists");
        }
        compareFiles(target, file);
    }

    @Test
    void intoFailsAsInTheRealSqlite() throws Exception {
        Path junk = directory.resolve("junk");
        Files.write(junk, "this is no database, but it is a file".repeat(100).getBytes(StandardCharsets.UTF_8));
        try (Verso ours = new Verso(new MemoryStore());
                RealSqlite real = new RealSqlite(":memory:")) {
            for (String sql : List.of(
                    "CREATE TABLE t(a)",
                    "VACUUM INTO 5",
                    "VACUUM INTO NULL",
                    "VACUUM INTO x'41'",
                    "VACUUM INTO t",
                    "VACUUM INTO ''",
                    "VACUUM INTO '" + directory + "/no/such/directory'",
                    "VACUUM nope",
                    "VACUUM \"nope\" INTO 'x'",
                    "VACUUM temp",
                    "BEGIN",
                    "VACUUM",
                    "VACUUM INTO 'x'",
                    "COMMIT",
                    "PRAGMA query_only = ON",
                    "VACUUM",
                    "VACUUM INTO '" + directory + "/query-only.db'",
                    "PRAGMA query_only = OFF",
                    "PRAGMA page_size = 8192",
                    "PRAGMA auto_vacuum = 1",
                    "PRAGMA auto_vacuum",
                    "VACUUM",
                    "PRAGMA auto_vacuum",
                    "PRAGMA page_size")) {
                Outcome wanted = real.run(sql);
                Outcome got = ours.run(sql);
                assertThat(got.error()).as(sql).isEqualTo(wanted.error());
                assertThat(got.rows()).as(sql).isEqualTo(wanted.rows());
            }
            assertThat(ours.run("VACUUM INTO '" + junk + "'").error()).startsWith("26: file is not a database");
        }
    }

    @Test
    void anAttachedDatabaseIsVacuumedAlone() throws Exception {
        fillByRealSqlite("PRAGMA page_size = 4096");
        long before = Files.size(file);
        try (Verso ours = new Verso(new MemoryStore())) {
            ours.run("ATTACH '" + file + "' AS aux");
            assertThat(ours.run("PRAGMA aux.freelist_count").rows()).isNotEqualTo(List.of(List.of("I:0")));
            assertThat(ours.run("VACUUM aux").error()).isNull();
            assertThat(ours.run("PRAGMA aux.freelist_count").rows()).isEqualTo(List.of(List.of("I:0")));
        }
        assertThat(Files.size(file)).isLessThan(before);
    }
}
