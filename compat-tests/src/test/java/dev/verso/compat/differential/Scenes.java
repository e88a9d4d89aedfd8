package dev.verso.compat.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Short runs of statements that belong together, written down in files: what chance alone would seldom reach. They come in turn, with names and values filled
 * in by chance: {@code {t}} and {@code {u}} are tables, {@code {r}} one with rowids, {@code {c}} and {@code {d}} columns of the first, {@code {e}} one of
 * the second, {@code {i}} an index; {@code {w}} is the next of all soft keywords, {@code {w0}} the one before.
 */
final class Scenes {
    private static final List<List<String>> ALL = new ArrayList<>();
    private static final Pattern HOLE = Pattern.compile("\\{([a-z0-9]+)}");
    private static final List<String> SOFT_KEYWORDS = List.of(
            ("ABORT ACTION AFTER ALWAYS ANALYZE ASC ATTACH BEFORE BEGIN BY CASCADE COLUMN CONFLICT CURRENT DATABASE DEFERRED"
                            + " DESC DETACH DO EACH END EXCLUDE EXCLUSIVE EXPLAIN FAIL FIRST FOLLOWING FOR GENERATED GLOB"
                            + " GROUPS IF IGNORE IMMEDIATE INITIALLY INSTEAD KEY LAST LIKE MATCH MATERIALIZED NO NULLS OF"
                            + " OFFSET OTHERS PARTITION PLAN PRAGMA PRECEDING QUERY RANGE RECURSIVE REGEXP REINDEX RELEASE"
                            + " RENAME REPLACE RESTRICT ROLLBACK ROW ROWS SAVEPOINT TEMP TEMPORARY TIES TRIGGER UNBOUNDED"
                            + " VACUUM VIEW VIRTUAL WITH WITHOUT")
                    .split(" "));
    private static final List<String> JOIN_WORDS =
            List.of("cross", "full", "inner", "left", "natural", "outer", "right");
    private static final List<String> TERM_WORDS =
            List.of("cast", "current_date", "current_time", "current_timestamp", "raise");
    private static final List<String> RESOLUTIONS = List.of("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE");
    private static final List<String> NUMBERS =
            List.of("0", "1", "-1", "0.5", "-0.25", "2", "3.75", "'0.125'", "NULL", "'x'", "1e3", "x'31'", "-7", "100");
    private static final List<String> TEXTS = List.of(
            "'abc'",
            "'Hello World'",
            "'a'",
            "''",
            "'  x y '",
            "'éa'",
            "'12.5'",
            "'a%b_'",
            "'[a-c]*'",
            "NULL",
            "'xyz xyz'",
            "'aAbB'",
            "42",
            "'b'");
    private static final List<String> TIMES = List.of(
            "'2024-02-29'",
            "'2023-12-31 23:59:59.999'",
            "'2000-01-01T12:30'",
            "'12:34:56.789'",
            "2460000.5",
            "1700000000",
            "'-4713-11-24 12:00:00'",
            "'1999-05-06 07:08:09+05:30'",
            "NULL",
            "'nothing'");
    private static final List<String> MODIFIERS = List.of(
            "'+1 day'",
            "'-1 month'",
            "'+1.5 days'",
            "'start of month'",
            "'start of year'",
            "'start of day'",
            "'weekday 3'",
            "'unixepoch'",
            "'julianday'",
            "'auto'",
            "'subsec'",
            "'+01:30'",
            "'ceiling'",
            "'floor'",
            "'utc'",
            "'10 hours'",
            "'+0001-02-03 04:05'");
    private static final List<String> JSON = List.of(
            "'{\"a\":[1,2.50,\"x\",null],\"b\":{\"c\":true}}'",
            "'[1,[2,3],{\"k\":\"v\"}]'",
            "'{a:1,b:[0x1F,+5,.5,Infinity]}'",
            "'\"text\"'",
            "'17'",
            "'[1,2'",
            "'{\"a\":{\"a\":{\"a\":[]}},\"\":\"é\\n\"}'",
            "NULL",
            "'[]'",
            "'{}'",
            "jsonb('{\"a\":[5,6],\"k\":null}')",
            "jsonb('[1,2,3]')");
    private static final List<String> PATHS = List.of(
            "'$'",
            "'$.a'",
            "'$.a[1]'",
            "'$[0]'",
            "'$[#-1]'",
            "'$.b.c'",
            "'$.\"a\"'",
            "'$.a[#]'",
            "'nopath'",
            "'$.k'",
            "NULL");
    private static final List<String> SMALL = List.of(
            "length(quote(%s)) %% 7", "instr('abcdef', typeof(%s)) + 3", "length(%s) %% 5", "unicode(quote(%s)) %% 10");

    static {
        for (String file : List.of("functions", "queries", "writes", "pragmas")) {
            read("scenes-" + file + ".sql");
        }
    }

    private final Random random;
    private final RandomSchema schema;
    private final StatementGenerator basics;
    private final OddExpressions odd;
    private final Deque<String> waiting = new ArrayDeque<>();
    private RandomSchema.Table table;
    private RandomSchema.Table other;
    private String keyword = "temp";

    /** The state of a turn that goes on from one schema to the next. */
    static final class Turn {
        private int scene;
        private int keyword;
        private int resolution;

        /** @param start which scene comes first */
        Turn(long start) {
            scene = (int) Math.floorMod(start, (long) ALL.size());
            keyword = (int) Math.floorMod(start * 5, (long) SOFT_KEYWORDS.size());
            resolution = (int) Math.floorMod(start, 5L);
        }
    }

    private final Turn turn;

    Scenes(Random random, RandomSchema schema, StatementGenerator basics, Turn turn) {
        this.random = random;
        this.schema = schema;
        this.basics = basics;
        this.turn = turn;
        odd = new OddExpressions(random, basics);
    }

    /** How many scenes there are. */
    static int count() {
        return ALL.size();
    }

    private static void read(String file) {
        try (InputStream in = Scenes.class.getResourceAsStream("/dev/verso/compat/differential/" + file)) {
            List<String> scene = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.isBlank() && !scene.isEmpty()) {
                    ALL.add(scene);
                    scene = new ArrayList<>();
                } else if (!line.isBlank() && !line.startsWith("--")) {
                    scene.add(line);
                }
            }
            if (!scene.isEmpty()) {
                ALL.add(scene);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a scene goes on. */
    boolean isRunning() {
        return !waiting.isEmpty();
    }

    /** The next statement of the scene, or the first of the next one. */
    String next() {
        if (waiting.isEmpty()) {
            waiting.addAll(ALL.get(turn.scene));
            turn.scene = (turn.scene + 1) % ALL.size();
            table = pick(schema.tables);
            other = pick(schema.tables);
        }
        Matcher holes = HOLE.matcher(waiting.remove());
        StringBuilder sql = new StringBuilder();
        while (holes.find()) {
            holes.appendReplacement(sql, Matcher.quoteReplacement(filled(holes.group(1))));
        }
        return holes.appendTail(sql).toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private RandomSchema.Table withRowid() {
        return schema.tables.stream()
                .filter(RandomSchema.Table::hasRowid)
                .findFirst()
                .orElse(null);
    }

    private String filled(String hole) {
        return switch (hole) {
            case "t" -> table.name();
            case "u" -> other.name();
            case "r" -> {
                // columns that follow are meant to be its own
                RandomSchema.Table rowids = table.hasRowid() ? table : withRowid();
                yield rowids == null ? table.name() : rowids.name();
            }
            case "c", "d" -> pick(table.all().subList(0, Math.min(2, table.all().size())));
            case "e" -> pick(other.all());
            case "i" -> schema.indexes.isEmpty() ? "noindex" : pick(schema.indexes);
            case "w", "w2" -> {
                turn.keyword = (turn.keyword + 1) % SOFT_KEYWORDS.size();
                keyword = SOFT_KEYWORDS.get(turn.keyword);
                yield keyword;
            }
            case "w0" -> keyword;
            case "j" -> pick(JOIN_WORDS);
            case "k" -> pick(TERM_WORDS);
            case "v" -> pick(List.of("abort", "key", "row", "offset", "nothere"));
            case "res" -> {
                turn.resolution = (turn.resolution + 1) % RESOLUTIONS.size();
                yield RESOLUTIONS.get(turn.resolution);
            }
            case "n" -> String.valueOf(random.nextInt(5));
            case "lit" -> basics.literal();
            case "edge" -> odd.edge();
            case "expr" -> basics.expression(table.all(), 1);
            case "cond" -> basics.condition(table.all(), 1);
            case "num" -> pick(NUMBERS);
            case "text" -> pick(TEXTS);
            case "time" -> pick(TIMES);
            case "mod" -> pick(MODIFIERS);
            case "json" -> pick(JSON);
            case "path" -> pick(PATHS);
            case "small" -> String.format(pick(SMALL), pick(table.all().subList(0, 2)));
            default -> throw new IllegalArgumentException("no such hole: " + hole);
        };
    }
}
