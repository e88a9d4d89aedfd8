package dev.verso.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Queries that must agree with each other, whatever any other engine says: ternary logic partitioning, non-optimising reference construction and
 * pivoted query synthesis (M. Rigger, Z. Su: OOPSLA 2020, ESEC/FSE 2020, OSDI 2020). Runs for a minute, an hour in the profile full.
 */
class SelfCheckTest {
    private static final long SECONDS =
            Long.getLong("verso.selfcheck.seconds", Boolean.getBoolean("verso.full") ? 3600 : 60);
    private static final int STATEMENTS = 60;
    private static final int ROUNDS = 120;

    private final List<String> findings = new ArrayList<>();
    private long checks;
    private long withError;

    @Test
    void queriesAgreeWithEachOther() throws SQLException {
        long first = Long.getLong("verso.seed", 20260101L);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long seed = first;
        do {
            run(seed++);
        } while (findings.isEmpty() && System.nanoTime() < end);
        System.out.println("seeds " + first + " to " + (seed - 1) + ": " + checks + " checks, " + withError
                + " ended in an error; a seed alone: mvn verify -pl compat-tests -am -Dtest=SelfCheckTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest.jvm.args='-Dverso.selfcheck.seconds=0 -Dverso.seed=" + first + "'");
        assertThat(findings).isEmpty();
        assertThat(checks).isPositive();
    }

    private void run(long seed) throws SQLException {
        Random random = new Random(seed);
        RandomSchema schema = new RandomSchema(random);
        StatementGenerator generator = new StatementGenerator(random, schema);
        try (Connection connection = Engines.verso(":memory:");
                Statement statement = connection.createStatement()) {
            for (String sql : schema.statements) {
                statement.execute(sql);
            }
            for (int i = 0; i < STATEMENTS; i++) {
                Answer.of(connection, generator.next().sql());
            }
            Answer.of(connection, random.nextBoolean() ? "ROLLBACK" : "COMMIT");
            if (random.nextBoolean()) {
                Answer.of(connection, "ANALYZE");
            }
            for (int i = 0; i < ROUNDS && findings.isEmpty(); i++) {
                check(seed, statement, random, schema, generator);
            }
        }
    }

    private void check(
            long seed, Statement statement, Random random, RandomSchema schema, StatementGenerator generator) {
        String before = findings.toString();
        try {
            switch (random.nextInt(4)) {
                case 0 -> partition(statement, random, schema, generator);
                case 1 -> aggregatePartition(statement, random, schema, generator);
                case 2 -> reference(statement, random, schema, generator);
                default -> pivot(statement, random, schema, generator);
            }
            checks++;
        } catch (SQLException e) {
            withError++; // an overflow, say; which rows are looked at before it is not defined
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            findings.add("crash " + e);
        }
        if (!findings.toString().equals(before)) {
            findings.add("seed " + seed);
        }
    }

    /** Sources of a query and the columns that it can name. */
    private record From(String sql, List<String> columns) {}

    private static From from(Random random, RandomSchema schema, StatementGenerator generator) {
        RandomSchema.Table left = pick(random, schema.tables);
        List<String> columns = new ArrayList<>(qualified(left, "l"));
        String sql = left.name() + " AS l";
        int kind = random.nextInt(8);
        if (kind < 5) {
            RandomSchema.Table right = pick(random, schema.tables);
            List<String> mine = qualified(right, "r");
            String join = List.of(" LEFT JOIN ", " JOIN ", " RIGHT JOIN ", " FULL JOIN ", " CROSS JOIN ")
                    .get(kind);
            sql += join + right.name() + " AS r";
            columns.addAll(mine);
            if (kind < 4) {
                sql += " ON "
                        + (random.nextInt(4) == 0
                                ? generator.condition(columns, 1)
                                : pick(random, qualified(left, "l")) + " = " + pick(random, mine));
            }
        }
        return new From(sql, columns);
    }

    private static List<String> qualified(RandomSchema.Table table, String alias) {
        return table.all().stream().map(column -> alias + "." + column).toList();
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The rows for which a condition is true, false and unknown are all rows. */
    private void partition(Statement statement, Random random, RandomSchema schema, StatementGenerator generator)
            throws SQLException {
        From from = from(random, schema, generator);
        String condition = generator.condition(from.columns, 3);
        String select = "SELECT " + String.join(", ", from.columns) + " FROM " + from.sql;
        List<String> all = rows(statement, select);
        List<String> parts = new ArrayList<>();
        parts.addAll(rows(statement, select + " WHERE " + condition));
        parts.addAll(rows(statement, select + " WHERE NOT (" + condition + ")"));
        parts.addAll(rows(statement, select + " WHERE (" + condition + ") IS NULL"));
        parts.sort(null);
        if (!parts.equals(all)) {
            findings.add("the parts are not the whole: " + select + " WHERE " + condition + "\n  whole " + all
                    + "\n  parts " + parts);
        }
    }

    /** The same for what aggregates say of the parts. */
    private void aggregatePartition(
            Statement statement, Random random, RandomSchema schema, StatementGenerator generator) throws SQLException {
        From from = from(random, schema, generator);
        String condition = generator.condition(from.columns, 3);
        String column = pick(random, from.columns);
        String function = pick(random, List.of("count(*)", "count(" + column + ")", "max(typeof(" + column + "))"));
        String outer = function.startsWith("count") ? "sum" : "max";
        String part = "SELECT " + function + " AS x FROM " + from.sql + " WHERE ";
        String parts = "SELECT " + outer + "(x) FROM (" + part + condition + " UNION ALL " + part + "NOT (" + condition
                + ") UNION ALL " + part + "(" + condition + ") IS NULL)";
        String whole = "SELECT " + function + " FROM " + from.sql;
        List<String> expected = rows(statement, whole);
        List<String> actual = rows(statement, parts);
        if (!actual.equals(expected)) {
            findings.add("aggregates of the parts: " + parts + "\n  gives " + actual + ", but " + whole + " gives "
                    + expected);
        }
    }

    /** A condition that the planner can use selects as many rows as one that is computed for each row. */
    private void reference(Statement statement, Random random, RandomSchema schema, StatementGenerator generator)
            throws SQLException {
        From from = from(random, schema, generator);
        String condition = generator.condition(from.columns, 3);
        String optimised = "SELECT " + from.columns.get(0) + " FROM " + from.sql + " WHERE " + condition
                + (random.nextBoolean() ? "" : " ORDER BY " + pick(random, from.columns));
        String reference = "SELECT coalesce(sum(CASE WHEN " + condition + " THEN 1 ELSE 0 END), 0) FROM " + from.sql;
        int found = rows(statement, optimised).size();
        String expected = rows(statement, reference).get(0);
        if (!expected.equals(String.valueOf(found))) {
            findings.add(optimised + "\n  finds " + found + " rows, but " + reference + " counts " + expected);
        }
    }

    /** A query whose condition is known to hold for a row finds that row. */
    private void pivot(Statement statement, Random random, RandomSchema schema, StatementGenerator generator)
            throws SQLException {
        RandomSchema.Table table = pick(random, schema.tables);
        int count = Integer.parseInt(
                rows(statement, "SELECT count(*) FROM " + table.name()).get(0));
        if (count == 0) {
            return;
        }
        List<String> columns = qualified(table, "l");
        String list = String.join(", ", columns);
        String row = "(SELECT * FROM " + table.name() + " LIMIT 1 OFFSET " + random.nextInt(count) + ") AS l";
        String condition = generator.condition(columns, 3);
        String truth = rows(
                        statement,
                        "SELECT CASE WHEN " + condition + " THEN 'true' WHEN NOT (" + condition
                                + ") THEN 'false' ELSE 'unknown' END FROM " + row)
                .get(0);
        String holds =
                switch (truth) {
                    case "'true'" -> condition;
                    case "'false'" -> "NOT (" + condition + ")";
                    default -> "(" + condition + ") IS NULL";
                };
        String query = "SELECT " + list + " FROM " + table.name() + " AS l WHERE " + holds + " INTERSECT SELECT " + list
                + " FROM " + row;
        if (rows(statement, query).isEmpty()) {
            findings.add("the row is not found: " + query);
        }
    }

    /** All rows, sorted. */
    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : " | ").append(Answer.show(result.getObject(i)));
                }
                rows.add(row.toString());
            }
        }
        rows.sort(null);
        return rows;
    }
}
