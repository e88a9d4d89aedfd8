package dev.verso.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random transactions, savepoints, conflict clauses, schema changes and foreign keys: after every statement all tables and counters are as in
 * the real SQLite. Replay with {@code -Dtest.jvm.args=-Dverso.seed=N}.
 */
class TransactionsDifferentialTest {
    private static final long SEED = Long.getLong("verso.seed", 77L);
    private static final int SEEDS = Boolean.getBoolean("verso.full") ? 300 : 12;
    private static final int STEPS = 200;
    private static final String[] CONFLICTS = {"", "OR IGNORE", "OR REPLACE", "OR ABORT", "OR FAIL", "OR ROLLBACK"};
    private static final String[] OPERATORS = {"=", "<", ">", "<=", ">=", "<>", " IS "};

    /** Makes statements over a schema of its own. */
    private interface Generator {
        List<String> schema();

        String next();

        List<String> checks();
    }

    private static void run(long seed, Generator generator) throws SQLException {
        List<String> history = new ArrayList<>();
        try (Connection ours = Engines.verso(":memory:");
                Connection theirs = Engines.sqlite(":memory:")) {
            for (String sql : generator.schema()) {
                same(seed, ours, theirs, sql, history);
            }
            for (int i = 0; i < STEPS; i++) {
                same(seed, ours, theirs, generator.next(), history);
                for (String check : generator.checks()) {
                    assertThat(Answer.of(ours, check).sorted())
                            .as("seed %d, %s after %s", seed, check, tail(history))
                            .isEqualTo(Answer.of(theirs, check).sorted());
                }
            }
        }
    }

    private static void same(long seed, Connection ours, Connection theirs, String sql, List<String> history) {
        history.add(sql);
        assertThat(Answer.of(ours, sql).sorted())
                .as("seed %d, %s", seed, tail(history))
                .isEqualTo(Answer.of(theirs, sql).sorted());
    }

    private static String tail(List<String> history) {
        return String.join(";\n", history.subList(Math.max(0, history.size() - 20), history.size()));
    }

    private static String value(Random random) {
        return switch (random.nextInt(11)) {
            case 0 -> "NULL";
            case 1 -> "'" + (char) ('a' + random.nextInt(5)) + "'";
            case 2 -> "'" + (char) ('A' + random.nextInt(5)) + "'";
            case 3 -> String.valueOf(random.nextInt(20) / 4.0);
            case 4 -> "'" + random.nextInt(9) + "'";
            case 5 -> "x'0" + random.nextInt(9) + "'";
            case 6 -> "-" + random.nextInt(5);
            case 7 -> "printf('%.*c" + random.nextInt(9) + "', " + random.nextInt(2000) + ", 'é')";
            default -> String.valueOf(random.nextInt(30));
        };
    }

    private static String condition(Random random) {
        if (random.nextInt(8) == 0) {
            return " IS NULL";
        }
        if (random.nextInt(6) == 0) {
            return " IN (" + value(random) + "," + value(random) + ")";
        }
        return OPERATORS[random.nextInt(OPERATORS.length)] + value(random);
    }

    private static String rows(Random random, int columns) {
        StringBuilder rows = new StringBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            rows.append(i == 0 ? "(" : ",(");
            for (int j = 0; j < columns; j++) {
                rows.append(j == 0 ? "" : ",").append(value(random));
            }
            rows.append(')');
        }
        return rows.toString();
    }

    private static String transaction(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> "BEGIN";
            case 1, 2 -> "COMMIT";
            case 3 -> "ROLLBACK";
            case 4 -> "SAVEPOINT s" + random.nextInt(3);
            case 5 -> "RELEASE s" + random.nextInt(3);
            default -> "ROLLBACK TO s" + random.nextInt(3);
        };
    }

    private record Tables(Random random, int seedKind) implements Generator {
        @Override
        public List<String> schema() {
            String[] encodings = {"UTF-8", "UTF-16le", "UTF-16be"};
            return List.of(
                    "PRAGMA encoding = '" + encodings[seedKind % 3] + "'",
                    "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c INTEGER NOT NULL, d REAL)",
                    "CREATE TABLE u(x INTEGER PRIMARY KEY AUTOINCREMENT, y, z COLLATE NOCASE)",
                    "CREATE INDEX uy ON u(y, z)",
                    "CREATE TABLE w(k TEXT, v INTEGER, n NUMERIC, PRIMARY KEY(k, v)) WITHOUT ROWID",
                    "CREATE INDEX td ON t(d DESC, c)");
        }

        @Override
        public String next() {
            String conflict = CONFLICTS[random.nextInt(CONFLICTS.length)];
            String x = "x" + random.nextInt(3);
            String exists = random.nextBoolean() ? "IF EXISTS " : "";
            String missing = random.nextBoolean() ? "IF NOT EXISTS " : "";
            return switch (random.nextInt(27)) {
                case 0, 1, 2, 3, 4 -> transaction(random);
                case 5, 6, 7 -> "INSERT " + conflict + " INTO t VALUES" + rows(random, 4);
                case 8, 9 -> "INSERT " + conflict + " INTO u(y, z) VALUES" + rows(random, 2);
                case 10, 11 -> "INSERT " + conflict + " INTO w VALUES" + rows(random, 3);
                case 12 ->
                    "UPDATE " + conflict + " t SET b = " + value(random) + ", c = c + 1 WHERE a" + condition(random);
                case 13 ->
                    "UPDATE " + conflict + " t SET a = a + " + random.nextInt(5) + " WHERE c" + condition(random);
                case 14 ->
                    "UPDATE " + conflict + " w SET v = v + " + random.nextInt(3) + " WHERE k" + condition(random);
                case 15 ->
                    "UPDATE " + conflict + " u SET x = x + 2, y = " + value(random) + " WHERE y" + condition(random);
                case 16 -> "DELETE FROM t WHERE b" + condition(random);
                case 17 -> "DELETE FROM u WHERE z" + condition(random);
                case 18 -> "DELETE FROM w WHERE k" + condition(random);
                case 19 -> random.nextInt(4) == 0 ? "DELETE FROM t" : "DELETE FROM w WHERE v" + condition(random);
                case 20 -> "INSERT " + conflict + " INTO t(b, c, d) SELECT k, v, n FROM w WHERE v" + condition(random);
                case 21 -> "INSERT " + conflict + " INTO t VALUES" + rows(random, 4) + " RETURNING *";
                case 22 -> "CREATE TABLE " + missing + x + "(p INTEGER PRIMARY KEY, q, r DEFAULT 7, CHECK(q <> 3))";
                case 23 -> "DROP TABLE " + exists + x;
                case 24 -> "CREATE INDEX " + missing + "i" + random.nextInt(4) + " ON " + x + "(q)";
                case 25 -> "DROP INDEX " + exists + "i" + random.nextInt(4);
                default -> "INSERT " + conflict + " INTO " + x + "(p, q) VALUES" + rows(random, 2);
            };
        }

        @Override
        public List<String> checks() {
            return List.of(
                    "SELECT changes(), total_changes(), last_insert_rowid()",
                    "SELECT * FROM t",
                    "SELECT * FROM u",
                    "SELECT * FROM w",
                    "SELECT d, c, a FROM t INDEXED BY td",
                    "SELECT y, z FROM u WHERE y > 3",
                    "SELECT type, name, tbl_name, sql FROM sqlite_schema");
        }
    }

    private record Families(Random random) implements Generator {
        private static final String[] ACTIONS = {
            "",
            "ON DELETE CASCADE",
            "ON DELETE SET NULL",
            "ON DELETE SET DEFAULT",
            "ON DELETE RESTRICT",
            "ON UPDATE CASCADE",
            "ON DELETE CASCADE ON UPDATE CASCADE",
            "ON UPDATE SET NULL",
            "ON DELETE NO ACTION",
            "ON UPDATE RESTRICT"
        };
        private static final String[] DEFERRALS = {
            "", "DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE INITIALLY IMMEDIATE", "NOT DEFERRABLE"
        };

        private String clause() {
            return " " + ACTIONS[random.nextInt(ACTIONS.length)] + " " + DEFERRALS[random.nextInt(DEFERRALS.length)];
        }

        @Override
        public List<String> schema() {
            return List.of(
                    "PRAGMA foreign_keys = ON",
                    "CREATE TABLE p(a INTEGER PRIMARY KEY, b UNIQUE, c, UNIQUE(b, c))",
                    "CREATE TABLE c1(x INTEGER PRIMARY KEY, pa INTEGER DEFAULT 1 REFERENCES p(a)" + clause() + ")",
                    "CREATE TABLE c2(x, pb REFERENCES p(b)" + clause() + ")",
                    "CREATE TABLE c3(x INTEGER PRIMARY KEY, y, z, FOREIGN KEY(y, z) REFERENCES p(b, c)" + clause()
                            + ")",
                    "CREATE TABLE s(id INTEGER PRIMARY KEY, up INTEGER REFERENCES s "
                            + ACTIONS[random.nextInt(ACTIONS.length)] + ")");
        }

        @Override
        public String next() {
            int k = random.nextInt(8);
            int m = random.nextInt(8);
            int n = random.nextInt(4);
            String conflict = CONFLICTS[random.nextInt(CONFLICTS.length)];
            return switch (random.nextInt(18)) {
                case 0, 1, 2 -> transaction(random);
                case 3, 4, 5 ->
                    "INSERT " + conflict + " INTO p VALUES(" + k + "," + m + "," + n + "),(" + m + "," + k + ",2)";
                case 6, 7 -> "INSERT " + conflict + " INTO c1(pa) VALUES(" + k + "),(" + m + ")";
                case 8 -> "INSERT " + conflict + " INTO c2 VALUES(1," + k + ")";
                case 9 -> "INSERT " + conflict + " INTO c3(y, z) VALUES(" + k + "," + n + ")";
                case 10 -> "INSERT " + conflict + " INTO s VALUES(" + k + "," + (n == 0 ? "NULL" : m) + ")";
                case 11 -> "DELETE FROM p WHERE a = " + k;
                case 12 -> n == 0 ? "DELETE FROM p" : "DELETE FROM s WHERE id = " + k;
                case 13 -> "UPDATE " + conflict + " p SET a = " + k + " WHERE a = " + m;
                case 14 -> "UPDATE " + conflict + " p SET b = " + k + ", c = " + n + " WHERE a = " + m;
                case 15 -> "UPDATE " + conflict + " c1 SET pa = " + k + " WHERE x = " + m;
                case 16 -> "UPDATE " + conflict + " s SET " + (n < 2 ? "up = " : "id = ") + k + " WHERE id = " + m;
                default -> n == 0 ? "PRAGMA defer_foreign_keys = ON" : "DELETE FROM c" + n + " WHERE x = " + k;
            };
        }

        @Override
        public List<String> checks() {
            return List.of(
                    "SELECT changes(), total_changes(), last_insert_rowid()",
                    "SELECT * FROM p",
                    "SELECT * FROM c1",
                    "SELECT * FROM c2",
                    "SELECT * FROM c3",
                    "SELECT * FROM s");
        }
    }

    @Test
    void transactionsAndConflictsLeaveTheSameRows() throws SQLException {
        for (int i = 0; i < SEEDS; i++) {
            run(SEED + i, new Tables(new Random(SEED + i), i));
        }
    }

    @Test
    void foreignKeysKeepTheSameRows() throws SQLException {
        for (int i = 0; i < SEEDS; i++) {
            run(SEED + i, new Families(new Random(SEED + i)));
        }
    }
}
