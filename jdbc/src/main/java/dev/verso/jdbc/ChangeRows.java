package dev.verso.jdbc;

import dev.verso.btree.RowChanges;
import dev.verso.btree.TreeDiff;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code verso_changes(since [, name])}: what the versions after {@code since} changed in the rows of tables, oldest first: version, table,
 * operation ({@code insert}, {@code update}, {@code delete}), key (the rowid, or the primary key of a WITHOUT ROWID table as a JSON array),
 * the row before and after as JSON objects (blobs in hexadecimal digits). Where a version changed more than its log tells, the operation is
 * {@code unknown}, without key and rows. Without a name the changes of main. A reader who keeps the last version that it has seen, and waits
 * with {@code verso_wait}, misses nothing.
 */
final class ChangeRows implements FunctionModule.Answer {
    private static final int VERSIONS_AT_ONCE = 200;

    private final Namespaces namespaces;
    private final String name;
    private final Deque<NamespaceVersion> versions = new ArrayDeque<>();
    private final Deque<Object[]> rows = new ArrayDeque<>();
    private long last;
    private boolean more = true;

    private ChangeRows(Namespaces namespaces, String name, long since) {
        this.namespaces = namespaces;
        this.name = name;
        last = since;
    }

    static FunctionModule module(OpenNamespaces.Home home) {
        return new FunctionModule(
                "verso_changes",
                List.of("version INTEGER", "tbl TEXT", "operation TEXT", "key", "old TEXT", "new TEXT"),
                List.of("since", "name"),
                1,
                arguments -> new ChangeRows(
                        home.namespaces(),
                        arguments[1] == null ? home.name() : arguments[1],
                        arguments[0] == null ? 0 : Long.parseLong(arguments[0])));
    }

    @Override
    public boolean hasNext() {
        while (rows.isEmpty() && (more || !versions.isEmpty())) {
            if (versions.isEmpty()) {
                versions.addAll(namespaces.versions(name, last, VERSIONS_AT_ONCE));
                more = versions.size() == VERSIONS_AT_ONCE;
            } else {
                NamespaceVersion version = versions.remove();
                addRows(version);
                last = version.version();
            }
        }
        return !rows.isEmpty();
    }

    @Override
    public Object[] next() {
        return rows.remove();
    }

    private void addRows(NamespaceVersion version) {
        if (version.rowChanges() == null) {
            if (version.changedPages() > 0) {
                rows.add(unknown(version, null));
            } else {
                addDifferences(version);
            }
            return;
        }
        try (RowsAtVersion before = isFirst(version)
                        ? RowsAtVersion.nothing()
                        : new RowsAtVersion(namespaces, name, version.version() - 1);
                RowsAtVersion after = new RowsAtVersion(namespaces, name, version.version())) {
            Set<RowsAtVersion.Key> seen = new LinkedHashSet<>();
            RowChanges changes = new RowChanges(version.rowChanges());
            while (changes.nextTree()) {
                if (!changes.isGiven()) {
                    addTree(version, changes, before, after, seen);
                }
            }
            for (RowsAtVersion.Key key : seen) {
                addRow(version, key, before.row(key), after.row(key));
            }
        }
    }

    /** What went back to an earlier version changed what lies between, of which its own log entry says nothing. */
    private void addDifferences(NamespaceVersion version) {
        NamespaceAddress one = new NamespaceAddress(name, version.version() - 1, null);
        NamespaceAddress other = new NamespaceAddress(name, version.version(), null);
        try (RowsAtVersion before = new RowsAtVersion(namespaces, name, one.version());
                RowsAtVersion after = new RowsAtVersion(namespaces, name, other.version())) {
            TreeDiff diff = new TreeDiff(before.tree(), after.tree(), namespaces.changedPages(one, other));
            Set<String> tables = new TreeSet<>(before.tables());
            tables.addAll(after.tables());
            for (String table : tables) {
                int older = before.root(table);
                int newer = after.root(table);
                RowsAtVersion known = newer > 0 ? after : before;
                if (older > 0 && newer > 0 && before.hasRowids(table) != after.hasRowids(table)) {
                    rows.add(unknown(version, table));
                    continue;
                }
                Set<RowsAtVersion.Key> seen = new LinkedHashSet<>();
                if (known.hasRowids(table)) {
                    for (long rowid : diff.rowids(older, newer)) {
                        seen.add(new RowsAtVersion.Key(table, rowid, null));
                    }
                } else {
                    for (byte[] record : diff.records(older, newer)) {
                        seen.add(known.key(table, record));
                    }
                }
                for (RowsAtVersion.Key key : seen) {
                    addRow(version, key, before.row(key), after.row(key));
                }
            }
        }
    }

    /** True for the version that made the database out of nothing. */
    private boolean isFirst(NamespaceVersion version) {
        return last == 0 && namespaces.versions(name, 0, 1).get(0).version() == version.version();
    }

    private void addTree(
            NamespaceVersion version,
            RowChanges changes,
            RowsAtVersion before,
            RowsAtVersion after,
            Set<RowsAtVersion.Key> seen) {
        String table = after.table(changes.rootPage());
        table = table != null ? table : before.table(changes.rootPage());
        if (table == null) {
            // An index, or the schema itself.
            return;
        }
        if (changes.isUnknown()) {
            rows.add(unknown(version, table));
            return;
        }
        if (changes.isCleared()) {
            seen.addAll(before.keys(table));
        }
        while (changes.nextRow()) {
            seen.add(
                    changes.isIndex()
                            ? new RowsAtVersion.Key(table, 0, List.copyOf(after.keyValues(changes.key())))
                            : new RowsAtVersion.Key(table, changes.rowid(), null));
        }
    }

    private static Object[] unknown(NamespaceVersion version, String table) {
        return new Object[] {version.version(), table, "unknown", null, null, null};
    }

    private void addRow(NamespaceVersion version, RowsAtVersion.Key key, String before, String after) {
        if (before == null && after == null || before != null && before.equals(after)) {
            return;
        }
        String operation = before == null ? "insert" : after == null ? "delete" : "update";
        Object shown = key.primaryKey() == null ? (Object) key.rowid() : array(key.primaryKey());
        rows.add(new Object[] {version.version(), key.table(), operation, shown, before, after});
    }

    private static String array(List<String> literals) {
        List<String> shown = new ArrayList<>(literals.size());
        for (String literal : literals) {
            // Literals of SQL: texts in single quotes, blobs as X'..'.
            shown.add(
                    literal.startsWith("'") || literal.startsWith("X'")
                            ? '"' + json(literal.substring(literal.indexOf('\'') + 1, literal.length() - 1)) + '"'
                            : literal.equals("NULL") ? "null" : literal);
        }
        return "[" + String.join(",", shown) + "]";
    }

    private static String json(String quoted) {
        StringBuilder text = new StringBuilder();
        String plain = quoted.replace("''", "'");
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
