package dev.verso.kv.foundationdb;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.Watch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A watch of the client. It takes one of the 10,000 places that a connection to a cluster has for watches until it fires or is closed. */
final class FutureWatch implements Watch {
    private final CompletableFuture<Void> future;

    FutureWatch(CompletableFuture<Void> future) {
        this.future = future;
    }

    @Override
    public boolean await(long timeoutMillis) {
        try {
            future.get(timeoutMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(KvFailure.INTERRUPTED, "interrupted while watching a key", e);
        } catch (ExecutionException | RuntimeException e) {
            throw FoundationDbFailures.translate(e, false);
        }
    }

    @Override
    public void close() {
        future.cancel(true);
    }

    /** Fails those who wait; the client would let them wait although its database is closed. */
    void fail(KvException reason) {
        future.completeExceptionally(reason);
        future.cancel(true);
    }

    /** Runs when the watch has fired, failed or been closed. */
    void whenOver(Runnable action) {
        future.whenComplete((nothing, failure) -> action.run());
    }
}
