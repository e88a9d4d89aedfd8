package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvLimits;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random histories of several databases: commits small and large, forks of forks, rollbacks, locks, pins, deletions, readers that stay open,
 * and garbage collection that others work beside and that dies between its steps. A model knows every version of every database: one
 * that is kept reads as it was, one that is not is an error.
 */
final class RandomLineageTest {
    private static final int STEPS = 250;
    private static final int PAGES = 10;
    private static final String OWNER = "owner";

    /** A database as it should be. */
    private static final class Model {
        private final String name;
        private final TreeMap<Long, Map<Integer, Long>> versions = new TreeMap<>();
        private final Model base;
        private final long baseVersion;
        private final Set<Long> pins = new HashSet<>();
        private final Map<String, Long> forks = new HashMap<>();
        private long oldest;
        private long frozen = -1;
        private Map<Integer, Long> head = Map.of();

        private Model(String name, Model base, long baseVersion) {
            this.name = name;
            this.base = base;
            this.baseVersion = baseVersion;
        }

        private long newest() {
            return versions.isEmpty() ? 0 : versions.lastKey();
        }

        private Map<Integer, Long> seen() {
            return frozen < 0 ? head : versions.getOrDefault(frozen, Map.of());
        }

        private boolean isKept(long version) {
            return version >= oldest || pins.contains(version) || forks.containsValue(version);
        }
    }

    /** A reader with an open snapshot. */
    private record Reader(PageStore store, Pages pages, Model model, long version, Map<Integer, Long> expected) {}

    /** One history. */
    private static final class Run {
        private final SplittableRandom random;
        private final SimulatedClock clock = new SimulatedClock();
        private final FaultyKvStore kv;
        private final long[] token;
        private final TreeMap<String, Model> models = new TreeMap<>();
        private final List<Reader> readers = new ArrayList<>();
        private final Map<String, PageStore> stores = new HashMap<>();
        private Namespaces namespaces;
        private long next = 1_000;
        private int named;
        private int collections;

        private Run(long seed) {
            random = new SplittableRandom(seed);
            MemoryKvStore memory = MemoryKvStore.builder()
                    .clock(clock)
                    .limits(new KvLimits(1_000, 10_000, random.nextBoolean() ? 6_000 : 10_000_000, 5_000))
                    .build();
            kv = new FaultyKvStore(memory, seed).commitFaults(random.nextInt(3) * 0.1);
            token = new long[] {seed << 24};
            namespaces = new Namespaces(kv, () -> ++token[0]);
        }

        private void run() {
            create();
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            readers.forEach(this::finish);
            for (Model model : models.values()) {
                checkAll(model);
            }
            assertThat(collections).isPositive();
        }

        private Model some() {
            return new ArrayList<>(models.values()).get(random.nextInt(models.size()));
        }

        private void step() {
            clock.advanceMillis(random.nextInt(20) == 0 ? random.nextInt(400_000) : random.nextInt(2_000));
            Model model = some();
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4, 5, 6 -> write(model);
                case 7, 8 -> fork(model);
                case 9, 10 -> rollBack(model);
                case 11 -> pin(model);
                case 12 -> unpin(model);
                case 13, 14, 15 -> collect(model);
                case 16 -> open(model);
                case 17 -> read();
                case 18 -> namespaces.heartbeat();
                case 19 -> delete(model);
                case 20, 21 -> lockOrUnlock(model);
                case 22 -> checkAll(model);
                default -> {
                    if (random.nextInt(4) == 0) {
                        crash();
                    }
                }
            }
        }

        /** All that the process had in memory is gone. */
        private void crash() {
            readers.clear();
            stores.clear();
            namespaces = new Namespaces(kv, () -> ++token[0]);
        }

        private void create() {
            String name = "n" + named++;
            namespaces.create(name);
            models.put(name, new Model(name, null, 0));
        }

        private PageStore store(Model model) {
            return stores.computeIfAbsent(model.name, namespaces::open);
        }

        private void write(Model model) {
            Map<Integer, Long> state = new HashMap<>(model.head);
            boolean asOwner = model.frozen >= 0 && random.nextInt(4) > 0;
            try (Pages transaction = new Pages(store(model))) {
                transaction.session().actAs(asOwner ? OWNER : "");
                transaction.begin();
                int size = transaction.pageCount();
                int count = 1 + random.nextInt(random.nextInt(4) == 0 ? PAGES : 2);
                for (int i = 0; i < count; i++) {
                    int page = 1 + random.nextInt(Math.min(PAGES, size + 1));
                    size = Math.max(size, page);
                    transaction.write(page, ++next);
                    state.put(page, next);
                }
                try {
                    long version = transaction.commit();
                    assertThat(model.frozen >= 0 && !asOwner).as("locked").isFalse();
                    model.versions.put(version, state);
                    model.head = state;
                } catch (DatabaseException e) {
                    assertThat(e.isBusy()).as(e.toString()).isTrue();
                    assertThat(model.frozen >= 0 && !asOwner || e.code() == ResultCode.BUSY_SNAPSHOT)
                            .as(e.toString())
                            .isTrue();
                }
            }
        }

        /** A version of the model, kept or not, or 0. */
        private long someVersion(Model model) {
            List<Long> all = new ArrayList<>(model.versions.keySet());
            return all.isEmpty() ? 0 : all.get(random.nextInt(all.size()));
        }

        private boolean isHidden(Model model, long version) {
            return model.frozen >= 0 && version > model.frozen;
        }

        private void fork(Model model) {
            long version = someVersion(model);
            if (version == 0 || models.size() > 6) {
                return;
            }
            String name = "n" + named++;
            try {
                namespaces.fork(new NamespaceAddress(model.name, version, null), name);
            } catch (DatabaseException e) {
                assertThat(model.isKept(version) && !isHidden(model, version))
                        .as(e.toString())
                        .isFalse();
                return;
            }
            assertThat(isHidden(model, version)).isFalse();
            Model fork = new Model(name, model, version);
            fork.head = model.versions.get(version);
            fork.versions.put(namespaces.newestVersion(name), fork.head);
            models.put(name, fork);
            model.forks.put(name, version);
        }

        private void rollBack(Model model) {
            long version = someVersion(model);
            if (version == 0) {
                return;
            }
            try {
                namespaces.rollBack(model.name, version);
            } catch (DatabaseException e) {
                boolean forked = model.forks.values().stream().anyMatch(at -> at > version);
                assertThat(forked || model.frozen >= 0 || !model.isKept(version))
                        .as(e.toString())
                        .isTrue();
                return;
            }
            model.head = model.versions.get(version);
            model.versions.put(namespaces.newestVersion(model.name), model.head);
        }

        private void pin(Model model) {
            long version = someVersion(model);
            if (version == 0) {
                return;
            }
            try {
                assertThat(namespaces.pin(new NamespaceAddress(model.name, version, null), "p"))
                        .isEqualTo(version);
                model.pins.add(version);
            } catch (DatabaseException e) {
                assertThat(model.isKept(version) && !isHidden(model, version))
                        .as(e.toString())
                        .isFalse();
            }
        }

        private void unpin(Model model) {
            for (long version : List.copyOf(model.pins)) {
                assertThat(namespaces.unpin(model.name, version)).isPositive();
                model.pins.remove(version);
            }
        }

        private void collect(Model model) {
            long before = random.nextInt(3) == 0 ? Long.MAX_VALUE : Math.max(1, someVersion(model));
            CollectionOptions options =
                    CollectionOptions.DEFAULTS.withMinAge(Duration.ZERO).withBefore(before);
            boolean dies = random.nextInt(3) == 0;
            if (dies) {
                CommitFault[] faults = new CommitFault[1 + random.nextInt(6)];
                Arrays.fill(faults, CommitFault.NONE);
                faults[faults.length - 1] = CommitFault.UNAVAILABLE;
                kv.onNextCommits(faults);
            }
            try {
                namespaces.collect(model.name, options, report -> {
                    model.oldest = Math.max(model.oldest, report.oldest());
                    if (!dies && random.nextInt(3) == 0) {
                        between(model);
                    }
                });
                collections++;
            } catch (DatabaseException e) {
                assertThat(dies).as(e.toString()).isTrue();
            }
            kv.forgetOrders();
            // A collection that died may have moved the oldest version before it told.
            if (dies) {
                CollectionReport report = namespaces.collect(
                        model.name,
                        CollectionOptions.DEFAULTS.withDryRun(true).withMinAge(Duration.ZERO),
                        nothing -> {});
                model.oldest = Math.max(model.oldest, report.oldest());
            }
            if (random.nextInt(4) == 0) {
                checkAll(model);
            }
        }

        /** What others do while garbage is being collected. */
        private void between(Model model) {
            switch (random.nextInt(6)) {
                case 0 -> write(model);
                case 1 -> rollBack(model);
                case 2 -> fork(model);
                case 3 -> pin(model);
                case 4 -> open(model);
                default -> read();
            }
        }

        private void open(Model model) {
            PageStore store = store(model);
            Pages pages = new Pages(store);
            pages.begin();
            Map<Integer, Long> expected = model.seen();
            assertThat(pages.pageCount()).isEqualTo(size(expected));
            readers.add(new Reader(store, pages, model, pages.session().version(), expected));
        }

        private void read() {
            if (readers.isEmpty()) {
                return;
            }
            Reader reader = readers.get(random.nextInt(readers.size()));
            if (random.nextInt(3) == 0) {
                readers.remove(reader);
                finish(reader);
            } else {
                readAll(reader.pages, reader.expected, models.containsValue(reader.model), reader.version);
            }
        }

        private void finish(Reader reader) {
            readAll(reader.pages, reader.expected, models.containsValue(reader.model), reader.version);
            reader.pages.end();
            reader.pages.close();
        }

        /** Reads what is expected, or an error. */
        private static void readAll(Pages pages, Map<Integer, Long> expected, boolean exists, long version) {
            try {
                expected.forEach((page, number) -> assertThat(pages.read(page))
                        .as("page %d at %d", page, version)
                        .isEqualTo(number));
            } catch (DatabaseException e) {
                assertThat(e.code() == ResultCode.ERROR_SNAPSHOT || !exists && e.code() == ResultCode.CANTOPEN)
                        .as(e.toString())
                        .isTrue();
            }
        }

        private void delete(Model model) {
            if (models.size() == 1 || random.nextInt(3) > 0) {
                return;
            }
            try {
                namespaces.delete(model.name);
            } catch (DatabaseException e) {
                assertThat(model.forks.isEmpty() && model.frozen < 0)
                        .as(e.toString())
                        .isFalse();
                return;
            }
            assertThat(model.forks).isEmpty();
            models.remove(model.name);
            stores.remove(model.name);
            if (model.base != null) {
                model.base.forks.remove(model.name);
            }
        }

        private void lockOrUnlock(Model model) {
            if (model.frozen < 0) {
                model.frozen = namespaces.lock(model.name, OWNER, Duration.ofHours(1));
                assertThat(model.frozen).isEqualTo(model.newest());
                return;
            }
            boolean keep = random.nextBoolean();
            boolean changed = model.newest() != model.frozen;
            namespaces.unlock(model.name, OWNER, keep);
            if (!keep && changed) {
                model.head = model.versions.getOrDefault(model.frozen, Map.of());
                model.versions.put(namespaces.newestVersion(model.name), model.head);
            }
            model.frozen = -1;
        }

        private static int size(Map<Integer, Long> state) {
            return state.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        }

        private void checkAll(Model model) {
            model.versions.forEach((version, state) -> {
                if (isHidden(model, version)) {
                    return;
                }
                try (PageStore past = namespaces.open(new NamespaceAddress(model.name, version, null), true);
                        Pages pages = new Pages(past)) {
                    pages.begin();
                    assertThat(pages.session().version()).isEqualTo(version);
                    assertThat(pages.pageCount()).isEqualTo(size(state));
                    readAll(pages, state, true, version);
                    pages.end();
                } catch (DatabaseException e) {
                    assertThat(e.code()).as(e.toString()).isEqualTo(ResultCode.ERROR_SNAPSHOT);
                    assertThat(model.isKept(version)).as(e.toString()).isFalse();
                }
            });
            try (Pages pages = new Pages(store(model))) {
                pages.begin();
                assertThat(pages.pageCount()).isEqualTo(size(model.seen()));
                model.seen()
                        .forEach((page, number) ->
                                assertThat(pages.read(page)).as("page %d", page).isEqualTo(number));
                pages.end();
            }
        }
    }

    @Test
    void everyKeptVersionReadsAsItWas() {
        long first = Long.getLong("verso.seed", 1L);
        long count = Long.getLong("verso.seeds", Boolean.getBoolean("verso.full") ? 3_000 : 60);
        for (long seed = first; seed < first + count; seed++) {
            try {
                new Run(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + "; replay with: mvn -o -pl kv-backends/kv-pages -am test"
                                + " -Dtest=RandomLineageTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dverso.seed=" + seed + " -Dverso.seeds=1",
                        e);
            }
        }
    }
}
