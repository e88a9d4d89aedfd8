package dev.verso.compat.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a database at a version. Immutable.
 *
 * @param items the rows of {@code item}
 * @param ledger where each client has a row with the number of its latest transaction
 * @param numbered the rows of an AUTOINCREMENT table, {@link #GONE} for those that were deleted
 * @param parents the rows of {@code parent}
 * @param children rows that refer to parents
 */
record Contents(
        TreeMap<Long, Item> items,
        TreeMap<Long, Long> ledger,
        TreeMap<Long, String> numbered,
        TreeMap<Long, String> parents,
        TreeMap<Long, Child> children) {
    static final String SCHEMA = "CREATE TABLE item(id INTEGER PRIMARY KEY, g INT, u INT UNIQUE, v TEXT);"
            + "CREATE INDEX item_g ON item(g);"
            + "CREATE TABLE ledger(slot INTEGER PRIMARY KEY, txn INT, pad TEXT);"
            + "CREATE TABLE numbered(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);"
            + "CREATE TABLE parent(id INTEGER PRIMARY KEY, v TEXT);"
            + "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INT NOT NULL REFERENCES parent,"
            + " owner INT REFERENCES parent ON DELETE CASCADE);"
            + "CREATE INDEX child_parent ON child(parent);"
            + "CREATE INDEX child_owner ON child(owner)";

    /** All that is neither in {@code item} nor in the ledger, as {@link #otherLines} has it. */
    static final String OTHERS = "SELECT 'n', id, v, '' FROM numbered UNION ALL SELECT 'p', id, v, '' FROM parent"
            + " UNION ALL SELECT 'c', id, parent, owner FROM child UNION ALL SELECT 's', seq, '', '' FROM sqlite_sequence";

    static final String GONE = "gone";

    static final Contents EMPTY =
            new Contents(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    /** A row of {@code item} without its id. */
    record Item(long g, Long u, String v) {}

    /** A row of {@code child} without its id: it keeps its parent from being deleted, and goes with its owner. */
    record Child(long parent, Long owner) {}

    /** As {@code SELECT id, g, u, v FROM item ORDER BY id} shows it. */
    String itemLines() {
        return itemLines(items);
    }

    static String itemLines(Map<Long, Item> items) {
        StringBuilder text = new StringBuilder();
        items.forEach((id, item) -> line(text, id, item));
        return text.toString();
    }

    private static void line(StringBuilder text, long id, Item item) {
        text.append(id).append('|').append(item.g()).append('|').append(item.u());
        text.append('|').append(item.v()).append('\n');
    }

    /** As {@code SELECT slot, txn FROM ledger ORDER BY slot} shows it. */
    String ledgerLines() {
        StringBuilder text = new StringBuilder();
        ledger.forEach((slot, txn) -> text.append(slot).append('|').append(txn).append('\n'));
        return text.toString();
    }

    /** As {@link #OTHERS} shows it. */
    String otherLines() {
        StringBuilder text = new StringBuilder();
        numbered.forEach((id, v) -> {
            if (!v.equals(GONE)) {
                text.append("n|").append(id).append('|').append(v).append("|\n");
            }
        });
        parents.forEach(
                (id, v) -> text.append("p|").append(id).append('|').append(v).append("|\n"));
        children.forEach((id, child) -> text.append("c|")
                .append(id)
                .append('|')
                .append(child.parent())
                .append('|')
                .append(child.owner())
                .append('\n'));
        if (!numbered.isEmpty()) {
            text.append("s|").append(numbered.lastKey()).append("||\n");
        }
        return text.toString();
    }

    /** A child that refers to no parent, or null. */
    Long orphan() {
        for (Map.Entry<Long, Child> each : children.entrySet()) {
            Child child = each.getValue();
            if (!parents.containsKey(child.parent()) || child.owner() != null && !parents.containsKey(child.owner())) {
                return each.getKey();
            }
        }
        return null;
    }
}
