package dev.verso.vm.value;

import dev.verso.record.RecordView;
import dev.verso.record.TextEncoding;

/**
 * One mutable SQL value: a register, a bound parameter, a function's argument or result. A text or blob is a slice of some array:
 * a page that is immutable, this value's own buffer, or an array that the setter's caller promises not to change. Text keeps its
 * bytes in one encoding (the database's) and a {@code String} only when someone asked for or supplied one. Setting one kind forgets the
 * others. Setting never allocates, except to grow the own buffer.
 */
public final class Value {
    public Value() {}

    // The fields are read directly by instructions in dev.verso.vm through the accessors below, which HotSpot inlines.

    public StorageClass storageClass() {
        throw new UnsupportedOperationException();
    }

    public boolean isNull() {
        throw new UnsupportedOperationException();
    }

    public void setNull() {
        throw new UnsupportedOperationException();
    }

    public void setInteger(long value) {
        throw new UnsupportedOperationException();
    }

    /** Sets a real; NaN becomes NULL. */
    public void setReal(double value) {
        throw new UnsupportedOperationException();
    }

    /** Sets a text whose bytes nobody will change. */
    public void setText(byte[] bytes, int offset, int length, TextEncoding encoding) {
        throw new UnsupportedOperationException();
    }

    public void setText(String text) {
        throw new UnsupportedOperationException();
    }

    /** Sets a blob whose bytes nobody will change. */
    public void setBlob(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** A blob of zeros that is not stored until someone asks for its bytes. */
    public void setZeroBlob(int length) {
        throw new UnsupportedOperationException();
    }

    /** Copies a text or blob into the own buffer, so that it survives changes of the source. */
    public void own() {
        throw new UnsupportedOperationException();
    }

    /** Becomes equal to the other; text and blob bytes are shared, see {@link #own}. */
    public void setShared(Value other) {
        throw new UnsupportedOperationException();
    }

    /** Becomes equal to the other and independent of it. */
    public void setCopy(Value other) {
        throw new UnsupportedOperationException();
    }

    /** Loads a column of a record; bytes are shared with the record unless it is volatile, then copied. */
    public void setColumn(RecordView record, int column, TextEncoding encoding) {
        throw new UnsupportedOperationException();
    }

    /** The integer, for storage class INTEGER only. */
    public long integer() {
        throw new UnsupportedOperationException();
    }

    /** The real, for storage class REAL only. */
    public double real() {
        throw new UnsupportedOperationException();
    }

    /** The array of a text (in {@code encoding}) or blob; {@link #offset} and {@link #length} say where. Converts a String set before. */
    public byte[] bytes(TextEncoding encoding) {
        throw new UnsupportedOperationException();
    }

    public int offset() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of a text or blob. */
    public int length() {
        throw new UnsupportedOperationException();
    }

    /** Subtype of the value (sqlite3_value_subtype): 74 marks JSON, 0 nothing. */
    public int subtype() {
        throw new UnsupportedOperationException();
    }

    public void subtype(int subtype) {
        throw new UnsupportedOperationException();
    }

    // ---- conversions that leave the value as it is (sqlite3_value_*): what functions and JDBC getters read

    /** As an integer, by SQLite's rules: prefix of a text, truncated real, 0 for NULL. */
    public long asLong() {
        throw new UnsupportedOperationException();
    }

    public double asDouble() {
        throw new UnsupportedOperationException();
    }

    /** As text; null for NULL. Cached. */
    public String asString() {
        throw new UnsupportedOperationException();
    }

    /** As bytes: a new array, text in UTF-8; null for NULL. */
    public byte[] asBytes() {
        throw new UnsupportedOperationException();
    }

    // ---- conversions in place

    /** Applies a column's affinity, as on storing (datatype3 §3). */
    public void applyAffinity(Affinity affinity, TextEncoding encoding) {
        throw new UnsupportedOperationException();
    }

    /** CAST to that affinity. */
    public void cast(Affinity affinity, TextEncoding encoding) {
        throw new UnsupportedOperationException();
    }
}
