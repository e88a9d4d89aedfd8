package dev.verso.compat.differential;

import java.util.List;
import java.util.Random;

/** Window functions, triggers that keep a journal, ALTER TABLE of a table that nothing else needs, JSON. */
final class NewerStatements {
    private final Random random;
    private final RandomSchema schema;
    private final StatementGenerator basics;

    NewerStatements(Random random, RandomSchema schema, StatementGenerator basics) {
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

    String next() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> window();
            case 3, 4 -> trigger();
            case 5 -> alter();
            default -> json();
        };
    }

    /** Frames by value: rows that sort as equal are in a frame together, so that their order does not matter. */
    private String window() {
        RandomSchema.Table table = pick(schema.tables);
        List<String> all = table.all();
        String a = pick(all);
        String call = pick(List.of(
                "rank()",
                "dense_rank()",
                "percent_rank()",
                "cume_dist()",
                "count(*)",
                "count(" + a + ")",
                "min(typeof(" + a + "))",
                "max(length(" + a + "))",
                "sum(length(" + a + "))",
                "total(length(" + a + "))",
                "avg(length(" + a + "))"));
        String frame = pick(List.of(
                "",
                "",
                " RANGE UNBOUNDED PRECEDING",
                " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                " GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
                " GROUPS BETWEEN 2 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW",
                " GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE GROUP",
                " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES"));
        String order = "ORDER BY " + pick(all) + pick(List.of("", " DESC", " NULLS LAST", " COLLATE NOCASE"));
        String filter = call.endsWith(")") && !call.contains("rank") && !call.contains("dist") && chance(15)
                ? " FILTER (WHERE " + basics.condition(all, 1) + ")"
                : "";
        String partition = chance(40) ? "PARTITION BY " + pick(all) + " " : "";
        return "SELECT " + pick(all) + ", " + call + filter + " OVER (" + partition + order + frame + ") FROM "
                + table.name() + (chance(40) ? " WHERE " + basics.condition(all, 2) : "");
    }

    private String trigger() {
        RandomSchema.Table table = pick(schema.tables);
        String name = "note" + random.nextInt(3);
        String column = pick(table.columns());
        return switch (random.nextInt(8)) {
            case 0 -> "CREATE TABLE IF NOT EXISTS journal(what, value)";
            case 1 -> "DROP TRIGGER " + pick(List.of("", "IF EXISTS ")) + name;
            case 2 -> "SELECT what, value, count(*) FROM journal GROUP BY 1, 2";
            case 3 -> "DELETE FROM journal";
            default -> {
                String event = pick(List.of("INSERT", "UPDATE", "DELETE", "UPDATE OF " + column));
                String row = event.equals("DELETE") ? "old." : "new.";
                yield "CREATE TRIGGER " + name + " " + pick(List.of("BEFORE", "AFTER")) + " " + event + " ON "
                        + table.name()
                        + (chance(40)
                                ? " WHEN " + row + column + pick(List.of(" > 5", " IS NOT NULL", " LIKE '%a%'"))
                                : "")
                        + " BEGIN INSERT INTO journal VALUES ('" + event.charAt(0) + "', " + row + column + "); "
                        + pick(List.of(
                                "",
                                "",
                                "SELECT RAISE(IGNORE) WHERE " + row + column + " = 7; ",
                                "SELECT RAISE(ABORT, 'refused') WHERE " + row + column + " = 11; ",
                                "DELETE FROM journal WHERE value = 3; ",
                                "UPDATE journal SET value = typeof(value) WHERE what = 'D'; "))
                        + "END";
            }
        };
    }

    private String alter() {
        return pick(List.of(
                "CREATE TABLE IF NOT EXISTS plastic(p INTEGER PRIMARY KEY, q TEXT, r DEFAULT 5)",
                "CREATE INDEX IF NOT EXISTS plastic_q ON plastic(q)",
                "INSERT INTO plastic(q) VALUES (" + basics.literal() + ")",
                "ALTER TABLE plastic ADD COLUMN s" + random.nextInt(3) + " DEFAULT " + basics.literal(),
                "ALTER TABLE plastic RENAME COLUMN q TO qq",
                "ALTER TABLE plastic RENAME COLUMN qq TO q",
                "ALTER TABLE plastic DROP COLUMN s" + random.nextInt(3),
                "ALTER TABLE plastic DROP COLUMN q",
                "ALTER TABLE plastic RENAME TO rubber",
                "ALTER TABLE rubber RENAME TO plastic",
                "ALTER TABLE plastic ADD COLUMN t UNIQUE",
                "SELECT * FROM plastic",
                "SELECT sql FROM sqlite_schema WHERE name LIKE 'plastic%'"));
    }

    private String json() {
        RandomSchema.Table table = pick(schema.tables);
        String a = chance(50)
                ? pick(table.all())
                : pick(List.of(
                        "'{\"a\":[1,2.50,\"x\",null],\"b\":{\"c\":true}}'",
                        "'[1,[2,3],{\"k\":\"v\"}]'",
                        "'{a:1,}'",
                        "'\"text\"'",
                        "'17'",
                        "'[1,2'",
                        "NULL"));
        String path = pick(List.of("'$'", "'$.a'", "'$.a[1]'", "'$[0]'", "'$[#-1]'", "'$.b.c'", "'nopath'", "NULL"));
        String b = pick(List.of(pick(table.all()), "1", "'x'", "json('[7]')", "NULL", "2.5"));
        String call = pick(List.of(
                "json_valid(" + a + ")",
                "json_type(CASE WHEN json_valid(" + a + ") THEN " + a + " END)",
                "json(" + a + ")",
                "json_extract(" + a + ", " + path + ")",
                a + " -> " + path,
                a + " ->> " + path,
                "json_quote(" + b + ")",
                "json_array(" + b + ", " + b + ")",
                "json_object('k', " + b + ")",
                "json_set(" + a + ", " + path + ", " + b + ")",
                "json_insert(" + a + ", " + path + ", " + b + ")",
                "json_replace(" + a + ", " + path + ", " + b + ")",
                "json_remove(" + a + ", " + path + ")",
                "json_array_length(" + a + ")",
                "json_patch(" + a + ", '{\"z\":1}')",
                "json_error_position(" + a + ")"));
        return "SELECT " + call + " FROM " + table.name();
    }
}
