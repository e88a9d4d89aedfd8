package dev.verso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.record.Collation;
import dev.verso.record.Collations;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordBuilder;
import dev.verso.record.RecordView;
import dev.verso.record.SearchKey;
import dev.verso.record.TextEncoding;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes of a table, two indexes and a WITHOUT ROWID table, checked against a model here and then by the real SQLite's
 * {@code integrity_check}. Replay one case with {@code -Dverso.seed=<seed>}.
 */
class TreeDifferentialTest {
    private static final int[] PAGE_SIZES = {512, 1024, 2048, 4096, 8192, 65536};

    @TempDir
    Path folder;

    private BTree tree;
    private Random random;
    private int tableRoot;
    private int plainRoot;
    private int noCaseRoot;
    private int keyedRoot;
    private KeyInfo plain;
    private KeyInfo noCase;
    private KeyInfo keyed;
    private final RecordBuilder builder = new RecordBuilder();
    private final TreeMap<Long, Object[]> rows = new TreeMap<>();
    private final TreeMap<String, byte[]> pairs = new TreeMap<>();

    static Stream<Arguments> cases() {
        Long replay = Long.getLong("verso.seed");
        if (replay != null) {
            return Stream.of(Arguments.of(replay));
        }
        int count = Boolean.getBoolean("verso.full") ? 600 : 30;
        return Stream.iterate(1L, seed -> seed + 1).limit(count).map(Arguments::of);
    }

    @ParameterizedTest(name = "-Dverso.seed={0}")
    @MethodSource("cases")
    void randomChangesLeaveWhatTheRealSqliteAccepts(long seed) throws Exception {
        random = new Random(seed);
        int pageBytes = PAGE_SIZES[(int) (seed % PAGE_SIZES.length)];
        int reserved = seed % 4 == 1 ? random.nextInt(33) : 0;
        TextEncoding encoding = TextEncoding.values()[(int) (seed / 2 % 3)];
        int autoVacuum = (int) (seed / 3 % 3);
        tree = DatabaseFiles.create(pageBytes, reserved, encoding, autoVacuum);
        createSchema();
        Path file = folder.resolve("t.sqlite");
        int rounds = 4;
        for (int round = 0; round < rounds; round++) {
            int operations = random.nextInt(1500) + 100;
            if (seed % 3 == 0) {
                tree.pager().dirtyBytesLimit(8L * pageBytes); // transactions that do not fit in memory
            }
            changeAtRandom(operations, round);
            tree.beginRead();
            assertThat(tree.integrityCheck(new int[] {1, tableRoot, plainRoot, noCaseRoot, keyedRoot}, 100))
                    .isEmpty();
            checkModel();
            tree.endRead();
            DatabaseFiles.save(tree, file);
            assertThat(DatabaseFiles.query(file, "PRAGMA integrity_check"))
                    .as(
                            "page size %d, reserved %d, %s, auto_vacuum %d, round %d",
                            pageBytes, reserved, encoding, autoVacuum, round)
                    .containsExactly("ok");
            checkInSqlite(file);
            if (autoVacuum == 1) {
                tree.beginRead();
                assertThat(tree.headerField(HeaderField.FREELIST_COUNT)).isZero();
                tree.endRead();
            }
            if (seed % 2 == 0) {
                changeInSqlite(file);
                tree.close();
                tree = DatabaseFiles.load(file);
            }
        }
    }

    private void createSchema() {
        Collation[] binary = new Collation[3];
        plain = new KeyInfo(tree.encoding(), binary, new boolean[3], new boolean[3], 2);
        noCase = new KeyInfo(
                tree.encoding(),
                new Collation[] {Collations.noCase(tree.encoding()), null},
                new boolean[] {true, false},
                new boolean[2],
                2);
        keyed = new KeyInfo(tree.encoding(), binary, new boolean[3], new boolean[3], 1);
        tree.beginWrite(false);
        tableRoot = tree.createTree(TreeKind.TABLE);
        plainRoot = tree.createTree(TreeKind.INDEX);
        noCaseRoot = tree.createTree(TreeKind.INDEX);
        keyedRoot = tree.createTree(TreeKind.INDEX);
        DatabaseFiles.addToSchema(tree, 1, "table", "t", "t", tableRoot, "CREATE TABLE t(a, b)");
        DatabaseFiles.addToSchema(tree, 2, "index", "i", "t", plainRoot, "CREATE INDEX i ON t(a)");
        DatabaseFiles.addToSchema(tree, 3, "index", "n", "t", noCaseRoot, "CREATE INDEX n ON t(a COLLATE NOCASE DESC)");
        DatabaseFiles.addToSchema(
                tree, 4, "table", "w", "w", keyedRoot, "CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID");
        commit();
    }

    private void commit() {
        tree.prepareCommit(null);
        tree.finishCommit();
        tree.endRead();
    }

    private void changeAtRandom(int operations, int round) {
        int keyRange = 1 + random.nextInt(3000);
        boolean grows = round % 2 == 0;
        boolean ascending = random.nextInt(3) == 0;
        tree.beginWrite(false);
        TreeMap<Long, Object[]> rowsBefore = null;
        TreeMap<String, byte[]> pairsBefore = null;
        int savepoint = -1;
        TableCursor bystander = tree.openTable(tableRoot, false);
        long bystanderAt = Long.MIN_VALUE;
        for (int i = 0; i < operations; i++) {
            long rowid = ascending && grows && !rows.isEmpty() && random.nextInt(10) > 0
                    ? rows.lastKey() + 1 + random.nextInt(2)
                    : random.nextInt(keyRange) - 100L;
            if (random.nextInt(10) < (grows ? 7 : 3)) {
                put(rowid);
                putPair("k" + random.nextInt(keyRange));
            } else {
                remove(rowid);
                removePair("k" + random.nextInt(keyRange));
            }
            if (savepoint < 0 && random.nextInt(200) == 0) {
                savepoint = tree.openSavepoint();
                rowsBefore = new TreeMap<>(rows);
                pairsBefore = new TreeMap<>(pairs);
            } else if (savepoint >= 0 && random.nextInt(100) == 0) {
                if (random.nextBoolean()) {
                    tree.rollbackToSavepoint(savepoint);
                    rows.clear();
                    rows.putAll(rowsBefore);
                    pairs.clear();
                    pairs.putAll(pairsBefore);
                }
                tree.releaseSavepoint(savepoint);
                savepoint = -1;
            }
            bystanderAt = step(bystander, bystanderAt);
        }
        bystander.close();
        if (savepoint >= 0) {
            tree.releaseSavepoint(savepoint);
        }
        if (tree.autoVacuum() == 2 && random.nextBoolean()) {
            tree.incrementalVacuum(random.nextInt(50));
        }
        if (random.nextInt(8) == 0) {
            assertThat(tree.clearTree(keyedRoot)).isEqualTo(pairs.size());
            pairs.clear();
        }
        commit();
    }

    /** A cursor that walks through the table while it changes: it must see rows in order and none that is gone. */
    private long step(TableCursor cursor, long at) {
        if (at == Long.MIN_VALUE || random.nextInt(50) == 0) {
            long wanted = random.nextInt(3000);
            Long expected = rows.ceilingKey(wanted);
            assertThat(cursor.seekAtLeast(wanted)).isEqualTo(expected != null);
            return expected == null ? Long.MIN_VALUE : expected;
        }
        boolean forward = random.nextBoolean();
        Long expected = forward ? rows.higherKey(at) : rows.lowerKey(at);
        boolean moved = forward ? cursor.next() : cursor.previous();
        assertThat(moved).isEqualTo(expected != null);
        if (!moved) {
            return Long.MIN_VALUE;
        }
        assertThat(cursor.rowid()).isEqualTo(expected);
        return expected;
    }

    private void put(long rowid) {
        Object[] row = {randomKey(), new byte[randomSize()]};
        random.nextBytes((byte[]) row[1]);
        Object[] old = rows.put(rowid, row);
        if (old != null) {
            removeEntries(old[0], rowid);
        }
        builder.begin();
        add(row[0]);
        add(row[1]);
        int length = builder.finish();
        try (TableCursor cursor = tree.openTable(tableRoot, true)) {
            cursor.insert(rowid, builder.bytes(), 0, length, 0, false);
            if (random.nextInt(20) == 0) {
                assertThat(cursor.rowid()).isEqualTo(rowid);
                assertThat(cursor.payloadBytes()).isEqualTo(length);
            }
        }
        insertEntry(plainRoot, plain, row[0], rowid);
        insertEntry(noCaseRoot, noCase, row[0], rowid);
    }

    private void insertEntry(int root, KeyInfo info, Object key, long rowid) {
        builder.begin();
        add(key);
        builder.addInteger(rowid);
        int length = builder.finish();
        try (IndexCursor cursor = tree.openIndex(root, info, true)) {
            cursor.insert(builder.bytes(), 0, length, false);
        }
    }

    private void remove(long rowid) {
        Object[] old = rows.remove(rowid);
        try (TableCursor cursor = tree.openTable(tableRoot, true)) {
            assertThat(cursor.seek(rowid)).isEqualTo(old != null);
            if (old == null) {
                return;
            }
            boolean keep = random.nextBoolean();
            cursor.delete(keep);
            if (keep) {
                boolean forward = random.nextBoolean();
                Long neighbour = forward ? rows.higherKey(rowid) : rows.lowerKey(rowid);
                assertThat(forward ? cursor.next() : cursor.previous()).isEqualTo(neighbour != null);
                if (neighbour != null) {
                    assertThat(cursor.rowid()).isEqualTo(neighbour);
                }
            }
        }
        removeEntries(old[0], rowid);
    }

    private void removeEntries(Object key, long rowid) {
        removeEntry(plainRoot, plain, key, rowid);
        removeEntry(noCaseRoot, noCase, key, rowid);
    }

    private void removeEntry(int root, KeyInfo info, Object key, long rowid) {
        builder.begin();
        add(key);
        builder.addInteger(rowid);
        int length = builder.finish();
        SearchKey search = new SearchKey().wrap(info, builder.bytes(), 0, length, 2, 0);
        try (IndexCursor cursor = tree.openIndex(root, info, true)) {
            assertThat(cursor.seek(search)).isZero();
            RecordView record = cursor.record();
            assertThat(record.integer(1)).isEqualTo(rowid);
            cursor.delete(random.nextBoolean());
        }
    }

    private void putPair(String key) {
        byte[] value = new byte[randomSize()];
        random.nextBytes(value);
        pairs.put(key, value);
        builder.begin();
        DatabaseFiles.addText(builder, tree, key);
        add(value);
        int length = builder.finish();
        try (IndexCursor cursor = tree.openIndex(keyedRoot, keyed, true)) {
            cursor.insert(builder.bytes(), 0, length, false);
        }
    }

    private void removePair(String key) {
        boolean exists = pairs.remove(key) != null;
        builder.begin();
        DatabaseFiles.addText(builder, tree, key);
        int length = builder.finish();
        SearchKey search = new SearchKey().wrap(keyed, builder.bytes(), 0, length, 1, 0);
        try (IndexCursor cursor = tree.openIndex(keyedRoot, keyed, true)) {
            assertThat(cursor.seek(search) == 0).isEqualTo(exists);
            if (exists) {
                cursor.delete(true);
                String neighbour = tree.encoding() == TextEncoding.UTF16LE ? null : pairs.higherKey(key);
                if (neighbour != null) {
                    assertThat(cursor.next()).isTrue();
                    RecordView record = cursor.record();
                    byte[] bytes = record.bytes(0);
                    assertThat(new String(
                                    bytes,
                                    record.offset(0),
                                    record.length(0),
                                    tree.encoding().charset()))
                            .isEqualTo(neighbour);
                }
            }
        }
    }

    private void add(Object value) {
        if (value instanceof Long number) {
            builder.addInteger(number);
        } else if (value instanceof Double number) {
            builder.addReal(number);
        } else if (value instanceof String text) {
            DatabaseFiles.addText(builder, tree, text);
        } else if (value instanceof byte[] bytes) {
            builder.addBlob(bytes, 0, bytes.length);
        } else {
            builder.addNull();
        }
    }

    private Object randomKey() {
        switch (random.nextInt(8)) {
            case 0:
                return null;
            case 1:
                return (long) random.nextInt(100);
            case 2:
                return random.nextLong() >> random.nextInt(64);
            case 3:
                return random.nextInt(100) + 0.5;
            case 4:
                byte[] blob = new byte[random.nextInt(10)];
                random.nextBytes(blob);
                return blob;
            case 5:
                return "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 3000 : 60)) + random.nextInt(10);
            default:
                return (random.nextBoolean() ? "Key" : "kEY") + random.nextInt(500) + "\u00e9";
        }
    }

    private int randomSize() {
        int dice = random.nextInt(100);
        if (dice < 85) {
            return random.nextInt(80);
        }
        return dice < 98 ? random.nextInt(1500) : random.nextInt(tree.pageSize() * 3);
    }

    private void checkModel() {
        try (TableCursor cursor = tree.openTable(tableRoot, false)) {
            assertThat(cursor.count()).isEqualTo(rows.size());
            boolean more = cursor.first();
            for (Map.Entry<Long, Object[]> row : rows.entrySet()) {
                assertThat(more).isTrue();
                assertThat(cursor.rowid()).isEqualTo(row.getKey());
                RecordView record = cursor.record();
                byte[] expected = (byte[]) row.getValue()[1];
                byte[] bytes = record.bytes(1);
                int offset = record.offset(1);
                assertThat(Arrays.copyOfRange(bytes, offset, offset + record.length(1)))
                        .isEqualTo(expected);
                more = cursor.next();
            }
            assertThat(more).isFalse();
            more = cursor.last();
            for (Long rowid : rows.descendingKeySet()) {
                assertThat(more).isTrue();
                assertThat(cursor.rowid()).isEqualTo(rowid);
                more = cursor.previous();
            }
            assertThat(more).isFalse();
        }
        try (IndexCursor cursor = tree.openIndex(plainRoot, plain, false)) {
            assertThat(cursor.count()).isEqualTo(rows.size());
            int seen = 0;
            for (boolean more = cursor.last(); more; more = cursor.previous()) {
                seen++;
            }
            assertThat(seen).isEqualTo(rows.size());
            seen = 0;
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                seen++;
            }
            assertThat(seen).isEqualTo(rows.size());
        }
    }

    /** Lets the real SQLite change the same file, so that the next round goes on from pages that it has left. */
    private void changeInSqlite(Path file) throws Exception {
        try (Connection connection = DatabaseFiles.open(file);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DELETE FROM t WHERE rowid % 5 = " + random.nextInt(5));
            statement.execute("UPDATE t SET b = randomblob(length(b) + 7) WHERE rowid % 7 = " + random.nextInt(7));
            statement.execute("UPDATE t SET a = 'new' || rowid WHERE rowid % 11 = " + random.nextInt(11));
            statement.execute("DELETE FROM w WHERE length(v) % 3 = " + random.nextInt(3));
            statement.execute("INSERT OR REPLACE INTO t(rowid, a, b) SELECT rowid + 1000, a, zeroblob(30) FROM t LIMIT "
                    + random.nextInt(300));
            connection.commit();
            rows.clear();
            pairs.clear();
            try (ResultSet found = statement.executeQuery("SELECT rowid, a, b FROM t")) {
                while (found.next()) {
                    Object a = found.getObject(2);
                    rows.put(
                            found.getLong(1),
                            new Object[] {a instanceof Integer number ? Long.valueOf(number) : a, found.getBytes(3)});
                }
            }
            try (ResultSet found = statement.executeQuery("SELECT k, v FROM w")) {
                while (found.next()) {
                    pairs.put(found.getString(1), found.getBytes(2));
                }
            }
        }
    }

    private void checkInSqlite(Path file) throws Exception {
        try (Connection connection = DatabaseFiles.open(file);
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT rowid, a, b FROM t ORDER BY rowid")) {
                for (Map.Entry<Long, Object[]> row : rows.entrySet()) {
                    assertThat(found.next()).isTrue();
                    assertThat(found.getLong(1)).isEqualTo(row.getKey());
                    Object a = row.getValue()[0];
                    if (a instanceof byte[] bytes) {
                        assertThat(found.getBytes(2)).isEqualTo(bytes);
                    } else {
                        assertThat(found.getString(2)).isEqualTo(a == null ? null : a.toString());
                    }
                    assertThat(found.getBytes(3)).isEqualTo(row.getValue()[1]);
                }
                assertThat(found.next()).isFalse();
            }
            try (ResultSet found = statement.executeQuery("SELECT k, v FROM w")) {
                int count = 0;
                while (found.next()) {
                    assertThat(found.getBytes(2)).isEqualTo(pairs.get(found.getString(1)));
                    count++;
                }
                assertThat(count).isEqualTo(pairs.size());
            }
        }
    }
}
