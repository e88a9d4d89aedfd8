package dev.verso.kv.embedded;

import dev.verso.kv.KeyValue;
import java.util.Iterator;

/**
 * The newest state of all keys, in unsigned byte order. Edited by one thread at a time, under the engine's lock; read by any thread at
 * any time, also in the middle of an edit: a key that nobody edits meanwhile is then seen exactly once.
 */
public interface SortedBytes {
    byte[] get(byte[] key);

    void put(byte[] key, byte[] value);

    void remove(byte[] key);

    /** The pairs with {@code begin <= key < end}, ascending or descending. */
    Iterator<KeyValue> range(byte[] begin, byte[] end, boolean reverse);

    /** All edits of a commit are made. Called under the engine's lock. */
    void committed(long version);
}
