package dev.verso.record;

import dev.verso.pager.BigEndian;

/**
 * A serialized key record prepared for many comparisons: its header is parsed once. Holds copies of nothing: the bytes must stay as
 * they are while the key is in use.
 *
 * <p>Order of values: NULL, numbers, texts, blobs. Entries are read straight from their bytes; no value is materialised.
 */
public final class SearchKey {
    private static final byte NULL = 0;
    private static final byte INTEGER = 1;
    private static final byte REAL = 2;
    private static final byte TEXT = 3;
    private static final byte BLOB = 4;
    /** Serial type of an integer of eight bytes. */
    private static final byte EIGHT_BYTES = 6;

    private static final int INTEGER_RECORD_BYTES = 2 + Long.BYTES;

    private final RecordView view = new RecordView();
    private KeyInfo info;
    /** Null for one integer without a record. */
    private byte[] bytes;

    private int offset;
    private int length;
    private int columns;
    private int equalResult;

    /** INTEGER or TEXT if the first column can be compared the short way, else 0. */
    private byte firstKind;

    /** What an entry that sorts before in ascending order answers. */
    private int lessResult;

    private long firstInteger;
    private boolean hasPrefix;
    /** The first 8 bytes of a text. */
    private long firstPrefix;

    private byte[] kinds = new byte[8];
    private long[] integers = new long[8];
    private double[] reals = new double[8];
    private int[] offsets = new int[8];
    private int[] lengths = new int[8];

    public SearchKey() {}

    /**
     * @param columns how many leading columns of the key to compare
     * @param equalResult what {@link #compareEntry} answers when all of those are equal: 0, or -1 or +1 to land before or after all
     *     entries with that prefix
     */
    public SearchKey wrap(KeyInfo info, byte[] bytes, int offset, int length, int columns, int equalResult) {
        this.info = info;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.equalResult = equalResult;
        if (kinds.length < columns) {
            int size = Math.max(columns, kinds.length * 2);
            kinds = new byte[size];
            integers = new long[size];
            reals = new double[size];
            offsets = new int[size];
            lengths = new int[size];
        }
        view.wrap(bytes, offset, length);
        int count = 0;
        while (count < columns && view.hasColumn(count)) {
            long type = view.serialType(count);
            offsets[count] = view.offset(count);
            lengths[count] = view.length(count);
            if (type >= SerialType.BLOB) {
                kinds[count] = (type & 1) == 0 ? BLOB : TEXT;
            } else if (type == SerialType.REAL) {
                double real = view.real(count);
                reals[count] = real;
                kinds[count] = Double.isNaN(real) ? NULL : REAL;
            } else if (SerialType.isNull(type)) {
                kinds[count] = NULL;
            } else {
                kinds[count] = INTEGER;
                integers[count] = view.integer(count);
            }
            count++;
        }
        this.columns = count;
        prepareFirst();
        return this;
    }

    /** Like {@link #wrap} for a record of one integer. */
    public SearchKey wrapInteger(KeyInfo info, long value, int equalResult) {
        this.info = info;
        this.equalResult = equalResult;
        bytes = null;
        columns = 1;
        kinds[0] = INTEGER;
        integers[0] = value;
        prepareFirst();
        return this;
    }

    /** Sets up the short way for the first column: an integer, or a text in binary order. */
    private void prepareFirst() {
        firstKind = 0;
        if (columns == 0) {
            return;
        }
        lessResult = info.descending()[0] ? 1 : -1;
        if (kinds[0] == INTEGER) {
            firstKind = INTEGER;
            firstInteger = integers[0];
        } else if (kinds[0] == TEXT && (info.collations()[0] == null || info.collations()[0] == Collations.BINARY)) {
            firstKind = TEXT;
            hasPrefix = lengths[0] >= Long.BYTES;
            if (hasPrefix) {
                firstPrefix = BigEndian.s64(bytes, offsets[0]);
            }
        }
    }

    /** Bytes of the key as a record: what {@link #copyRecord} needs. */
    public int recordBytes() {
        return bytes == null ? INTEGER_RECORD_BYTES : length;
    }

    /** Copies the key as a record. */
    public void copyRecord(byte[] into) {
        if (bytes == null) {
            into[0] = 2;
            into[1] = EIGHT_BYTES;
            BigEndian.put64(into, 2, firstInteger);
        } else {
            System.arraycopy(bytes, offset, into, 0, length);
        }
    }

    /** How many columns are compared. */
    public int columns() {
        return columns;
    }

    /** Negative if the entry sorts before this key, positive if after, else the {@code equalResult} (0 for plain equality). */
    public int compareEntry(RecordView entry) {
        byte[] array = entry.recordArray();
        return compareEntry(array, entry.recordOffset(), entry.recordBytes());
    }

    /** Like {@link #compareEntry(RecordView)} for a record that lies whole in an array. */
    public int compareEntry(byte[] entry, int offset, int length) {
        // Nearly all entries have a header of one-byte varints, and nearly all comparisons end at the first column.
        if (firstKind == 0 || length < 2) {
            return compareAll(entry, offset, length);
        }
        int headerBytes = entry[offset];
        int type = entry[offset + 1];
        if (headerBytes < 2 || type < 0) {
            return compareAll(entry, offset, length);
        }
        int valueAt = offset + headerBytes;
        int valueBytes = SerialType.bytesOfShort(type);
        if (valueAt + valueBytes > offset + length) {
            return compareAll(entry, offset, length);
        }
        if (firstKind == INTEGER) {
            if (type == SerialType.NULL || type == SerialType.REAL || type > SerialType.ONE) {
                return compareAll(entry, offset, length);
            }
            long value = SerialType.integer(entry, valueAt, type);
            if (value != firstInteger) {
                return value < firstInteger ? lessResult : -lessResult;
            }
        } else {
            if (type < SerialType.TEXT || (type & 1) == 0) {
                return compareAll(entry, offset, length);
            }
            if (hasPrefix && valueBytes >= Long.BYTES) {
                long prefix = BigEndian.s64(entry, valueAt);
                if (prefix != firstPrefix) {
                    return Long.compareUnsigned(prefix, firstPrefix) < 0 ? lessResult : -lessResult;
                }
            }
            int result = Collations.compareBytes(entry, valueAt, valueBytes, bytes, offsets[0], lengths[0]);
            if (result != 0) {
                return result < 0 ? lessResult : -lessResult;
            }
        }
        if (columns == 1) {
            return equalResult;
        }
        return compareFrom(1, entry, offset + 2, offset + headerBytes, valueAt + valueBytes, offset + length);
    }

    private int compareAll(byte[] entry, int offset, int length) {
        if (length < 1) {
            throw SerialType.corrupt("no header");
        }
        int headerAt = offset + 1;
        long headerBytes = entry[offset];
        if (headerBytes < 0) {
            headerAt = Varint.endChecked(entry, offset, offset + length);
            if (headerAt < 0) {
                throw SerialType.corrupt("no header");
            }
            headerBytes = Varint.get(entry, offset);
        }
        if (headerBytes < headerAt - offset || headerBytes > length) {
            throw SerialType.corrupt("header of " + headerBytes + " bytes in a record of " + length);
        }
        int headerEnd = offset + (int) headerBytes;
        return compareFrom(0, entry, headerAt, headerEnd, headerEnd, offset + length);
    }

    /** Compares from a column on, whose serial type is at {@code firstHeaderAt} and whose value at {@code firstValueAt}. */
    private int compareFrom(int first, byte[] entry, int firstHeaderAt, int headerEnd, int firstValueAt, int end) {
        int headerAt = firstHeaderAt;
        int valueAt = firstValueAt;
        for (int column = first; column < columns; column++) {
            if (headerAt >= headerEnd) {
                return equalResult;
            }
            long type = entry[headerAt];
            if (type >= 0) {
                headerAt++;
            } else {
                int typeAt = headerAt;
                headerAt = Varint.endChecked(entry, typeAt, headerEnd);
                type = headerAt < 0 ? -1 : Varint.get(entry, typeAt);
                if (type < 0) {
                    throw SerialType.corrupt("serial type of column " + column);
                }
            }
            long valueBytes = SerialType.bytes(type);
            if (valueBytes > end - valueAt) {
                throw SerialType.corrupt("column " + column + " runs past the record's end");
            }
            int result = compareColumn(column, entry, valueAt, (int) valueBytes, type);
            if (result != 0) {
                return ordered(column, result, type);
            }
            valueAt += (int) valueBytes;
        }
        return equalResult;
    }

    /** The entry's value against the key's, as if the column were ascending. */
    private int compareColumn(int column, byte[] entry, int valueAt, int valueBytes, long type) {
        switch (kinds[column]) {
            case INTEGER: {
                if (type >= 10) {
                    return type < SerialType.BLOB ? -1 : 1;
                }
                if (type == SerialType.REAL) {
                    double real = SerialType.real(entry, valueAt);
                    return Double.isNaN(real) ? -1 : -NumberOrder.compare(integers[column], real);
                }
                if (type == SerialType.NULL) {
                    return -1;
                }
                return Long.compare(SerialType.integer(entry, valueAt, (int) type), integers[column]);
            }
            case TEXT: {
                if ((type & 1) == 0 || type < SerialType.TEXT) {
                    return type < SerialType.BLOB ? -1 : 1;
                }
                Collation collation = column < info.collations().length ? info.collations()[column] : null;
                if (collation == null || collation == Collations.BINARY) {
                    return Collations.compareBytes(entry, valueAt, valueBytes, bytes, offsets[column], lengths[column]);
                }
                return collation.compare(entry, valueAt, valueBytes, bytes, offsets[column], lengths[column]);
            }
            case REAL: {
                if (type >= 10) {
                    return type < SerialType.BLOB ? -1 : 1;
                }
                if (type == SerialType.REAL) {
                    double real = SerialType.real(entry, valueAt);
                    return Double.isNaN(real) ? -1 : NumberOrder.compare(real, reals[column]);
                }
                if (type == SerialType.NULL) {
                    return -1;
                }
                return NumberOrder.compare(SerialType.integer(entry, valueAt, (int) type), reals[column]);
            }
            case BLOB: {
                if ((type & 1) != 0 || type < SerialType.BLOB) {
                    return -1;
                }
                return Collations.compareBytes(entry, valueAt, valueBytes, bytes, offsets[column], lengths[column]);
            }
            default:
                return SerialType.isNull(type) || isNan(entry, valueAt, type) ? 0 : 1;
        }
    }

    private int ordered(int column, int result, long type) {
        boolean[] descending = info.descending();
        if (column >= descending.length) {
            return result;
        }
        boolean flip = descending[column];
        if (info.nullsLast()[column] && (kinds[column] == NULL || SerialType.isNull(type))) {
            flip = !flip;
        }
        return flip ? -result : result;
    }

    private static boolean isNan(byte[] entry, int valueAt, long type) {
        return type == SerialType.REAL && Double.isNaN(SerialType.real(entry, valueAt));
    }
}
