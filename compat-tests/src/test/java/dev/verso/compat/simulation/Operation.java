package dev.verso.compat.simulation;

import dev.verso.compat.simulation.Contents.Child;
import dev.verso.compat.simulation.Contents.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A statement of a client.
 *
 * @param sql the statement; {@code %s} stands for the schema's name
 * @param effect what it does
 * @param choosesRowid the engine chooses the id of a row: then {@link #withRowid} says what was done
 */
record Operation(String sql, Effect effect, boolean isQuery, Chosen choosesRowid) {
    /** Ids of rows are below this, but for those that the engine has chosen. */
    static final int MOST_ID = 400;

    /** The answer to a statement that a foreign key forbids. */
    static final String FORBIDDEN = "FOREIGN KEY constraint failed";

    private static final int MOST_PARENTS = 12;
    private static final int MOST_CHILDREN = 40;

    /** What an insertion does that gets this id. */
    interface Chosen {
        String on(Draft draft, long id);
    }

    /** What a statement does to the contents, and what it answers. */
    interface Effect {
        String on(Draft draft);
    }

    private static Operation query(String sql, Effect effect) {
        return new Operation(sql, effect, true, null);
    }

    private static Operation change(String sql, Effect effect) {
        return new Operation(sql, effect, false, null);
    }

    /** The client's signature under its transaction. */
    static Operation sign(long slot, long txn) {
        return change(
                "INSERT OR REPLACE INTO %s.ledger VALUES (" + slot + ", " + txn + ", hex(zeroblob(" + (slot % 7) * 20
                        + ")))",
                draft -> {
                    draft.sign(slot, txn);
                    return "";
                });
    }

    /** What an insertion has done that got this id. */
    Operation withRowid(long id) {
        return change(sql, draft -> choosesRowid.on(draft, id));
    }

    static Operation random(SplittableRandom random, long txn) {
        return switch (random.nextInt(29)) {
            case 0, 1, 2 -> get(id(random));
            case 3, 4 -> range(id(random), random.nextInt(40));
            case 5 -> group(random.nextInt(8));
            case 6 -> count();
            case 7, 8, 9 -> put(id(random), item(random, txn), random.nextBoolean() ? "REPLACE" : "IGNORE");
            case 10, 11, 12 -> update(id(random), "t" + txn + "." + "x".repeat(random.nextInt(80)));
            case 13 -> regroup(id(random), random.nextInt(20));
            case 14 -> delete(id(random), random.nextInt(8) == 0 ? random.nextInt(40) : 0);
            case 15, 16, 17 -> append(item(random, txn));
            case 18 -> undone(id(random));
            case 19, 20 -> number("t" + txn);
            case 21 -> random.nextBoolean() ? largestNumber() : removeNumber(1 + random.nextInt(30));
            case 22 -> putParent(parent(random), "t" + txn);
            case 23, 24 ->
                putChild(child(random), parent(random), random.nextInt(3) == 0 ? (Long) parent(random) : null);
            case 25 -> removeParent(parent(random));
            case 26 -> random.nextBoolean() ? moveChild(child(random), parent(random)) : removeChild(child(random));
            case 27 -> childrenOf(parent(random));
            default -> random.nextInt(6) == 0 ? schema(random.nextBoolean()) : get(id(random));
        };
    }

    private static int id(SplittableRandom random) {
        // Some rows are in more demand than others.
        return random.nextInt(3) == 0 ? 1 + random.nextInt(12) : 1 + random.nextInt(MOST_ID);
    }

    private static Item item(SplittableRandom random, long txn) {
        Long u = random.nextInt(3) == 0 ? (long) random.nextInt(100) : null;
        return new Item(random.nextInt(8), u, "t" + txn + "." + "y".repeat(random.nextInt(60)));
    }

    private static Operation get(long id) {
        return range(id, 0);
    }

    private static Operation range(long from, int span) {
        return query(
                "SELECT id, g, u, v FROM %s.item WHERE id BETWEEN " + from + " AND " + (from + span) + " ORDER BY id",
                draft -> Contents.itemLines(draft.items().rows().subMap(from, true, from + span, true)));
    }

    private static Operation group(long g) {
        return query("SELECT count(*), sum(id) FROM %s.item WHERE g = " + g, draft -> {
            long count = 0;
            long sum = 0;
            for (Map.Entry<Long, Item> each : draft.items().rows().entrySet()) {
                if (each.getValue().g() == g) {
                    count++;
                    sum += each.getKey();
                }
            }
            return count + "|" + (count == 0 ? "null" : sum) + "\n";
        });
    }

    private static Operation count() {
        return query(
                "SELECT count(*), max(id) FROM %s.item",
                draft -> draft.items().rows().size() + "|"
                        + (draft.items().rows().isEmpty()
                                ? "null"
                                : draft.items().rows().lastKey()) + "\n");
    }

    private static Operation put(long id, Item item, String otherwise) {
        return change("INSERT OR " + otherwise + " INTO %s.item VALUES (" + id + ", " + values(item) + ")", draft -> {
            boolean isFree =
                    !draft.items().rows().containsKey(id) && (item.u() == null || draft.withUnique(item.u()) == null);
            if (isFree || otherwise.equals("REPLACE")) {
                draft.put(id, item);
            }
            return "";
        });
    }

    private static String values(Item item) {
        return item.g() + ", " + item.u() + ", '" + item.v() + "'";
    }

    private static Operation append(Item item) {
        Item free = new Item(item.g(), null, item.v());
        return new Operation("INSERT INTO %s.item(g, u, v) VALUES (" + values(free) + ")", null, false, (draft, id) -> {
            if (draft.items().rows().containsKey(id)) {
                return "the id " + id + " is taken";
            }
            draft.put(id, free);
            return "";
        });
    }

    private static Operation update(long id, String v) {
        return change("UPDATE %s.item SET v = '" + v + "' WHERE id = " + id, draft -> {
            Item before = draft.items().rows().get(id);
            if (before != null) {
                draft.put(id, new Item(before.g(), before.u(), v));
            }
            return "";
        });
    }

    private static Operation regroup(long from, int span) {
        return change(
                "UPDATE %s.item SET g = (g + 1) % 8 WHERE id BETWEEN ".replace("% 8", "%% 8") + from + " AND "
                        + (from + span),
                draft -> {
                    TreeMap<Long, Item> some =
                            new TreeMap<>(draft.items().rows().subMap(from, true, from + span, true));
                    some.forEach((id, item) -> draft.put(id, new Item((item.g() + 1) % 8, item.u(), item.v())));
                    return "";
                });
    }

    private static Operation delete(long from, int span) {
        return change("DELETE FROM %s.item WHERE id BETWEEN " + from + " AND " + (from + span), draft -> {
            List<Long> ids = new ArrayList<>(
                    draft.items().rows().subMap(from, true, from + span, true).keySet());
            ids.forEach(draft.items()::remove);
            return "";
        });
    }

    /** Writes that a savepoint takes back. */
    private static Operation undone(long id) {
        return change(
                "SAVEPOINT s; UPDATE %1$s.item SET v = 'undone' WHERE id >= " + id
                        + "; DELETE FROM %1$s.item WHERE id = 3; ROLLBACK TO s; RELEASE s",
                draft -> "");
    }

    // ---- AUTOINCREMENT

    private static Operation number(String v) {
        return new Operation("INSERT INTO %s.numbered(v) VALUES ('" + v + "')", null, false, (draft, id) -> {
            if (draft.numbered().rows().containsKey(id)) {
                return "the number " + id + " has been there before";
            }
            draft.numbered().put(id, v);
            return "";
        });
    }

    /** True if the engine chooses an id that is larger than all before. */
    boolean isNumbered() {
        return sql.startsWith("INSERT INTO %s.numbered");
    }

    private static Operation removeNumber(long id) {
        return change("DELETE FROM %s.numbered WHERE id = " + id, draft -> {
            draft.removeNumbered(id);
            return "";
        });
    }

    private static Operation largestNumber() {
        return query(
                "SELECT seq FROM %s.sqlite_sequence WHERE name = 'numbered'",
                draft -> draft.largestNumber() == 0 ? "" : draft.largestNumber() + "\n");
    }

    // ---- foreign keys

    private static long parent(SplittableRandom random) {
        return 1 + random.nextInt(MOST_PARENTS);
    }

    private static long child(SplittableRandom random) {
        return 1 + random.nextInt(MOST_CHILDREN);
    }

    private static Operation putParent(long id, String v) {
        return change("INSERT OR IGNORE INTO %s.parent VALUES (" + id + ", '" + v + "')", draft -> {
            if (!draft.parents().rows().containsKey(id)) {
                draft.parents().put(id, v);
            }
            return "";
        });
    }

    private static Operation removeParent(long id) {
        return change("DELETE FROM %s.parent WHERE id = " + id, draft -> draft.removeParent(id) ? "" : FORBIDDEN);
    }

    private static Operation putChild(long id, long parent, Long owner) {
        return change("INSERT OR IGNORE INTO %s.child VALUES (" + id + ", " + parent + ", " + owner + ")", draft -> {
            if (draft.children().rows().containsKey(id)) {
                return "";
            }
            TreeMap<Long, String> parents = draft.parents().rows();
            if (!parents.containsKey(parent) || owner != null && !parents.containsKey(owner)) {
                return FORBIDDEN;
            }
            draft.children().put(id, new Child(parent, owner));
            return "";
        });
    }

    private static Operation moveChild(long id, long parent) {
        return change("UPDATE %s.child SET parent = " + parent + " WHERE id = " + id, draft -> {
            Child before = draft.children().rows().get(id);
            if (before == null) {
                return "";
            }
            if (!draft.parents().rows().containsKey(parent)) {
                return FORBIDDEN;
            }
            draft.children().put(id, new Child(parent, before.owner()));
            return "";
        });
    }

    private static Operation removeChild(long id) {
        return change("DELETE FROM %s.child WHERE id = " + id, draft -> {
            draft.children().remove(id);
            return "";
        });
    }

    private static Operation childrenOf(long parent) {
        return query(
                "SELECT count(*), (SELECT v FROM %1$s.parent WHERE id = " + parent + ") FROM %1$s.child WHERE parent = "
                        + parent,
                draft -> draft.children().rows().values().stream()
                                .filter(child -> child.parent() == parent)
                                .count()
                        + "|" + draft.parents().rows().get(parent) + "\n");
    }

    // ---- the schema and much at once

    /** An index that comes and goes; no answer depends on it. */
    private static Operation schema(boolean create) {
        return change(
                create ? "CREATE INDEX IF NOT EXISTS %s.item_v ON item(v)" : "DROP INDEX IF EXISTS %s.item_v",
                draft -> "");
    }

    /** Many rows at once: more than goes in one transaction of the store, if the rows are wide enough. */
    static Operation bulk(SplittableRandom random, long txn, int rows, int width) {
        long from = 1_000 + 100L * random.nextInt(3);
        String v = "t" + txn + "." + "z".repeat(width);
        return change(
                "INSERT OR REPLACE INTO %s.item SELECT value, 3, NULL, '" + v + "' FROM generate_series(" + from + ", "
                        + (from + rows - 1) + ")",
                draft -> {
                    for (long id = from; id < from + rows; id++) {
                        draft.put(id, new Item(3, null, v));
                    }
                    return "";
                });
    }

    String in(String schema) {
        return String.format(sql, schema);
    }
}
