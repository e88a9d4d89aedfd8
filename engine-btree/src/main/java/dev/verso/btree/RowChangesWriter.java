package dev.verso.btree;

import dev.verso.record.SearchKey;
import dev.verso.record.Varint;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;

/** Writes the rows that a transaction changed in the form that {@link RowChanges} reads. */
final class RowChangesWriter {
    /** The rows of one transaction in the log; of trees beyond that only their change is told. */
    private static final int MOST_BYTES = 48_000;

    private static final int INSERT = RowChanges.Operation.INSERT.ordinal();
    private static final int UPDATE = RowChanges.Operation.UPDATE.ordinal();
    private static final int DELETE = RowChanges.Operation.DELETE.ordinal();
    private static final int RAISE = RowChanges.Operation.RAISE.ordinal();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] varint = new byte[Varint.MAX_BYTES];
    private byte[] body = new byte[64];
    private int bodyBytes;

    byte[] bytes() {
        return out.toByteArray();
    }

    void add(TreeRows rows) {
        addChanges(rows);
        if (rows.keyInfo == null && rows.written != null && !rows.unknown) {
            addGiven(rows);
        }
    }

    private void addChanges(TreeRows rows) {
        bodyBytes = 0;
        boolean known = !rows.unknown;
        if (known && rows.written != null) {
            known = rows.keyInfo == null ? addRowids(rows, false) : addKeys(rows);
        }
        if (known && !rows.cleared && !rows.redefined && !rows.untold && bodyBytes == 0) {
            return; // written, and undone
        }
        writeVarint(rows.rootPage);
        out.write((rows.keyInfo == null ? 0 : RowChanges.INDEX)
                | (known ? 0 : RowChanges.UNKNOWN)
                | (rows.cleared ? RowChanges.CLEARED : 0)
                | (rows.redefined ? RowChanges.REDEFINED : 0)
                | (rows.untold ? RowChanges.UNTOLD : 0));
        writeVarint(known ? bodyBytes : 0);
        if (known) {
            out.write(body, 0, bodyBytes);
        }
    }

    private void addGiven(TreeRows rows) {
        bodyBytes = 0;
        boolean known = addRowids(rows, true);
        if (known && bodyBytes == 0) {
            return;
        }
        writeVarint(rows.rootPage);
        out.write(known ? RowChanges.GIVEN : RowChanges.GIVEN | RowChanges.UNKNOWN);
        writeVarint(known ? bodyBytes : 0);
        if (known) {
            out.write(body, 0, bodyBytes);
        }
    }

    private void writeVarint(long value) {
        out.write(varint, 0, Varint.put(varint, 0, value));
    }

    /** @param given the rowids that were given and are not used, instead of the rows that changed */
    private boolean addRowids(TreeRows rows, boolean given) {
        WrittenRows written = rows.written;
        int[] places = inOrder(rows);
        long before = 0;
        for (int i = 0; i < places.length; ) {
            int operation = operation(rows, places[i], given);
            long rowid = written.rowid(places[i]);
            int next = i + 1;
            while (next < places.length
                    && written.rowid(places[next]) == rowid + (next - i)
                    && operation(rows, places[next], given) == operation) {
                next++;
            }
            if (operation >= 0) {
                if (!reserve(2 * Varint.MAX_BYTES)) {
                    return false;
                }
                bodyBytes = Varint.put(body, bodyBytes, (long) (next - i - 1) << 2 | operation);
                bodyBytes = Varint.put(body, bodyBytes, rowid - before);
                before = rowid + (next - i - 1);
            }
            i = next;
        }
        return true;
    }

    private boolean addKeys(TreeRows rows) {
        WrittenRows written = rows.written;
        for (int place : inOrder(rows)) {
            int operation = operation(rows, place, false);
            int length = written.keyBytes(place);
            if (operation >= 0) {
                if (!reserve(Varint.MAX_BYTES + length)) {
                    return false;
                }
                bodyBytes = Varint.put(body, bodyBytes, (long) length << 2 | operation);
                System.arraycopy(written.keys(), written.keyOffset(place), body, bodyBytes, length);
                bodyBytes += length;
            }
        }
        return true;
    }

    private boolean reserve(int bytes) {
        if (out.size() + bodyBytes + bytes > MOST_BYTES) {
            return false;
        }
        if (body.length - bodyBytes < bytes) {
            body = Arrays.copyOf(body, Math.max(body.length * 2, bodyBytes + bytes));
        }
        return true;
    }

    /** What became of the row; -1 for nothing. */
    private static int operation(TreeRows rows, int place, boolean given) {
        int state = rows.written.state(place);
        if (given) {
            boolean isUsedUp = (state & (WrittenRows.GIVEN | WrittenRows.IS)) == WrittenRows.GIVEN;
            return isUsedUp ? DELETE : -1;
        }
        boolean was = (state & WrittenRows.WAS) != 0 && !rows.cleared;
        boolean is = (state & WrittenRows.IS) != 0;
        if ((state & WrittenRows.RAISED) != 0 && was && is) {
            return RAISE;
        }
        return is ? was ? UPDATE : INSERT : was ? DELETE : -1;
    }

    /** Places of the written rows, by key. */
    static int[] inOrder(TreeRows rows) {
        WrittenRows written = rows.written;
        int count = written.count();
        boolean ascends = true;
        Integer[] places = new Integer[count];
        for (int i = 0; i < count; i++) {
            places[i] = i;
            ascends &= rows.keyInfo == null && (i == 0 || written.rowid(i - 1) < written.rowid(i));
        }
        if (!ascends) {
            Arrays.sort(places, rows.keyInfo == null ? Comparator.comparingLong(written::rowid) : byKey(rows));
        }
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = places[i];
        }
        return order;
    }

    private static Comparator<Integer> byKey(TreeRows rows) {
        WrittenRows written = rows.written;
        SearchKey key = new SearchKey();
        return (a, b) -> -key.wrap(
                        rows.keyInfo,
                        written.keys(),
                        written.keyOffset(a),
                        written.keyBytes(a),
                        rows.keyInfo.keyColumns(),
                        0)
                .compareEntry(written.keys(), written.keyOffset(b), written.keyBytes(b));
    }
}
