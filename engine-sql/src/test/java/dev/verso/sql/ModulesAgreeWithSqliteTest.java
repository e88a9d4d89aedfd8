package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built-in modules answer about a file that the real SQLite has written, compared with its own answers. */
class ModulesAgreeWithSqliteTest {
    private static final List<String> CONTENT = List.of(
            "PRAGMA page_size=512",
            "CREATE TABLE t(a, b)",
            "CREATE INDEX ti ON t(b)",
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 60)"
                    + " INSERT INTO t SELECT x, hex(zeroblob(x * 13)) FROM c",
            "CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID",
            "INSERT INTO w SELECT b, a FROM t",
            "DELETE FROM t WHERE a % 5 = 2",
            "CREATE TABLE empty(x UNIQUE)",
            "CREATE VIRTUAL TABLE f USING fts5(body)",
            "INSERT INTO f VALUES('some words')",
            "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1)");

    private static final List<String> QUERIES = List.of(
            "SELECT *, schema, aggregate FROM dbstat",
            "SELECT rowid, * FROM dbstat ORDER BY name, path",
            "SELECT * FROM dbstat ORDER BY name",
            "SELECT * FROM dbstat ORDER BY path DESC, name",
            "SELECT * FROM dbstat WHERE aggregate = 1",
            "SELECT * FROM dbstat('main', 1) WHERE name = 't'",
            "SELECT * FROM dbstat('main') WHERE name = 'ti' AND pagetype = 'overflow'",
            "SELECT name, sum(pgsize) FROM dbstat GROUP BY name",
            "SELECT * FROM dbstat('nosuch')",
            "SELECT name, (SELECT sum(payload) FROM dbstat d WHERE d.name = s.name) FROM sqlite_schema s",
            "CREATE VIRTUAL TABLE temp.q USING dbstat(nosuch)",
            "CREATE VIRTUAL TABLE temp.q USING dbstat(\"main\")",
            "SELECT count(*) FROM q WHERE name = 'w'",
            "CREATE TEMP VIEW v AS SELECT * FROM dbstat",
            "SELECT * FROM v",
            "SELECT type, name, rootpage, sql FROM sqlite_schema",
            "SELECT * FROM t WHERE a < 4",
            "SELECT * FROM f_content",
            "SELECT t.name, c.name, c.hidden FROM pragma_table_list t, pragma_table_xinfo(t.name, t.schema) c"
                    + " WHERE t.schema = 'main' AND t.name NOT GLOB '[fr]*' ORDER BY 1, c.cid",
            "SELECT m.name, i.name, x.name FROM sqlite_schema m, pragma_index_list(m.name) i LEFT JOIN"
                    + " pragma_index_info(i.name) x WHERE m.type = 'table' AND m.rootpage ORDER BY 1, 2",
            "SELECT * FROM pragma_table_info",
            "SELECT * FROM pragma_table_info('t') WHERE arg = 't' AND schema IS NULL",
            "SELECT *, arg, schema FROM pragma_table_info('t', 'main')",
            "SELECT * FROM main.pragma_table_info('t')",
            "SELECT * FROM xyz.pragma_table_info('t')",
            "SELECT * FROM pragma_table_info('t', 'main', 3)",
            "SELECT * FROM pragma_index_info WHERE arg = 'ti'",
            "SELECT * FROM sqlite_schema(1)",
            "INSERT INTO pragma_table_info VALUES(1)",
            "DROP TABLE pragma_table_info",
            "CREATE VIRTUAL TABLE x USING pragma_table_info",
            "CREATE VIRTUAL TABLE x USING nosuch",
            "CREATE VIRTUAL TABLE sqlite_x USING dbstat",
            "CREATE VIRTUAL TABLE IF NOT EXISTS t USING nosuch",
            "CREATE VIRTUAL TABLE t USING nosuch",
            "CREATE VIRTUAL TABLE nosuch.t USING dbstat",
            "DELETE FROM dbstat");

    @TempDir
    Path directory;

    @Test
    void rowsAndErrorsAreThoseOfTheRealSqlite() throws Exception {
        Path file = directory.resolve("content.db");
        try (RealSqlite real = new RealSqlite(file.toString())) {
            for (String sql : CONTENT) {
                assertThat(real.run(sql).error()).as(sql).isNull();
            }
            try (Verso verso = new Verso(FileStore.open(file, FileOptions.defaults()))) {
                for (String sql : QUERIES) {
                    Outcome wanted = real.run(sql);
                    Outcome got = verso.run(sql);
                    assertThat(got.error()).as(sql).isEqualTo(wanted.error());
                    assertThat(got.rows()).as(sql).isEqualTo(wanted.rows());
                }
                assertThat(verso.run("SELECT * FROM f").error()).isEqualTo("1: no such module: fts5");
                assertThat(verso.run("SELECT * FROM r").error()).isEqualTo("1: no such module: rtree");
                assertThat(verso.run("INSERT INTO t VALUES(1000, 'new')").error())
                        .isNull();
                assertThat(verso.run("VACUUM").error()).isNull();
            }
            assertThat(real.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
            assertThat(real.run("SELECT body FROM f WHERE f MATCH 'words'").rows())
                    .isEqualTo(List.of(List.of("T:some words")));
        }
    }
}
