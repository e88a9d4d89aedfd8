package dev.verso.sql;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Statements of one connection that are closed but worth keeping, by their text: the most recently used ones. */
final class StatementCache {
    private static final int CAPACITY = 100;
    private static final int SAME_TEXT = 4;

    private final Map<String, ArrayDeque<PreparedRun>> idle = new LinkedHashMap<>(64, 0.75f, true);

    /** Takes an idle run of that text out of the cache, or returns null. */
    PreparedRun take(String sql) {
        ArrayDeque<PreparedRun> runs = idle.get(sql);
        return runs == null ? null : runs.pollLast();
    }

    void put(String sql, PreparedRun run) {
        ArrayDeque<PreparedRun> runs = idle.get(sql);
        if (runs == null) {
            if (idle.size() >= CAPACITY) {
                Iterator<ArrayDeque<PreparedRun>> eldest = idle.values().iterator();
                eldest.next();
                eldest.remove();
            }
            runs = new ArrayDeque<>(2);
            idle.put(sql, runs);
        }
        if (runs.size() < SAME_TEXT) {
            runs.addLast(run);
        }
    }

    void clear() {
        idle.clear();
    }
}
