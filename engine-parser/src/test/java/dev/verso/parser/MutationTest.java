package dev.verso.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Malformed statements, made by mutating good ones, must fare here as in SQLite: taken or refused, and with the same message.
 *
 * <p>Replay with {@code mvn test -pl engine-parser -am -Dtest=MutationTest -Dverso.seed=<seed>}; {@code -Dverso.full=true} tries many more.
 */
class MutationTest {
    private static final String PREFIX = "[SQLITE_ERROR] SQL error or missing database (";

    /** What SQLite finds out about tables before it has read the statement to its end; our parser reads on. */
    private static final List<String> EARLY_JUDGEMENTS = List.of(
            "already exists",
            "unknown database",
            "no such table",
            "no such trigger",
            "duplicate column name",
            "too many",
            "cannot create",
            "object name reserved",
            "has more than one primary key",
            "AUTOINCREMENT",
            "default value of column",
            "generated column",
            "cannot be",
            "may not be",
            "must be",
            "missing datatype",
            "unknown datatype",
            "temporary",
            "foreign key",
            "not authorized",
            "cannot modify",
            "cannot add",
            "cannot drop",
            "cannot ALTER",
            "is not a function",
            "no such column",
            "no such view",
            "no such index",
            "no such module",
            "no such constraint",
            "no such collation sequence",
            "prohibited in",
            "PRIMARY KEY missing",
            "row value misused");

    @Test
    void malformedStatementsFareAsInSqlite() throws SQLException {
        long seed = Long.getLong("verso.seed", 1);
        int wanted = Corpus.FULL ? 300_000 : 12_000;
        System.out.println("mutations of seed " + seed + "; replay with -Dverso.seed=" + seed);
        Random random = new Random(seed);
        Mutator mutator = new Mutator(random);
        List<String> seeds = new ArrayList<>(SampleStatements.all());
        for (String script : Corpus.scripts(10, seed).subList(0, 10)) {
            Corpus.forEachStatement(script, 5, seeds::add);
        }
        int malformed = 0;
        List<String> differences = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            prepareTables(connection);
            for (int i = 0; i < wanted; i++) {
                String sql = mutator.mutate(seeds.get(random.nextInt(seeds.size())));
                if (isEmpty(sql)) {
                    continue;
                }
                String expected = judgement(connection, sql);
                String actual = ourJudgement(sql);
                if (isSyntax(expected)) {
                    malformed++;
                }
                if (differ(expected, actual)) {
                    differences.add(sql + "\n  SQLite: " + expected + "\n  here:   " + actual);
                } else if (actual.equals("ok")) {
                    RoundTrip.check(sql);
                    String printed =
                            SqlPrinter.print(SqlParser.parseNext(sql, 0).statement());
                    String again = judgement(connection, printed);
                    if (expected.equals("ok") && !again.equals("ok")) {
                        differences.add(sql + "\n  printed: " + printed + "\n  SQLite: " + again);
                    }
                }
            }
        }
        System.out.println("mutated statements: " + wanted + ", malformed: " + malformed);
        assertThat(differences).isEmpty();
        assertThat(malformed).isGreaterThan(2_000);
    }

    private static void prepareTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("t", "u", "v", "w", "x1")) {
                statement.execute("CREATE TABLE " + table + " (a, b, c, d, e, id INTEGER PRIMARY KEY)");
            }
            statement.execute("CREATE INDEX i1 ON t (a)");
            statement.execute("CREATE VIEW vw AS SELECT * FROM t");
            statement.execute("CREATE TABLE p (x PRIMARY KEY, y UNIQUE)");
        }
    }

    /** Whether there is nothing to prepare, which sqlite-jdbc takes badly. */
    private static boolean isEmpty(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        int kind = TokenKind.SEMICOLON;
        for (int at = 0; kind == TokenKind.SEMICOLON; at = tokenizer.end()) {
            kind = tokenizer.tokenAt(tokenizer.skipBlanks(at));
        }
        return kind == TokenKind.END_OF_INPUT;
    }

    private static boolean isSyntax(String judgement) {
        return judgement.equals("incomplete input")
                || judgement.startsWith("unrecognized token: ")
                || (judgement.startsWith("near \"") && judgement.endsWith(": syntax error"));
    }

    /** Whether two judgements cannot both be right. An error of ours must be SQLite's too; one of SQLite's may be none of the syntax. */
    private static boolean differ(String expected, String actual) {
        if (isSyntax(expected)) {
            return !expected.equals(actual);
        }
        if (actual.equals("ok") || actual.equals(expected)) {
            return false;
        }
        return EARLY_JUDGEMENTS.stream().noneMatch(expected::contains);
    }

    private static String judgement(Connection connection, String sql) {
        try {
            connection.prepareStatement(sql).close();
            return "ok";
        } catch (SQLException e) {
            String message = e.getMessage();
            return message.startsWith(PREFIX) ? message.substring(PREFIX.length(), message.length() - 1) : message;
        }
    }

    private static String ourJudgement(String sql) {
        try {
            SqlParser.parseNext(sql, 0);
            return "ok";
        } catch (SqlSyntaxException e) {
            return e.getMessage();
        }
    }
}
