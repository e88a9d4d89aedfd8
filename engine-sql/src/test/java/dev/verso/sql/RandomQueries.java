package dev.verso.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes schemas with all kinds of indexes, data with few distinct values, and queries over them. The seed decides everything. */
final class RandomQueries {
    private static final String[] TYPES = {
        "INT", "TEXT", "REAL", "", "NUMERIC", "TEXT COLLATE NOCASE", "INT NOT NULL", "BLOB"
    };
    private static final String[] VALUES = {
        "NULL", "0", "1", "2", "3", "5", "7", "10", "-1", "1.5", "2.0", "'a'", "'A'", "'b'", "'B'", "'ab'", "'abc'",
        "'Abd'", "'1'", "'2'", "'10'", "''", "x'61'", "x'6162'"
    };
    private static final String[] OPERATORS = {"=", "=", "=", "<", "<=", ">", ">=", "<>", "IS", "=="};

    /** A query, and how many of its leading result columns its ORDER BY puts in order (-1: rows are in order as a whole). */
    record Query(String sql, int orderedColumns) {}

    private record Table(String name, List<String> columns, boolean rowid) {}

    private record Use(Table table, String alias) {}

    private final Random random;
    private final List<Table> tables = new ArrayList<>();
    /** The query being made has a RIGHT JOIN: rowids of its tables are not asked for. */
    private boolean rightJoin;

    RandomQueries(long seed) {
        random = new Random(seed);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String pick(String[] list) {
        return list[random.nextInt(list.length)];
    }

    // ---- schema

    /** Statements that make the schema and fill it. */
    List<String> schema() {
        List<String> statements = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            table(i, statements);
        }
        for (Table table : tables) {
            rows(table, statements);
        }
        return statements;
    }

    private void table(int number, List<String> statements) {
        String name = "t" + number;
        List<String> columns = new ArrayList<>();
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + "(");
        int count = 2 + random.nextInt(4);
        int key = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String column = "" + (char) ('a' + i);
            columns.add(column);
            sql.append(i > 0 ? ", " : "").append(column).append(' ');
            if (i == 0 && key == 0) {
                sql.append("INTEGER PRIMARY KEY");
            } else if (i == 0 && key == 2) {
                sql.append("INT UNIQUE");
            } else {
                sql.append(pick(TYPES));
            }
        }
        boolean rowid = key != 1;
        if (key == 1) {
            sql.append(", PRIMARY KEY(").append(columns.get(0)).append(chance(30) ? " DESC" : "");
            sql.append(", ").append(columns.get(1)).append(")) WITHOUT ROWID");
        } else {
            sql.append(")");
        }
        statements.add(sql.toString());
        Table table = new Table(name, columns, rowid);
        tables.add(table);
        int indexes = random.nextInt(5);
        for (int i = 0; i < indexes; i++) {
            statements.add(index(table, name + "i" + i));
        }
    }

    private String index(Table table, String name) {
        StringBuilder sql = new StringBuilder("CREATE INDEX " + name + " ON " + table.name + "(");
        int count = Math.min(1 + random.nextInt(3), table.columns.size());
        List<String> columns = new ArrayList<>(table.columns);
        Collections.shuffle(columns, random);
        for (int i = 0; i < count; i++) {
            sql.append(i > 0 ? ", " : "");
            if (chance(10)) {
                sql.append(pick(table.columns)).append(chance(50) ? "+1" : "||'x'");
            } else {
                sql.append(chance(2) ? pick(table.columns) : columns.get(i));
                sql.append(chance(15) ? " COLLATE NOCASE" : "");
            }
            sql.append(chance(25) ? " DESC" : "");
        }
        sql.append(')');
        if (chance(15)) {
            sql.append(" WHERE ").append(pick(table.columns)).append(chance(50) ? " IS NOT NULL" : " > 1");
        }
        return sql.toString();
    }

    private void rows(Table table, List<String> statements) {
        int count = chance(20) ? random.nextInt(3) : 5 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            StringBuilder sql = new StringBuilder("INSERT OR IGNORE INTO " + table.name + " VALUES(");
            for (int c = 0; c < table.columns.size(); c++) {
                sql.append(c > 0 ? ", " : "");
                sql.append(c == 0 && chance(60) ? "" + random.nextInt(50) : pick(VALUES));
            }
            statements.add(sql.append(')').toString());
        }
    }

    // ---- queries

    Query query() {
        rightJoin = false;
        List<Use> uses = new ArrayList<>();
        String from = from(uses, 1 + random.nextInt(3));
        String where = chance(85) ? " WHERE " + condition(uses, 3) : "";
        int kind = random.nextInt(10);
        if (kind == 0) {
            return new Query("SELECT count(*), " + aggregate(uses) + " FROM " + from + where, 0);
        }
        if (kind == 1) {
            String key = column(uses);
            String having = chance(30) ? " HAVING count(*) > 1" : "";
            return new Query(
                    "SELECT " + key + ", count(*), " + aggregate(uses) + " FROM " + from + where + " GROUP BY " + key
                            + having,
                    0);
        }
        List<String> columns = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            columns.add(chance(85) ? column(uses) : expression(uses, 2));
        }
        String select =
                "SELECT " + (chance(15) ? "DISTINCT " : "") + String.join(", ", columns) + " FROM " + from + where;
        int order = random.nextInt(4);
        if (order == 0) {
            return new Query(select, 0);
        }
        StringBuilder by = new StringBuilder(" ORDER BY ");
        int terms = order == 3 ? count : 1 + random.nextInt(count);
        for (int i = 0; i < terms; i++) {
            by.append(i > 0 ? ", " : "").append(chance(50) ? columns.get(i) : "" + (i + 1));
            by.append(chance(40) ? " DESC" : "").append(chance(5) ? " NULLS LAST" : "");
        }
        if (terms == count && chance(50)) {
            return new Query(select + by + " LIMIT " + random.nextInt(6) + (chance(30) ? " OFFSET 1" : ""), terms);
        }
        return new Query(select + by, terms);
    }

    /** An UPDATE or DELETE of some rows of one table. */
    String change() {
        Table table = pick(tables);
        List<Use> uses = List.of(new Use(table, "x0"));
        String where = " WHERE " + condition(uses, 2);
        if (chance(40)) {
            return "DELETE FROM " + table.name + " AS x0" + where;
        }
        String column = pick(table.columns);
        String value = chance(50) ? pick(VALUES) : expression(uses, 1);
        return "UPDATE OR IGNORE " + table.name + " AS x0 SET " + column + " = " + value + where;
    }

    /** Names of the tables. */
    List<String> tableNames() {
        List<String> names = new ArrayList<>();
        for (Table table : tables) {
            names.add(table.name);
        }
        return names;
    }

    private String aggregate(List<Use> uses) {
        return pick(new String[] {"min(", "max(", "sum(", "count("}) + column(uses) + ")";
    }

    private String from(List<Use> uses, int count) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Table table = pick(tables);
            String alias = "x" + uses.size();
            String item;
            if (chance(15)) {
                List<String> kept = new ArrayList<>(table.columns);
                item = subquery(table, kept) + " AS " + alias;
                table = new Table("", kept, false);
            } else {
                item = table.name + " AS " + alias;
            }
            if (i == 0) {
                sql.append(item);
                uses.add(new Use(table, alias));
                continue;
            }
            int join = random.nextInt(6);
            String outer = chance(75) ? " LEFT JOIN " : " RIGHT JOIN ";
            rightJoin |= join == 4 && outer.equals(" RIGHT JOIN ");
            sql.append(join < 2 ? ", " : join < 4 ? " JOIN " : join == 4 ? outer : " CROSS JOIN ")
                    .append(item);
            uses.add(new Use(table, alias));
            if (join == 4 || join >= 2 && chance(80)) {
                sql.append(" ON ").append(condition(uses, 2));
            }
        }
        return sql.toString();
    }

    private String subquery(Table table, List<String> columns) {
        List<Use> inner = List.of(new Use(table, "y"));
        StringBuilder sql = new StringBuilder("(SELECT ").append(chance(15) ? "DISTINCT " : "");
        boolean grouped = chance(15);
        // Columns of a compound have one affinity only if those of its parts agree: else plans show in the result, in
        // SQLite too.
        boolean compound = !grouped && chance(20);
        List<String> from = new ArrayList<>(columns);
        int number = 0;
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            String name = "s" + number++;
            String value = grouped && number > 1
                    ? "max(y." + column + ")"
                    : compound || chance(80) ? "y." + column : expression(inner, 1);
            if (grouped && number == 1) {
                value = "y." + column;
            }
            sql.append(number > 1 ? ", " : "").append(value).append(" AS ").append(name);
            names.add(name);
        }
        sql.append(" FROM ").append(table.name).append(" AS y");
        if (chance(60)) {
            sql.append(" WHERE ").append(condition(inner, 2));
        }
        if (grouped) {
            sql.append(" GROUP BY y.").append(columns.get(0));
        } else if (compound) {
            sql.append(" UNION ALL SELECT ");
            for (int i = 0; i < columns.size(); i++) {
                sql.append(i > 0 ? ", " : "").append("y.").append(from.get(i));
            }
            sql.append(" FROM ").append(table.name).append(" AS y");
            if (chance(50)) {
                sql.append(" WHERE ").append(condition(inner, 1));
            }
        }
        columns.clear();
        columns.addAll(names);
        return sql.append(')').toString();
    }

    private String column(List<Use> uses) {
        Use use = pick(uses);
        if (use.table.rowid && !rightJoin && chance(5)) {
            return use.alias + ".rowid";
        }
        return use.alias + "." + pick(use.table.columns);
    }

    private String expression(List<Use> uses, int depth) {
        if (depth == 0 || chance(30)) {
            return chance(60) ? column(uses) : pick(VALUES);
        }
        return switch (random.nextInt(6)) {
            case 0 -> column(uses) + "+1";
            case 1 -> column(uses) + "||'x'";
            case 2 -> "(" + expression(uses, depth - 1) + " + " + expression(uses, depth - 1) + ")";
            case 3 -> "coalesce(" + column(uses) + ", " + expression(uses, depth - 1) + ")";
            case 4 -> "+" + column(uses);
            default -> "(SELECT max(z.a) FROM " + pick(tables).name + " AS z WHERE z.b = " + column(uses) + ")";
        };
    }

    private String condition(List<Use> uses, int depth) {
        if (depth > 0 && chance(50)) {
            String operator = chance(60) ? " AND " : " OR ";
            return "(" + condition(uses, depth - 1) + operator + condition(uses, depth - 1) + ")";
        }
        String column = column(uses);
        return switch (random.nextInt(17)) {
            case 0, 1, 2, 3 -> column + " " + pick(OPERATORS) + " " + pick(VALUES);
            case 4, 5, 6 -> comparison(column, pick(OPERATORS), column(uses));
            case 7 -> column + " BETWEEN " + pick(VALUES) + " AND " + pick(VALUES);
            case 8 ->
                column + (chance(20) ? " NOT" : "") + " IN (" + pick(VALUES) + ", " + pick(VALUES) + ", "
                        + (chance(30) ? column(uses) : pick(VALUES)) + ")";
            case 9 ->
                column + " IN (SELECT z.b FROM " + pick(tables).name + " AS z"
                        + (chance(50) ? " WHERE z.a > " + pick(VALUES) : "") + ")";
            case 10 ->
                column + (chance(60) ? " LIKE '" : " GLOB '") + pick(new String[] {"a%", "ab%", "a*", "A%", "b_", "1%"})
                        + "'";
            case 11 -> column + (chance(50) ? " IS NULL" : " IS NOT NULL");
            case 12 -> pick(VALUES) + " " + pick(OPERATORS) + " " + column;
            case 13 ->
                "(" + column + ", " + column(uses) + ") " + pick(new String[] {"=", ">", "<=", "<"}) + " ("
                        + pick(VALUES) + ", " + pick(VALUES) + ")";
            case 14 ->
                (chance(50) ? "NOT " : "") + "EXISTS (SELECT 1 FROM " + pick(tables).name + " AS z WHERE z.b = "
                        + column + (chance(50) ? " AND z.a > " + pick(VALUES) : "") + ")";
            case 15 ->
                "(" + column + ", " + column(uses) + ") IN (SELECT z.a, z.b FROM " + pick(tables).name + " AS z)";
            default -> expression(uses, 2) + " " + pick(OPERATORS) + " " + expression(uses, 1);
        };
    }

    /**
     * A comparison of two columns. A column of a subquery compared with itself is only asked for NULL: if it stands for an expression
     * that is indexed, SQLite may seek by what the index holds before it stands on a row, and loses rows (docs/intended.md).
     */
    private static String comparison(String left, String operator, String right) {
        boolean ofSubquery = left.contains(".s");
        return ofSubquery && left.equals(right) ? left + " IS NOT NULL" : left + " " + operator + " " + right;
    }
}
