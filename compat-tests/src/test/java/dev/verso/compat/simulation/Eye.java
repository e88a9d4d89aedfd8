package dev.verso.compat.simulation;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;

/** Sees one database as it is in the store, at once and without a network. */
final class Eye {
    /** Whose work under a lock it sees. */
    static final String[] OWNERS = {"", "alice", "bob"};

    private final PageStore store;
    private final StoreSession head;
    private final SimulatedConnection connection;

    Eye(Namespaces namespaces, String name) {
        store = namespaces.open(name);
        head = store.newSession();
        connection = new SimulatedConnection(store, namespaces);
    }

    /** The newest version, also one under a lock that its owner alone can see; -1 if the database has been deleted. */
    long newest(boolean mayBeLocked) {
        try {
            long newest = 0;
            for (String owner : OWNERS) {
                head.actAs(owner);
                head.beginSnapshot(BusyHandler.NONE);
                long seen = head.version();
                head.endSnapshot();
                if (seen >= newest) {
                    newest = seen;
                    connection.session(0).actAs(owner);
                }
                if (!mayBeLocked) {
                    break;
                }
            }
            return newest;
        } catch (DatabaseException e) {
            if (e.code() == ResultCode.CANTOPEN) {
                return -1;
            }
            throw e;
        }
    }

    /** Shows a version from now on; 0 for the newest. */
    void look(long version) {
        connection.session(0).showVersion(version == 0 ? "now" : Long.toString(version));
    }

    String ledger() {
        return connection.query("SELECT slot, txn FROM ledger ORDER BY slot");
    }

    String items() {
        return connection.query("SELECT id, g, u, v FROM item ORDER BY id");
    }

    String others() {
        return connection.query(Contents.OTHERS);
    }

    String integrity() {
        return connection.query("PRAGMA integrity_check");
    }

    boolean isEmpty() {
        return connection.number("SELECT count(*) FROM sqlite_schema") == 0;
    }
}
