package dev.verso.sql;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.CompiledStatement.ResultColumn;
import dev.verso.sql.extend.StatementListener;
import dev.verso.vm.Machine;
import dev.verso.vm.Program;
import dev.verso.vm.value.Value;

/** A compiled statement. Runs by {@link #step}; {@link #reset} makes it ready for the next run. Re-prepares itself when the schema has changed. */
public final class PreparedStatement implements AutoCloseable {
    /** As often as SQLite: a schema that changes faster than it can be read is given up. */
    private static final int MAX_COMPILATIONS = 50;

    private final Connection connection;
    private final String text;
    private final int offset;
    private PreparedRun run;
    private CompiledStatement compiled;
    private volatile Machine machine;
    private boolean isRunning;
    private boolean isDone;
    private boolean closed;
    private long deadlineNanos;
    /** Who is to be told of this run's end; null for nobody. */
    private StatementListener listener;

    private String listenedSql;
    private long beganAt;

    PreparedStatement(Connection connection, String text, int offset, PreparedRun run) {
        this.connection = connection;
        this.text = text;
        this.offset = offset;
        use(run);
    }

    private void use(PreparedRun newRun) {
        run = newRun;
        compiled = newRun.compiled();
        machine = newRun.machine();
    }

    /** True if the text held no statement. */
    public boolean isEmpty() {
        return compiled.isEmpty();
    }

    /** The statement's own text, without what follows its semicolon. */
    public String sql() {
        return compiled.sql();
    }

    /** Offset in the prepared text just past this statement. */
    public int tailOffset() {
        return compiled.tail();
    }

    /** Number of result columns; 0 if the statement returns no rows. */
    public int columnCount() {
        return compiled.columns().size();
    }

    public String columnName(int column) {
        return column(compiled, column).name();
    }

    /** Declared type of the table column behind the result column, or null. */
    public String columnDeclaredType(int column) {
        return column(compiled, column).declaredType();
    }

    /** Table behind the result column, or null for an expression. */
    public String columnTable(int column) {
        return column(compiled, column).table();
    }

    /** Schema name ({@code main} …) of {@link #columnTable}, or null. */
    public String columnSchema(int column) {
        return column(compiled, column).schema();
    }

    /** Name in its table of the column behind the result column, or null. */
    public String columnOrigin(int column) {
        return column(compiled, column).origin();
    }

    private static ResultColumn column(CompiledStatement compiled, int column) {
        if (column < 0 || column >= compiled.columns().size()) {
            throw new DatabaseException(ResultCode.RANGE, ResultCode.RANGE.text());
        }
        return compiled.columns().get(column);
    }

    /** Largest parameter number. */
    public int parameterCount() {
        return compiled.parameters().count();
    }

    /** Name of a parameter with its prefix, or null for a nameless one; numbers count from 1. */
    public String parameterName(int number) {
        return number < 1 || number > parameterCount()
                ? null
                : compiled.parameters().name(number);
    }

    /** Number of the parameter of that name (with prefix), or 0. */
    public int parameterNumber(String name) {
        return compiled.parameters().find(name);
    }

    /** The parameter to set; RANGE if there is none of that number. Values survive {@link #reset}. */
    public Value parameter(int number) {
        if (number < 1 || number > parameterCount()) {
            throw new DatabaseException(ResultCode.RANGE, ResultCode.RANGE.text());
        }
        return machine.parameter(number);
    }

    public void clearParameters() {
        for (int number = 1; number <= parameterCount(); number++) {
            machine.parameter(number).setNull();
        }
    }

    /** Runs to the next row or the end. @return true if there is a row */
    public boolean step() {
        if (closed) {
            throw new DatabaseException(ResultCode.MISUSE, ResultCode.MISUSE.text());
        }
        if (isEmpty()) {
            return false;
        }
        if (isRunning) {
            try {
                return advance();
            } catch (DatabaseException e) {
                tellEnd();
                throw e;
            }
        }
        connection.busy().begin(deadlineNanos);
        if (isDone) {
            machine.reset();
            isDone = false;
        }
        if (!connection.isCurrent(compiled)) {
            compileAgain();
        } else if (run.replanning().isDue(compiled, machine)) {
            planAgain();
        }
        listener = connection.statementListener();
        if (listener != null) {
            listenedSql = expandedSql();
            beganAt = System.nanoTime();
            listener.begins(listenedSql);
        }
        boolean commitsAtEnd = connection.session().isAutocommit() && !compiled.isReadOnly();
        int conflicts = 0;
        int compilations = 1;
        while (true) {
            try {
                isRunning = true;
                return advance();
            } catch (DatabaseException e) {
                if (commitsAtEnd && e.code() == ResultCode.BUSY_SNAPSHOT && mayRunAgain(conflicts)) {
                    conflicts++;
                    // It begins anew, and the schema may change again.
                    compilations = 1;
                } else if (e.code() == ResultCode.SCHEMA && compilations < MAX_COMPILATIONS) {
                    compilations++;
                    connection.schemas().forgetStale();
                    compileAgain();
                } else {
                    tellEnd();
                    throw e;
                }
            }
        }
    }

    /**
     * A statement that is a transaction of its own and has not shown a row yet runs again after a conflict with another commit, as long as
     * the busy timeout lets it.
     */
    private boolean mayRunAgain(int conflicts) {
        return connection.session().isAutocommit()
                && connection.session().activeStatements() == 0
                && connection.busy().waitAgain(conflicts);
    }

    private boolean advance() {
        try {
            boolean hasRow = machine.step();
            if (!hasRow) {
                isRunning = false;
                isDone = true;
                tellEnd();
            }
            return hasRow;
        } catch (OutOfMemoryError e) {
            isRunning = false;
            machine.reset();
            connection.releaseMemory();
            throw new DatabaseException(ResultCode.NOMEM, ResultCode.NOMEM.text(), e);
        } catch (RuntimeException | Error e) {
            isRunning = false;
            machine.reset();
            if (!(e instanceof DatabaseException failure)
                    || failure.code() != ResultCode.SCHEMA && failure.code() != ResultCode.BUSY_SNAPSHOT) {
                tellEnd();
            }
            throw e;
        }
    }

    /** The statement's text with the values of its parameters in place of them. */
    public String expandedSql() {
        return new ExpandedSql(this)
                .text(compiled.parameters(), compiled.tail() - compiled.sql().length());
    }

    private void tellEnd() {
        StatementListener told = listener;
        listener = null;
        if (told != null) {
            told.ends(listenedSql, System.nanoTime() - beganAt);
        }
    }

    /** Compiles the text anew for other values of its parameters. */
    private void planAgain() {
        Replanning replanning = run.replanning();
        Program before = compiled.program();
        compileAgain();
        replanning.done(compiled.program().hasSameInstructions(before));
        use(new PreparedRun(compiled, machine, replanning));
    }

    /** Compiles the text anew and takes the parameters' values along. */
    private void compileAgain() {
        Machine old = machine;
        PreparedRun fresh = connection.compile(text, offset, old);
        int count = Math.min(parameterCount(), fresh.compiled().parameters().count());
        for (int number = 1; number <= count; number++) {
            fresh.machine().parameter(number).setCopy(old.parameter(number));
        }
        old.close();
        use(fresh);
        machine.deadlineNanos(deadlineNanos);
    }

    /** Value of the current row, 0-based; valid until the next step. */
    public Value column(int column) {
        return machine.column(column);
    }

    /** Like {@link Value#isNull} of {@link #column}. */
    public boolean columnIsNull(int column) {
        return machine.columnIsNull(column);
    }

    /** Like {@link Value#asLong} of {@link #column}, cheaper where the column was not read yet. */
    public long columnLong(int column) {
        return machine.columnLong(column);
    }

    /** Like {@link Value#asDouble} of {@link #column}, likewise. */
    public double columnDouble(int column) {
        return machine.columnDouble(column);
    }

    /** Like {@link Value#asString} of {@link #column}, likewise; each call may make a new String. */
    public String columnString(int column) {
        return machine.columnString(column);
    }

    public void reset() {
        if (isRunning || isDone) {
            isRunning = false;
            isDone = false;
            machine.reset();
            tellEnd();
        }
    }

    /** True if the statement cannot change a database. */
    public boolean isReadOnly() {
        return compiled.isReadOnly();
    }

    /** 0 for a plain statement, 1 for EXPLAIN, 2 for EXPLAIN QUERY PLAN. */
    public int explainMode() {
        return compiled.explainMode();
    }

    /** Time by {@link System#nanoTime} after which a step stops with {@code SQLITE_INTERRUPT}; 0 for none. */
    public void deadlineNanos(long deadline) {
        deadlineNanos = deadline;
        if (machine != null) {
            machine.deadlineNanos(deadline);
        }
    }

    /** Stops this statement's run with {@code SQLITE_INTERRUPT}. Any thread. */
    public void interrupt() {
        Machine running = machine;
        if (running != null) {
            running.interrupt();
        }
        connection.busy().interrupt();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        reset();
        closed = true;
        if (!isEmpty()) {
            clearParameters();
            deadlineNanos(0);
            connection.release(text, offset, run);
        }
    }
}
