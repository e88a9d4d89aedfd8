package dev.verso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.Pager;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.record.RecordBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees in real files, with transactions larger than memory allows, that the real SQLite and we change in turn. */
class TreesInFilesTest {
    @TempDir
    Path folder;

    private final RecordBuilder builder = new RecordBuilder();
    private final TreeMap<Long, Integer> rows = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({"512,0", "1024,1", "4096,2", "65536,0"})
    void bothChangeOneFileInTurn(int pageBytes, int autoVacuum) throws Exception {
        Path file = folder.resolve("t.sqlite");
        try (Connection connection = DatabaseFiles.open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size=" + pageBytes);
            statement.execute("PRAGMA auto_vacuum=" + autoVacuum);
            statement.execute("CREATE TABLE t(a)");
        }
        int root = Integer.parseInt(
                DatabaseFiles.query(file, "SELECT rootpage FROM sqlite_schema").get(0));
        Random random = new Random(pageBytes);
        try (FileStore store = FileStore.open(file, FileOptions.defaults());
                BTree tree = new BTree(new Pager(store))) {
            tree.pager().dirtyBytesLimit(10L * pageBytes);
            for (int round = 0; round < 4; round++) {
                change(tree, root, random);
                assertThat(DatabaseFiles.query(file, "PRAGMA integrity_check")).containsExactly("ok");
                try (Connection connection = DatabaseFiles.open(file);
                        Statement statement = connection.createStatement()) {
                    try (ResultSet found = statement.executeQuery("SELECT rowid, length(a) FROM t")) {
                        for (Map.Entry<Long, Integer> row : rows.entrySet()) {
                            assertThat(found.next()).isTrue();
                            assertThat(found.getLong(1)).isEqualTo(row.getKey());
                            assertThat(found.getInt(2)).isEqualTo(row.getValue());
                        }
                        assertThat(found.next()).isFalse();
                    }
                    statement.execute("DELETE FROM t WHERE rowid % 10 = " + round);
                    int wanted = round;
                    rows.keySet().removeIf(rowid -> rowid % 10 == wanted);
                }
            }
        }
    }

    private void change(BTree tree, int root, Random random) {
        tree.beginWrite(false);
        TreeMap<Long, Integer> before = null;
        int level = -1;
        try (TableCursor cursor = tree.openTable(root, true)) {
            for (int i = 0; i < 3000; i++) {
                long rowid = random.nextInt(5000);
                if (random.nextInt(3) > 0) {
                    int size = random.nextInt(20) == 0 ? random.nextInt(5000) : random.nextInt(100);
                    builder.begin().addZeroBlob(size);
                    int length = builder.finish();
                    cursor.insert(rowid, builder.bytes(), 0, length, 0, false);
                    rows.put(rowid, size);
                } else if (cursor.seek(rowid)) {
                    cursor.delete(random.nextBoolean());
                    rows.remove(rowid);
                }
                if (i == 1000) {
                    level = tree.openSavepoint();
                    before = new TreeMap<>(rows);
                }
                if (i == 2000) {
                    tree.rollbackToSavepoint(level);
                    tree.releaseSavepoint(level);
                    rows.clear();
                    rows.putAll(before);
                }
            }
        }
        tree.prepareCommit(null);
        tree.finishCommit();
        tree.endRead();
    }
}
