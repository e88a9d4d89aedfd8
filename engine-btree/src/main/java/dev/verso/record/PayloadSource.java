package dev.verso.record;

/** Where a {@link RecordView} gets the rest of a record of which only the beginning lies on a leaf. A cursor is one. */
public interface PayloadSource {
    /** The whole record, from index 0 of the array, which may be longer; reused by the next call on the same source. */
    byte[] wholePayload();
}
