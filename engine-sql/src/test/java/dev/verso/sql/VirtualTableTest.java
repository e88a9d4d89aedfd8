package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Virtual tables of modules written in Java: what the planner asks, what the statements do, what the transaction tells. */
class VirtualTableTest extends OnVerso {
    private final ListModule list = new ListModule();
    private final MapModule map = new MapModule();

    @BeforeEach
    void registerModules() {
        verso.connection().registerModule("list", list);
        verso.connection().registerModule("Map", map);
        verso.connection().registerModule("shadow", new ShadowModule());
    }

    private String plan(String sql) {
        list.asked.clear();
        list.filtered.clear();
        Outcome outcome = verso.run("EXPLAIN QUERY PLAN " + sql);
        return outcome.rows().stream()
                .map(row -> row.get(3).substring(2))
                .toList()
                .toString();
    }

    // ---- the schema

    @Test
    void theDefinitionIsKeptAsWrittenWithoutRootPage() {
        run("create /* c */ virtual  table main.l using list(one, two (2, 3) , three) ;");
        assertThat(rows("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"))
                .isEqualTo("[[T:table, T:l, T:l, I:0, T:CREATE VIRTUAL TABLE l using list(one, two (2, 3) , three)]]");
        assertThat(rows("SELECT *, tag, rowid FROM l WHERE place > 1"))
                .isEqualTo("[[T:two (2, 3), I:2, T:tag of two (2, 3), I:101], [T:three, I:3, T:tag of three, I:102]]");
    }

    @Test
    void aModuleThatIsNotThereStopsOnlyItsOwnTables() {
        MemoryStore store = new MemoryStore();
        try (Verso first = new Verso(store)) {
            first.connection().registerModule("map", map);
            first.run("CREATE VIRTUAL TABLE m USING map");
            first.run("CREATE TABLE t(x)");
            first.run("INSERT INTO t VALUES(1)");
            first.connection().registerModule("map", null);
            first.run("VACUUM");
            assertThat(first.run("SELECT x FROM t").rows()).hasSize(1);
            assertThat(first.run("SELECT name FROM sqlite_schema").rows()).hasSize(2);
            assertThat(first.run("SELECT * FROM m").error()).isEqualTo("1: no such module: map");
            assertThat(first.run("INSERT INTO m VALUES(1, 2)").error()).isEqualTo("1: no such module: map");
            assertThat(first.run("DROP TABLE m").error()).isEqualTo("1: no such module: map");
            assertThat(first.run("PRAGMA integrity_check").rows().toString()).isEqualTo("[[T:ok]]");
        }
    }

    @Test
    void mistakesAreToldInSqlitesWords() {
        run("CREATE VIRTUAL TABLE l USING list(a)", "CREATE VIRTUAL TABLE m USING map", "CREATE TABLE t(x)");
        assertThat(error("CREATE VIRTUAL TABLE q USING nosuch(1)")).isEqualTo("1: no such module: nosuch");
        assertThat(error("CREATE VIRTUAL TABLE q USING generate_series"))
                .isEqualTo("1: no such module: generate_series");
        assertThat(error("CREATE VIRTUAL TABLE q USING map(broken)")).isEqualTo("1: map is broken");
        assertThat(error("CREATE VIRTUAL TABLE t USING map")).isEqualTo("1: table t already exists");
        assertThat(error("INSERT INTO l VALUES(1, 2)")).isEqualTo("1: table l may not be modified");
        assertThat(error("DELETE FROM generate_series")).isEqualTo("1: table generate_series may not be modified");
        assertThat(error("DROP TABLE generate_series")).isEqualTo("1: table generate_series may not be dropped");
        assertThat(error("SELECT * FROM l(1, 2)")).isEqualTo("1: too many arguments on l() - max 1");
        assertThat(error("SELECT * FROM t(1)")).isEqualTo("1: 't' is not a function");
        assertThat(error("SELECT * FROM nosuch(1)")).isEqualTo("1: no such table: nosuch");
        assertThat(error("CREATE INDEX i ON l(item)")).isEqualTo("1: virtual tables may not be indexed");
        assertThat(error("CREATE TRIGGER r AFTER INSERT ON m BEGIN SELECT 1; END"))
                .isEqualTo("1: cannot create triggers on virtual tables");
        assertThat(error("INSERT INTO m VALUES(1, 2) ON CONFLICT DO NOTHING"))
                .isEqualTo("1: UPSERT not implemented for virtual table \"m\"");
        assertThat(error("UPDATE m SET a = 1 RETURNING a"))
                .isEqualTo("1: UPDATE RETURNING is not available on virtual tables");
        assertThat(error("DELETE FROM m RETURNING a"))
                .isEqualTo("1: DELETE RETURNING is not available on virtual tables");
        assertThat(error("DROP VIEW m")).isEqualTo("1: use DROP TABLE to delete table m");
        assertThat(error("SELECT 'a' MATCH 'b'")).isEqualTo("1: unable to use function MATCH in the requested context");
        assertThat(rows("SELECT name FROM sqlite_schema")).isEqualTo("[[T:l], [T:m], [T:t]]");
    }

    @Test
    void hiddenColumnsTakeArgumentsAndAreLeftOutOfStarAndInsert() {
        run("CREATE VIRTUAL TABLE l USING list(one, two)", "CREATE VIRTUAL TABLE m USING map");
        assertThat(rows("SELECT * FROM l('tag of two')")).isEqualTo("[[T:two, I:2]]");
        assertThat(rows("PRAGMA table_info(l)"))
                .isEqualTo("[[I:0, T:item, T:TEXT, I:0, NULL, I:0], [I:1, T:place, T:INTEGER, I:0, NULL, I:0]]");
        assertThat(rows("SELECT name, type, hidden FROM pragma_table_xinfo('l') WHERE hidden"))
                .isEqualTo("[[T:tag, T:, I:1]]");
        run("INSERT INTO m VALUES(1, 2)");
        assertThat(rows("SELECT *, h FROM m")).isEqualTo("[[I:1, I:2, T:hidden]]");
    }

    @Test
    void aTableLeavesWhenItIsDroppedOrTheConnectionIsClosed() {
        run("CREATE VIRTUAL TABLE l USING list(a)", "CREATE VIRTUAL TABLE l2 USING list(b)");
        assertThat(rows("SELECT count(*) FROM pragma_module_list WHERE name IN ('list', 'Map', 'shadow')"))
                .isEqualTo("[[I:3]]");
        run("DROP TABLE l");
        assertThat(list.disconnected).isEqualTo(1);
        assertThat(error("SELECT * FROM l")).isEqualTo("1: no such table: l");
        assertThat(rows("SELECT item FROM l2")).isEqualTo("[[T:b]]");
    }

    // ---- the planner

    @Test
    void constraintsAreOfferedWithTheirOperatorsAndLiterals() {
        run("CREATE VIRTUAL TABLE l USING list(one, two, three)");
        assertThat(rows("SELECT item FROM l WHERE item <> 'one' AND place IS NOT 3 AND place NOT NULL AND place <= 9"))
                .isEqualTo("[[T:two]]");
        assertThat(list.asked.get(0)).contains("0 NOT_EQUAL one;", "1 IS_NOT 3;", "1 IS_NOT_NULL;", "1 LESS_EQUAL 9;");
        list.asked.clear();
        assertThat(rows("SELECT item FROM l WHERE item LIKE 't%' AND item GLOB '*o' AND item MATCH 'w'"))
                .isEqualTo("[[T:two]]");
        assertThat(list.asked.get(0)).contains("0 LIKE t%;", "0 GLOB *o;", "0 MATCH w;");
        assertThat(list.filtered.get(list.filtered.size() - 1)).isEqualTo("1b(w,)");
        list.asked.clear();
        run("SELECT item FROM l WHERE nullif(item, 5)");
        assertThat(list.asked).containsExactly("0 FUNCTION 5 f151;");
        assertThat(rows("SELECT nullif(item, 5) FROM l LIMIT 1")).isEqualTo("[[T:overloaded]]");
    }

    @Test
    void aJoinAsksForEachSetOfSourcesThatMayBeKnown() {
        run("CREATE VIRTUAL TABLE l USING list(one, two, three)", "CREATE TABLE t(x)");
        run("INSERT INTO t VALUES('three'), ('one')");
        list.asked.clear();
        assertThat(rows("SELECT x, place FROM t JOIN l ON item = x")).isEqualTo("[[T:three, I:3], [T:one, I:1]]");
        assertThat(list.asked).containsExactly("0 EQUAL;", "0 EQUAL unusable;");
        assertThat(list.filtered).containsExactly("1b(three,)", "1b(one,)");
        assertThat(plan("SELECT x, place FROM t JOIN l ON item = x"))
                .isEqualTo("[SCAN t, SCAN l VIRTUAL TABLE INDEX 1:b]");
        assertThat(rows("SELECT x, place FROM t LEFT JOIN l ON item = x AND place = 3"))
                .isEqualTo("[[T:three, I:3], [T:one, NULL]]");
        assertThat(rows("SELECT x, place FROM t RIGHT JOIN l ON item = x"))
                .isEqualTo("[[T:three, I:3], [T:one, I:1], [NULL, I:2]]");
        assertThat(rows("SELECT item, x FROM l LEFT JOIN t ON item = x"))
                .isEqualTo("[[T:one, T:one], [T:two, NULL], [T:three, T:three]]");
    }

    @Test
    void anInIsALoopUnlessTheTableWantsAllValuesAtOnce() {
        run("CREATE VIRTUAL TABLE l USING list(one, two, three)");
        String sql = "SELECT item FROM l WHERE item IN ('three', 'one', 'none', NULL)";
        assertThat(rows(sql)).isEqualTo("[[T:one], [T:three]]");
        assertThat(list.filtered).containsExactly("1b(none,)", "1b(one,)", "1b(three,)");
        list.wholeLists = true;
        list.filtered.clear();
        assertThat(rows(sql + " ")).isEqualTo("[[T:one], [T:three]]");
        assertThat(list.filtered).hasSize(1);
        assertThat(list.filtered.get(0)).startsWith("1b*(").endsWith("none|one|three|)");
    }

    @Test
    void partsOfAnOrAreSearchedOneAfterTheOther() {
        run("CREATE VIRTUAL TABLE l USING list(one, two, three)");
        String sql = "SELECT item FROM l WHERE item = 'three' OR place = 1";
        assertThat(rows(sql)).isEqualTo("[[T:three], [T:one]]");
        assertThat(plan(sql))
                .isEqualTo("[MULTI-INDEX OR, INDEX 1, SCAN l VIRTUAL TABLE INDEX 1:b, INDEX 2,"
                        + " SCAN l VIRTUAL TABLE INDEX 1:c]");
    }

    @Test
    void orderIsTheTablesAffairIfItSaysSo() {
        run("CREATE VIRTUAL TABLE l USING list(one, two, three)");
        assertThat(plan("SELECT * FROM l ORDER BY place"))
                .isEqualTo("[SCAN l VIRTUAL TABLE INDEX 0:, USE TEMP B-TREE FOR ORDER BY]");
        assertThat(list.asked).containsExactly("order 1;");
        list.ordered = true;
        assertThat(plan("SELECT * FROM l ORDER BY place ")).isEqualTo("[SCAN l VIRTUAL TABLE INDEX 0:]");
        assertThat(plan("SELECT * FROM l ORDER BY place DESC"))
                .isEqualTo("[SCAN l VIRTUAL TABLE INDEX 0:, USE TEMP B-TREE FOR ORDER BY]");
    }

    @Test
    void limitAndOffsetAreOfferedWhereNothingElseDropsRows() {
        list.usesLimit = true;
        run("CREATE VIRTUAL TABLE l USING list(one, two, three, four)");
        assertThat(rows("SELECT item FROM l LIMIT 2 OFFSET 1")).isEqualTo("[[T:two], [T:three]]");
        assertThat(list.filtered).containsExactly("2OL(1,2,)");
        assertThat(rows("SELECT item FROM l LIMIT 1 + 1")).isEqualTo("[[T:one], [T:two]]");
        list.filtered.clear();
        assertThat(rows("SELECT item FROM l WHERE item = 'two' LIMIT 1")).isEqualTo("[[T:two]]");
        assertThat(rows("SELECT item FROM l WHERE length(item) = 5 LIMIT 1")).isEqualTo("[[T:three]]");
        assertThat(list.filtered).containsExactly("1b(two,)", "0()");
    }

    // ---- changes

    @Test
    void rowsAreInsertedChangedAndDeletedByRowid() {
        run("CREATE VIRTUAL TABLE m USING map", "INSERT INTO m VALUES(1, 2)", "INSERT INTO m(b) VALUES(5)");
        run("INSERT INTO m(rowid, a) VALUES(10, 'x')");
        assertThat(rows("SELECT last_insert_rowid(), changes()")).isEqualTo("[[I:10, I:1]]");
        assertThat(error("INSERT INTO m(rowid, a) VALUES(10, 'y')")).isEqualTo("19: there is a row 10");
        run("INSERT OR IGNORE INTO m(rowid, a) VALUES(10, 'y'), (11, 'z')");
        run("INSERT OR REPLACE INTO m(rowid, a) VALUES(10, 'y')");
        assertThat(rows("SELECT rowid, * FROM m"))
                .isEqualTo("[[I:1, I:1, I:2], [I:2, NULL, I:5], [I:10, T:y, I:7], [I:11, T:z, I:7]]");
        run("UPDATE m SET a = a || '!' WHERE rowid = 10", "UPDATE m SET b = b + 1");
        assertThat(rows("SELECT changes()")).isEqualTo("[[I:4]]");
        run("UPDATE m SET rowid = rowid + 100 WHERE a IS NULL", "UPDATE OR IGNORE m SET b = -1");
        run("DELETE FROM m WHERE rowid = 11", "DELETE FROM m WHERE b = 3");
        assertThat(rows("SELECT rowid, * FROM m")).isEqualTo("[[I:10, T:y!, I:8], [I:102, NULL, I:6]]");
        assertThat(rows("INSERT INTO m VALUES(7, 8) RETURNING a, b, rowid")).isEqualTo("[[I:7, I:8, I:-1]]");
        run("INSERT INTO m SELECT a, b FROM m");
        assertThat(rows("SELECT count(*) FROM m")).isEqualTo("[[I:6]]");
        run("UPDATE m SET a = z.n FROM (SELECT 'from' n, 10 k) z WHERE m.rowid = z.k");
        run("UPDATE m SET a = 0 ORDER BY rowid DESC LIMIT 1", "DELETE FROM m ORDER BY rowid LIMIT 1 OFFSET 1");
        assertThat(rows("SELECT rowid, a FROM m"))
                .isEqualTo("[[I:10, T:from], [I:103, I:7], [I:104, T:y!], [I:105, NULL], [I:106, I:0]]");
        run("DELETE FROM m");
        assertThat(rows("SELECT changes(), (SELECT count(*) FROM m)")).isEqualTo("[[I:5, I:0]]");
    }

    @Test
    void aTableWithoutRowidIsChangedByItsPrimaryKey() {
        run("CREATE VIRTUAL TABLE k USING map(keyed)", "INSERT INTO k VALUES('a', 1), ('b', 2)");
        assertThat(error("SELECT rowid FROM k")).isEqualTo("1: no such column: rowid");
        assertThat(plan("SELECT * FROM k WHERE a = 'q'")).isEqualTo("[SCAN k VIRTUAL TABLE INDEX 1:key]");
        run("UPDATE k SET a = 'c' WHERE a = 'a'", "UPDATE k SET b = 9");
        assertThat(rows("SELECT * FROM k")).isEqualTo("[[T:b, I:9], [T:c, I:9]]");
        assertThat(rows("SELECT b FROM k WHERE a = 'b' OR a = 'c'")).isEqualTo("[[I:9], [I:9]]");
        run("DELETE FROM k WHERE a = 'c'");
        assertThat(rows("SELECT * FROM k")).isEqualTo("[[T:b, I:9]]");
        run("DELETE FROM k");
        assertThat(rows("SELECT * FROM k")).isEqualTo("[]");
    }

    @Test
    void triggersOfOtherTablesMayChangeVirtualOnes() {
        run("CREATE VIRTUAL TABLE m USING map", "INSERT INTO m VALUES('a', 1), ('b', 1)", "CREATE TABLE t(x)");
        run("CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO m VALUES(new.x, 5);"
                + " UPDATE m SET a = a || 't' WHERE rowid = 1; DELETE FROM m WHERE rowid = 2; END");
        run("INSERT INTO t VALUES('new')");
        assertThat(rows("SELECT rowid, * FROM m")).isEqualTo("[[I:1, T:at, I:1], [I:3, T:new, I:5]]");
        assertThat(rows("SELECT changes(), last_insert_rowid()")).isEqualTo("[[I:1, I:1]]");
    }

    // ---- transactions

    @Test
    void aTableIsToldHowTheTransactionGoes() {
        run("CREATE VIRTUAL TABLE m USING map");
        assertThat(map.calls).containsExactly("create main.m", "begin", "sync", "commit");
        map.calls.clear();
        run("BEGIN", "INSERT INTO m VALUES('t', 1)", "SAVEPOINT s", "INSERT INTO m VALUES('u', 1)", "ROLLBACK TO s");
        run("RELEASE s", "COMMIT");
        assertThat(map.calls).containsExactly("begin", "savepoint 0", "rollback to 0", "release 0", "sync", "commit");
        assertThat(rows("SELECT a FROM m")).isEqualTo("[[T:t]]");
        map.calls.clear();
        run("SAVEPOINT s", "DELETE FROM m", "ROLLBACK");
        assertThat(map.calls).containsExactly("begin", "savepoint 1", "release 1", "rollback");
        assertThat(rows("SELECT a FROM m")).isEqualTo("[[T:t]]");
    }

    @Test
    void aFailedStatementIsUndoneAndAFailedSyncStopsTheCommit() {
        run("CREATE VIRTUAL TABLE m USING map", "BEGIN");
        assertThat(error("INSERT INTO m VALUES(3, 3), (4, -4)")).isEqualTo("19: negative b");
        assertThat(rows("SELECT count(*) FROM m")).isEqualTo("[[I:0]]");
        run("INSERT INTO m VALUES('kept', 1)", "COMMIT");
        map.calls.clear();
        assertThat(error("INSERT INTO m VALUES('no commit', 1)")).isEqualTo("1: this row stops the commit");
        assertThat(map.calls).containsExactly("begin", "sync", "rollback");
        assertThat(rows("SELECT a FROM m")).isEqualTo("[[T:kept]]");
    }

    @Test
    void droppingCallsTheModuleAndCanBeRolledBack() {
        run("CREATE VIRTUAL TABLE s USING shadow", "INSERT INTO s VALUES('a')");
        run("BEGIN", "DROP TABLE s", "ROLLBACK");
        assertThat(rows("SELECT body FROM s")).isEqualTo("[[T:a]]");
        run("DROP TABLE s");
        assertThat(rows("SELECT name FROM sqlite_schema")).isEqualTo("[]");
    }

    // ---- shadow tables

    @Test
    void aModuleKeepsItsRowsInOrdinaryTablesWithinTheTransaction() {
        run("CREATE VIRTUAL TABLE s USING shadow", "INSERT INTO s VALUES('a'), ('b')");
        assertThat(rows("SELECT last_insert_rowid(), changes()")).isEqualTo("[[I:2, I:2]]");
        assertThat(error("INSERT INTO s VALUES('c'), ('a')")).isEqualTo("2067: UNIQUE constraint failed: s_rows.body");
        assertThat(rows("SELECT rowid, body FROM s")).isEqualTo("[[I:1, T:a], [I:2, T:b]]");
        run("BEGIN", "INSERT INTO s VALUES('d')");
        assertThat(error("INSERT INTO s VALUES('e'), ('a')")).startsWith("2067");
        run("SAVEPOINT x", "INSERT INTO s VALUES('f')", "ROLLBACK TO x", "COMMIT");
        run("UPDATE s SET body = body || '!'", "DELETE FROM s WHERE rowid = 2");
        assertThat(rows("SELECT rowid, body FROM s")).isEqualTo("[[I:1, T:a!], [I:3, T:d!]]");
        assertThat(rows("SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name LIKE 's!_%' ESCAPE '!'"
                        + " OR name = 's' ORDER BY 1"))
                .isEqualTo("[[T:s, T:virtual], [T:s_rows, T:shadow]]");
        run("BEGIN", "CREATE VIRTUAL TABLE s2 USING shadow", "INSERT INTO s2 VALUES('q')", "ROLLBACK");
        assertThat(rows("SELECT name FROM sqlite_schema WHERE type = 'table'")).isEqualTo("[[T:s], [T:s_rows]]");
    }

    @Test
    void renamingTellsTheModuleAndRewritesViewsAndTriggers() {
        run("CREATE VIRTUAL TABLE s USING shadow", "INSERT INTO s VALUES('a')", "CREATE TABLE t(x)");
        run("CREATE VIEW v AS SELECT body FROM s");
        run("CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO s VALUES(new.x); END");
        run("BEGIN", "ALTER TABLE s RENAME TO z");
        assertThat(rows("SELECT body FROM z")).isEqualTo("[[T:a]]");
        run("ROLLBACK", "ALTER TABLE s RENAME TO w", "INSERT INTO t VALUES('new')");
        assertThat(rows("SELECT body FROM v")).isEqualTo("[[T:a], [T:new]]");
        assertThat(rows("SELECT sql FROM sqlite_schema WHERE type <> 'index'"))
                .isEqualTo("[[T:CREATE VIRTUAL TABLE \"w\" USING shadow],"
                        + " [T:CREATE TABLE \"w_rows\"(id INTEGER PRIMARY KEY, body TEXT UNIQUE)], [T:CREATE TABLE t(x)],"
                        + " [T:CREATE VIEW v AS SELECT body FROM \"w\"],"
                        + " [T:CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO \"w\" VALUES(new.x); END]]");
        assertThat(error("ALTER TABLE w RENAME body TO b"))
                .isEqualTo("1: cannot rename columns of virtual table \"w\"");
        assertThat(error("ALTER TABLE w ADD COLUMN b")).isEqualTo("1: virtual tables may not be altered");
        assertThat(error("ALTER TABLE generate_series RENAME TO g"))
                .isEqualTo("1: table generate_series may not be altered");
    }

    @Test
    void aFailedCreationLeavesNothing() {
        run("CREATE TABLE z_rows(x)");
        assertThat(error("CREATE VIRTUAL TABLE z USING shadow")).isEqualTo("1: table \"z_rows\" already exists");
        assertThat(rows("SELECT name FROM sqlite_schema")).isEqualTo("[[T:z_rows]]");
        assertThat(error("SELECT * FROM z")).isEqualTo("1: no such table: z");
    }

    @Test
    void inDefensiveModeShadowTablesBelongToTheirModule() {
        run("CREATE VIRTUAL TABLE s USING shadow", "INSERT INTO s VALUES('a')");
        verso.connection().defensive(true);
        assertThat(error("DELETE FROM s_rows")).isEqualTo("1: table s_rows may not be modified");
        assertThat(error("INSERT INTO s_rows VALUES(1, 2)")).isEqualTo("1: table s_rows may not be modified");
        assertThat(error("DROP TABLE s_rows")).isEqualTo("1: table s_rows may not be dropped");
        assertThat(error("ALTER TABLE s_rows RENAME TO q")).isEqualTo("1: table s_rows may not be altered");
        assertThat(error("CREATE TRIGGER r AFTER INSERT ON s_rows BEGIN SELECT 1; END"))
                .isEqualTo("1: cannot create triggers on shadow tables");
        assertThat(rows("SELECT count(*) FROM s_rows")).isEqualTo("[[I:1]]");
        run("INSERT INTO s VALUES('b')", "UPDATE s SET body = 'c' WHERE rowid = 1", "ALTER TABLE s RENAME TO w");
        assertThat(rows("SELECT body FROM w")).isEqualTo("[[T:c], [T:b]]");
        run("DROP TABLE w", "CREATE TABLE w_rows(x)");
    }

    @Test
    void virtualTablesLiveInAttachedAndTemporaryDatabases() {
        run("ATTACH ':memory:' AS o", "CREATE VIRTUAL TABLE o.w USING shadow", "INSERT INTO o.w VALUES(1)");
        assertThat(rows("SELECT body FROM w")).isEqualTo("[[T:1]]");
        run("DETACH o", "CREATE VIRTUAL TABLE temp.w USING shadow", "INSERT INTO w VALUES('t')");
        assertThat(rows("SELECT body FROM temp.w")).isEqualTo("[[T:t]]");
        assertThat(rows("SELECT count(*) FROM sqlite_schema")).isEqualTo("[[I:0]]");
    }

    @Test
    void integrityCheckAsksTheTable() {
        run("CREATE VIRTUAL TABLE s USING shadow", "INSERT INTO s VALUES('good')");
        assertThat(rows("PRAGMA integrity_check")).isEqualTo("[[T:ok]]");
        run("INSERT INTO s VALUES('bad')");
        assertThat(rows("PRAGMA integrity_check")).isEqualTo("[[T:bad row in main.s]]");
        assertThat(rows("PRAGMA quick_check(s)")).isEqualTo("[[T:bad row in main.s]]");
    }
}
