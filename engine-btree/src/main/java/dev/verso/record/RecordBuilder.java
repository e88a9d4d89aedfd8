package dev.verso.record;

/** Serializes a record into a buffer that it keeps and reuses: {@link #begin}, one {@code add} for each column, {@link #finish}. */
public final class RecordBuilder {
    public RecordBuilder() {}

    public RecordBuilder begin() {
        throw new UnsupportedOperationException();
    }

    public void addNull() {
        throw new UnsupportedOperationException();
    }

    public void addInteger(long value) {
        throw new UnsupportedOperationException();
    }

    /** Adds a real with serial type 7; callers that store REAL columns in integer form decide that themselves. */
    public void addReal(double value) {
        throw new UnsupportedOperationException();
    }

    /** Adds a text, given in the database's encoding. */
    public void addText(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    public void addBlob(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    public void addZeroBlob(int length) {
        throw new UnsupportedOperationException();
    }

    /** Completes the record; {@link #bytes}, from 0 to the returned length, holds it until the next {@link #begin}. */
    public int finish() {
        throw new UnsupportedOperationException();
    }

    public byte[] bytes() {
        throw new UnsupportedOperationException();
    }
}
