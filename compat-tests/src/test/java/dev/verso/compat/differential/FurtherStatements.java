package dev.verso.compat.differential;

import java.util.List;
import java.util.Random;

/** Rarer statements over a schema: upserts, common tables, outer joins, tables made of queries, maintenance, attached databases. */
final class FurtherStatements {
    private final Random random;
    private final RandomSchema schema;
    private final StatementGenerator basics;

    FurtherStatements(Random random, RandomSchema schema, StatementGenerator basics) {
        this.random = random;
        this.schema = schema;
        this.basics = basics;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private RandomSchema.Table table() {
        return pick(schema.tables);
    }

    private static List<String> of(RandomSchema.Table table, String alias) {
        return table.all().stream().map(c -> alias + "." + c).toList();
    }

    String next() {
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> upsert();
            case 3 -> updateFrom();
            case 4 -> deleteReturning();
            case 5, 6 -> outerJoin();
            case 7 -> recursion();
            case 8, 9 -> commonTable();
            case 10, 11 -> correlated();
            case 12, 13 -> derived();
            case 14 -> values();
            case 15, 16 -> limited();
            case 17, 18 -> functions();
            case 19 -> madeTable();
            case 20 -> attached();
            default -> chance(30) ? maintenance() : exists();
        };
    }

    private String upsert() {
        RandomSchema.Table table = table();
        StringBuilder sql = new StringBuilder("INSERT INTO ").append(table.name());
        sql.append("(").append(String.join(", ", table.columns())).append(") VALUES (");
        for (int i = 0; i < table.columns().size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(basics.literal());
        }
        sql.append(") ON CONFLICT ");
        String target = pick(table.columns());
        if (chance(40)) {
            sql.append("(").append(chance(70) ? table.columns().get(0) : target).append(") ");
        }
        if (chance(35)) {
            sql.append("DO NOTHING");
        } else {
            sql.append("DO UPDATE SET ").append(target).append(" = ");
            sql.append(pick(List.of(
                    "excluded." + pick(table.columns()),
                    basics.literal(),
                    target + " || '!'",
                    "coalesce(excluded." + target + ", " + table.name() + "." + pick(table.columns()) + ")")));
            if (chance(30)) {
                sql.append(" WHERE excluded.").append(pick(table.columns())).append(" IS NOT NULL");
            }
        }
        return sql.append(chance(25) ? " RETURNING *" : "").toString();
    }

    private String updateFrom() {
        RandomSchema.Table table = table();
        RandomSchema.Table from = table();
        String written = pick(table.columns());
        String rows = table.strict() || table.unique().contains(written)
                ? table.oneRow(random)
                : table.name() + "." + pick(table.columns()) + " = " + basics.literal();
        return "UPDATE " + table.name() + " SET " + written + " = q.x FROM (SELECT count("
                + pick(from.all()) + ") AS x, max(typeof(" + pick(from.all()) + ")) AS y FROM " + from.name()
                + ") AS q WHERE " + rows + (chance(30) ? " RETURNING " + pick(table.all()) : "");
    }

    private String deleteReturning() {
        RandomSchema.Table table = table();
        return "DELETE FROM " + table.name() + " WHERE "
                + (chance(50)
                        ? table.oneRow(random) + " RETURNING *, " + basics.expression(table.all(), 1)
                        : pick(table.columns()) + " = " + basics.literal() + " RETURNING *, typeof(" + pick(table.all())
                                + ")");
    }

    private String outerJoin() {
        RandomSchema.Table left = table();
        RandomSchema.Table right = table();
        String join = pick(List.of(" RIGHT JOIN ", " FULL JOIN ", " LEFT JOIN ", " FULL OUTER JOIN "));
        String on = " ON q0." + pick(left.all()) + " = q1." + pick(right.all());
        if (chance(15)) {
            join = " NATURAL" + join;
            on = "";
        } else if (chance(15)) {
            on = " USING (a)";
        }
        StringBuilder sql = new StringBuilder("SELECT ");
        sql.append(chance(40) ? "*" : pick(of(left, "q0")) + ", " + pick(of(right, "q1")));
        sql.append(" FROM ").append(left.name()).append(" AS q0").append(join);
        sql.append(right.name()).append(" AS q1").append(on);
        if (on.startsWith(" ON") && chance(25)) {
            RandomSchema.Table third = table();
            sql.append(pick(List.of(" LEFT JOIN ", " JOIN ", " RIGHT JOIN "))).append(third.name());
            sql.append(" AS q2 ON q2.").append(pick(third.all())).append(" = ");
            sql.append(chance(50) ? pick(of(left, "q0")) : pick(of(right, "q1")));
        }
        if (chance(40)) {
            sql.append(" WHERE ").append(basics.condition(chance(50) ? of(left, "q0") : of(right, "q1"), 2));
        }
        return sql.toString();
    }

    private String recursion() {
        RandomSchema.Table table = table();
        String limit = chance(40) ? " LIMIT " + random.nextInt(12) : "";
        return "WITH RECURSIVE c(n, m) AS (VALUES (" + random.nextInt(4) + ", 1) UNION " + (chance(50) ? "ALL " : "")
                + "SELECT n + " + (1 + random.nextInt(3)) + ", m * 2 FROM c WHERE n < " + random.nextInt(15) + limit
                + ") SELECT n, m, (SELECT count(*) FROM " + table.name() + " AS e WHERE e." + pick(table.all())
                + " > c.n) FROM c";
    }

    private String commonTable() {
        RandomSchema.Table table = table();
        RandomSchema.Table other = table();
        return "WITH w(x, y) AS " + pick(List.of("", "MATERIALIZED ", "NOT MATERIALIZED ")) + "(SELECT "
                + pick(table.all()) + ", " + basics.expression(table.all(), 1) + " FROM " + table.name()
                + (chance(50) ? " WHERE " + basics.condition(table.all(), 2) : "") + "), u(z) AS (SELECT x FROM w"
                + (chance(50) ? " WHERE y IS NOT NULL" : "") + ") SELECT w.x, w.y, q." + pick(other.all())
                + " FROM w" + pick(List.of(" JOIN ", " LEFT JOIN ")) + other.name() + " AS q ON "
                + pick(List.of("w.x", "w.y")) + " = q." + pick(other.all())
                + (chance(50) ? " WHERE w.x IN (SELECT z FROM u)" : "");
    }

    private String correlated() {
        RandomSchema.Table outer = table();
        RandomSchema.Table inner = table();
        return "SELECT q." + pick(outer.all()) + ", (SELECT " + pick(List.of("count(*)", "count(e.a)", "total(e.a)"))
                + " FROM " + inner.name() + " AS e WHERE e." + pick(inner.all()) + pick(List.of(" = ", " < ", " IS "))
                + "q." + pick(outer.all()) + ") FROM " + outer.name() + " AS q"
                + (chance(50) ? " WHERE " + basics.condition(of(outer, "q"), 2) : "");
    }

    private String derived() {
        RandomSchema.Table first = table();
        RandomSchema.Table second = table();
        String x = pick(first.all());
        return "SELECT s.x, s.n, q." + pick(second.all()) + " FROM (SELECT " + x + " AS x, count(*) AS n FROM "
                + first.name() + (chance(40) ? " WHERE " + basics.condition(first.all(), 1) : "") + " GROUP BY " + x
                + ") AS s" + pick(List.of(", ", " JOIN ", " LEFT JOIN ")) + second.name() + " AS q"
                + pick(List.of(
                        " ON s.n = q." + pick(second.all()),
                        " ON s.x = q." + pick(second.all()),
                        " ON s.x IS q." + pick(second.all()) + " AND s.n > 1"));
    }

    private String values() {
        return "VALUES (" + basics.literal() + ", " + basics.literal() + "), (" + basics.literal() + ", "
                + basics.literal() + ")"
                + pick(List.of("", " UNION ALL VALUES (1, 2)", " EXCEPT VALUES (1, 2)", " UNION VALUES ('x', NULL)"));
    }

    private String limited() {
        RandomSchema.Table table = table();
        StringBuilder sql = new StringBuilder("SELECT ").append(chance(20) ? "DISTINCT " : "");
        List<String> all = table.all();
        sql.append(String.join(", ", all)).append(" FROM ").append(table.name());
        if (chance(50)) {
            sql.append(" WHERE ").append(basics.condition(all, 2));
        }
        sql.append(" ORDER BY ");
        for (int i = 1; i <= all.size(); i++) {
            sql.append(i == 1 ? "" : ", ").append(i).append(pick(List.of("", " DESC", " NULLS LAST")));
        }
        sql.append(" LIMIT ").append(random.nextInt(8) - 1);
        return sql.append(chance(50) ? " OFFSET " + random.nextInt(4) : "").toString();
    }

    private String functions() {
        RandomSchema.Table table = table();
        String a = basics.expression(table.all(), 1);
        String b = basics.expression(table.all(), 1);
        String call = pick(List.of(
                "instr(" + a + ", " + b + ")",
                "replace(" + a + ", " + b + ", 'z')",
                "trim(" + a + ")",
                "ltrim(" + a + ", '1a ')",
                "rtrim(" + a + ", " + b + ")",
                "round(" + a + ", " + random.nextInt(3) + ")",
                "nullif(" + a + ", " + b + ")",
                "iif(" + a + ", " + b + ", 'no')",
                "ifnull(" + a + ", " + b + ")",
                "min(" + a + ", " + b + ")",
                "max(" + a + ", " + b + ", 5)",
                "unicode(" + a + ")",
                "char(65, " + random.nextInt(200) + ")",
                "sign(" + a + ")",
                "concat(" + joined(a) + ", " + joined(b) + ")",
                "concat_ws('-', " + joined(a) + ", " + joined(b) + ", NULL)",
                "octet_length(" + a + ")",
                "printf('%5.2f|%d|%s|%q', " + a + ", " + a + ", " + b + ", " + b + ")",
                "printf('%-8s|%08d|%+d|%x', " + a + ", " + b + ", " + a + ", " + b + ")",
                "zeroblob(" + random.nextInt(4) + ")",
                "like('%a%', " + a + ")",
                "glob('*a*', " + a + ")",
                "unhex(" + a + ")",
                "(" + a + ") BETWEEN (" + b + ") AND 10",
                "(" + a + ") IS DISTINCT FROM (" + b + ")",
                "CASE " + a + " WHEN " + b + " THEN 'same' WHEN 1 THEN 'one' END"));
        return "SELECT " + call + ", typeof(" + call + ") FROM " + table.name();
    }

    /** For concat(), as in {@link OddExpressions}. */
    private String joined(String argument) {
        return basics.isUtf16() ? "CAST(" + argument + " AS TEXT)" : argument;
    }

    private String madeTable() {
        RandomSchema.Table table = table();
        return switch (random.nextInt(5)) {
            case 0, 1 ->
                // in order, because the rows are numbered as they come
                "CREATE TABLE made AS SELECT " + pick(table.all()) + ", " + basics.expression(table.all(), 1)
                        + " AS computed FROM " + table.name() + " ORDER BY quote("
                        + table.all().get(0) + "), "
                        + table.all().stream()
                                .map(c -> "quote(" + c + ")")
                                .reduce((a, b) -> a + ", " + b)
                                .get();
            case 2 -> "DROP TABLE " + (chance(50) ? "IF EXISTS " : "") + "made";
            case 3 -> "INSERT INTO made(computed) VALUES (" + basics.literal() + ")";
            default -> "SELECT *, typeof(computed) FROM made";
        };
    }

    private String attached() {
        RandomSchema.Table table = table();
        return switch (random.nextInt(7)) {
            case 0, 1 -> "ATTACH ':memory:' AS other";
            case 2 -> "CREATE TABLE IF NOT EXISTS other.far(x, y UNIQUE)";
            case 3 -> "INSERT OR IGNORE INTO other.far VALUES (" + basics.literal() + ", " + basics.literal() + ")";
            case 4 ->
                "SELECT far.x, q." + pick(table.all()) + " FROM other.far JOIN " + table.name() + " AS q ON far.y = q."
                        + pick(table.all());
            case 5 -> "UPDATE other.far SET x = y WHERE y = " + basics.literal();
            default -> "DETACH other";
        };
    }

    private String maintenance() {
        return pick(List.of(
                "REINDEX",
                "ANALYZE",
                "REINDEX " + table().name(),
                "ANALYZE " + table().name(),
                "PRAGMA table_list(" + table().name() + ")",
                "PRAGMA table_list",
                "VACUUM"));
    }

    private String exists() {
        RandomSchema.Table outer = table();
        RandomSchema.Table inner = table();
        return "SELECT " + String.join(", ", outer.all()) + " FROM " + outer.name() + " AS q WHERE "
                + pick(List.of("", "NOT ")) + "EXISTS (SELECT 1 FROM " + inner.name() + " AS e WHERE e."
                + pick(inner.all()) + pick(List.of(" = ", " > ")) + "q." + pick(outer.all())
                + pick(List.of(
                        "",
                        " AND e.a IN (SELECT a FROM " + table().name() + ")",
                        " OR e." + pick(inner.all()) + " IS NULL"))
                + ")";
    }
}
