package dev.verso.compat.simulation;

import dev.verso.compat.simulation.ListAppendHistory.Append;
import dev.verso.compat.simulation.ListAppendHistory.Operation;
import dev.verso.compat.simulation.ListAppendHistory.Outcome;
import dev.verso.compat.simulation.ListAppendHistory.Read;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rollbacks of whole namespaces in a history of appends. With each begins an era of the namespace, in which its lists are other lists: the rollback is a
 * transaction that ends the lists of the era before (it has read them, and appends something that nobody may see) and writes those of the new
 * one as they were at the version gone back to. So nobody may come after it who sees what it has undone, or writes on top of that.
 */
final class Eras {
    private static final ArrayDeque<Long> NONE = new ArrayDeque<>();

    private final ListAppendHistory history;
    private final Namespaces namespaces;
    private final Map<String, TreeSet<Long>> rollbacks = new HashMap<>();
    private final Map<String, ArrayDeque<Long>> asked = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int seen;

    /** @param namespaces the store itself, without a network */
    Eras(ListAppendHistory history, Namespaces namespaces) {
        this.history = history;
        this.namespaces = namespaces;
    }

    /** What a list is called in the history by who sees a version. */
    String list(String namespace, int list, long version) {
        TreeSet<Long> before = rollbacks.get(namespace);
        int era = before == null ? 0 : before.headSet(version, true).size();
        return name(namespace, list, era);
    }

    private static String name(String namespace, int list, int era) {
        return namespace + list + (era == 0 ? "" : "#" + era);
    }

    /** Somebody asks for a rollback, which may happen at any time from now on, or never. @return the moment */
    long ask(String namespace) {
        long moment = history.now();
        asked.computeIfAbsent(namespace, n -> new ArrayDeque<>()).add(moment);
        note(namespace);
        return moment;
    }

    /** What was asked for at a moment will not happen. */
    void refused(String namespace, long moment) {
        asked.get(namespace).remove(moment);
    }

    /** How many there were. */
    int seen() {
        return seen;
    }

    /** Looks for rollbacks after each commit that the store has applied. */
    void look(List<String> names, int lists, int process) {
        for (String name : names) {
            if (!asked.getOrDefault(name, NONE).isEmpty()) {
                int count = counts.get(name);
                note(name);
                if (counts.get(name) > count) {
                    begin(name, namespaces.newestVersion(name), lists, process);
                }
            }
        }
    }

    private void note(String name) {
        counts.put(name, namespaces.stat(name).rollbacks()); // fewer when nothing before the last one is kept
    }

    private void begin(String namespace, long version, int lists, int process) {
        seen++;
        int era = rollbacks.computeIfAbsent(namespace, n -> new TreeSet<>()).size();
        rollbacks.get(namespace).add(version);
        // What was committed at the same time may lie right before it.
        Map<Integer, List<Long>> ended = contents(namespace + "@" + (version - 1));
        Map<Integer, List<Long>> begun = contents(namespace + "@" + version);
        List<Operation> operations = new ArrayList<>();
        for (int list = 0; list < lists; list++) {
            String old = name(namespace, list, era);
            operations.add(new Read(old, ended.getOrDefault(list, List.of())));
            operations.add(new Append(old, -1));
            for (long value : begun.getOrDefault(list, List.of())) {
                operations.add(new Append(name(namespace, list, era + 1), value));
            }
        }
        history.add(process, asked.get(namespace).remove(), history.now(), Outcome.OK, operations);
    }

    private Map<Integer, List<Long>> contents(String address) {
        Map<Integer, List<Long>> lists = new TreeMap<>();
        try (PageStore store = namespaces.open(address);
                Connection connection = new Connection(store, null)) {
            add(lists, connection, "SELECT list, body FROM line");
            add(lists, connection, "SELECT list, value FROM entry ORDER BY list, position");
            add(lists, connection, "SELECT list, value FROM item ORDER BY list, position");
        }
        return lists;
    }

    private static void add(Map<Integer, List<Long>> lists, Connection connection, String sql) {
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            while (statement.step()) {
                List<Long> values = lists.computeIfAbsent((int) statement.columnLong(0), list -> new ArrayList<>());
                for (String value : statement.columnString(1).split(",")) {
                    values.add(Long.parseLong(value));
                }
            }
        }
    }
}
