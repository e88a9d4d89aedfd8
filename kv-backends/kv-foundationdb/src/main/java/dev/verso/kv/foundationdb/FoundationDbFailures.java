package dev.verso.kv.foundationdb;

import com.apple.foundationdb.FDBException;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * FoundationDB's error codes as ours (apple.github.io/foundationdb/api-error-codes.html). The client's own predicates are not asked:
 * they are native, do not tell a commit from a read, and call {@code cluster_version_changed} a commit of unknown result in either.
 */
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
            return new KvException(already.failure(), already.getMessage(), already);
        }
        if (cause instanceof FDBException e) {
            return new KvException(
                    failure(e.getCode(), committing), "FoundationDB error " + e.getCode() + ": " + e.getMessage(), e);
        }
        if (committing) {
            return new KvException(
                    KvFailure.UNKNOWN_RESULT, "FoundationDB's client gave up a commit on its way: " + cause, cause);
        }
        if (cause instanceof IllegalStateException || cause instanceof CancellationException) {
            return new KvException(KvFailure.CLOSED, "the transaction is over: " + cause.getMessage(), cause);
        }
        return new KvException(KvFailure.UNAVAILABLE, "FoundationDB's client failed: " + cause, cause);
    }

    private static KvFailure failure(int code, boolean committing) {
        return switch (code) {
            // not_committed
            case 1020 -> KvFailure.CONFLICT;
            // transaction_too_old
            case 1007 -> KvFailure.TOO_OLD;
            // future_version, process_behind; the memory limits of proxies (commits, read versions); throttled: batch
            // priority, tag,
            // tag at the proxy, hot shard. None of them was applied, all of them may be tried again.
            case 1009, 1037, 1042, 1078, 1051, 1213, 1223, 1235 -> KvFailure.FUTURE_VERSION;
            // commit_unknown_result
            case 1021 -> KvFailure.UNKNOWN_RESULT;
            // cluster_version_changed: also what the first request of a client gets that has just found its cluster
            case 1039 -> committing ? KvFailure.UNKNOWN_RESULT : KvFailure.FUTURE_VERSION;
            // transaction_cancelled, operation_cancelled, future_released, used_during_commit
            case 1025, 1101, 1102, 2017 -> committing ? KvFailure.UNKNOWN_RESULT : KvFailure.CLOSED;
            // timed_out, transaction_timed_out
            case 1004, 1031 -> committing ? KvFailure.UNKNOWN_RESULT : KvFailure.TIMED_OUT;
            // transaction_too_large, key_too_large, value_too_large
            case 2101, 2102, 2103 -> KvFailure.TOO_LARGE;
            default -> committing && !isRefusal(code) ? KvFailure.UNKNOWN_RESULT : KvFailure.UNAVAILABLE;
        };
    }

    /** True if nothing was sent, or what was sent was refused: errors of use (2000 and on), and database_locked. */
    private static boolean isRefusal(int code) {
        return code >= 2000 && code < 3000 || code == 1038;
    }
}
