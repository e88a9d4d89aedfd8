package dev.verso.kv.local;

import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.embedded.SortedBytes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The newest state in an MVStore. What is committed since the last checkpoint is in its memory alone, and in the {@link CommitLog}; a
 * checkpoint writes both maps, data and version, as of one moment. Nothing else ever makes MVStore write: its own background thread is
 * off, because it could save half a commit.
 */
final class TreeFile implements SortedBytes, AutoCloseable {
    private static final String VERSION = "version";
    private static final int COMPACT_BELOW_FILL_PERCENT = 50;
    private static final int COMPACTED_BYTES = 8 << 20;
    private static final int PAGE_SPLIT_BYTES = 16 << 10;

    private final MVStore store;
    private final MVMap<byte[], byte[]> data;
    private final MVMap<String, Long> properties;
    private final PendingCommits pending;

    /** Opens or creates the file. */
    TreeFile(Path file, int cacheMegabytes, PendingCommits pending) {
        store = new MVStore.Builder()
                .fileName(DiskPath.nameOf(file))
                .autoCommitDisabled()
                .cacheSize(cacheMegabytes)
                .pageSplitSize(PAGE_SPLIT_BYTES)
                .open();
        data = store.openMap(
                "data",
                new MVMap.Builder<byte[], byte[]>().keyType(ByteString.TYPE).valueType(ByteString.TYPE));
        properties = store.openMap("properties");
        this.pending = pending;
    }

    /** Version of the last commit in here. */
    long version() {
        Long version = properties.get(VERSION);
        return version == null ? 0 : version;
    }

    /** Edits that have not been written to the file, about. */
    long unsavedBytes() {
        return store.getUnsavedMemory();
    }

    /** Writes everything; not yet durable. Between commits. */
    void save() {
        store.commit();
        if (store.getFillRate() < COMPACT_BELOW_FILL_PERCENT) {
            store.compact(COMPACT_BELOW_FILL_PERCENT, COMPACTED_BYTES);
        }
    }

    /** Makes durable what {@link #save} wrote. */
    void sync() {
        store.sync();
    }

    @Override
    public byte[] get(byte[] key) {
        return data.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        data.put(key, value);
        pending.put(key, value);
    }

    @Override
    public void remove(byte[] key) {
        data.remove(key);
        pending.remove(key);
    }

    @Override
    public void committed(long version) {
        properties.put(VERSION, version);
        pending.committed(version);
    }

    /** For edits that come out of the log and need not go back into it. */
    CommitLog.Replay replay() {
        return new CommitLog.Replay() {
            @Override
            public boolean begins(long version) {
                long last = version();
                if (version > last + 1) {
                    throw new KvException(
                            KvFailure.DAMAGED,
                            "the log goes on with version " + version + " where " + (last + 1) + " was to follow");
                }
                return version > last;
            }

            @Override
            public void put(byte[] key, byte[] value) {
                data.put(key, value);
            }

            @Override
            public void remove(byte[] key) {
                data.remove(key);
            }

            @Override
            public void ends(long version) {
                properties.put(VERSION, version);
            }
        };
    }

    @Override
    public Iterator<KeyValue> range(byte[] begin, byte[] end, boolean reverse) {
        Cursor<byte[], byte[]> cursor = reverse ? data.cursor(end, begin, true) : data.cursor(begin, end, false);
        return new Pairs(cursor, end, reverse);
    }

    /** The pairs of a cursor without the range's end, which MVStore includes. */
    private static final class Pairs implements Iterator<KeyValue> {
        private final Cursor<byte[], byte[]> cursor;
        private final byte[] end;
        private KeyValue next;

        private Pairs(Cursor<byte[], byte[]> cursor, byte[] end, boolean reverse) {
            this.cursor = cursor;
            this.end = end;
            move();
            if (next != null && Arrays.compareUnsigned(next.key(), end) >= 0) {
                if (reverse) {
                    move();
                } else {
                    // The range is empty, and its end is a key.
                    next = null;
                }
            }
        }

        private void move() {
            next = null;
            if (cursor.hasNext()) {
                byte[] key = cursor.next();
                next = new KeyValue(key, cursor.getValue());
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue next() {
            KeyValue pair = next;
            if (pair == null) {
                throw new NoSuchElementException();
            }
            move();
            if (next != null && Arrays.equals(next.key(), end)) {
                next = null;
            }
            return pair;
        }
    }

    @Override
    public void close() {
        store.close();
    }

    /** Gives the file up without writing. */
    void abandon() {
        store.closeImmediately();
    }
}
