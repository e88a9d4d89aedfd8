package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.sql.PreparedStatement;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * One connection of the engine as JDBC. Without autocommit a transaction begins with the first statement, not before, so an idle connection
 * holds no lock. Any thread may use it: {@link ConnectionLock} lets one at a time into the engine; {@link Statement#cancel} and {@link #abort}
 * do not wait for it.
 */
final class VersoConnection implements Connection {
    /** Pragmas that write to the database: part of a transaction, and rolled back with it. Others may not run inside one. */
    private static final List<String> PRAGMAS_OF_TRANSACTIONS =
            List.of("user_version", "application_id", "schema_version", "incremental_vacuum");

    private final dev.verso.sql.Connection engine;
    private final String url;
    private final ConnectionSettings settings;
    private final ConnectionLock lock = new ConnectionLock();
    private final Set<VersoStatement> statements = new LinkedHashSet<>();
    private boolean autoCommit = true;
    private final boolean openedReadOnly;
    private boolean readOnly;
    private int isolation = TRANSACTION_SERIALIZABLE;
    private int savepoints;
    private int networkTimeoutMillis;
    private SQLWarning warnings;
    private volatile boolean cancelled;
    private volatile boolean closed;

    /** @param openedReadOnly the database can't be written, whatever is set later */
    VersoConnection(dev.verso.sql.Connection engine, String url, ConnectionSettings settings, boolean openedReadOnly)
            throws SQLException {
        this.engine = engine;
        this.url = url;
        this.settings = settings;
        this.openedReadOnly = openedReadOnly;
        try {
            engine.busyTimeoutMillis(settings.busyTimeoutMillis());
            for (Map.Entry<String, String> pragma : settings.pragmas().entrySet()) {
                engine.execute(
                        "PRAGMA " + pragma.getKey() + " = '" + pragma.getValue().replace("'", "''") + "'");
            }
        } catch (DatabaseException e) {
            engine.close();
            throw SqlErrors.onConnect(e);
        }
        readOnly = openedReadOnly;
        for (String text : settings.warnings()) {
            SQLWarning warning = new SQLWarning(text, "01000");
            if (warnings == null) {
                warnings = warning;
            } else {
                warnings.setNextWarning(warning);
            }
        }
    }

    /** The keys that an INSERT keeps when nobody has said which. */
    Keys usualKeys() {
        return settings.generatedKeys() ? Keys.ROWID : Keys.NONE;
    }

    ConnectionLock lock() {
        return lock;
    }

    dev.verso.sql.Connection engine() {
        return engine;
    }

    ConnectionSettings settings() {
        return settings;
    }

    String url() {
        return url;
    }

    long changes() {
        return engine.session().changes();
    }

    long totalChanges() {
        return engine.session().totalChanges();
    }

    long lastInsertRowid() {
        return engine.session().lastInsertRowid();
    }

    void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.connectionClosed();
        }
    }

    void noteCancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Begins the transaction of a connection without autocommit, unless the statement is about transactions itself. */
    void beforeRun(PreparedStatement statement) {
        cancelled = false;
        if (!autoCommit && engine.session().isAutocommit() && !isTransactionControl(statement)) {
            engine.execute("BEGIN " + settings.transactionMode());
        }
    }

    private static boolean isTransactionControl(PreparedStatement statement) {
        return switch (SqlText.firstWord(statement.sql(), 0)) {
            case "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM" -> true;
            case "PRAGMA" ->
                PRAGMAS_OF_TRANSACTIONS.stream().noneMatch(name -> SqlText.hasWord(statement.sql(), 0, name));
            default -> false;
        };
    }

    void statementClosed(VersoStatement statement) {
        statements.remove(statement);
    }

    private void run(String sql) throws SQLException {
        lock.enter();
        try {
            checkOpen();
            engine.execute(sql);
        } catch (DatabaseException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.exit();
        }
    }

    // ---- statements

    @Override
    public Statement createStatement() throws SQLException {
        lock.enter();
        try {
            checkOpen();
            VersoStatement statement = new VersoStatement(this);
            statements.add(statement);
            return statement;
        } finally {
            lock.exit();
        }
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return createStatement(type, concurrency, ResultSet.HOLD_CURSORS_OVER_COMMIT);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        checkResultSet(type, concurrency);
        return createStatement();
    }

    private static void checkResultSet(int type, int concurrency) throws SQLException {
        if (type != ResultSet.TYPE_FORWARD_ONLY) {
            throw SqlErrors.notSupported("a result set that is not forward-only");
        }
        if (concurrency != ResultSet.CONCUR_READ_ONLY) {
            throw SqlErrors.notSupported("an updatable result set");
        }
    }

    @Override
    public java.sql.PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, usualKeys());
    }

    private java.sql.PreparedStatement prepare(String sql, Keys wanted) throws SQLException {
        if (sql == null) {
            throw SqlErrors.misuse("no SQL given");
        }
        lock.enter();
        try {
            checkOpen();
            PreparedStatement prepared = engine.prepare(sql, 0);
            if (prepared.isEmpty()) {
                throw SqlErrors.misuse("the text holds no statement");
            }
            if (!SqlText.isBlank(sql, prepared.tailOffset())) {
                prepared.close();
                throw SqlErrors.misuse("a prepared statement can hold one statement only");
            }
            GeneratedKeys keys = new GeneratedKeys();
            keys.begin(wanted);
            String text = keys.withReturning(prepared.sql());
            if (keys.isReturning()) {
                prepared.close();
                prepared = engine.prepare(text, 0);
            }
            VersoPreparedStatement statement = new VersoPreparedStatement(this, prepared, wanted, keys.isReturning());
            statements.add(statement);
            return statement;
        } catch (DatabaseException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.exit();
        }
    }

    @Override
    public java.sql.PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepare(sql, Keys.of(autoGeneratedKeys));
    }

    @Override
    public java.sql.PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepare(sql, Keys.of(this, sql, columnIndexes));
    }

    @Override
    public java.sql.PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepare(sql, Keys.of(columnNames));
    }

    @Override
    public java.sql.PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        checkResultSet(type, concurrency);
        return prepareStatement(sql);
    }

    @Override
    public java.sql.PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        checkResultSet(type, concurrency);
        return prepareStatement(sql);
    }

    /** Names of the columns of the table that an INSERT names, in order. */
    List<String> insertedColumns(String sql) throws SQLException {
        int into = SqlText.wordAt(sql, 0, "INTO");
        if (into < 0) {
            throw SqlErrors.misuse("generated keys by column numbers need an INSERT INTO");
        }
        String table = TableNames.after(sql, into + 4);
        List<String> names = new ArrayList<>();
        for (Object[] column : new SchemaReader(this).read("PRAGMA table_info(" + table + ")")) {
            names.add((String) column[1]);
        }
        return names;
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw SqlErrors.notSupported("stored procedures");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        throw SqlErrors.notSupported("stored procedures");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        throw SqlErrors.notSupported("stored procedures");
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
    }

    // ---- transactions

    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        lock.enter();
        try {
            checkOpen();
            if (autoCommit != on) {
                if (on && !engine.session().isAutocommit()) {
                    run("COMMIT");
                }
                autoCommit = on;
            }
        } finally {
            lock.exit();
        }
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return autoCommit;
    }

    @Override
    public void commit() throws SQLException {
        endTransaction("COMMIT");
    }

    @Override
    public void rollback() throws SQLException {
        endTransaction("ROLLBACK");
    }

    private void endTransaction(String sql) throws SQLException {
        lock.enter();
        try {
            checkOpen();
            if (autoCommit) {
                throw SqlErrors.misuse("the connection is in autocommit mode");
            }
            if (!engine.session().isAutocommit()) {
                run(sql);
            }
        } finally {
            lock.exit();
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return savepoint(null);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return savepoint(name);
    }

    private Savepoint savepoint(String name) throws SQLException {
        lock.enter();
        try {
            checkOpen();
            if (autoCommit) {
                throw SqlErrors.misuse("the connection is in autocommit mode");
            }
            if (engine.session().isAutocommit()) {
                run("BEGIN " + settings.transactionMode());
            }
            VersoSavepoint savepoint = new VersoSavepoint(++savepoints, name);
            run("SAVEPOINT " + savepoint.sqlName());
            return savepoint;
        } finally {
            lock.exit();
        }
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        run("ROLLBACK TO " + own(savepoint).sqlName());
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        run("RELEASE " + own(savepoint).sqlName());
    }

    private static VersoSavepoint own(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof VersoSavepoint own) {
            return own;
        }
        throw SqlErrors.misuse("not a savepoint of this driver");
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        switch (level) {
            case TRANSACTION_READ_UNCOMMITTED -> run("PRAGMA read_uncommitted = true");
            case TRANSACTION_READ_COMMITTED, TRANSACTION_REPEATABLE_READ, TRANSACTION_SERIALIZABLE ->
                run("PRAGMA read_uncommitted = false");
            default -> throw SqlErrors.misuse("transaction isolation " + level);
        }
        run("PRAGMA verso_isolation = " + (level == TRANSACTION_SERIALIZABLE ? "serializable" : "snapshot"));
        isolation = level;
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return isolation;
    }

    @Override
    public void setReadOnly(boolean on) throws SQLException {
        checkOpen();
        if (on == readOnly) {
            return;
        }
        if (!engine.session().isAutocommit()) {
            throw SqlErrors.misuse("a transaction is open");
        }
        if (!on && openedReadOnly) {
            throw SqlErrors.misuse("the database was opened read-only");
        }
        run("PRAGMA query_only = " + (on ? "ON" : "OFF"));
        readOnly = on;
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return readOnly;
    }

    // ---- life

    @Override
    public void close() throws SQLException {
        lock.enter();
        try {
            if (closed) {
                return;
            }
            for (VersoStatement statement : new ArrayList<>(statements)) {
                statement.close();
            }
            closed = true;
            engine.close();
        } catch (DatabaseException e) {
            throw SqlErrors.of(e);
        } finally {
            lock.exit();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw SqlErrors.misuse("timeout " + timeoutSeconds);
        }
        lock.enter();
        try {
            if (closed) {
                return false;
            }
            try (PreparedStatement one = engine.prepare("SELECT 1", 0)) {
                return one.step();
            }
        } catch (DatabaseException e) {
            return false;
        } finally {
            lock.exit();
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlErrors.misuse("no executor given");
        }
        if (!closed) {
            engine.interrupt();
            executor.execute(() -> {
                // A statement that was only about to begin has not seen the first interrupt.
                lock.enterCalling(engine::interrupt);
                try {
                    close();
                } catch (SQLException e) {
                    System.getLogger("dev.verso.jdbc")
                            .log(System.Logger.Level.WARNING, "closing an aborted connection", e);
                } finally {
                    lock.exit();
                }
            });
        }
    }

    @Override
    public void setNetworkTimeout(Executor executor, int millis) throws SQLException {
        checkOpen();
        if (millis < 0) {
            throw SqlErrors.misuse("network timeout " + millis);
        }
        networkTimeoutMillis = millis;
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return networkTimeoutMillis;
    }

    // ---- the rest

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return new VersoDatabaseMetaData(this);
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        checkOpen();
    }

    @Override
    public String getCatalog() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        checkOpen();
    }

    @Override
    public String getSchema() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public Map<String, Class<?>> getTypeMap() {
        return Map.of();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.notSupported("a type map");
        }
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
            throw SqlErrors.notSupported("closing cursors at commit");
        }
    }

    @Override
    public int getHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public Blob createBlob() {
        return new MemoryBlob(new byte[0]);
    }

    @Override
    public Clob createClob() {
        return new MemoryClob("");
    }

    @Override
    public NClob createNClob() {
        return new MemoryClob("");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw SqlErrors.notSupported("SQLXML");
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        throw SqlErrors.notSupported("ARRAY");
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw SqlErrors.notSupported("STRUCT");
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        if (closed) {
            throw new SQLClientInfoException(Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        if (closed) {
            throw new SQLClientInfoException(Map.of());
        }
    }

    @Override
    public String getClientInfo(String name) {
        return null;
    }

    @Override
    public Properties getClientInfo() {
        return new Properties();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(engine) ? type.cast(engine) : Wrapped.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || type.isInstance(engine);
    }
}
