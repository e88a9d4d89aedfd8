package dev.verso.kv;

/** A request to a key-value store that failed; {@link #failure} says how. */
public final class KvException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final KvFailure failure;

    public KvException(KvFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public KvException(KvFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public KvFailure failure() {
        return failure;
    }

    /** True if the same work, begun again, may succeed and can't be applied twice. */
    public boolean isRetryable() {
        return switch (failure) {
            case CONFLICT, TOO_OLD, FUTURE_VERSION -> true;
            case TOO_LARGE, UNKNOWN_RESULT, UNAVAILABLE, FULL, TIMED_OUT, INTERRUPTED, CLOSED, OWNED, DAMAGED -> false;
        };
    }
}
