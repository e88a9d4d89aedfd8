package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import io.grpc.Status;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;

/** What gRPC and etcd answer when a request fails. */
final class EtcdFailures {
    /** What gRPC says of a member that hangs up when it hears TLS. */
    private static final String NO_NEGOTIATION = "closed while performing TLS negotiation";

    private EtcdFailures() {}

    /** What is to be made of a failed request. */
    enum Kind {
        /** It was not done, and another member, or this one a little later, may do it. */
        NOT_DONE,
        /** It may have been done or may yet be. Again, another try may help. */
        LOST,
        /** The revision is compacted. */
        COMPACTED,
        /** This member has not seen the revision yet. */
        BEHIND,
        /** The request is too large. It was not done. */
        TOO_LARGE,
        /** The member does not know who asks (any more). It was not done, and another token may help. */
        STRANGER,
        /** No room is left. A write may have been done all the same: etcd applies the one that passes the quota and then says so. */
        FULL,
        /** Refused: it was not done and won't be. */
        REFUSED
    }

    static Kind kind(Status status) {
        String text = status.getDescription() == null ? "" : status.getDescription();
        return switch (status.getCode()) {
            case OUT_OF_RANGE -> text.contains("compacted") ? Kind.COMPACTED : Kind.BEHIND;
            case RESOURCE_EXHAUSTED -> {
                if (text.contains("space exceeded")) {
                    yield Kind.FULL;
                }
                yield text.contains("too many requests") ? Kind.NOT_DONE : Kind.TOO_LARGE;
            }
            case INVALID_ARGUMENT ->
                text.contains("too large") || text.contains("too many operations")
                        ? Kind.TOO_LARGE
                        : text.contains("auth store is old") ? Kind.STRANGER : Kind.REFUSED;
            case UNAVAILABLE -> isNotSent(status) || text.contains("no leader") ? Kind.NOT_DONE : Kind.LOST;
            case DEADLINE_EXCEEDED, CANCELLED, ABORTED, INTERNAL, UNKNOWN, DATA_LOSS, OK -> Kind.LOST;
            case UNAUTHENTICATED -> Kind.STRANGER;
            case NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED -> Kind.REFUSED;
        };
    }

    static boolean isNotSent(Status status) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLHandshakeException
                    || cause instanceof NotSslRecordException) {
                return true;
            }
        }
        return String.valueOf(status.getDescription()).contains(NO_NEGOTIATION);
    }

    /** A status for people: its text, and what lies beneath. */
    static String describe(Status status) {
        StringBuilder text = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            text.append(": ").append(status.getDescription());
        }
        Throwable cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof NotSslRecordException || text.indexOf(NO_NEGOTIATION) >= 0) {
            return status.getCode() + ": it does not speak TLS, or hung up when it heard it";
        }
        if (cause != null && cause.getMessage() != null) {
            text.append(" (").append(cause.getMessage()).append(')');
        }
        return text.toString();
    }

    /**
     * True if a member that was reached hung up or spoke another language: so looks one that speaks TLS to a client that
     * speaks plain text, and the other way round, but others may look so too.
     */
    static boolean isCutOff(Status status) {
        if (isNotSent(status)) {
            return false;
        }
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        String text = String.valueOf(status.getDescription());
        return text.contains("Network closed for unknown reason") || text.contains("frame was not SETTINGS");
    }

    /** The failure of a request that was not done, or only read. */
    static KvException translate(Status status, String name) {
        String message = name + ": " + describe(status);
        return switch (kind(status)) {
            case NOT_DONE, REFUSED, STRANGER -> new KvException(KvFailure.UNAVAILABLE, message, status.getCause());
            case LOST -> new KvException(KvFailure.TIMED_OUT, message, status.getCause());
            case COMPACTED -> new KvException(KvFailure.TOO_OLD, message, status.getCause());
            case BEHIND -> new KvException(KvFailure.FUTURE_VERSION, message, status.getCause());
            case TOO_LARGE -> new KvException(KvFailure.TOO_LARGE, message, status.getCause());
            case FULL -> new KvException(KvFailure.FULL, message, status.getCause());
        };
    }
}
