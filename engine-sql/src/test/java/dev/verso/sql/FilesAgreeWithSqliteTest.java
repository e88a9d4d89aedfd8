package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that the scripts leave behind: the real SQLite finds them sound, with the same schema texts and the same rows as in its own file. */
class FilesAgreeWithSqliteTest {
    @TempDir
    Path directory;

    private static final List<String> SETTINGS = List.of(
            "",
            "PRAGMA page_size=512",
            "PRAGMA page_size=65536",
            "PRAGMA auto_vacuum=1",
            "PRAGMA auto_vacuum=2",
            "PRAGMA encoding='UTF-16le'",
            "PRAGMA encoding='UTF-16be'");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first-steps",
                "tables-and-transactions",
                "constraints-and-conflicts",
                "found-by-comparison",
                "triggers",
                "alter-table-names-everywhere",
                "alter-table-drop-column",
                "alter-table-constraints"
            })
    void theFileThatAScriptLeavesIsTheSameInTheRealSqlite(String script) throws Exception {
        int number = 0;
        boolean isLong = script.equals("constraints-and-conflicts");
        for (String setting : isLong ? SETTINGS : SETTINGS.subList(0, 1)) {
            Path ours = directory.resolve(script + number + ".ours");
            Path theirs = directory.resolve(script + number++ + ".theirs");
            runBoth(script, setting, ours, theirs);
            compare(setting, ours, theirs);
        }
    }

    private static void runBoth(String script, String setting, Path ours, Path theirs) throws Exception {
        List<String> statements = new ArrayList<>();
        statements.add("PRAGMA synchronous=off");
        if (!setting.isEmpty()) {
            statements.add(setting);
        }
        statements.addAll(StatementsAgreeWithSqliteTest.statements(script));
        try (RealSqlite real = new RealSqlite(theirs.toString());
                Verso verso = new Verso(FileStore.open(ours, FileOptions.defaults()))) {
            for (String sql : statements) {
                Outcome wanted = real.run(sql);
                Outcome got = verso.run(sql);
                assertThat(got.error()).as(setting + " " + sql).isEqualTo(wanted.error());
                if (!sql.contains("database_list")) {
                    assertThat(got.rows()).as(setting + " " + sql).isEqualTo(wanted.rows());
                }
            }
        }
    }

    private static void compare(String setting, Path ours, Path theirs) throws Exception {
        try (RealSqlite a = new RealSqlite(ours.toString());
                RealSqlite b = new RealSqlite(theirs.toString())) {
            assertThat(a.run("PRAGMA integrity_check").rows()).as(setting).isEqualTo(List.of(List.of("T:ok")));
            String schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid";
            List<List<String>> objects = b.run(schema).rows();
            assertThat(a.run(schema).rows()).as(setting).isEqualTo(objects);
            for (List<String> object : objects) {
                if (object.get(0).equals("T:table")) {
                    String table = "SELECT * FROM \"" + object.get(1).substring(2) + "\" ORDER BY 1, 2";
                    assertThat(a.run(table).rows())
                            .as(table)
                            .isEqualTo(b.run(table).rows());
                }
            }
            assertThat(a.run("PRAGMA schema_version").rows())
                    .isEqualTo(b.run("PRAGMA schema_version").rows());
        }
    }

    @Test
    void oneConnectionSeesWhatAnotherHasChangedInTheSchema() throws Exception {
        Path file = directory.resolve("shared.db");
        try (Verso first = new Verso(FileStore.open(file, FileOptions.defaults()));
                Verso second = new Verso(FileStore.open(file, FileOptions.defaults()));
                RealSqlite third = new RealSqlite(file.toString())) {
            first.run("CREATE TABLE t(a)");
            second.run("INSERT INTO t VALUES(1)");
            third.run("ALTER TABLE t ADD COLUMN b DEFAULT 5");
            assertThat(first.run("SELECT * FROM t").rows()).isEqualTo(List.of(List.of("I:1", "I:5")));
            third.run("CREATE INDEX i ON t(b)");
            assertThat(second.run("INSERT INTO t VALUES(2, 6)").error()).isNull();
            assertThat(third.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
            second.run("DROP TABLE t");
            assertThat(first.run("SELECT * FROM t").error()).isEqualTo("1: no such table: t");
            assertThat(third.run("SELECT * FROM t").error()).isEqualTo("1: no such table: t");
        }
    }

    @Test
    void vacuumLeavesASoundFileWithTheSameRows() throws Exception {
        Path file = directory.resolve("vacuum.db");
        Path copy = directory.resolve("copy.db");
        try (Verso verso = new Verso(FileStore.open(file, FileOptions.defaults()))) {
            verso.run("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c)");
            verso.run("CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID");
            verso.run("CREATE INDEX i ON t(c) WHERE c > 10");
            verso.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000)"
                    + " INSERT INTO t SELECT i, 'text '||i, i%100 FROM n");
            verso.run("INSERT INTO w SELECT b, c FROM t");
            verso.run("DELETE FROM t WHERE a % 3 = 0");
            Outcome rows = verso.run("SELECT * FROM t ORDER BY a");
            long before = java.nio.file.Files.size(file);
            assertThat(verso.run("VACUUM").error()).isNull();
            assertThat(java.nio.file.Files.size(file)).isLessThan(before);
            assertThat(verso.run("SELECT * FROM t ORDER BY a").rows()).isEqualTo(rows.rows());
            assertThat(verso.run("VACUUM INTO '" + copy + "'").error()).isNull();
        }
        try (RealSqlite real = new RealSqlite(file.toString())) {
            assertThat(real.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
            assertThat(real.run("SELECT count(*) FROM t").rows()).isEqualTo(List.of(List.of("I:2000")));
            assertThat(real.run("SELECT count(*) FROM w").rows()).isEqualTo(List.of(List.of("I:3000")));
        }
    }

    @Test
    void triggersOfOneEngineFireInTheOther() throws Exception {
        Path file = directory.resolve("triggers.db");
        try (RealSqlite real = new RealSqlite(file.toString());
                Verso verso = new Verso(FileStore.open(file, FileOptions.defaults()))) {
            real.run("CREATE TABLE t(a, b)");
            real.run("CREATE TABLE log(what, x)");
            real.run("CREATE VIEW v AS SELECT a FROM t");
            real.run("CREATE TRIGGER theirs AFTER INSERT ON t BEGIN INSERT INTO log VALUES('theirs', new.a); END");
            assertThat(verso.run("INSERT INTO t VALUES(1, 2)").error()).isNull();
            verso.run("CREATE TRIGGER ours INSTEAD OF DELETE ON v BEGIN INSERT INTO log VALUES('ours', old.a); END");
            real.run("SELECT * FROM t"); // SQLite notices the new schema when it reads
            assertThat(real.run("DELETE FROM v").error()).isNull();
            verso.run("ALTER TABLE t RENAME COLUMN a TO aa");
            assertThat(real.run("INSERT INTO t VALUES(3, 4)").error()).isNull();
            real.run("ALTER TABLE log RENAME TO history");
            assertThat(verso.run("INSERT INTO t VALUES(5, 6)").error()).isNull();
            List<List<String>> rows = verso.run("SELECT * FROM history").rows();
            assertThat(rows).isEqualTo(real.run("SELECT * FROM history").rows());
            assertThat(rows)
                    .isEqualTo(List.of(
                            List.of("T:theirs", "I:1"),
                            List.of("T:ours", "I:1"),
                            List.of("T:theirs", "I:3"),
                            List.of("T:theirs", "I:5")));
            assertThat(real.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
        }
    }
}
