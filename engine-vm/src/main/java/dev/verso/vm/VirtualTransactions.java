package dev.verso.vm;

import dev.verso.vtab.TransactionalVirtualTable;
import java.util.ArrayList;
import java.util.List;

/** The virtual tables that the open transaction has changed, and what they are told of its course. */
final class VirtualTransactions {
    private static final class Enrolled {
        final ConnectedTable connected;
        final TransactionalVirtualTable table;
        /** Number of savepoints that it knows of. */
        int levels;

        Enrolled(ConnectedTable connected, TransactionalVirtualTable table) {
            this.connected = connected;
            this.table = table;
        }
    }

    private List<Enrolled> enrolled = List.of();

    boolean isEmpty() {
        return enrolled.isEmpty();
    }

    /** The table is about to be changed. @param levels number of savepoints that are open */
    void enroll(ConnectedTable connected, int levels) {
        if (!(connected.table() instanceof TransactionalVirtualTable table)) {
            return;
        }
        for (Enrolled known : enrolled) {
            if (known.connected == connected) {
                return;
            }
        }
        table.begin();
        if (enrolled.isEmpty()) {
            enrolled = new ArrayList<>();
        }
        connected.retain();
        Enrolled entry = new Enrolled(connected, table);
        enrolled.add(entry);
        if (levels > 0) {
            entry.levels = levels;
            table.savepoint(levels - 1);
        }
    }

    void sync() {
        for (Enrolled entry : List.copyOf(enrolled)) {
            entry.table.sync();
        }
    }

    void commit() {
        List<Enrolled> ended = enrolled;
        enrolled = List.of();
        for (Enrolled entry : ended) {
            entry.table.commit();
            entry.connected.release();
        }
    }

    void rollback() {
        List<Enrolled> ended = enrolled;
        enrolled = List.of();
        for (Enrolled entry : ended) {
            entry.table.rollback();
            entry.connected.release();
        }
    }

    void savepoint(int level) {
        for (Enrolled entry : enrolled) {
            entry.levels = level + 1;
            entry.table.savepoint(level);
        }
    }

    void release(int level) {
        for (Enrolled entry : enrolled) {
            if (entry.levels > level) {
                entry.table.release(level);
            }
        }
    }

    void rollbackTo(int level) {
        for (Enrolled entry : enrolled) {
            if (entry.levels > level) {
                entry.table.rollbackTo(level);
            }
        }
    }
}
