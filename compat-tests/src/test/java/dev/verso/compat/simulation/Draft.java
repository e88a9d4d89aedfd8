package dev.verso.compat.simulation;

import dev.verso.compat.simulation.Contents.Item;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Contents that a transaction is changing. */
final class Draft {
    private final TreeMap<Long, Item> items;
    private final TreeMap<Long, Long> ledger;
    private final TreeSet<Long> touchedItems = new TreeSet<>();
    private final TreeSet<Long> touchedSlots = new TreeSet<>();

    Draft(Contents base) {
        items = new TreeMap<>(base.items());
        ledger = new TreeMap<>(base.ledger());
    }

    TreeMap<Long, Item> items() {
        return items;
    }

    /** Sets a row as INSERT OR REPLACE does: what has the same u goes. */
    void put(long id, Item item) {
        Long taken = item.u() == null ? null : withUnique(item.u());
        if (taken != null && taken != id) {
            remove(taken);
        }
        items.put(id, item);
        touchedItems.add(id);
    }

    void remove(long id) {
        if (items.remove(id) != null) {
            touchedItems.add(id);
        }
    }

    /** The row that has this u, or null. */
    Long withUnique(long u) {
        for (Map.Entry<Long, Item> each : items.entrySet()) {
            if (each.getValue().u() != null && each.getValue().u() == u) {
                return each.getKey();
            }
        }
        return null;
    }

    void sign(long slot, long txn) {
        ledger.put(slot, txn);
        touchedSlots.add(slot);
    }

    Contents contents() {
        return new Contents(items, ledger);
    }

    /** True if both changed the same row. */
    boolean meets(Draft other) {
        return touchedItems.stream().anyMatch(other.touchedItems::contains)
                || touchedSlots.stream().anyMatch(other.touchedSlots::contains);
    }

    /** Does to this draft what was done to another. */
    void follow(Draft other) {
        for (long id : other.touchedItems) {
            Item item = other.items.get(id);
            if (item == null) {
                items.remove(id);
            } else {
                items.put(id, item);
            }
            touchedItems.add(id);
        }
        for (long slot : other.touchedSlots) {
            ledger.put(slot, other.ledger.get(slot));
            touchedSlots.add(slot);
        }
    }

    /** True if none of the rows that this draft has changed differ between these contents. */
    boolean isUnmetBetween(Contents base, Contents before) {
        return touchedItems.stream()
                        .allMatch(id -> Objects.equals(
                                base.items().get(id), before.items().get(id)))
                && touchedSlots.stream()
                        .allMatch(slot -> Objects.equals(
                                base.ledger().get(slot), before.ledger().get(slot)));
    }

    boolean isUntouched() {
        return touchedItems.isEmpty() && touchedSlots.isEmpty();
    }
}
