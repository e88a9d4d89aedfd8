package dev.verso.sql;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.PageStore;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.vm.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of our connections, answering in the same form as {@link RealSqlite}. */
final class Verso implements AutoCloseable {
    private final Connection connection;

    Verso(PageStore store) {
        connection = new Connection(store, name -> {
            if (name.isEmpty()) {
                return FileStore.openTemporary(FileOptions.defaults());
            }
            if (name.equals(":memory:")) {
                return new MemoryStore();
            }
            if (name.startsWith("/")) {
                return FileStore.open(Path.of(name), FileOptions.defaults());
            }
            throw new DatabaseException(ResultCode.CANTOPEN, ResultCode.CANTOPEN.text());
        });
    }

    Connection connection() {
        return connection;
    }

    Outcome run(String sql) {
        List<String> columns = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        String error = null;
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            for (int i = 0; i < statement.columnCount(); i++) {
                columns.add(statement.columnName(i));
            }
            while (statement.step()) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < statement.columnCount(); i++) {
                    row.add(Outcome.shown(object(statement.column(i))));
                }
                rows.add(row);
            }
        } catch (DatabaseException e) {
            error = e.code().value() + ": " + e.getMessage();
            rows.clear();
            columns.clear();
        }
        return new Outcome(
                columns,
                rows,
                connection.session().changes(),
                connection.session().lastInsertRowid(),
                error);
    }

    private static Object object(Value value) {
        return switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> value.integer();
            case REAL -> value.real();
            case TEXT -> value.asString();
            case BLOB -> value.asBytes();
        };
    }

    @Override
    public void close() {
        connection.close();
    }
}
