package dev.verso.compat.differential;

import java.util.List;
import java.util.Random;

/** Statements with a mistake in them: the error must be the same. */
final class BrokenStatements {
    private final Random random;
    private final RandomSchema schema;
    private final StatementGenerator basics;

    BrokenStatements(Random random, RandomSchema schema, StatementGenerator basics) {
        this.random = random;
        this.schema = schema;
        this.basics = basics;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String next() {
        RandomSchema.Table table = pick(schema.tables);
        RandomSchema.Table other = pick(schema.tables);
        String t = table.name();
        String c = pick(table.columns());
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> mutilated();
            default ->
                pick(List.of(
                        "SELECT nothere FROM " + t,
                        "SELECT q." + c + " FROM " + t,
                        "SELECT a FROM " + t + " AS x, " + other.name() + " AS y",
                        "SELECT nofunction(" + c + ") FROM " + t,
                        "SELECT abs(" + c + ", 1) FROM " + t,
                        "SELECT substr(" + c + ") FROM " + t,
                        "SELECT count(" + c + ", 2) FROM " + t,
                        "SELECT max() FROM " + t,
                        "SELECT sum(count(*)) FROM " + t,
                        "SELECT " + c + " FROM " + t + " WHERE count(*) > 1",
                        "SELECT " + c + " FROM " + t + " GROUP BY sum(" + c + ")",
                        "SELECT " + c + " FROM " + t + " HAVING " + c + " > 1",
                        "SELECT " + c + " FROM " + t + " ORDER BY 5",
                        "SELECT " + c + " FROM " + t + " GROUP BY 0",
                        "SELECT a, b FROM " + t + " UNION SELECT a FROM " + other.name(),
                        "SELECT a FROM " + t + " UNION SELECT b FROM " + other.name() + " ORDER BY nothere",
                        "SELECT * FROM nowhere",
                        "SELECT * FROM nodb." + t,
                        "SELECT *",
                        "SELECT x.* FROM " + t,
                        "SELECT (SELECT a, b FROM " + t + ")",
                        "SELECT a IN (SELECT a, b FROM " + t + ") FROM " + t,
                        "SELECT (1, 2) = (1, 2, 3)",
                        "SELECT (a, b) FROM " + t,
                        "SELECT " + c + " FROM " + t + " LIMIT 'x'",
                        "SELECT " + c + " COLLATE nocollation FROM " + t,
                        "SELECT a FROM " + t + " JOIN " + other.name() + " AS z USING (nothere)",
                        "SELECT 1 FROM " + t + " INDEXED BY noindex",
                        "SELECT likelihood(" + c + ", 2) FROM " + t,
                        "SELECT " + c + " LIKE 'x' ESCAPE 'ab' FROM " + t,
                        "SELECT ?1, ?0",
                        "SELECT 9223372036854775808 << 'x', 0x10000000000000000",
                        "SELECT CAST(1 AS)",
                        "WITH w AS (SELECT * FROM w) SELECT * FROM w",
                        "WITH w(a, b) AS (SELECT 1) SELECT * FROM w",
                        "WITH w AS (SELECT 1), w AS (SELECT 2) SELECT * FROM w",
                        "INSERT INTO " + t + "(nothere) VALUES (1)",
                        "INSERT INTO " + t + "(" + c + ") VALUES (1, 2)",
                        "INSERT INTO " + t + " VALUES (1)",
                        "INSERT INTO " + t + "(" + c + ") VALUES (1), (2, 3)",
                        "INSERT INTO " + t + " VALUES (nothere)",
                        "INSERT INTO nowhere VALUES (1)",
                        "INSERT INTO " + t + "(" + c + ") VALUES (1) ON CONFLICT (nothere) DO NOTHING",
                        "INSERT INTO " + t + "(" + c + ") VALUES (1) RETURNING nothere",
                        "UPDATE " + t + " SET nothere = 1",
                        "UPDATE " + t + " SET (" + c + ", " + c + ") = (1, 2, 3)",
                        "UPDATE " + t + " SET " + c + " = (SELECT a, b FROM " + t + ")",
                        "UPDATE nowhere SET a = 1",
                        "DELETE FROM " + t + " WHERE nothere = 1",
                        "DELETE FROM nowhere",
                        "DELETE FROM sqlite_schema",
                        "CREATE TABLE " + t + "(x)",
                        "CREATE TABLE twice(a, A)",
                        "CREATE TABLE keys(a PRIMARY KEY, b PRIMARY KEY)",
                        "CREATE TABLE sqlite_mine(a)",
                        "CREATE TABLE empty()",
                        "CREATE TABLE norowid(a) WITHOUT ROWID",
                        "CREATE TABLE strange(a FOO) STRICT",
                        "CREATE TABLE auto(a TEXT PRIMARY KEY AUTOINCREMENT)",
                        "CREATE TABLE looped(a AS (b), b AS (a))",
                        "CREATE TABLE referring(a, FOREIGN KEY (b) REFERENCES x(y))",
                        "CREATE INDEX onnothing ON nowhere(a)",
                        "CREATE INDEX badcolumn ON " + t + "(nothere)",
                        "CREATE UNIQUE INDEX badexpr ON " + t + "(random())",
                        "CREATE INDEX badwhere ON " + t + "(a) WHERE a IN (SELECT 1)",
                        "CREATE VIEW " + t + " AS SELECT 1",
                        "CREATE TABLE IF NOT EXISTS " + t + "(zzz)",
                        "DROP TABLE nowhere",
                        "DROP VIEW " + t,
                        "DROP INDEX " + t,
                        "DROP INDEX sqlite_autoindex_t0_1",
                        "DROP TABLE sqlite_schema",
                        "ROLLBACK TO nosuchsavepoint",
                        "RELEASE nosuchsavepoint",
                        "ATTACH ':memory:' AS main",
                        "DETACH main",
                        "DETACH nodb",
                        "PRAGMA table_info(nowhere)",
                        "REINDEX nowhere",
                        "ANALYZE nowhere",
                        "EXPLAIN SELEC 1",
                        "SELECT 'unclosed",
                        "SELECT \"" + c + "nothere\" FROM " + t,
                        "SELECT [unclosed FROM " + t,
                        "SELECT 1 WHERE (1",
                        "SELECT @",
                        "SELECT 1e",
                        "SELECT 0x",
                        "SELECT x'1'",
                        "SELECT 12abc"));
        };
    }

    /** A good query that lost a word or had two of them exchanged. */
    private String mutilated() {
        RandomSchema.Table table = pick(schema.tables);
        String shown = basics.expression(table.all(), 1);
        String good = "SELECT " + shown + " AS x FROM " + table.name() + " WHERE " + basics.condition(table.all(), 1)
                + " GROUP BY " + shown + " ORDER BY 1 LIMIT 3";
        List<String> words = new java.util.ArrayList<>(List.of(good.split(" ")));
        int at = random.nextInt(words.size());
        if (random.nextBoolean()) {
            words.remove(at);
        } else {
            java.util.Collections.swap(words, at, random.nextInt(words.size()));
        }
        return String.join(" ", words);
    }
}
