package dev.verso.compat.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes statements over a schema. */
final class StatementGenerator {
    /** A statement. @param ordered its rows come in a defined order */
    record Generated(String sql, boolean ordered) {}

    private final Random random;
    private final RandomSchema schema;
    private final FurtherStatements further;
    private final WiderStatements wider;
    private final BrokenStatements broken;
    private final NewerStatements newer;
    private final Parameters parameters;
    private int savepoints;

    StatementGenerator(Random random, RandomSchema schema) {
        this(random, schema, new Parameters(random));
    }

    /** @param parameters what stands for some of the literals while a statement is made that will be prepared */
    StatementGenerator(Random random, RandomSchema schema, Parameters parameters) {
        this.random = random;
        this.schema = schema;
        this.parameters = parameters;
        further = new FurtherStatements(random, schema, this);
        wider = new WiderStatements(random, schema, this);
        broken = new BrokenStatements(random, schema, this);
        newer = new NewerStatements(random, schema, this);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    Generated next() {
        int kind = random.nextInt(100);
        if (kind < 26) {
            return new Generated(insert(), false);
        }
        if (kind < 33) {
            return new Generated(update(), false);
        }
        if (kind < 37) {
            return new Generated(delete(), false);
        }
        if (kind < 41) {
            return new Generated(transaction(), false);
        }
        if (kind < 56) {
            return new Generated(further.next(), false);
        }
        if (kind < 76) {
            return new Generated(wider.next(), false);
        }
        if (kind < 81) {
            return new Generated(newer.next(), false);
        }
        return kind < 84 ? new Generated(broken.next(), false) : select();
    }

    /** Whether texts are in UTF-16 in the database. */
    boolean isUtf16() {
        return schema.isUtf16;
    }

    String literal() {
        String parameter = parameters.place();
        if (parameter != null) {
            return parameter;
        }
        return switch (random.nextInt(14)) {
            case 0 -> "NULL";
            case 1 -> String.valueOf(random.nextInt(5) - 2);
            case 2, 3, 4 -> String.valueOf(random.nextInt(20));
            case 5 -> String.valueOf(random.nextInt(40) / 4.0 - 2);
            case 6 ->
                pick(List.of(
                        "9007199254740993", "-9223372036854775808", "1e18", "0.1", "-0.0", "1e-5", "123456789012"));
            case 7 -> "'" + random.nextInt(20) + "'";
            case 8 ->
                pick(List.of("''", "'abc'", "'ABC'", "'abc  '", "'aBd'", "'12ab'", "' 5'", "'1.50'", "'é'", "'it''s'"));
            case 9 -> "'" + "abcdefgh".substring(random.nextInt(4), 4 + random.nextInt(4)) + "'";
            case 10 -> pick(List.of("x''", "x'6162'", "x'616263'", "x'ff01'"));
            default -> String.valueOf(random.nextInt(10));
        };
    }

    private String insert() {
        return insertInto(pick(schema.tables));
    }

    String insertInto(RandomSchema.Table table) {
        StringBuilder sql = new StringBuilder();
        sql.append(pick(List.of(
                "INSERT",
                "INSERT",
                "INSERT",
                "INSERT OR IGNORE",
                "INSERT OR REPLACE",
                "REPLACE",
                "INSERT OR FAIL",
                "INSERT OR ABORT",
                "INSERT OR ROLLBACK")));
        sql.append(" INTO ").append(table.name());
        if (chance(3)) {
            return sql.append(" DEFAULT VALUES").toString();
        }
        List<String> columns = table.columns();
        if (chance(40)) {
            columns = new ArrayList<>(columns);
            java.util.Collections.shuffle(columns, random);
            columns = columns.subList(0, 1 + random.nextInt(columns.size()));
            sql.append("(").append(String.join(", ", columns)).append(")");
        }
        if (chance(10)) {
            RandomSchema.Table from = pick(schema.tables);
            sql.append(" SELECT ");
            for (int i = 0; i < columns.size(); i++) {
                sql.append(i == 0 ? "" : ", ").append(chance(60) ? pick(from.columns()) : literal());
            }
            sql.append(" FROM ").append(from.name()).append(" ORDER BY ");
            sql.append(String.join(", ", from.columns())).append(" LIMIT ").append(1 + random.nextInt(5));
        } else {
            sql.append(" VALUES ");
            int rows = chance(80) ? 1 : 1 + random.nextInt(4);
            for (int r = 0; r < rows; r++) {
                sql.append(r == 0 ? "(" : ", (");
                for (int i = 0; i < columns.size(); i++) {
                    sql.append(i == 0 ? "" : ", ").append(literal());
                }
                sql.append(")");
            }
        }
        if (chance(8)) {
            sql.append(" RETURNING ")
                    .append(pick(List.of("*", pick(table.columns()), "typeof(" + pick(table.columns()) + ")")));
        }
        return sql.toString();
    }

    /** Where the outcome depends on the order of the rows, which is the planner's own, one row is enough. */
    private String update() {
        RandomSchema.Table table = pick(schema.tables);
        String conflict = pick(List.of("", "", "", "", "OR IGNORE ", "OR REPLACE ", "OR FAIL ", "OR ABORT "));
        StringBuilder sql = new StringBuilder("UPDATE ")
                .append(conflict)
                .append(table.name())
                .append(" SET ");
        int n = 1 + random.nextInt(2);
        List<String> columns = new ArrayList<>(table.columns());
        java.util.Collections.shuffle(columns, random);
        columns = columns.subList(0, Math.min(n, columns.size()));
        for (int i = 0; i < columns.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(columns.get(i)).append(" = ");
            sql.append(chance(50) ? literal() : expression(qualified(table, null), 2));
        }
        sql.append(" WHERE ");
        if (!conflict.isEmpty() || table.strict() || !java.util.Collections.disjoint(columns, table.unique())) {
            sql.append(table.oneRow(random));
        } else {
            sql.append(chance(40) ? pick(table.columns()) + " = " + literal() : condition(qualified(table, null), 2));
        }
        if (chance(8)) {
            sql.append(" RETURNING ").append(pick(table.columns()));
        }
        return sql.toString();
    }

    private String delete() {
        RandomSchema.Table table = pick(schema.tables);
        return "DELETE FROM " + table.name() + " WHERE "
                + (chance(60)
                        ? pick(table.columns()) + " = " + literal()
                        : condition(qualified(table, null), 2) + " AND " + pick(table.columns()) + " > " + literal());
    }

    private String transaction() {
        switch (random.nextInt(6)) {
            case 0 -> {
                return pick(List.of("BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"));
            }
            case 1 -> {
                return "COMMIT";
            }
            case 2 -> {
                return "ROLLBACK";
            }
            case 3 -> {
                return "SAVEPOINT s" + savepoints++ % 3;
            }
            case 4 -> {
                return "RELEASE s" + random.nextInt(3);
            }
            default -> {
                return "ROLLBACK TO s" + random.nextInt(3);
            }
        }
    }

    private static List<String> qualified(RandomSchema.Table table, String alias) {
        return table.all().stream()
                .map(c -> alias == null ? c : alias + "." + c)
                .toList();
    }

    private Generated select() {
        if (chance(12)) {
            return compound();
        }
        List<String> columns = new ArrayList<>();
        StringBuilder from = new StringBuilder();
        int sources = 1 + (chance(35) ? 1 : 0) + (chance(8) ? 1 : 0);
        for (int i = 0; i < sources; i++) {
            String alias = "q" + i;
            List<String> mine;
            String source;
            if (!schema.views.isEmpty() && chance(10)) {
                source = pick(schema.views);
                mine = List.of(alias + ".x", alias + ".y");
            } else if (chance(10)) {
                RandomSchema.Table table = pick(schema.tables);
                source = "(SELECT " + pick(table.columns()) + " AS x, " + expression(table.columns(), 1) + " AS y FROM "
                        + table.name() + (chance(50) ? " WHERE " + condition(table.columns(), 1) : "") + ")";
                mine = List.of(alias + ".x", alias + ".y");
            } else {
                RandomSchema.Table table = pick(schema.tables);
                source = table.name();
                mine = qualified(table, alias);
            }
            if (i > 0) {
                String join = pick(List.of(", ", " JOIN ", " LEFT JOIN ", " CROSS JOIN ", " INNER JOIN "));
                from.append(join).append(source).append(" AS ").append(alias);
                if (!join.equals(", ") && !join.equals(" CROSS JOIN ")) {
                    from.append(" ON ")
                            .append(pick(columns))
                            .append(chance(85) ? " = " : " < ")
                            .append(pick(mine));
                }
            } else {
                from.append(source).append(" AS ").append(alias);
            }
            columns.addAll(mine);
        }
        boolean aggregate = chance(25);
        StringBuilder sql = new StringBuilder("SELECT ");
        int outputs = 1 + random.nextInt(3);
        List<String> groups = new ArrayList<>();
        if (aggregate && chance(70)) {
            groups.add(pick(columns));
            if (chance(30)) {
                groups.add(pick(columns));
            }
        }
        boolean distinct = !aggregate && chance(12);
        sql.append(distinct ? "DISTINCT " : "");
        for (int i = 0; i < outputs; i++) {
            sql.append(i == 0 ? "" : ", ");
            if (aggregate) {
                sql.append(i < groups.size() ? groups.get(i) : aggregateCall(columns));
            } else {
                sql.append(expression(columns, 2));
            }
        }
        sql.append(" FROM ").append(from);
        if (chance(65)) {
            sql.append(" WHERE ").append(condition(columns, 3));
        }
        if (!groups.isEmpty()) {
            sql.append(" GROUP BY ").append(String.join(", ", groups));
            if (chance(25)) {
                sql.append(" HAVING ")
                        .append(pick(List.of("count(*) > 1", "min(" + pick(columns) + ") IS NOT NULL", "sum(1) < 4")));
            }
        }
        return order(sql, outputs);
    }

    /** Adds ORDER BY over all output columns, which defines the order up to equal rows; LIMIT only then. */
    private Generated order(StringBuilder sql, int outputs) {
        if (!chance(40)) {
            return new Generated(sql.toString(), false);
        }
        sql.append(" ORDER BY ");
        for (int i = 1; i <= outputs; i++) {
            sql.append(i == 1 ? "" : ", ")
                    .append(i)
                    .append(pick(List.of("", "", " DESC", " ASC", " NULLS LAST", " DESC NULLS FIRST")));
        }
        return new Generated(sql.toString(), false);
    }

    private Generated compound() {
        RandomSchema.Table left = pick(schema.tables);
        RandomSchema.Table right = pick(schema.tables);
        String op = pick(List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT "));
        StringBuilder sql = new StringBuilder();
        if (chance(20)) {
            sql.append("WITH w(x) AS (SELECT ")
                    .append(pick(left.columns()))
                    .append(" FROM ")
                    .append(left.name())
                    .append(") ");
            sql.append("SELECT x FROM w")
                    .append(op)
                    .append("SELECT ")
                    .append(pick(right.columns()))
                    .append(" FROM ")
                    .append(right.name());
            return new Generated(sql.toString(), false);
        }
        sql.append("SELECT ")
                .append(pick(left.columns()))
                .append(", ")
                .append(pick(left.columns()))
                .append(" FROM ")
                .append(left.name());
        sql.append(op)
                .append("SELECT ")
                .append(expression(right.columns(), 1))
                .append(", ")
                .append(pick(right.columns()))
                .append(" FROM ");
        sql.append(right.name());
        return order(sql, 2);
    }

    private String aggregateCall(List<String> columns) {
        String c = pick(columns);
        return pick(List.of(
                "count(*)",
                "count(" + c + ")",
                "sum(" + c + ")",
                "total(" + c + ")",
                "avg(" + c + ")",
                "min(" + c + ")",
                "max(" + c + ")",
                "count(DISTINCT " + c + ")",
                "sum(DISTINCT " + c + ")",
                "count(*) FILTER (WHERE " + c + " > 3)"));
    }

    String expression(List<String> columns, int depth) {
        if (depth == 0 || chance(45)) {
            return chance(75) ? pick(columns) : literal();
        }
        String a = expression(columns, depth - 1);
        String b = expression(columns, depth - 1);
        return switch (random.nextInt(16)) {
            case 0 -> "(" + a + " + " + b + ")";
            case 1 -> "(" + a + " - " + b + ")";
            case 2 -> "(" + a + " * " + b + ")";
            case 3 -> "(" + a + " / " + b + ")";
            case 4 -> "(" + a + " % " + b + ")";
            case 5 -> "(" + a + " || " + b + ")";
            case 6 -> "coalesce(" + a + ", " + b + ")";
            case 7 -> "CASE WHEN " + condition(columns, depth - 1) + " THEN " + a + " ELSE " + b + " END";
            case 8 -> "CAST(" + a + " AS " + pick(List.of("INTEGER", "TEXT", "REAL", "BLOB", "NUMERIC")) + ")";
            case 9 -> "typeof(" + a + ")";
            case 10 -> pick(List.of("abs(", "length(", "upper(", "lower(", "quote(", "hex(")) + pick(columns) + ")";
            case 11 -> "substr(" + a + ", " + (random.nextInt(6) - 2) + ", " + random.nextInt(4) + ")";
            case 12 -> "(" + a + " " + pick(List.of("&", "|", "<<", ">>")) + " " + b + ")";
            case 13 -> pick(List.of("-", "+", "~", "NOT ")) + pick(columns);
            case 14 -> scalarSubquery();
            default -> "(" + condition(columns, depth - 1) + ")";
        };
    }

    private String scalarSubquery() {
        RandomSchema.Table table = pick(schema.tables);
        return "(SELECT " + pick(List.of("min", "max", "count", "sum")) + "(" + pick(table.columns()) + ") FROM "
                + table.name() + ")";
    }

    String condition(List<String> columns, int depth) {
        String a = pick(columns);
        if (depth > 1 && chance(40)) {
            String left = condition(columns, depth - 1);
            String operator = pick(List.of(" AND ", " OR ", " AND "));
            String right = condition(columns, depth - 1);
            // of the same GLOB twice SQLite forgets the blobs that match
            return "(" + left + (left.equals(right) ? " AND " : operator) + right + ")";
        }
        String b = chance(70) ? literal() : expression(columns, Math.max(0, depth - 1));
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> a + " = " + b;
            case 3 -> a + " <> " + b;
            case 4 -> a + " < " + b;
            case 5 -> a + " >= " + b;
            case 6 -> a + " BETWEEN " + literal() + " AND " + literal();
            case 7 -> a + (chance(70) ? " IN (" : " NOT IN (") + literal() + ", " + literal() + ", " + literal() + ")";
            case 8 -> a + " IS " + (chance(50) ? "NULL" : "NOT NULL");
            case 9 -> a + " IS " + (chance(50) ? "" : "NOT ") + b;
            case 10 -> a + " LIKE " + pick(List.of("'a%'", "'%b%'", "'1_'", "'%'"));
            case 11 -> "NOT " + a + " = " + b;
            case 12 -> inSubquery(a);
            case 13 -> "EXISTS (SELECT 1 FROM " + pick(schema.tables).name() + " AS e WHERE e.a = " + a + ")";
            case 14 ->
                "(" + a + ", " + pick(columns) + ") " + pick(List.of("=", "<", ">=")) + " (" + literal() + ", "
                        + literal() + ")";
            default -> a + " GLOB " + pick(List.of("'a*'", "'*[0-9]'", "'?'"));
        };
    }

    private String inSubquery(String column) {
        RandomSchema.Table table = pick(schema.tables);
        return column + (chance(70) ? " IN " : " NOT IN ") + "(SELECT " + pick(table.columns()) + " FROM "
                + table.name() + ")";
    }
}
