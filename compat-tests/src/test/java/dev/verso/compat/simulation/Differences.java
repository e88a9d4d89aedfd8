package dev.verso.compat.simulation;

import dev.verso.compat.simulation.NamespaceHistory.Moment;
import dev.verso.error.DatabaseException;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code verso_diff} and {@code verso_changes} tell of a database, against what the model says. */
final class Differences {
    private static final List<String> TABLES = List.of("item", "numbered", "parent", "child");
    /** To look at a version costs two connections. */
    private static final int MOST_VERSIONS = 4;

    private final World world;
    private final NamespaceHistory namespace;
    private final SimulatedConnection connection;

    private Differences(World world, NamespaceHistory namespace, SimulatedConnection connection) {
        this.world = world;
        this.namespace = namespace;
        this.connection = connection;
    }

    /** @throws DatabaseException as they do */
    static void check(World world, Namespaces namespaces, NamespaceHistory namespace) {
        try (PageStore store = namespaces.open(namespace.name());
                SimulatedConnection connection = new SimulatedConnection(store, namespaces)) {
            connection.registerHistory(namespaces, namespace.name());
            Differences differences = new Differences(world, namespace, connection);
            if (world.scheduler().chance(0.6)) {
                differences.checkDiff();
            } else {
                differences.checkChanges();
            }
        }
    }

    // ---- verso_diff

    private void checkDiff() {
        List<Long> versions = new ArrayList<>(namespace.versions().keySet());
        long one = any(versions);
        long other = any(versions);
        String table = TABLES.get(world.scheduler().random().nextInt(TABLES.size()));
        Moment begun = namespace.now();
        String found;
        try {
            found = connection.query(
                    "SELECT operation, key, coalesce(old ->> 'v', old ->> 'parent'), coalesce(new ->> 'v',"
                            + " new ->> 'parent') FROM verso_diff('" + table + "', " + one + ", " + other
                            + ") ORDER BY key");
        } catch (DatabaseException e) {
            // The older one goes first, unless it is pinned.
            boolean isPinned = namespace.pins().contains(Math.min(one, other));
            world.requireReadable(e, namespace, isPinned ? Math.max(one, other) : Math.min(one, other), begun);
            return;
        }
        world.scheduler().tally().count("verso_diff");
        StringBuilder expected = new StringBuilder();
        for (String line : lines(table, namespace.at(one), namespace.at(other))) {
            expected.append(line).append('\n');
        }
        Observer.requireEqual(
                found,
                expected.toString(),
                "verso_diff of " + table + " of " + namespace + ", " + one + " to " + other);
    }

    private long any(List<Long> versions) {
        return versions.get(world.scheduler().random().nextInt(versions.size()));
    }

    /** The rows that differ: operation, key, and what identifies them before and after. */
    private static List<String> lines(String table, Contents before, Contents after) {
        return switch (table) {
            case "item" -> lines(before.items(), after.items(), Contents.Item::v);
            case "numbered" -> lines(before.numbered(), after.numbered(), v -> v.equals(Contents.GONE) ? null : v);
            case "parent" -> lines(before.parents(), after.parents(), v -> v);
            default -> lines(before.children(), after.children(), child -> Long.toString(child.parent()));
        };
    }

    private interface Shown<R> {
        String of(R row);
    }

    private static <R> List<String> lines(TreeMap<Long, R> before, TreeMap<Long, R> after, Shown<R> shown) {
        TreeSet<Long> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        List<String> lines = new ArrayList<>();
        for (long id : ids) {
            String old = before.get(id) == null ? null : shown.of(before.get(id));
            String fresh = after.get(id) == null ? null : shown.of(after.get(id));
            if (!Objects.equals(before.get(id), after.get(id)) && (old != null || fresh != null)) {
                String operation = old == null ? "insert" : fresh == null ? "delete" : "update";
                lines.add(operation + "|" + id + "|" + old + "|" + fresh);
            }
        }
        return lines;
    }

    // ---- verso_changes

    private void checkChanges() {
        List<Long> versions = new ArrayList<>(namespace.versions().keySet());
        int back = Math.min(versions.size(), 1 + world.scheduler().random().nextInt(MOST_VERSIONS));
        long since = versions.get(versions.size() - back);
        Moment begun = namespace.now();
        String found;
        try {
            found = connection.query(
                    "SELECT version, coalesce(tbl, ''), operation, key, coalesce(old ->> 'v', old ->> 'parent'),"
                            + " coalesce(new ->> 'v', new ->> 'parent') FROM verso_changes(" + since + ")");
        } catch (DatabaseException e) {
            world.requireReadable(e, namespace, since, begun);
            return;
        }
        world.scheduler().tally().count("verso_changes");
        TreeMap<Long, Set<String>> told = new TreeMap<>();
        for (String line : found.split("\n")) {
            int bar = line.indexOf('|');
            if (bar > 0) {
                told.computeIfAbsent(Long.parseLong(line.substring(0, bar)), version -> new HashSet<>())
                        .add(line.substring(bar + 1));
            }
        }
        // Later versions may be there or not, and a lock may hide some.
        long certain = namespace.mayBeLockedSince(begun) ? since : begun.acknowledged();
        NavigableMap<Long, Contents> after = namespace.versions().tailMap(since, false);
        for (long version : told.keySet()) {
            Observer.require(after.containsKey(version), "verso_changes tells of " + namespace + "@" + version);
        }
        for (Map.Entry<Long, Contents> each : after.entrySet()) {
            long version = each.getKey();
            if (version <= certain || told.containsKey(version)) {
                Contents before = namespace.versions().lowerEntry(version).getValue();
                compare(version, before, each.getValue(), told.getOrDefault(version, Set.of()));
            }
        }
    }

    private void compare(long version, Contents before, Contents after, Set<String> told) {
        if (told.contains("|unknown|null|null|null")) {
            return;
        }
        for (String table : TABLES) {
            if (told.contains(table + "|unknown|null|null|null")) {
                continue;
            }
            Set<String> expected = new TreeSet<>(lines(table, before, after));
            Set<String> found = new TreeSet<>();
            for (String line : told) {
                if (line.startsWith(table + "|")) {
                    found.add(line.substring(table.length() + 1));
                }
            }
            Observer.requireEqual(
                    String.join("\n", found),
                    String.join("\n", expected),
                    "verso_changes of " + table + " in " + namespace + "@" + version);
        }
    }
}
