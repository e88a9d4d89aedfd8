package dev.verso.sql;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random triggers of all kinds on tables that refer to each other, random writes, and all rows compared with the real SQLite's. */
class RandomTriggersTest {
    private static final long SEED = Long.getLong("verso.seed", 20260901L);
    private static final int RUNS = Boolean.getBoolean("verso.full") ? 2000 : 40;
    private static final List<String> TABLES = List.of("p", "c", "w");
    private static final List<String> COLUMNS = List.of("k", "a", "b");

    private Random random;

    @Test
    void triggersDoWhatTheyDoInTheRealSqlite() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            random = new Random(seed);
            try (SideBySide both =
                    new SideBySide("replay: mvn -pl engine-sql test -Dtest=RandomTriggersTest -Dverso.seed=" + seed)) {
                run(both);
            }
        }
    }

    private void run(SideBySide both) throws Exception {
        both.run("CREATE TABLE log(n INTEGER PRIMARY KEY AUTOINCREMENT, what, x, y)");
        both.run("CREATE TABLE p(k INTEGER PRIMARY KEY, a UNIQUE, b INT DEFAULT 5)");
        both.run("CREATE TABLE c(k INTEGER PRIMARY KEY, a REFERENCES p ON DELETE " + action() + " ON UPDATE " + action()
                + ", b TEXT CHECK (b IS NULL OR b <> '13'), g AS (b || 'g'))");
        both.run("CREATE TABLE w(k TEXT, a NOT NULL ON CONFLICT " + pick("ABORT", "IGNORE", "REPLACE")
                + " DEFAULT 3, b REAL, PRIMARY KEY(k)) WITHOUT ROWID");
        both.run("CREATE INDEX cb ON c(b) WHERE b > '2'");
        both.run("CREATE VIEW v(k, a, b) AS SELECT p.k, c.k, c.b FROM p JOIN c ON c.a = p.k");
        both.run("PRAGMA foreign_keys=" + random.nextInt(2));
        both.run("PRAGMA recursive_triggers=" + (random.nextInt(3) == 0 ? 1 : 0));
        for (String table : TABLES) {
            for (int i = 0; i < 4; i++) {
                both.run(insert(table, ""));
            }
        }
        int triggers = 2 + random.nextInt(5);
        for (int i = 0; i < triggers; i++) {
            both.run(trigger("t" + i));
        }
        for (int i = 0; i < 30; i++) {
            both.run(statement());
            if (i % 6 == 5) {
                compareAll(both);
            }
            if (random.nextInt(12) == 0) {
                both.run(pick("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "ROLLBACK TO s"));
            }
            if (random.nextInt(20) == 0) {
                both.run("DROP TRIGGER t" + random.nextInt(triggers));
            }
        }
        compareAll(both);
        both.run("SELECT type, name, tbl_name, sql FROM sqlite_schema");
        both.run("PRAGMA integrity_check");
    }

    private static void compareAll(SideBySide both) throws Exception {
        both.run("SELECT total_changes(), last_insert_rowid()");
        both.run("SELECT * FROM log");
        both.run("SELECT *, typeof(a), typeof(b) FROM p");
        both.run("SELECT *, typeof(a), typeof(b) FROM c");
        both.run("SELECT *, typeof(a), typeof(b) FROM w");
        both.run("SELECT * FROM sqlite_sequence");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String action() {
        return pick("CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION");
    }

    private String table() {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    private String column() {
        return COLUMNS.get(random.nextInt(COLUMNS.size()));
    }

    private String value(String row) {
        if (!row.isEmpty() && random.nextInt(3) > 0) {
            return row + "." + column() + (random.nextInt(3) == 0 ? "+1" : "");
        }
        return pick("NULL", "'x'", "1.5", "'13'")
                .transform(rare -> random.nextInt(4) == 0 ? rare : "" + random.nextInt(9));
    }

    private String conflict() {
        return random.nextInt(2) == 0 ? "" : " OR " + pick("ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK");
    }

    private String insert(String table, String row) {
        String start = "INSERT" + conflict() + " INTO " + table;
        return switch (random.nextInt(5)) {
            case 0 -> start + "(a) VALUES(" + value(row) + ")";
            case 1 -> start + "(k,a,b) SELECT k+" + random.nextInt(5) + ", a, b FROM " + table() + " WHERE k<3";
            case 2 ->
                start + "(k,a,b) VALUES(" + values(row) + ") ON CONFLICT DO UPDATE SET a=" + value(row)
                        + ", b=excluded.b" + pick("", " WHERE excluded.k<5");
            default -> start + "(k,a,b) VALUES(" + values(row) + ")";
        };
    }

    private String values(String row) {
        return value(row) + "," + value(row) + "," + value(row);
    }

    private String where(String row) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> " WHERE a IN (SELECT k FROM " + table() + ")";
            default -> " WHERE " + column() + pick("=", "<", ">") + value(row);
        };
    }

    private String update(String table, String row) {
        String from = random.nextInt(6) == 0 && !table.equals("v") ? " FROM (SELECT k AS fk, a AS fa FROM p) AS f" : "";
        String condition = from.isEmpty() ? where(row) : " WHERE fk=" + table + ".k";
        return "UPDATE" + conflict() + " " + table + " SET " + column() + "=" + value(row) + pick("", ",b=a") + from
                + condition;
    }

    private String statement() {
        String table = random.nextInt(8) == 0 ? "v" : table();
        String returning = random.nextInt(8) == 0 ? " RETURNING k,a,b" : "";
        return switch (random.nextInt(6)) {
            case 0, 1 -> update(table, "") + returning;
            case 2 -> "DELETE FROM " + table + where("") + returning;
            default -> insert(table, "") + returning;
        };
    }

    private String trigger(String name) {
        boolean onView = random.nextInt(6) == 0;
        String table = onView ? "v" : table();
        String event = pick("INSERT", "UPDATE", "DELETE", "UPDATE OF " + column());
        String row = event.equals("INSERT") ? "new" : event.equals("DELETE") ? "old" : pick("old", "new");
        StringBuilder sql = new StringBuilder("CREATE ")
                .append(random.nextInt(6) == 0 ? "TEMP " : "")
                .append("TRIGGER ")
                .append(name)
                .append(onView ? " INSTEAD OF " : pick(" BEFORE ", " AFTER ", " "))
                .append(event)
                .append(" ON ")
                .append(table);
        if (random.nextInt(3) == 0) {
            sql.append(" WHEN ")
                    .append(value(row))
                    .append(pick("<", ">", "=", " IS NOT "))
                    .append(value(row));
        }
        sql.append(" BEGIN INSERT INTO log(what,x,y) VALUES('")
                .append(name)
                .append("',")
                .append(row)
                .append('.')
                .append(column())
                .append(",changes()); ");
        int steps = random.nextInt(3);
        for (int i = 0; i < steps; i++) {
            sql.append(step(row)).append("; ");
        }
        return sql.append("END").toString();
    }

    private String step(String row) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> insert(table(), row);
            case 2, 3 -> update(table(), row);
            case 4 -> "DELETE FROM " + table() + " WHERE " + column() + "=" + value(row);
            case 5 ->
                "SELECT RAISE(" + pick("IGNORE", "ABORT,'stop'", "FAIL,'fail '||" + row + ".k", "ROLLBACK,'back'")
                        + ") WHERE " + row + "." + column() + "=" + random.nextInt(9);
            case 6 ->
                "DELETE FROM " + table() + " WHERE " + column() + " IN (SELECT " + row + ".k UNION SELECT k FROM c)";
            default -> "SELECT count(*), max(" + row + ".a) FROM " + table() + " WHERE k=" + row + ".b";
        };
    }
}
