package dev.verso.compat.simulation;

import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rows of a table that a transaction is changing, by their ids. */
final class DraftTable<R> {
    private final TreeMap<Long, R> rows;
    private final TreeSet<Long> touched = new TreeSet<>();

    DraftTable(TreeMap<Long, R> base) {
        rows = new TreeMap<>(base);
    }

    /** As they are now; to be changed by this class alone. */
    TreeMap<Long, R> rows() {
        return rows;
    }

    void put(long id, R row) {
        rows.put(id, row);
        touched.add(id);
    }

    void remove(long id) {
        if (rows.remove(id) != null) {
            touched.add(id);
        }
    }

    boolean isUntouched() {
        return touched.isEmpty();
    }

    /** True if both changed the same row. */
    boolean meets(DraftTable<R> other) {
        return touched.stream().anyMatch(other.touched::contains);
    }

    /** Does to these rows what was done to others. */
    void follow(DraftTable<R> other) {
        for (long id : other.touched) {
            R row = other.rows.get(id);
            if (row == null) {
                rows.remove(id);
            } else {
                rows.put(id, row);
            }
            touched.add(id);
        }
    }

    /** True if none of the rows that were changed here differ between these two. */
    boolean isUnmetBetween(TreeMap<Long, R> base, TreeMap<Long, R> before) {
        return touched.stream().allMatch(id -> Objects.equals(base.get(id), before.get(id)));
    }
}
