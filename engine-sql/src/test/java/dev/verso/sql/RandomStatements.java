package dev.verso.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up schemas and statements that write: constraints of all kinds, conflict clauses, upserts, RETURNING, transactions. */
final class RandomStatements {
    private static final String[] TYPES = {"INT", "INTEGER", "TEXT", "REAL", "BLOB", "", "NUMERIC", "VARCHAR(10)"};
    private static final String[] CONFLICTS = {
        "", "", "", " OR IGNORE", " OR REPLACE", " OR FAIL", " OR ABORT", " OR ROLLBACK"
    };
    private static final String[] COLLATIONS = {"", "", "", " COLLATE NOCASE", " COLLATE RTRIM"};

    private final Random random;
    private final List<String> tables = new ArrayList<>();
    private final List<List<String>> columns = new ArrayList<>();
    private final List<Boolean> withoutRowid = new ArrayList<>();
    private int nextName;

    RandomStatements(long seed) {
        random = new Random(seed);
    }

    String next() {
        if (tables.isEmpty() || chance(3) && tables.size() < 5) {
            return createTable();
        }
        int kind = random.nextInt(100);
        if (kind < 40) {
            return insert();
        } else if (kind < 60) {
            return update();
        } else if (kind < 70) {
            return delete();
        } else if (kind < 76) {
            return createIndex();
        } else if (kind < 84) {
            return "SELECT * FROM " + table() + " ORDER BY 1, 2, 3";
        } else if (kind < 86) {
            return "DROP INDEX IF EXISTS i" + random.nextInt(Math.max(1, nextName));
        } else if (kind < 87 && tables.size() > 2) {
            int which = random.nextInt(tables.size());
            columns.remove(which);
            withoutRowid.remove(which);
            return "DROP TABLE " + tables.remove(which);
        }
        return transaction();
    }

    private String transaction() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> "BEGIN";
            case 2, 3 -> "COMMIT";
            case 4 -> "ROLLBACK";
            case 5 -> "SAVEPOINT s" + random.nextInt(3);
            case 6 -> "RELEASE s" + random.nextInt(3);
            default -> "ROLLBACK TO s" + random.nextInt(3);
        };
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String onConflict() {
        return chance(25) ? " ON CONFLICT " + one(new String[] {"IGNORE", "REPLACE", "FAIL", "ABORT", "ROLLBACK"}) : "";
    }

    // ---- schema

    private String createTable() {
        String name = "t" + nextName++;
        List<String> names = new ArrayList<>();
        int count = 3 + random.nextInt(4);
        boolean withoutRowid = chance(25);
        boolean rowidKey = !withoutRowid && chance(50);
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + "(");
        for (int i = 0; i < count; i++) {
            String column = "c" + i;
            names.add(column);
            sql.append(i == 0 ? "" : ", ").append(column).append(' ');
            if (i == 0 && rowidKey) {
                sql.append("INTEGER PRIMARY KEY")
                        .append(onConflict())
                        .append(chance(30) && !sql.toString().contains("CONFLICT") ? " AUTOINCREMENT" : "");
                continue;
            }
            sql.append(one(TYPES)).append(one(COLLATIONS));
            if (chance(20)) {
                sql.append(" NOT NULL").append(onConflict());
            }
            if (chance(15)) {
                sql.append(" UNIQUE").append(onConflict());
            }
            if (chance(30)) {
                sql.append(" DEFAULT ").append(literal());
            }
            if (chance(10)) {
                sql.append(" CHECK(").append(column).append(" <> 7)");
            }
        }
        if (chance(20)) {
            sql.append(", g GENERATED ALWAYS AS (c1 || '-' || c2)").append(chance(50) ? " STORED" : "");
        }
        if (withoutRowid) {
            sql.append(", PRIMARY KEY(c1")
                    .append(chance(50) ? ", c0" : "")
                    .append(chance(20) ? " DESC" : "")
                    .append(")");
        } else if (!rowidKey && chance(40)) {
            sql.append(", PRIMARY KEY(c2, c1)").append(onConflict());
        }
        if (chance(25)) {
            sql.append(", UNIQUE(c1, c2)").append(onConflict());
        }
        tables.add(name);
        this.withoutRowid.add(withoutRowid);
        columns.add(names);
        return sql + ")" + (withoutRowid ? " WITHOUT ROWID" : "");
    }

    private String createIndex() {
        int which = random.nextInt(tables.size());
        String term = column(which) + one(COLLATIONS) + (chance(25) ? " DESC" : "");
        if (chance(15)) {
            term = "lower(" + column(which) + ")";
        }
        String second = chance(40) ? ", " + column(which) : "";
        String where = chance(25) ? " WHERE " + condition(which) : "";
        return "CREATE " + (chance(35) ? "UNIQUE " : "") + "INDEX i" + nextName++ + " ON " + tables.get(which) + "("
                + term + second + ")" + where;
    }

    // ---- writes

    private String table() {
        return tables.get(random.nextInt(tables.size()));
    }

    private String column(int which) {
        return columns.get(which).get(random.nextInt(columns.get(which).size()));
    }

    private String literal() {
        return switch (random.nextInt(12)) {
            case 0 -> "NULL";
            case 1, 2, 3, 4 -> String.valueOf(random.nextInt(12));
            case 5 -> "'" + random.nextInt(9) + "'";
            case 6 -> one(new String[] {"'a'", "'A'", "'b '", "'b'", "''"});
            case 7 -> random.nextInt(5) + ".5";
            case 8 -> random.nextInt(5) + ".0";
            case 9 -> one(new String[] {"x'61'", "x''"});
            case 10 -> "-" + random.nextInt(5);
            default -> "'text" + random.nextInt(30) + "'";
        };
    }

    private String condition(int which) {
        String column = column(which);
        return switch (random.nextInt(6)) {
            case 0 -> column + " IS NULL";
            case 1 -> column + " > " + literal();
            case 2 -> column + " IN (" + literal() + ", " + literal() + ")";
            case 3 -> column + " BETWEEN 2 AND 6";
            case 4 -> column + " = " + literal() + " OR " + column(which) + " = " + literal();
            default -> column + " = " + literal();
        };
    }

    private String insert() {
        int which = random.nextInt(tables.size());
        List<String> names = columns.get(which);
        String target = tables.get(which);
        StringBuilder sql = new StringBuilder("INSERT")
                .append(one(CONFLICTS))
                .append(" INTO ")
                .append(target);
        if (chance(10)) {
            List<String> all = names;
            return sql + "(" + String.join(", ", all) + ") SELECT " + String.join(", ", shuffledValues(which))
                    + " FROM " + target + " WHERE " + condition(which) + " ORDER BY 1, 2, 3 LIMIT 5";
        }
        sql.append("(").append(String.join(", ", names)).append(") VALUES");
        int rows = chance(70) ? 1 : 2 + random.nextInt(4);
        for (int r = 0; r < rows; r++) {
            sql.append(r == 0 ? " (" : ", (");
            for (int i = 0; i < names.size(); i++) {
                sql.append(i == 0 ? "" : ", ").append(i == 0 && chance(40) ? "NULL" : literal());
            }
            sql.append(")");
        }
        boolean plain = sql.indexOf(" OR ") < 0;
        if (plain && chance(25)) {
            sql.append(" ON CONFLICT");
            if (chance(60)) {
                sql.append(" DO NOTHING");
            } else {
                sql.append(" DO UPDATE SET ")
                        .append(names.get(1))
                        .append(" = excluded.")
                        .append(names.get(2));
                sql.append(chance(30) ? " WHERE " + target + "." + names.get(1) + " IS NOT NULL" : "");
            }
        }
        if (chance(10)) {
            sql.append(" RETURNING *");
        }
        return sql.toString();
    }

    private List<String> shuffledValues(int which) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.get(which).size(); i++) {
            values.add(chance(30) ? literal() : column(which));
        }
        return values;
    }

    private String update() {
        int which = random.nextInt(tables.size());
        // Which rows FAIL and IGNORE spare depends on the order of the scan, which over WITHOUT ROWID tables is the
        // planner's own.
        String conflict = withoutRowid.get(which) ? "" : one(CONFLICTS);
        StringBuilder sql = new StringBuilder("UPDATE")
                .append(conflict)
                .append(' ')
                .append(tables.get(which))
                .append(" SET ");
        String column = column(which);
        sql.append(column).append(" = ").append(value(which, column));
        String other = column(which);
        if (chance(30) && !other.equals(column)) {
            sql.append(", ").append(other).append(" = ").append(value(which, other));
        }
        if (!chance(10)) {
            sql.append(" WHERE ").append(condition(which));
        }
        if (chance(10)) {
            sql.append(" RETURNING *");
        }
        return sql.toString();
    }

    private String value(int which, String column) {
        return switch (random.nextInt(5)) {
            case 0 -> column + " + 1";
            case 1 -> column(which);
            case 2 -> column + " || 'x'";
            default -> literal();
        };
    }

    private String delete() {
        int which = random.nextInt(tables.size());
        if (chance(5)) {
            return "DELETE FROM " + tables.get(which);
        }
        return "DELETE FROM " + tables.get(which) + " WHERE " + condition(which) + (chance(10) ? " RETURNING *" : "");
    }
}
