package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Collections that run by themselves. Whoever has a store open looks now and then which namespaces are due, claims one for a minute, and
 * collects; a heartbeat renews the claim as long as that takes. Who dies leaves a claim that ends by itself. Claims only save work: two
 * collections at once do no harm.
 */
final class Schedules {
    /** A claim that is not renewed for so long is over; a few heartbeats. */
    static final long CLAIM_MICROS = 60_000_000;
    /** After a failure the next try comes this soon, unless the interval is shorter. */
    static final long RETRY_MICROS = 300_000_000;

    private static final long LEAST_INTERVAL_MICROS = 1_000;
    private static final int AT_ONCE = 1_000;

    private final StoreWork work;
    private final LongSupplier tokens;
    private final Map<Claim, AtomicBoolean> running = new ConcurrentHashMap<>();

    /** What this instance collects. */
    private record Claim(byte[] id, long token) {}

    /** Collects one namespace; the listener is to be called from time to time and ends it by throwing. */
    interface Collection {
        CollectionReport run(NamespaceKeys keys, String name, Runnable stillWanted);
    }

    /** A collection ends because nobody wants it any more. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Stopped() {
            super("the collection was stopped", null, false, false);
        }
    }

    Schedules(StoreWork work, LongSupplier tokens) {
        this.work = work;
        this.tokens = tokens;
    }

    /** Sets the interval, or with null ends the schedule; the first collection is due at once. */
    void set(NamespaceKeys keys, String name, Duration interval) {
        long micros = interval == null ? 0 : interval.toNanos() / 1_000;
        if (interval != null && micros < LEAST_INTERVAL_MICROS) {
            throw new DatabaseException(
                    ResultCode.MISUSE, "collections can't come more often than each millisecond: " + interval);
        }
        work.change(name, (transaction, again) -> {
            // Relies on the namespace being there: a deleted one has no schedule.
            Records.read(transaction, keys, name);
            byte[] key = keys.schedule();
            byte[] stored = transaction.get(key, ReadMode.SERIALIZABLE).await();
            if (interval == null) {
                transaction.clear(key);
            } else {
                long now = work.micros();
                ScheduleEntry entry = stored == null
                        ? new ScheduleEntry(micros, now)
                        : decodeOr(stored, micros, now).every(micros, now);
                transaction.set(key, entry.encode());
            }
            return interval != null || stored != null;
        });
    }

    private static ScheduleEntry decodeOr(byte[] stored, long micros, long now) {
        try {
            return ScheduleEntry.decode(stored);
        } catch (DatabaseException e) {
            // Setting it anew is how a damaged one is repaired.
            return new ScheduleEntry(micros, now);
        }
    }

    /** The schedule of a namespace, or null. */
    static CollectionSchedule of(KvTransaction transaction, NamespaceKeys keys) {
        byte[] stored = transaction.get(keys.schedule(), ReadMode.SNAPSHOT).await();
        return stored == null ? null : ScheduleEntry.decode(stored).shown();
    }

    /** Collects what is due and nobody else collects, one namespace after the other; returns how many. */
    int run(BooleanSupplier stop, Collection collection) {
        int count = 0;
        for (byte[] id : due()) {
            if (stop.getAsBoolean()) {
                break;
            }
            NamespaceKeys keys = new NamespaceKeys(id);
            Claim claim = new Claim(id, tokens.getAsLong());
            String name = claim(keys, claim);
            if (name != null) {
                collect(keys, name, claim, stop, collection);
                count++;
            }
        }
        return count;
    }

    private List<byte[]> due() {
        return work.read(work.store().name(), transaction -> {
            List<byte[]> ids = new ArrayList<>();
            long now = work.micros();
            byte[] prefix = NamespaceKeys.schedules();
            byte[] from = prefix;
            while (true) {
                List<KeyValue> pairs = transaction
                        .getRange(from, NamespaceKeys.end(prefix), AT_ONCE, false, ReadMode.SNAPSHOT)
                        .await();
                for (KeyValue pair : pairs) {
                    if (!ScheduleEntry.decode(pair.value()).isLeftAlone(now)) {
                        ids.add(NamespaceKeys.scheduledId(pair.key()));
                    }
                }
                if (pairs.size() < AT_ONCE) {
                    return ids;
                }
                from = Bytes.after(pairs.get(pairs.size() - 1).key());
            }
        });
    }

    /** The namespace's name, or null if there is nothing to do after all. */
    private String claim(NamespaceKeys keys, Claim claim) {
        String[] name = new String[1];
        work.change(work.store().name(), (transaction, again) -> {
            name[0] = null;
            byte[] stored =
                    transaction.get(keys.schedule(), ReadMode.SERIALIZABLE).await();
            NamespaceRecord record = Records.readIfThere(transaction, keys);
            if (stored == null || record == null) {
                return false;
            }
            long now = work.micros();
            ScheduleEntry entry = ScheduleEntry.decode(stored);
            boolean isOwn = again && entry.claimToken() == claim.token;
            if (!isOwn && entry.isLeftAlone(now)) {
                return false;
            }
            name[0] = record.name();
            if (!isOwn) {
                transaction.set(
                        keys.schedule(),
                        entry.claimed(claim.token, now + CLAIM_MICROS, now).encode());
            }
            return !isOwn;
        });
        return name[0];
    }

    private void collect(NamespaceKeys keys, String name, Claim claim, BooleanSupplier stop, Collection collection) {
        AtomicBoolean lost = new AtomicBoolean();
        running.put(claim, lost);
        CollectionReport report = null;
        String error = null;
        boolean stopped = false;
        try {
            report = collection.run(keys, name, () -> {
                if (lost.get() || stop.getAsBoolean()) {
                    throw new Stopped();
                }
            });
        } catch (Stopped e) {
            stopped = true;
        } catch (DatabaseException e) {
            error = e.getMessage();
        } finally {
            running.remove(claim);
        }
        release(keys, name, claim, report, error, stopped);
    }

    private void release(
            NamespaceKeys keys, String name, Claim claim, CollectionReport report, String error, boolean stopped) {
        work.change(name, (transaction, again) -> {
            byte[] stored =
                    transaction.get(keys.schedule(), ReadMode.SERIALIZABLE).await();
            if (stored == null) {
                return false;
            }
            ScheduleEntry entry = ScheduleEntry.decode(stored);
            if (entry.claimToken() != claim.token) {
                return false;
            }
            long now = work.micros();
            ScheduleEntry after = stopped
                    ? entry.renewed(0)
                    : entry.released(
                            error == null
                                    ? Math.max(now, entry.beganMicros() + entry.intervalMicros())
                                    : now + Math.min(RETRY_MICROS, entry.intervalMicros()),
                            now,
                            report,
                            error);
            transaction.set(keys.schedule(), after.encode());
            return true;
        });
    }

    /** Says that this instance is still collecting what it has claimed; what it has lost it gives up. */
    void heartbeat() {
        for (Map.Entry<Claim, AtomicBoolean> each : running.entrySet()) {
            Claim claim = each.getKey();
            NamespaceKeys keys = new NamespaceKeys(claim.id);
            boolean[] held = new boolean[1];
            work.change(work.store().name(), (transaction, again) -> {
                byte[] stored =
                        transaction.get(keys.schedule(), ReadMode.SERIALIZABLE).await();
                ScheduleEntry entry = stored == null ? null : ScheduleEntry.decode(stored);
                held[0] = entry != null && entry.claimToken() == claim.token;
                if (held[0]) {
                    transaction.set(
                            keys.schedule(),
                            entry.renewed(work.micros() + CLAIM_MICROS).encode());
                }
                return held[0];
            });
            if (!held[0]) {
                each.getValue().set(true);
            }
        }
    }
}
