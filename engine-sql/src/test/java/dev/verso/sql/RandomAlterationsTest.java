package dev.verso.sql;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random ALTER TABLEs over a schema with indexes, views, triggers and foreign keys: answers, texts in {@code sqlite_schema}, rows and pages are the real SQLite's. */
class RandomAlterationsTest {
    private static final long SEED = Long.getLong("verso.seed", 20261001L);
    private static final int RUNS = Boolean.getBoolean("verso.full") ? 4000 : 100;

    private Random random;

    @Test
    void definitionsAreRewrittenAsByTheRealSqlite() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            random = new Random(seed);
            try (SideBySide both = new SideBySide(
                    "replay: mvn -pl engine-sql test -Dtest=RandomAlterationsTest -Dverso.seed=" + seed)) {
                both.run("PRAGMA page_size=" + (seed % 2 == 0 ? 512 : 4096));
                both.run("PRAGMA encoding='" + (seed % 4 < 2 ? "UTF-8" : "UTF-16le") + "'");
                both.run("PRAGMA auto_vacuum=" + (seed % 3 == 0 ? 1 : 0));
                run(both);
            }
        }
    }

    private void run(SideBySide both) throws Exception {
        both.run("PRAGMA legacy_alter_table=" + (random.nextInt(6) == 0 ? 1 : 0));
        both.run("PRAGMA foreign_keys=" + random.nextInt(2));
        both.run("CREATE TABLE t1(a " + pick("INTEGER PRIMARY KEY", "TEXT UNIQUE", "") + ", b " + constraint("b")
                + ", c "
                + constraint("c") + ", d AS (a||" + pick("b", "c", "\"b\"") + ") " + pick("", "STORED")
                + pick("", ", CHECK (t1.b <> \"x\" OR c > 0)", ", UNIQUE(b, c)", ", CONSTRAINT n1 CHECK(b>0)") + ")");
        both.run("CREATE TABLE t2(a REFERENCES t1(" + pick("a", "b") + "), b" + pick(" NOT NULL", "")
                + ", [c c], PRIMARY KEY(a, b)"
                + pick("", ", FOREIGN KEY(b) REFERENCES t1", ", FOREIGN KEY(\"c c\") REFERENCES t2(a)")
                + ")" + pick("", " WITHOUT ROWID"));
        for (int i = 0; i < 3; i++) {
            both.run("INSERT INTO t1(a,b,c) VALUES(" + i + "," + (i + 1) + ",'v" + i + "')");
            both.run("INSERT INTO t2 VALUES(" + i + "," + (i + 1) + "," + i + ")");
        }
        int objects = 2 + random.nextInt(4);
        for (int i = 0; i < objects; i++) {
            both.run(object(i));
        }
        for (int i = 0; i < 8; i++) {
            String alteration = alteration();
            boolean done = both.run(alteration).error() == null;
            if (done && alteration.contains("ADD COLUMN") && !isSound(both)) {
                return; // a new column took over a string in an index: SQLite's writes mend such an index
                // (docs/intended.md)
            }
            both.run("SELECT type, name, tbl_name, sql FROM sqlite_schema");
            both.run("SELECT type, name, tbl_name, sql FROM sqlite_temp_schema");
            both.run("SELECT pageno, name, path, pagetype, ncell, payload, unused FROM dbstat ORDER BY 1");
        }
        for (String table : new String[] {"t1", "t2", "t3", "\"t 4\""}) {
            both.run("SELECT * FROM " + table);
            both.run("INSERT INTO " + table + " DEFAULT VALUES");
            both.run("UPDATE " + table + " SET a=a");
        }
        both.run("PRAGMA integrity_check");
    }

    private static boolean isSound(SideBySide both) throws Exception {
        return both.run("PRAGMA integrity_check").rows().toString().equals("[[T:ok]]");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String constraint(String column) {
        return pick(
                "",
                "NOT NULL",
                "DEFAULT 5",
                "CHECK (" + column + " <> 'no')",
                "CONSTRAINT k" + column + " NOT NULL",
                "UNIQUE",
                "COLLATE nocase",
                "TEXT DEFAULT \"q\" /* c */");
    }

    private String table() {
        return pick("t1", "t1", "t2", "t2", "t3", "\"t 4\"");
    }

    private String column() {
        return pick("a", "b", "b", "c", "[c c]", "e", "\"E e\"", "d");
    }

    private String object(int number) {
        String table = pick("t1", "t2");
        return switch (random.nextInt(6)) {
            case 0 ->
                "CREATE " + pick("", "UNIQUE ") + "INDEX i" + number + " ON " + table + "(" + column()
                        + pick("", "||b", " DESC") + pick("", ", a COLLATE nocase") + ")"
                        + pick("", " WHERE " + column() + " IS NOT NULL");
            case 1, 2 -> "CREATE " + pick("", "", "TEMP ") + "VIEW v" + number + " AS " + query(table);
            default ->
                withoutUnreadColumns("CREATE " + pick("", "", "TEMP ") + "TRIGGER r" + number
                        + pick(" AFTER ", " BEFORE ")
                        + pick("INSERT", "UPDATE OF " + column()) + " ON " + table
                        + pick("", " WHEN new." + column() + " > 0") + " BEGIN " + step() + "; " + step() + "; END");
        };
    }

    /** A generated column of NEW may be NULL in SQLite before an UPDATE (docs/intended.md). */
    private static String withoutUnreadColumns(String trigger) {
        return trigger.contains("BEFORE UPDATE") ? trigger.replace("new.d", "new.b") : trigger;
    }

    private String query(String table) {
        return switch (random.nextInt(6)) {
            case 0 -> "SELECT " + column() + ", " + table + ".a FROM " + table + " ORDER BY " + column();
            case 1 -> "SELECT x." + column() + ", \"str\" FROM " + table + " AS x WHERE x.b IN (SELECT a FROM t1)";
            case 2 -> "SELECT t1.a, t2.b FROM t1 " + pick("JOIN", "LEFT JOIN") + " t2 ON t1.a = t2." + column();
            case 3 ->
                "WITH q AS (SELECT " + column() + " AS z FROM " + table + ") SELECT z FROM q UNION SELECT b FROM t1";
            case 4 -> "SELECT " + table + ".* FROM " + table + " GROUP BY " + column() + " HAVING count(*) > 0";
            default -> "SELECT (SELECT max(" + column() + ") FROM t1 WHERE t1.a = t2.a) AS m FROM t2";
        };
    }

    private String step() {
        String table = pick("t1", "t2");
        return switch (random.nextInt(5)) {
            case 0 ->
                "INSERT INTO " + table + "(a, b) VALUES(new.a, new." + column() + ")"
                        + pick("", " ON CONFLICT DO UPDATE SET b = excluded.a WHERE a > 0");
            case 1 ->
                "UPDATE " + table + " SET " + column() + " = new.b, (a, b) = (b, " + table + ".a) WHERE " + column()
                        + " = 1";
            case 2 -> "DELETE FROM " + table + " WHERE " + column() + " = new.a AND " + table + ".b IS NULL";
            case 3 -> "UPDATE t1 SET b = t2.b FROM t2 WHERE t2.a = t1." + column();
            default -> query(table);
        };
    }

    private String alteration() {
        String start = "ALTER TABLE " + table() + " ";
        return switch (random.nextInt(12)) {
            case 0, 1 -> start + "RENAME TO " + table();
            case 2, 3, 4 -> start + "RENAME COLUMN " + column() + " TO " + column();
            case 5, 6 -> start + "DROP COLUMN " + column();
            case 7, 8 ->
                start + "ADD COLUMN " + column() + " " + constraint("b") + pick("", " DEFAULT 'z'", " REFERENCES t1");
            case 9 -> start + "ALTER " + column() + pick(" SET NOT NULL", " DROP NOT NULL");
            case 10 -> start + "ADD CONSTRAINT n" + random.nextInt(3) + " CHECK (" + column() + " <> 99)";
            default -> start + "DROP CONSTRAINT " + pick("n0", "n1", "n2", "kb", "kc");
        };
    }
}
