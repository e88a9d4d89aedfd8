package dev.verso.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.memory.MemoryStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sessions on one database: who has to wait, and what is left of a statement that may not. */
class SharedDatabaseTest {
    @TempDir
    Path directory;

    private PageStore file(String name) {
        return FileStore.open(directory.resolve(name), FileOptions.defaults());
    }

    private static void isBusy(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(DatabaseException.class)
                .matches(e -> ((DatabaseException) e).isBusy(), "busy");
    }

    private static void aSecondWriterIsRefusedAndLeavesNothingOpen(PageStore first, PageStore second) {
        try (Bench a = new Bench(first);
                Bench b = new Bench(second)) {
            int root = a.createTree(Flags.TABLE_TREE);
            a.begin();
            a.insert(root, 1, 1);
            isBusy(() -> b.insert(root, 2, 2));
            assertThat(b.session.activeStatements()).isZero();
            assertThat(b.session.database(0).pager().isReading()).isFalse();
            assertThat(b.scanned(root)).isEmpty();
            a.commit();
            b.insert(root, 2, 2);
            assertThat(a.scanned(root)).containsExactly(1L, 2L);
        }
    }

    @Test
    void aSecondWriterIsRefusedInMemory() {
        MemoryStore store = new MemoryStore("two writers");
        aSecondWriterIsRefusedAndLeavesNothingOpen(store, store);
    }

    @Test
    void aSecondWriterIsRefusedInAFile() {
        aSecondWriterIsRefusedAndLeavesNothingOpen(file("writers.db"), file("writers.db"));
    }

    @Test
    void aCommitThatReadersHoldUpCanBeTriedAgain() {
        try (Bench a = new Bench(file("held.db"));
                Bench b = new Bench(file("held.db"))) {
            int root = a.createTree(Flags.TABLE_TREE);
            a.insert(root, 1, 10);
            Machine reader = new Machine(Bench.scan(root), b.session);
            assertThat(reader.step()).isTrue();
            a.begin();
            a.insert(root, 11, 12);
            isBusy(a::commit);
            assertThat(a.session.isAutocommit()).isFalse();
            assertThat(a.scanned(root)).hasSize(12);
            int rows = 1;
            while (reader.step()) {
                rows++;
            }
            assertThat(rows).isEqualTo(10);
            reader.close();
            a.commit();
            assertThat(a.session.isAutocommit()).isTrue();
            assertThat(b.scanned(root)).hasSize(12);
        }
    }

    @Test
    void anAutocommitWriteThatReadersHoldUpIsUndone() {
        try (Bench a = new Bench(file("undone.db"));
                Bench b = new Bench(file("undone.db"))) {
            int root = a.createTree(Flags.TABLE_TREE);
            a.insert(root, 1, 3);
            Machine reader = new Machine(Bench.scan(root), b.session);
            reader.step();
            isBusy(() -> a.insert(root, 4, 4));
            assertThat(a.session.isAutocommit()).isTrue();
            assertThat(a.session.isWriting()).isFalse();
            reader.close();
            assertThat(a.scanned(root)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aReaderThatWantsToWriteAfterAnotherCommittedIsToldSo() {
        MemoryStore store = new MemoryStore("snapshot");
        try (Bench a = new Bench(store);
                Bench b = new Bench(store)) {
            int root = a.createTree(Flags.TABLE_TREE);
            a.insert(root, 1, 1);
            b.begin();
            assertThat(b.scanned(root)).containsExactly(1L);
            a.insert(root, 2, 2);
            assertThatThrownBy(() -> b.insert(root, 3, 3))
                    .isInstanceOf(DatabaseException.class)
                    .extracting(e -> ((DatabaseException) e).code())
                    .isEqualTo(ResultCode.BUSY_SNAPSHOT);
            assertThat(b.scanned(root)).containsExactly(1L);
            b.rollback();
            b.insert(root, 3, 3);
            assertThat(a.scanned(root)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void transactionsOverTwoFilesAreAtomic() throws SQLException {
        try (Bench a = new Bench(file("one.db"))) {
            int main = a.createTree(Flags.TABLE_TREE);
            int other = a.session.attach("other", new BTree(new Pager(file("two.db"))));
            assertThat(a.session.databaseIndex("OTHER")).isEqualTo(other);
            ProgramBuilder create = new ProgramBuilder();
            int register = create.newRegister();
            create.add(Opcode.Transaction, other, 1);
            create.add(Opcode.CreateBtree, other, register, Flags.TABLE_TREE);
            create.add(Opcode.ResultRow, register, 1);
            create.add(Opcode.Halt);
            int second = Integer.parseInt(a.run(create.build()).get(0));

            ProgramBuilder write = new ProgramBuilder();
            int rowid = write.newRegister();
            int record = write.newRegister();
            write.add(Opcode.Transaction, 0, 1);
            write.add(Opcode.Transaction, other, 1);
            write.add(Opcode.OpenWrite, write.newCursor(), main, 0);
            write.add(Opcode.OpenWrite, write.newCursor(), second, other);
            write.add(Opcode.Variable, 1, rowid);
            write.add(Opcode.MakeRecord, rowid, 1, record);
            write.add(Opcode.Insert, 0, record, rowid);
            write.add(Opcode.Insert, 1, record, rowid);
            write.add(Opcode.Halt);
            try (Machine machine = new Machine(write.build(), a.session)) {
                machine.parameter(1).setInteger(7);
                machine.step();
            }
            a.begin();
            try (Machine machine = new Machine(write.build(), a.session)) {
                machine.parameter(1).setInteger(8);
                machine.step();
            }
            a.rollback();
            assertThat(a.scanned(main)).containsExactly(7L);
            a.session.detach(other);
            assertThat(a.session.databaseIndex("other")).isEqualTo(-1);
            try (Bench b = new Bench(file("two.db"))) {
                assertThat(b.scanned(second)).containsExactly(7L);
            }
        }
        for (String name : new String[] {"one.db", "two.db"}) {
            try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(name));
                    Statement statement = sqlite.createStatement();
                    ResultSet row = statement.executeQuery("pragma freelist_count")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isZero();
            }
        }
    }
}
