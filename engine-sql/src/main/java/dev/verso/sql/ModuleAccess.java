package dev.verso.sql;

import dev.verso.vm.value.Value;
import dev.verso.vtab.ModuleConnection;
import dev.verso.vtab.ModuleStatement;

/** The connection as modules of virtual tables see it. */
final class ModuleAccess implements ModuleConnection {
    private final Connection connection;

    ModuleAccess(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void execute(String sql) {
        connection.execute(sql);
    }

    @Override
    public ModuleStatement prepare(String sql) {
        return new Run(connection.prepare(sql, 0));
    }

    @Override
    public long lastInsertRowid() {
        return connection.session().lastInsertRowid();
    }

    @Override
    public void lastInsertRowid(long rowid) {
        connection.session().lastInsertRowid(rowid);
    }

    private record Run(PreparedStatement statement) implements ModuleStatement {
        @Override
        public Value parameter(int number) {
            return statement.parameter(number);
        }

        @Override
        public boolean step() {
            return statement.step();
        }

        @Override
        public Value column(int index) {
            return statement.column(index);
        }

        @Override
        public int columnCount() {
            return statement.columnCount();
        }

        @Override
        public void reset() {
            statement.reset();
        }

        @Override
        public void close() {
            statement.close();
        }
    }
}
