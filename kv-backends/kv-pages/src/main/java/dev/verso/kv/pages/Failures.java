package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;

/** The store's failures as SQLite's. */
final class Failures {
    private Failures() {}

    /** A failure while doing {@code what} with the database {@code name}. */
    static DatabaseException translate(KvException e, String what, String name) {
        ResultCode code =
                switch (e.failure()) {
                    case CONFLICT, TOO_OLD, FUTURE_VERSION -> ResultCode.BUSY_SNAPSHOT;
                    case TOO_LARGE -> ResultCode.TOOBIG;
                    case UNKNOWN_RESULT, UNAVAILABLE, TIMED_OUT, CLOSED -> ResultCode.IOERR;
                    case FULL -> ResultCode.FULL;
                    case INTERRUPTED -> ResultCode.INTERRUPT;
                    case OWNED -> ResultCode.BUSY;
                    case DAMAGED -> ResultCode.CORRUPT;
                };
        return new DatabaseException(code, code.text() + ": " + what + " " + name + ": " + e.getMessage(), e);
    }

    /** A failure to open {@code name}. */
    static DatabaseException opening(KvException e, String name) {
        ResultCode code =
                switch (e.failure()) {
                    case OWNED -> ResultCode.BUSY;
                    case DAMAGED -> ResultCode.NOTADB;
                    case INTERRUPTED -> ResultCode.INTERRUPT;
                    case CONFLICT,
                            TOO_OLD,
                            FUTURE_VERSION,
                            TOO_LARGE,
                            UNKNOWN_RESULT,
                            UNAVAILABLE,
                            FULL,
                            TIMED_OUT,
                            CLOSED -> ResultCode.CANTOPEN;
                };
        return new DatabaseException(code, code.text() + ": " + name + ": " + e.getMessage(), e);
    }

    static DatabaseException conflict(String name, String why) {
        return new DatabaseException(
                ResultCode.BUSY_SNAPSHOT, ResultCode.BUSY_SNAPSHOT.text() + ": " + name + ": " + why);
    }
}
