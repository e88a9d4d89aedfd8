package dev.verso.record;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;

/** Serial types (file format §2.1): what a record's header says about each value, and how numbers are decoded. */
public final class SerialType {
    public static final int NULL = 0;
    public static final int REAL = 7;
    public static final int ZERO = 8;
    public static final int ONE = 9;
    /** The shortest blob; larger even types are longer blobs. */
    public static final int BLOB = 12;
    /** The shortest text; larger odd types are longer texts. */
    public static final int TEXT = 13;

    private static final byte[] BYTES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

    /** Bytes of values whose type is one byte. */
    private static final byte[] BYTES_OF_SHORT = new byte[128];

    static {
        for (int type = 0; type < BYTES_OF_SHORT.length; type++) {
            BYTES_OF_SHORT[type] = (byte) bytes(type);
        }
    }

    private SerialType() {}

    /** Like {@link #bytes} for types 0 to 127. */
    static int bytesOfShort(int type) {
        return BYTES_OF_SHORT[type];
    }

    /** Bytes of a value of this type in the record's body. */
    public static long bytes(long type) {
        return type < BLOB ? BYTES[(int) type] : type - BLOB >>> 1;
    }

    /** True for NULL; the reserved types 10 and 11 read as NULL too. */
    public static boolean isNull(long type) {
        return type == NULL || type == 10 || type == 11;
    }

    public static boolean isInteger(long type) {
        return type >= 1 && type <= 9 && type != REAL;
    }

    public static boolean isText(long type) {
        return type >= TEXT && (type & 1) != 0;
    }

    public static boolean isBlob(long type) {
        return type >= BLOB && (type & 1) == 0;
    }

    /** The smallest integer type that holds the value, the constants 0 and 1 left aside. */
    static int ofInteger(long value) {
        long magnitude = value ^ value >> 63;
        if (magnitude <= 0x7f) {
            return 1;
        }
        if (magnitude <= 0x7fff) {
            return 2;
        }
        if (magnitude <= 0x7fffff) {
            return 3;
        }
        if (magnitude <= 0x7fffffffL) {
            return 4;
        }
        return magnitude <= 0x7fffffffffffL ? 5 : 6;
    }

    /** Decodes an integer; 0 for types that are none. */
    static long integer(byte[] bytes, int offset, int type) {
        switch (type) {
            case 1:
                return bytes[offset];
            case 2:
                return (short) BigEndian.u16(bytes, offset);
            case 3:
                return bytes[offset] << 16 | BigEndian.u16(bytes, offset + 1);
            case 4:
                return BigEndian.s32(bytes, offset);
            case 5:
                return (long) (short) BigEndian.u16(bytes, offset) << 32 | BigEndian.u32(bytes, offset + 2);
            case 6:
                return BigEndian.s64(bytes, offset);
            case ONE:
                return 1;
            default:
                return 0;
        }
    }

    static double real(byte[] bytes, int offset) {
        return Double.longBitsToDouble(BigEndian.s64(bytes, offset));
    }

    static DatabaseException corrupt(String reason) {
        return new DatabaseException(
                ResultCode.CORRUPT, ResultCode.CORRUPT.text() + " (malformed record: " + reason + ")");
    }
}
