package dev.verso.sql;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.RowChange;
import dev.verso.vtab.TransactionalVirtualTable;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import dev.verso.vtab.WritableVirtualTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writable tables in Java maps: {@code USING map} has a rowid and columns {@code a}, {@code b}; {@code USING map(keyed)} is WITHOUT ROWID with the
 * primary key {@code a}. Column {@code b} must not be negative. Takes part in transactions, and notes what it is told of them.
 */
final class MapModule implements VirtualModule {
    /** What is left when a table is disconnected: one map for each table name. */
    final Map<String, TreeMap<Object, Object[]>> stored = new TreeMap<>();

    final List<String> calls = new ArrayList<>();

    @Override
    public VirtualTable create(ModuleContext context, List<String> arguments) {
        calls.add("create " + context.schemaName() + "." + context.tableName());
        stored.put(context.tableName(), new TreeMap<>());
        return connect(context, arguments);
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        if (arguments.contains("broken")) {
            throw new DatabaseException(ResultCode.ERROR, "map is broken");
        }
        return new MapTable(context.tableName(), arguments.contains("keyed"));
    }

    private static Object object(Value value) {
        return value.isNull() ? null : value.isInteger() ? (Object) value.integer() : value.asString();
    }

    private static void set(Value result, Object object) {
        if (object instanceof Long number) {
            result.setInteger(number);
        } else if (object != null) {
            result.setText((String) object);
        }
    }

    private final class MapTable implements WritableVirtualTable, TransactionalVirtualTable {
        private String name;
        private final boolean keyed;
        private final List<TreeMap<Object, Object[]>> before = new ArrayList<>();

        MapTable(String name, boolean keyed) {
            this.name = name;
            this.keyed = keyed;
        }

        private TreeMap<Object, Object[]> rows() {
            return stored.computeIfAbsent(name, any -> new TreeMap<>());
        }

        private TreeMap<Object, Object[]> copy() {
            TreeMap<Object, Object[]> copy = new TreeMap<>();
            rows().forEach((key, row) -> copy.put(key, row.clone()));
            return copy;
        }

        @Override
        public String declaration() {
            return keyed
                    ? "CREATE TABLE x(a TEXT PRIMARY KEY, b, h HIDDEN) WITHOUT ROWID"
                    : "CREATE TABLE x(a, b DEFAULT 7, h HIDDEN)";
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            for (int i = 0; i < request.constraintCount(); i++) {
                int key = keyed ? 0 : IndexRequest.ROWID;
                if (request.isUsable(i)
                        && request.column(i) == key
                        && request.operator(i) == ConstraintOperator.EQUAL) {
                    request.use(i, 0, true);
                    request.index(1, "key");
                    request.estimatedCost(1);
                    request.estimatedRows(1);
                    request.atMostOneRow();
                    return true;
                }
            }
            request.estimatedCost(1000);
            return true;
        }

        @Override
        public VirtualCursor open() {
            return new MapCursor(this);
        }

        @Override
        public boolean needsUnchanged(int column) {
            return column != 1;
        }

        @Override
        public boolean honoursConflictClauses() {
            return true;
        }

        @Override
        public long insert(RowChange row) {
            TreeMap<Object, Object[]> rows = rows();
            Object key = keyed ? object(row.value(0)) : object(row.newKey());
            if (key == null) {
                key = rows.isEmpty() ? 1L : (Long) rows.lastKey() + 1;
            }
            if (rows.containsKey(key) && row.onConflict() != RowChange.OnConflict.REPLACE) {
                throw new DatabaseException(ResultCode.CONSTRAINT, "there is a row " + key);
            }
            put(key, object(row.value(0)), object(row.value(1)));
            return keyed ? 0 : (Long) key;
        }

        private void put(Object key, Object a, Object b) {
            if (b instanceof Long number && number < 0) {
                throw new DatabaseException(ResultCode.CONSTRAINT, "negative b");
            }
            rows().put(key, new Object[] {a, b});
        }

        @Override
        public void update(RowChange row) {
            Object[] old = rows().get(object(row.oldKey()));
            Object b = row.isUnchanged(1) ? old[1] : object(row.value(1));
            if (b instanceof Long number && number < 0) {
                throw new DatabaseException(ResultCode.CONSTRAINT, "negative b");
            }
            rows().remove(object(row.oldKey()));
            put(object(row.newKey()), object(row.value(0)), b);
        }

        @Override
        public void delete(Value key) {
            rows().remove(object(key));
        }

        @Override
        public void begin() {
            calls.add("begin");
            before.clear();
            before.add(copy());
        }

        @Override
        public void sync() {
            calls.add("sync");
            for (Object[] row : rows().values()) {
                if ("no commit".equals(row[0])) {
                    throw new DatabaseException(ResultCode.ERROR, "this row stops the commit");
                }
            }
        }

        @Override
        public void commit() {
            calls.add("commit");
        }

        @Override
        public void rollback() {
            calls.add("rollback");
            stored.put(name, before.get(0));
        }

        @Override
        public void savepoint(int level) {
            calls.add("savepoint " + level);
            while (before.size() > level + 1) {
                before.remove(before.size() - 1);
            }
            while (before.size() < level + 2) {
                before.add(copy());
            }
        }

        @Override
        public void release(int level) {
            calls.add("release " + level);
        }

        @Override
        public void rollbackTo(int level) {
            calls.add("rollback to " + level);
            stored.put(name, before.get(level + 1));
            before.set(level + 1, copy());
        }

        @Override
        public void destroy() {
            calls.add("destroy");
            stored.remove(name);
        }

        @Override
        public void rename(String newName) {
            calls.add("rename " + newName);
            stored.put(newName, stored.remove(name));
            name = newName;
        }
    }

    private static final class MapCursor implements VirtualCursor {
        private final MapTable table;
        private Iterator<Map.Entry<Object, Object[]>> rest;
        private Map.Entry<Object, Object[]> row;

        MapCursor(MapTable table) {
            this.table = table;
        }

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            TreeMap<Object, Object[]> rows = table.copy();
            if (indexNumber == 1) {
                Object wanted = object(arguments.value(0));
                rows.keySet().removeIf(key -> !key.equals(wanted));
            }
            rest = rows.entrySet().iterator();
            next();
        }

        @Override
        public boolean isEnd() {
            return row == null;
        }

        @Override
        public void next() {
            row = rest.hasNext() ? rest.next() : null;
        }

        @Override
        public void column(int column, Value result) {
            if (column < 2) {
                set(result, row.getValue()[column]);
            } else {
                result.setText("hidden");
            }
        }

        @Override
        public long rowid() {
            return (Long) row.getKey();
        }
    }
}
