package dev.verso.btree;

import dev.verso.record.SearchKey;
import java.util.Arrays;

/** What a transaction wrote in one tree, row by row in order, ready to be written once more. */
final class RowCopies {
    private final TreeRows rows;
    private final int[] places;
    /** What the row holds; null if it was deleted. */
    private final byte[][] payloads;

    private RowCopies(TreeRows rows, int[] places, byte[][] payloads) {
        this.rows = rows;
        this.places = places;
        this.payloads = payloads;
    }

    static RowCopies of(BTree tree, TreeRows rows) {
        int count = rows.written == null ? 0 : rows.written.count();
        int[] places = count == 0 ? new int[0] : RowChangesWriter.inOrder(rows);
        byte[][] payloads = new byte[count][];
        if (count > 0) {
            try (TreeCursor cursor = open(tree, rows)) {
                SearchKey key = new SearchKey();
                for (int i = 0; i < count; i++) {
                    if (seek(cursor, rows, places[i], key)) {
                        payloads[i] = new byte[cursor.payloadBytes()];
                        cursor.copyPayload(payloads[i], 0);
                    }
                }
            }
        }
        return new RowCopies(rows, places, payloads);
    }

    /** Looks up which of the written rows are there now. */
    static void settle(BTree tree, TreeRows rows) {
        WrittenRows written = rows.written;
        try (TreeCursor cursor = open(tree, rows)) {
            SearchKey key = new SearchKey();
            for (int place = 0; place < written.count(); place++) {
                boolean is = seek(cursor, rows, place, key);
                written.state(place, written.state(place) & ~WrittenRows.IS | (is ? WrittenRows.IS : 0));
            }
        }
    }

    private static TreeCursor open(BTree tree, TreeRows rows) {
        return rows.keyInfo == null
                ? tree.openTable(rows.rootPage, true)
                : tree.openIndex(rows.rootPage, rows.keyInfo, true);
    }

    private static boolean seek(TreeCursor cursor, TreeRows rows, int place, SearchKey key) {
        WrittenRows written = rows.written;
        if (cursor instanceof TableCursor table) {
            return table.seek(written.rowid(place));
        }
        IndexCursor index = (IndexCursor) cursor;
        key.wrap(
                rows.keyInfo,
                written.keys(),
                written.keyOffset(place),
                written.keyBytes(place),
                rows.keyInfo.keyColumns(),
                0);
        return index.seek(key) == 0 && index.isOnEntry();
    }

    /**
     * Writes the rows to the tree as it is now.
     *
     * @param changes of the schema, made by now
     */
    void write(BTree tree, TreeChanges changes) {
        if (rows.cleared) {
            tree.clearTree(rows.rootPage);
        }
        if (places.length == 0) {
            return;
        }
        try (TreeCursor cursor = open(tree, rows)) {
            SearchKey key = new SearchKey();
            for (int i = 0; i < places.length; i++) {
                byte[] payload = payloads[i];
                if (payload == null) {
                    if (seek(cursor, rows, places[i], key)) {
                        cursor.delete(false);
                    }
                } else if (cursor instanceof TableCursor table) {
                    boolean isSchema = rows.rootPage == RowTracker.SCHEMA_ROOT;
                    writeRow(table, places[i], isSchema ? changes.schemaRow(payload) : payload);
                } else {
                    ((IndexCursor) cursor).insert(payload, 0, payload.length, false);
                }
            }
        }
    }

    private void writeRow(TableCursor table, int place, byte[] payload) {
        long rowid = rows.written.rowid(place);
        boolean raises = (rows.written.state(place) & WrittenRows.RAISED) != 0;
        if (raises && table.seek(rowid)) {
            byte[] newest = new byte[table.payloadBytes()];
            table.copyPayload(newest, 0);
            if (Counters.value(newest) >= Counters.value(payload)) {
                return;
            }
        }
        table.insert(rowid, payload, 0, payload.length, 0, false);
    }

    @Override
    public String toString() {
        return "rows " + Arrays.toString(places) + " of tree " + rows.rootPage;
    }
}
