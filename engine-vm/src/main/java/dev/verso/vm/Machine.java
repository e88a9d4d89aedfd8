package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.RecordBuilder;
import dev.verso.record.SearchKey;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.Value;

/**
 * One run of a program: registers, cursors, program counter. Reusable after {@link #reset}. Used by one thread, except {@link #interrupt}.
 *
 * <p>States: READY --step--> RUNNING --step--> DONE; {@link #reset} leads back to READY from anywhere. How a run ends, and what then
 * becomes of its changes, is in {@link StatementEnd}.
 */
public final class Machine implements AutoCloseable {
    private static final int READY = 0;
    private static final int RUNNING = 1;
    private static final int DONE = 2;
    private static final int CHECK_INTERVAL = 1000;

    final Program program;
    final Session session;
    TextEncoding encoding = TextEncoding.UTF8;

    // of the current frame, copied here because instructions use them all the time
    Value[] registers;
    Cursor[] cursors;
    Frame frame;
    private Instruction[] code;

    private final Frame mainFrame;
    private final Value[] parameters;
    private int state = READY;
    /** Where to go on after a row, or in a frame just entered or left. */
    int resumeAt;

    private int resultFirst;
    private int resultCount;
    /** What of the row is not in its registers yet. */
    private PendingRow pending = PendingRow.NONE;

    private final PendingRow[] pendingRows;

    // of the session
    final RecordBuilder builder;
    final SearchKey searchKey;
    final Value scratch;
    final Value scratch2;
    final Value concatenation;
    final Value functionResult;
    final Value preformatted;
    /** Result of the last comparison, for {@code Jump} and {@code ElseEq}. */
    int comparison;

    int[] permutation;

    final StatementEnd end;
    /** Rows changed so far, to be published at the end of the statement. */
    long changes;

    private volatile boolean interrupted;
    private long deadline;
    private int ticks = CHECK_INTERVAL;
    private long statementTime = Long.MIN_VALUE;

    public Machine(Program program, Session session) {
        this.program = program;
        this.session = session;
        Scratch shared = session.scratch();
        builder = shared.builder;
        searchKey = shared.searchKey;
        scratch = shared.left;
        scratch2 = shared.right;
        concatenation = shared.concatenation;
        functionResult = shared.functionResult;
        preformatted = shared.preformatted;
        mainFrame = new Frame(program, null);
        pendingRows = new PendingRow[program.pendingRowCount()];
        end = new StatementEnd(this, session);
        parameters = new Value[program.parameterCount() + 1];
        for (int i = 1; i < parameters.length; i++) {
            parameters[i] = new Value();
        }
        enter(mainFrame);
    }

    /** The largest number that {@link #parameter} accepts. */
    public int parameterCount() {
        return parameters.length - 1;
    }

    /** Parameter {@code number} (1-based); set before the run. @throws DatabaseException RANGE if the program has no such parameter */
    public Value parameter(int number) {
        if (number < 1 || number >= parameters.length) {
            throw new DatabaseException(ResultCode.RANGE, ResultCode.RANGE.text());
        }
        return parameters[number];
    }

    /** Runs to the next row or the end. @return true if there is a row */
    public boolean step() {
        if (state != RUNNING) {
            if (state == DONE) {
                return false;
            }
            start();
        }
        try {
            end.checkNotRolledBack();
            if (run()) {
                return true;
            }
            state = DONE;
            finishFrames();
            end.finish(null);
            return false;
        } catch (DatabaseException e) {
            fail(e);
            throw e;
        } catch (RuntimeException | Error e) {
            try {
                fail(new DatabaseException(ResultCode.INTERNAL, String.valueOf(e.getMessage()), e));
            } catch (RuntimeException | Error further) {
                if (further != e) {
                    e.addSuppressed(further);
                }
            }
            throw e;
        }
    }

    private void start() {
        encoding = session.encoding();
        enter(mainFrame);
        mainFrame.begin();
        resumeAt = 0;
        resultCount = 0;
        changes = 0;
        comparison = 0;
        permutation = null;
        statementTime = Long.MIN_VALUE;
        interrupted = false;
        ticks = CHECK_INTERVAL;
        end.begin();
        state = RUNNING;
        if (deadline != 0) {
            ticks = 1;
        }
    }

    private boolean run() {
        Instruction[] instructions = code;
        int at = resumeAt;
        int budget = ticks;
        while (true) {
            int to = instructions[at].run(this);
            if (to <= at) {
                if (to < 0) {
                    if (to == Instruction.ROW) {
                        ticks = budget;
                        return true;
                    }
                    if (to == Instruction.DONE) {
                        return false;
                    }
                    instructions = code;
                    to = resumeAt;
                }
                if (--budget <= 0) {
                    budget = check();
                }
            }
            at = to;
        }
    }

    /** Stops the run if someone asked for it; otherwise says after how many backward jumps to ask again. */
    private int check() {
        checkStopped();
        return CHECK_INTERVAL;
    }

    /** Stops the run if someone asked for it: for instructions that take long. */
    void checkStopped() {
        if (interrupted || session.isInterrupted()) {
            throw new DatabaseException(ResultCode.INTERRUPT, ResultCode.INTERRUPT.text());
        }
        if (deadline != 0 && System.nanoTime() - deadline >= 0) {
            throw new DatabaseException(ResultCode.INTERRUPT, ResultCode.INTERRUPT.text());
        }
        if (session.stopsForProgress()) {
            throw new DatabaseException(ResultCode.INTERRUPT, ResultCode.INTERRUPT.text());
        }
    }

    private void fail(DatabaseException e) {
        state = DONE;
        resultCount = 0;
        try {
            finishFrames();
        } finally {
            end.finish(e);
        }
    }

    /** Gives up all cursors, because the transaction that they read in ends. */
    void closeCursors() {
        for (Frame current = frame; current != null; current = current.parent) {
            for (Cursor cursor : current.cursors) {
                cursor.close();
            }
        }
    }

    /** Closes this program's cursors on a tree that is about to be dropped. */
    void closeCursorsOn(BTree tree, int rootPage) {
        for (Frame current = frame; current != null; current = current.parent) {
            for (Cursor cursor : current.cursors) {
                if (cursor.isOpenOn(tree, rootPage)) {
                    cursor.close();
                }
            }
        }
    }

    private void finishFrames() {
        Frame current = frame;
        while (current != mainFrame) {
            current.end();
            changes = current.savedChanges;
            session.changesWere(current.savedPublishedChanges);
            session.lastInsertRowid(current.savedLastInsertRowid);
            current = current.parent;
        }
        mainFrame.end();
        session.scratch().release();
        enter(mainFrame);
    }

    /** Column of the current row, 0-based; valid until the next {@link #step} or {@link #reset}. */
    public Value column(int index) {
        checkColumn(index);
        Value value = registers[resultFirst + index];
        PendingColumn column = pending.column(index);
        if (column != null) {
            column.load(value, encoding);
            pending.loaded(index);
        }
        return value;
    }

    /** Like {@link Value#isNull} of {@link #column}. */
    public boolean columnIsNull(int index) {
        checkColumn(index);
        PendingColumn column = pending.column(index);
        return column == null ? registers[resultFirst + index].isNull() : column.isNull();
    }

    /** Like {@link Value#asLong} of {@link #column}. */
    public long columnLong(int index) {
        checkColumn(index);
        PendingColumn column = pending.column(index);
        return column != null && column.isInteger()
                ? column.integer()
                : column(index).asLong();
    }

    /** Like {@link Value#asDouble} of {@link #column}. */
    public double columnDouble(int index) {
        checkColumn(index);
        PendingColumn column = pending.column(index);
        return column != null && column.isReal() ? column.real() : column(index).asDouble();
    }

    /** Like {@link Value#asString} of {@link #column}, but not cached: each call may make a new String. */
    public String columnString(int index) {
        checkColumn(index);
        PendingColumn column = pending.column(index);
        return column != null && column.isText()
                ? column.text(encoding)
                : column(index).asString();
    }

    private void checkColumn(int index) {
        if (index < 0 || index >= resultCount) {
            throw new DatabaseException(ResultCode.RANGE, ResultCode.RANGE.text());
        }
    }

    /** Number of columns of the current row; 0 if there is none. */
    public int rowColumnCount() {
        return resultCount;
    }

    /** True between the first {@link #step} and the end of the run. */
    public boolean isRunning() {
        return state == RUNNING;
    }

    /** Ends the run (as after an error or before the end): closes cursors, settles the statement's transaction. Parameters stay. */
    public void reset() {
        if (state == RUNNING) {
            state = DONE;
            resultCount = 0;
            try {
                finishFrames();
            } finally {
                end.abandon();
            }
        }
        resultCount = 0;
        state = READY;
    }

    /** Stops a run from another thread with {@code SQLITE_INTERRUPT} at the next check. */
    public void interrupt() {
        interrupted = true;
    }

    /** Time by {@link System#nanoTime} after which the run stops with {@code SQLITE_INTERRUPT}; 0 for none. */
    public void deadlineNanos(long nanos) {
        deadline = nanos;
        ticks = 1;
    }

    @Override
    public void close() {
        reset();
    }

    // ---- for instructions

    private void enter(Frame newFrame) {
        frame = newFrame;
        registers = newFrame.registers;
        cursors = newFrame.cursors;
        code = newFrame.program.code();
    }

    /** A row of {@code count} registers from {@code first} on is ready. */
    void rowReady(int first, int count) {
        resultFirst = first;
        resultCount = count;
        pending = PendingRow.NONE;
    }

    /** Likewise, of which some columns are still in records. */
    void rowReady(int first, int count, PendingRow row) {
        resultFirst = first;
        resultCount = count;
        if (pending != row) {
            pending = row;
        }
    }

    PendingRow pendingRow(RowLayout layout) {
        PendingRow row = pendingRows[layout.ordinal];
        if (row == null) {
            row = new PendingRow(layout);
            pendingRows[layout.ordinal] = row;
        }
        return row;
    }

    Frame mainFrame() {
        return mainFrame;
    }

    Value boundParameter(int number) {
        return parameters[number];
    }

    /** Enters a subprogram: it is the current frame when the instruction returns {@link Instruction#FRAME}. */
    void call(Frame callee) {
        callee.savedChanges = changes;
        callee.savedPublishedChanges = session.changes();
        callee.savedLastInsertRowid = session.lastInsertRowid();
        changes = 0;
        callee.begin();
        enter(callee);
        resumeAt = 0;
    }

    /** Leaves a subprogram, likewise. */
    void leave(boolean ignored) {
        Frame left = frame;
        left.end();
        session.publishChanges(
                changes); // of a statement that RAISE(IGNORE) has left half-way: total_changes() counts them
        changes = left.savedChanges;
        session.changesWere(left.savedPublishedChanges);
        session.lastInsertRowid(left.savedLastInsertRowid);
        enter(left.parent);
        resumeAt = ignored ? left.ignoreAddress : left.returnAddress;
    }

    FunctionContext callSite(int ordinal, FunctionCall call) {
        CallSite site = frame.callSites[ordinal];
        if (site == null) {
            site = new CallSite(this, call.collation());
            frame.callSites[ordinal] = site;
        }
        return site;
    }

    /** The state of the aggregate that accumulates in that register; reset if {@code fresh}. */
    Aggregator aggregator(int register, FunctionCall call, boolean fresh) {
        if (frame.aggregators == null) {
            frame.aggregators = new Aggregator[registers.length];
        }
        Aggregator aggregator = frame.aggregators[register];
        if (aggregator == null) {
            aggregator = call.function().aggregator().get();
            frame.aggregators[register] = aggregator;
        } else if (fresh) {
            aggregator.reset();
        }
        return aggregator;
    }

    /** The row set in that register; emptied if the register is NULL. */
    RowSet rowSet(int register) {
        if (frame.rowSets == null) {
            frame.rowSets = new RowSet[registers.length];
        }
        RowSet set = frame.rowSets[register];
        if (set == null) {
            set = new RowSet();
            frame.rowSets[register] = set;
        } else if (registers[register].isNull()) {
            set.clear();
        }
        registers[register].setInteger(1);
        return set;
    }

    /** A key made of {@code count} registers from {@code first} on. Valid until the builder is used again. */
    SearchKey key(Cursor cursor, int first, int count, int equalResult) {
        if (count == 1 && registers[first].isInteger()) {
            return searchKey.wrapInteger(cursor.keyInfo, registers[first].integer(), equalResult);
        }
        builder.begin();
        for (int i = 0; i < count; i++) {
            append(registers[first + i]);
        }
        int length = builder.finish();
        return searchKey.wrap(cursor.keyInfo, builder.bytes(), 0, length, count, equalResult);
    }

    /** Appends a value to the record under construction. */
    void append(Value value) {
        switch (value.storageClass()) {
            case NULL -> builder.addNull();
            case INTEGER -> builder.addInteger(value.integer());
            case REAL -> {
                if (value.isWholeReal()) {
                    builder.addInteger((long) value.real());
                } else {
                    builder.addReal(value.real());
                }
            }
            case TEXT -> {
                byte[] bytes = value.bytes(encoding);
                builder.addText(bytes, value.offset(), value.length());
            }
            case BLOB -> {
                if (value.isZeroBlob()) {
                    builder.addZeroBlob(value.length());
                } else {
                    builder.addBlob(value.bytes(encoding), value.offset(), value.length());
                }
            }
        }
    }

    /** {@code now} of this statement, in milliseconds since 1970. */
    long statementTimeMillis() {
        if (statementTime == Long.MIN_VALUE) {
            statementTime = session.currentTimeMillis();
        }
        return statementTime;
    }
}
