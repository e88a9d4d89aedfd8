package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvLimits;
import dev.verso.pager.PageStore;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two transactions on one snapshot, the first commits before the second: which second commits go through. Each case runs four times: the
 * second commits within the store's window or after it, and in quiet or contended times.
 */
final class ConflictMatrixTest extends OnTestStore {
    /** What the second transaction finds. */
    private enum Expected {
        COMMITS,
        CONFLICTS
    }

    private PageStore firstStore;
    private PageStore secondStore;

    @BeforeEach
    void makeDatabase() {
        namespaces.create("app");
        firstStore = namespaces.open("app");
        secondStore = namespaces.open("app");
        Pages.put(firstStore, Map.of(1, 1L, 2, 2L, 3, 3L, 4, 4L, 5, 5L, 6, 6L));
    }

    private static Arguments row(String name, Consumer<Pages> first, Consumer<Pages> second, Expected expected) {
        return Arguments.of(name, first, second, expected);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                row("disjoint pages", t -> t.write(2, 20), t -> t.write(3, 30), Expected.COMMITS),
                row("the same page", t -> t.write(2, 20), t -> t.write(2, 21), Expected.CONFLICTS),
                row(
                        "a page that the second only read",
                        t -> t.write(2, 20),
                        t -> t.write(3, t.read(2)),
                        Expected.CONFLICTS),
                row(
                        "a page that the first only read",
                        t -> t.write(2, t.read(3)),
                        t -> t.write(3, 30),
                        Expected.COMMITS),
                row("blind writes to one page", t -> t.writeBlind(2, 20), t -> t.writeBlind(2, 21), Expected.COMMITS),
                row("a blind write to a read page", t -> t.writeBlind(2, 20), t -> t.write(2, 21), Expected.CONFLICTS),
                row("growth against an update", t -> t.writeBlind(7, 70), t -> t.write(2, 20), Expected.COMMITS),
                row("an update against growth", t -> t.write(2, 20), t -> t.writeBlind(7, 70), Expected.COMMITS),
                row("growth against growth", t -> t.writeBlind(7, 70), t -> t.writeBlind(7, 71), Expected.CONFLICTS),
                row("shrinking against growth", t -> t.size(5), t -> t.writeBlind(7, 71), Expected.CONFLICTS),
                row("shrinking against an update", t -> t.size(5), t -> t.write(2, 20), Expected.COMMITS),
                row("freelist against an update", t -> t.changeAllocation(1), t -> t.write(2, 20), Expected.COMMITS),
                row(
                        "freelist against freelist",
                        t -> t.changeAllocation(1),
                        t -> t.changeAllocation(2),
                        Expected.CONFLICTS),
                row("freelist against growth", t -> t.changeAllocation(1), t -> t.writeBlind(7, 7), Expected.CONFLICTS),
                row("schema against an update", t -> t.write(1, 10), t -> t.write(2, 20), Expected.CONFLICTS),
                row("an update against schema", t -> t.write(2, 20), t -> t.write(1, 10), Expected.COMMITS),
                row("schema against schema", t -> t.write(1, 10), t -> t.write(1, 11), Expected.CONFLICTS),
                row("freelist against schema", t -> t.changeAllocation(1), t -> t.write(1, 11), Expected.CONFLICTS),
                row("page 1 written as it was", t -> t.write(1, 1).write(3, 30), t -> t.write(2, 20), Expected.COMMITS),
                row(
                        "a page written as it was",
                        t -> t.write(2, 2).write(4, 40),
                        t -> t.write(2, 20),
                        Expected.COMMITS));
    }

    private void check(Consumer<Pages> first, Consumer<Pages> second, Expected expected, boolean late) {
        try (Pages one = new Pages(firstStore);
                Pages two = new Pages(secondStore)) {
            // A page is known to be as it was only if its image is at hand.
            firstStore
                    .cache()
                    .put(2, one.begin().session().version(), one.session().readPage(2));
            two.begin();
            first.accept(one);
            second.accept(two);
            long firstVersion = one.commit();
            if (late) {
                clock.advanceMillis(KvLimits.FOUNDATIONDB.windowMillis() + 1);
            }
            if (expected == Expected.COMMITS) {
                long version = two.commit();
                assertThat(version).isEqualTo(namespaces.newestVersion("app"));
            } else {
                assertThatThrownBy(two::commit).isInstanceOfSatisfying(DatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT);
                    assertThat(e.getMessage()).startsWith("database is locked: " + plain.name() + "/app: ");
                });
                assertThat(namespaces.newestVersion("app")).isEqualTo(firstVersion);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("cases")
    void withinTheWindow(String name, Consumer<Pages> first, Consumer<Pages> second, Expected expected) {
        check(first, second, expected, false);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("cases")
    void afterTheWindow(String name, Consumer<Pages> first, Consumer<Pages> second, Expected expected) {
        check(first, second, expected, true);
    }

    private void makeContended() {
        try (Pages one = new Pages(firstStore);
                Pages two = new Pages(secondStore)) {
            one.begin().write(5, 50);
            two.begin().write(6, 60);
            one.commit();
            two.commit();
        }
        try (Pages one = new Pages(firstStore)) {
            one.begin().write(5, 5).write(6, 6).commit();
        }
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("cases")
    void withinTheWindowInContendedTimes(
            String name, Consumer<Pages> first, Consumer<Pages> second, Expected expected) {
        makeContended();
        check(first, second, expected, false);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("cases")
    void afterTheWindowInContendedTimes(String name, Consumer<Pages> first, Consumer<Pages> second, Expected expected) {
        makeContended();
        check(first, second, expected, true);
    }
}
