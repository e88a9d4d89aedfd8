package dev.verso.sql;

import dev.verso.vm.value.Value;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleConnection;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.ModuleStatement;
import dev.verso.vtab.RowChange;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import dev.verso.vtab.WritableVirtualTable;
import java.util.List;

/** Keeps its rows in an ordinary table beside it, {@code <name>_rows}, as FTS and R*Tree do. */
final class ShadowModule implements VirtualModule {
    @Override
    public VirtualTable create(ModuleContext context, List<String> arguments) {
        ShadowTable table = new ShadowTable(context);
        context.connection().execute("CREATE TABLE " + table.rows() + "(id INTEGER PRIMARY KEY, body TEXT UNIQUE)");
        return table;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        return new ShadowTable(context);
    }

    @Override
    public boolean isShadowName(String suffix) {
        return suffix.equals("rows");
    }

    private static final class ShadowTable implements WritableVirtualTable {
        private final ModuleConnection connection;
        private final String schema;
        private String name;
        private ModuleStatement insert;

        ShadowTable(ModuleContext context) {
            connection = context.connection();
            schema = context.schemaName();
            name = context.tableName();
        }

        String rows() {
            return "\"" + schema + "\".\"" + name + "_rows\"";
        }

        @Override
        public String declaration() {
            return "CREATE TABLE x(body)";
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            request.estimatedCost(1000);
            return true;
        }

        @Override
        public long insert(RowChange row) {
            long before = connection.lastInsertRowid();
            if (insert == null) {
                insert = connection.prepare("INSERT INTO " + rows() + " VALUES(?1, ?2)");
            }
            insert.parameter(1).setCopy(row.newKey());
            insert.parameter(2).setCopy(row.value(0));
            try {
                insert.step();
                return connection.lastInsertRowid();
            } finally {
                insert.reset();
                connection.lastInsertRowid(before);
            }
        }

        @Override
        public void update(RowChange row) {
            run("UPDATE " + rows() + " SET id = ?2, body = ?3 WHERE id = ?1", row.oldKey(), row.newKey(), row.value(0));
        }

        @Override
        public void delete(Value key) {
            run("DELETE FROM " + rows() + " WHERE id = ?1", key);
        }

        private void run(String sql, Value... values) {
            try (ModuleStatement statement = connection.prepare(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.parameter(i + 1).setCopy(values[i]);
                }
                statement.step();
            }
        }

        @Override
        public VirtualCursor open() {
            return new ShadowCursor(connection.prepare("SELECT id, body FROM " + rows()));
        }

        @Override
        public void destroy() {
            disconnect();
            connection.execute("DROP TABLE " + rows());
        }

        @Override
        public void rename(String newName) {
            connection.execute("ALTER TABLE " + rows() + " RENAME TO \"" + newName + "_rows\"");
            name = newName;
            disconnect();
        }

        @Override
        public void disconnect() {
            if (insert != null) {
                insert.close();
                insert = null;
            }
        }

        @Override
        public String checkIntegrity(String schemaName, String tableName, boolean quick) {
            try (ModuleStatement bad = connection.prepare("SELECT count(*) FROM " + rows() + " WHERE body = 'bad'")) {
                bad.step();
                return bad.column(0).asLong() == 0 ? null : "bad row in " + schemaName + "." + tableName;
            }
        }
    }

    private static final class ShadowCursor implements VirtualCursor {
        private final ModuleStatement rows;
        private boolean on;

        ShadowCursor(ModuleStatement rows) {
            this.rows = rows;
        }

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            rows.reset();
            on = rows.step();
        }

        @Override
        public boolean isEnd() {
            return !on;
        }

        @Override
        public void next() {
            on = rows.step();
        }

        @Override
        public void column(int column, Value result) {
            result.setCopy(rows.column(1));
        }

        @Override
        public long rowid() {
            return rows.column(0).asLong();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
