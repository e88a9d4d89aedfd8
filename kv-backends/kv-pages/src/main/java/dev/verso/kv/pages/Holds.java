package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.pager.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reasons to keep a version, one key each: a pin of the user (value: its label), a fork that began there (the fork's id), or readers of
 * an open snapshot (when their lease ends, 8 bytes). Who adds one reads the namespace's record and relies on it; who collects garbage
 * reads all of them and relies on that: so no version is held that is about to be dropped.
 */
final class Holds {
    static final char PIN = 'p';
    static final char FORK = 'f';
    static final char LEASE = 'l';

    private static final int AT_ONCE = 1_000;

    /** One reason. */
    record Hold(long version, char kind, long token, byte[] value) {
        String label() {
            return new String(value, StandardCharsets.UTF_8);
        }

        long leaseEndMicros() {
            return value.length == 8 ? BigEndian.s64(value, 0) : 0;
        }

        byte[] key(NamespaceKeys keys) {
            return keys.hold(version, kind, token);
        }
    }

    private Holds() {}

    /** Asks for one reason to keep the version; none means that it is dropped if it is older than the oldest kept. */
    static Pending<List<KeyValue>> ofVersion(
            KvTransaction transaction, NamespaceKeys keys, long version, ReadMode mode) {
        byte[] prefix = keys.holds(version);
        return transaction.getRange(prefix, NamespaceKeys.end(prefix), 1, false, mode);
    }

    /** All of them, oldest version first; the transaction conflicts with whoever adds one. */
    static List<Hold> all(KvTransaction transaction, NamespaceKeys keys) {
        List<Hold> holds = new ArrayList<>();
        byte[] from = keys.holds();
        byte[] end = NamespaceKeys.end(from);
        int fixed = from.length;
        while (true) {
            List<KeyValue> pairs = transaction
                    .getRange(from, end, AT_ONCE, false, ReadMode.SERIALIZABLE)
                    .await();
            for (KeyValue pair : pairs) {
                byte[] key = pair.key();
                holds.add(new Hold(
                        BigEndian.s64(key, fixed),
                        (char) key[fixed + 8],
                        BigEndian.s64(key, fixed + 9),
                        Arrays.copyOf(pair.value(), pair.value().length)));
            }
            if (pairs.size() < AT_ONCE) {
                return holds;
            }
            from = Bytes.after(pairs.get(pairs.size() - 1).key());
        }
    }
}
