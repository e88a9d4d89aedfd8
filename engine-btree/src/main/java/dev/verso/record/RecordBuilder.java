package dev.verso.record;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import java.util.Arrays;

/**
 * Serializes a record into a buffer that it keeps and reuses: {@link #begin}, one {@code add} for each column, {@link #finish}.
 *
 * <p>Values go straight to where they will stay if the header gets as long as the last record's was; otherwise {@link #finish} moves
 * them once.
 */
public final class RecordBuilder {
    /** SQLite's default limit of the length of a row. */
    private static final int MAX_BYTES = 1_000_000_000;

    /** One more serial type and the header's size. */
    private static final int HEADER_SLACK = 2 * Varint.MAX_BYTES;

    private byte[] buffer = new byte[256];
    private byte[] types = new byte[64];
    private int typesEnd;
    /** Where values of the current record begin in the buffer: the expected size of the header. */
    private int bodyStart = 2;

    private int bodyEnd;
    private boolean hasConstants = true;

    public RecordBuilder() {}

    /** Whether 0 and 1 may be written without a body (serial types 8 and 9): schema format 4. The default is true. */
    public RecordBuilder constants(boolean allowed) {
        hasConstants = allowed;
        return this;
    }

    public RecordBuilder begin() {
        typesEnd = 0;
        bodyEnd = bodyStart;
        return this;
    }

    public void addNull() {
        addType(SerialType.NULL);
    }

    public void addInteger(long value) {
        if ((value & ~1L) == 0 && hasConstants) {
            addType(SerialType.ZERO + (int) value);
            return;
        }
        int type = SerialType.ofInteger(value);
        addType(type);
        reserve(8);
        int at = bodyEnd;
        switch (type) {
            case 1 -> {
                buffer[at] = (byte) value;
                bodyEnd = at + 1;
            }
            case 2 -> {
                BigEndian.putU16(buffer, at, (int) value);
                bodyEnd = at + 2;
            }
            case 3 -> {
                buffer[at] = (byte) (value >> 16);
                BigEndian.putU16(buffer, at + 1, (int) value);
                bodyEnd = at + 3;
            }
            case 4 -> {
                BigEndian.put32(buffer, at, (int) value);
                bodyEnd = at + 4;
            }
            case 5 -> {
                BigEndian.putU16(buffer, at, (int) (value >> 32));
                BigEndian.put32(buffer, at + 2, (int) value);
                bodyEnd = at + 6;
            }
            default -> {
                BigEndian.put64(buffer, at, value);
                bodyEnd = at + 8;
            }
        }
    }

    /** Adds a real with serial type 7; callers that store REAL columns in integer form decide that themselves. */
    public void addReal(double value) {
        addType(SerialType.REAL);
        reserve(8);
        BigEndian.put64(buffer, bodyEnd, Double.doubleToRawLongBits(value));
        bodyEnd += 8;
    }

    /** Adds a text, given in the database's encoding. */
    public void addText(byte[] bytes, int offset, int length) {
        addType(length * 2L + SerialType.TEXT);
        addBytes(bytes, offset, length);
    }

    public void addBlob(byte[] bytes, int offset, int length) {
        addType(length * 2L + SerialType.BLOB);
        addBytes(bytes, offset, length);
    }

    public void addZeroBlob(int length) {
        addType(length * 2L + SerialType.BLOB);
        reserve(length);
        Arrays.fill(buffer, bodyEnd, bodyEnd + length, (byte) 0);
        bodyEnd += length;
    }

    /**
     * Adds a blob of zeros as last column without storing it: the bytes follow the record where it is written, see the
     * {@code zeroTail} of a table cursor's insert.
     */
    public void addZeroTail(int length) {
        addType(length * 2L + SerialType.BLOB);
    }

    /** Adds a column of another record as it is. */
    public void addColumn(RecordView record, int column) {
        long type = record.serialType(column);
        addType(type);
        int length = record.length(column);
        if (length > 0) {
            byte[] bytes = record.bytes(column);
            addBytes(bytes, record.offset(column), length);
        }
    }

    /**
     * Completes the record; {@link #bytes}, from 0 to the returned length, holds it until the next {@link #begin}. The array is the one
     * that {@link #bytes} gave since the last {@code add}.
     */
    public int finish() {
        int headerBytes = typesEnd + 1;
        if (headerBytes > 0x7f) {
            headerBytes = typesEnd + Varint.length(typesEnd + 2L);
            if (Varint.length(headerBytes) > headerBytes - typesEnd) {
                headerBytes++;
            }
        }
        int shift = headerBytes - bodyStart;
        if (shift != 0) {
            System.arraycopy(buffer, bodyStart, buffer, headerBytes, bodyEnd - bodyStart);
            bodyEnd += shift;
            bodyStart = headerBytes;
        }
        int at = Varint.put(buffer, 0, headerBytes);
        if (typesEnd <= 8) {
            for (int i = 0; i < typesEnd; i++) {
                buffer[at + i] = types[i];
            }
        } else {
            System.arraycopy(types, 0, buffer, at, typesEnd);
        }
        return bodyEnd;
    }

    public byte[] bytes() {
        return buffer;
    }

    private void addType(long type) {
        reserve(0);
        if (typesEnd + Varint.MAX_BYTES > types.length) {
            types = Arrays.copyOf(types, types.length * 2);
        }
        if (type <= 0x7f) {
            types[typesEnd++] = (byte) type;
        } else {
            typesEnd = Varint.put(types, typesEnd, type);
        }
    }

    private void addBytes(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, bodyEnd, length);
        bodyEnd += length;
    }

    /** Makes room for a value, and for the header to get longer than expected: {@link #finish} keeps the array. */
    private void reserve(int more) {
        if (more > buffer.length - bodyEnd - typesEnd - HEADER_SLACK) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) bodyEnd + typesEnd + HEADER_SLACK + more;
        if (needed > MAX_BYTES + 65_536) {
            throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
        }
        buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(buffer.length * 2L, MAX_BYTES)));
    }
}
