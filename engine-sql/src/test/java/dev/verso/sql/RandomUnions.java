package dev.verso.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes queries that have UNION ALL in their FROM, as subquery, view or common table, nested and joined. The seed decides everything. */
final class RandomUnions {
    private static final String[][] TYPES = {
        {"INT", "TEXT", ""},
        {"INT", "TEXT COLLATE NOCASE", "REAL"},
        {"REAL", "TEXT", "NUMERIC"},
        {"INT", "TEXT COLLATE NOCASE", "BLOB"}
    };
    private static final String[] COLUMNS = {"a", "b", "c"};
    /** Values by column. Which affinity they are compared with makes no difference: SQLite has the one of the whole and of a part in turn. */
    private static final String[][] VALUES = {
        {"NULL", "0", "1", "2", "3", "4"}, {"NULL", "'a'", "'A'", "'b'", "'B'", "'c'"}, {"NULL", "0", "1", "2", "2.5"}
    };

    private static final String[] OPERATORS = {"=", "=", "=", "<", "<=", ">", ">=", "<>", "IS"};

    /** A query, and how many of its leading result columns its ORDER BY puts in order. */
    record Query(String sql, int orderedColumns, boolean limited) {}

    private final Random random;
    private final String[] types;
    /** Tables have columns unlike in type and collation; then all compounds in FROM are UNION ALL. */
    private final boolean mixed;

    private final List<String> tables = new ArrayList<>();
    private int aliases;

    RandomUnions(long seed) {
        random = new Random(seed);
        types = TYPES[random.nextInt(TYPES.length)];
        mixed = chance(25);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(String[] list) {
        return list[random.nextInt(list.length)];
    }

    private String constant(String column) {
        return pick(VALUES[column.charAt(0) - 'a']);
    }

    /** A table or view with the columns a, b and c. */
    private String table() {
        return tables.get(random.nextInt(tables.size()));
    }

    List<String> schema() {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String[] own = mixed && chance(40) ? TYPES[random.nextInt(TYPES.length)] : types;
            boolean rowidColumn = chance(20) && own[0].equals("INT");
            statements.add("CREATE TABLE t" + i + "(a " + (rowidColumn ? "INTEGER PRIMARY KEY" : own[0]) + ", b "
                    + own[1] + ", c " + own[2] + ")");
            tables.add("t" + i);
            for (String column : List.of("a", "b", "c", "a, b", "b, c", "a + 1")) {
                if (chance(25)) {
                    String name = "i" + i + "_" + statements.size();
                    statements.add("CREATE INDEX " + name + " ON t" + i + "(" + column + ")");
                }
            }
            int rows = random.nextInt(9);
            for (int row = 0; row < rows; row++) {
                statements.add("INSERT INTO t" + i + " VALUES(" + (rowidColumn ? row + "" : constant("a")) + ", "
                        + constant("b") + ", " + constant("c") + ")");
            }
        }
        for (int i = 0; i < 3; i++) {
            statements.add("CREATE VIEW v" + i + " AS " + union(1));
            tables.add("v" + i);
        }
        if (chance(20)) {
            statements.add("ANALYZE");
        }
        return statements;
    }

    // ---- the parts with UNION ALL

    /** A compound with the columns a, b and c. */
    private String union(int depth) {
        StringBuilder text = new StringBuilder(term(depth));
        int terms = 1 + random.nextInt(3);
        for (int i = 0; i < terms; i++) {
            text.append(mixed || chance(95) ? " UNION ALL " : chance(50) ? " UNION " : " EXCEPT ")
                    .append(term(depth));
        }
        if (chance(8)) {
            text.append(" LIMIT ").append(100);
        } else if (chance(6)) {
            text.append(" ORDER BY 1, 2, 3");
        }
        return text.toString();
    }

    private String term(int depth) {
        if (chance(2)) {
            return "SELECT 1 AS a, 'a' AS b, 2 AS c";
        }
        String left = "x" + aliases++;
        String from = source(depth) + " AS " + left;
        String right = left;
        String where = "";
        if (chance(15)) {
            right = "x" + aliases++;
            String join = chance(30) ? " LEFT JOIN " : chance(20) ? " CROSS JOIN " : " JOIN ";
            from += join + source(0) + " AS " + right + " ON " + left + ".a = " + right + "."
                    + (chance(70) ? "a" : pick(COLUMNS));
        }
        if (chance(35)) {
            where = " WHERE " + condition(chance(50) ? left : right);
        }
        return "SELECT " + (chance(3) ? "DISTINCT " : "") + value(left, "a") + " AS a, " + value(right, "b") + " AS b, "
                + value(left, "c") + " AS c FROM " + from + where;
    }

    private String source(int depth) {
        return depth > 0 && chance(25) ? "(" + union(depth - 1) + ")" : table();
    }

    private String value(String table, String column) {
        String plain = table + "." + column;
        if (chance(90)) {
            return plain;
        }
        return switch (random.nextInt(9)) {
            case 0 -> plain + " COLLATE NOCASE";
            case 1 -> plain + " COLLATE BINARY";
            case 2 -> "+" + plain;
            case 3 -> plain + " || ''";
            case 4 -> "CAST(" + plain + " AS " + (column.equals("b") ? "TEXT" : "INT") + ")";
            case 5 -> constant(column);
            case 6 -> "(SELECT max(c) FROM " + table() + ")";
            case 7 -> "(SELECT count(*) FROM " + table() + " AS y WHERE y.a = " + plain + ")";
            default -> table + "." + pick(COLUMNS);
        };
    }

    private String condition(String table) {
        String name = pick(COLUMNS);
        String column = table + "." + name;
        return switch (random.nextInt(10)) {
            case 0 -> column + " IN (" + constant(name) + ", " + constant(name) + ")";
            case 1 -> column + " IS NOT NULL";
            case 2 -> column + " BETWEEN " + constant(name) + " AND " + constant(name);
            case 3 -> "(" + column + " = " + constant(name) + " OR " + table + ".b = " + constant("b") + ")";
            case 4 -> column + " LIKE 'a%'";
            case 5 -> column + " " + pick(OPERATORS) + " " + table + "." + pick(COLUMNS);
            default -> column + " " + pick(OPERATORS) + " " + constant(name);
        };
    }

    // ---- queries

    Query query() {
        aliases = 0;
        StringBuilder with = new StringBuilder();
        String first = "s" + aliases++;
        String from;
        if (chance(20)) {
            with.append("WITH w AS (").append(union(1)).append(") ");
            from = "w AS " + first;
        } else {
            from = (chance(30) ? "v" + random.nextInt(3) : "(" + union(chance(30) ? 2 : 1) + ")") + " AS " + first;
        }
        List<String> names = new ArrayList<>(List.of(first));
        int joins = chance(40) ? 1 + random.nextInt(2) : 0;
        for (int i = 0; i < joins; i++) {
            String name = "s" + aliases++;
            String source = chance(60) ? table() : "(" + union(1) + ")";
            String on = " ON " + names.get(random.nextInt(names.size())) + "." + pick(COLUMNS) + " = " + name + "."
                    + pick(COLUMNS);
            int kind = random.nextInt(20);
            if (kind < 4 && i == 0) {
                from = source + " AS " + name + (kind < 1 ? " LEFT JOIN " : " JOIN ") + from + on;
            } else {
                String join = kind < 8 ? " LEFT JOIN " : kind < 10 ? " CROSS JOIN " : " JOIN ";
                from += join + source + " AS " + name + on;
            }
            names.add(name);
        }
        int width = 1 + random.nextInt(3);
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < width; i++) {
            String value = value(names.get(random.nextInt(names.size())), pick(COLUMNS));
            columns.append(i == 0 ? "" : ", ").append(value).append(" AS r").append(i);
        }
        String where = "";
        int conditions = random.nextInt(3);
        for (int i = 0; i < conditions; i++) {
            where += (i == 0 ? " WHERE " : " AND ") + outerCondition(names.get(random.nextInt(names.size())));
        }
        String query = (chance(6) ? "SELECT DISTINCT " : "SELECT ") + columns + " FROM " + from + where;
        if (chance(4)) {
            return new Query(with + "SELECT count(*), max(r0) FROM (" + query + ")", 0, false);
        }
        if (chance(6)) {
            query += pick(new String[] {" UNION ALL ", " UNION ", " EXCEPT "}) + "SELECT "
                    + String.join(", ", List.of(COLUMNS).subList(0, width)) + " FROM " + table();
        }
        return ordered(with + query, width);
    }

    private String outerCondition(String name) {
        String column = name + "." + pick(COLUMNS);
        return switch (random.nextInt(9)) {
            case 0 -> column + " IN (SELECT " + pick(COLUMNS) + " FROM " + table() + ")";
            case 1 -> "EXISTS (SELECT 1 FROM " + table() + " AS z WHERE z." + pick(COLUMNS) + " = " + column + ")";
            case 2 -> column + " = (SELECT max(" + pick(COLUMNS) + ") FROM " + table() + ")";
            default -> condition(name);
        };
    }

    private Query ordered(String query, int width) {
        if (chance(50)) {
            return new Query(query, 0, false);
        }
        StringBuilder order = new StringBuilder(" ORDER BY ");
        boolean limited = chance(40);
        int terms = limited ? width : 1 + random.nextInt(width);
        for (int i = 0; i < terms; i++) {
            order.append(i == 0 ? "" : ", ")
                    .append(chance(30) ? "r" + i : "" + (i + 1))
                    .append(chance(8) ? " COLLATE NOCASE" : "")
                    .append(chance(30) ? " DESC" : "")
                    .append(chance(10) ? " NULLS LAST" : "");
        }
        if (limited) {
            order.append(" LIMIT ").append(random.nextInt(6)).append(chance(30) ? " OFFSET 1" : "");
        }
        return new Query(query + order, terms, limited);
    }
}
