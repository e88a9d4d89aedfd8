package dev.verso.compat.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a database at a version: the rows of {@code item}, and of {@code ledger}, where each client has a row with the number of its
 * latest transaction. Immutable.
 */
record Contents(TreeMap<Long, Item> items, TreeMap<Long, Long> ledger) {
    static final String SCHEMA = "CREATE TABLE item(id INTEGER PRIMARY KEY, g INT, u INT UNIQUE, v TEXT);"
            + "CREATE INDEX item_g ON item(g);"
            + "CREATE TABLE ledger(slot INTEGER PRIMARY KEY, txn INT, pad TEXT)";

    static final Contents EMPTY = new Contents(new TreeMap<>(), new TreeMap<>());

    /** A row of {@code item} without its id. */
    record Item(long g, Long u, String v) {}

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
}
