package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.compat.versions.ConflictCase.Second;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conflict matrix of docs/decisions/0008-row-conflicts.md: two transactions on one snapshot, the first commits before the second. Where
 * both commit, the database holds what they leave one after the other.
 */
final class RowConflictsTest {
    private static final List<String> TABLE = List.of(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)",
            "CREATE INDEX ta ON t(a)",
            "INSERT INTO t SELECT value * 10, value, 'b' || value FROM generate_series(1, 20)");
    private static final List<String> LARGE = List.of(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)",
            "INSERT INTO t SELECT value * 10, value, hex(zeroblob(200)) FROM generate_series(1, 400)");
    private static final List<String> FAMILY = List.of(
            "CREATE TABLE parent(id INTEGER PRIMARY KEY, name UNIQUE)",
            "CREATE TABLE child(id INTEGER PRIMARY KEY, parent REFERENCES parent)",
            "CREATE INDEX children ON child(parent)",
            "INSERT INTO parent VALUES (1, 'a'), (2, 'b'), (3, 'c')",
            "INSERT INTO child VALUES (1, 1)");

    static Stream<ConflictCase> cases() {
        return Stream.of(
                ConflictCase.of(
                        "disjoint pages",
                        LARGE,
                        "UPDATE t SET a = 0 WHERE id = 10",
                        "UPDATE t SET a = 0 WHERE id = 4000",
                        Second.ALWAYS),
                ConflictCase.of(
                        "same leaf, different rows",
                        TABLE,
                        "UPDATE t SET a = 100 WHERE id = 10",
                        "UPDATE t SET a = 200 WHERE id = 20",
                        Second.ALWAYS),
                ConflictCase.of(
                        "same leaf, deleted and updated rows",
                        TABLE,
                        "DELETE FROM t WHERE id = 10",
                        "UPDATE t SET b = hex(zeroblob(100)) WHERE id = 20",
                        Second.ALWAYS),
                ConflictCase.of(
                        "same row",
                        TABLE,
                        "UPDATE t SET a = 100 WHERE id = 10",
                        "UPDATE t SET b = 'x' WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "a row deleted and updated",
                        TABLE,
                        "DELETE FROM t WHERE id = 10",
                        "UPDATE t SET b = 'x' WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "a row that the second has only read",
                        TABLE,
                        "UPDATE t SET a = 100 WHERE id = 10",
                        "INSERT INTO t VALUES (1000, (SELECT a FROM t WHERE id = 10), 0)",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a row that only the first has read",
                        TABLE,
                        "INSERT INTO t VALUES (1000, (SELECT a FROM t WHERE id = 10), 0)",
                        "UPDATE t SET b = 'x' WHERE id = 10",
                        Second.ALWAYS),
                ConflictCase.of(
                        "insert into a scanned range of rowids",
                        TABLE,
                        "INSERT INTO t VALUES (15, 0, 0)",
                        "INSERT INTO t VALUES (1000, (SELECT count(b) FROM t WHERE id BETWEEN 10 AND 20), 0)",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "insert into a scanned range of an index",
                        TABLE,
                        "INSERT INTO t VALUES (1001, 5, 0)",
                        "INSERT INTO t VALUES (1000, (SELECT count(b) FROM t WHERE a BETWEEN 4 AND 6), 0)",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "insert beside a scanned range",
                        TABLE,
                        "INSERT INTO t VALUES (95, 90, 0)",
                        "INSERT INTO t VALUES (1000, (SELECT count(b) FROM t WHERE a BETWEEN 4 AND 6), 0)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "insert into a scanned table",
                        TABLE,
                        "INSERT INTO t VALUES (15, 0, 0)",
                        "INSERT INTO t SELECT 1000, count(*), 0 FROM t",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "insert into a range that is found empty",
                        TABLE,
                        "INSERT INTO t VALUES (15, 77, 0)",
                        "INSERT INTO t VALUES (1000, (SELECT id FROM t WHERE a = 77), 0)",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "insert after the last row of a scan downwards",
                        TABLE,
                        "INSERT INTO t VALUES (500, 500, 0)",
                        "INSERT INTO t VALUES (1, (SELECT a FROM t ORDER BY id DESC LIMIT 1), 0)",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "insert far from a scan downwards that stops early",
                        TABLE,
                        "INSERT INTO t VALUES (5, 500, 0)",
                        "INSERT INTO t VALUES (1, (SELECT a FROM t ORDER BY id DESC LIMIT 1), 0)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "two appends to one table",
                        TABLE,
                        "INSERT INTO t(a, b) VALUES (1, 1)",
                        "INSERT INTO t(a, b) VALUES (2, 2)",
                        Second.ONE_JVM),
                ConflictCase.of(
                        "two appends with rowids of their own",
                        TABLE,
                        "INSERT INTO t VALUES (1000, 1, 1)",
                        "INSERT INTO t VALUES (1001, 2, 2)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "two inserts that split the same page",
                        LARGE,
                        "INSERT INTO t SELECT value, 0, hex(zeroblob(300)) FROM generate_series(101, 108)",
                        "INSERT INTO t SELECT value, 0, hex(zeroblob(300)) FROM generate_series(111, 118)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against growth",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "INSERT INTO t VALUES (3995, 0, zeroblob(20000))",
                        Second.ALWAYS),
                ConflictCase.of(
                        "freelist against freelist",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "UPDATE t SET b = zeroblob(20000) WHERE id IN (10, 20, 4000)"),
                        "UPDATE t SET b = 0 WHERE id = 10",
                        "DELETE FROM t WHERE id = 4000",
                        Second.ALWAYS),
                ConflictCase.of(
                        "freelist against growth",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "UPDATE t SET b = zeroblob(20000) WHERE id IN (10, 20, 4000)"),
                        "DELETE FROM t WHERE id = 10",
                        "INSERT INTO t VALUES (3995, 0, zeroblob(20000))",
                        Second.ALWAYS),
                ConflictCase.of(
                        "unique index collision",
                        FAMILY,
                        "INSERT INTO parent VALUES (10, 'x')",
                        "INSERT INTO parent VALUES (11, 'x')",
                        Second.NEVER),
                ConflictCase.of(
                        "neighbours in a unique index",
                        FAMILY,
                        "INSERT INTO parent VALUES (10, 'x')",
                        "INSERT INTO parent VALUES (11, 'y')",
                        Second.ALWAYS),
                ConflictCase.of(
                        "rowid collision",
                        FAMILY,
                        "INSERT INTO parent VALUES (10, 'x')",
                        "INSERT INTO parent VALUES (10, 'y')",
                        Second.NEVER),
                ConflictCase.of(
                        "foreign key: parent deleted, then child inserted",
                        FAMILY,
                        "DELETE FROM parent WHERE id = 2",
                        "INSERT INTO child VALUES (10, 2)",
                        Second.NEVER),
                ConflictCase.of(
                        "foreign key: child inserted, then parent deleted",
                        FAMILY,
                        "INSERT INTO child VALUES (10, 2)",
                        "DELETE FROM parent WHERE id = 2",
                        Second.NEVER),
                ConflictCase.of(
                        "foreign key: another parent deleted",
                        FAMILY,
                        "DELETE FROM parent WHERE id = 3",
                        "INSERT INTO child VALUES (10, 2)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new table against a row",
                        TABLE,
                        "CREATE TABLE other(x)",
                        "UPDATE t SET a = 0 WHERE id = 10",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new table with rows against growth",
                        LARGE,
                        "CREATE TABLE other(x UNIQUE);INSERT INTO other SELECT id || hex(zeroblob(300)) FROM t",
                        "INSERT INTO t VALUES (3995, 0, zeroblob(20000));DELETE FROM t WHERE id = 10",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new table against who looks at the schema",
                        TABLE,
                        "CREATE TABLE other(x)",
                        "INSERT INTO t SELECT 1000, count(*), 0 FROM sqlite_schema",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a new table against who asks for tables",
                        TABLE,
                        "CREATE TABLE other(x)",
                        "INSERT INTO t SELECT 1000, count(*), 0 FROM pragma_table_list",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a new table against who found that there is none",
                        TABLE,
                        "CREATE TABLE other(x)",
                        "DROP TABLE IF EXISTS other;UPDATE t SET a = 0 WHERE id = 10",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a new table against who found that there is another",
                        TABLE,
                        "CREATE TABLE other(x)",
                        "CREATE TABLE IF NOT EXISTS t(x);UPDATE t SET a = 0 WHERE id = 10",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a dropped index against who found that it is there",
                        TABLE,
                        "DROP INDEX ta",
                        "CREATE INDEX IF NOT EXISTS ta ON t(a);INSERT INTO t SELECT 1000, 1, 1",
                        Second.NEVER),
                ConflictCase.of(
                        "a new child against a row of its parent",
                        FAMILY,
                        "CREATE TABLE toy(id INTEGER PRIMARY KEY, parent REFERENCES parent)",
                        "DELETE FROM parent WHERE id = 3",
                        Second.NEVER),
                ConflictCase.of(
                        "a new index on a table against its rows",
                        LARGE,
                        "CREATE INDEX other ON t(a)",
                        "UPDATE t SET a = 0 WHERE id = 4000",
                        Second.NEVER),
                ConflictCase.of(
                        "a new index on a table without rowids against its rows",
                        List.of(
                                "CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID",
                                "INSERT INTO w VALUES ('a', 1), ('b', 1)"),
                        "CREATE INDEX other ON w(v)",
                        "UPDATE w SET v = 2 WHERE k = 'a'",
                        Second.NEVER),
                ConflictCase.of(
                        "a new index against rows of another table",
                        List.of(LARGE.get(0), LARGE.get(1), "CREATE TABLE u(id INTEGER PRIMARY KEY, v)"),
                        "CREATE INDEX other ON t(a)",
                        "INSERT INTO u SELECT value, hex(zeroblob(300)) FROM generate_series(1, 100)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new index against who has read its table",
                        List.of(LARGE.get(0), LARGE.get(1), "CREATE TABLE u(id INTEGER PRIMARY KEY, v)"),
                        "CREATE INDEX other ON t(a)",
                        "INSERT INTO u SELECT 1, sum(a) FROM t",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new trigger on a table against its rows",
                        TABLE,
                        "CREATE TRIGGER other AFTER UPDATE ON t BEGIN DELETE FROM t WHERE id = 200; END",
                        "UPDATE t SET a = 0 WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "a new view against a row",
                        TABLE,
                        "CREATE VIEW other AS SELECT * FROM t",
                        "UPDATE t SET a = 0 WHERE id = 10",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a dropped table against rows of another",
                        List.of(LARGE.get(0), LARGE.get(1), "CREATE TABLE u(id INTEGER PRIMARY KEY, v)"),
                        "DROP TABLE u",
                        "UPDATE t SET a = 0 WHERE id = 4000",
                        Second.NEVER),
                ConflictCase.of(
                        "another change of the schema beside a new table",
                        TABLE,
                        "CREATE TABLE other(x);ALTER TABLE other ADD COLUMN y;PRAGMA user_version = 7",
                        "UPDATE t SET a = 0 WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "DML against DDL elsewhere",
                        LARGE,
                        "UPDATE t SET a = 0 WHERE id = 4000",
                        "CREATE TABLE other(x)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "DML against an index on its table",
                        LARGE,
                        "UPDATE t SET a = 0 WHERE id = 4000",
                        "CREATE INDEX other ON t(a)",
                        Second.NEVER),
                ConflictCase.of(
                        "growth against a new table",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE TABLE other(x)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against new tables with rows, indexes and triggers",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000));DELETE FROM t WHERE id = 20",
                        "CREATE TABLE other(id INTEGER PRIMARY KEY, x UNIQUE);INSERT INTO other SELECT value, value || hex(zeroblob(300)) FROM generate_series(1, 50);CREATE INDEX ox ON other(x, id);CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID;INSERT INTO w VALUES ('a', 1);CREATE VIEW seen AS SELECT * FROM other;CREATE TABLE counted(id INTEGER PRIMARY KEY AUTOINCREMENT);INSERT INTO counted VALUES (7)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against a table made of another",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE TABLE other AS SELECT value AS v, hex(zeroblob(200)) AS w FROM generate_series(1, 100)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new row against a table made of its table",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE TABLE other AS SELECT count(*) AS n FROM t",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "growth against an index on another table",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE INDEX other ON u(v, id)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against an index on its table",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE UNIQUE INDEX other ON t(id, a)",
                        Second.NEVER),
                ConflictCase.of(
                        "growth against a trigger on its table",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE TRIGGER other AFTER UPDATE ON t BEGIN DELETE FROM t WHERE id = 200; END",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against a dropped table",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "DROP TABLE u",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a row against its dropped table",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO u VALUES (1000, hex(zeroblob(3000)))",
                        "DROP TABLE u",
                        Second.NEVER),
                ConflictCase.of(
                        "a row against a dropped index of its table",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO u VALUES (1000, hex(zeroblob(3000)))",
                        "DROP INDEX uv",
                        Second.NEVER),
                ConflictCase.of(
                        "growth against a table that is dropped and made anew",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "DROP TABLE u;CREATE TABLE u(id INTEGER PRIMARY KEY, w);CREATE INDEX uw ON u(w);INSERT INTO u VALUES (1, 2)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against a table that is made and dropped, and another",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE TABLE x(x);INSERT INTO x VALUES (1);DROP TABLE x;CREATE TABLE y(y);INSERT INTO y VALUES (2)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against new tables of which a savepoint undid one",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE TABLE x(x);INSERT INTO x VALUES (1);SAVEPOINT s;CREATE TABLE y(y);INSERT INTO y VALUES (2);INSERT INTO x VALUES (3);ROLLBACK TO s;CREATE TABLE z(z);INSERT INTO z VALUES (4);RELEASE s",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against a drop that a savepoint undid",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "UPDATE u SET v = 'x' WHERE id = 7;SAVEPOINT s;DROP TABLE u;ROLLBACK TO s;RELEASE s;INSERT INTO u VALUES (1000, zeroblob(3000))",
                        Second.NEVER),
                ConflictCase.of(
                        "growth against a new column of another table",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "ALTER TABLE u ADD COLUMN w DEFAULT 5",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against another name of another table",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "ALTER TABLE u RENAME TO w2;ALTER TABLE w2 RENAME COLUMN v TO x",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against a column less in another table",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v, w)",
                                "INSERT INTO u SELECT value, value, hex(zeroblob(20)) FROM generate_series(1, 300)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "ALTER TABLE u DROP COLUMN w",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against a migration",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "CREATE TABLE x(x);PRAGMA user_version = 7;PRAGMA application_id = 9;INSERT INTO x VALUES (1)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new table against a number of the application",
                        TABLE,
                        "CREATE TABLE x(x)",
                        "PRAGMA user_version = 7;UPDATE t SET a = 0 WHERE id = 10",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a number of the application against a new table",
                        TABLE,
                        "PRAGMA user_version = 7",
                        "CREATE TABLE x(x)",
                        Second.NEVER),
                ConflictCase.of(
                        "a row of a table against statistics of it",
                        LARGE,
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "ANALYZE",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a new table against a dropped one",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "CREATE INDEX uv ON u(v)",
                                "INSERT INTO u SELECT value, 'v' || value FROM generate_series(1, 300)"),
                        "CREATE TABLE x(x)",
                        "DROP TABLE u",
                        Second.NEVER),
                ConflictCase.of("DDL against DDL", TABLE, "CREATE TABLE x(x)", "CREATE TABLE y(y)", Second.NEVER),
                ConflictCase.of(
                        "AUTOINCREMENT",
                        List.of(
                                "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a)",
                                "INSERT INTO t(a) VALUES (1)"),
                        "INSERT INTO t(a) VALUES (2)",
                        "INSERT INTO t(a) VALUES (3)",
                        Second.ONE_JVM),
                ConflictCase.of(
                        "AUTOINCREMENT of a row that is gone before the commit",
                        List.of(
                                "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a)",
                                "INSERT INTO t(a) VALUES (1)"),
                        "INSERT INTO t(a) VALUES (2);DELETE FROM t WHERE a = 2",
                        "INSERT INTO t(a) VALUES (3)",
                        Second.ONE_JVM),
                ConflictCase.of(
                        "AUTOINCREMENT with rowids of their own",
                        List.of(
                                "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a)",
                                "INSERT INTO t(a) VALUES (1)"),
                        "INSERT INTO t VALUES (100, 2)",
                        "INSERT INTO t VALUES (50, 2)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "AUTOINCREMENT for the first time",
                        List.of("CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a)"),
                        "INSERT INTO t(a) VALUES (2)",
                        "INSERT INTO t(a) VALUES (3)",
                        Second.NEVER),
                ConflictCase.of(
                        "AUTOINCREMENT against who reads the counter",
                        List.of(
                                "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a)",
                                "INSERT INTO t(a) VALUES (1)"),
                        "INSERT INTO t VALUES (50, 2)",
                        "INSERT INTO t VALUES (7, (SELECT seq FROM sqlite_sequence))",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "write skew",
                        List.of(
                                "CREATE TABLE duty(who PRIMARY KEY, on_call) WITHOUT ROWID",
                                "INSERT INTO duty VALUES ('a', 1), ('b', 1)"),
                        "UPDATE duty SET on_call = 0 WHERE who = 'a' AND (SELECT sum(on_call) FROM duty) > 1",
                        "UPDATE duty SET on_call = 0 WHERE who = 'b' AND (SELECT sum(on_call) FROM duty) > 1",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "WITHOUT ROWID, different keys",
                        List.of(
                                "CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID",
                                "INSERT INTO w VALUES ('a', 1), ('b', 1)"),
                        "INSERT INTO w VALUES ('c', 1);UPDATE w SET v = 2 WHERE k = 'a'",
                        "INSERT INTO w VALUES ('d', 1);UPDATE w SET v = 2 WHERE k = 'b'",
                        Second.ALWAYS),
                ConflictCase.of(
                        "WITHOUT ROWID, the same key",
                        List.of("CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID"),
                        "INSERT INTO w VALUES ('c', 1)",
                        "INSERT INTO w VALUES ('c', 2)",
                        Second.NEVER),
                ConflictCase.of(
                        "emptying a table against an insert",
                        TABLE,
                        "DELETE FROM t",
                        "INSERT INTO t VALUES (1000, 1, 1)",
                        Second.NEVER),
                ConflictCase.of(
                        "emptying one table against an insert into another",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
                                "INSERT INTO u SELECT value, hex(zeroblob(300)) FROM generate_series(1, 100)"),
                        "INSERT INTO t VALUES (5, 0, zeroblob(20000))",
                        "DELETE FROM u;INSERT INTO u VALUES (3, 4)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a statement that was undone",
                        TABLE,
                        "UPDATE t SET b = 'y' WHERE id = 30",
                        "SAVEPOINT s;INSERT INTO t VALUES (999, 1, 1);ROLLBACK TO s;RELEASE s;UPDATE t SET b = 'x' WHERE id = 40",
                        Second.ALWAYS));
    }

    private final KvStore kv = TestStores.open(MemoryKvStore::create);
    private final Namespaces namespaces = new Namespaces(kv);
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(Client::close);
        kv.close();
    }

    private Client client(PageStore store) {
        Client client = new Client(store);
        clients.add(client);
        client.run("PRAGMA foreign_keys = on");
        return client;
    }

    private void check(ConflictCase test, boolean oneJvm, boolean snapshot) {
        namespaces.create("app");
        PageStore store = namespaces.open("app");
        Client one = client(store);
        Client two = client(oneJvm ? store : namespaces.open("app"));
        Client serial = client(new dev.verso.pager.memory.MemoryStore());
        test.setup().forEach(one::run);
        test.setup().forEach(serial::run);
        if (snapshot) {
            one.run("PRAGMA verso_isolation = snapshot");
            two.run("PRAGMA verso_isolation = snapshot");
        }
        one.run("BEGIN");
        test.first().forEach(one::run);
        two.run("BEGIN");
        test.second().forEach(two::run);
        one.run("COMMIT");
        test.first().forEach(serial::run);
        boolean commits =
                switch (test.commits()) {
                    case ALWAYS -> true;
                    case SNAPSHOT -> snapshot;
                    case ONE_JVM -> oneJvm;
                    case NEVER -> false;
                };
        if (commits) {
            two.run("COMMIT");
            if (test.commits() != Second.SNAPSHOT) {
                test.second().forEach(serial::run);
            }
        } else {
            assertThatThrownBy(() -> two.run("COMMIT"))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
        }
        assertThat(two.query("PRAGMA integrity_check")).isEqualTo("ok\n");
        if (!commits || test.commits() != Second.SNAPSHOT) {
            assertThat(two.dump()).isEqualTo(serial.dump());
        }
        assertThat(one.dump()).isEqualTo(two.dump());
        assertThat(two.query("PRAGMA freelist_count")).isEqualTo(one.query("PRAGMA freelist_count"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void inOneJvm(ConflictCase test) {
        check(test, true, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void underSnapshotIsolation(ConflictCase test) {
        check(test, true, true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void onTwoMachines(ConflictCase test) {
        check(test, false, false);
    }
}
