package dev.verso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.pager.storage.SimulatedStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random edits, growth, shrinking, savepoints, rollbacks and commits against a model that copies everything. Replay one seed with
 * {@code mvn -o test -pl engine-pager -Dtest=PagerModelTest -Dverso.seed=<seed>}.
 */
class PagerModelTest {
    private static final int PAGE_SIZE = 512;
    private static final int RUNS = Integer.getInteger("verso.runs", 60);

    private interface NewStore {
        PageStore open();
    }

    private static final NewStore MEMORY = MemoryStore::new;
    private static final NewStore FILE = () -> FileStore.open(
            Path.of("model.db"),
            FileOptions.defaults().withStorage(new SimulatedStorage(1)).withPageSize(PAGE_SIZE));

    @Test
    void anUnlimitedPagerBehavesLikeAListOfPages() {
        runAll(FILE, 1L << 30);
    }

    @Test
    void aPagerOverMemoryBehavesLikeAListOfPages() {
        runAll(MEMORY, 4 * PAGE_SIZE);
    }

    @Test
    void aPagerThatStagesAllTheTimeBehavesLikeAListOfPages() {
        runAll(FILE, 4 * PAGE_SIZE);
    }

    private static void runAll(NewStore newStore, long dirtyBytesLimit) {
        Long fixed = Long.getLong("verso.seed");
        if (fixed != null) {
            run(newStore, fixed, dirtyBytesLimit);
            return;
        }
        for (long seed = 1; seed <= RUNS; seed++) {
            try {
                run(newStore, seed, dirtyBytesLimit);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ": replay with -Dtest=PagerModelTest -Dverso.seed=" + seed, e);
            }
        }
    }

    private static void run(NewStore newStore, long seed, long dirtyBytesLimit) {
        Random random = new Random(seed);
        List<byte[]> committed = new ArrayList<>();
        try (PageStore store = newStore.open();
                Pager pager = new Pager(store)) {
            pager.dirtyBytesLimit(dirtyBytesLimit);
            pager.pageSize(PAGE_SIZE);
            for (int transaction = 0; transaction < 12; transaction++) {
                if (random.nextBoolean()) {
                    pager.beginRead();
                }
                pager.beginWrite(false);
                List<byte[]> model = copy(committed);
                List<List<byte[]>> savepoints = new ArrayList<>();
                for (int step = random.nextInt(80); step >= 0; step--) {
                    model = step(random, pager, model, savepoints);
                    putHeader(pager, model);
                    if (random.nextInt(8) == 0) {
                        check(pager, model);
                    }
                }
                check(pager, model);
                if (random.nextInt(3) > 0) {
                    pager.prepareCommit(null);
                    pager.finishCommit();
                    committed = model;
                } else {
                    pager.rollback();
                }
                check(pager, committed);
                pager.endRead();
            }
        }
    }

    private static List<byte[]> step(Random random, Pager pager, List<byte[]> model, List<List<byte[]>> savepoints) {
        int choice = random.nextInt(100);
        if (choice < 12) {
            int pages = choice < 9 ? model.size() + random.nextInt(4) : random.nextInt(model.size() + 1);
            while (model.size() > pages) {
                model.remove(model.size() - 1);
            }
            while (model.size() < pages) {
                model.add(new byte[PAGE_SIZE]);
            }
            pager.pageCount(pages);
        } else if (choice < 70) {
            if (!model.isEmpty()) {
                int page = 1 + random.nextInt(model.size());
                boolean fresh = random.nextInt(4) == 0;
                byte[] image = fresh ? pager.editNew(page) : pager.edit(page);
                byte[] expected = model.get(page - 1);
                if (fresh) {
                    expected = new byte[PAGE_SIZE];
                    model.set(page - 1, expected);
                }
                byte[] shown = image.clone();
                byte[] wanted = expected.clone();
                blankStamp(shown);
                blankStamp(wanted);
                assertThat(Arrays.mismatch(shown, wanted))
                        .as("first difference on page %d", page)
                        .isEqualTo(-1);
                int offset = 100 + random.nextInt(PAGE_SIZE - 100);
                image[offset] = expected[offset] = (byte) random.nextInt();
            }
        } else if (choice < 80) {
            assertThat(pager.openSavepoint()).isEqualTo(savepoints.size());
            savepoints.add(copy(model));
        } else if (choice < 85 && !savepoints.isEmpty()) {
            int level = random.nextInt(savepoints.size());
            pager.releaseSavepoint(level);
            savepoints.subList(level, savepoints.size()).clear();
        } else if (choice < 90 && !savepoints.isEmpty()) {
            int level = random.nextInt(savepoints.size());
            pager.rollbackToSavepoint(level);
            savepoints.subList(level + 1, savepoints.size()).clear();
            return copy(savepoints.get(level));
        } else {
            pager.safePoint();
        }
        return model;
    }

    /** A file store reads the header of what it finds. */
    private static void putHeader(Pager pager, List<byte[]> model) {
        if (!model.isEmpty() && model.get(0)[0] != 'S') {
            byte[] magic = "SQLite format 3\0\2\0\1\1\0\100\40\40".getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(magic, 0, model.get(0), 0, magic.length);
            System.arraycopy(magic, 0, pager.edit(1), 0, magic.length);
        }
    }

    /** Stores stamp the header at a commit; the test ignores those bytes. */
    private static void check(Pager pager, List<byte[]> model) {
        assertThat(pager.pageCount()).isEqualTo(model.size());
        for (int page = 1; page <= model.size(); page++) {
            byte[] actual = pager.read(page).clone();
            byte[] expected = model.get(page - 1).clone();
            if (page == 1) {
                blankStamp(actual);
                blankStamp(expected);
            }
            assertThat(Arrays.mismatch(actual, expected))
                    .as("first difference on page %d", page)
                    .isEqualTo(-1);
        }
    }

    private static void blankStamp(byte[] image) {
        BigEndian.put64(image, 24, 0);
        BigEndian.put64(image, 92, 0);
    }

    private static List<byte[]> copy(List<byte[]> pages) {
        List<byte[]> copies = new ArrayList<>();
        for (byte[] page : pages) {
            copies.add(page.clone());
        }
        return copies;
    }
}
