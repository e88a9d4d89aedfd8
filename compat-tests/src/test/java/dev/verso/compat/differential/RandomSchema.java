package dev.verso.compat.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Tables, indexes and views of one run, with enough said about them to write queries. */
final class RandomSchema {
    /**
     * A table.
     *
     * @param columns those that can be written
     * @param all those that can be read
     * @param unique those that a unique index depends on, as far as known
     */
    record Table(
            String name, List<String> columns, List<String> all, Set<String> unique, boolean hasRowid, boolean strict) {
        /** A condition that holds for one row at the most. */
        String oneRow(Random random) {
            if (hasRowid) {
                return switch (random.nextInt(4)) {
                    case 0 -> "rowid = (SELECT max(rowid) FROM " + name + ")";
                    case 1 -> "rowid = (SELECT min(rowid) FROM " + name + ")";
                    default -> "rowid = " + (random.nextInt(30) - 2);
                };
            }
            String row = "(SELECT a, b FROM " + name + " ORDER BY typeof(a), a, typeof(b), b LIMIT 1 OFFSET "
                    + random.nextInt(4) + ")";
            return "(a, b) IN " + row;
        }
    }

    final List<Table> tables = new ArrayList<>();
    final List<String> views = new ArrayList<>();
    final List<String> statements = new ArrayList<>();
    final List<String> indexes = new ArrayList<>();
    final boolean hasFamily;
    private final Random random;

    /** Whether texts are in UTF-16 in the database. */
    final boolean isUtf16;

    RandomSchema(Random random) {
        this(random, false);
    }

    RandomSchema(Random random, boolean isUtf16) {
        this.random = random;
        this.isUtf16 = isUtf16;
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            addTable("t" + i);
        }
        for (Table table : List.copyOf(tables)) {
            int indexes = random.nextInt(3);
            for (int i = 0; i < indexes; i++) {
                addIndex(table, "i_" + table.name() + "_" + i);
            }
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            Table table = pick(tables);
            String name = "v" + i;
            Table other = pick(tables);
            statements.add(
                    random.nextInt(3) == 0
                            ? "CREATE VIEW " + name + " AS SELECT l." + pick(table.all()) + " AS x, r."
                                    + pick(other.all()) + " AS y FROM " + table.name() + " AS l LEFT JOIN "
                                    + other.name() + " AS r ON l." + pick(table.all()) + " = r." + pick(other.all())
                            : "CREATE VIEW " + name + " AS SELECT " + pick(table.all()) + " AS x, "
                                    + pick(table.all()) + " AS y FROM " + table.name()
                                    + (random.nextBoolean() ? "" : " WHERE " + pick(table.all()) + " IS NOT NULL"));
            views.add(name);
        }
        hasFamily = random.nextInt(3) == 0;
        if (hasFamily) {
            addFamily();
        }
    }

    private void addFamily() {
        List<String> actions = List.of(
                "",
                " ON DELETE CASCADE",
                " ON DELETE SET NULL",
                " ON DELETE SET DEFAULT",
                " ON DELETE RESTRICT",
                " ON UPDATE CASCADE",
                " ON DELETE CASCADE ON UPDATE CASCADE",
                " ON UPDATE SET NULL");
        List<String> deferrals = List.of("", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE");
        statements.add("PRAGMA foreign_keys = ON");
        statements.add("CREATE TABLE parent(id INTEGER PRIMARY KEY, code UNIQUE)");
        statements.add("CREATE TABLE child(x, pid INTEGER DEFAULT 1 REFERENCES parent(id)" + pick(actions)
                + pick(deferrals) + ", pcode REFERENCES parent(code)" + pick(actions) + pick(deferrals) + ")");
    }

    /** Names of indexes, and of things that are none. */
    List<String> names() {
        List<String> names = new ArrayList<>(indexes);
        names.add("sqlite_autoindex_t0_1");
        names.add("late0");
        names.add("late1");
        names.add(tables.get(0).name());
        return names;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void addTable(String name) {
        List<String> columns = new ArrayList<>();
        Set<String> unique = new HashSet<>();
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + "(");
        int n = 2 + random.nextInt(4);
        boolean strict = random.nextInt(10) == 0;
        int key = random.nextInt(5); // 0 rowid alias, 1 autoincrement, 2 text key, 3 without rowid, 4 none
        for (int i = 0; i < n; i++) {
            String column = "abcdef".substring(i, i + 1);
            columns.add(column);
            sql.append(i == 0 ? "" : ", ").append(column);
            if (i == 0 && key < 2) {
                sql.append(key == 0 ? " INTEGER PRIMARY KEY" : " INTEGER PRIMARY KEY AUTOINCREMENT");
                unique.add(column);
                continue;
            }
            sql.append(pick(
                    strict
                            ? List.of(" INTEGER", " TEXT", " REAL", " INT", " BLOB", " ANY")
                            : List.of(
                                    " INTEGER",
                                    " TEXT",
                                    " REAL",
                                    " NUMERIC",
                                    " BLOB",
                                    "",
                                    " VARCHAR(10)",
                                    " DECIMAL(5,2)")));
            if (i == 0 && key == 2) {
                sql.append(" PRIMARY KEY");
                unique.add(column);
            }
            if (random.nextInt(6) == 0) {
                sql.append(" NOT NULL");
            }
            if (random.nextInt(8) == 0) {
                sql.append(" UNIQUE");
                unique.add(column);
            }
            if (random.nextInt(6) == 0) {
                sql.append(" DEFAULT ").append(pick(List.of("7", "'dflt'", "NULL", "-1.5", "(1+2)")));
            }
            if (random.nextInt(6) == 0) {
                sql.append(" COLLATE ").append(pick(List.of("NOCASE", "RTRIM", "BINARY")));
            }
            if (random.nextInt(9) == 0) {
                sql.append(" CHECK (")
                        .append(column)
                        .append(" IS NULL OR ")
                        .append(column)
                        .append(" <> 13)");
            }
        }
        List<String> all = new ArrayList<>(columns);
        if (random.nextInt(5) == 0) {
            all.add("g");
            sql.append(", g ").append(strict ? "ANY" : pick(List.of("TEXT", "INTEGER", "REAL", "")));
            sql.append(" GENERATED ALWAYS AS (");
            sql.append(pick(List.of("a || '+'", "length(b)", "a + 1", "coalesce(b, a)", "upper(a)")));
            sql.append(") ").append(pick(List.of("STORED", "VIRTUAL")));
        }
        if (key == 3) {
            unique.addAll(columns.subList(0, 2));
            sql.append(", PRIMARY KEY (").append(columns.get(0)).append(random.nextBoolean() ? " DESC" : "");
            if (random.nextBoolean()) {
                sql.append(", ").append(columns.get(1));
            }
            sql.append(")");
        } else if (random.nextInt(4) == 0) {
            unique.addAll(columns);
            sql.append(", UNIQUE (")
                    .append(columns.get(n - 1))
                    .append(", ")
                    .append(columns.get(0))
                    .append(")");
            if (random.nextBoolean()) {
                sql.append(" ON CONFLICT ").append(pick(List.of("IGNORE", "REPLACE", "ABORT", "FAIL")));
            }
        }
        sql.append(key == 3 ? ") WITHOUT ROWID" : ")");
        statements.add(
                sql.append(strict ? (key == 3 ? ", STRICT" : " STRICT") : "").toString());
        tables.add(new Table(name, columns, all, unique, key != 3, strict));
    }

    private void addIndex(Table table, String name) {
        indexes.add(name);
        boolean isUnique = random.nextInt(5) == 0;
        if (isUnique) {
            table.unique().addAll(table.columns());
        }
        StringBuilder sql = new StringBuilder(isUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
        sql.append(name).append(" ON ").append(table.name()).append("(");
        int n = 1 + random.nextInt(Math.min(3, table.columns().size()));
        List<String> columns = new ArrayList<>(table.all());
        java.util.Collections.shuffle(columns, random);
        for (int i = 0; i < n; i++) {
            String column = columns.get(i);
            sql.append(i == 0 ? "" : ", ");
            sql.append(
                    random.nextInt(10) > 0
                            ? column
                            : pick(List.of("length(" + column + ")", column + " + 1", "lower(" + column + ")")));
            if (random.nextInt(5) == 0) {
                sql.append(" COLLATE ").append(pick(List.of("NOCASE", "RTRIM", "BINARY")));
            }
            if (random.nextInt(4) == 0) {
                sql.append(" DESC");
            }
        }
        sql.append(")");
        if (random.nextInt(5) == 0) {
            sql.append(" WHERE ").append(pick(table.columns())).append(random.nextBoolean() ? " IS NOT NULL" : " > 5");
        }
        statements.add(sql.toString());
    }
}
