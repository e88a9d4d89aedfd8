package dev.verso.kv.foundationdb;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.DatabaseOptions;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.KeyRangeArrayResult;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Tenant;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A double of fdb-java's database over a {@link DoubledCluster}: nothing native is loaded. What our code does not call is refused by name.
 * Closing it leaves its open transactions as they are, as the client does.
 */
final class DoubledDatabase implements Database {
    private static final Executor CALLBACKS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "doubled-fdb-java");
        thread.setDaemon(true);
        return thread;
    });

    private final DoubledCluster cluster;
    private volatile boolean closed;

    DoubledDatabase(DoubledCluster cluster) {
        this.cluster = cluster;
    }

    DoubledCluster cluster() {
        return cluster;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Transaction createTransaction(Executor executor) {
        if (closed) {
            throw new IllegalStateException("Cannot access closed object");
        }
        return new DoubledTransaction(this, executor);
    }

    @Override
    public Executor getExecutor() {
        return CALLBACKS;
    }

    @Override
    public void close() {
        closed = true;
    }

    // ---- not called by our code

    static UnsupportedOperationException unused(String what) {
        return new UnsupportedOperationException("the double of FoundationDB's client has no " + what);
    }

    @Override
    public Transaction createTransaction(Executor executor, EventKeeper keeper) {
        throw unused("event keepers");
    }

    @Override
    public DatabaseOptions options() {
        throw unused("options of a database");
    }

    @Override
    public double getMainThreadBusyness() {
        throw unused("getMainThreadBusyness");
    }

    @Override
    public <T> T run(Function<? super Transaction, T> work, Executor executor) {
        throw unused("run");
    }

    @Override
    public <T> CompletableFuture<T> runAsync(
            Function<? super Transaction, ? extends CompletableFuture<T>> work, Executor executor) {
        throw unused("runAsync");
    }

    @Override
    public <T> T read(Function<? super ReadTransaction, T> work, Executor executor) {
        throw unused("read");
    }

    @Override
    public <T> CompletableFuture<T> readAsync(
            Function<? super ReadTransaction, ? extends CompletableFuture<T>> work, Executor executor) {
        throw unused("readAsync");
    }

    @Override
    public CompletableFuture<byte[]> getClientStatus(Executor executor) {
        throw unused("getClientStatus");
    }

    @Override
    public Tenant openTenant(Tuple name) {
        throw unused("tenants");
    }

    @Override
    public Tenant openTenant(byte[] name, Executor executor) {
        throw unused("tenants");
    }

    @Override
    public Tenant openTenant(Tuple name, Executor executor) {
        throw unused("tenants");
    }

    @Override
    public Tenant openTenant(byte[] name, Executor executor, EventKeeper keeper) {
        throw unused("tenants");
    }

    @Override
    public Tenant openTenant(Tuple name, Executor executor, EventKeeper keeper) {
        throw unused("tenants");
    }

    @Override
    public CompletableFuture<byte[]> purgeBlobGranules(
            byte[] begin, byte[] end, long version, boolean force, Executor executor) {
        throw unused("blob granules");
    }

    @Override
    public CompletableFuture<Void> waitPurgeGranulesComplete(byte[] key, Executor executor) {
        throw unused("blob granules");
    }

    @Override
    public CompletableFuture<Boolean> blobbifyRange(byte[] begin, byte[] end, Executor executor) {
        throw unused("blob granules");
    }

    @Override
    public CompletableFuture<Boolean> blobbifyRangeBlocking(byte[] begin, byte[] end, Executor executor) {
        throw unused("blob granules");
    }

    @Override
    public CompletableFuture<Boolean> unblobbifyRange(byte[] begin, byte[] end, Executor executor) {
        throw unused("blob granules");
    }

    @Override
    public CompletableFuture<KeyRangeArrayResult> listBlobbifiedRanges(
            byte[] begin, byte[] end, int limit, Executor executor) {
        throw unused("blob granules");
    }

    @Override
    public CompletableFuture<Long> verifyBlobRange(byte[] begin, byte[] end, long version, Executor executor) {
        throw unused("blob granules");
    }

    @Override
    public CompletableFuture<Boolean> flushBlobRange(
            byte[] begin, byte[] end, boolean compact, long version, Executor executor) {
        throw unused("blob granules");
    }
}
