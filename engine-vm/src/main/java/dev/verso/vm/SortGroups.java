package dev.verso.vm;

import dev.verso.pager.BigEndian;
import dev.verso.record.SerialType;
import dev.verso.record.Varint;
import java.util.Arrays;

/**
 * Which records of a sorter have the very same key bytes. Where many have, as under GROUP BY, only one record of each group needs sorting. Equal
 * keys may still be in different groups (1 and 1.0), which the sorter settles by comparing.
 */
final class SortGroups {
    /** With fewer records, sorting them is as quick. */
    static final int WORTHWHILE_RECORDS = 128;

    /** Groups must have this many records each, on average, or it is given up. */
    private static final int RECORDS_OF_A_GROUP = 8;

    private static final int FIRST_LOOK = 512;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final int keyColumns;
    /** Group + 1 by hash; 0 where there is none. */
    private int[] table = new int[256];

    private long[] hashes = new long[64];
    /** First record of each group, in order of appearance. */
    private int[] firsts = new int[64];

    private int count;
    private int[] groupOf = new int[0];

    // of the key looked at last
    private int typesAt;
    private int typesEnd;
    private int valuesAt;
    private int valuesEnd;

    SortGroups(int keyColumns) {
        this.keyColumns = keyColumns;
    }

    /** Number of groups. */
    int count() {
        return count;
    }

    /** The first record of each group. */
    int[] firsts() {
        return firsts;
    }

    /** The group of each record. */
    int[] groupOf() {
        return groupOf;
    }

    /** Finds the groups; false if there are too many of them. */
    boolean find(byte[][] chunks, long[] places, int[] lengths, int records) {
        count = 0;
        Arrays.fill(table, 0);
        if (groupOf.length < records) {
            groupOf = new int[records];
        }
        int most = Math.max(records / RECORDS_OF_A_GROUP, 1);
        for (int i = 0; i < records; i++) {
            byte[] bytes = chunks[(int) (places[i] >>> 32)];
            int group = groupOf(bytes, (int) places[i], lengths[i], i, chunks, places);
            if (group < 0 || count > most || i == FIRST_LOOK && count > FIRST_LOOK / 2) {
                return false;
            }
            groupOf[i] = group;
        }
        return true;
    }

    private int groupOf(byte[] bytes, int offset, int length, int record, byte[][] chunks, long[] places) {
        if (!parse(bytes, offset, length)) {
            return -1;
        }
        int types = typesAt;
        int typeBytes = typesEnd - types;
        int values = valuesAt;
        int valueBytes = valuesEnd - values;
        long hash = hash(bytes, values, valuesEnd, hash(bytes, types, typesEnd, valueBytes));
        int at = (int) (hash >>> 32) & table.length - 1;
        while (table[at] != 0) {
            int group = table[at] - 1;
            if (hashes[group] == hash) {
                int first = firsts[group];
                byte[] known = chunks[(int) (places[first] >>> 32)];
                if (parse(known, (int) places[first], Integer.MAX_VALUE)
                        && Arrays.equals(bytes, types, types + typeBytes, known, typesAt, typesEnd)
                        && Arrays.equals(bytes, values, values + valueBytes, known, valuesAt, valuesEnd)) {
                    return group;
                }
            }
            at = at + 1 & table.length - 1;
        }
        return add(hash, record, at);
    }

    private int add(long hash, int record, int at) {
        if (count == firsts.length) {
            firsts = Arrays.copyOf(firsts, count * 2);
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        firsts[count] = record;
        hashes[count] = hash;
        table[at] = ++count;
        if (count * 2 > table.length) {
            grow();
        }
        return count - 1;
    }

    private void grow() {
        table = new int[table.length * 4];
        for (int group = 0; group < count; group++) {
            int at = (int) (hashes[group] >>> 32) & table.length - 1;
            while (table[at] != 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = group + 1;
        }
    }

    /** Finds where the key's types and values lie; false if the record is shorter than the key. */
    private boolean parse(byte[] bytes, int offset, int length) {
        int at = Varint.end(bytes, offset);
        long headerBytes = Varint.get(bytes, offset);
        if (headerBytes > length) {
            return false;
        }
        int headerEnd = offset + (int) headerBytes;
        typesAt = at;
        valuesAt = headerEnd;
        long end = headerEnd;
        for (int column = 0; column < keyColumns; column++) {
            if (at >= headerEnd) {
                return false;
            }
            int type = bytes[at];
            if (type >= 0) {
                at++;
                end += SerialType.bytes(type);
            } else {
                end += SerialType.bytes(Varint.get(bytes, at));
                at = Varint.end(bytes, at);
            }
        }
        typesEnd = at;
        valuesEnd = (int) end;
        return true;
    }

    private static long hash(byte[] bytes, int from, int to, long seed) {
        long hash = seed;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ BigEndian.s64(bytes, at)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        long rest = 1;
        for (; at < to; at++) {
            rest = rest << 8 | bytes[at] & 0xff;
        }
        hash = (hash ^ rest) * MULTIPLIER;
        return hash ^ hash >>> 29;
    }
}
