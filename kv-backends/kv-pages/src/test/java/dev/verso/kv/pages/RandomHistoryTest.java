package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KvLimits;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random transactions of many sessions, interleaved step by step in one thread, over a store that fails in every way it may: conflicts
 * out of nothing, lost answers of commits that were applied, were not, or will be later, read versions that expire, time that jumps. A
 * model knows every version; every read at every version must agree with it, and every transaction must fit into one serial order.
 */
final class RandomHistoryTest {
    private static final int STEPS = 400;
    private static final int SESSIONS = 5;
    private static final int PAGES = 12;

    /** A transaction under way, with what it has done. */
    private static final class Running {
        private final Pages pages;
        private final Map<Integer, Long> reads = new HashMap<>();
        private final Map<Integer, Long> writes = new TreeMap<>();
        private boolean open;
        private long base;

        private Running(PageStore store) {
            pages = new Pages(store);
        }
    }

    private final SimulatedClock clock = new SimulatedClock();

    @Test
    void everyVersionReadsAsTheModelSays() {
        long first = Long.getLong("verso.seed", 1L);
        long count = Long.getLong("verso.seeds", Boolean.getBoolean("verso.full") ? 2_000 : 60);
        for (long seed = first; seed < first + count; seed++) {
            try {
                run(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + "; replay with: mvn -o -pl kv-backends/kv-pages -am test"
                                + " -Dtest=RandomHistoryTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dverso.seed=" + seed + " -Dverso.seeds=1",
                        e);
            }
        }
    }

    private void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemoryKvStore memory = MemoryKvStore.builder()
                .clock(clock)
                .limits(new KvLimits(1_000, 10_000, random.nextBoolean() ? 3_000 : 10_000_000, 5_000))
                .build();
        FaultyKvStore kv = new FaultyKvStore(memory, seed)
                .commitFaults(random.nextInt(3) * 0.15)
                .readFaults(random.nextInt(3) * 0.05)
                .delays(random.nextBoolean() ? 2_000 : 0);
        long[] token = {seed << 20};
        Namespaces namespaces = new Namespaces(kv, () -> ++token[0]);
        namespaces.create("app");
        List<PageStore> stores = List.of(namespaces.open("app"), namespaces.open("app"));
        List<Running> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(new Running(stores.get(i % stores.size())));
        }
        TreeMap<Long, Map<Integer, Long>> model = new TreeMap<>();
        TreeMap<Long, Long> times = new TreeMap<>();
        model.put(0L, Map.of());
        long next = 1_000;
        int committed = 0;
        for (int step = 0; step < STEPS; step++) {
            Running running = sessions.get(random.nextInt(SESSIONS));
            if (random.nextInt(100) < 3) {
                clock.advanceMillis(random.nextInt(8_000));
            }
            if (!running.open) {
                running.pages.begin();
                running.open = true;
                running.base = running.pages.session().version();
                running.reads.clear();
                running.writes.clear();
                assertThat(model).containsKey(running.base);
                assertThat(running.pages.pageCount()).isEqualTo(size(model.get(running.base)));
                continue;
            }
            Map<Integer, Long> base = model.get(running.base);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    int page = 1 + random.nextInt(PAGES);
                    if (page <= running.pages.pageCount() && (page <= size(base) || running.writes.containsKey(page))) {
                        long expected = running.writes.getOrDefault(page, base.getOrDefault(page, 0L));
                        assertThat(running.pages.read(page))
                                .as("page %d at %d", page, running.base)
                                .isEqualTo(expected);
                        if (!running.writes.containsKey(page)) {
                            running.reads.put(page, expected);
                        }
                    }
                }
                case 3, 4, 5 -> {
                    int size = running.pages.pageCount();
                    int page = 1 + random.nextInt(Math.min(PAGES, size + 1));
                    if (page == 1 && size > 0 && random.nextInt(4) > 0) {
                        break;
                    }
                    boolean blind = random.nextInt(3) == 0;
                    if (!blind && page <= size(base) && !running.writes.containsKey(page)) {
                        running.reads.put(page, base.getOrDefault(page, 0L));
                    }
                    running.writes.put(page, ++next);
                    if (blind) {
                        running.pages.writeBlind(page, next);
                    } else {
                        running.pages.write(page, next);
                    }
                }
                case 6 -> {
                    running.pages.end();
                    running.open = false;
                }
                default -> {
                    running.open = false;
                    if (running.writes.isEmpty()) {
                        running.pages.end();
                        break;
                    }
                    long before = clock.micros();
                    long version;
                    try {
                        version = running.pages.commit();
                    } catch (DatabaseException e) {
                        assertThat(e.isBusy()).as(e.toString()).isTrue();
                        break;
                    }
                    committed++;
                    assertThat(version).isGreaterThan(model.lastKey());
                    Map<Integer, Long> state = new HashMap<>(model.get(model.lastKey()));
                    running.reads.forEach((page, value) -> assertThat(state.getOrDefault(page, 0L))
                            .as("page %d, read at %d, when %d commits", page, running.base, version)
                            .isEqualTo(value));
                    state.putAll(running.writes);
                    model.put(version, state);
                    times.put(version, before);
                }
            }
        }
        assertThat(committed).as("transactions that went through").isPositive();
        checkHistory(namespaces, model, times);
        stores.forEach(PageStore::close);
    }

    private static int size(Map<Integer, Long> state) {
        return state.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static void checkHistory(
            Namespaces namespaces, TreeMap<Long, Map<Integer, Long>> model, TreeMap<Long, Long> times) {
        List<NamespaceVersion> versions = namespaces.versions("app", 0, 1_000_000);
        assertThat(versions.stream().map(NamespaceVersion::version))
                .containsExactlyElementsOf(model.tailMap(1L).keySet());
        for (NamespaceVersion each : versions) {
            assertThat(namespaces.versionAt("app", each.time())).isGreaterThanOrEqualTo(each.version());
            assertThat(ChronoUnit.MICROS.between(Instant.EPOCH, each.time()))
                    .isGreaterThanOrEqualTo(times.get(each.version()));
            checkVersion(namespaces, each.version(), model.get(each.version()));
        }
    }

    private static void checkVersion(Namespaces namespaces, long version, Map<Integer, Long> expected) {
        try (PageStore past = namespaces.open(new NamespaceAddress("app", version, null), true);
                Pages reader = new Pages(past)) {
            reader.begin();
            assertThat(reader.session().version()).isEqualTo(version);
            assertThat(reader.pageCount()).isEqualTo(size(expected));
            expected.forEach((page, value) -> assertThat(reader.read(page))
                    .as("page %d at %d", page, version)
                    .isEqualTo(value));
            reader.end();
        }
    }
}
