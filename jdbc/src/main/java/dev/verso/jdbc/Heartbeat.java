package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KvException;
import dev.verso.kv.pages.Namespaces;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps what this JVM reads and stages from being collected by others: one thread for each store that has databases open. A beat that
 * fails is followed by the next one; leases last for many.
 */
final class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class.getName());

    private final Namespaces namespaces;
    private final String store;
    private Thread thread;

    Heartbeat(Namespaces namespaces, String store) {
        this.namespaces = namespaces;
        this.store = store;
    }

    synchronized void begin() {
        if (thread == null) {
            thread = new Thread(this::run, "verso-heartbeat " + store);
            thread.setDaemon(true);
            thread.start();
        }
    }

    synchronized void end() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run() {
        while (true) {
            try {
                Thread.sleep(Namespaces.HEARTBEAT_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            try {
                namespaces.heartbeat();
            } catch (DatabaseException | KvException e) {
                LOG.log(Level.FINE, e, () -> "a heartbeat of " + store + " failed; another follows");
            }
        }
    }
}
