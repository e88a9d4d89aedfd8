package dev.verso.vm.value;

import dev.verso.record.RecordView;
import dev.verso.record.TextEncoding;

/**
 * One mutable SQL value: a register, a bound parameter, a function's argument or result. A text or blob is a slice of some array:
 * a page that is immutable, this value's own buffer, or an array that the setter's caller promises not to change. Text keeps its
 * bytes in one encoding (the database's) and a {@code String} only when someone asked for or supplied one. Setting one kind forgets the
 * others. Setting never allocates, except to grow the own buffer.
 *
 * <p>A value of storage class REAL may carry a mark that it came from a REAL column and is a whole number ({@link #isWholeReal}): the
 * record format stores such a one as an integer. Longer than 500 lines because accessors of one hot class belong together.
 */
public final class Value {
    static final int NULL = 0;
    static final int INTEGER = 1;
    static final int REAL = 2;
    static final int TEXT = 3;
    static final int BLOB = 4;

    private static final byte[] NO_BYTES = new byte[0];
    private static final StorageClass[] CLASSES = StorageClass.values();
    private static final int LARGEST_KEPT_BUFFER = 1 << 16;
    private static final long WHOLE_REAL_LIMIT = 1L << 47;

    int kind;
    private long integer;
    private double real;
    private byte[] bytes = NO_BYTES; // null: a text that is only a String, or a blob of zeros that is only a length
    private int offset;
    private int length;
    private TextEncoding encoding = TextEncoding.UTF8;
    private String string;
    private byte[] own = NO_BYTES;
    private int subtype;
    private boolean mark; // of a NULL: cleared, never equal to another NULL; of a REAL: whole
    private boolean loose; // the bytes lie in some value's own buffer and may change with that value

    /** A NULL. */
    public Value() {}

    public StorageClass storageClass() {
        return CLASSES[kind];
    }

    public boolean isNull() {
        return kind == NULL;
    }

    public boolean isInteger() {
        return kind == INTEGER;
    }

    public boolean isReal() {
        return kind == REAL;
    }

    public boolean isText() {
        return kind == TEXT;
    }

    public boolean isBlob() {
        return kind == BLOB;
    }

    /** True for INTEGER and REAL. */
    public boolean isNumber() {
        return kind == INTEGER || kind == REAL;
    }

    /** True for the NULL that is not even equal to another NULL in comparisons with {@code NULLEQ}. */
    public boolean isClearedNull() {
        return kind == NULL && mark;
    }

    /** True for a REAL that a record stores as an integer. */
    public boolean isWholeReal() {
        return kind == REAL && mark;
    }

    // ---- setting

    /** Makes this real one that {@link #isWholeReal}. */
    public void wholeReal() {
        mark = kind == REAL;
    }

    public void setNull() {
        kind = NULL;
        mark = false;
        subtype = 0;
    }

    /** Sets the NULL of {@link #isClearedNull}. */
    public void setClearedNull() {
        kind = NULL;
        mark = true;
        subtype = 0;
    }

    public void setInteger(long value) {
        kind = INTEGER;
        integer = value;
        subtype = 0;
    }

    /** Sets a real; NaN becomes NULL. */
    public void setReal(double value) {
        if (value != value) {
            setNull();
            return;
        }
        kind = REAL;
        real = value;
        mark = false;
        subtype = 0;
    }

    /** Sets a text whose bytes nobody will change. */
    public void setText(byte[] source, int start, int byteCount, TextEncoding textEncoding) {
        kind = TEXT;
        bytes = source;
        offset = start;
        length = byteCount;
        encoding = textEncoding;
        string = null;
        subtype = 0;
        loose = source == own;
    }

    public void setText(String text) {
        kind = TEXT;
        bytes = null;
        loose = false;
        offset = 0;
        length = 0;
        string = text;
        subtype = 0;
    }

    /** Sets a blob whose bytes nobody will change. Whoever takes it for a text reads UTF-8, until {@link #blobEncoding} says otherwise. */
    public void setBlob(byte[] source, int start, int byteCount) {
        kind = BLOB;
        bytes = source;
        offset = start;
        length = byteCount;
        encoding = TextEncoding.UTF8;
        string = null;
        subtype = 0;
        loose = source == own;
    }

    /** Says as which text the bytes of a blob are read: in the encoding of the database. */
    public void blobEncoding(TextEncoding textEncoding) {
        if (kind == BLOB && encoding != textEncoding) {
            encoding = textEncoding;
            string = null;
        }
    }

    /** Sets a blob to a copy, in the own buffer, of bytes that may change later. */
    public void setBlobCopy(byte[] source, int start, int byteCount) {
        byte[] buffer = ownBuffer(byteCount);
        System.arraycopy(source, start, buffer, 0, byteCount);
        setBlob(buffer, 0, byteCount);
    }

    /** Sets a text to a copy, in the own buffer, of bytes that may change later. */
    public void setTextCopy(byte[] source, int start, int byteCount, TextEncoding textEncoding) {
        byte[] buffer = ownBuffer(byteCount);
        System.arraycopy(source, start, buffer, 0, byteCount);
        setText(buffer, 0, byteCount, textEncoding);
    }

    /** A blob of zeros that is not stored until someone asks for its bytes. */
    public void setZeroBlob(int byteCount) {
        kind = BLOB;
        bytes = byteCount == 0 ? NO_BYTES : null;
        loose = false;
        offset = 0;
        length = byteCount;
        encoding = TextEncoding.UTF8;
        string = null;
        subtype = 0;
    }

    /** True if this is a blob of zeros whose bytes are not stored: {@link #length} says how many there are. */
    public boolean isZeroBlob() {
        return kind == BLOB && bytes == null;
    }

    /**
     * The own buffer, with room for that many bytes: fill it, then set a text or blob over it. What it held before is lost, so the
     * value itself must not be read in between.
     */
    public byte[] ownBuffer(int capacity) {
        if (own.length < capacity) {
            own = new byte[Math.max(capacity, Math.min(own.length * 2, 1 << 20))];
        }
        return own;
    }

    /** Becomes NULL and lets go of what it pointed at, and of its own buffer if that is large. */
    public void release() {
        kind = NULL;
        mark = false;
        subtype = 0;
        bytes = NO_BYTES;
        string = null;
        if (own.length > LARGEST_KEPT_BUFFER) {
            own = NO_BYTES;
        }
    }

    /** As {@link #release} if the own buffer is large, else nothing. */
    public void releaseLarge() {
        if (own.length > LARGEST_KEPT_BUFFER) {
            release();
        }
    }

    /** Copies a text or blob into the own buffer, so that it survives changes of the source. */
    public void own() {
        if (kind >= TEXT && bytes != null && bytes != own) {
            byte[] source = bytes;
            byte[] buffer = ownBuffer(length);
            System.arraycopy(source, offset, buffer, 0, length);
            bytes = buffer;
            offset = 0;
            loose = true;
        }
    }

    /** Becomes equal to the other; text and blob bytes are shared, see {@link #own}. */
    public void setShared(Value other) {
        kind = other.kind;
        integer = other.integer;
        real = other.real;
        mark = other.mark && kind == NULL; // of a whole real, how a column stores it is not part of the value
        subtype = other.subtype;
        if (kind >= TEXT) {
            bytes = other.bytes;
            offset = other.offset;
            length = other.length;
            encoding = other.encoding;
            string = other.string;
            loose = other.loose;
        }
    }

    /** Becomes equal to the other and independent of it: bytes in a value's own buffer are copied, all others never change. */
    public void setCopy(Value other) {
        if (this == other) {
            return;
        }
        setShared(other);
        if (kind >= TEXT && loose) {
            own();
        }
    }

    /** Exchanges all, own buffers included, so that a value can be handed on without a copy. The other becomes NULL. */
    public void takeFrom(Value other) {
        if (this == other) {
            return;
        }
        byte[] mine = own;
        setShared(other);
        own = other.own;
        other.own = mine;
        other.bytes = NO_BYTES;
        other.string = null;
        other.setNull();
    }

    /**
     * Loads a column of a record; bytes are shared with the record unless it is volatile, then copied.
     *
     * @return false if the record is too short to have the column: the value is as it was
     */
    public boolean setColumn(RecordView record, int column, TextEncoding textEncoding) {
        long type = record.find(column);
        if (type >= 12) {
            setColumnBytes(record, column, (type & 1) == 0 ? BLOB : TEXT, textEncoding);
        } else if (type == 7) {
            setReal(record.foundReal(column));
        } else if (type >= 10 || type == 0) {
            setNull();
        } else if (type < 0) {
            return false;
        } else {
            setInteger(record.foundInteger(column));
        }
        return true;
    }

    private void setColumnBytes(RecordView record, int column, int newKind, TextEncoding textEncoding) {
        int byteCount = record.foundLength(column);
        byte[] source = record.foundBytes();
        int start = record.foundOffset(column);
        if (record.isVolatile()) {
            byte[] buffer = ownBuffer(byteCount);
            System.arraycopy(source, start, buffer, 0, byteCount);
            source = buffer;
            start = 0;
        }
        kind = newKind;
        subtype = 0;
        if (bytes != source) { // as in RecordView#wrap
            bytes = source;
        }
        if (encoding != textEncoding) {
            encoding = textEncoding;
        }
        offset = start;
        length = byteCount;
        if (string != null) {
            string = null;
        }
        loose = source == own;
    }

    /** The String of a text in that encoding; ill-formed bytes decode to U+FFFD. */
    public static String decode(byte[] source, int start, int byteCount, TextEncoding textEncoding) {
        return TextCodec.decode(source, start, byteCount, textEncoding);
    }

    /** True if the bytes of this text or blob lie in some value's own buffer and so may change with that value. */
    public boolean isLoose() {
        return kind >= TEXT && loose;
    }

    // ---- reading as what it is

    /** The integer, for storage class INTEGER only. */
    public long integer() {
        assert kind == INTEGER : "integer() of " + storageClass();
        return integer;
    }

    /** The real, for storage class REAL only. */
    public double real() {
        assert kind == REAL : "real() of " + storageClass();
        return real;
    }

    /** The array of a text (in {@code encoding}) or blob; {@link #offset} and {@link #length} say where. Converts a String set before. */
    public byte[] bytes(TextEncoding wanted) {
        assert kind >= TEXT : "bytes() of " + storageClass();
        if (bytes == null) {
            materialize(wanted);
        } else if (encoding != wanted && kind == TEXT) {
            transcode(wanted);
        }
        return bytes;
    }

    /** Where in {@link #bytes} a text or blob begins; ask for the bytes first. */
    public int offset() {
        return offset;
    }

    /** Bytes of a text or blob. Of a text that was set as a String only after {@link #bytes} was asked for. */
    public int length() {
        assert kind >= TEXT : "length() of " + storageClass();
        if (bytes == null && kind == TEXT) {
            materialize(encoding);
        }
        return length;
    }

    /** True for a text or blob of more bytes (of more characters, for a text whose bytes nobody has asked for). */
    public boolean isLongerThan(int limit) {
        return kind >= TEXT && (bytes == null && string != null ? string.length() : length) > limit;
    }

    /** The encoding of a text's bytes, or that in which a blob's are read as a text. */
    public TextEncoding encoding() {
        return encoding;
    }

    private void materialize(TextEncoding wanted) {
        if (kind == TEXT) {
            byte[] encoded = TextCodec.encode(string, wanted);
            bytes = encoded;
            offset = 0;
            length = encoded.length;
            encoding = wanted;
        } else {
            bytes = new byte[length];
            offset = 0;
        }
        loose = false;
    }

    private void transcode(TextEncoding wanted) {
        byte[] encoded = TextCodec.encode(asString(), wanted);
        bytes = encoded;
        offset = 0;
        length = encoded.length;
        encoding = wanted;
        loose = false;
    }

    /** Subtype of the value (sqlite3_value_subtype): 74 marks JSON, 0 nothing. */
    public int subtype() {
        return subtype;
    }

    public void subtype(int newSubtype) {
        subtype = newSubtype;
    }

    // ---- conversions that leave the value as it is (sqlite3_value_*): what functions and JDBC getters read

    /** As an integer, by SQLite's rules: prefix of a text, truncated real, 0 for NULL. */
    public long asLong() {
        return switch (kind) {
            case INTEGER -> integer;
            case REAL -> Numbers.truncate(real);
            case TEXT, BLOB -> {
                byte[] digits = asciiBytes();
                yield NumericText.integerPrefix(digits, asciiOffset, asciiLength);
            }
            default -> 0;
        };
    }

    /** As a real, by SQLite's rules: prefix of a text, 0.0 for NULL. */
    public double asDouble() {
        return switch (kind) {
            case INTEGER -> (double) integer;
            case REAL -> real;
            case TEXT, BLOB -> {
                byte[] digits = asciiBytes();
                yield NumericText.realPrefix(digits, asciiOffset, asciiLength);
            }
            default -> 0.0;
        };
    }

    /** True if conditions take the value as true: a number, or the number that a text begins with, other than 0. Never for NULL. */
    public boolean isTrue() {
        return switch (kind) {
            case INTEGER -> integer != 0;
            case REAL -> real != 0.0;
            case TEXT, BLOB -> asDouble() != 0.0;
            default -> false;
        };
    }

    /** As text; null for NULL. Cached. */
    public String asString() {
        return switch (kind) {
            case INTEGER -> Long.toString(integer);
            case REAL -> RealText.toText(real);
            case TEXT, BLOB -> {
                if (string == null) {
                    string = bytes == null
                            ? TextCodec.decode(new byte[length], 0, length, encoding)
                            : TextCodec.decode(bytes, offset, length, encoding);
                }
                yield string;
            }
            default -> null;
        };
    }

    /** As bytes: a new array, text in UTF-8; null for NULL. */
    public byte[] asBytes() {
        return switch (kind) {
            case INTEGER, REAL -> TextCodec.encode(asString(), TextEncoding.UTF8);
            case TEXT -> {
                if (bytes == null || encoding != TextEncoding.UTF8) {
                    yield TextCodec.encode(asString(), TextEncoding.UTF8);
                }
                yield java.util.Arrays.copyOfRange(bytes, offset, offset + length);
            }
            case BLOB ->
                bytes == null ? new byte[length] : java.util.Arrays.copyOfRange(bytes, offset, offset + length);
            default -> null;
        };
    }

    private int asciiOffset;
    private int asciiLength;
    private boolean asciiOnly;

    /** The bytes for number parsing, one for each character; sets {@link #asciiOffset} and {@link #asciiLength}. */
    private byte[] asciiBytes() {
        asciiOnly = true;
        if (bytes == null) {
            if (kind == BLOB) {
                asciiOffset = 0;
                asciiLength = 0;
                return NO_BYTES;
            }
            materialize(encoding);
        }
        if (encoding == TextEncoding.UTF8) {
            asciiOffset = offset;
            asciiLength = length;
            return bytes;
        }
        byte[] narrow = TextCodec.narrow(bytes, offset, length, encoding);
        asciiOnly = TextCodec.isNarrow(bytes, offset, length, encoding);
        asciiOffset = 0;
        asciiLength = narrow.length;
        return narrow;
    }

    /** The form of the number in the bytes of {@link #asciiBytes}. A UTF-16 text with a character beyond U+00FF has none, whatever it begins with. */
    private int form(byte[] digits) {
        return asciiOnly ? NumericText.form(digits, asciiOffset, asciiLength) : NumericText.NOT_A_NUMBER;
    }

    // ---- conversions in place

    /** Applies a column's affinity, as on storing (datatype3 §3). */
    public void applyAffinity(Affinity affinity, TextEncoding textEncoding) {
        switch (affinity) {
            case NONE, BLOB -> {}
            case TEXT -> {
                if (kind == INTEGER || kind == REAL) {
                    stringify(textEncoding);
                }
            }
            case NUMERIC, INTEGER, FLEXNUM, REAL -> {
                if (kind == TEXT) {
                    applyNumericAffinity();
                }
                if (kind == REAL && affinity != Affinity.FLEXNUM) {
                    realToWhole();
                }
                if (affinity == Affinity.REAL && kind == INTEGER) {
                    integerToReal();
                }
            }
        }
    }

    /** A text that is a well-formed number as a whole becomes that number; anything else stays. */
    public void applyNumericAffinity() {
        if (kind != TEXT) {
            return;
        }
        byte[] digits = asciiBytes();
        int form = form(digits);
        if (form <= 0) {
            return;
        }
        if (form == NumericText.WHOLE && NumericText.fitsLong(digits, asciiOffset, asciiLength)) {
            setInteger(NumericText.integerPrefix(digits, asciiOffset, asciiLength));
            return;
        }
        double number = NumericText.realPrefix(digits, asciiOffset, asciiLength);
        if (form == NumericText.WHOLE_THEN_NUL && Numbers.isSmallWhole(number)) {
            setInteger((long) number);
        } else {
            setReal(number);
        }
    }

    /** An integer becomes a real; marks it to be stored as an integer where a record would do so. */
    public void integerToReal() {
        if (kind == INTEGER) {
            long whole = integer;
            setReal((double) whole);
            mark = whole >= -WHOLE_REAL_LIMIT && whole < WHOLE_REAL_LIMIT;
        }
    }

    private void realToWhole() {
        long whole = (long) real;
        if ((double) whole == real && whole > Long.MIN_VALUE && whole < Long.MAX_VALUE) {
            setInteger(whole);
        }
    }

    private void stringify(TextEncoding textEncoding) {
        if (kind == INTEGER && textEncoding == TextEncoding.UTF8) {
            byte[] buffer = ownBuffer(20);
            int start = NumericText.writeLong(integer, buffer, 20);
            setText(buffer, start, 20 - start, textEncoding);
        } else {
            String text = asString();
            setText(text);
            materialize(textEncoding);
        }
    }

    /** CAST to that affinity. */
    public void cast(Affinity affinity, TextEncoding textEncoding) {
        if (kind == NULL) {
            return;
        }
        switch (affinity) {
            case NONE, BLOB -> {
                if (kind == INTEGER || kind == REAL) {
                    stringify(textEncoding);
                }
                if (kind == TEXT) {
                    bytes(textEncoding);
                    kind = BLOB;
                }
            }
            case TEXT -> {
                if (kind == BLOB) {
                    if (bytes == null) {
                        materialize(textEncoding);
                    }
                    if (encoding != TextEncoding.UTF8) {
                        length &= ~1;
                    }
                    kind = TEXT;
                    string = null;
                    bytes(textEncoding);
                } else if (kind != TEXT) {
                    stringify(textEncoding);
                }
            }
            case NUMERIC, FLEXNUM -> castNumeric(textEncoding);
            case INTEGER -> {
                if (kind == BLOB) {
                    cast(Affinity.TEXT, textEncoding);
                }
                setInteger(asLong());
            }
            case REAL -> {
                if (kind == BLOB) {
                    cast(Affinity.TEXT, textEncoding);
                }
                setReal(asDouble());
            }
        }
        if (affinity != Affinity.TEXT) {
            subtype = 0;
        }
    }

    /** CAST to NUMERIC: numbers stay, the prefix of a text becomes an integer where it is one, else a real. */
    private void castNumeric(TextEncoding textEncoding) {
        if (kind == BLOB) {
            cast(Affinity.TEXT, textEncoding);
        }
        if (kind != TEXT) {
            return;
        }
        byte[] digits = asciiBytes();
        int form = form(digits);
        boolean whole =
                form == NumericText.NOT_A_NUMBER || form == NumericText.WHOLE || form == NumericText.WHOLE_THEN_NUL;
        if (whole && NumericText.fitsLong(digits, asciiOffset, asciiLength)) {
            setInteger(NumericText.integerPrefix(digits, asciiOffset, asciiLength));
            return;
        }
        double value = NumericText.realPrefix(digits, asciiOffset, asciiLength);
        if (Numbers.isSmallWhole(value)) {
            setInteger((long) value);
        } else {
            setReal(value);
        }
    }

    /**
     * The number that arithmetic takes this value for, stored into {@code into}: numbers as they are, the numeric prefix of a text or
     * blob, 0 if there is none. NULL gives NULL.
     */
    public void toNumber(Value into) {
        switch (kind) {
            case INTEGER -> into.setInteger(integer);
            case REAL -> into.setReal(real);
            case TEXT, BLOB -> {
                byte[] digits = asciiBytes();
                int form = form(digits);
                if ((form == NumericText.NOT_A_NUMBER || form == NumericText.WHOLE)
                        && NumericText.fitsLong(digits, asciiOffset, asciiLength)) {
                    into.setInteger(NumericText.integerPrefix(digits, asciiOffset, asciiLength));
                } else {
                    into.setReal(NumericText.realPrefix(digits, asciiOffset, asciiLength));
                }
            }
            default -> into.setNull();
        }
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NULL -> "NULL";
            case TEXT -> "'" + asString() + "'";
            case BLOB -> "x'" + java.util.HexFormat.of().formatHex(asBytes()) + "'";
            default -> asString();
        };
    }
}
