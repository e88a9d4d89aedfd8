package dev.verso.record;

/**
 * One serialized record, read in place and parsed lazily from the left. Mutable view: never store it. Column indexes are 0-based;
 * columns past the end of the record do not exist ({@link #columnCount}): the caller supplies their default.
 */
public final class RecordView {
    public RecordView() {}

    /** Moves the view to a record that lies whole in memory. */
    public RecordView wrap(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Number of columns in the record; parses the whole header. */
    public int columnCount() {
        throw new UnsupportedOperationException();
    }

    /** True if the record has this column; parses the header only as far as needed. */
    public boolean hasColumn(int column) {
        throw new UnsupportedOperationException();
    }

    /** The serial type (file format §2.1): 0 NULL, 1 to 6 integers, 7 real, 8 and 9 the constants 0 and 1, 12 and more blob or text. */
    public long serialType(int column) {
        throw new UnsupportedOperationException();
    }

    /** Bytes of the column's value. */
    public int length(int column) {
        throw new UnsupportedOperationException();
    }

    /** The array in which the column's value lies (loads overflow pages if it does not lie on the leaf). */
    public byte[] bytes(int column) {
        throw new UnsupportedOperationException();
    }

    /** Where in {@link #bytes} the column's value begins. */
    public int offset(int column) {
        throw new UnsupportedOperationException();
    }

    /** The value of an integer column (serial types 1 to 6, 8, 9). */
    public long integer(int column) {
        throw new UnsupportedOperationException();
    }

    /** The value of a real column (serial type 7). */
    public double real(int column) {
        throw new UnsupportedOperationException();
    }

    /** True if bytes of this record may change under the reader (a writer's private page): copy what outlives the next edit. */
    public boolean isVolatile() {
        throw new UnsupportedOperationException();
    }
}
