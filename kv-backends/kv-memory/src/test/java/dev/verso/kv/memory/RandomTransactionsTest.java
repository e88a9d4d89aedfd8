package dev.verso.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.contract.SimulatedClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Interleaved random transactions against a model that copies the whole state for each version and compares every range. */
final class RandomTransactionsTest {
    private static final int KEYS = 24;

    private record Range(int from, int to) {
        boolean overlaps(Range other) {
            return from < other.to && other.from < to;
        }
    }

    private static final class Running {
        private KvTransaction transaction;
        private TreeMap<Integer, Integer> view;
        private long readVersion;
        private final List<Range> reads = new ArrayList<>();
        private final List<Range> writes = new ArrayList<>();
        private final TreeMap<Integer, Boolean> decided = new TreeMap<>();
        private final List<Consumer<Map<Integer, Integer>>> effects = new ArrayList<>();
        private boolean wrote;
    }

    private final TreeMap<Long, TreeMap<Integer, Integer>> states = new TreeMap<>();
    private final TreeMap<Long, List<Range>> written = new TreeMap<>();

    private static byte[] key(int number) {
        return new byte[] {'k', (byte) number};
    }

    private static byte[] value(int number) {
        return new byte[] {(byte) number, (byte) (number >>> 8)};
    }

    private static int number(byte[] value) {
        return value[0] & 0xff | (value[1] & 0xff) << 8;
    }

    @Test
    void everyReadAndEveryConflictIsAsTheModelSays() {
        long first = Long.getLong("verso.seed", 1L);
        long count = Long.getLong("verso.seeds", Boolean.getBoolean("verso.full") ? 5_000 : 150);
        for (long seed = first; seed < first + count; seed++) {
            try {
                run(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + "; replay with: mvn -o -pl kv-backends/kv-memory -am test"
                                + " -Dtest=RandomTransactionsTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dverso.seed=" + seed + " -Dverso.seeds=1",
                        e);
            }
        }
    }

    private void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemoryKvStore store =
                MemoryKvStore.builder().clock(new SimulatedClock()).build();
        states.clear();
        written.clear();
        states.put(0L, new TreeMap<>());
        List<Running> open = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            if (open.size() < 4 && random.nextInt(3) == 0) {
                open.add(begin(store));
            }
            if (open.isEmpty()) {
                continue;
            }
            Running running = open.get(random.nextInt(open.size()));
            if (random.nextInt(10) == 0) {
                open.remove(running);
                commit(running);
            } else {
                act(running, random);
            }
        }
        store.close();
    }

    private Running begin(MemoryKvStore store) {
        Running running = new Running();
        running.transaction = store.begin();
        running.readVersion = running.transaction.readVersion().await();
        assertThat(running.readVersion).isEqualTo(states.lastKey());
        running.view = new TreeMap<>(states.lastEntry().getValue());
        return running;
    }

    private static void act(Running running, SplittableRandom random) {
        int at = random.nextInt(KEYS);
        int to = at + random.nextInt(KEYS - at + 1);
        ReadMode mode = random.nextBoolean() ? ReadMode.SERIALIZABLE : ReadMode.SNAPSHOT;
        switch (random.nextInt(8)) {
            case 0 -> {
                byte[] value = running.transaction.get(key(at), mode).await();
                assertThat(value == null ? null : number(value)).isEqualTo(running.view.get(at));
                if (mode == ReadMode.SERIALIZABLE && !running.decided.containsKey(at)) {
                    running.reads.add(new Range(at, at + 1));
                }
            }
            case 1, 2 -> range(running, at, to, random.nextInt(5), random.nextBoolean(), mode);
            case 3, 4 -> {
                int number = random.nextInt(60_000);
                running.transaction.set(key(at), value(number));
                effect(running, state -> state.put(at, number));
                running.decided.put(at, true);
                write(running, at, at + 1);
            }
            case 5 -> {
                running.transaction.clear(key(at));
                effect(running, state -> state.remove(at));
                running.decided.put(at, true);
                write(running, at, at + 1);
            }
            case 6 -> {
                running.transaction.clearRange(key(at), key(to));
                effect(running, state -> state.keySet().removeIf(key -> key >= at && key < to));
                for (int i = at; i < to; i++) {
                    running.decided.put(i, true);
                }
                write(running, at, to);
            }
            default -> {
                int number = random.nextInt(60_000);
                running.transaction.mutate(AtomicOp.ADD, key(at), value(number));
                effect(running, state -> state.merge(at, number, (a, b) -> (a + b) & 0xffff));
                write(running, at, at + 1);
            }
        }
    }

    /** Shows in the transaction's own view now, and in the store's state when it commits. */
    private static void effect(Running running, Consumer<Map<Integer, Integer>> change) {
        change.accept(running.view);
        running.effects.add(change);
    }

    private static void write(Running running, int from, int to) {
        if (from < to) {
            running.writes.add(new Range(from, to));
            running.wrote = true;
        }
    }

    private static void range(Running running, int from, int to, int limit, boolean reverse, ReadMode mode) {
        List<KeyValue> pairs = running.transaction
                .getRange(key(from), key(to), limit, reverse, mode)
                .await();
        NavigableMap<Integer, Integer> expected = running.view.subMap(from, true, to, false);
        List<KeyValue> all = new ArrayList<>();
        for (Map.Entry<Integer, Integer> each : (reverse ? expected.descendingMap() : expected).entrySet()) {
            if (limit == 0 || all.size() < limit) {
                all.add(new KeyValue(key(each.getKey()), value(each.getValue())));
            }
        }
        assertThat(pairs).isEqualTo(all);
        if (mode == ReadMode.SERIALIZABLE && from < to) {
            boolean stopped = limit > 0 && all.size() == limit;
            int last = stopped ? all.get(limit - 1).key()[1] : 0;
            running.reads.add(new Range(stopped && reverse ? last : from, stopped && !reverse ? last + 1 : to));
        }
    }

    private void commit(Running running) {
        boolean conflict = running.wrote
                && written.tailMap(running.readVersion, false).values().stream()
                        .flatMap(List::stream)
                        .anyMatch(write -> running.reads.stream().anyMatch(write::overlaps));
        try {
            long version = running.transaction.commit().await().version();
            assertThat(conflict).as("a conflict that the store did not see").isFalse();
            if (!running.wrote) {
                assertThat(version).isEqualTo(-1);
                return;
            }
            TreeMap<Integer, Integer> state = new TreeMap<>(states.lastEntry().getValue());
            running.effects.forEach(change -> change.accept(state));
            states.put(version, state);
            written.put(version, running.writes);
        } catch (KvException e) {
            assertThat(e.failure()).isEqualTo(KvFailure.CONFLICT);
            assertThat(conflict).as("a conflict that the model did not see").isTrue();
        }
    }
}
