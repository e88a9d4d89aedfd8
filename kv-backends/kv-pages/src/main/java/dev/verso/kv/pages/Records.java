package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;

/**
 * Reads and changes the record of a namespace. Who changes it conflicts with all others who do, by way of the key after it; commits
 * rely on the key itself, so that only changes that concern them stop them.
 */
final class Records {
    private Records() {}

    /** The record; the transaction relies on it. */
    static NamespaceRecord read(KvTransaction transaction, NamespaceKeys keys, String name) {
        NamespaceRecord record = readIfThere(transaction, keys);
        if (record == null) {
            throw SnapshotOpener.deleted(name);
        }
        return record;
    }

    /** The record, or null if the namespace has been deleted; the transaction relies on it. */
    static NamespaceRecord readIfThere(KvTransaction transaction, NamespaceKeys keys) {
        byte[] guard = Bytes.after(keys.record());
        transaction.addReadConflictRange(guard, Bytes.after(guard));
        byte[] value = transaction.get(keys.record(), ReadMode.SNAPSHOT).await();
        return value == null ? null : NamespaceRecord.decode(value);
    }

    /** Writes the record; commits go on. */
    static void write(KvTransaction transaction, NamespaceKeys keys, NamespaceRecord record) {
        transaction.automaticWriteConflicts(false);
        transaction.set(keys.record(), record.encode());
        transaction.automaticWriteConflicts(true);
        conflictWithOthers(transaction, keys);
    }

    /** Writes the record with the stamp of its last rollback to come. */
    static void writeRollback(KvTransaction transaction, NamespaceKeys keys, NamespaceRecord record) {
        transaction.setVersionstampedValue(keys.record(), record.encode(), record.lastRollbackOffset());
        conflictWithOthers(transaction, keys);
        stopCommits(transaction, keys);
    }

    static void delete(KvTransaction transaction, NamespaceKeys keys) {
        transaction.clear(keys.record());
        conflictWithOthers(transaction, keys);
        stopCommits(transaction, keys);
    }

    private static void conflictWithOthers(KvTransaction transaction, NamespaceKeys keys) {
        byte[] guard = Bytes.after(keys.record());
        transaction.addWriteConflictRange(guard, Bytes.after(guard));
    }

    /** Makes commits that are based on what was before look at the record again. */
    static void stopCommits(KvTransaction transaction, NamespaceKeys keys) {
        byte[] record = keys.record();
        transaction.addWriteConflictRange(record, Bytes.after(record));
    }
}
