package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.sql.PreparedStatement;
import dev.verso.vm.value.Value;
import java.sql.SQLException;

/** Rows of a running statement. The first step may have been made already, to learn whether there are rows at all. */
final class StatementRows implements Rows {
    private final PreparedStatement statement;
    private final VersoStatement owner;
    private boolean first;
    private boolean firstHasRow;
    private boolean ended = true; // until it begins

    StatementRows(PreparedStatement statement, VersoStatement owner) {
        this.statement = statement;
        this.owner = owner;
    }

    /** Begins a run whose first step gave {@code hasRow}. */
    void begin(boolean hasRow) {
        first = true;
        firstHasRow = hasRow;
        ended = false;
    }

    @Override
    public int columnCount() {
        return statement.columnCount();
    }

    @Override
    public String columnName(int column) {
        return statement.columnName(column);
    }

    @Override
    public String declaredType(int column) {
        return statement.columnDeclaredType(column);
    }

    @Override
    public String schema(int column) {
        return statement.columnSchema(column);
    }

    @Override
    public String table(int column) {
        return statement.columnTable(column);
    }

    @Override
    public String origin(int column) {
        return statement.columnOrigin(column);
    }

    @Override
    public boolean isBeforeRow() {
        return first && firstHasRow && !ended;
    }

    @Override
    public boolean showsRow() {
        return !ended && (!first || firstHasRow);
    }

    @Override
    public boolean next() throws SQLException {
        ConnectionLock lock = owner.connection.lock();
        lock.enter();
        try {
            if (ended) {
                return false;
            }
            boolean hasRow;
            if (first) {
                first = false;
                hasRow = firstHasRow;
            } else {
                hasRow = statement.step();
            }
            if (!hasRow) {
                close();
            }
            return hasRow;
        } catch (DatabaseException e) {
            close();
            throw owner.failed(e);
        } finally {
            lock.exit();
        }
    }

    @Override
    public Value value(int column) throws SQLException {
        try {
            return statement.column(column);
        } catch (DatabaseException e) {
            throw unread(e);
        }
    }

    @Override
    public boolean isNull(int column) throws SQLException {
        try {
            return statement.columnIsNull(column);
        } catch (DatabaseException e) {
            throw unread(e);
        }
    }

    @Override
    public long longValue(int column) throws SQLException {
        try {
            return statement.columnLong(column);
        } catch (DatabaseException e) {
            throw unread(e);
        }
    }

    @Override
    public double doubleValue(int column) throws SQLException {
        try {
            return statement.columnDouble(column);
        } catch (DatabaseException e) {
            throw unread(e);
        }
    }

    @Override
    public String stringValue(int column) throws SQLException {
        try {
            return statement.columnString(column);
        } catch (DatabaseException e) {
            throw unread(e);
        } catch (OutOfMemoryError e) {
            throw SqlErrors.outOfMemory(e);
        }
    }

    /** Why a column can't be read: perhaps because another thread has ended the run. */
    private SQLException unread(DatabaseException e) {
        ConnectionLock lock = owner.connection.lock();
        lock.enter();
        try {
            return ended ? SqlErrors.closed("the result set") : SqlErrors.of(e);
        } finally {
            lock.exit();
        }
    }

    @Override
    public void close() {
        ConnectionLock lock = owner.connection.lock();
        lock.enter();
        try {
            if (!ended) {
                ended = true;
                statement.reset();
                owner.rowsEnded();
            }
        } finally {
            lock.exit();
        }
    }
}
