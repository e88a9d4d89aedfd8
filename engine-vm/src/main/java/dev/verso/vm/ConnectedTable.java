package dev.verso.vm;

import dev.verso.vtab.VirtualTable;

/**
 * A virtual table as programs refer to it (P4 of {@code VOpen} and its like). It is disconnected when the schema, the open cursors and the running
 * transaction have all let go of it: a schema may be forgotten while a statement still reads.
 */
public final class ConnectedTable {
    private final VirtualTable table;
    private final String name;
    private int users = 1;
    private int cursors;
    private boolean destroyed;

    /** Made for the schema, the first user. @param name of the table, for messages */
    public ConnectedTable(VirtualTable table, String name) {
        this.table = table;
        this.name = name;
    }

    public VirtualTable table() {
        return table;
    }

    public String name() {
        return name;
    }

    void retain() {
        users++;
    }

    /** A user lets go. */
    public void release() {
        if (--users == 0 && !destroyed) {
            table.disconnect();
        }
    }

    void cursorOpens() {
        cursors++;
        retain();
    }

    void cursorCloses() {
        cursors--;
        release();
    }

    /** True while a cursor is open: the table cannot be dropped. */
    public boolean isRead() {
        return cursors > 0;
    }

    /** DROP TABLE. The schema still has to let go. */
    public void destroy() {
        table.destroy();
        destroyed = true;
    }
}
