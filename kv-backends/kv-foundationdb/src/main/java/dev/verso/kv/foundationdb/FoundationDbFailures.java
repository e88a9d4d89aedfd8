package dev.verso.kv.foundationdb;

import com.apple.foundationdb.FDBException;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** FoundationDB's error codes as ours (apple.github.io/foundationdb/api-error-codes.html). */
final class FoundationDbFailures {
    private FoundationDbFailures() {}

    /** The failure of a request; {@code committing} if the transaction may have been applied although this came back. */
    static KvException translate(Throwable thrown, boolean committing) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof KvException already) {
            return already;
        }
        if (cause instanceof FDBException e) {
            return new KvException(
                    failure(e, committing), "FoundationDB error " + e.getCode() + ": " + e.getMessage(), e);
        }
        if (cause instanceof IllegalStateException || cause instanceof CancellationException) {
            return new KvException(KvFailure.CLOSED, "the transaction is over: " + cause.getMessage(), cause);
        }
        return new KvException(
                committing ? KvFailure.UNKNOWN_RESULT : KvFailure.UNAVAILABLE,
                "FoundationDB's client failed: " + cause,
                cause);
    }

    private static KvFailure failure(FDBException e, boolean committing) {
        return switch (e.getCode()) {
            case 1020 -> KvFailure.CONFLICT;
            case 1007 -> KvFailure.TOO_OLD;
            case 1009, 1037 -> KvFailure.FUTURE_VERSION;
            case 1021, 1039 -> KvFailure.UNKNOWN_RESULT;
            case 1025 -> committing ? KvFailure.UNKNOWN_RESULT : KvFailure.CLOSED;
            case 1031 -> committing ? KvFailure.UNKNOWN_RESULT : KvFailure.TIMED_OUT;
            case 2101, 2102, 2103 -> KvFailure.TOO_LARGE;
            case 2017 -> KvFailure.CLOSED;
            default -> committing && e.isMaybeCommitted() ? KvFailure.UNKNOWN_RESULT : KvFailure.UNAVAILABLE;
        };
    }
}
