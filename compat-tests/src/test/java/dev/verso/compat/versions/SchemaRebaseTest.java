package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.sql.PreparedStatement;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Changes of the schema that are carried out again on newer pages: what the connection does afterwards with trees that lie elsewhere than it had made them. */
final class SchemaRebaseTest {
    private static final String GROWTH = "INSERT INTO t(b) VALUES (zeroblob(20000))";

    private final KvStore kv = TestStores.open(MemoryKvStore::create);
    private final Namespaces namespaces = new Namespaces(kv);
    private Client mine;
    private Client theirs;

    @BeforeEach
    void makeDatabase() {
        namespaces.create("app");
        mine = new Client(namespaces.open("app"));
        theirs = new Client(namespaces.open("app"));
        mine.run("CREATE TABLE t(id INTEGER PRIMARY KEY, b)");
        mine.run("INSERT INTO t SELECT value, hex(zeroblob(200)) FROM generate_series(1, 100)");
    }

    @AfterEach
    void close() {
        mine.close();
        theirs.close();
        kv.close();
    }

    private void assertSound() {
        for (Client each : new Client[] {mine, theirs}) {
            assertThat(each.query("PRAGMA integrity_check")).isEqualTo("ok\n");
        }
        assertThat(mine.dump()).isEqualTo(theirs.dump());
    }

    @Test
    void theConnectionGoesOnWithTheTreesWhereTheyAreNow() {
        mine.run("BEGIN; CREATE TABLE x(id INTEGER PRIMARY KEY, v UNIQUE); INSERT INTO x VALUES (1, 'a')");
        try (PreparedStatement insert = mine.connection().prepare("INSERT INTO x VALUES (?1, ?1 || 'v')", 0)) {
            String root = mine.query("SELECT rootpage FROM sqlite_schema WHERE name = 'x'");
            theirs.run(GROWTH);
            mine.run("COMMIT");
            assertThat(mine.query("SELECT rootpage FROM sqlite_schema WHERE name = 'x'"))
                    .isNotEqualTo(root);
            insert.parameter(1).setInteger(2);
            assertThat(insert.step()).isFalse();
        }
        mine.run("INSERT INTO x VALUES (3, 'c')");
        theirs.run("INSERT INTO x VALUES (4, 'd')");
        assertThat(mine.query("SELECT group_concat(v) FROM x")).isEqualTo("a,2v,c,d\n");
        assertThat(mine.query("SELECT id FROM x WHERE v = 'd'")).isEqualTo("4\n");
        assertSound();
    }

    @Test
    void tablesAreMadeAndDroppedBesideGrowth() {
        for (int i = 0; i < 5; i++) {
            mine.run("BEGIN; CREATE TABLE x" + i + "(x)");
            theirs.run(GROWTH);
            mine.run("COMMIT");
            theirs.run(GROWTH);
            mine.run("DROP TABLE x" + i);
        }
        assertSound();
    }

    @Test
    void whatWasChangedIsToldUnderTheRootsOfTheTrees() {
        mine.run("BEGIN; CREATE TABLE x(id INTEGER PRIMARY KEY, v); INSERT INTO x VALUES (1, 'a')");
        theirs.run(GROWTH);
        mine.run("COMMIT");
        theirs.run("BEGIN; UPDATE x SET v = 'theirs' WHERE id = 1");
        mine.run("UPDATE x SET v = 'mine' WHERE id = 1");
        assertThatThrownBy(() -> theirs.run("COMMIT"))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
        assertSound();
    }

    @Test
    void oneThatIsCarriedOutAgainTwiceEndsAtTheLastRoots() {
        try (Client third = new Client(namespaces.open("app"))) {
            for (int round = 0; round < 3; round++) {
                mine.run(
                        "BEGIN; CREATE TABLE x" + round + "(v UNIQUE); INSERT INTO x" + round + " VALUES ('a'), ('b')");
                theirs.run(GROWTH);
                third.run(GROWTH);
                mine.run("COMMIT");
                third.run(GROWTH);
                mine.run("INSERT INTO x" + round + " VALUES ('c')");
            }
        }
        assertSound();
    }

    @Test
    void whereStatementsReadOnTheTreesStayAndTheCommitConflicts() {
        mine.run("BEGIN; CREATE TABLE x(v); INSERT INTO x VALUES (1), (2), (3)");
        theirs.run(GROWTH);
        try (PreparedStatement open = mine.connection().prepare("SELECT v FROM x", 0)) {
            assertThat(open.step()).isTrue();
            assertThatThrownBy(() -> mine.run("COMMIT"))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
        }
        assertSound();
    }

    @Test
    void undoneTablesLeaveNothing() {
        mine.run("BEGIN; SAVEPOINT a; CREATE TABLE x(v UNIQUE); INSERT INTO x VALUES (1); ROLLBACK TO a; RELEASE a");
        mine.run("CREATE TABLE y(v); SAVEPOINT b; DROP TABLE y; ROLLBACK TO b; INSERT INTO y VALUES (2)");
        theirs.run(GROWTH);
        assertThatThrownBy(() -> mine.run("COMMIT")).isInstanceOf(DatabaseException.class);
        mine.run("BEGIN; SAVEPOINT a; CREATE TABLE x(v UNIQUE); INSERT INTO x VALUES (1); ROLLBACK TO a; RELEASE a");
        mine.run("CREATE TABLE y(v); INSERT INTO y VALUES (2)");
        theirs.run(GROWTH);
        mine.run("COMMIT");
        assertThat(mine.query("SELECT name FROM sqlite_schema")).isEqualTo("t\ny\n");
        assertSound();
    }

    /** Random changes of the schema beside growth: what commits is sound, and both see the same. */
    @RepeatedTest(12)
    void randomChangesOfTheSchemaBesideGrowth(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int commits = 0;
        for (int round = 0; round < 12; round++) {
            mine.run("BEGIN");
            int steps = 1 + random.nextInt(6);
            for (int step = 0; step < steps; step++) {
                change(random);
            }
            if (random.nextInt(4) > 0) {
                theirs.run(random.nextInt(3) == 0 ? "DELETE FROM t WHERE id = " + round + ";" + GROWTH : GROWTH);
            }
            try {
                mine.run("COMMIT");
                commits++;
            } catch (DatabaseException e) {
                assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT);
            }
            assertSound();
        }
        assertThat(commits).as("seed %d", repetition.getCurrentRepetition()).isPositive();
    }

    private void change(SplittableRandom random) {
        String table = "x" + random.nextInt(4);
        boolean isThere = !mine.query("SELECT 1 FROM sqlite_schema WHERE name = '" + table + "'")
                .isEmpty();
        if (!isThere) {
            mine.run("CREATE TABLE " + table + "(id INTEGER PRIMARY KEY, v, w DEFAULT (hex(zeroblob(100))))");
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> mine.run("DROP TABLE " + table);
            case 1 -> mine.run("CREATE INDEX IF NOT EXISTS i_" + table + " ON " + table + "(v)");
            case 2 -> mine.run("SAVEPOINT s; INSERT INTO " + table + "(v) VALUES (1); RELEASE s");
            case 3 -> mine.run("SAVEPOINT s; DROP TABLE " + table + "; ROLLBACK TO s; RELEASE s");
            case 4 -> mine.run("SAVEPOINT s; CREATE TABLE y(y); INSERT INTO y VALUES (1); ROLLBACK TO s; RELEASE s");
            case 5 -> mine.run("DROP INDEX IF EXISTS i_" + table);
            default ->
                mine.run("INSERT INTO " + table + "(v) SELECT value FROM generate_series(1, " + random.nextInt(40)
                        + ")");
        }
    }
}
