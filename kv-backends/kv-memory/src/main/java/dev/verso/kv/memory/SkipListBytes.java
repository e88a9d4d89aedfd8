package dev.verso.kv.memory;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.embedded.SortedBytes;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The newest state in a skip list. */
final class SkipListBytes implements SortedBytes {
    private final ConcurrentSkipListMap<byte[], byte[]> map = new ConcurrentSkipListMap<>(Bytes::compare);

    @Override
    public byte[] get(byte[] key) {
        return map.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public void remove(byte[] key) {
        map.remove(key);
    }

    @Override
    public Iterator<KeyValue> range(byte[] begin, byte[] end, boolean reverse) {
        ConcurrentNavigableMap<byte[], byte[]> part = map.subMap(begin, true, end, false);
        Iterator<Map.Entry<byte[], byte[]>> entries =
                (reverse ? part.descendingMap() : part).entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public KeyValue next() {
                Map.Entry<byte[], byte[]> entry = entries.next();
                return new KeyValue(entry.getKey(), entry.getValue());
            }
        };
    }

    @Override
    public void committed(long version) {
        // Nothing to keep: the memory goes with the store.
    }
}
