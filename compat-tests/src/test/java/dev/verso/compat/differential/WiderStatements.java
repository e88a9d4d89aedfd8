package dev.verso.compat.differential;

import java.util.List;
import java.util.Random;

/** The rest of the language: odd functions, row values, common tables in writes, compounds of many arms, pragmas, temporary objects, indexes that come and go. */
final class WiderStatements {
    private final Random random;
    private final RandomSchema schema;
    private final StatementGenerator basics;
    private final OddExpressions odd;

    WiderStatements(Random random, RandomSchema schema, StatementGenerator basics) {
        this.random = random;
        this.schema = schema;
        this.basics = basics;
        odd = new OddExpressions(random, basics);
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
        return switch (random.nextInt(30)) {
            case 0, 1, 2, 3, 4, 5 -> calls();
            case 6, 7, 8 -> aggregates();
            case 9 -> rowValues();
            case 10 -> setRow();
            case 11, 12 -> withWrite();
            case 13, 14 -> longCompound();
            case 15 -> tree();
            case 16 -> orderedWrite();
            case 17 -> upsert();
            case 18, 19 -> pragma();
            case 20 -> temporary();
            case 21 -> definition();
            case 22, 23 -> collated();
            case 24 -> hinted();
            case 25 -> insertEdge();
            case 26 -> nested();
            case 27 -> expressionsAlone();
            default -> family();
        };
    }

    private String calls() {
        RandomSchema.Table table = table();
        String call = odd.call(table.all());
        return "SELECT " + call + ", typeof(" + call + ") FROM " + table.name()
                + (chance(20) ? " WHERE " + odd.call(table.all()) : "");
    }

    private String expressionsAlone() {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            sql.append(odd.call(List.of("1", "'x'", "NULL", "2.5", "x'41'"))).append(i > 1 ? ", " : "");
        }
        return sql.toString();
    }

    private String aggregates() {
        RandomSchema.Table table = table();
        List<String> all = table.all();
        String group = chance(50) ? pick(all) : null;
        return "SELECT " + (group == null ? "" : group + ", ") + odd.aggregate(all) + ", " + odd.aggregate(all)
                + " FROM " + table.name() + (chance(50) ? " WHERE " + basics.condition(all, 2) : "")
                + (group == null ? "" : " GROUP BY " + group)
                + (group != null && chance(30) ? " HAVING " + odd.aggregate(all) + " > 1" : "");
    }

    private String rowValues() {
        RandomSchema.Table table = table();
        RandomSchema.Table other = table();
        List<String> all = of(table, "q");
        String row = "(" + pick(all) + ", " + pick(all) + ")";
        String condition =
                switch (random.nextInt(5)) {
                    case 0 -> {
                        String plus = pick(List.of("", "", "+"));
                        yield row + pick(List.of(" IN ", " NOT IN ")) + "(SELECT " + plus + pick(other.all()) + ", "
                                + plus + pick(other.all()) + " FROM " + other.name() + ")";
                    }
                    case 1 ->
                        row + pick(List.of(" IN ", " NOT IN ")) + "(VALUES (" + odd.edge() + ", " + odd.edge()
                                + "), (1, 2))";
                    case 2 -> row + pick(List.of(" = ", " < ", " <= ", " <> ")) + "(" + odd.edge() + ", 2)";
                    case 3 ->
                        row + pick(List.of(" = ", " >= ", " IS ")) + "(SELECT min(" + pick(other.all()) + "), max("
                                + pick(other.all()) + ") FROM " + other.name() + ")";
                    default -> row + " BETWEEN (0, 0) AND (" + odd.edge() + ", 9)";
                };
        return "SELECT " + String.join(", ", all) + " FROM " + table.name() + " AS q WHERE " + condition;
    }

    private String setRow() {
        RandomSchema.Table table = table();
        RandomSchema.Table from = table();
        String first = table.columns().get(0);
        String second = table.columns().get(1);
        return "UPDATE " + table.name() + " SET (" + first + ", " + second + ") = "
                + (chance(50)
                        ? "(SELECT count(*), min(" + pick(from.columns()) + ") FROM " + from.name() + ")"
                        : "(" + basics.literal() + ", " + odd.edge() + ")")
                + " WHERE " + table.oneRow(random) + (chance(30) ? " RETURNING *" : "");
    }

    private String withWrite() {
        RandomSchema.Table table = table();
        RandomSchema.Table from = table();
        String with = "WITH c(x, y) AS (SELECT " + pick(from.all()) + ", count(*) FROM " + from.name()
                + " GROUP BY 1 ORDER BY 1, 2 LIMIT 4) ";
        String column = pick(table.columns());
        return switch (random.nextInt(3)) {
            case 0 ->
                with + "INSERT OR IGNORE INTO " + table.name() + "(" + column
                        + ") SELECT x FROM c ORDER BY typeof(x), x";
            case 1 ->
                with + "DELETE FROM " + table.name() + " WHERE " + column + " IN (SELECT y FROM c) AND "
                        + table.oneRow(random);
            default ->
                with + "UPDATE " + table.name() + " SET " + column + " = (SELECT max(y) FROM c) WHERE "
                        + table.oneRow(random) + (chance(30) ? " RETURNING " + column : "");
        };
    }

    private String longCompound() {
        StringBuilder sql = new StringBuilder();
        int arms = 2 + random.nextInt(2); // of four, SQLite may read the first ones as a table with affinities
        int width = 1 + random.nextInt(2);
        for (int i = 0; i < arms; i++) {
            if (i > 0) {
                sql.append(pick(List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ")));
            }
            if (chance(15)) {
                sql.append("VALUES (").append(basics.literal()).append(width == 2 ? ", 1), (" : "), (");
                sql.append(basics.literal()).append(width == 2 ? ", 'x')" : ")");
                continue;
            }
            RandomSchema.Table table = table();
            sql.append("SELECT ");
            for (int j = 0; j < width; j++) {
                sql.append(j == 0 ? "" : ", ")
                        .append(chance(70) ? pick(table.all()) : basics.expression(table.all(), 1));
                sql.append(chance(15) ? " COLLATE " + pick(List.of("NOCASE", "RTRIM")) : "");
            }
            sql.append(" FROM ").append(table.name());
            sql.append(chance(30) ? " WHERE " + basics.condition(table.all(), 1) : "");
        }
        if (!sql.substring(sql.length() - 1).equals(")") && chance(50)) {
            sql.append(" ORDER BY 1").append(chance(30) ? " DESC" : "");
            sql.append(width == 2 ? ", 2" : "");
        }
        return chance(25) ? "SELECT * FROM (" + sql + ")" : sql.toString();
    }

    private String tree() {
        RandomSchema.Table table = table();
        String key = pick(table.all());
        return "WITH RECURSIVE up(x, depth) AS (SELECT " + key + ", 0 FROM " + table.name() + " UNION SELECT t."
                + pick(table.all()) + ", depth + 1 FROM up JOIN " + table.name() + " AS t ON t." + key
                + " = up.x WHERE depth < 3"
                + pick(List.of("", " ORDER BY 2", " ORDER BY 2 DESC"))
                + ") SELECT count(*), count(DISTINCT x), max(depth) FROM up";
    }

    private String orderedWrite() {
        RandomSchema.Table table = table();
        StringBuilder order = new StringBuilder(" ORDER BY ");
        for (String column : table.all()) {
            order.append("typeof(").append(column).append("), ").append(column).append(pick(List.of("", " DESC")));
            order.append(", ");
        }
        order.setLength(order.length() - 2);
        order.append(" LIMIT 1").append(chance(40) ? " OFFSET " + random.nextInt(3) : "");
        return chance(50)
                ? "DELETE FROM " + table.name() + order
                : "UPDATE " + table.name() + " SET " + pick(table.columns()) + " = " + basics.literal() + order;
    }

    private String upsert() {
        RandomSchema.Table table = table();
        List<String> columns = table.columns();
        StringBuilder sql = new StringBuilder("INSERT INTO " + table.name() + " AS target(");
        sql.append(String.join(", ", columns)).append(") VALUES (");
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(chance(80) ? basics.literal() : odd.edge());
        }
        sql.append(") ON CONFLICT (").append(columns.get(0)).append(") DO UPDATE SET ");
        sql.append(columns.get(1))
                .append(" = quote(excluded.")
                .append(columns.get(1))
                .append(") || target.");
        sql.append(columns.get(0)).append(chance(30) ? " WHERE target." + columns.get(1) + " IS NOT NULL" : "");
        sql.append(pick(List.of("", " ON CONFLICT DO NOTHING", " ON CONFLICT (" + pick(columns) + ") DO NOTHING")));
        return sql.append(chance(30) ? " RETURNING *, typeof(" + columns.get(1) + ")" : "")
                .toString();
    }

    private String pragma() {
        String name = pick(schema.names());
        String table = table().name();
        return "PRAGMA "
                + pick(List.of(
                        "table_info(" + table + ")",
                        "table_xinfo(" + table + ")",
                        "index_list(" + table + ")",
                        "index_info(" + name + ")",
                        "index_xinfo(" + name + ")",
                        "foreign_key_list(" + table + ")",
                        "foreign_key_check",
                        "user_version = " + random.nextInt(100),
                        "user_version",
                        "application_id",
                        "application_id = " + random.nextInt(100),
                        "integrity_check",
                        "quick_check",
                        "integrity_check(" + table + ")",
                        "encoding",
                        "foreign_keys",
                        "recursive_triggers",
                        "case_sensitive_like",
                        "defer_foreign_keys",
                        "page_size",
                        "auto_vacuum",
                        "schema_version",
                        "no_such_pragma"));
    }

    private String temporary() {
        RandomSchema.Table table = table();
        String column = pick(table.all());
        return switch (random.nextInt(8)) {
            case 0 ->
                "CREATE TEMP TABLE IF NOT EXISTS passing(x INTEGER PRIMARY KEY, y " + pick(List.of("", "TEXT", "REAL"))
                        + ")";
            case 1, 2 -> "INSERT INTO temp.passing(y) VALUES (" + odd.edge() + ")";
            case 3 ->
                "SELECT passing.*, q." + column + " FROM passing JOIN " + table.name() + " AS q ON y = q." + column;
            case 4 -> "CREATE TEMP VIEW IF NOT EXISTS glance AS SELECT " + column + " AS x FROM main." + table.name();
            case 5 -> "SELECT x, typeof(x) FROM glance";
            case 6 ->
                pick(List.of(
                        "DROP TABLE temp.passing",
                        "DROP VIEW IF EXISTS glance",
                        "CREATE INDEX temp.passing_y ON passing(y)"));
            default -> "DELETE FROM passing WHERE y < " + odd.edge();
        };
    }

    private String definition() {
        RandomSchema.Table table = table();
        String column = pick(table.all());
        return switch (random.nextInt(6)) {
            case 0 ->
                "CREATE INDEX IF NOT EXISTS late" + random.nextInt(3) + " ON " + table.name() + "(" + column + ")";
            case 1 ->
                "CREATE INDEX late" + random.nextInt(3) + " ON " + table.name() + "("
                        + pick(List.of(
                                "lower(" + column + ")",
                                column + " COLLATE NOCASE DESC",
                                "quote(" + column + "), " + column))
                        + ")"
                        + pick(List.of(
                                "", " WHERE " + column + " IS NOT NULL", " WHERE typeof(" + column + ") = 'text'"));
            case 2 -> "DROP INDEX " + pick(List.of("", "IF EXISTS ")) + "late" + random.nextInt(3);
            case 3 ->
                "CREATE VIEW lateview AS SELECT " + column + " AS p, count(*) AS n FROM " + table.name()
                        + " GROUP BY 1";
            case 4 -> "SELECT p, n FROM lateview WHERE n > 0";
            default -> "DROP VIEW " + pick(List.of("", "IF EXISTS ")) + "lateview";
        };
    }

    private String collated() {
        RandomSchema.Table left = table();
        RandomSchema.Table right = table();
        String collation = pick(List.of("NOCASE", "RTRIM", "BINARY"));
        String l = "q0." + pick(left.all());
        String r = "q1." + pick(right.all());
        return switch (random.nextInt(4)) {
            case 0 ->
                "SELECT " + l + ", " + r + " FROM " + left.name() + " AS q0 JOIN " + right.name() + " AS q1 ON " + l
                        + " = " + r + " COLLATE " + collation;
            case 1 ->
                "SELECT " + l + " FROM " + left.name() + " AS q0 WHERE " + l + " COLLATE " + collation + " IN ("
                        + basics.literal() + ", 'ABC', 'abc ', " + odd.edge() + ")";
            case 2 ->
                "SELECT count(DISTINCT " + l + " COLLATE " + collation + "), min(" + l + " COLLATE " + collation
                        + ") IS NULL FROM " + left.name() + " AS q0";
            default ->
                "SELECT " + l + " FROM " + left.name() + " AS q0 WHERE " + l + " BETWEEN 'A' COLLATE " + collation
                        + " AND 'c' ORDER BY " + l + " COLLATE " + collation;
        };
    }

    private String hinted() {
        RandomSchema.Table table = table();
        String name = pick(schema.names());
        return "SELECT " + String.join(", ", table.all()) + " FROM " + table.name()
                + (chance(50) ? " NOT INDEXED" : " INDEXED BY " + name) + " WHERE "
                + basics.condition(table.all(), 2);
    }

    private String insertEdge() {
        RandomSchema.Table table = table();
        String column = pick(table.columns());
        return "INSERT OR IGNORE INTO " + table.name() + "(" + column + ") VALUES (" + odd.edge() + ")"
                + (chance(40) ? " RETURNING " + column + ", typeof(" + column + "), quote(" + column + ")" : "");
    }

    private String nested() {
        RandomSchema.Table a = table();
        RandomSchema.Table b = table();
        RandomSchema.Table c = table();
        return "SELECT q." + pick(a.all()) + " FROM " + a.name() + " AS q WHERE q." + pick(a.all())
                + pick(List.of(" IN ", " NOT IN ")) + "(SELECT r." + pick(b.all()) + " FROM " + b.name()
                + " AS r WHERE r." + pick(b.all()) + pick(List.of(" = q.", " < q.", " IS NOT q.")) + pick(a.all())
                + " OR EXISTS (SELECT 1 FROM " + c.name() + " AS s WHERE s." + pick(c.all()) + " = r." + pick(b.all())
                + " AND s." + pick(c.all()) + pick(List.of(" = q.", " >= q.")) + pick(a.all()) + "))";
    }

    /** A parent and a child with foreign keys, if the schema has them. */
    private String family() {
        if (!schema.hasFamily) {
            return calls();
        }
        int k = random.nextInt(8);
        int m = random.nextInt(8);
        String conflict = pick(List.of("", "", "", "OR IGNORE ", "OR REPLACE ", "OR FAIL ", "OR ROLLBACK "));
        return switch (random.nextInt(9)) {
            case 0, 1 -> "INSERT " + conflict + "INTO parent VALUES (" + k + ", " + m + ")";
            case 2, 3 ->
                "INSERT " + conflict + "INTO child VALUES (" + k + ", " + m + ", " + pick(List.of("NULL", "" + k))
                        + ")";
            case 4 -> "DELETE FROM parent WHERE id = " + k;
            case 5 -> "UPDATE " + conflict + "parent SET id = " + k + " WHERE id = " + m;
            case 6 -> "UPDATE parent SET code = " + k + " WHERE id = " + m;
            case 7 -> "UPDATE " + conflict + "child SET pid = " + k + " WHERE x = " + m;
            default ->
                pick(List.of(
                        "SELECT * FROM parent LEFT JOIN child ON pid = id",
                        "PRAGMA defer_foreign_keys = ON",
                        "SELECT * FROM child WHERE pcode IS NOT NULL",
                        "DELETE FROM child WHERE x = " + k));
        };
    }
}
