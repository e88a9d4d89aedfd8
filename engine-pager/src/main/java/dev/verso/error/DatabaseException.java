package dev.verso.error;

/** A failure with SQLite's result code and SQLite's message text. Every layer from the pager up throws this and nothing else. */
public class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ResultCode code;

    public DatabaseException(ResultCode code, String message) {
        super(message);
        this.code = code;
    }

    public DatabaseException(ResultCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The extended result code. */
    public ResultCode code() {
        return code;
    }

    /** True if nothing is wrong with the database and the same work may succeed when tried again. */
    public boolean isBusy() {
        return code.primary() == ResultCode.BUSY.value() || code.primary() == ResultCode.LOCKED.value();
    }
}
