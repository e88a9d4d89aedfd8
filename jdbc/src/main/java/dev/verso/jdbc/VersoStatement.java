package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.PreparedStatement;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs SQL. A text may hold several statements: {@link #execute} runs them all and gives the first result, {@link #getMoreResults} the others.
 */
class VersoStatement implements Statement {
    final VersoConnection connection;
    final GeneratedKeys keys = new GeneratedKeys();
    private final List<String> batch = new ArrayList<>();
    private volatile PreparedStatement running;
    private final Deque<Object> results =
            new ArrayDeque<>(); // what follows the current result: VersoResultSets and counts
    private PreparedStatement own; // the statement behind the last result, closed when the next text runs
    private VersoResultSet resultSet;
    private long updateCount = -1;
    private long maxRows;
    private int fetchSize;
    private int timeoutSeconds;
    private long deadline; // of the newest run; 0 for none
    private boolean closeOnCompletion;
    private boolean closed;

    VersoStatement(VersoConnection connection) {
        this.connection = connection;
    }

    final void checkOpen() throws SQLException {
        connection.checkOpen();
        if (closed) {
            throw SqlErrors.closed("the statement");
        }
    }

    // ---- running

    /** What a caller expects of a text. */
    private enum Expected {
        ANYTHING,
        ROWS,
        COUNTS
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return execute(sql, connection.usualKeys());
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        connection.lock().enter();
        try {
            startRun(Keys.NONE);
            if (!runText(sql, Expected.ROWS)) {
                throw SqlErrors.misuse("query does not return results");
            }
            return resultSet;
        } finally {
            connection.lock().exit();
        }
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return clamp(executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return update(sql, connection.usualKeys());
    }

    /** Runs all statements of the text and adds up what they changed. */
    private long runUpdates(String sql) throws SQLException {
        connection.lock().enter();
        try {
            runText(sql, Expected.COUNTS);
            long total = Math.max(updateCount, 0);
            for (Object count : results) {
                total += (Long) count;
            }
            results.clear();
            updateCount = total;
            return total;
        } finally {
            connection.lock().exit();
        }
    }

    /**
     * Runs all statements of the text. The rows of the last one are read as they are asked for, those of the ones before are gathered.
     *
     * @return true if the first result has rows
     */
    private boolean runText(String sql, Expected expected) throws SQLException {
        if (sql == null) {
            throw SqlErrors.misuse("no SQL given");
        }
        connection.lock().enter();
        try {
            checkOpen();
            int offset = 0;
            while (offset < sql.length()) {
                offset = runOne(sql, offset, expected);
            }
            return nextResult();
        } catch (DatabaseException e) {
            throw failed(e);
        } finally {
            connection.lock().exit();
        }
    }

    /** @return the offset behind the statement */
    private int runOne(String text, int offset, Expected expected) throws SQLException {
        PreparedStatement statement = connection.engine().prepare(text, offset);
        if (statement.isEmpty()) {
            statement.close();
            return text.length();
        }
        int tail = statement.tailOffset();
        String returning = keys.withReturning(statement.sql());
        if (keys.isReturning()) {
            statement.close();
            statement = connection.engine().prepare(returning, 0);
        }
        boolean hasColumns = statement.columnCount() > 0 && !keys.isReturning();
        if (expected == Expected.ROWS && results.isEmpty() && !hasColumns) {
            statement.close();
            throw SqlErrors.misuse("query does not return results");
        }
        if (expected == Expected.COUNTS && isQuery(statement)) {
            statement.close();
            throw SqlErrors.misuse("query returns results");
        }
        boolean kept = false;
        try {
            if (!run(statement, expected != Expected.COUNTS)) {
                results.add(updateCount);
            } else if (SqlText.isBlank(text, tail)) {
                own = statement;
                kept = true;
                results.add(resultSet);
            } else {
                results.add(gathered(statement));
            }
        } finally {
            resultSet = null;
            if (!kept) {
                statement.close();
            }
        }
        return tail;
    }

    /** True if the statement does nothing but give rows, so that a caller who wants a count has made a mistake. */
    final boolean isQuery(PreparedStatement statement) {
        return statement.columnCount() > 0
                && statement.isReadOnly()
                && !keys.isReturning()
                && !SqlText.firstWord(statement.sql(), 0).equals("PRAGMA");
    }

    /** All rows of the statement that runs, so that the next one can. */
    private VersoResultSet gathered(PreparedStatement statement) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        while (resultSet.next()) {
            Object[] row = new Object[statement.columnCount()];
            for (int i = 0; i < row.length; i++) {
                row[i] = Parameters.snapshot(statement.column(i));
            }
            rows.add(row);
        }
        return new VersoResultSet(
                new ListRows(new StatementRows(statement, this), rows), this, connection.settings(), maxRows);
    }

    private boolean nextResult() {
        Object next = results.poll();
        resultSet = next instanceof VersoResultSet rows ? rows : null;
        updateCount = next instanceof Long count ? count : -1;
        return resultSet != null;
    }

    final void startRun(Keys wanted) throws SQLException {
        connection.lock().enter();
        try {
            checkOpen();
            closeResult();
            keys.begin(wanted);
        } finally {
            connection.lock().exit();
        }
    }

    /**
     * Runs a statement to its first row or its end.
     *
     * @param rowsWanted false to run to the end and drop the rows
     * @return true if it has rows (perhaps none)
     */
    final boolean run(PreparedStatement statement, boolean rowsWanted) throws SQLException {
        connection.lock().enter();
        boolean ended = false;
        try {
            checkOpen();
            connection.beforeRun(statement);
            deadline = timeoutSeconds == 0 ? 0 : notZero(System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds));
            statement.deadlineNanos(deadline);
            running = statement;
            StatementRows rows = new StatementRows(statement, this);
            long changesBefore = connection.totalChanges();
            boolean hasRow = statement.step();
            if (rowsWanted && statement.columnCount() > 0 && !keys.isReturning()) {
                rows.begin(hasRow);
                resultSet = new VersoResultSet(rows, this, connection.settings(), maxRows);
                return true;
            }
            while (hasRow) {
                if (keys.isReturning()) {
                    keys.addRow(statement);
                }
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
            connection.lock().exit();
        }
    }

    private static long notZero(long nanos) {
        return nanos == 0 ? 1 : nanos; // 0 means none
    }

    /** The exception for a failed step. A wait for a lock that a cancel or the timeout cut short counts as interrupted, not as busy. */
    final SQLException failed(DatabaseException e) {
        boolean stopped = e.code() == ResultCode.INTERRUPT;
        if (!stopped && !e.isBusy()) {
            return SqlErrors.of(e);
        }
        if (connection.isCancelled()) {
            return stopped ? SqlErrors.of(e) : SqlErrors.stopped("the statement was cancelled", e);
        }
        if (deadline != 0 && (stopped || System.nanoTime() - deadline >= 0)) {
            return SqlErrors.stopped("the query timeout of " + timeoutSeconds + " s is over", e);
        }
        return SqlErrors.of(e);
    }

    /** A result set has come to its end or was closed: its run is over. */
    final void rowsEnded() {
        running = null;
    }

    final void resultSetClosed(VersoResultSet closedSet) throws SQLException {
        if (closedSet == resultSet && closeOnCompletion && !closed && results.isEmpty()) {
            close();
        }
    }

    /** Closes the current result and those that follow it. */
    final void closeResult() throws SQLException {
        connection.lock().enter();
        try {
            closeCurrent();
            while (!results.isEmpty()) {
                nextResult();
                closeCurrent();
            }
            if (own != null) {
                own.close();
                own = null;
            }
        } finally {
            connection.lock().exit();
        }
    }

    private void closeCurrent() throws SQLException {
        if (resultSet != null) {
            VersoResultSet open = resultSet;
            resultSet = null;
            open.close();
        }
    }

    static int clamp(long count) {
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    // ---- results

    @Override
    public final ResultSet getResultSet() throws SQLException {
        checkOpen();
        return resultSet;
    }

    final VersoResultSet currentResult() {
        return resultSet;
    }

    @Override
    public final int getUpdateCount() throws SQLException {
        checkOpen();
        return clamp(updateCount);
    }

    @Override
    public final long getLargeUpdateCount() throws SQLException {
        checkOpen();
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
        closeCurrent();
        return nextResult();
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
        startRun(wanted);
        return runText(sql, Expected.ANYTHING);
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
    public final int[] executeBatch() throws SQLException {
        return Arrays.stream(executeLargeBatch())
                .mapToInt(VersoStatement::clamp)
                .toArray();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> statements = new ArrayList<>(batch);
        batch.clear();
        startRun(connection.usualKeys());
        long[] counts = new long[statements.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = runUpdates(statements.get(i));
            } catch (SQLException e) {
                throw failedAt(i, counts, e);
            }
        }
        return counts;
    }

    /** A batch that has stopped at an entry: the counts are those of the entries before it. */
    static BatchUpdateException failedAt(int entry, long[] counts, SQLException e) {
        return new BatchUpdateException(
                "batch entry " + entry + ": " + e.getMessage(),
                e.getSQLState(),
                e.getErrorCode(),
                Arrays.copyOf(counts, entry),
                e);
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
    public final int getQueryTimeout() throws SQLException {
        checkOpen();
        return timeoutSeconds;
    }

    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        if (seconds < 0) {
            throw SqlErrors.misuse("query timeout " + seconds);
        }
        timeoutSeconds = seconds;
    }

    @Override
    public final int getMaxRows() throws SQLException {
        checkOpen();
        return clamp(maxRows);
    }

    @Override
    public final void setMaxRows(int max) throws SQLException {
        setLargeMaxRows(max);
    }

    @Override
    public final long getLargeMaxRows() throws SQLException {
        checkOpen();
        return maxRows;
    }

    @Override
    public final void setLargeMaxRows(long max) throws SQLException {
        checkOpen();
        if (max < 0) {
            throw SqlErrors.misuse("max rows " + max);
        }
        maxRows = max;
    }

    @Override
    public final int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public final void setFetchSize(int rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.misuse("fetch size " + rows);
        }
        fetchSize = rows;
    }

    @Override
    public final int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public final void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != ResultSet.FETCH_FORWARD) {
            throw SqlErrors.notSupported("another fetch direction than forward");
        }
    }

    @Override
    public final int getMaxFieldSize() throws SQLException {
        checkOpen();
        return 0;
    }

    @Override
    public final void setMaxFieldSize(int max) throws SQLException {
        checkOpen();
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
    public final int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public final int getResultSetType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public final int getResultSetHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public final Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public final SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public final void clearWarnings() throws SQLException {
        checkOpen();
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        checkOpen();
        closeOnCompletion = true;
    }

    @Override
    public final boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return closeOnCompletion;
    }

    @Override
    public final void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
    }

    @Override
    public final boolean isPoolable() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public void close() throws SQLException {
        connection.lock().enter();
        try {
            if (!closed) {
                closed = true;
                closeResult();
                connection.statementClosed(this);
            }
        } finally {
            connection.lock().exit();
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
