package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.Pending;
import dev.verso.kv.Versionstamp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The outcome of a commit that the sequencer works on. */
record CommitAnswer(CompletableFuture<Versionstamp> outcome, String store) implements Pending<Versionstamp> {
    @Override
    public Versionstamp await() {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(KvFailure.UNKNOWN_RESULT, "interrupted while committing to " + store, e);
        } catch (ExecutionException e) {
            throw reason(e);
        }
    }

    @Override
    public boolean isDone() {
        return outcome.isDone();
    }

    /** The failure that the sequencer gave, on the waiting thread's stack. */
    static KvException reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof KvException known) {
            return new KvException(known.failure(), known.getMessage(), known);
        }
        return new KvException(KvFailure.UNKNOWN_RESULT, "committing failed: " + cause, cause);
    }
}
