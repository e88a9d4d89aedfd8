package dev.verso.kv.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KvStore} does. A backend's tests extend this class and open the backend; what the backend says it can't do is
 * skipped by name. All keys begin with {@code contract/}, which is cleared before each test.
 */
public abstract class KvStoreContract {
    private static final byte[] ALL = key("");

    /** Moves the store's time, if the store supports {@link KvFeature#TEST_CLOCK}. */
    protected final SimulatedClock clock = new SimulatedClock();

    private KvStore store;

    protected KvStoreContract() {}

    /** The store to test, on this clock if it can be. */
    protected abstract KvStore open(SimulatedClock testClock);

    @BeforeEach
    final void openStore() {
        store = open(clock);
        KvTransaction clear = store.begin();
        clear.clearRange(ALL, Bytes.prefixEnd(ALL));
        clear.commit().await();
    }

    @AfterEach
    final void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    /** A key of this suite. */
    protected static byte[] key(String name) {
        return ("contract/" + name).getBytes(StandardCharsets.UTF_8);
    }

    protected static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private void require(KvFeature feature) {
        assumeTrue(store.supports(feature), () -> store.name() + " does not support " + feature);
    }

    private long put(String name, String value) {
        KvTransaction transaction = store.begin();
        transaction.set(key(name), text(value));
        return transaction.commit().await().version();
    }

    private String get(String name) {
        try (KvTransaction transaction = store.begin()) {
            return get(transaction, name, ReadMode.SNAPSHOT);
        }
    }

    private static String get(KvTransaction transaction, String name, ReadMode mode) {
        byte[] value = transaction.get(key(name), mode).await();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static String range(KvTransaction transaction, String from, String to, int limit, boolean reverse) {
        return show(transaction
                .getRange(key(from), key(to), limit, reverse, ReadMode.SERIALIZABLE)
                .await());
    }

    private static String show(List<KeyValue> pairs) {
        StringBuilder text = new StringBuilder();
        for (KeyValue pair : pairs) {
            text.append(new String(pair.key(), StandardCharsets.UTF_8).substring(ALL.length))
                    .append('=')
                    .append(new String(pair.value(), StandardCharsets.UTF_8))
                    .append(' ');
        }
        return text.toString().trim();
    }

    private static void assertFails(KvFailure failure, Pending<?> request) {
        assertThatThrownBy(request::await).isInstanceOfSatisfying(KvException.class, e -> assertThat(e.failure())
                .isEqualTo(failure));
    }

    // ---- values

    @Test
    final void anAbsentKeyHasNoValue() {
        assertThat(get("a")).isNull();
    }

    @Test
    final void aCommittedValueIsSeenByLaterTransactions() {
        put("a", "1");
        assertThat(get("a")).isEqualTo("1");
        put("a", "2");
        assertThat(get("a")).isEqualTo("2");
    }

    @Test
    final void anEmptyValueIsNotAnAbsentOne() {
        put("a", "");
        assertThat(get("a")).isEmpty();
    }

    @Test
    final void aClearedKeyIsGone() {
        put("a", "1");
        KvTransaction transaction = store.begin();
        transaction.clear(key("a"));
        transaction.commit().await();
        assertThat(get("a")).isNull();
    }

    @Test
    final void clearingARangeLeavesItsEnd() {
        for (String name : List.of("a", "b", "c", "d")) {
            put(name, name);
        }
        KvTransaction transaction = store.begin();
        transaction.clearRange(key("b"), key("d"));
        transaction.commit().await();
        try (KvTransaction after = store.begin()) {
            assertThat(range(after, "a", "z", 0, false)).isEqualTo("a=a d=d");
        }
    }

    @Test
    final void keysOrderAsUnsignedBytes() {
        KvTransaction transaction = store.begin();
        for (int b : new int[] {0x80, 0x7f, 0xff, 0x00, 0x01}) {
            byte[] key = Arrays.copyOf(ALL, ALL.length + 1);
            key[ALL.length] = (byte) b;
            transaction.set(key, new byte[0]);
        }
        transaction.set(ALL, new byte[0]);
        transaction.commit().await();
        try (KvTransaction reader = store.begin()) {
            List<Integer> last = new ArrayList<>();
            for (KeyValue pair : reader.getRange(ALL, Bytes.prefixEnd(ALL), 0, false, ReadMode.SNAPSHOT)
                    .await()) {
                last.add(pair.key().length == ALL.length ? -1 : pair.key()[ALL.length] & 0xff);
            }
            assertThat(last).containsExactly(-1, 0x00, 0x01, 0x7f, 0x80, 0xff);
        }
    }

    @Test
    final void rangesReadInBothOrdersAndStopAtTheLimit() {
        for (String name : List.of("a", "b", "c", "d")) {
            put(name, name);
        }
        try (KvTransaction reader = store.begin()) {
            assertThat(range(reader, "a", "d", 0, false)).isEqualTo("a=a b=b c=c");
            assertThat(range(reader, "a", "d", 2, false)).isEqualTo("a=a b=b");
            assertThat(range(reader, "a", "d", 2, true)).isEqualTo("c=c b=b");
            assertThat(range(reader, "aa", "z", 1, true)).isEqualTo("d=d");
            assertThat(range(reader, "x", "z", 0, true)).isEmpty();
            assertThat(range(reader, "b", "b", 0, false)).isEmpty();
        }
    }

    @Test
    final void aRangeWithoutKeysIsEmptyThoughItsEndIsAKey() {
        put("a", "1");
        put("c", "3");
        try (KvTransaction transaction = store.begin()) {
            assertThat(range(transaction, "b", "c", 0, false)).isEmpty();
            assertThat(range(transaction, "b", "c", 1, false)).isEmpty();
            assertThat(range(transaction, "b", "c", 0, true)).isEmpty();
            assertThat(range(transaction, "a", "c", 0, false)).isEqualTo("a=1");
            assertThat(range(transaction, "a", "c", 0, true)).isEqualTo("a=1");
        }
    }

    @Test
    final void longRangesArriveWhole() {
        int count = 5_000;
        for (int from = 0; from < count; from += 1_000) {
            KvTransaction transaction = store.begin();
            for (int i = from; i < from + 1_000; i++) {
                transaction.set(key("%05d".formatted(i)), text(Integer.toString(i)));
            }
            transaction.commit().await();
        }
        try (KvTransaction reader = store.begin()) {
            List<KeyValue> up = reader.getRange(ALL, Bytes.prefixEnd(ALL), 0, false, ReadMode.SNAPSHOT)
                    .await();
            List<KeyValue> down = reader.getRange(ALL, Bytes.prefixEnd(ALL), 0, true, ReadMode.SNAPSHOT)
                    .await();
            assertThat(up).hasSize(count);
            assertThat(down).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(up.get(i).key()).isEqualTo(key("%05d".formatted(i)));
                assertThat(down.get(i)).isEqualTo(up.get(count - 1 - i));
            }
        }
    }

    // ---- a transaction's own writes

    @Test
    final void aTransactionReadsItsOwnWrites() {
        put("a", "1");
        put("b", "2");
        try (KvTransaction transaction = store.begin()) {
            transaction.set(key("a"), text("9"));
            transaction.clear(key("b"));
            transaction.set(key("c"), text("3"));
            assertThat(get(transaction, "a", ReadMode.SERIALIZABLE)).isEqualTo("9");
            assertThat(get(transaction, "b", ReadMode.SERIALIZABLE)).isNull();
            assertThat(get(transaction, "c", ReadMode.SERIALIZABLE)).isEqualTo("3");
        }
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    final void rangesShowOwnWritesMergedWithTheStore() {
        for (String name : List.of("a", "c", "e", "g")) {
            put(name, name);
        }
        try (KvTransaction transaction = store.begin()) {
            transaction.clearRange(key("c"), key("f"));
            transaction.set(key("d"), text("new"));
            transaction.set(key("h"), text("new"));
            assertThat(range(transaction, "a", "z", 0, false)).isEqualTo("a=a d=new g=g h=new");
            assertThat(range(transaction, "a", "z", 2, true)).isEqualTo("h=new g=g");
            assertThat(range(transaction, "a", "z", 2, false)).isEqualTo("a=a d=new");
            assertThat(range(transaction, "b", "g", 1, true)).isEqualTo("d=new");
        }
    }

    @Test
    final void aClearAfterASetWins() {
        KvTransaction transaction = store.begin();
        transaction.set(key("a"), text("1"));
        transaction.clearRange(key("a"), key("b"));
        transaction.set(key("aa"), text("2"));
        transaction.commit().await();
        assertThat(get("a")).isNull();
        assertThat(get("aa")).isEqualTo("2");
    }

    @Test
    final void overlappingClearsClearTheirUnion() {
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            put(name, name);
        }
        KvTransaction transaction = store.begin();
        transaction.clearRange(key("b"), key("c"));
        transaction.clearRange(key("d"), key("e"));
        transaction.clearRange(key("bb"), key("dd"));
        assertThat(range(transaction, "a", "z", 0, false)).isEqualTo("a=a e=e f=f");
        transaction.commit().await();
        try (KvTransaction after = store.begin()) {
            assertThat(range(after, "a", "z", 0, false)).isEqualTo("a=a e=e f=f");
        }
    }

    // ---- isolation

    @Test
    final void othersSeeNothingBeforeTheCommit() {
        KvTransaction transaction = store.begin();
        transaction.set(key("a"), text("1"));
        assertThat(get("a")).isNull();
        transaction.commit().await();
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    final void aTransactionKeepsSeeingTheStateItBeganWith() {
        put("a", "1");
        put("b", "1");
        try (KvTransaction old = store.begin()) {
            old.readVersion().await();
            put("a", "2");
            put("c", "2");
            KvTransaction clear = store.begin();
            clear.clear(key("b"));
            clear.commit().await();
            assertThat(range(old, "a", "z", 0, false)).isEqualTo("a=1 b=1");
            assertThat(range(old, "a", "z", 1, true)).isEqualTo("b=1");
            assertThat(get(old, "a", ReadMode.SNAPSHOT)).isEqualTo("1");
            assertThat(get(old, "b", ReadMode.SNAPSHOT)).isEqualTo("1");
            assertThat(get(old, "c", ReadMode.SNAPSHOT)).isNull();
        }
    }

    @Test
    final void readVersionsGrowAndCoverAcknowledgedCommits() {
        long first = put("a", "1");
        long second = put("a", "2");
        assertThat(second).isGreaterThan(first);
        try (KvTransaction reader = store.begin()) {
            assertThat(reader.readVersion().await()).isGreaterThanOrEqualTo(second);
        }
    }

    @Test
    final void anEarlierVersionCanBeReadAgain() {
        require(KvFeature.EXPLICIT_READ_VERSION);
        long first = put("a", "1");
        try (KvTransaction keep = store.begin()) {
            keep.readVersion().await();
            put("a", "2");
            try (KvTransaction reader = store.begin()) {
                reader.readVersion(first);
                assertThat(get(reader, "a", ReadMode.SNAPSHOT)).isEqualTo("1");
            }
        }
    }

    @Test
    final void aReadOnlyTransactionCommitsAsNothing() {
        put("a", "1");
        KvTransaction reader = store.begin();
        assertThat(get(reader, "a", ReadMode.SERIALIZABLE)).isEqualTo("1");
        put("a", "2");
        assertThat(reader.commit().await()).isEqualTo(Versionstamp.NONE);
    }

    // ---- conflicts

    private Pending<Versionstamp> commitAfter(KvTransaction transaction, Runnable between) {
        transaction.readVersion().await();
        between.run();
        transaction.set(key("result"), text("x"));
        return transaction.commit();
    }

    @Test
    final void aReadKeyThatChangedIsAConflict() {
        KvTransaction transaction = store.begin();
        get(transaction, "a", ReadMode.SERIALIZABLE);
        assertFails(KvFailure.CONFLICT, commitAfter(transaction, () -> put("a", "2")));
        assertThat(get("result")).isNull();
    }

    @Test
    final void aReadKeyThatOnlyItselfChangedIsNone() {
        KvTransaction transaction = store.begin();
        get(transaction, "a", ReadMode.SERIALIZABLE);
        commitAfter(transaction, () -> put("b", "2")).await();
        assertThat(get("result")).isEqualTo("x");
    }

    @Test
    final void aSnapshotReadIsNoConflict() {
        KvTransaction transaction = store.begin();
        get(transaction, "a", ReadMode.SNAPSHOT);
        commitAfter(transaction, () -> put("a", "2")).await();
    }

    @Test
    final void blindWritesToOneKeyDoNotConflict() {
        KvTransaction transaction = store.begin();
        transaction.set(key("a"), text("1"));
        commitAfter(transaction, () -> put("a", "2")).await();
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    final void aKeyInsertedIntoAReadRangeIsAConflict() {
        KvTransaction transaction = store.begin();
        range(transaction, "a", "m", 0, false);
        assertFails(KvFailure.CONFLICT, commitAfter(transaction, () -> put("c", "2")));
    }

    @Test
    final void aRangeReadConflictsOnlyUpToWhereTheLimitStoppedIt() {
        put("b", "1");
        put("d", "1");
        KvTransaction forward = store.begin();
        range(forward, "a", "m", 1, false);
        commitAfter(forward, () -> put("c", "2")).await();
        KvTransaction forwardInside = store.begin();
        range(forwardInside, "a", "m", 1, false);
        assertFails(KvFailure.CONFLICT, commitAfter(forwardInside, () -> put("aa", "2")));
        KvTransaction backward = store.begin();
        range(backward, "a", "m", 1, true);
        commitAfter(backward, () -> put("c", "3")).await();
        KvTransaction backwardInside = store.begin();
        range(backwardInside, "a", "m", 1, true);
        assertFails(KvFailure.CONFLICT, commitAfter(backwardInside, () -> put("e", "2")));
    }

    @Test
    final void aRangeClearConflictsWithReadersInside() {
        put("c", "1");
        KvTransaction transaction = store.begin();
        get(transaction, "c", ReadMode.SERIALIZABLE);
        assertFails(KvFailure.CONFLICT, commitAfter(transaction, () -> {
            KvTransaction clear = store.begin();
            clear.clearRange(key("a"), key("m"));
            clear.commit().await();
        }));
    }

    @Test
    final void explicitRangesConflictLikeReadsAndWrites() {
        KvTransaction reader = store.begin();
        reader.addReadConflictRange(key("a"), key("m"));
        assertFails(KvFailure.CONFLICT, commitAfter(reader, () -> put("c", "1")));
        KvTransaction outside = store.begin();
        outside.addReadConflictRange(key("a"), key("m"));
        commitAfter(outside, () -> put("m", "1")).await();
        KvTransaction written = store.begin();
        get(written, "q", ReadMode.SERIALIZABLE);
        assertFails(KvFailure.CONFLICT, commitAfter(written, () -> {
            KvTransaction pretends = store.begin();
            pretends.addWriteConflictRange(key("p"), key("r"));
            pretends.commit().await();
        }));
    }

    @Test
    final void writesWithoutAutomaticConflictsDisturbNobody() {
        KvTransaction transaction = store.begin();
        get(transaction, "a", ReadMode.SERIALIZABLE);
        commitAfter(transaction, () -> {
                    KvTransaction silent = store.begin();
                    silent.automaticWriteConflicts(false);
                    silent.set(key("a"), text("1"));
                    silent.commit().await();
                })
                .await();
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    final void conflictsAreFoundAtAnEarlierReadVersion() {
        require(KvFeature.EXPLICIT_READ_VERSION);
        long before = put("a", "1");
        put("a", "2");
        KvTransaction late = store.begin();
        late.readVersion(before);
        late.addReadConflictRange(key("a"), key("b"));
        late.set(key("c"), text("1"));
        assertFails(KvFailure.CONFLICT, late.commit());
        KvTransaction other = store.begin();
        other.readVersion(before);
        other.addReadConflictRange(key("b"), key("c"));
        other.set(key("c"), text("1"));
        other.commit().await();
        assertThat(get("c")).isEqualTo("1");
    }

    @Test
    final void incrementsByReadAndWriteAreNeverLost() throws InterruptedException {
        put("n", "0");
        int threads = 4;
        int increments = 50;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int done = 0; done < increments; ) {
                        KvTransaction transaction = store.begin();
                        int n = Integer.parseInt(get(transaction, "n", ReadMode.SERIALIZABLE));
                        transaction.set(key("n"), text(Integer.toString(n + 1)));
                        try {
                            transaction.commit().await();
                            done++;
                        } catch (KvException e) {
                            if (e.failure() != KvFailure.CONFLICT) {
                                throw e;
                            }
                        }
                    }
                } catch (RuntimeException | AssertionError e) {
                    failure.set(e);
                }
            });
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(get("n")).isEqualTo(Integer.toString(threads * increments));
    }

    // ---- atomic operations

    private byte[] mutate(AtomicOp operation, byte[] before, byte[] operand) {
        KvTransaction transaction = store.begin();
        if (before == null) {
            transaction.clear(key("m"));
        } else {
            transaction.set(key("m"), before);
        }
        transaction.commit().await();
        KvTransaction change = store.begin();
        change.mutate(operation, key("m"), operand);
        byte[] own = change.get(key("m"), ReadMode.SNAPSHOT).await();
        change.commit().await();
        try (KvTransaction reader = store.begin()) {
            byte[] after = reader.get(key("m"), ReadMode.SNAPSHOT).await();
            assertThat(own).as("as the transaction itself sees it").isEqualTo(after);
            return after;
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    final void atomicOperationsChangeTheStoredValue() {
        require(KvFeature.ATOMIC_OPS);
        assertThat(mutate(AtomicOp.ADD, bytes(0xff, 1), bytes(2, 0))).isEqualTo(bytes(1, 2));
        assertThat(mutate(AtomicOp.ADD, null, bytes(2, 0))).isEqualTo(bytes(2, 0));
        assertThat(mutate(AtomicOp.ADD, bytes(0xff), bytes(1, 0))).isEqualTo(bytes(0, 1));
        assertThat(mutate(AtomicOp.ADD, bytes(1, 1, 1), bytes(1, 0))).isEqualTo(bytes(2, 1));
        assertThat(mutate(AtomicOp.BIT_AND, bytes(0b1100), bytes(0b1010))).isEqualTo(bytes(0b1000));
        assertThat(mutate(AtomicOp.BIT_AND, null, bytes(0b1010))).isEqualTo(bytes(0b1010));
        assertThat(mutate(AtomicOp.BIT_OR, bytes(0b1100), bytes(0b1010))).isEqualTo(bytes(0b1110));
        assertThat(mutate(AtomicOp.BIT_XOR, bytes(0b1100), bytes(0b1010))).isEqualTo(bytes(0b0110));
        assertThat(mutate(AtomicOp.MAX, bytes(1, 2), bytes(0xff, 1))).isEqualTo(bytes(1, 2));
        assertThat(mutate(AtomicOp.MIN, bytes(1, 2), bytes(0xff, 1))).isEqualTo(bytes(0xff, 1));
        assertThat(mutate(AtomicOp.MIN, null, bytes(7))).isEqualTo(bytes(7));
        assertThat(mutate(AtomicOp.BYTE_MAX, bytes(1, 2), bytes(0xff))).isEqualTo(bytes(0xff));
        assertThat(mutate(AtomicOp.BYTE_MIN, bytes(1, 2), bytes(0xff))).isEqualTo(bytes(1, 2));
        assertThat(mutate(AtomicOp.APPEND_IF_FITS, bytes(1), bytes(2, 3))).isEqualTo(bytes(1, 2, 3));
        assertThat(mutate(AtomicOp.COMPARE_AND_CLEAR, bytes(1), bytes(1))).isNull();
        assertThat(mutate(AtomicOp.COMPARE_AND_CLEAR, bytes(1), bytes(2))).isEqualTo(bytes(1));
    }

    @Test
    final void atomicOperationsDoNotConflictWithEachOther() {
        require(KvFeature.ATOMIC_OPS);
        KvTransaction transaction = store.begin();
        transaction.mutate(AtomicOp.ADD, key("n"), bytes(1));
        commitAfter(transaction, () -> {
                    KvTransaction other = store.begin();
                    other.mutate(AtomicOp.ADD, key("n"), bytes(2));
                    other.commit().await();
                })
                .await();
        try (KvTransaction reader = store.begin()) {
            assertThat(reader.get(key("n"), ReadMode.SNAPSHOT).await()).isEqualTo(bytes(3));
        }
    }

    // ---- versionstamps

    @Test
    final void aVersionstampedKeyHoldsTheStampOfItsCommit() {
        byte[] pattern = Arrays.copyOf(key("s/"), key("s/").length + Versionstamp.BYTES + 1);
        pattern[pattern.length - 1] = 'z';
        KvTransaction transaction = store.begin();
        transaction.setVersionstampedKey(pattern, key("s/").length, text("v"));
        Versionstamp stamp = transaction.commit().await();
        byte[] expected = pattern.clone();
        stamp.write(expected, key("s/").length);
        try (KvTransaction reader = store.begin()) {
            assertThat(reader.getRange(key("s/"), key("s0"), 0, false, ReadMode.SNAPSHOT)
                            .await())
                    .containsExactly(new KeyValue(expected, text("v")));
        }
    }

    @Test
    final void aVersionstampedValueHoldsTheStampOfItsCommit() {
        KvTransaction transaction = store.begin();
        transaction.setVersionstampedValue(key("a"), Arrays.copyOf(text("ab"), 2 + Versionstamp.BYTES), 2);
        Versionstamp stamp = transaction.commit().await();
        byte[] expected = Arrays.copyOf(text("ab"), 2 + Versionstamp.BYTES);
        stamp.write(expected, 2);
        try (KvTransaction reader = store.begin()) {
            assertThat(reader.get(key("a"), ReadMode.SNAPSHOT).await()).isEqualTo(expected);
            assertThat(Versionstamp.read(expected, 2)).isEqualTo(stamp);
        }
    }

    @Test
    final void versionstampsGrowFromCommitToCommit() {
        Versionstamp last = Versionstamp.NONE;
        for (int i = 0; i < 20; i++) {
            KvTransaction transaction = store.begin();
            transaction.setVersionstampedValue(key("a"), new byte[Versionstamp.BYTES], 0);
            Versionstamp stamp = transaction.commit().await();
            assertThat(stamp.version()).isPositive();
            if (i > 0) {
                assertThat(stamp).isGreaterThan(last);
            }
            last = stamp;
        }
    }

    @Test
    final void aVersionstampedKeyConflictsWithReadersOfWhereItMayLand() {
        byte[] pattern = Arrays.copyOf(key("s/"), key("s/").length + Versionstamp.BYTES);
        KvTransaction transaction = store.begin();
        range(transaction, "s/", "s0", 0, false);
        assertFails(KvFailure.CONFLICT, commitAfter(transaction, () -> {
            KvTransaction other = store.begin();
            other.setVersionstampedKey(pattern, key("s/").length, text("v"));
            other.commit().await();
        }));
    }

    // ---- limits

    @Test
    final void whatIsTooLargeIsRefused() {
        KvTransaction longKey = store.begin();
        assertFailsNowOrAtCommit(
                longKey, () -> longKey.set(key("x".repeat(store.limits().keyBytes())), text("v")));
        KvTransaction longValue = store.begin();
        assertFailsNowOrAtCommit(
                longValue, () -> longValue.set(key("a"), new byte[store.limits().valueBytes() + 1]));
    }

    @Test
    final void aTransactionBeyondTheLimitIsRefusedAsAWhole() {
        assumeTrue(
                store.limits().transactionBytes() <= 64_000_000,
                () -> store.name() + " takes transactions larger than this test makes");
        KvTransaction large = store.begin();
        byte[] value = new byte[store.limits().valueBytes()];
        long count = store.limits().transactionBytes() / value.length + 1;
        for (int i = 0; i < count; i++) {
            large.set(key("large/" + i), value);
        }
        assertThat(large.approximateBytes()).isGreaterThan(store.limits().transactionBytes());
        assertFails(KvFailure.TOO_LARGE, large.commit());
        assertThat(get("large/0")).isNull();
    }

    private static void assertFailsNowOrAtCommit(KvTransaction transaction, Runnable write) {
        assertThatThrownBy(() -> {
                    write.run();
                    transaction.commit().await();
                })
                .isInstanceOfSatisfying(
                        KvException.class, e -> assertThat(e.failure()).isEqualTo(KvFailure.TOO_LARGE));
    }

    @Test
    final void aTransactionOlderThanTheWindowCanNeitherReadNorCommit() {
        require(KvFeature.WINDOW);
        require(KvFeature.TEST_CLOCK);
        put("a", "1");
        KvTransaction reader = store.begin();
        get(reader, "a", ReadMode.SNAPSHOT);
        KvTransaction writer = store.begin();
        get(writer, "a", ReadMode.SERIALIZABLE);
        writer.set(key("b"), text("1"));
        put("a", "2");
        clock.advanceMillis(store.limits().windowMillis() + 1);
        put("a", "3");
        assertFails(KvFailure.TOO_OLD, reader.get(key("a"), ReadMode.SNAPSHOT));
        assertFails(KvFailure.TOO_OLD, writer.commit());
        assertThat(get("b")).isNull();
    }

    @Test
    final void aTransactionWithinTheWindowStillReadsAndCommits() {
        require(KvFeature.TEST_CLOCK);
        put("a", "1");
        KvTransaction transaction = store.begin();
        transaction.readVersion().await();
        clock.advanceMillis(store.limits().windowMillis() - 1);
        put("a", "2");
        assertThat(get(transaction, "a", ReadMode.SNAPSHOT)).isEqualTo("1");
        transaction.set(key("b"), text("1"));
        transaction.commit().await();
        assertThat(get("b")).isEqualTo("1");
    }

    @Test
    final void anExplicitReadVersionFromBeforeTheWindowIsTooOld() {
        require(KvFeature.TEST_CLOCK);
        require(KvFeature.EXPLICIT_READ_VERSION);
        long old = put("a", "1");
        put("a", "2");
        clock.advanceMillis(store.limits().windowMillis() + 1);
        put("a", "3");
        KvTransaction late = store.begin();
        late.readVersion(old);
        assertFails(KvFailure.TOO_OLD, late.get(key("a"), ReadMode.SNAPSHOT));
    }

    // ---- watches

    @Test
    final void aWatchFiresWhenItsKeyChangesAndNotBefore() {
        require(KvFeature.WATCHES);
        put("a", "1");
        KvTransaction transaction = store.begin();
        Watch watch = transaction.watch(key("a"));
        transaction.commit().await();
        put("b", "1");
        assertThat(watch.await(20)).isFalse();
        put("a", "2");
        assertThat(watch.await(60_000)).isTrue();
    }

    @Test
    final void aWatchFiresForAChangeBetweenItsReadAndItsCommit() {
        require(KvFeature.WATCHES);
        put("a", "1");
        KvTransaction transaction = store.begin();
        Watch watch = transaction.watch(key("a"));
        put("a", "2");
        transaction.commit().await();
        assertThat(watch.await(60_000)).isTrue();
    }

    // ---- the end

    @Test
    final void aTransactionIsOverAfterItsCommit() {
        KvTransaction transaction = store.begin();
        transaction.set(key("a"), text("1"));
        transaction.commit().await();
        assertThatThrownBy(() -> {
                    transaction.set(key("a"), text("2"));
                    transaction.commit().await();
                })
                .isInstanceOf(RuntimeException.class);
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    final void aClosedTransactionWritesNothing() {
        try (KvTransaction transaction = store.begin()) {
            transaction.set(key("a"), text("1"));
        }
        assertThat(get("a")).isNull();
    }
}
