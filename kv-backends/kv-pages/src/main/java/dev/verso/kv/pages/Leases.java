package dev.verso.kv.pages;

import dev.verso.kv.ReadMode;
import dev.verso.pager.BigEndian;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;

/**
 * What the sessions of one open namespace need to be left alone by garbage collection: the versions that they have been reading for a
 * while, and the transactions that they have staged. A version that is read for a short time needs no lease, since the collector
 * leaves young ones alone; so most snapshots cost nothing.
 */
final class Leases {
    /** A snapshot that has been open for so long gets a lease. */
    static final long LEASE_AFTER_MICROS = 30_000_000;
    /** A lease that is not renewed for so long is over. */
    static final long LEASE_MICROS = 300_000_000;

    private final StoreWork work;
    private final NamespaceKeys keys;
    private final String name;
    private final long token;
    private final Lock lock;
    private Set<Long> leased = Set.of();

    Leases(StoreWork work, NamespaceKeys keys, String name, long token) {
        this.work = work;
        this.keys = keys;
        this.name = name;
        this.token = token;
        lock = work.store().clock().newLock();
    }

    /** Renews the leases of these versions and ends those of others; those of versions that are gone already can't be had. */
    void renew(Set<Long> versions) {
        lock.lock();
        try {
            renewAlone(versions);
        } finally {
            lock.unlock();
        }
    }

    private void renewAlone(Set<Long> versions) {
        if (versions.isEmpty() && leased.isEmpty()) {
            return;
        }
        Set<Long> before = leased;
        Set<Long> now = new TreeSet<>();
        work.change(name, (transaction, again) -> {
            now.clear();
            NamespaceRecord record = Records.readIfThere(transaction, keys);
            if (record == null) {
                return false;
            }
            byte[] until = new byte[8];
            BigEndian.put64(until, 0, work.micros() + LEASE_MICROS);
            for (long version : versions) {
                if (version >= record.oldest()
                        || !Holds.ofVersion(transaction, keys, version, ReadMode.SERIALIZABLE)
                                .await()
                                .isEmpty()) {
                    transaction.set(keys.hold(version, Holds.LEASE, token), until);
                    now.add(version);
                }
            }
            for (long version : before) {
                if (!versions.contains(version)) {
                    transaction.clear(keys.hold(version, Holds.LEASE, token));
                }
            }
            return true;
        });
        leased = Set.copyOf(now);
    }

    /** Says that a staged transaction is alive. */
    void renewStaging(StagedId id) {
        byte[] first = keys.manifest(id.bytes(), 0);
        work.change(name, (transaction, again) -> {
            byte[] chunk = transaction.get(first, ReadMode.SERIALIZABLE).await();
            if (chunk == null) {
                // Not there yet, or given up: then its commit will say so.
                return false;
            }
            byte[] renewed = chunk.clone();
            BigEndian.put64(renewed, 0, work.micros());
            transaction.set(first, renewed);
            return true;
        });
    }
}
