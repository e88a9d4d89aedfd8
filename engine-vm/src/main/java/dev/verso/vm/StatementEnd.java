package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;

/**
 * What becomes of a statement's changes when it ends, and its bookkeeping in the session. The rules are SQLite's:
 *
 * <ol>
 *   <li>In autocommit mode the last writing statement to end commits, or rolls everything back if it failed (unless by FAIL).
 *   <li>Inside a transaction a failed statement undoes its own changes by its savepoint (ABORT), keeps them (FAIL), or rolls the whole
 *       transaction back (ROLLBACK).
 *   <li>A full disk, an I/O error or an interrupted write rolls the whole transaction back whatever the conflict action says, except
 *       where the statement's savepoint can undo a full disk.
 *   <li>Immediate foreign keys are checked at the end of the statement, deferred ones at the commit.
 * </ol>
 */
final class StatementEnd {
    private final Machine machine;
    private final Session session;
    private final boolean isReader;
    private final boolean isWriter;

    private boolean active;
    private boolean transactionSettled;
    private int conflictAction;
    private long rollbackCount;
    /** Violations of immediate foreign keys so far. */
    long foreignKeyViolations;
    /** Level of the statement's savepoint in each database that it writes, or -1 while there is none. */
    private int savepointLevel = -1;

    private long deferredAtSavepoint;
    private long heldAtSavepoint;

    StatementEnd(Machine machine, Session session) {
        this.machine = machine;
        this.session = session;
        isReader = machine.program.isReader();
        isWriter = !machine.program.isReadOnly();
    }

    void begin() {
        active = true;
        transactionSettled = false;
        conflictAction = Flags.ON_CONFLICT_ABORT;
        rollbackCount = currentRollbackCount();
        foreignKeyViolations = 0;
        savepointLevel = -1;
        session.statementStarts(machine, isReader, isWriter);
        machine.builder.constants(true);
    }

    /** Fails if the transaction that this statement reads in was rolled back while it paused. */
    void checkNotRolledBack() {
        if (isReader && rollbackCount != currentRollbackCount()) {
            throw new DatabaseException(ResultCode.ABORT_ROLLBACK, ResultCode.ABORT_ROLLBACK.text());
        }
    }

    private long currentRollbackCount() {
        Transaction transaction = session.transaction();
        return isWriter ? transaction.rollbackCount() : transaction.closingRollbackCount();
    }

    void conflictAction(int action) {
        conflictAction = action;
    }

    /** Opens the statement's savepoint in a database that it is about to write, where one is needed. */
    void openSavepoint(int database) {
        Transaction transaction = session.transaction();
        boolean isAlone = session.activeReaders() <= 1;
        if (transaction.isAutocommit() ? isAlone : !machine.program.needsStatementSavepoint()) {
            return; // alone in autocommit mode, a failure rolls everything back anyway
        }
        if (savepointLevel < 0) {
            savepointLevel = transaction.openStatement();
            deferredAtSavepoint = transaction.deferredViolations();
            heldAtSavepoint = transaction.heldViolations();
        }
        transaction.openSavepointsOf(database, savepointLevel + 1);
    }

    /** The run was given up before its end: like success, its changes so far stay. */
    void abandon() {
        finish(null);
    }

    /** Settles everything; {@code failure} is null after success. Throws what goes wrong in a commit. */
    void finish(DatabaseException failure) {
        if (!active) {
            return;
        }
        try {
            if (isReader && !transactionSettled) {
                settle(failure);
            } else if (!isReader) {
                publishChanges(0); // EXPLAIN of a statement that would change something
            }
        } finally {
            active = false;
            savepointLevel = -1;
            session.statementEnds(machine, isReader, isWriter);
        }
    }

    /** Called by the instructions that end a transaction themselves, before the statement ends. */
    void settleNow() {
        settle(null);
        transactionSettled = true;
    }

    private void settle(DatabaseException failure) {
        Transaction transaction = session.transaction();
        DatabaseException error = failure;
        boolean undoStatement = false;
        if (error != null && rollbackCount != currentRollbackCount()) {
            publishChanges(0);
            if (transaction.isAutocommit()) {
                transaction.endReads();
            }
            return;
        }
        if (error != null && isFatal(error)) {
            if (isWriter) {
                if (error.code() == ResultCode.FULL && savepointLevel >= 0) {
                    undoStatement = true;
                } else {
                    transaction.rollbackAll(false);
                    publishChanges(0);
                    return;
                }
            }
        }
        boolean keepsDespiteFailure = conflictAction == Flags.ON_CONFLICT_FAIL && !undoStatement;
        if (error == null || keepsDespiteFailure) {
            DatabaseException violation = checkForeignKeys();
            if (violation != null) {
                error = violation;
                conflictAction = Flags.ON_CONFLICT_ABORT;
            }
        }
        boolean keeps = error == null || conflictAction == Flags.ON_CONFLICT_FAIL && !undoStatement;
        int otherWriters = session.activeWriters() - (isWriter ? 1 : 0);
        if (transaction.isAutocommit() && otherWriters == 0) {
            if (keeps) {
                DatabaseException deferred = transaction.checkDeferred();
                if (deferred != null) {
                    transaction.rollbackAll(false);
                    publishChanges(0);
                    throw deferred;
                }
                try {
                    transaction.commit();
                } catch (RuntimeException | Error e) {
                    boolean mayBeTriedAgain = e instanceof DatabaseException known && known.isBusy();
                    if (isWriter || !mayBeTriedAgain || !session.isWriting()) {
                        rollBackAfter(e, transaction);
                        publishChanges(0);
                    }
                    throw e;
                }
            } else {
                machine.changes = 0;
                if (session.activeReaders() > 1) {
                    closeStatement(transaction, true); // other statements go on reading
                    transaction.commit();
                } else {
                    transaction.rollbackAll(false);
                }
            }
        } else if (keeps) {
            closeStatement(transaction, false);
        } else if (conflictAction == Flags.ON_CONFLICT_ROLLBACK) {
            transaction.rollbackAll(false);
            machine.changes = 0;
        } else {
            closeStatement(transaction, true);
            machine.changes = 0;
        }
        publishChanges(machine.changes);
        if (error != null && error != failure) {
            throw error;
        }
    }

    /** What was to be committed must not be left for the next statement to commit, whatever went wrong. */
    private static void rollBackAfter(Throwable failure, Transaction transaction) {
        try {
            transaction.rollbackAll(false);
        } catch (RuntimeException | Error e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    private DatabaseException checkForeignKeys() {
        if (foreignKeyViolations > 0) {
            return new DatabaseException(ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
        }
        return null;
    }

    private void closeStatement(Transaction transaction, boolean undo) {
        if (savepointLevel < 0) {
            return;
        }
        if (undo) {
            transaction.rollbackStatement(savepointLevel);
            transaction.deferredViolations(deferredAtSavepoint);
            transaction.heldViolations(heldAtSavepoint);
        }
        transaction.closeStatement(savepointLevel);
    }

    private void publishChanges(long count) {
        if (machine.program.countsChanges()) {
            session.publishChanges(count);
        }
        machine.changes = 0;
    }

    private static boolean isFatal(DatabaseException e) {
        ResultCode code = e.code();
        return code.primary() == ResultCode.IOERR.value()
                || code == ResultCode.NOMEM
                || code == ResultCode.FULL
                || code == ResultCode.INTERNAL
                || code == ResultCode.INTERRUPT;
    }
}
