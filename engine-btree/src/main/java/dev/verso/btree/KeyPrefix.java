package dev.verso.btree;

import dev.verso.record.SerialType;
import dev.verso.record.Varint;

/** The leading columns of a record as a record of their own. */
final class KeyPrefix {
    private KeyPrefix() {}

    /** Copies the first columns of a record; all of it if it has no more. @return bytes written; never more than the record has */
    static int copy(byte[] record, int offset, int length, int columns, byte[] into) {
        int headerBytes = (int) Varint.get(record, offset);
        int typesAt = Varint.end(record, offset);
        int at = typesAt - offset;
        int typesEnd = at;
        long bodyBytes = 0;
        for (int column = 0; column < columns && typesEnd < headerBytes; column++) {
            bodyBytes += SerialType.bytes(Varint.get(record, offset + typesEnd));
            typesEnd = Varint.end(record, offset + typesEnd) - offset;
        }
        if (typesEnd >= headerBytes || headerBytes + bodyBytes > length) {
            System.arraycopy(record, offset, into, 0, length);
            return length;
        }
        int typesBytes = typesEnd - at;
        int sizeBytes = typesBytes + 1 < 128 ? 1 : Varint.length(typesBytes + 2L);
        int to = Varint.put(into, 0, typesBytes + (long) sizeBytes);
        System.arraycopy(record, typesAt, into, to, typesBytes);
        System.arraycopy(record, offset + headerBytes, into, to + typesBytes, (int) bodyBytes);
        return to + typesBytes + (int) bodyBytes;
    }
}
