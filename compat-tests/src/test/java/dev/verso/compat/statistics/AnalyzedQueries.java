package dev.verso.compat.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random queries over {@link AnalyzedTables}, with conditions that its indexes can serve. */
final class AnalyzedQueries {
    private final Random random;
    private final AnalyzedTables tables;

    AnalyzedQueries(Random random, AnalyzedTables tables) {
        this.random = random;
        this.tables = tables;
    }

    String next() {
        int kind = random.nextInt(10);
        int sources = kind < 6 ? 1 : kind < 9 ? 2 : 3 + random.nextInt(3);
        List<AnalyzedTables.Table> from = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < sources; i++) {
            from.add(tables.pick(tables.tables));
            if (i > 0) {
                sql.append(random.nextInt(6) == 0 ? " LEFT JOIN " : random.nextInt(8) == 0 ? " CROSS JOIN " : " JOIN ");
            }
            sql.append(from.get(i).name()).append(" x").append(i);
            if (i > 0) {
                sql.append(" ON ").append(column(from, i)).append(" = ").append(column(from, random.nextInt(i)));
            }
        }
        StringBuilder where = new StringBuilder();
        int terms = random.nextInt(4);
        for (int i = 0; i < terms; i++) {
            where.append(i == 0 ? " WHERE " : " AND ").append(term(from));
        }
        String order = "";
        if (random.nextInt(3) == 0) {
            order = " ORDER BY " + column(from, random.nextInt(sources)) + (random.nextInt(3) == 0 ? " DESC" : "");
            if (random.nextInt(3) == 0) {
                order += ", " + column(from, random.nextInt(sources));
            }
            if (random.nextInt(3) == 0) {
                order += " LIMIT " + (1 + random.nextInt(20));
            }
        }
        String first = column(from, random.nextInt(sources));
        return switch (random.nextInt(8)) {
            case 0 -> "SELECT count(*) FROM " + sql + where;
            case 1 -> "SELECT DISTINCT " + first + " FROM " + sql + where + order;
            case 2 -> "SELECT " + first + ", count(*) FROM " + sql + where + " GROUP BY " + first;
            case 3 -> "SELECT " + (random.nextBoolean() ? "max(" : "min(") + first + ") FROM " + sql + where;
            case 4 -> "SELECT " + first + " FROM " + sql + where + order;
            default -> "SELECT * FROM " + sql + where + order;
        };
    }

    private String column(List<AnalyzedTables.Table> from, int source) {
        AnalyzedTables.Table table = from.get(source);
        boolean rowid = table.hasRowid() && random.nextInt(20) == 0;
        return "x" + source + "." + (rowid ? "rowid" : tables.pick(table.columns()));
    }

    private String term(List<AnalyzedTables.Table> from) {
        String column = column(from, random.nextInt(from.size()));
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> column + " = " + constant();
            case 4 -> column + " > " + constant();
            case 5 -> column + " <= " + constant();
            case 6 -> column + " BETWEEN " + constant() + " AND " + constant();
            case 7, 8 -> column + " IN (" + list() + ")";
            case 9 -> column + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
            case 10 ->
                "(" + column + " = " + constant() + " OR " + column(from, random.nextInt(from.size())) + " "
                        + tables.pick(List.of("=", "<", ">")) + " " + constant() + ")";
            case 11 -> column + " LIKE 'k" + random.nextInt(10) + "%'";
            case 12 -> "lower(" + column + ") = 'k" + random.nextInt(5) + "'";
            case 13 ->
                column + " IN (SELECT " + tables.pick(tables.tables.get(0).columns()) + " FROM "
                        + tables.tables.get(0).name() + (random.nextBoolean() ? " WHERE a = " + constant() : "") + ")";
            case 14 -> {
                int source = random.nextInt(from.size());
                yield "(" + column(from, source) + ", " + column(from, source) + ") > (" + constant() + ", "
                        + constant() + ")";
            }
            default -> column + " <> " + constant();
        };
    }

    private String list() {
        StringBuilder list = new StringBuilder(constant());
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            list.append(", ").append(constant());
        }
        return list.toString();
    }

    private String constant() {
        return switch (random.nextInt(12)) {
            case 0 -> "-" + random.nextInt(20);
            case 1 -> "abs(" + random.nextInt(20) + ")";
            case 2 -> "CAST(" + tables.constant() + " AS " + tables.pick(List.of("TEXT", "INTEGER")) + ")";
            default -> tables.constant();
        };
    }
}
