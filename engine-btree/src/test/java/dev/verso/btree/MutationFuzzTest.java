package dev.verso.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.Collation;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordBuilder;
import dev.verso.record.RecordView;
import dev.verso.record.SearchKey;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes bytes of good files and uses the result: whatever happens, only errors that name a damaged or full database come out, and soon.
 * Replay one file with {@code -Dverso.seed=<seed>}.
 */
class MutationFuzzTest {
    private static final int FILES = 5_000;
    private static final int FILES_IN_FULL = 200_000;
    private static final long SLOW_NANOS = 10_000_000_000L;

    @TempDir
    Path folder;

    private final List<byte[]> seeds = new ArrayList<>();
    private final List<int[]> roots = new ArrayList<>();
    private final List<boolean[]> kinds = new ArrayList<>();
    private final int[] outcomes = new int[3];

    @Test
    void mutatedFilesGiveRightAnswersOrCleanErrors() throws Exception {
        create(512, 0, "UTF-8", 1);
        create(512, 1, "UTF-8", 1);
        create(1024, 2, "UTF-16le", 2);
        create(4096, 0, "UTF-16be", 5);
        create(4096, 2, "UTF-8", 5);
        Long replay = Long.getLong("verso.seed");
        int files = Boolean.getBoolean("verso.full") ? FILES_IN_FULL : FILES;
        long first = replay == null ? 0 : replay;
        long last = replay == null ? files : replay + 1;
        for (long seed = first; seed < last; seed++) {
            long start = cpuNanos();
            try {
                useMutated(seed);
            } catch (DatabaseException e) {
                checkCode(e, seed);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("-Dverso.seed=" + seed, e);
            }
            if (cpuNanos() - start > SLOW_NANOS) {
                fail("-Dverso.seed=" + seed + " took " + (cpuNanos() - start) / 1_000_000 + " ms");
            }
        }
        if (replay == null) {
            assertThat(outcomes[0]).as("clean").isPositive();
            assertThat(outcomes[1]).as("corrupt").isPositive();
            assertThat(outcomes[2]).as("no database").isPositive();
        }
    }

    /** What this thread has worked, whatever else the machine does. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void checkCode(DatabaseException e, long seed) {
        int primary = e.code().primary();
        if (primary == ResultCode.CORRUPT.value()) {
            outcomes[1]++;
        } else if (primary == ResultCode.NOTADB.value()) {
            outcomes[2]++;
        } else if (primary != ResultCode.FULL.value() && primary != ResultCode.READONLY.value()) {
            throw new AssertionError("-Dverso.seed=" + seed, e);
        }
    }

    private void useMutated(long seed) {
        Random random = new Random(seed * 7919);
        int which = random.nextInt(seeds.size());
        byte[] bytes = seeds.get(which).clone();
        mutate(bytes, random);
        BTree tree = DatabaseFiles.load(bytes);
        tree.beginRead();
        int[] all = roots.get(which);
        DatabaseException damage = null;
        for (int i = 0; i < all.length; i++) {
            try {
                read(tree, all[i], kinds.get(which)[i], random);
            } catch (DatabaseException e) {
                damage = e;
                checkCode(e, seed);
            }
        }
        tree.integrityCheck(all, 100);
        tree.endRead();
        for (int round = 0; round < 2; round++) {
            tree.beginWrite(false);
            int savepoint = tree.openSavepoint();
            try {
                write(tree, all, kinds.get(which), random);
                tree.prepareCommit(null);
                tree.finishCommit();
            } catch (DatabaseException e) {
                checkCode(e, seed);
                damage = e;
                tree.rollbackToSavepoint(savepoint);
                tree.rollback();
            }
            tree.endRead();
        }
        if (damage == null) {
            outcomes[0]++;
        }
        tree.close();
    }

    private static void mutate(byte[] bytes, Random random) {
        int pageBytes = (bytes[16] & 0xff) << 8 | bytes[17] & 0xff;
        int pages = bytes.length / pageBytes;
        for (int i = 1 << random.nextInt(4); i > 0; i--) {
            int at;
            int page = random.nextInt(pages) * pageBytes;
            switch (random.nextInt(6)) {
                case 0 -> at = random.nextInt(10) == 0 ? random.nextInt(100) : 100 + random.nextInt(20);
                case 1 -> at = page + random.nextInt(12);
                case 2 -> at = page + 8 + random.nextInt(40);
                case 3 -> {
                    int cell = (bytes[page + 12] & 0xff) << 8 | bytes[page + 13] & 0xff;
                    at = page + Math.min(pageBytes - 1, cell % pageBytes + random.nextInt(9));
                }
                default -> at = random.nextInt(bytes.length);
            }
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] += (byte) (random.nextInt(5) - 2);
                default -> {
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(8));
                    int from = random.nextInt(bytes.length - length);
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
    }

    private static KeyInfo keyInfo(BTree tree) {
        return new KeyInfo(tree.encoding(), new Collation[3], new boolean[3], new boolean[3], 2);
    }

    private static void read(BTree tree, int root, boolean isTable, Random random) {
        if (isTable) {
            try (TableCursor cursor = tree.openTable(root, false)) {
                long sum = 0;
                for (boolean more = cursor.first(); more; more = cursor.next()) {
                    sum += cursor.rowid() + touch(cursor.record());
                }
                for (boolean more = cursor.last(); more; more = cursor.previous()) {
                    sum += cursor.rowid();
                }
                for (int i = 0; i < 20; i++) {
                    if (cursor.seekAtLeast(random.nextInt(400))) {
                        sum += cursor.rowid();
                    }
                    if (cursor.seekAtMost(random.nextInt(400))) {
                        sum += cursor.payloadBytes();
                    }
                }
                cursor.count();
                cursor.estimatedCount();
                assertThat(sum).isNotEqualTo(Long.MIN_VALUE + 1);
            }
            return;
        }
        try (IndexCursor cursor = tree.openIndex(root, keyInfo(tree), false)) {
            long sum = 0;
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                sum += touch(cursor.record());
            }
            for (boolean more = cursor.last(); more; more = cursor.previous()) {
                sum++;
            }
            for (int i = 0; i < 20; i++) {
                sum += cursor.seek(randomKey(tree, random));
                if (cursor.isOnEntry()) {
                    sum += touch(cursor.record());
                }
            }
            cursor.count();
            assertThat(sum).isNotEqualTo(Long.MIN_VALUE + 1);
        }
    }

    private static long touch(RecordView record) {
        long sum = 0;
        for (int i = 0; record.hasColumn(i); i++) {
            long type = record.serialType(i);
            if (type >= 12) {
                byte[] bytes = record.bytes(i);
                int length = record.length(i);
                sum += length > 0 ? bytes[record.offset(i)] + bytes[record.offset(i) + length - 1] : 0;
            } else if (type == 7) {
                sum += (long) record.real(i);
            } else {
                sum += record.integer(i);
            }
        }
        return sum;
    }

    private static SearchKey randomKey(BTree tree, Random random) {
        RecordBuilder key = new RecordBuilder().begin();
        if (random.nextBoolean()) {
            key.addInteger(random.nextInt(320));
        } else {
            DatabaseFiles.addText(key, tree, "key" + random.nextInt(120));
        }
        key.addInteger(random.nextInt(300));
        int length = key.finish();
        return new SearchKey()
                .wrap(keyInfo(tree), key.bytes(), 0, length, 1 + random.nextInt(2), random.nextInt(3) - 1);
    }

    private static void write(BTree tree, int[] roots, boolean[] kinds, Random random) {
        RecordBuilder record = new RecordBuilder();
        for (int i = 0; i < 30; i++) {
            int which = 1 + random.nextInt(roots.length - 1);
            record.begin().addInteger(random.nextInt(320));
            record.addZeroBlob(random.nextInt(5) == 0 ? random.nextInt(5000) : random.nextInt(60));
            int length = record.finish();
            if (kinds[which]) {
                try (TableCursor cursor = tree.openTable(roots[which], true)) {
                    if (random.nextBoolean()) {
                        cursor.insert(random.nextInt(400), record.bytes(), 0, length, random.nextInt(3), false);
                    } else if (cursor.seekAtLeast(random.nextInt(400))) {
                        cursor.delete(true);
                        cursor.next();
                    }
                }
            } else {
                try (IndexCursor cursor = tree.openIndex(roots[which], keyInfo(tree), true)) {
                    if (random.nextBoolean()) {
                        cursor.insert(record.bytes(), 0, length, false);
                    } else if (cursor.seek(randomKey(tree, random)) <= 0 && cursor.isOnEntry()) {
                        cursor.delete(random.nextBoolean());
                        cursor.next();
                    }
                }
            }
        }
        switch (random.nextInt(6)) {
            case 0 -> tree.createTree(TreeKind.TABLE);
            case 1 -> tree.createTree(TreeKind.INDEX);
            case 2 -> tree.clearTree(roots[1 + random.nextInt(roots.length - 1)]);
            case 3 -> tree.dropTree(roots[roots.length - 1]);
            case 4 -> tree.incrementalVacuum(10);
            default -> {
                int root = tree.createTree(TreeKind.TABLE);
                try (TableCursor cursor = tree.openTable(root, true)) {
                    for (int i = 0; i < 100; i++) {
                        record.begin().addZeroBlob(100);
                        cursor.insert(i, record.bytes(), 0, record.finish(), 0, true);
                    }
                }
            }
        }
    }

    private void create(int pageBytes, int autoVacuum, String encoding, int scale) throws Exception {
        Path file = folder.resolve("f" + seeds.size());
        List<Integer> rootPages = new ArrayList<>(List.of(1));
        List<Boolean> isTable = new ArrayList<>(List.of(true));
        try (Connection connection = DatabaseFiles.open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size=" + pageBytes);
            statement.execute("PRAGMA encoding='" + encoding + "'");
            statement.execute("PRAGMA auto_vacuum=" + autoVacuum);
            statement.execute("CREATE TABLE t(a, b)");
            statement.execute("CREATE INDEX i ON t(a)");
            statement.execute("CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID");
            String numbers = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM n WHERE x<%d) ";
            statement.execute(numbers.formatted(300)
                    + "INSERT INTO t SELECT x*7%311, substr('abcdefghijklmnopqrstuvwxyz', 1, x%20) FROM n");
            statement.execute(numbers.formatted(100) + "INSERT INTO w SELECT 'key'||x, hex(x) FROM n");
            statement.execute("INSERT INTO t VALUES('key5', zeroblob(3000)), (zeroblob(2000), 1)");
            statement.execute("DELETE FROM t WHERE rowid%3=0");
            statement.execute("CREATE TABLE gone(x)");
            statement.execute(
                    numbers.formatted(60 / scale) + "INSERT INTO gone SELECT zeroblob(" + pageBytes / 2 + ") FROM n");
            statement.execute("DELETE FROM gone");
            try (ResultSet rows = statement.executeQuery("SELECT rootpage, name IN ('i', 'w') FROM sqlite_schema")) {
                while (rows.next()) {
                    rootPages.add(rows.getInt(1));
                    isTable.add(rows.getInt(2) == 0);
                }
            }
        }
        seeds.add(Files.readAllBytes(file));
        roots.add(rootPages.stream().mapToInt(Integer::intValue).toArray());
        boolean[] tables = new boolean[isTable.size()];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = isTable.get(i);
        }
        kinds.add(tables);
    }
}
