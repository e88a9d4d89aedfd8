package dev.verso.jdbc;

import dev.verso.btree.BTree;
import dev.verso.btree.TreeDiff;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.record.AsciiCase;
import dev.verso.record.RecordView;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code verso_diff(table, v1, v2)}: the rows of a table of main that differ between two versions, which are numbers, timestamps or
 * {@code 'now'}: operation ({@code insert}, {@code update}, {@code delete}), key (the rowid, or the primary key as a JSON array), and
 * the row before and after as JSON objects, in which a blob is a string {@code x'…'}. Reads the table's interior pages, and of its leaves
 * those that changed.
 */
final class DiffRows implements FunctionModule.Answer {
    private final Side before;
    private final Side after;
    private final long[] rowids;
    private final List<byte[]> records;
    private final Set<String> told = new HashSet<>();
    private int at;
    private Object[] row;

    static FunctionModule module(OpenNamespaces.Home home) {
        return new FunctionModule(
                "verso_diff",
                List.of("operation TEXT", "key", "old TEXT", "new TEXT"),
                List.of("tbl", "v1", "v2"),
                3,
                arguments -> of(home, arguments));
    }

    private static DiffRows of(OpenNamespaces.Home home, String[] arguments) {
        for (String argument : arguments) {
            if (argument == null) {
                throw new DatabaseException(ResultCode.ERROR, "verso_diff: no argument may be NULL");
            }
        }
        Namespaces namespaces = home.namespaces();
        NamespaceAddress one = fixed(namespaces, home.name(), arguments[1]);
        NamespaceAddress other = fixed(namespaces, home.name(), arguments[2]);
        BitSet changed = namespaces.changedPages(one, other);
        Side before = new Side(namespaces, one, arguments[0]);
        try {
            Side after = new Side(namespaces, other, arguments[0]);
            try {
                return new DiffRows(arguments[0], before, after, changed);
            } catch (RuntimeException e) {
                after.close();
                throw e;
            }
        } catch (RuntimeException e) {
            before.close();
            throw e;
        }
    }

    /** What {@code now} means must not move while the two are compared. */
    private static NamespaceAddress fixed(Namespaces namespaces, String name, String point) {
        return point.equalsIgnoreCase("now")
                ? new NamespaceAddress(name, namespaces.newestVersion(name), null)
                : HistoryFunctions.address(name, point);
    }

    private DiffRows(String table, Side before, Side after, BitSet changed) {
        this.before = before;
        this.after = after;
        if (!before.exists() && !after.exists()) {
            throw new DatabaseException(ResultCode.ERROR, "no such table: " + table);
        }
        boolean recordTree = before.exists() ? before.withoutRowid : after.withoutRowid;
        if (before.exists() && after.exists() && before.withoutRowid != after.withoutRowid) {
            throw new DatabaseException(
                    ResultCode.ERROR, "verso_diff: one of the versions of " + table + " has rowids, the other has not");
        }
        TreeDiff diff = new TreeDiff(before.tree(), after.tree(), changed);
        rowids = recordTree ? new long[0] : diff.rowids(before.root, after.root);
        records = recordTree ? diff.records(before.root, after.root) : List.of();
    }

    @Override
    public boolean hasNext() {
        while (row == null && at < rowids.length + records.size()) {
            row = rowids.length > 0 ? ofRowid(rowids[at]) : ofRecord(records.get(at));
            at++;
        }
        return row != null;
    }

    @Override
    public Object[] next() {
        Object[] result = row;
        row = null;
        return result;
    }

    private Object[] ofRowid(long rowid) {
        return difference(rowid, before.find(rowid), after.find(rowid));
    }

    private Object[] ofRecord(byte[] record) {
        String[] old = before.find(record);
        String[] fresh = after.find(record);
        Object key = old != null ? old[1] : fresh != null ? fresh[1] : null;
        // A changed row is found twice, by its record before and by that after.
        return told.add(String.valueOf(key))
                ? difference(key, old == null ? null : old[0], fresh == null ? null : fresh[0])
                : null;
    }

    private static Object[] difference(Object key, String old, String fresh) {
        if (old == null ? fresh == null : old.equals(fresh)) {
            return null;
        }
        return new Object[] {old == null ? "insert" : fresh == null ? "delete" : "update", key, old, fresh};
    }

    @Override
    public void close() {
        before.close();
        after.close();
    }

    /** The table in one of the two versions. */
    private static final class Side implements AutoCloseable {
        private final Connection connection;
        private int root;
        private boolean withoutRowid;
        private int keyColumns;
        private PreparedStatement finder;

        private Side(Namespaces namespaces, NamespaceAddress address, String table) {
            PageStore store = namespaces.open(address, true);
            connection = new Connection(store, name -> {
                throw new DatabaseException(ResultCode.CANTOPEN, "unable to open database: " + name);
            });
            try {
                connection.execute("BEGIN");
                find(table);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        private void find(String table) {
            String name;
            try (PreparedStatement schema = connection.prepare(
                    "SELECT rootpage, name FROM sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE", 0)) {
                schema.parameter(1).setText(table);
                if (!schema.step()) {
                    return;
                }
                root = (int) schema.columnLong(0);
                name = schema.columnString(1);
            }
            if (root == 0) {
                throw new DatabaseException(ResultCode.ERROR, "verso_diff: " + name + " is a virtual table");
            }
            TreeMap<Long, String> key = new TreeMap<>();
            List<String> columns = new ArrayList<>();
            try (PreparedStatement info =
                    connection.prepare("SELECT name, pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1", 0)) {
                info.parameter(1).setText(name);
                while (info.step()) {
                    columns.add(info.columnString(0));
                    if (info.columnLong(1) > 0) {
                        key.put(info.columnLong(1), info.columnString(0));
                    }
                }
            }
            try (PreparedStatement list =
                    connection.prepare("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1", 0)) {
                list.parameter(1).setText(name);
                withoutRowid = list.step() && list.columnLong(0) != 0;
            }
            keyColumns = key.size();
            finder = connection.prepare(finderSql(name, columns, List.copyOf(key.values())), 0);
        }

        private String finderSql(String table, List<String> columns, List<String> key) {
            StringBuilder sql = new StringBuilder("SELECT json_object(");
            for (int i = 0; i < columns.size(); i++) {
                String column = quoted(columns.get(i));
                sql.append(i == 0 ? "" : ",")
                        .append(text(columns.get(i)))
                        .append(",iif(typeof(")
                        .append(column)
                        .append(")='blob','x'''||hex(")
                        .append(column)
                        .append(")||'''',")
                        .append(column)
                        .append(')');
            }
            sql.append(')');
            if (!withoutRowid) {
                return sql.append(" FROM main.") + quoted(table) + " WHERE " + rowidName(columns) + " = ?1";
            }
            StringBuilder where = new StringBuilder();
            StringBuilder array = new StringBuilder();
            for (int i = 0; i < key.size(); i++) {
                String column = quoted(key.get(i));
                where.append(i == 0 ? " WHERE " : " AND ")
                        .append(column)
                        .append(" = ?")
                        .append(i + 1);
                array.append(i == 0 ? "" : ",")
                        .append("iif(typeof(" + column + ")='blob','x'''||hex(" + column + ")||''''," + column + ")");
            }
            return sql + ",json_array(" + array + ") FROM main." + quoted(table) + where;
        }

        private static String rowidName(List<String> columns) {
            for (String name : List.of("rowid", "_rowid_", "oid")) {
                if (columns.stream().noneMatch(column -> AsciiCase.same(name, column))) {
                    return name;
                }
            }
            throw new DatabaseException(ResultCode.ERROR, "verso_diff: columns hide all names of the rowid");
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }

        private static String text(String value) {
            return '\'' + value.replace("'", "''") + '\'';
        }

        private boolean exists() {
            return root != 0;
        }

        private BTree tree() {
            return connection.session().database(0);
        }

        private String find(long rowid) {
            if (!exists()) {
                return null;
            }
            finder.parameter(1).setInteger(rowid);
            String found = finder.step() ? finder.columnString(0) : null;
            finder.reset();
            return found;
        }

        /** The row and its key, both as JSON. */
        private String[] find(byte[] record) {
            if (!exists()) {
                return null;
            }
            RecordView view = new RecordView().wrap(record, 0, record.length);
            for (int i = 0; i < keyColumns; i++) {
                Value parameter = finder.parameter(i + 1);
                parameter.setColumn(view, i, connection.session().encoding());
            }
            String[] found = finder.step() ? new String[] {finder.columnString(0), finder.columnString(1)} : null;
            finder.reset();
            return found;
        }

        @Override
        public void close() {
            if (finder != null) {
                finder.close();
            }
            connection.close();
        }
    }
}
