package dev.verso.kv.embedded;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.Versionstamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a transaction has read and written, as ranges of keys: its commit compares the one with what others wrote, and others compare with the other. */
public final class ConflictRanges {
    private final List<KeyRange> read = new ArrayList<>();
    private final List<KeyRange> written = new ArrayList<>();
    private boolean automatic = true;
    private long readBytes;
    private long writtenBytes;

    public ConflictRanges() {}

    /** Whether writes count as writes of the ranges that they touch. */
    public void automatic(boolean isAutomatic) {
        automatic = isAutomatic;
    }

    public void addRead(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) < 0) {
            read.add(new KeyRange(begin, end));
            readBytes += begin.length + end.length;
        }
    }

    /** A range was read: up to where the limit stopped it, if it did. */
    public void addRead(byte[] begin, byte[] end, List<KeyValue> found, int wanted, boolean reverse) {
        boolean stoppedEarly = found.size() == wanted && !found.isEmpty();
        byte[] last = stoppedEarly ? found.get(found.size() - 1).key() : null;
        addRead(stoppedEarly && reverse ? last : begin, stoppedEarly && !reverse ? Bytes.after(last) : end);
    }

    public void addWrite(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) < 0) {
            written.add(new KeyRange(begin, end));
            writtenBytes += begin.length + end.length;
        }
    }

    /** A key was written. */
    public void touch(byte[] key) {
        if (automatic) {
            addWrite(key, Bytes.after(key));
        }
    }

    /** A range was cleared. */
    public void touch(byte[] begin, byte[] end) {
        if (automatic) {
            addWrite(begin, end);
        }
    }

    /** A key was written that gets a versionstamp: it may become any key with a stamp there. */
    public void touchStamped(byte[] key, int stampOffset) {
        if (automatic) {
            byte[] least = key.clone();
            Arrays.fill(least, stampOffset, stampOffset + Versionstamp.BYTES, (byte) 0);
            byte[] most = key.clone();
            Arrays.fill(most, stampOffset, stampOffset + Versionstamp.BYTES, (byte) 0xff);
            addWrite(least, Bytes.after(most));
        }
    }

    /** Of the keys that the ranges read begin and end with. */
    public long readBytes() {
        return readBytes;
    }

    /** Of the keys that the ranges written begin and end with. */
    public long writtenBytes() {
        return writtenBytes;
    }

    /** How many ranges were written, before they are joined. */
    public int writes() {
        return written.size();
    }

    public boolean readsNothing() {
        return read.isEmpty();
    }

    public boolean writesNothing() {
        return written.isEmpty();
    }

    /** In order, joined where they touch. */
    public List<KeyRange> read() {
        return KeyRange.normalize(read);
    }

    /** In order, joined where they touch. */
    public List<KeyRange> written() {
        return KeyRange.normalize(written);
    }
}
