package dev.verso.jdbc;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.record.AsciiCase;
import dev.verso.record.RecordView;
import dev.verso.record.TextEncoding;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of a namespace at a version, row by row: what {@link ChangeRows} shows of a change. */
final class RowsAtVersion implements AutoCloseable {
    /**
     * A row of a table.
     *
     * @param primaryKey of a WITHOUT ROWID table: its values as literals of SQL; null for a table with rowids
     */
    record Key(String table, long rowid, List<String> primaryKey) {}

    private record Table(List<String> columns, List<String> primaryKey, String rowidName) {}

    private final Connection connection;
    private final Map<Integer, String> tablesByRoot = new HashMap<>();
    private final Map<String, Table> tables = new HashMap<>();

    /** Before the first version. */
    static RowsAtVersion nothing() {
        return new RowsAtVersion(new Connection(new MemoryStore(), null));
    }

    private RowsAtVersion(Connection connection) {
        this.connection = connection;
    }

    RowsAtVersion(Namespaces namespaces, String name, long version) {
        connection = new Connection(namespaces.open(new NamespaceAddress(name, version, null), true), null);
        connection.execute("BEGIN");
        for (List<String> row :
                query("SELECT rootpage, name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")) {
            tablesByRoot.put(Integer.parseInt(row.get(0)), row.get(1));
        }
    }

    /** The table whose tree has that root, or null. */
    String table(int rootPage) {
        return tablesByRoot.get(rootPage);
    }

    /** Names of all tables that have rows of their own. */
    Collection<String> tables() {
        return tablesByRoot.values();
    }

    /** Root page of a table; 0 if there is none of that name. */
    int root(String table) {
        for (Map.Entry<Integer, String> each : tablesByRoot.entrySet()) {
            if (each.getValue().equals(table)) {
                return each.getKey();
            }
        }
        return 0;
    }

    /** The database as of that version. */
    BTree tree() {
        return connection.session().database(0);
    }

    /** False for a WITHOUT ROWID table, and where there is no table of that name. */
    boolean hasRowids(String name) {
        Table table = describe(name);
        return table != null && table.rowidName != null;
    }

    /** The key of a whole record of a WITHOUT ROWID table. */
    Key key(String name, byte[] record) {
        return new Key(
                name,
                0,
                List.copyOf(
                        keyValues(record).subList(0, describe(name).primaryKey.size())));
    }

    /** The row as a JSON object, or null if there is none. */
    String row(Key key) {
        Table table = describe(key.table());
        if (table == null || table.rowidName == null == (key.primaryKey() == null)) {
            return null;
        }
        StringBuilder sql = new StringBuilder("SELECT json_object(");
        String separator = "";
        for (String column : table.columns) {
            String quoted = quoted(column);
            sql.append(separator).append(literal(column));
            sql.append(",CASE typeof(" + quoted + ") WHEN 'blob' THEN hex(" + quoted + ") ELSE " + quoted + " END");
            separator = ",";
        }
        sql.append(") FROM ").append(quoted(key.table())).append(" WHERE ").append(condition(table, key));
        List<List<String>> rows = query(sql.toString());
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    private static String condition(Table table, Key key) {
        if (key.primaryKey() == null) {
            return table.rowidName + " = " + key.rowid();
        }
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < Math.min(table.primaryKey.size(), key.primaryKey().size()); i++) {
            terms.add(
                    quoted(table.primaryKey.get(i)) + " IS " + key.primaryKey().get(i));
        }
        return String.join(" AND ", terms);
    }

    /** The keys of all rows of a table. */
    List<Key> keys(String name) {
        Table table = describe(name);
        List<Key> keys = new ArrayList<>();
        if (table == null) {
            return keys;
        }
        if (table.rowidName != null) {
            for (List<String> row : query("SELECT " + table.rowidName + " FROM " + quoted(name))) {
                keys.add(new Key(name, Long.parseLong(row.get(0)), null));
            }
            return keys;
        }
        List<String> columns = new ArrayList<>();
        table.primaryKey.forEach(column -> columns.add("quote(" + quoted(column) + ")"));
        for (List<String> row : query("SELECT " + String.join(",", columns) + " FROM " + quoted(name))) {
            keys.add(new Key(name, 0, List.copyOf(row)));
        }
        return keys;
    }

    /** The values of a key record, as literals of SQL. */
    List<String> keyValues(byte[] record) {
        RecordView view = new RecordView().wrap(record, 0, record.length);
        TextEncoding encoding = connection.session().encoding();
        List<String> literals = new ArrayList<>();
        try (PreparedStatement quote = connection.prepare("SELECT quote(?)", 0)) {
            for (int i = 0; i < view.columnCount(); i++) {
                Value value = quote.parameter(1);
                value.setColumn(view, i, encoding);
                quote.step();
                literals.add(quote.columnString(0));
                quote.reset();
            }
        }
        return literals;
    }

    private Table describe(String name) {
        return tables.computeIfAbsent(name, each -> {
            List<String> columns = new ArrayList<>();
            Map<Integer, String> key = new HashMap<>();
            for (List<String> row : query("SELECT name, pk, hidden FROM pragma_table_xinfo(" + literal(each) + ")")) {
                columns.add(row.get(0));
                if (!row.get(1).equals("0")) {
                    key.put(Integer.valueOf(row.get(1)), row.get(0));
                }
            }
            if (columns.isEmpty()) {
                return null;
            }
            List<List<String>> withoutRowid =
                    query("SELECT wr FROM pragma_table_list(" + literal(each) + ") WHERE schema = 'main'");
            List<String> primaryKey = new ArrayList<>();
            for (int i = 1; i <= key.size(); i++) {
                primaryKey.add(key.get(i));
            }
            boolean hasRowid =
                    withoutRowid.isEmpty() || withoutRowid.get(0).get(0).equals("0");
            return new Table(columns, primaryKey, hasRowid ? rowidName(each, columns) : null);
        });
    }

    private static String rowidName(String table, List<String> columns) {
        for (String name : new String[] {"rowid", "_rowid_", "oid"}) {
            if (columns.stream().noneMatch(column -> AsciiCase.same(name, column))) {
                return name;
            }
        }
        throw new DatabaseException(
                ResultCode.ERROR, "verso_changes can't tell the rows of " + table + " apart: columns hide its rowid");
    }

    private List<List<String>> query(String sql) {
        List<List<String>> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            while (statement.step()) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < statement.columnCount(); i++) {
                    row.add(statement.columnString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() {
        connection.close();
    }
}
