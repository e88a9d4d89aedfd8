package dev.verso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
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

    @Test
    void anUnlimitedPagerBehavesLikeAListOfPages() {
        runAll(1L << 30);
    }

    @Test
    void aPagerThatStagesAllTheTimeBehavesLikeAListOfPages() {
        runAll(4 * PAGE_SIZE);
    }

    private static void runAll(long dirtyBytesLimit) {
        Long fixed = Long.getLong("verso.seed");
        if (fixed != null) {
            run(fixed, dirtyBytesLimit);
            return;
        }
        for (long seed = 1; seed <= RUNS; seed++) {
            try {
                run(seed, dirtyBytesLimit);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ": replay with -Dtest=PagerModelTest -Dverso.seed=" + seed, e);
            }
        }
    }

    private static void run(long seed, long dirtyBytesLimit) {
        Random random = new Random(seed);
        MemoryStore store = new MemoryStore();
        List<byte[]> committed = new ArrayList<>();
        try (Pager pager = new Pager(store)) {
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
                    if (random.nextInt(8) == 0) {
                        check(pager, model);
                    }
                }
                check(pager, model);
                if (random.nextInt(3) > 0) {
                    pager.prepareCommit(null);
                    pager.finishCommit();
                    committed = model;
                    putPageCount(committed);
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
                BigEndian.put32(shown, 28, 0);
                BigEndian.put32(wanted, 28, 0);
                assertThat(Arrays.mismatch(shown, wanted))
                        .as("first difference on page %d", page)
                        .isEqualTo(-1);
                int offset = 40 + random.nextInt(PAGE_SIZE - 40);
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

    private static void putPageCount(List<byte[]> pages) {
        if (!pages.isEmpty()) {
            byte[] header = pages.get(0);
            header[28] = header[29] = header[30] = 0;
            header[31] = (byte) pages.size();
        }
    }

    /** The memory store writes the page count into the header when it changes; the test ignores those four bytes. */
    private static void check(Pager pager, List<byte[]> model) {
        assertThat(pager.pageCount()).isEqualTo(model.size());
        for (int page = 1; page <= model.size(); page++) {
            byte[] actual = pager.read(page).clone();
            byte[] expected = model.get(page - 1).clone();
            if (page == 1) {
                BigEndian.put32(actual, 28, 0);
                BigEndian.put32(expected, 28, 0);
            }
            assertThat(Arrays.mismatch(actual, expected))
                    .as("first difference on page %d", page)
                    .isEqualTo(-1);
        }
    }

    private static List<byte[]> copy(List<byte[]> pages) {
        List<byte[]> copies = new ArrayList<>();
        for (byte[] page : pages) {
            copies.add(page.clone());
        }
        return copies;
    }
}
