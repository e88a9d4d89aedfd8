package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.contract.CountingKvStore;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A test of namespaces with a store of its own (see {@link TestStores}), whose clock moves when told to and which meets bad luck on order. */
abstract class OnTestStore {
    final SimulatedClock clock = new SimulatedClock();
    /** The store itself. */
    final KvStore plain =
            TestStores.open(clock, () -> MemoryKvStore.builder().clock(clock).build());

    final FaultyKvStore faulty = new FaultyKvStore(plain, 1);
    final CountingKvStore counting = new CountingKvStore(faulty);
    final Namespaces namespaces = new Namespaces(counting);

    @AfterEach
    final void closeStore() {
        plain.close();
    }

    static void assertFails(ResultCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DatabaseException.class, e -> {
            assertThat(e.getMessage()).contains(message);
            assertThat(e.code()).isEqualTo(code);
        });
    }

    final Instant now() {
        return Instant.EPOCH.plus(clock.micros(), ChronoUnit.MICROS);
    }

    /** Commits a page a second later; returns the version. */
    final long put(String name, int page, long number) {
        clock.advanceMillis(1_000);
        try (PageStore store = namespaces.open(name)) {
            return Pages.put(store, Map.of(page, number));
        }
    }

    /** What {@link #put} has put into a page. */
    final long number(String address, int page) {
        try (PageStore store = namespaces.open(NamespaceAddress.parse(address), true);
                Pages reader = new Pages(store)) {
            long number = reader.begin().read(page);
            reader.end();
            return number;
        }
    }

    /** All pairs whose keys begin so. */
    final List<KeyValue> stored(String prefix) {
        byte[] from = prefix.getBytes(StandardCharsets.US_ASCII);
        byte[] end = from.length == 0 ? new byte[] {(byte) 0xff} : NamespaceKeys.end(from);
        try (KvTransaction reader = plain.begin()) {
            return reader.getRange(from, end, KvTransaction.UNLIMITED, false, ReadMode.SNAPSHOT)
                    .await();
        }
    }

    /** How many keys of a kind there are in all namespaces. */
    final int stored(char kind) {
        String prefix = "V1n";
        int count = 0;
        for (KeyValue pair : stored(prefix)) {
            if (pair.key()[prefix.length() + NamespaceKeys.ID_BYTES] == kind) {
                count++;
            }
        }
        return count;
    }
}
