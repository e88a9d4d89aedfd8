package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KeyValue;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.sql.Connection;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a small update costs a versioned store, in bytes of keys and values, all that a commit writes counted. */
final class StorageSizeTest {
    private static final int ROWS = 5_000;
    private static final int UPDATES = 2_000;

    @Test
    void anUpdateOfOneRowTakesAtMostSixHundredBytes() {
        assertThat(bytesPerUpdate("UPDATE t SET n = n + 1 WHERE id = %d", false))
                .isLessThanOrEqualTo(600);
        assertThat(bytesPerUpdate("UPDATE t SET body = hex(randomblob(50)) WHERE id = %d", false))
                .isLessThanOrEqualTo(600);
        // of the rows that are written most, as applications write them
        assertThat(bytesPerUpdate("UPDATE t SET n = n + 1 WHERE id = %d", true)).isLessThanOrEqualTo(600);
    }

    private static long bytesPerUpdate(String update, boolean onePage) {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            return bytesPerUpdate(kv, update, onePage);
        }
    }

    private static long bytesPerUpdate(KvStore kv, String update, boolean onePage) {
        Namespaces namespaces = new Namespaces(kv);
        namespaces.create("app");
        try (Connection connection = new Connection(namespaces.open("app"), null)) {
            connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, body TEXT)");
            connection.execute("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < " + ROWS
                    + ") INSERT INTO t SELECT i, 1000 + i, hex(randomblob(50)) FROM c");
            long before = bytesIn(kv);
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < UPDATES; i++) {
                connection.execute(String.format(update, 1 + random.nextInt(onePage ? 20 : ROWS)));
            }
            long bytes = (bytesIn(kv) - before) / UPDATES;
            System.out.printf("%d bytes stored for each %s%s%n", bytes, update, onePage ? " (one page)" : "");
            return bytes;
        }
    }

    private static long bytesIn(KvStore kv) {
        long bytes = 0;
        try (KvTransaction reader = kv.begin()) {
            for (KeyValue pair : reader.getRange(
                            new byte[0], new byte[] {(byte) 0xff}, KvTransaction.UNLIMITED, false, ReadMode.SNAPSHOT)
                    .await()) {
                bytes += pair.key().length + pair.value().length;
            }
        }
        return bytes;
    }
}
