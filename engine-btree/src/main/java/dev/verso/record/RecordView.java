package dev.verso.record;

import java.util.Arrays;

/**
 * One serialized record, read in place and parsed lazily from the left. Mutable view: never store it. Column indexes are 0-based;
 * columns past the end of the record do not exist ({@link #columnCount}): the caller supplies their default.
 *
 * <p>The view may be laid over the local part of a longer record; the rest is fetched from a {@link PayloadSource} when something asked for
 * reaches past that part.
 */
public final class RecordView {
    private byte[] bytes;
    private int base;
    /** Bytes of the record that lie in {@link #bytes}; less than {@link #recordBytes} if the rest is in overflow pages. */
    private int presentBytes;

    private int recordBytes;
    private PayloadSource source;
    private boolean isVolatile;

    /** Size of the record's header; 0 until it is read. */
    private int headerBytes;
    /** Where the next serial type is, from the record's start. */
    private int headerAt;

    private int parsedColumns;
    /** Column up to which the first look at the header parses, because someone expects to want it. */
    private int expectedColumn;

    private long[] types = new long[16];
    /** Where each column's value begins, from the record's start; one element more than columns: the end of the last. */
    private int[] starts = new int[17];

    public RecordView() {}

    /** Moves the view to a record that lies whole in memory. */
    public RecordView wrap(byte[] bytes, int offset, int length) {
        return wrap(bytes, offset, length, length, null, false);
    }

    /**
     * Moves the view to a record of {@code recordBytes} of which the first {@code presentBytes} lie in {@code bytes}.
     *
     * @param source gives the whole record if some of it is elsewhere
     * @param isVolatile see {@link #isVolatile}
     */
    public RecordView wrap(
            byte[] bytes, int offset, int presentBytes, int recordBytes, PayloadSource source, boolean isVolatile) {
        // A reference is stored only where it changes, which is once a page: collectors charge for every store.
        if (this.bytes != bytes) {
            this.bytes = bytes;
        }
        if (this.source != source) {
            this.source = source;
        }
        this.base = offset;
        this.presentBytes = presentBytes;
        this.recordBytes = recordBytes;
        this.isVolatile = isVolatile;
        headerBytes = 0;
        parsedColumns = 0;
        return this;
    }

    /** Columns up to this one will probably be asked for: the header is then parsed in one go. Stays for the records to come. */
    public void expect(int column) {
        expectedColumn = column;
    }

    // ---- without checks, for a record that lies whole in memory and a column that hasColumn has found

    /**
     * Finds a column and has its value in memory, so that the methods without checks may be asked for it.
     *
     * @return its serial type; -1 if the record is too short to have it
     */
    public long find(int column) {
        if (column >= parsedColumns && !parseThrough(column)) {
            return -1;
        }
        if (starts[column + 1] > presentBytes) {
            loadWhole();
        }
        return types[column];
    }

    /** {@link #serialType} of a column that was found. */
    public long foundType(int column) {
        return types[column];
    }

    /** {@link #integer} of a column that was found. */
    public long foundInteger(int column) {
        return SerialType.integer(bytes, base + starts[column], (int) types[column]);
    }

    /** {@link #real} of a column that was found. */
    public double foundReal(int column) {
        return SerialType.real(bytes, base + starts[column]);
    }

    /** {@link #bytes} of a column that was found. */
    public byte[] foundBytes() {
        return bytes;
    }

    /** {@link #offset} of a column that was found. */
    public int foundOffset(int column) {
        return base + starts[column];
    }

    /** {@link #length} of a column that was found. */
    public int foundLength(int column) {
        return starts[column + 1] - starts[column];
    }

    // ---- with all checks

    /** Number of columns in the record; parses the whole header. */
    public int columnCount() {
        parseThrough(Integer.MAX_VALUE);
        return parsedColumns;
    }

    /** True if the record has this column; parses the header only as far as needed. */
    public boolean hasColumn(int column) {
        return column < parsedColumns || parseThrough(column);
    }

    /** The serial type (file format §2.1): 0 NULL, 1 to 6 integers, 7 real, 8 and 9 the constants 0 and 1, 12 and more blob or text. */
    public long serialType(int column) {
        require(column);
        return types[column];
    }

    /** Bytes of the column's value. */
    public int length(int column) {
        require(column);
        return starts[column + 1] - starts[column];
    }

    /** The array in which the column's value lies (loads overflow pages if it does not lie on the leaf). */
    public byte[] bytes(int column) {
        require(column);
        if (starts[column + 1] > presentBytes) {
            loadWhole();
        }
        return bytes;
    }

    /** Where in {@link #bytes} the column's value begins (loads overflow pages likewise). */
    public int offset(int column) {
        require(column);
        if (starts[column + 1] > presentBytes) {
            loadWhole();
        }
        return base + starts[column];
    }

    /** The value of an integer column (serial types 1 to 6, 8, 9). */
    public long integer(int column) {
        require(column);
        if (starts[column + 1] > presentBytes) {
            loadWhole();
        }
        return SerialType.integer(bytes, base + starts[column], (int) types[column]);
    }

    /** The value of a real column (serial type 7). */
    public double real(int column) {
        require(column);
        if (starts[column + 1] > presentBytes) {
            loadWhole();
        }
        return SerialType.real(bytes, base + starts[column]);
    }

    /** True if bytes of this record may change under the reader (a writer's private page): copy what outlives the next edit. */
    public boolean isVolatile() {
        return isVolatile;
    }

    /** Bytes of the whole record. */
    public int recordBytes() {
        return recordBytes;
    }

    /** The array that holds the whole record from {@link #recordOffset} (loads overflow pages if there are any). */
    public byte[] recordArray() {
        if (presentBytes < recordBytes) {
            loadWhole();
        }
        return bytes;
    }

    /** Where in {@link #recordArray}, called before, the record begins. */
    public int recordOffset() {
        return base;
    }

    private void require(int column) {
        if (column >= parsedColumns && !parseThrough(column)) {
            throw new IndexOutOfBoundsException("column " + column + " of a record of " + parsedColumns);
        }
    }

    /** Parses the header up to this column; false if the record is shorter. */
    private boolean parseThrough(int wanted) {
        if (headerBytes == 0) {
            readHeaderSize();
        }
        int column = Math.max(wanted, expectedColumn);
        while (true) {
            parseShortTypes(column);
            if (parsedColumns > column || headerAt >= headerBytes) {
                return wanted < parsedColumns;
            }
            parseLongType();
        }
    }

    /** Parses types of one byte: up to this column, to the first longer one, to the header's end, or as many as there is room for. */
    private void parseShortTypes(int column) {
        byte[] array = bytes;
        int at = base + headerAt;
        int count = parsedColumns;
        int start = starts[count];
        int most = Math.min(headerBytes - headerAt, types.length - count);
        if (column - count < most) {
            most = column - count + 1;
        }
        int i = 0;
        for (; i < most; i++) {
            int type = array[at + i];
            if (type < 0) {
                break;
            }
            types[count + i] = type;
            start += SerialType.bytesOfShort(type);
            starts[count + i + 1] = start;
        }
        if (start > recordBytes) {
            throw SerialType.corrupt("a column runs past the record's end at " + recordBytes);
        }
        headerAt += i;
        parsedColumns = count + i;
    }

    /** Parses a type of any length, and makes room for more columns. */
    private void parseLongType() {
        int count = parsedColumns;
        int at = base + headerAt;
        int end = Varint.endChecked(bytes, at, base + headerBytes);
        long type = end < 0 ? -1 : Varint.get(bytes, at);
        if (type < 0) {
            throw SerialType.corrupt("serial type of column " + count);
        }
        long valueBytes = SerialType.bytes(type);
        if (valueBytes > recordBytes - starts[count]) {
            throw SerialType.corrupt(
                    "column " + count + " of " + valueBytes + " bytes runs past the record's end at " + recordBytes);
        }
        if (count == types.length) {
            types = Arrays.copyOf(types, count * 2);
            starts = Arrays.copyOf(starts, count * 2 + 1);
        }
        types[count] = type;
        starts[count + 1] = starts[count] + (int) valueBytes;
        headerAt = end - base;
        parsedColumns = count + 1;
    }

    private void readHeaderSize() {
        if (presentBytes == 0) {
            throw SerialType.corrupt("no header");
        }
        long size = bytes[base];
        int end = 1;
        if (size < 0) {
            end = Varint.endChecked(bytes, base, base + presentBytes) - base;
            if (end < 0) {
                throw SerialType.corrupt("no header");
            }
            size = Varint.get(bytes, base);
        }
        if (size < end || size > recordBytes) {
            throw SerialType.corrupt("header of " + size + " bytes in a record of " + recordBytes);
        }
        if (size > presentBytes) {
            loadWhole();
        }
        headerBytes = (int) size;
        headerAt = end;
        starts[0] = headerBytes;
    }

    private void loadWhole() {
        bytes = source.wholePayload();
        base = 0;
        presentBytes = recordBytes;
        isVolatile = true;
    }
}
