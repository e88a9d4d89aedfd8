package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.AtomicCommit;
import dev.verso.pager.Pager;
import dev.verso.record.AsciiCase;
import java.util.ArrayList;
import java.util.List;

/**
 * Transaction state of one connection over all its databases. Invariants:
 *
 * <ol>
 *   <li>Named savepoint {@code i} (from the outermost) is level {@code i} in every database that was written since it was opened; levels are
 *       opened when a database becomes written, all that exist at once.
 *   <li>Statement savepoints lie above the named ones.
 *   <li>A SAVEPOINT outside BEGIN turns autocommit off, and its release commits ({@code startedBySavepoint}).
 * </ol>
 */
final class Transaction {
    private record Savepoint(String name, long deferredViolations, long heldViolations) {}

    private final Session session;
    private boolean autocommit = true;
    private final List<Savepoint> savepoints = new ArrayList<>();
    private boolean startedBySavepoint;
    private int openStatements;
    private long deferredViolations;
    /** Of immediate keys, which PRAGMA defer_foreign_keys holds back. */
    private long heldViolations;

    private long rollbackCount;
    private long closingRollbackCount;

    Transaction(Session session) {
        this.session = session;
    }

    boolean isAutocommit() {
        return autocommit;
    }

    /** Counts rollbacks of the whole transaction: statements that were writing in it must stop. */
    long rollbackCount() {
        return rollbackCount;
    }

    /** Counts those of the rollbacks that closed the snapshots: statements that were reading in it must stop, too. */
    long closingRollbackCount() {
        return closingRollbackCount;
    }

    long deferredViolations() {
        return deferredViolations;
    }

    void deferredViolations(long count) {
        deferredViolations = count;
    }

    long heldViolations() {
        return heldViolations;
    }

    void heldViolations(long count) {
        heldViolations = count;
    }

    /** Why a commit is not allowed by deferred foreign keys, or null. */
    DatabaseException checkDeferred() {
        return deferredViolations + heldViolations > 0
                ? new DatabaseException(ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed")
                : null;
    }

    // ---- BEGIN, COMMIT, ROLLBACK

    /** The instruction {@code AutoCommit}. */
    void autocommit(StatementEnd statement, boolean on, boolean rollback) {
        if (on == autocommit) {
            throw error(
                    !on
                            ? "cannot start a transaction within a transaction"
                            : rollback
                                    ? "cannot rollback - no transaction is active"
                                    : "cannot commit - no transaction is active");
        }
        if (!on) {
            autocommit = false;
            return;
        }
        if (rollback) {
            rollbackAll(false);
            return;
        }
        commitByStatement(statement);
    }

    private void commitByStatement(StatementEnd statement) {
        if (session.activeWriters() > 0) {
            throw new DatabaseException(ResultCode.BUSY, "cannot commit transaction - SQL statements in progress");
        }
        DatabaseException violation = checkDeferred();
        if (violation != null) {
            throw violation;
        }
        autocommit = true;
        try {
            statement.settleNow();
        } catch (DatabaseException e) {
            if (e.isBusy() && session.isWriting()) {
                autocommit = false; // nothing is lost: COMMIT may be tried again
            }
            throw e;
        }
        forgetSavepoints();
    }

    /** Commits what is written and, when no other statement reads, closes the snapshots. */
    void commit() {
        List<Pager> written = null;
        VirtualTransactions virtualTables = session.virtualTables();
        if (!virtualTables.isEmpty()) {
            virtualTables.sync();
        }
        int count = session.databaseCount();
        for (int i = 0; i < count; i++) {
            BTree tree = session.openDatabase(i);
            if (tree != null && tree.pager().isWriting()) {
                if (written == null) {
                    session.beforeCommit();
                    written = new ArrayList<>(2);
                }
                tree.completeForCommit();
                if (session.activeReaders() > 1) {
                    tree.keepTrees();
                }
                written.add(tree.pager());
            }
        }
        if (written != null) {
            addReading(written);
            // Modules may still look at their tables when they hear of the commit.
            AtomicCommit.commit(written, session.activeReaders() > 1 || !virtualTables.isEmpty());
            if (session.activeReaders() > 1) {
                written.forEach(Pager::followOthers);
            }
            session.schemaSettled(true);
            forgetMovedTrees();
        }
        if (!virtualTables.isEmpty()) {
            virtualTables.commit();
        }
        deferredViolations = 0;
        heldViolations = 0;
        session.deferForeignKeys(false);
        openStatements = 0;
        forgetSavepoints();
        endReads();
    }

    /** Where a commit was carried out again on newer pages, trees that it made are not where the schema in memory has them. */
    private void forgetMovedTrees() {
        for (int i = 0; i < session.databaseCount(); i++) {
            BTree tree = session.openDatabase(i);
            if (tree != null && tree.takeMovedTrees()) {
                session.host().schemaChanged(i);
            }
        }
    }

    /** Adds the databases that were read and whose store commits all its databases together: the commit relies on what was read there. */
    private void addReading(List<Pager> written) {
        int writers = written.size();
        for (int i = 0; i < session.databaseCount(); i++) {
            BTree tree = session.openDatabase(i);
            Object domain =
                    tree == null || !tree.pager().isReading() || tree.pager().isWriting()
                            ? null
                            : tree.pager().session().commitDomain();
            for (int k = 0; domain != null && k < writers; k++) {
                if (domain.equals(written.get(k).session().commitDomain())) {
                    tree.completeForCommit();
                    written.add(tree.pager());
                    break;
                }
            }
        }
    }

    /** Closes the snapshots unless a statement other than the ending one still reads. */
    void endReads() {
        if (session.activeReaders() > 1) {
            return;
        }
        int count = session.databaseCount();
        for (int i = 0; i < count; i++) {
            BTree tree = session.openDatabase(i);
            if (tree != null && tree.pager().isReading()) {
                tree.endRead();
            }
        }
    }

    /**
     * Rolls everything back and returns to autocommit mode. Statements that only read go on where they are, unless {@code closing} or the
     * schema had changed.
     */
    void rollbackAll(boolean closing) {
        boolean readersGoOn = !closing && session.activeReaders() > 1 && !session.isSchemaTouched();
        rollbackCount++;
        if (!readersGoOn) {
            closingRollbackCount++;
        }
        autocommit = true;
        deferredViolations = 0;
        heldViolations = 0;
        session.deferForeignKeys(false);
        openStatements = 0;
        forgetSavepoints();
        Throwable failure = null;
        boolean wrote = false;
        for (int i = 0; i < session.databaseCount(); i++) {
            BTree tree = session.openDatabase(i);
            if (tree == null) {
                continue;
            }
            try {
                wrote |= tree.pager().isWriting();
                rollback(tree, readersGoOn);
            } catch (RuntimeException | Error e) {
                failure = e; // the other databases must be rolled back all the same
            }
        }
        session.virtualTables().rollback();
        session.schemaSettled(false);
        if (wrote) {
            session.afterRollback();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void rollback(BTree tree, boolean readersGoOn) {
        if (readersGoOn) {
            if (tree.pager().isWriting()) {
                tree.rollbackKeepingCursors();
            }
            return;
        }
        if (tree.pager().isReading()) {
            session.closeAllCursors();
        }
        if (tree.pager().isWriting()) {
            tree.rollbackAndEndRead();
        } else if (tree.pager().isReading()) {
            tree.endRead();
        }
    }

    // ---- savepoints

    /** The instruction {@code Savepoint}. */
    void savepoint(StatementEnd statement, int action, String name) {
        if (action == Flags.SAVEPOINT_BEGIN) {
            if (session.activeWriters() > 0) {
                throw new DatabaseException(ResultCode.BUSY, "cannot open savepoint - SQL statements in progress");
            }
            if (autocommit) {
                autocommit = false;
                startedBySavepoint = true;
            }
            session.virtualTables().savepoint(levels());
            savepoints.add(new Savepoint(name, deferredViolations, heldViolations));
            return;
        }
        int level = savepoints.size() - 1;
        while (level >= 0 && !AsciiCase.same(savepoints.get(level).name(), name)) {
            level--;
        }
        if (level < 0) {
            throw error("no such savepoint: " + name);
        }
        if (action == Flags.SAVEPOINT_RELEASE) {
            release(statement, level);
        } else {
            rollbackTo(level);
        }
    }

    private void release(StatementEnd statement, int level) {
        if (session.activeWriters() > 0) {
            throw new DatabaseException(ResultCode.BUSY, "cannot release savepoint - SQL statements in progress");
        }
        if (level == 0 && startedBySavepoint) {
            commitByStatement(statement);
            return;
        }
        releaseLevels(level);
        truncate(level);
    }

    private void rollbackTo(int level) {
        rollbackLevels(level);
        deferredViolations = savepoints.get(level).deferredViolations();
        heldViolations = savepoints.get(level).heldViolations();
        truncate(level + 1);
        session.schemaSettled(false);
    }

    private void truncate(int size) {
        while (savepoints.size() > size) {
            savepoints.remove(savepoints.size() - 1);
        }
    }

    private void forgetSavepoints() {
        if (!savepoints.isEmpty()) {
            savepoints.clear();
        }
        startedBySavepoint = false;
    }

    /** Opens in a database that becomes written the levels that exist: {@code levels} at least, or all named savepoints. */
    void openSavepointsOf(int database, int levels) {
        BTree tree = session.database(database);
        int wanted = Math.max(levels, savepoints.size());
        while (tree.pager().savepointCount() < wanted) {
            tree.openSavepoint();
        }
    }

    /** Number of savepoints that are open, statements' own included. */
    int levels() {
        return savepoints.size() + openStatements;
    }

    /** Reserves the level of a statement savepoint. */
    int openStatement() {
        int level = levels();
        openStatements++;
        session.virtualTables().savepoint(level);
        return level;
    }

    void rollbackStatement(int level) {
        rollbackLevels(level);
        session.schemaSettled(false);
    }

    void closeStatement(int level) {
        releaseLevels(level);
        openStatements = Math.max(0, openStatements - 1);
    }

    private void rollbackLevels(int level) {
        session.virtualTables().rollbackTo(level);
        for (int i = 0; i < session.databaseCount(); i++) {
            BTree tree = session.openDatabase(i);
            if (tree != null && tree.pager().savepointCount() > level) {
                tree.rollbackToSavepoint(level);
            }
        }
    }

    private void releaseLevels(int level) {
        session.virtualTables().release(level);
        for (int i = 0; i < session.databaseCount(); i++) {
            BTree tree = session.openDatabase(i);
            if (tree != null && tree.pager().savepointCount() > level) {
                tree.releaseSavepoint(level);
            }
        }
    }

    private static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }
}
