package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Collections that run by themselves: two instances of {@link Namespaces} on one store are two machines. */
final class ScheduleTest extends OnTestStore {
    private static final BooleanSupplier GO_ON = () -> false;

    private final Namespaces here = namespaces;
    private final Namespaces there = new Namespaces(plain);

    private void make(String name, int versions) {
        here.create(name);
        for (int i = 0; i < versions; i++) {
            put(name, 1, i);
        }
        here.retention(name, new Retention(null, 1));
        clock.advanceMillis(120_000);
    }

    @Test
    void withoutAScheduleNothingIsCollected() {
        make("a", 5);
        assertThat(here.schedule("a")).isNull();
        assertThat(here.collectDue(GO_ON)).isZero();
        assertThat(here.versions("a", 0, 100)).hasSize(5);
    }

    @Test
    void garbageIsCollectedAtOnceAndThenEachTimeTheIntervalHasPassed() {
        make("a", 5);
        here.schedule("a", Duration.ofHours(1));
        assertThat(here.stat("a").schedule().due()).isEqualTo(now());
        assertThat(here.collectDue(GO_ON)).isEqualTo(1);
        CollectionSchedule after = here.schedule("a");
        assertThat(after.last().versions()).isEqualTo(4);
        assertThat(after.last().entries()).isEqualTo(4);
        assertThat(after.error()).isNull();
        assertThat(after.runningUntil()).isNull();
        assertThat(after.due()).isEqualTo(after.began().plus(Duration.ofHours(1)));

        clock.advanceMillis(3_599_000);
        assertThat(here.collectDue(GO_ON)).isZero();
        clock.advanceMillis(1_000);
        assertThat(there.collectDue(GO_ON)).isEqualTo(1);
        assertThat(here.schedule("a").last().versions()).isZero();
    }

    @Test
    void oneOfTwoMachinesCollects() {
        make("a", 5);
        make("b", 5);
        here.schedule("a", Duration.ofHours(1));
        here.schedule("b", Duration.ofHours(1));
        int[] asked = new int[1];
        int[] others = new int[1];
        int own = here.collectDue(() -> {
            if (asked[0]++ == 1) {
                // While the first collects one of them, the second finds only the other.
                others[0] = there.collectDue(GO_ON);
            }
            return false;
        });
        assertThat(others[0]).isEqualTo(1);
        assertThat(own).isEqualTo(1);
        for (String name : new String[] {"a", "b"}) {
            assertThat(here.schedule(name).due()).isAfter(now());
            assertThat(here.schedule(name).error()).isNull();
        }
    }

    @Test
    void whoDiesIsFollowedByAnotherWhenHisClaimEnds() {
        make("a", 5);
        here.schedule("a", Duration.ofHours(1));
        int[] asked = new int[1];
        assertThatThrownBy(() -> here.collectDue(() -> {
                    if (asked[0]++ > 0) {
                        throw new IllegalStateException("a crash");
                    }
                    return false;
                }))
                .hasMessage("a crash");
        assertThat(there.schedule("a").runningUntil()).isAfter(now());
        assertThat(there.collectDue(GO_ON)).isZero();
        clock.advanceMillis(Schedules.CLAIM_MICROS / 1_000 - 1);
        assertThat(there.collectDue(GO_ON)).isZero();
        clock.advanceMillis(1);
        assertThat(there.collectDue(GO_ON)).isEqualTo(1);
        assertThat(there.schedule("a").runningUntil()).isNull();
        assertThat(there.versions("a", 0, 100)).hasSize(1);
    }

    @Test
    void aHeartbeatKeepsTheClaimAndWhoHasLostItGivesUp() {
        make("a", 5);
        here.schedule("a", Duration.ofHours(1));
        int[] asked = new int[1];
        int[] othersWhileAlive = new int[1];
        int[] othersAfterwards = new int[1];
        here.collectDue(() -> {
            if (asked[0]++ == 1) {
                clock.advanceMillis(50_000);
                here.heartbeat();
                clock.advanceMillis(50_000);
                othersWhileAlive[0] = there.collectDue(GO_ON);
                // Now it hangs, and another takes over.
                clock.advanceMillis(60_000);
                othersAfterwards[0] = there.collectDue(GO_ON);
                here.heartbeat();
            }
            return false;
        });
        assertThat(othersWhileAlive[0]).isZero();
        assertThat(othersAfterwards[0]).isEqualTo(1);
        CollectionSchedule schedule = here.schedule("a");
        assertThat(schedule.error()).isNull();
        assertThat(here.versions("a", 0, 100)).hasSize(1);
        assertThat(schedule.due()).isEqualTo(schedule.began().plus(Duration.ofHours(1)));
    }

    @Test
    void whoIsStoppedLeavesTheRestToOthersAtOnce() {
        make("a", 5);
        here.schedule("a", Duration.ofHours(1));
        int[] asked = new int[1];
        here.collectDue(() -> asked[0]++ > 0);
        assertThat(asked[0]).isGreaterThan(1);
        assertThat(here.schedule("a").runningUntil()).isNull();
        assertThat(here.schedule("a").ended()).isNull();
        assertThat(there.collectDue(GO_ON)).isEqualTo(1);
        assertThat(there.versions("a", 0, 100)).hasSize(1);
    }

    @Test
    void aFailureIsToldAndTriedAgainSoon() {
        make("a", 5);
        here.schedule("a", Duration.ofHours(1));
        faulty.onNextCommits(CommitFault.NONE, CommitFault.UNAVAILABLE);
        assertThat(here.collectDue(GO_ON)).isEqualTo(1);
        CollectionSchedule failed = here.stat("a").schedule();
        assertThat(failed.error()).contains("a commit that was made to fail");
        assertThat(failed.ended()).isEqualTo(now());
        assertThat(failed.last()).isNull();
        assertThat(failed.due()).isEqualTo(now().plus(Duration.ofMinutes(5)));
        clock.advanceMillis(300_000);
        assertThat(there.collectDue(GO_ON)).isEqualTo(1);
        assertThat(here.schedule("a").error()).isNull();
        assertThat(here.schedule("a").last().versions()).isEqualTo(4);
    }

    @Test
    void aScheduleStaysWithItsNamespaceAndEndsWithIt() {
        make("a", 2);
        here.schedule("a", Duration.ofHours(1));
        here.rename("a", "b");
        assertThat(here.schedule("b").interval()).isEqualTo(Duration.ofHours(1));
        here.fork(NamespaceAddress.parse("b"), "fork");
        assertThat(here.schedule("fork")).isNull();
        here.delete("fork");
        here.delete("b");
        assertThat(here.collectDue(GO_ON)).isZero();
        make("b", 2);
        assertThat(here.schedule("b")).isNull();
        here.schedule("b", Duration.ofMinutes(1));
        here.schedule("b", null);
        assertThat(here.schedule("b")).isNull();
        here.schedule("b", null);
        assertThatThrownBy(() -> here.schedule("b", Duration.ZERO)).hasMessageContaining("more often");
        assertThatThrownBy(() -> here.schedule("nobody", Duration.ofHours(1))).hasMessageContaining("no namespace");
    }

    @Test
    void aLookAtTheSchedulesCostsOneRoundTrip() {
        make("a", 2);
        Namespaces looking = namespaces;
        counting.reset();
        assertThat(looking.collectDue(GO_ON)).isZero();
        assertThat(counting.trips()).isEqualTo(1);
        here.schedule("a", Duration.ofHours(1));
        here.collectDue(GO_ON);
        counting.reset();
        assertThat(looking.collectDue(GO_ON)).isZero();
        assertThat(counting.trips()).isEqualTo(1);
    }

    @Test
    void aClaimWhoseCommitHasAnUnknownResultIsFound() {
        make("a", 5);
        here.schedule("a", Duration.ofHours(1));
        for (CommitFault fault : List.of(CommitFault.UNKNOWN_APPLIED, CommitFault.UNKNOWN_LOST, CommitFault.CONFLICT)) {
            faulty.onNextCommits(fault);
            assertThat(here.collectDue(GO_ON)).as(fault.name()).isEqualTo(1);
            assertThat(here.schedule("a").error()).isNull();
            assertThat(here.schedule("a").runningUntil()).isNull();
            clock.advanceMillis(3_600_000);
        }
    }
}
