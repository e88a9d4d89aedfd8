package dev.verso.compat.simulation;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.memory.MemoryKvStore;
import java.util.ArrayList;
import java.util.List;

/** The store that all processes share, behind the network: a memory store, and the fate of each commit on its way there. */
final class SimulatedServer {
    private static final long LATEST_MICROS = 5_000_000;

    private final Scheduler scheduler;
    private final MemoryKvStore memory;
    private final NetworkWeather weather;
    private final List<Runnable> listeners = new ArrayList<>();
    private long tokens = 0x7000_0000_0000L;

    SimulatedServer(Scheduler scheduler, MemoryKvStore memory, NetworkWeather weather) {
        this.scheduler = scheduler;
        this.memory = memory;
        this.weather = weather;
    }

    /** The store itself, without a network: for those who know everything. */
    MemoryKvStore memory() {
        return memory;
    }

    /** Hears of each commit that wrote something, when it has been applied. */
    void onApplied(Runnable listener) {
        listeners.add(listener);
    }

    /** A number that no one else in this world has. */
    long nextToken() {
        return tokens += 1 + scheduler.random().nextInt(1_000);
    }

    long delayMicros() {
        return weather.delayMicros(scheduler.random());
    }

    /** A read fails as too old now and then. */
    boolean isStale() {
        return scheduler.chance(weather.staleRate());
    }

    /** Carries a commit to the store, and the answer back, or not. One that writes nothing has nothing to lose. */
    void commit(SimulatedProcess sender, KvTransaction transaction, boolean writes, Answer<Versionstamp> answer) {
        if (writes && scheduler.chance(weather.refusalRate())) {
            KvFailure refusal = scheduler.chance(0.5) ? KvFailure.CONFLICT : KvFailure.TOO_OLD;
            scheduler.after(delayMicros(), () -> {
                transaction.close();
                answer.arrive(Pending.failed(new KvException(refusal, "a commit that the store refused")));
            });
            return;
        }
        if (!writes || !scheduler.chance(weather.unknownRate())) {
            scheduler.after(delayMicros(), () -> {
                Pending<Versionstamp> result = apply(sender, transaction);
                scheduler.after(delayMicros(), () -> answer.arrive(result));
            });
            return;
        }
        boolean arrives = scheduler.chance(0.5);
        long arrival =
                scheduler.chance(0.5) ? delayMicros() : scheduler.random().nextLong(LATEST_MICROS);
        scheduler.after(arrival, () -> {
            if (arrives) {
                apply(sender, transaction);
            } else {
                transaction.close();
            }
        });
        scheduler.after(
                delayMicros(),
                () -> answer.arrive(
                        Pending.failed(new KvException(KvFailure.UNKNOWN_RESULT, "a commit whose answer was lost"))));
    }

    private Pending<Versionstamp> apply(SimulatedProcess sender, KvTransaction transaction) {
        if (sender.isDead() && scheduler.chance(weather.lostRate())) {
            transaction.close();
            return Pending.failed(new KvException(KvFailure.CLOSED, "its sender is no more"));
        }
        Versionstamp stamp;
        try {
            stamp = transaction.commit().await();
        } catch (KvException e) {
            scheduler.trace().add(sender.number(), e.failure().ordinal());
            return Pending.failed(e);
        }
        scheduler.trace().add(sender.number(), stamp.version());
        if (stamp.version() >= 0) {
            listeners.forEach(Runnable::run);
        }
        return Pending.of(stamp);
    }
}
