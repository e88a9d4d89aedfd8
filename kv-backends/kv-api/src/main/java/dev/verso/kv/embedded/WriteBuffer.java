package dev.verso.kv.embedded;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import dev.verso.kv.Versionstamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A transaction's own writes, in the form that both its reads and its commit need: cleared ranges first, then single keys on top. An
 * edit of a key always came after the clears that cover it; a later clear removes the edit.
 */
public final class WriteBuffer {
    /** What becomes of one key. */
    public sealed interface Edit {
        /** A value, or null for a cleared key. */
        record Put(byte[] value) implements Edit {}

        /** Operations on whatever the store holds. */
        record Operations(List<Operation> operations) implements Edit {}

        /** A value that holds the versionstamp. */
        record Stamped(byte[] value, int stampOffset) implements Edit {}
    }

    /** One of the operations on a key. */
    public record Operation(AtomicOp operation, byte[] operand) {}

    /** A key that holds the versionstamp, with its value. */
    public record StampedKey(byte[] key, int stampOffset, byte[] value) {}

    private final int valueBytesLimit;
    private final TreeMap<byte[], Edit> edits = new TreeMap<>(Bytes::compare);
    private final TreeMap<byte[], byte[]> cleared = new TreeMap<>(Bytes::compare);
    private final List<StampedKey> stampedKeys = new ArrayList<>();

    /** @param valueBytesLimit the longest value; an append that would pass it is not made */
    public WriteBuffer(int valueBytesLimit) {
        this.valueBytesLimit = valueBytesLimit;
    }

    /** True if nothing was written or cleared. */
    public boolean isEmpty() {
        return edits.isEmpty() && cleared.isEmpty() && stampedKeys.isEmpty();
    }

    /** Sets a key, or clears it if the value is null. */
    public void put(byte[] key, byte[] value) {
        edits.put(key, new Edit.Put(value));
    }

    /** Sets a key to a value that gets the versionstamp at that offset. */
    public void putStamped(byte[] key, byte[] value, int stampOffset) {
        edits.put(key, new Edit.Stamped(value, stampOffset));
    }

    /** Sets a key that gets the versionstamp at that offset. */
    public void putStampedKey(byte[] key, int stampOffset, byte[] value) {
        stampedKeys.add(new StampedKey(key, stampOffset, value));
    }

    /** Clears the keys from {@code begin} to before {@code end}. */
    public void clearRange(byte[] begin, byte[] end) {
        edits.subMap(begin, true, end, false).clear();
        byte[] from = begin;
        byte[] to = end;
        Map.Entry<byte[], byte[]> before = cleared.floorEntry(begin);
        if (before != null && Bytes.compare(before.getValue(), begin) >= 0) {
            from = before.getKey();
            to = later(to, before.getValue());
        }
        NavigableMap<byte[], byte[]> inside = cleared.subMap(from, true, to, true);
        while (!inside.isEmpty()) {
            Map.Entry<byte[], byte[]> last = inside.lastEntry();
            if (Bytes.compare(last.getValue(), to) > 0) {
                to = last.getValue();
            }
            inside.clear();
            inside = cleared.subMap(from, true, to, true);
        }
        cleared.put(from, to);
    }

    private static byte[] later(byte[] a, byte[] b) {
        return Bytes.compare(a, b) >= 0 ? a : b;
    }

    /** Applies an operation, to the store's value where this transaction has none of its own. */
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        Edit edit = edits.get(key);
        if (edit instanceof Edit.Put put) {
            edits.put(key, new Edit.Put(AtomicArithmetic.apply(operation, put.value, operand, valueBytesLimit)));
        } else if (edit instanceof Edit.Operations already) {
            already.operations.add(new Operation(operation, operand));
        } else if (edit instanceof Edit.Stamped) {
            throw new IllegalStateException(
                    "atomic operation on " + Bytes.printable(key) + ", whose value awaits its versionstamp");
        } else if (isCleared(key)) {
            edits.put(key, new Edit.Put(AtomicArithmetic.apply(operation, null, operand, valueBytesLimit)));
        } else {
            List<Operation> operations = new ArrayList<>(2);
            operations.add(new Operation(operation, operand));
            edits.put(key, new Edit.Operations(operations));
        }
    }

    /** True if a cleared range covers the key; an edit may have come after it. */
    public boolean isCleared(byte[] key) {
        Map.Entry<byte[], byte[]> range = cleared.floorEntry(key);
        return range != null && Bytes.compare(key, range.getValue()) < 0;
    }

    /** True if the key's value does not depend on the store. */
    public boolean decides(byte[] key) {
        Edit edit = edits.get(key);
        return edit instanceof Edit.Put || edit == null && isCleared(key);
    }

    /** The key's value for this transaction, given the one in the store. */
    public byte[] over(byte[] key, byte[] stored) {
        Edit edit = edits.get(key);
        if (edit == null) {
            return isCleared(key) ? null : stored;
        }
        return result(key, edit, stored);
    }

    private byte[] result(byte[] key, Edit edit, byte[] stored) {
        if (edit instanceof Edit.Put put) {
            return put.value;
        }
        if (edit instanceof Edit.Operations operations) {
            byte[] value = stored;
            for (Operation each : operations.operations) {
                value = AtomicArithmetic.apply(each.operation, value, each.operand, valueBytesLimit);
            }
            return value;
        }
        throw new IllegalStateException("read of " + Bytes.printable(key) + ", whose value awaits its versionstamp");
    }

    /** True if some key of the range is written or cleared. */
    public boolean touches(byte[] begin, byte[] end) {
        if (!edits.subMap(begin, true, end, false).isEmpty()) {
            return true;
        }
        Map.Entry<byte[], byte[]> range = cleared.lowerEntry(end);
        return range != null && Bytes.compare(range.getValue(), begin) > 0;
    }

    /** Puts this transaction's writes of a range over the store's pairs of that range. */
    public void overlay(byte[] begin, byte[] end, NavigableMap<byte[], byte[]> pairs) {
        if (!cleared.isEmpty()) {
            pairs.keySet().removeIf(this::isClearedOnly);
        }
        for (Map.Entry<byte[], Edit> each :
                edits.subMap(begin, true, end, false).entrySet()) {
            byte[] value = result(each.getKey(), each.getValue(), pairs.get(each.getKey()));
            if (value == null) {
                pairs.remove(each.getKey());
            } else {
                pairs.put(each.getKey(), value);
            }
        }
    }

    private boolean isClearedOnly(byte[] key) {
        return !edits.containsKey(key) && isCleared(key);
    }

    /** Begin and end of each cleared range; they don't overlap. */
    public Iterable<Map.Entry<byte[], byte[]>> clearedRanges() {
        return cleared.entrySet();
    }

    /** What becomes of single keys, after the clears. */
    public Iterable<Map.Entry<byte[], Edit>> edits() {
        return edits.entrySet();
    }

    /** Keys with versionstamps, in the order of their writing; they come last. */
    public Iterable<StampedKey> stampedKeys() {
        return stampedKeys;
    }

    /** The value to store for an edit when it is committed; null to remove the key. */
    public byte[] committed(byte[] key, Edit edit, byte[] stored, Versionstamp stamp) {
        if (edit instanceof Edit.Stamped stamped) {
            byte[] value = stamped.value.clone();
            stamp.write(value, stamped.stampOffset);
            return value;
        }
        return result(key, edit, stored);
    }
}
