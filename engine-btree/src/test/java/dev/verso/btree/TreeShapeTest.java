package dev.verso.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.record.Collation;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordBuilder;
import dev.verso.record.SearchKey;
import dev.verso.record.TextEncoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeShapeTest {
    @TempDir
    Path folder;

    private final RecordBuilder builder = new RecordBuilder();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aTreeGrowsDeepAndShrinksBackToItsRoot(int autoVacuum) {
        BTree tree = DatabaseFiles.create(512, 0, TextEncoding.UTF8, autoVacuum);
        tree.beginWrite(false);
        int table = tree.createTree(TreeKind.TABLE);
        int index = tree.createTree(TreeKind.INDEX);
        KeyInfo info = new KeyInfo(TextEncoding.UTF8, new Collation[1], new boolean[1], new boolean[1], 1);
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            keys.add(i);
        }
        Collections.shuffle(keys, new Random(3));
        byte[] key = new byte[90];
        try (TableCursor rows = tree.openTable(table, true);
                IndexCursor entries = tree.openIndex(index, info, true)) {
            for (int number : keys) {
                BigEndian.put32(key, 0, number);
                builder.begin().addBlob(key, 0, key.length);
                int length = builder.finish();
                rows.insert(number, builder.bytes(), 0, length, 0, false);
                entries.insert(builder.bytes(), 0, length, false);
            }
            assertThat(entries.count()).isEqualTo(6000);
            assertThat(entries.estimatedCount()).isBetween(600L, 60_000L);
            assertThat(tree.integrityCheck(new int[] {1, table, index}, 10)).isEmpty();
            Collections.shuffle(keys, new Random(4));
            for (int i = 0; i < keys.size(); i++) {
                assertThat(rows.seek(keys.get(i))).isTrue();
                rows.delete(false);
                BigEndian.put32(key, 0, keys.get(i));
                builder.begin().addBlob(key, 0, key.length);
                int length = builder.finish();
                assertThat(entries.seek(new SearchKey().wrap(info, builder.bytes(), 0, length, 1, 0)))
                        .isZero();
                entries.delete(i % 2 == 0);
                if (i % 1500 == 0) {
                    assertThat(tree.integrityCheck(new int[] {1, table, index}, 10))
                            .isEmpty();
                }
            }
            assertThat(rows.first()).isFalse();
            assertThat(entries.last()).isFalse();
        }
        assertThat(tree.integrityCheck(new int[] {1, table, index}, 10)).isEmpty();
        int remaining = tree.pager().pageCount() - tree.headerField(HeaderField.FREELIST_COUNT);
        assertThat(remaining).isLessThan(autoVacuum == 0 ? 4 : 40);
        tree.incrementalVacuum(Integer.MAX_VALUE);
        tree.prepareCommit(null);
        tree.finishCommit();
        if (autoVacuum != 0) {
            assertThat(tree.pager().pageCount()).isEqualTo(4);
        }
        tree.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void treesComeAndGoAndTheSchemaFollows(int autoVacuum) throws Exception {
        Random random = new Random(autoVacuum);
        BTree tree = DatabaseFiles.create(512, 0, TextEncoding.UTF8, autoVacuum);
        Map<String, Integer> roots = new LinkedHashMap<>();
        Path file = folder.resolve("t.sqlite");
        for (int round = 0; round < 15; round++) {
            tree.beginWrite(false);
            for (int step = 0; step < 6; step++) {
                if (roots.size() < 3 || random.nextInt(3) > 0) {
                    String name = "t" + round + "_" + step;
                    int root = tree.createTree(TreeKind.TABLE);
                    roots.put(name, root);
                    fill(tree, root, random.nextInt(200));
                } else {
                    List<String> names = new ArrayList<>(roots.keySet());
                    String name = names.get(random.nextInt(names.size()));
                    int root = roots.remove(name);
                    int moved = tree.dropTree(root);
                    if (moved != 0) {
                        roots.replaceAll((other, page) -> page == moved ? root : page);
                    }
                }
            }
            tree.clearTree(1);
            long rowid = 1;
            for (Map.Entry<String, Integer> entry : roots.entrySet()) {
                String name = entry.getKey();
                DatabaseFiles.addToSchema(
                        tree, rowid++, "table", name, name, entry.getValue(), "CREATE TABLE " + name + "(a)");
            }
            tree.prepareCommit(null);
            tree.finishCommit();
            int[] all = new int[roots.size() + 1];
            all[0] = 1;
            int i = 1;
            for (int root : roots.values()) {
                all[i++] = root;
            }
            assertThat(tree.integrityCheck(all, 10)).as("round " + round).isEmpty();
            DatabaseFiles.save(tree, file);
            assertThat(DatabaseFiles.query(file, "PRAGMA integrity_check"))
                    .as("round " + round)
                    .containsExactly("ok");
            tree.endRead();
        }
        tree.close();
    }

    @Test
    void aNewDatabaseHasTheHeaderOfTheRealSqlite() throws Exception {
        for (int pageBytes : new int[] {512, 4096, 65536}) {
            for (int autoVacuum = 0; autoVacuum < 3; autoVacuum++) {
                Path file = folder.resolve("real" + pageBytes + autoVacuum);
                try (Connection connection = DatabaseFiles.open(file);
                        Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA page_size=" + pageBytes);
                    statement.execute("PRAGMA auto_vacuum=" + autoVacuum);
                    statement.execute("CREATE TABLE t(a)");
                }
                byte[] real = Files.readAllBytes(file);
                BTree tree = DatabaseFiles.create(pageBytes, 0, TextEncoding.UTF8, autoVacuum);
                tree.beginWrite(false);
                int root = tree.createTree(TreeKind.TABLE);
                DatabaseFiles.addToSchema(tree, 1, "table", "t", "t", root, "CREATE TABLE t(a)");
                tree.headerField(HeaderField.SCHEMA_COOKIE, 1);
                tree.prepareCommit(null);
                tree.finishCommit();
                byte[] ours = tree.pager().read(1).clone();
                // the change counter and what it is compared with are the store's
                Arrays.fill(ours, 24, 28, (byte) 0);
                Arrays.fill(real, 24, 28, (byte) 0);
                Arrays.fill(ours, 92, 96, (byte) 0);
                Arrays.fill(real, 92, 96, (byte) 0);
                assertThat(ours).isEqualTo(Arrays.copyOf(real, pageBytes));
                tree.close();
            }
        }
    }

    @Test
    void thePageOfTheLockBytesIsNeverUsed() {
        for (int autoVacuum : new int[] {0, 1}) {
            BTree tree = DatabaseFiles.create(65536, 0, TextEncoding.UTF8, autoVacuum);
            tree.beginWrite(false);
            int lockPage = 0x40000000 / 65536 + 1;
            tree.pager().pageCount(lockPage - 2);
            int before = tree.freelist.append();
            int next = tree.freelist.append();
            int after = tree.freelist.append();
            assertThat(List.of(before, next, after)).doesNotContain(lockPage).doesNotHaveDuplicates();
            tree.rollback();
            tree.close();
        }
    }

    @Test
    void aDatabaseThatMayNotGrowIsFull() {
        BTree tree = DatabaseFiles.create(512, 0, TextEncoding.UTF8, 0);
        tree.beginWrite(false);
        int root = tree.createTree(TreeKind.TABLE);
        tree.maxPageCount(10);
        assertThatThrownBy(() -> fill(tree, root, 1000))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.FULL))
                .hasMessage("database or disk is full");
        tree.rollback();
        tree.close();
    }

    @Test
    void valuesLargerThanManyPagesSurvive() {
        BTree tree = DatabaseFiles.create(512, 0, TextEncoding.UTF8, 1);
        tree.beginWrite(false);
        int root = tree.createTree(TreeKind.TABLE);
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        try (TableCursor cursor = tree.openTable(root, true)) {
            builder.begin().addBlob(large, 0, large.length);
            cursor.insert(1, builder.bytes(), 0, builder.finish(), 0, true);
            builder.begin().addZeroTail(1_000_000);
            cursor.insert(2, builder.bytes(), 0, builder.finish(), 1_000_000, true);
            assertThat(cursor.seek(1)).isTrue();
            assertThat(cursor.record().length(0)).isEqualTo(large.length);
            byte[] found = cursor.record().bytes(0);
            int offset = cursor.record().offset(0);
            assertThat(Arrays.equals(found, offset, offset + large.length, large, 0, large.length))
                    .isTrue();
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.record().length(0)).isEqualTo(1_000_000);
            assertThat(cursor.record().bytes(0)[cursor.record().offset(0) + 999_999])
                    .isZero();
            cursor.delete(false);
            assertThat(cursor.seek(1)).isTrue();
            cursor.delete(false);
        }
        tree.prepareCommit(null);
        tree.finishCommit();
        assertThat(tree.pager().pageCount()).isEqualTo(3);
        tree.close();
    }

    @Test
    void onlyWhatIsADatabaseIsOpened() {
        byte[] page = new byte[4096];
        Arrays.fill(page, (byte) 'x');
        BTree noDatabase = DatabaseFiles.load(page, 4096);
        assertThatThrownBy(noDatabase::beginRead)
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.NOTADB))
                .hasMessage("file is not a database");
        BTree tree = DatabaseFiles.create(4096, 0, TextEncoding.UTF8, 0);
        tree.beginWrite(false);
        tree.prepareCommit(null);
        tree.finishCommit();
        byte[] good = tree.pager().read(1).clone();
        good[18] = 3;
        BTree newer = DatabaseFiles.load(good, 4096);
        newer.beginRead();
        newer.endRead();
        assertThatThrownBy(() -> newer.beginWrite(false))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.READONLY));
        good[19] = 3;
        assertThatThrownBy(DatabaseFiles.load(good, 4096)::beginRead)
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.NOTADB));
    }

    private void fill(BTree tree, int root, int rows) {
        try (TableCursor cursor = tree.openTable(root, true)) {
            for (int i = 0; i < rows; i++) {
                builder.begin().addZeroBlob(i % 97 == 0 ? 2000 : 20);
                cursor.insert(i, builder.bytes(), 0, builder.finish(), 0, true);
            }
        }
    }
}
