package dev.verso.compat.simulation;

import dev.verso.compat.simulation.Contents.Child;
import dev.verso.compat.simulation.Contents.Item;
import java.util.ArrayList;
import java.util.Map;

/** Contents that a transaction is changing. */
final class Draft {
    private final DraftTable<Item> items;
    private final DraftTable<Long> ledger;
    private final DraftTable<String> numbered;
    private final DraftTable<String> parents;
    private final DraftTable<Child> children;

    Draft(Contents base) {
        items = new DraftTable<>(base.items());
        ledger = new DraftTable<>(base.ledger());
        numbered = new DraftTable<>(base.numbered());
        parents = new DraftTable<>(base.parents());
        children = new DraftTable<>(base.children());
    }

    DraftTable<Item> items() {
        return items;
    }

    DraftTable<String> numbered() {
        return numbered;
    }

    DraftTable<String> parents() {
        return parents;
    }

    DraftTable<Child> children() {
        return children;
    }

    /** Sets a row as INSERT OR REPLACE does: what has the same u goes. */
    void put(long id, Item item) {
        Long taken = item.u() == null ? null : withUnique(item.u());
        if (taken != null && taken != id) {
            items.remove(taken);
        }
        items.put(id, item);
    }

    /** The row that has this u, or null. */
    Long withUnique(long u) {
        for (Map.Entry<Long, Item> each : items.rows().entrySet()) {
            if (each.getValue().u() != null && each.getValue().u() == u) {
                return each.getKey();
            }
        }
        return null;
    }

    void sign(long slot, long txn) {
        ledger.put(slot, txn);
    }

    /** The largest id that a row of {@code numbered} has ever had, or 0. */
    long largestNumber() {
        return numbered.rows().isEmpty() ? 0 : numbered.rows().lastKey();
    }

    /** A row goes, its number does not come again. */
    void removeNumbered(long id) {
        String row = numbered.rows().get(id);
        if (row != null && !row.equals(Contents.GONE)) {
            numbered.put(id, Contents.GONE);
        }
    }

    /** Deletes a parent with the children that it owns; false, and nothing is done, if others are left that refer to it. */
    boolean removeParent(long id) {
        if (!parents.rows().containsKey(id)) {
            return true;
        }
        for (Child each : children.rows().values()) {
            boolean isOwned = each.owner() != null && each.owner() == id;
            if (each.parent() == id && !isOwned) {
                return false;
            }
        }
        for (Map.Entry<Long, Child> each : new ArrayList<>(children.rows().entrySet())) {
            if (each.getValue().owner() != null && each.getValue().owner() == id) {
                children.remove(each.getKey());
            }
        }
        parents.remove(id);
        return true;
    }

    Contents contents() {
        return new Contents(items.rows(), ledger.rows(), numbered.rows(), parents.rows(), children.rows());
    }

    /** True if both changed the same row. */
    boolean meets(Draft other) {
        return items.meets(other.items)
                || ledger.meets(other.ledger)
                || numbered.meets(other.numbered)
                || parents.meets(other.parents)
                || children.meets(other.children);
    }

    /** Does to this draft what was done to another. */
    void follow(Draft other) {
        items.follow(other.items);
        ledger.follow(other.ledger);
        numbered.follow(other.numbered);
        parents.follow(other.parents);
        children.follow(other.children);
    }

    /** True if none of the rows that this draft has changed differ between these contents. */
    boolean isUnmetBetween(Contents base, Contents before) {
        return items.isUnmetBetween(base.items(), before.items())
                && ledger.isUnmetBetween(base.ledger(), before.ledger())
                && numbered.isUnmetBetween(base.numbered(), before.numbered())
                && parents.isUnmetBetween(base.parents(), before.parents())
                && children.isUnmetBetween(base.children(), before.children());
    }

    boolean isUntouched() {
        return items.isUntouched()
                && ledger.isUntouched()
                && numbered.isUntouched()
                && parents.isUntouched()
                && children.isUntouched();
    }
}
