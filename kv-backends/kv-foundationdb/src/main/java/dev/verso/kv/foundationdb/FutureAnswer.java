package dev.verso.kv.foundationdb;

import com.apple.foundationdb.Transaction;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.Pending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer that a future brings. How long it is waited for is bounded here and not by the client's transaction timeout: that one counts
 * from the beginning of the transaction, so a transaction that had been idle would seem to have been given no answer.
 */
final class FutureAnswer<T> implements Pending<T> {
    private final CompletableFuture<T> future;
    private final long timeoutMillis;
    private final Transaction committing;

    /** @param committing the transaction that this is the commit of, which is given up if there is no answer; null for other requests */
    FutureAnswer(CompletableFuture<T> future, long timeoutMillis, Transaction committing) {
        this.future = future;
        this.timeoutMillis = timeoutMillis;
        this.committing = committing;
    }

    private boolean isCommit() {
        return committing != null;
    }

    @Override
    public T await() {
        try {
            return future.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(
                    isCommit() ? KvFailure.UNKNOWN_RESULT : KvFailure.INTERRUPTED,
                    "interrupted while waiting for FoundationDB",
                    e);
        } catch (TimeoutException e) {
            if (isCommit()) {
                // What has not been sent yet must not be sent later.
                committing.close();
            }
            throw new KvException(
                    isCommit() ? KvFailure.UNKNOWN_RESULT : KvFailure.TIMED_OUT,
                    "FoundationDB gave no answer within " + timeoutMillis + " ms",
                    e);
        } catch (ExecutionException | RuntimeException e) {
            throw FoundationDbFailures.translate(e, isCommit());
        }
    }

    @Override
    public boolean isDone() {
        return future.isDone();
    }
}
