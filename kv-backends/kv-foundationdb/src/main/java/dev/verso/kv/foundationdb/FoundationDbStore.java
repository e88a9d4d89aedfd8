package dev.verso.kv.foundationdb;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDB;
import com.apple.foundationdb.FDBException;
import dev.verso.kv.KvClock;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A FoundationDB cluster. The client library's network thread is started by the first store and serves all. */
public final class FoundationDbStore implements KvStore {
    private static final int API_VERSION = 730;
    /** What is used here exists from this one on: offsets of versionstamps in 4 bytes, COMPARE_AND_CLEAR. */
    private static final int LEAST_API_VERSION = 630;
    /** No request takes longer; what fails later is worth telling the user. */
    private static final long REQUEST_TIMEOUT_MILLIS = 30_000;
    /** Between two tries of the first request. */
    private static final long CONNECT_PAUSE_MICROS = 10_000;

    private final String name;
    private final Database database;
    private final Set<FutureWatch> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** On an open database of the client, which is closed with the store. */
    FoundationDbStore(String name, Database database) {
        this.name = name;
        this.database = database;
    }

    /**
     * Connects to a cluster.
     *
     * @param clusterFile path of the cluster file, or the empty string for the client's default
     * @param connectTimeoutMillis how long the cluster may take to answer
     * @throws KvException UNAVAILABLE if the native library is missing or the cluster doesn't answer
     */
    public static FoundationDbStore open(String clusterFile, long connectTimeoutMillis) {
        String name = "fdb:" + clusterFile;
        if (!clusterFile.isEmpty() && !Files.isReadable(Path.of(clusterFile))) {
            throw new KvException(KvFailure.UNAVAILABLE, "there is no cluster file " + clusterFile);
        }
        Database database;
        try {
            FDB client = client();
            database = clusterFile.isEmpty() ? client.open() : client.open(clusterFile);
        } catch (LinkageError e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                throw e;
            }
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    "FoundationDB's native library libfdb_c could not be loaded: install the package foundationdb-clients"
                            + " (7.3 or newer, github.com/apple/foundationdb/releases) on this machine (" + e + ")",
                    e);
        } catch (FDBException | IllegalArgumentException | IllegalStateException e) {
            throw new KvException(KvFailure.UNAVAILABLE, name + " can't be opened: " + e.getMessage(), e);
        }
        return connect(new FoundationDbStore(name, database), connectTimeoutMillis);
    }

    /** The client, of which a JVM has one; the version of its API is the choice of whoever came first. */
    private static FDB client() {
        if (!FDB.isAPIVersionSelected()) {
            return FDB.selectAPIVersion(API_VERSION);
        }
        FDB client = FDB.instance();
        if (client.getAPIVersion() < LEAST_API_VERSION) {
            throw new IllegalStateException("this program has selected version " + client.getAPIVersion()
                    + " of FoundationDB's API; needed is " + LEAST_API_VERSION + " or newer");
        }
        return client;
    }

    /**
     * Returns the store once its cluster has answered, or closes it.
     *
     * <p>A client that has just found its cluster may fail what was asked before (cluster_version_changed); so one try is not enough.
     */
    static FoundationDbStore connect(FoundationDbStore store, long timeoutMillis) {
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        boolean answered = false;
        try {
            while (!answered) {
                long leftMillis = Math.max(1, (end - System.nanoTime()) / 1_000_000);
                try (FoundationDbTransaction first = store.begin(leftMillis)) {
                    first.readVersion().await();
                    answered = true;
                } catch (KvException e) {
                    if (e.failure() == KvFailure.INTERRUPTED) {
                        throw e;
                    }
                    if (!e.isRetryable() || System.nanoTime() >= end) {
                        throw new KvException(
                                KvFailure.UNAVAILABLE,
                                store.name + " did not answer within " + timeoutMillis + " ms (does `fdbcli -C "
                                        + "<cluster file> --exec status` call it available?): " + e.getMessage(),
                                e);
                    }
                    store.clock().sleepMicros(CONNECT_PAUSE_MICROS);
                }
            }
            return store;
        } finally {
            if (!answered) {
                store.close();
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KvLimits limits() {
        return KvLimits.FOUNDATIONDB;
    }

    @Override
    public boolean supports(KvFeature feature) {
        return switch (feature) {
            case WATCHES, WINDOW, ATOMIC_OPS, EXPLICIT_READ_VERSION, SHARED_VERSIONS -> true;
            case INSTANT_READ_VERSION, TEST_CLOCK -> false;
        };
    }

    @Override
    public KvTransaction begin() {
        return begin(REQUEST_TIMEOUT_MILLIS);
    }

    /** @param timeoutMillis how long each answer is waited for */
    FoundationDbTransaction begin(long timeoutMillis) {
        requireOpen();
        try {
            return new FoundationDbTransaction(this, database.createTransaction(), timeoutMillis);
        } catch (FDBException | IllegalStateException e) {
            throw closed ? isClosed() : FoundationDbFailures.translate(e, false);
        }
    }

    /** @throws KvException CLOSED if the store is closed */
    void requireOpen() {
        if (closed) {
            throw isClosed();
        }
    }

    private KvException isClosed() {
        return new KvException(KvFailure.CLOSED, name + " is closed");
    }

    /** Keeps a watch, to fail it when the store is closed. */
    FutureWatch keep(FutureWatch watch) {
        watches.add(watch);
        watch.whenOver(() -> watches.remove(watch));
        if (closed) {
            watch.fail(isClosed());
        }
        return watch;
    }

    @Override
    public KvClock clock() {
        return KvClock.system();
    }

    @Override
    public void close() {
        closed = true;
        for (FutureWatch watch : watches) {
            watch.fail(isClosed());
        }
        database.close();
    }
}
