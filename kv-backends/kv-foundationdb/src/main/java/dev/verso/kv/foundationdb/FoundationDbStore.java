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

/** A FoundationDB cluster. The client library's network thread is started by the first store and serves all. */
public final class FoundationDbStore implements KvStore {
    private static final int API_VERSION = 730;
    /** No request takes longer; what fails later is worth telling the user. */
    private static final long REQUEST_TIMEOUT_MILLIS = 30_000;

    private final String name;
    private final Database database;

    private FoundationDbStore(String name, Database database) {
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
            FDB client = FDB.selectAPIVersion(API_VERSION);
            database = clusterFile.isEmpty() ? client.open() : client.open(clusterFile);
        } catch (LinkageError e) {
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    "FoundationDB's native library libfdb_c could not be loaded: install the package foundationdb-clients"
                            + " (7.3 or newer, github.com/apple/foundationdb/releases) on this machine (" + e + ")",
                    e);
        } catch (FDBException e) {
            throw new KvException(KvFailure.UNAVAILABLE, name + " can't be opened: " + e.getMessage(), e);
        }
        FoundationDbStore store = new FoundationDbStore(name, database);
        boolean answered = false;
        try (FoundationDbTransaction first = store.begin(connectTimeoutMillis)) {
            first.readVersion().await();
            answered = true;
        } catch (KvException e) {
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    name + " did not answer within " + connectTimeoutMillis + " ms: " + e.getMessage(),
                    e);
        } finally {
            if (!answered) {
                database.close();
            }
        }
        return store;
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

    private FoundationDbTransaction begin(long timeoutMillis) {
        try {
            return new FoundationDbTransaction(database.createTransaction(), timeoutMillis);
        } catch (IllegalStateException e) {
            throw new KvException(KvFailure.CLOSED, name + " is closed", e);
        }
    }

    @Override
    public KvClock clock() {
        return KvClock.system();
    }

    @Override
    public void close() {
        database.close();
    }
}
