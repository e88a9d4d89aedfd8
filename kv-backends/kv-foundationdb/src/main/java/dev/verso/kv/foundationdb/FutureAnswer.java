package dev.verso.kv.foundationdb;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.Pending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** An answer that a future brings. */
final class FutureAnswer<T> implements Pending<T> {
    private final CompletableFuture<T> future;
    private final boolean committing;

    FutureAnswer(CompletableFuture<T> future, boolean committing) {
        this.future = future;
        this.committing = committing;
    }

    @Override
    public T await() {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(
                    committing ? KvFailure.UNKNOWN_RESULT : KvFailure.INTERRUPTED,
                    "interrupted while waiting for FoundationDB",
                    e);
        } catch (ExecutionException | RuntimeException e) {
            throw FoundationDbFailures.translate(e, committing);
        }
    }

    @Override
    public boolean isDone() {
        return future.isDone();
    }
}
