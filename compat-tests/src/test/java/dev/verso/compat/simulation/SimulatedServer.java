package dev.verso.compat.simulation;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.memory.MemoryKvStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The store that all processes share, behind the network: a memory store, and the fate of each commit on its way there. */
final class SimulatedServer {
    private static final long LATEST_MICROS = 5_000_000;
    private static final int GATHERING_MICROS = 2_000;

    private final Scheduler scheduler;
    private final MemoryKvStore memory;
    private final NetworkWeather weather;
    private final List<Runnable> listeners = new ArrayList<>();
    private final GatheringClock gathering;
    private long tokens = 0x7000_0000_0000L;
    private long unreachableUntil = Long.MIN_VALUE;

    SimulatedServer(Scheduler scheduler, MemoryKvStore memory, NetworkWeather weather) {
        this(scheduler, memory, weather, null);
    }

    /** @param gathering the memory store's clock, if its commits share versions; else null */
    SimulatedServer(Scheduler scheduler, MemoryKvStore memory, NetworkWeather weather, GatheringClock gathering) {
        this.gathering = gathering;
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
        return counted(scheduler.chance(weather.staleRate()), "stale read");
    }

    /** From now on, and for a while, nobody reaches it. */
    void goesAway(long micros) {
        unreachableUntil = scheduler.micros() + micros;
    }

    boolean isReachable() {
        return scheduler.micros() >= unreachableUntil;
    }

    /** True if somebody may have found it unreachable. */
    boolean wasEverAway() {
        return unreachableUntil != Long.MIN_VALUE;
    }

    static KvException unreachable() {
        return new KvException(KvFailure.UNAVAILABLE, "the store can't be reached");
    }

    private boolean counted(boolean happens, String what) {
        if (happens) {
            scheduler.tally().count(what);
        }
        return happens;
    }

    /** Carries a commit to the store, and the answer back, or not. One that writes nothing has nothing to lose. */
    void commit(SimulatedProcess sender, KvTransaction transaction, boolean writes, Answer<Versionstamp> answer) {
        if (writes && counted(scheduler.chance(weather.refusalRate()), "commit refused without need")) {
            KvFailure refusal = scheduler.chance(0.5) ? KvFailure.CONFLICT : KvFailure.TOO_OLD;
            scheduler.after(delayMicros(), () -> {
                transaction.close();
                answer.arrive(Pending.failed(new KvException(refusal, "a commit that the store refused")));
            });
            return;
        }
        if (!writes || !scheduler.chance(weather.unknownRate())) {
            scheduler.after(delayMicros(), () -> {
                if (isReachable()) {
                    arrive(
                            sender,
                            transaction,
                            result -> scheduler.after(
                                    delayMicros(), () -> answer.arrive(isReachable() ? result : lost(writes))));
                } else {
                    transaction.close();
                    answer.arrive(Pending.failed(unreachable()));
                }
            });
            return;
        }
        boolean arrives = scheduler.chance(0.5);
        boolean late = scheduler.chance(0.5);
        scheduler.tally().count(!arrives ? "unknown and lost" : late ? "unknown and late" : "unknown and there");
        scheduler.after(late ? scheduler.random().nextLong(LATEST_MICROS) : delayMicros(), () -> {
            if (arrives) {
                arrive(sender, transaction, result -> {});
            } else {
                transaction.close();
            }
        });
        scheduler.after(
                delayMicros(),
                () -> answer.arrive(
                        Pending.failed(new KvException(KvFailure.UNKNOWN_RESULT, "a commit whose answer was lost"))));
    }

    /** The store has gone away before it could answer. */
    private Pending<Versionstamp> lost(boolean writes) {
        scheduler.tally().count("answer lost in an outage");
        return Pending.failed(
                writes
                        ? new KvException(KvFailure.UNKNOWN_RESULT, "the connection broke before the answer came")
                        : unreachable());
    }

    private void arrive(SimulatedProcess sender, KvTransaction transaction, Consumer<Pending<Versionstamp>> answer) {
        if (sender.isDead()) {
            if (counted(scheduler.chance(weather.lostRate()), "commit lost with its sender")) {
                transaction.close();
                return;
            }
            scheduler.tally().count("commit of a process that is no more");
        }
        if (gathering == null) {
            answer.accept(apply(sender, transaction));
        } else if (gathering.arrive(() -> answer.accept(apply(sender, transaction)))) {
            scheduler.after(scheduler.random().nextInt(GATHERING_MICROS), gathering::go);
        }
    }

    private Pending<Versionstamp> apply(SimulatedProcess sender, KvTransaction transaction) {
        Versionstamp stamp;
        try {
            stamp = transaction.commit().await();
        } catch (KvException e) {
            scheduler.trace().add(sender.number(), e.failure().ordinal());
            scheduler.tally().count("commit fails: " + e.failure());
            return Pending.failed(e);
        }
        scheduler.trace().add(sender.number(), stamp.version());
        if (stamp.version() >= 0) {
            counted(stamp.order() > 0, "version shared");
            listeners.forEach(Runnable::run);
        }
        return Pending.of(stamp);
    }
}
