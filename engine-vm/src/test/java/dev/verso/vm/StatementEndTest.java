package dev.verso.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.memory.MemoryStore;
import org.junit.jupiter.api.Test;

/** What becomes of changes when statements and transactions end. */
class StatementEndTest {
    /** Inserts rows 1 to 3 from {@code first} on, then halts with that conflict action. */
    private static Program failingInsert(int root, int first, int conflictAction) {
        ProgramBuilder b = new ProgramBuilder();
        b.multiWrite();
        b.mayAbort();
        int cursor = b.newCursor();
        int rowid = b.newRegister();
        int record = b.newRegister();
        b.add(Opcode.Transaction, 0, 1);
        b.add(Opcode.OpenWrite, cursor, root, 0);
        for (int i = 0; i < 3; i++) {
            b.add(Opcode.Integer, first + i, rowid);
            b.add(Opcode.MakeRecord, rowid, 1, record);
            b.add(Opcode.Insert, cursor, record, rowid, null, Flags.COUNT_CHANGE | Flags.LAST_ROWID);
        }
        b.add(Opcode.Halt, ResultCode.CONSTRAINT_UNIQUE.value(), conflictAction, 0, "t.a", Flags.CONSTRAINT_UNIQUE);
        return b.build();
    }

    private static void fails(Bench bench, Program program) {
        assertThatThrownBy(() -> bench.run(program))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("UNIQUE constraint failed: t.a")
                .extracting(e -> ((DatabaseException) e).code())
                .isEqualTo(ResultCode.CONSTRAINT_UNIQUE);
    }

    @Test
    void insertedRowsAreCommittedAndCounted() {
        MemoryStore store = new MemoryStore("shared");
        try (Bench writer = new Bench(store);
                Bench reader = new Bench(store)) {
            int root = writer.createTree(Flags.TABLE_TREE);
            writer.insert(root, 1, 1000);
            assertThat(writer.session.changes()).isEqualTo(1000);
            assertThat(writer.session.lastInsertRowid()).isEqualTo(1000);
            assertThat(reader.scanned(root)).hasSize(1000).startsWith(1L).endsWith(1000L);
            assertThat(writer.session.isAutocommit()).isTrue();
        }
    }

    @Test
    void abortInAutocommitModeUndoesTheStatement() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.insert(root, 1, 2);
            fails(bench, failingInsert(root, 10, Flags.ON_CONFLICT_ABORT));
            assertThat(bench.scanned(root)).containsExactly(1L, 2L);
            assertThat(bench.session.changes()).isZero();
            assertThat(bench.session.totalChanges()).isEqualTo(2);
        }
    }

    @Test
    void failKeepsWhatTheStatementDid() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            fails(bench, failingInsert(root, 10, Flags.ON_CONFLICT_FAIL));
            assertThat(bench.scanned(root)).containsExactly(10L, 11L, 12L);
            assertThat(bench.session.changes()).isEqualTo(3);
        }
    }

    @Test
    void abortInsideATransactionUndoesOnlyTheStatement() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.begin();
            bench.insert(root, 1, 2);
            fails(bench, failingInsert(root, 10, Flags.ON_CONFLICT_ABORT));
            assertThat(bench.session.isAutocommit()).isFalse();
            assertThat(bench.scanned(root)).containsExactly(1L, 2L);
            fails(bench, failingInsert(root, 20, Flags.ON_CONFLICT_FAIL));
            bench.commit();
            assertThat(bench.scanned(root)).containsExactly(1L, 2L, 20L, 21L, 22L);
        }
    }

    @Test
    void rollbackConflictEndsTheTransaction() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.begin();
            bench.insert(root, 1, 2);
            fails(bench, failingInsert(root, 10, Flags.ON_CONFLICT_ROLLBACK));
            assertThat(bench.session.isAutocommit()).isTrue();
            assertThat(bench.scanned(root)).isEmpty();
        }
    }

    @Test
    void rollbackForgetsAndCommitKeeps() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.begin();
            bench.insert(root, 1, 500);
            bench.rollback();
            assertThat(bench.scanned(root)).isEmpty();
            bench.begin();
            bench.insert(root, 1, 5);
            bench.commit();
            assertThat(bench.scanned(root)).hasSize(5);
        }
    }

    @Test
    void transactionStatementsOutOfPlaceAreRefusedInSqlitesWords() {
        try (Bench bench = new Bench()) {
            assertThatThrownBy(bench::commit).hasMessage("cannot commit - no transaction is active");
            assertThatThrownBy(bench::rollback).hasMessage("cannot rollback - no transaction is active");
            bench.begin();
            assertThatThrownBy(bench::begin).hasMessage("cannot start a transaction within a transaction");
            assertThatThrownBy(() -> bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_RELEASE, 0, "nope"))
                    .hasMessage("no such savepoint: nope");
            bench.rollback();
        }
    }

    @Test
    void savepointsNestAndTheOutermostCommits() {
        MemoryStore store = new MemoryStore("savepoints");
        try (Bench bench = new Bench(store);
                Bench other = new Bench(store)) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_BEGIN, 0, "outer");
            assertThat(bench.session.isAutocommit()).isFalse();
            bench.insert(root, 1, 3);
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_BEGIN, 0, "inner");
            bench.insert(root, 4, 600);
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_ROLLBACK, 0, "INNER");
            assertThat(bench.scanned(root)).containsExactly(1L, 2L, 3L);
            bench.insert(root, 7, 7);
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_RELEASE, 0, "inner");
            assertThat(other.scanned(root)).isEmpty();
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_RELEASE, 0, "outer");
            assertThat(bench.session.isAutocommit()).isTrue();
            assertThat(other.scanned(root)).containsExactly(1L, 2L, 3L, 7L);
        }
    }

    @Test
    void rollbackToTheTransactionSavepointUndoesAllAndStays() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_BEGIN, 0, "s");
            bench.insert(root, 1, 3);
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_ROLLBACK, 0, "s");
            assertThat(bench.scanned(root)).isEmpty();
            assertThat(bench.session.isAutocommit()).isFalse();
            bench.insert(root, 9, 9);
            bench.execute(Opcode.Savepoint, Flags.SAVEPOINT_RELEASE, 0, "s");
            assertThat(bench.scanned(root)).containsExactly(9L);
        }
    }

    @Test
    void aReaderThatPausesKeepsItsSnapshotWhileOthersCommit() {
        MemoryStore store = new MemoryStore("pausing");
        try (Bench bench = new Bench(store)) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.insert(root, 1, 300);
            Machine reader = new Machine(Bench.scan(root), bench.session);
            assertThat(reader.step()).isTrue();
            bench.insert(root, 1000, 1001);
            int rows = 1;
            while (reader.step()) {
                rows++;
            }
            assertThat(rows).isEqualTo(302);
            reader.close();
            assertThat(bench.session.activeReaders()).isZero();
        }
    }

    @Test
    void readersGoOnAfterARollback() {
        MemoryStore store = new MemoryStore("going on");
        try (Bench bench = new Bench(store);
                Bench other = new Bench(store)) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.insert(root, 1, 300);
            bench.begin();
            bench.insert(root, 301, 900);
            Machine reader = new Machine(Bench.scan(root), bench.session);
            reader.step();
            bench.rollback();
            int rows = 1;
            while (reader.step()) {
                rows++;
            }
            assertThat(rows).isEqualTo(300);
            reader.close();
            assertThat(bench.session.database(0).pager().isReading()).isFalse();
            other.insert(root, 1000, 1000);
            assertThat(bench.scanned(root)).hasSize(301);
        }
    }

    @Test
    void aRollbackOfASchemaChangeStopsReaders() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.insert(root, 1, 3);
            bench.begin();
            ProgramBuilder b = new ProgramBuilder();
            b.add(Opcode.Transaction, 0, 1);
            b.add(Opcode.SetCookie, 0, Flags.COOKIE_SCHEMA_VERSION, 9);
            b.add(Opcode.Halt);
            bench.run(b.build());
            Machine reader = new Machine(Bench.scan(root), bench.session);
            reader.step();
            bench.rollback();
            assertThat(bench.host.calls).contains("changed 0");
            assertThatThrownBy(reader::step)
                    .isInstanceOf(DatabaseException.class)
                    .extracting(e -> ((DatabaseException) e).code())
                    .isEqualTo(ResultCode.ABORT_ROLLBACK);
            reader.close();
            assertThat(bench.scanned(root)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aFailingStatementDoesNotStopOtherReaders() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.insert(root, 1, 3);
            Machine reader = new Machine(Bench.scan(root), bench.session);
            reader.step();
            fails(bench, failingInsert(root, 10, Flags.ON_CONFLICT_ABORT));
            assertThat(reader.step()).isTrue();
            assertThat(reader.column(0).integer()).isEqualTo(2);
            reader.close();
            assertThat(bench.scanned(root)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void deferredForeignKeysAreCheckedAtTheCommit() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            bench.begin();
            bench.insert(root, 1, 1);
            bench.execute(Opcode.FkCounter, 1, 1, null);
            assertThatThrownBy(bench::commit).hasMessage("FOREIGN KEY constraint failed");
            assertThat(bench.session.isAutocommit()).isFalse();
            bench.execute(Opcode.FkCounter, 1, -1, null);
            bench.commit();
            assertThat(bench.scanned(root)).containsExactly(1L);
        }
    }

    @Test
    void immediateForeignKeysAreCheckedAtTheEndOfTheStatement() {
        try (Bench bench = new Bench()) {
            int root = bench.createTree(Flags.TABLE_TREE);
            ProgramBuilder b = new ProgramBuilder();
            b.multiWrite();
            b.mayAbort();
            int rowid = b.newRegister();
            int record = b.newRegister();
            b.add(Opcode.Transaction, 0, 1);
            b.add(Opcode.OpenWrite, b.newCursor(), root, 0);
            b.add(Opcode.Integer, 5, rowid);
            b.add(Opcode.MakeRecord, rowid, 1, record);
            b.add(Opcode.Insert, 0, record, rowid);
            b.add(Opcode.FkCounter, 0, 1);
            b.add(Opcode.Halt);
            Program program = b.build();
            assertThatThrownBy(() -> bench.run(program)).hasMessage("FOREIGN KEY constraint failed");
            assertThat(bench.scanned(root)).isEmpty();
            bench.begin();
            assertThatThrownBy(() -> bench.run(program)).hasMessage("FOREIGN KEY constraint failed");
            bench.commit();
            assertThat(bench.scanned(root)).isEmpty();
        }
    }

    @Test
    void severalDatabasesCommitTogether() {
        try (Bench bench = new Bench()) {
            int main = bench.createTree(Flags.TABLE_TREE);
            int temp = bench.session.database(Session.TEMP) == null ? -1 : createIn(bench, Session.TEMP);
            bench.begin();
            bench.insert(main, 1, 2);
            insertInto(bench, Session.TEMP, temp);
            bench.rollback();
            assertThat(bench.scanned(main)).isEmpty();
            bench.begin();
            bench.insert(main, 1, 2);
            insertInto(bench, Session.TEMP, temp);
            bench.commit();
            assertThat(bench.scanned(main)).containsExactly(1L, 2L);
        }
    }

    private static int createIn(Bench bench, int database) {
        ProgramBuilder b = new ProgramBuilder();
        int register = b.newRegister();
        b.add(Opcode.Transaction, database, 1);
        b.add(Opcode.CreateBtree, database, register, Flags.TABLE_TREE);
        b.add(Opcode.ResultRow, register, 1);
        b.add(Opcode.Halt);
        return Integer.parseInt(bench.run(b.build()).get(0));
    }

    private static void insertInto(Bench bench, int database, int root) {
        ProgramBuilder b = new ProgramBuilder();
        int rowid = b.newRegister();
        int record = b.newRegister();
        b.add(Opcode.Transaction, database, 1);
        b.add(Opcode.OpenWrite, b.newCursor(), root, database);
        b.add(Opcode.Integer, 1, rowid);
        b.add(Opcode.MakeRecord, rowid, 1, record);
        b.add(Opcode.Insert, 0, record, rowid);
        b.add(Opcode.Halt);
        bench.run(b.build());
    }

    @Test
    void aProgramOfAnOldSchemaIsRefused() {
        try (Bench bench = new Bench()) {
            bench.createTree(Flags.TABLE_TREE);
            ProgramBuilder b = new ProgramBuilder();
            b.add(Opcode.Transaction, 0, 0, 77, 0, 1);
            b.add(Opcode.Halt);
            assertThatThrownBy(() -> bench.run(b.build()))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("database schema has changed");
            bench.host.generation = 3;
            ProgramBuilder c = new ProgramBuilder();
            c.add(Opcode.Transaction, 0, 0, 0, 3, 1);
            c.add(Opcode.Halt);
            assertThat(bench.run(c.build())).isEmpty();
        }
    }
}
