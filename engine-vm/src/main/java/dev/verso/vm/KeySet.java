package dev.verso.vm;

import dev.verso.btree.IndexCursor;
import dev.verso.record.Collation;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordView;
import dev.verso.record.TextEncoding;
import dev.verso.vm.value.Value;
import java.util.Arrays;

/**
 * The entries of an ephemeral index once more, in a hash table, for the many lookups of DISTINCT and IN. Only for keys without collations.
 * Integers and reals that are equal hash alike.
 */
final class KeySet {
    private static final long MOST_BYTES = HeapShare.of(16 << 20, 16);
    private static final int LARGEST_KEPT_TABLE = 1 << 12;
    private static final int MULTIPLIER = 0x9E3779B1;

    private final KeyInfo keyInfo;
    private final RecordView view = new RecordView();
    private byte[] arena = new byte[1024];
    private int used;
    private int[] places = new int[32];
    private int[] lengths = new int[32];
    private int[] hashes = new int[32];
    private int count;
    /** Entry number + 1 by hash, open addressing; a power of two, at most half full. */
    private int[] table = new int[64];

    private KeySet(KeyInfo keyInfo) {
        this.keyInfo = keyInfo;
    }

    /** The set of what the index holds, or null if the index is not fit for one. Moves the cursor. */
    static KeySet of(IndexCursor index, KeyInfo keyInfo) {
        if (keyInfo.keyColumns() == 0) {
            return null;
        }
        for (Collation collation : keyInfo.collations()) {
            if (!Sorter.isBinary(collation)) {
                return null;
            }
        }
        KeySet set = new KeySet(keyInfo);
        boolean more = index.first();
        while (more) {
            RecordView record = index.record();
            byte[] bytes = record.recordArray();
            if (!set.add(bytes, record.recordOffset(), record.recordBytes())) {
                return null;
            }
            more = index.next();
        }
        return set;
    }

    /** Adds a record that is not in the set yet; false if the set has become too large to be kept. */
    boolean add(byte[] record, int offset, int length) {
        if (used + (long) length > MOST_BYTES) {
            return false;
        }
        if (used + length > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(used + length, arena.length * 2));
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        System.arraycopy(record, offset, arena, used, length);
        places[count] = used;
        lengths[count] = length;
        hashes[count] = hash(view.wrap(arena, used, length));
        used += length;
        count++;
        if (count * 2 > table.length) {
            table = new int[table.length * 2];
            for (int i = 0; i < count; i++) {
                link(i);
            }
        } else {
            link(count - 1);
        }
        return true;
    }

    /** Empties the set, as its index is. */
    void clear() {
        used = 0;
        count = 0;
        if (table.length > LARGEST_KEPT_TABLE) {
            table = new int[64];
        } else {
            Arrays.fill(table, 0);
        }
    }

    /** False if the record is certainly not in the set. */
    boolean mayHold(byte[] record, int offset, int length) {
        int hash = hash(view.wrap(record, offset, length));
        int mask = table.length - 1;
        for (int slot = hash & mask; table[slot] != 0; slot = slot + 1 & mask) {
            if (hashes[table[slot] - 1] == hash) {
                return true;
            }
        }
        return false;
    }

    private void link(int entry) {
        int mask = table.length - 1;
        int slot = hashes[entry] & mask;
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = entry + 1;
    }

    /** The number of the entry that equals the registers from {@code first} on, or -1. */
    int find(Machine m, int first) {
        int hash = hash(m.registers, first, m.encoding);
        int mask = table.length - 1;
        for (int slot = hash & mask; table[slot] != 0; slot = slot + 1 & mask) {
            int entry = table[slot] - 1;
            if (hashes[entry] == hash) {
                view.wrap(arena, places[entry], lengths[entry]);
                if (SeekInstructions.compare(m, view, keyInfo, first, keyInfo.keyColumns()) == 0) {
                    return entry;
                }
            }
        }
        return -1;
    }

    /** Moves the cursor to an entry that {@link #find} found. */
    void seek(Machine m, IndexCursor index, int entry) {
        index.seek(m.searchKey.wrap(keyInfo, arena, places[entry], lengths[entry], keyInfo.keyColumns(), 0));
    }

    // ---- the hash of a key, from a record and from registers

    private int hash(RecordView record) {
        int hash = 0;
        for (int i = 0; i < keyInfo.keyColumns() && record.hasColumn(i); i++) {
            long type = record.serialType(i);
            int part;
            if (type >= 12) {
                part = ofBytes(record.bytes(i), record.offset(i), record.length(i)) + (int) (type & 1);
            } else if (type == 7) {
                part = ofReal(record.real(i));
            } else if (type == 0 || type >= 10) {
                part = 0;
            } else {
                part = ofInteger(record.integer(i));
            }
            hash = mix(hash, part);
        }
        return hash;
    }

    private int hash(Value[] registers, int first, TextEncoding encoding) {
        int hash = 0;
        for (int i = 0; i < keyInfo.keyColumns(); i++) {
            Value value = registers[first + i];
            int part =
                    switch (value.storageClass()) {
                        case NULL -> 0;
                        case INTEGER -> ofInteger(value.integer());
                        case REAL -> ofReal(value.real());
                        case TEXT, BLOB -> {
                            byte[] bytes = value.bytes(encoding);
                            yield ofBytes(bytes, value.offset(), value.length()) + (value.isText() ? 1 : 0);
                        }
                    };
            hash = mix(hash, part);
        }
        return hash;
    }

    private static int mix(int hash, int part) {
        int mixed = (hash ^ part) * MULTIPLIER;
        return mixed ^ mixed >>> 15;
    }

    private static int ofInteger(long value) {
        return (int) (value ^ value >>> 32);
    }

    private static int ofReal(double value) {
        long whole = (long) value;
        if ((double) whole == value) {
            return ofInteger(whole);
        }
        long bits = Double.doubleToRawLongBits(value);
        return (int) (bits ^ bits >>> 32);
    }

    private static int ofBytes(byte[] bytes, int offset, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + bytes[offset + i];
        }
        return hash;
    }
}
