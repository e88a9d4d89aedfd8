package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for a lock and its conditions in simulated time. */
final class SimulatedLockTest {
    private static final long TEN_MILLIS = 10_000;

    private final List<String> told = new ArrayList<>();

    /** Two actors that share a lock; the second begins a millisecond after the first. */
    private void run(long seed, Consumer<Scene> first, Consumer<Scene> second) {
        Scheduler scheduler = new Scheduler(seed);
        SimulatedLock lock = new SimulatedLock(scheduler);
        Scene scene = new Scene(scheduler, lock, lock.newCondition());
        scheduler.spawn("first", null, false, () -> first.accept(scene));
        scheduler.spawn("second", null, false, () -> {
            scheduler.sleepMicros(1000);
            second.accept(scene);
        });
        scheduler.run();
    }

    private record Scene(Scheduler scheduler, SimulatedLock lock, Condition changed) {
        long elapsed() {
            return scheduler.micros() - scheduler.startMicros();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoWaitsForALockGivesUpAtItsDeadline(long seed) {
        run(
                seed,
                scene -> {
                    scene.lock().lock();
                    scene.scheduler().sleepMicros(5 * TEN_MILLIS);
                    scene.lock().unlock();
                },
                scene -> {
                    told.add("at once " + scene.lock().tryLock());
                    told.add("in time " + scene.lock().tryLock(10, TimeUnit.MILLISECONDS));
                    assertThat(scene.elapsed()).isBetween(TEN_MILLIS, 2 * TEN_MILLIS);
                    told.add("later " + scene.lock().tryLock(1, TimeUnit.SECONDS));
                    assertThat(scene.elapsed()).isBetween(5 * TEN_MILLIS, 6 * TEN_MILLIS);
                    scene.lock().unlock();
                });
        assertThat(told).containsExactly("at once false", "in time false", "later true");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoWaitsForAConditionGoesOnWithASignalOrAtItsDeadline(long seed) {
        run(
                seed,
                scene -> {
                    scene.lock().lock();
                    try {
                        told.add("signalled " + scene.changed().await(1, TimeUnit.SECONDS));
                        told.add("early " + (scene.elapsed() < TEN_MILLIS));
                        told.add("signalled " + scene.changed().await(10, TimeUnit.MILLISECONDS));
                        told.add("left " + (scene.changed().awaitNanos(TEN_MILLIS * 1000) > 0));
                        Date soon = new Date((scene.scheduler().micros() + TEN_MILLIS) / 1000);
                        told.add("until " + scene.changed().awaitUntil(soon));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    scene.lock().unlock();
                    assertThat(scene.elapsed()).isBetween(3 * TEN_MILLIS, 4 * TEN_MILLIS);
                },
                scene -> {
                    scene.lock().lock();
                    scene.changed().signal();
                    scene.lock().unlock();
                });
        assertThat(told)
                .containsExactly("signalled true", "early true", "signalled false", "left false", "until false");
    }
}
