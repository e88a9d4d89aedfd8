package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Modules that sqlite-jdbc has not: their answers are those of SQLite's extensions in the sqlite3 program. */
class BuiltInModulesTest extends OnVerso {
    /** Rows whose first column is an integer, told without its type. */
    private String shortRows(String sql) {
        return rows(sql).replace("[I:", "[");
    }

    private String plan(String sql) {
        return verso.run("EXPLAIN QUERY PLAN " + sql).rows().get(0).get(3);
    }

    // ---- generate_series

    @Test
    void aSeriesRunsFromStartToStopByStep() {
        assertThat(shortRows("SELECT * FROM generate_series(1, 3)")).isEqualTo("[[1], [2], [3]]");
        assertThat(shortRows("SELECT * FROM generate_series(10, 1, -4)")).isEqualTo("[[10], [6], [2]]");
        assertThat(shortRows("SELECT * FROM generate_series(1, 9, 4)")).isEqualTo("[[1], [5], [9]]");
        assertThat(shortRows("SELECT * FROM generate_series(1, 2, 0)")).isEqualTo("[[1], [2]]");
        assertThat(shortRows("SELECT * FROM generate_series(3, 1)")).isEqualTo("[]");
        assertThat(shortRows("SELECT * FROM generate_series(NULL, 1)")).isEqualTo("[]");
        assertThat(shortRows("SELECT value, start, stop, step FROM generate_series WHERE start = 1 AND stop = 1"))
                .isEqualTo("[[1, I:1, I:1, I:1]]");
        assertThat(shortRows("SELECT count(*), sum(value) FROM generate_series(1, 100000)"))
                .isEqualTo("[[100000, I:5000050000]]");
        assertThat(shortRows("SELECT value FROM generate_series(9223372036854775806, 9223372036854775807)"))
                .isEqualTo("[[9223372036854775806], [9223372036854775807]]");
        assertThat(shortRows("SELECT count(*) FROM generate_series(-9223372036854775808, 9223372036854775807,"
                        + " 9223372036854775807)"))
                .isEqualTo("[[3]]");
        assertThat(shortRows("SELECT value FROM generate_series(5) LIMIT 2")).isEqualTo("[[5], [6]]");
    }

    @Test
    void aSeriesWithoutStartIsRefused() {
        String message = "1: first argument to \"generate_series()\" missing or unusable";
        assertThat(error("SELECT * FROM generate_series")).isEqualTo(message);
        assertThat(error("SELECT * FROM generate_series WHERE stop = 5")).isEqualTo(message);
        assertThat(error("SELECT * FROM generate_series(1, 2, 3, 4)"))
                .isEqualTo("1: too many arguments on generate_series() - max 3");
    }

    @Test
    void conditionsOnTheValueOrderAndLimitShortenTheSeries() {
        assertThat(shortRows("SELECT value FROM generate_series(1, 100, 7) WHERE value > 80"))
                .isEqualTo("[[85], [92], [99]]");
        assertThat(shortRows("SELECT value FROM generate_series(1, 100, 7) WHERE value >= 85 AND value < 99"))
                .isEqualTo("[[85], [92]]");
        assertThat(shortRows("SELECT value FROM generate_series(100, 1, -7) WHERE value <= 9"))
                .isEqualTo("[[9], [2]]");
        assertThat(shortRows("SELECT value FROM generate_series(1, 100) WHERE value IN (5, 200, 7)"))
                .isEqualTo("[[5], [7]]");
        assertThat(shortRows("SELECT value FROM generate_series(1, 100) WHERE value = 5.5"))
                .isEqualTo("[]");
        assertThat(shortRows("SELECT value FROM generate_series(1, 9) WHERE value > 6.5 AND value < 9.0"))
                .isEqualTo("[[7], [8]]");
        assertThat(shortRows("SELECT value FROM generate_series(1, 9, 3) ORDER BY value DESC LIMIT 2 OFFSET 1"))
                .isEqualTo("[[4], [1]]");
        assertThat(shortRows("SELECT value FROM generate_series(1, 9223372036854775807) LIMIT 1 OFFSET 1000000000000"))
                .isEqualTo("[[1000000000001]]");
        assertThat(plan("SELECT value FROM generate_series(1, 9, 3) ORDER BY value DESC"))
                .isEqualTo("T:SCAN generate_series VIRTUAL TABLE INDEX 0xf:");
        assertThat(plan("SELECT value FROM generate_series(1, 9) WHERE value > 3"))
                .isEqualTo("T:SCAN generate_series VIRTUAL TABLE INDEX 0x203:");
    }

    @Test
    void argumentsMayComeFromTablesBesideAndViews() {
        verso.run("CREATE TABLE t(n)");
        verso.run("INSERT INTO t VALUES(2), (0), (1)");
        assertThat(shortRows("SELECT n, value FROM t, generate_series(1, t.n)"))
                .isEqualTo("[[2, I:1], [2, I:2], [1, I:1]]");
        assertThat(shortRows("SELECT n, value FROM generate_series(1, t.n), t ORDER BY n, value"))
                .isEqualTo("[[1, I:1], [2, I:1], [2, I:2]]");
        assertThat(shortRows("SELECT n, value FROM t LEFT JOIN generate_series(2, t.n)"))
                .isEqualTo("[[2, I:2], [0, NULL], [1, NULL]]");
        assertThat(shortRows("SELECT n, (SELECT sum(value) FROM generate_series(1, n)) FROM t"))
                .isEqualTo("[[2, I:3], [0, NULL], [1, I:1]]");
        verso.run("CREATE VIEW v AS SELECT value * 2 AS d FROM generate_series(1, 3)");
        assertThat(shortRows("SELECT d FROM v WHERE d > 2")).isEqualTo("[[4], [6]]");
        assertThat(shortRows("SELECT a.value, b.value FROM generate_series(1, 2) a, generate_series(a.value, 2) b"))
                .isEqualTo("[[1, I:1], [1, I:2], [2, I:2]]");
    }

    // ---- completion, sqlite_dbpage

    @Test
    void completionOffersWordsThatBeginAlike() {
        verso.run("CREATE TABLE reindexed(selected, other)");
        assertThat(shortRows("SELECT candidate, phase FROM completion('rein')"))
                .isEqualTo("[[T:REINDEX, I:1], [T:reindexed, I:8]]");
        assertThat(shortRows("SELECT candidate, prefix, phase FROM completion(NULL, 'SELECT sele')"))
                .isEqualTo("[[T:SELECT, T:sele, I:1], [T:selected, T:sele, I:9]]");
        assertThat(shortRows("SELECT count(*) FROM completion WHERE phase = 1")).isEqualTo("[[147]]");
        assertThat(shortRows("SELECT candidate FROM completion('ma', '') WHERE phase = 7"))
                .isEqualTo("[[T:main]]");
    }

    @Test
    void pagesCanBeReadAndOverwritten() {
        verso.run("PRAGMA page_size = 512");
        verso.run("CREATE TABLE t(a)");
        verso.run("INSERT INTO t VALUES('old text')");
        assertThat(shortRows("SELECT pgno, length(data), substr(data, 1, 15) = CAST('SQLite format 3' AS BLOB), schema"
                        + " FROM sqlite_dbpage"))
                .isEqualTo("[[1, I:512, I:1, T:main], [2, I:512, I:0, T:main]]");
        assertThat(shortRows("SELECT pgno FROM sqlite_dbpage('main') WHERE pgno = 2"))
                .isEqualTo("[[2]]");
        assertThat(shortRows("SELECT pgno FROM sqlite_dbpage WHERE pgno = 9")).isEqualTo("[]");
        assertThat(shortRows("SELECT pgno FROM sqlite_dbpage('nosuch')")).isEqualTo("[]");
        shortRows("CREATE TEMP TABLE copy AS SELECT data FROM sqlite_dbpage WHERE pgno = 2");
        shortRows("UPDATE t SET a = 'new text'");
        assertThat(shortRows("SELECT a FROM t")).isEqualTo("[[T:new text]]");
        shortRows("UPDATE sqlite_dbpage SET data = (SELECT data FROM copy) WHERE pgno = 2");
        assertThat(shortRows("SELECT a FROM t")).isEqualTo("[[T:old text]]");
        assertThat(error("UPDATE sqlite_dbpage SET data = x'00' WHERE pgno = 2"))
                .isEqualTo("1: bad page value");
        assertThat(error("DELETE FROM sqlite_dbpage WHERE pgno = 2")).isEqualTo("1: cannot delete");
    }

    /** A database of pages of 512 bytes with four pages, the last two of which belong to nothing. */
    private void fourPages() {
        run("PRAGMA page_size = 512");
        run("CREATE TABLE t(a)");
        run("INSERT INTO t VALUES('kept')");
        run("INSERT INTO sqlite_dbpage(pgno, data) VALUES(4, zeroblob(512))");
    }

    @Test
    void aPagePutBehindTheEndMakesTheDatabaseGrow() {
        fourPages();
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[4]]");
        assertThat(shortRows("SELECT pgno, data = zeroblob(512) FROM sqlite_dbpage WHERE pgno > 2"))
                .isEqualTo("[[3, I:1], [4, I:1]]");
        assertThat(shortRows("SELECT a FROM t")).isEqualTo("[[T:kept]]");
    }

    @Test
    void aPageThatIsThereIsReplacedByInsert() {
        fourPages();
        run("CREATE TEMP TABLE copy AS SELECT data FROM sqlite_dbpage WHERE pgno = 2");
        run("UPDATE t SET a = 'gone'");
        run("INSERT INTO sqlite_dbpage SELECT 2, data FROM copy");
        assertThat(shortRows("SELECT a FROM t")).isEqualTo("[[T:kept]]");
        run("BEGIN");
        run("INSERT INTO sqlite_dbpage VALUES(3, randomblob(512))");
        run("ROLLBACK");
        assertThat(shortRows("SELECT data = zeroblob(512) FROM sqlite_dbpage WHERE pgno = 3"))
                .isEqualTo("[[1]]");
    }

    @Test
    void whatIsNoPageIsRefused() {
        fourPages();
        assertThat(error("INSERT INTO sqlite_dbpage VALUES(0, zeroblob(512))")).isEqualTo("1: bad page number");
        assertThat(error("INSERT INTO sqlite_dbpage VALUES(-1, zeroblob(512))")).isEqualTo("1: bad page number");
        assertThat(error("INSERT INTO sqlite_dbpage VALUES(3, zeroblob(511))")).isEqualTo("1: bad page value");
        assertThat(error("INSERT INTO sqlite_dbpage VALUES(3, 'text')")).isEqualTo("1: bad page value");
        assertThat(error("INSERT INTO sqlite_dbpage VALUES(1, NULL)")).isEqualTo("1: bad page value");
        assertThat(error("UPDATE sqlite_dbpage SET data = NULL WHERE pgno = 3")).isEqualTo("1: bad page value");
        assertThat(error("UPDATE sqlite_dbpage SET pgno = 4 WHERE pgno = 3")).isEqualTo("1: cannot insert");
        assertThat(error("INSERT INTO sqlite_dbpage(pgno, data, schema) VALUES(3, zeroblob(512), 'nosuch')"))
                .isEqualTo("1: no such schema");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[4]]");
    }

    @Test
    void nullPutIntoAPageCutsTheDatabaseOffAtTheCommit() {
        fourPages();
        run("INSERT INTO sqlite_dbpage(pgno, data) VALUES(4, NULL)");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[3]]");
        run("BEGIN");
        run("INSERT INTO sqlite_dbpage(pgno, data) VALUES(3, NULL)");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[3]]");
        run("COMMIT");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[2]]");
        assertThat(shortRows("SELECT a FROM t")).isEqualTo("[[T:kept]]");
        assertThat(shortRows("PRAGMA integrity_check")).isEqualTo("[[T:ok]]");
    }

    @Test
    void nullCutsNothingOffIfPagesAreWrittenAfterItOrASavepointIsRolledBack() {
        fourPages();
        run("BEGIN");
        run("INSERT INTO sqlite_dbpage(pgno, data) VALUES(3, NULL)");
        run("UPDATE sqlite_dbpage SET data = zeroblob(512) WHERE pgno = 3");
        run("COMMIT");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[4]]");
        run("BEGIN");
        run("SAVEPOINT s");
        run("INSERT INTO sqlite_dbpage(pgno, data) VALUES(3, NULL)");
        run("ROLLBACK TO s");
        run("COMMIT");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[4]]");
        run("BEGIN");
        run("INSERT INTO sqlite_dbpage(pgno, data) VALUES(3, NULL)");
        run("SAVEPOINT s");
        run("INSERT INTO t VALUES('further')");
        run("ROLLBACK TO s");
        run("COMMIT");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[4]]");
    }

    @Test
    void pagesOfAttachedDatabasesAreReadAndWritten() {
        fourPages();
        run("ATTACH ':memory:' AS aux1");
        run("CREATE TABLE aux1.u(a)");
        run("INSERT INTO u VALUES('before')");
        assertThat(shortRows("SELECT pgno, length(data) FROM sqlite_dbpage('aux1')"))
                .isEqualTo("[[1, I:4096], [2, I:4096]]");
        assertThat(shortRows("SELECT count(*) FROM sqlite_dbpage('main') AS a, sqlite_dbpage AS b"
                        + " WHERE a.pgno = 1 AND b.pgno = 1 AND a.data = b.data"))
                .isEqualTo("[[1]]");
        assertThat(shortRows("SELECT p.pgno, d.name FROM pragma_database_list AS d JOIN sqlite_dbpage(d.name) AS p"
                        + " WHERE p.pgno = 1"))
                .isEqualTo("[[1, T:main], [1, T:aux1]]");
        run("CREATE TEMP TABLE copy AS SELECT data FROM sqlite_dbpage('aux1') WHERE pgno = 2");
        run("UPDATE u SET a = 'after'");
        run("BEGIN");
        run("UPDATE sqlite_dbpage SET data = (SELECT data FROM copy) WHERE pgno = 2 AND schema = 'aux1'");
        assertThat(shortRows("SELECT a FROM u")).isEqualTo("[[T:before]]");
        run("ROLLBACK");
        assertThat(shortRows("SELECT a FROM u")).isEqualTo("[[T:after]]");
        run("INSERT INTO sqlite_dbpage(pgno, data, schema) SELECT 2, data, 'aux1' FROM copy");
        assertThat(shortRows("SELECT a FROM u")).isEqualTo("[[T:before]]");
        run("INSERT INTO sqlite_dbpage(pgno, data, schema) VALUES(3, zeroblob(4096), 'aux1')");
        assertThat(shortRows("PRAGMA aux1.page_count")).isEqualTo("[[3]]");
        run("INSERT INTO sqlite_dbpage(pgno, data, schema) VALUES(3, NULL, 'aux1')");
        assertThat(shortRows("PRAGMA aux1.page_count")).isEqualTo("[[2]]");
        assertThat(shortRows("PRAGMA page_count")).isEqualTo("[[4]]");
    }
}
