package dev.verso.btree;

import java.util.Arrays;

/**
 * Rows that a transaction has written in one tree: their rowids, or their key records, each with what is known of it. A hash table; its
 * places are numbered in the order in which rows were first written.
 */
final class WrittenRows {
    /** The row was there before the transaction. */
    static final int WAS = 1;
    /** The row is there now, unless savepoints were rolled back. */
    static final int IS = 2;
    /** The row is a counter, and was only raised. */
    static final int RAISED = 4;
    /** The rowid was given by an AUTOINCREMENT counter: it is used up even if the row is gone by the end. */
    static final int GIVEN = 8;

    private final boolean isIndex;
    private int[] slots = new int[16];
    private long[] rowids;
    private int[] ends;
    private byte[] keys;
    private byte[] states = new byte[8];
    private int count;

    WrittenRows(boolean isIndex) {
        this.isIndex = isIndex;
        if (isIndex) {
            ends = new int[8];
            keys = new byte[128];
        } else {
            rowids = new long[8];
        }
    }

    int count() {
        return count;
    }

    /** What the rows take in memory, about. */
    long bytes() {
        return 24L * count + (isIndex ? keyEnd(count - 1) : 0);
    }

    long rowid(int place) {
        return rowids[place];
    }

    byte[] keys() {
        return keys;
    }

    int keyOffset(int place) {
        return place == 0 ? 0 : ends[place - 1];
    }

    int keyBytes(int place) {
        return ends[place] - keyOffset(place);
    }

    private int keyEnd(int place) {
        return place < 0 ? 0 : ends[place];
    }

    int state(int place) {
        return states[place];
    }

    void state(int place, int state) {
        states[place] = (byte) state;
    }

    void write(long rowid, boolean was, boolean is, boolean raised) {
        int slot = slotOf(rowid);
        if (slots[slot] != 0) {
            change(slots[slot] - 1, is, raised);
            return;
        }
        if (count == rowids.length) {
            rowids = Arrays.copyOf(rowids, count * 2);
        }
        rowids[count] = rowid;
        added(slot, was, is, raised);
    }

    void given(long rowid) {
        write(rowid, false, false, false);
        states[find(rowid)] |= GIVEN;
    }

    void write(byte[] key, int offset, int length, boolean was, boolean is) {
        int slot = slotOf(key, offset, length);
        if (slots[slot] != 0) {
            change(slots[slot] - 1, is, false);
            return;
        }
        int used = keyEnd(count - 1);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        if (keys.length - used < length) {
            keys = Arrays.copyOf(keys, Math.max(keys.length * 2, used + length));
        }
        System.arraycopy(key, offset, keys, used, length);
        ends[count] = used + length;
        added(slot, was, is, false);
    }

    private void change(int place, boolean is, boolean raised) {
        states[place] = (byte) (states[place] & (WAS | GIVEN) | (is ? IS : 0) | (raised ? states[place] & RAISED : 0));
    }

    private void added(int slot, boolean was, boolean is, boolean raised) {
        if (count == states.length) {
            states = Arrays.copyOf(states, count * 2);
        }
        states[count] = (byte) ((was ? WAS : 0) | (is ? IS : 0) | (raised ? RAISED : 0));
        slots[slot] = ++count;
        if (count * 2 > slots.length) {
            rehash();
        }
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        for (int place = 0; place < count; place++) {
            int slot = isIndex ? slotOf(keys, keyOffset(place), keyBytes(place)) : slotOf(rowids[place]);
            slots[slot] = place + 1;
        }
    }

    /** The row's place, or -1. */
    int find(long rowid) {
        return slots[slotOf(rowid)] - 1;
    }

    /** The row's place, or -1. */
    int find(byte[] key, int offset, int length) {
        return slots[slotOf(key, offset, length)] - 1;
    }

    private int slotOf(long rowid) {
        int mask = slots.length - 1;
        long hash = rowid * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & mask;
        while (slots[slot] != 0 && rowids[slots[slot] - 1] != rowid) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int slotOf(byte[] key, int offset, int length) {
        int mask = slots.length - 1;
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + key[offset + i];
        }
        int slot = (hash ^ hash >>> 15) * 0x9E3779B9 >>> 7 & mask;
        while (slots[slot] != 0) {
            int place = slots[slot] - 1;
            int at = keyOffset(place);
            if (Arrays.equals(keys, at, ends[place], key, offset, offset + length)) {
                break;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
