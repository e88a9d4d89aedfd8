package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.PreparedStatement;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs SQL. A text may hold several statements: all are run, the first result is that of {@link #execute}, {@link #getMoreResults} goes on.
 */
class VersoStatement implements Statement {
    final VersoConnection connection;
    final GeneratedKeys keys = new GeneratedKeys();
    private final List<String> batch = new ArrayList<>();
    private volatile PreparedStatement running;
    private PreparedStatement own; // the statement behind the current result, closed when the next one runs
    private String text;
    private int textOffset;
    private VersoResultSet resultSet;
    private long updateCount = -1;
    private long maxRows;
    private int fetchSize;
    private int timeoutSeconds;
    private boolean closeOnCompletion;
    private boolean closed;

    VersoStatement(VersoConnection connection) {
        this.connection = connection;
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("the statement");
        }
        connection.checkOpen();
    }

    // ---- running

    @Override
    public boolean execute(String sql) throws SQLException {
        checkOpen();
        startRun(Keys.NONE);
        return runText(sql);
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        if (!execute(sql)) {
            throw SqlErrors.misuse("query does not return results");
        }
        return resultSet;
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return clamp(executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        checkOpen();
        startRun(Keys.NONE);
        return runUpdates(sql);
    }

    private long runUpdates(String sql) throws SQLException {
        long total = 0;
        boolean rows = runText(sql);
        while (true) {
            if (rows) {
                closeResult();
                throw SqlErrors.misuse("query returns results");
            }
            if (updateCount >= 0) {
                total += updateCount;
            }
            if (textOffset >= text.length()) {
                break;
            }
            rows = runNext();
            if (!rows && updateCount < 0) {
                break;
            }
        }
        updateCount = total;
        return total;
    }

    private boolean runText(String sql) throws SQLException {
        text = sql;
        textOffset = 0;
        return runNext();
    }

    /** Runs the next statement of the text. @return true if it has rows; updateCount is -1 if there was none */
    private boolean runNext() throws SQLException {
        closeResult();
        updateCount = -1;
        try {
            PreparedStatement statement = connection.engine().prepare(keys.withReturning(text, textOffset), textOffset);
            if (statement.isEmpty()) {
                textOffset = text.length();
                statement.close();
                return false;
            }
            textOffset = keys.isReturning() ? text.length() : statement.tailOffset();
            own = statement;
            return run(statement);
        } catch (DatabaseException e) {
            throw failed(e);
        }
    }

    final void startRun(Keys wanted) throws SQLException {
        closeResult();
        keys.begin(wanted);
    }

    /** Runs a statement to its first row or its end. @return true if it has rows (perhaps none) */
    final boolean run(PreparedStatement statement) throws SQLException {
        connection.beforeRun(statement);
        statement.deadlineNanos(
                timeoutSeconds == 0 ? 0 : deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds)));
        running = statement;
        StatementRows rows = new StatementRows(statement, this);
        boolean ended = false;
        try {
            long changesBefore = connection.totalChanges();
            boolean hasRow = statement.step();
            if (statement.columnCount() > 0 && !keys.isReturning()) {
                rows.begin(hasRow);
                resultSet = new VersoResultSet(rows, this, connection.settings().integersAreSeconds(), maxRows);
                return true;
            }
            while (hasRow) {
                keys.addRow(statement);
                hasRow = statement.step();
            }
            ended = true;
            updateCount = connection.totalChanges() != changesBefore ? connection.changes() : 0;
            statement.reset();
            keys.afterInsert(connection, statement, updateCount);
            return false;
        } catch (DatabaseException e) {
            ended = true;
            statement.reset();
            throw failed(e);
        } finally {
            if (ended) {
                running = null;
            }
        }
    }

    private static long deadline(long nanos) {
        return nanos == 0 ? 1 : nanos; // 0 means none
    }

    final SQLException failed(DatabaseException e) {
        if (e.code() == ResultCode.INTERRUPT && timeoutSeconds > 0 && !connection.isCancelled()) {
            return new SQLTimeoutException(
                    "[SQLITE_INTERRUPT] the query timeout of " + timeoutSeconds + " s is over", "57014", 9, e);
        }
        return SqlErrors.of(e);
    }

    /** A result set has come to its end or was closed: its run is over. */
    final void rowsEnded() {
        running = null;
    }

    final void resultSetClosed(VersoResultSet closedSet) throws SQLException {
        if (closedSet == resultSet && closeOnCompletion && !closed) {
            close();
        }
    }

    final void closeResult() throws SQLException {
        if (resultSet != null) {
            VersoResultSet open = resultSet;
            resultSet = null;
            open.close();
        }
        if (own != null) {
            own.close();
            own = null;
        }
    }

    static int clamp(long count) {
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    // ---- results

    @Override
    public final ResultSet getResultSet() {
        return resultSet;
    }

    final VersoResultSet currentResult() {
        return resultSet;
    }

    @Override
    public final int getUpdateCount() {
        return clamp(updateCount);
    }

    @Override
    public final long getLargeUpdateCount() {
        return updateCount;
    }

    final void updateCount(long count) {
        updateCount = count;
    }

    @Override
    public final boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public final boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current != CLOSE_CURRENT_RESULT) {
            throw SqlErrors.notSupported("keeping results open");
        }
        closeResult();
        updateCount = -1;
        return text != null && textOffset < text.length() && runNext();
    }

    @Override
    public final ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return keys.resultSet();
    }

    // ---- generated keys variants

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        return execute(sql, Keys.of(autoGeneratedKeys));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return execute(sql, Keys.of(connection, sql, columnIndexes));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return execute(sql, Keys.of(columnNames));
    }

    private boolean execute(String sql, Keys wanted) throws SQLException {
        checkOpen();
        startRun(wanted);
        return runText(sql);
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return clamp(update(sql, Keys.of(autoGeneratedKeys)));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return clamp(update(sql, Keys.of(connection, sql, columnIndexes)));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return clamp(update(sql, Keys.of(columnNames)));
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return update(sql, Keys.of(autoGeneratedKeys));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return update(sql, Keys.of(connection, sql, columnIndexes));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return update(sql, Keys.of(columnNames));
    }

    private long update(String sql, Keys wanted) throws SQLException {
        checkOpen();
        startRun(wanted);
        return runUpdates(sql);
    }

    // ---- batches

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return Arrays.stream(executeLargeBatch())
                .mapToInt(VersoStatement::clamp)
                .toArray();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> statements = new ArrayList<>(batch);
        batch.clear();
        startRun(Keys.ROWID);
        long[] counts = new long[statements.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = runUpdates(statements.get(i));
            } catch (SQLException e) {
                throw new BatchUpdateException(
                        "batch entry " + i + ": " + e.getMessage(),
                        e.getSQLState(),
                        e.getErrorCode(),
                        Arrays.copyOf(counts, i),
                        e);
            }
        }
        return counts;
    }

    // ---- settings

    @Override
    public final void cancel() throws SQLException {
        checkOpen();
        PreparedStatement statement = running;
        if (statement != null) {
            connection.noteCancel();
            statement.interrupt();
        }
    }

    @Override
    public final int getQueryTimeout() {
        return timeoutSeconds;
    }

    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        if (seconds < 0) {
            throw SqlErrors.misuse("query timeout " + seconds);
        }
        timeoutSeconds = seconds;
    }

    @Override
    public final int getMaxRows() {
        return clamp(maxRows);
    }

    @Override
    public final void setMaxRows(int max) throws SQLException {
        setLargeMaxRows(max);
    }

    @Override
    public final long getLargeMaxRows() {
        return maxRows;
    }

    @Override
    public final void setLargeMaxRows(long max) throws SQLException {
        if (max < 0) {
            throw SqlErrors.misuse("max rows " + max);
        }
        maxRows = max;
    }

    @Override
    public final int getFetchSize() {
        return fetchSize;
    }

    @Override
    public final void setFetchSize(int rows) throws SQLException {
        if (rows < 0) {
            throw SqlErrors.misuse("fetch size " + rows);
        }
        fetchSize = rows;
    }

    @Override
    public final int getFetchDirection() {
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public final void setFetchDirection(int direction) throws SQLException {
        if (direction != ResultSet.FETCH_FORWARD) {
            throw SqlErrors.notSupported("another fetch direction than forward");
        }
    }

    @Override
    public final int getMaxFieldSize() {
        return 0;
    }

    @Override
    public final void setMaxFieldSize(int max) throws SQLException {
        if (max < 0) {
            throw SqlErrors.misuse("max field size " + max);
        }
    }

    @Override
    public final void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public final void setCursorName(String name) throws SQLException {
        throw SqlErrors.notSupported("setCursorName");
    }

    @Override
    public final int getResultSetConcurrency() {
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public final int getResultSetType() {
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public final int getResultSetHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public final Connection getConnection() {
        return connection;
    }

    @Override
    public final SQLWarning getWarnings() {
        return null;
    }

    @Override
    public final void clearWarnings() {}

    @Override
    public final void closeOnCompletion() {
        closeOnCompletion = true;
    }

    @Override
    public final boolean isCloseOnCompletion() {
        return closeOnCompletion;
    }

    @Override
    public final void setPoolable(boolean poolable) {}

    @Override
    public final boolean isPoolable() {
        return false;
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            closeResult();
            connection.statementClosed(this);
        }
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapped.unwrap(this, type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
