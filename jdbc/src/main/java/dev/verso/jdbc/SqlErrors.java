package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;

/**
 * Engine errors as {@link SQLException}s: message {@code [SQLITE_…] general text (SQLite's own message)}, vendor code the primary result
 * code, SQLState and subclass by what went wrong. Class 08 is given only when the connection is useless, because pools evict on it.
 */
final class SqlErrors {
    private SqlErrors() {}

    /** The heap is too small for a value. */
    static SQLException outOfMemory(OutOfMemoryError e) {
        return of(new DatabaseException(ResultCode.NOMEM, ResultCode.NOMEM.text(), e));
    }

    static SQLException of(DatabaseException e) {
        ResultCode code = e.code();
        String text = text(e);
        int vendor = code.primary();
        return switch (code) {
            case CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARYKEY, CONSTRAINT_ROWID -> constraint(text, "23505", vendor, e);
            case CONSTRAINT_NOTNULL -> constraint(text, "23502", vendor, e);
            case CONSTRAINT_FOREIGNKEY -> constraint(text, "23503", vendor, e);
            case CONSTRAINT_CHECK -> constraint(text, "23513", vendor, e);
            default -> byPrimary(e, text, vendor);
        };
    }

    private static String text(DatabaseException e) {
        return "[" + e.code().symbol() + "] " + e.code().text() + " (" + e.getMessage() + ")";
    }

    private static SQLException byPrimary(DatabaseException e, String text, int vendor) {
        if (vendor == ResultCode.CONSTRAINT.value()) {
            return constraint(text, "23000", vendor, e);
        }
        if (e.isBusy()) {
            return new SQLTransactionRollbackException(text, "40001", vendor, e);
        }
        if (vendor == ResultCode.INTERRUPT.value()) {
            return new SQLTimeoutException(text, "57014", vendor, e);
        }
        if (vendor == ResultCode.READONLY.value()) {
            return new SQLNonTransientException(text, "25006", vendor, e);
        }
        if (vendor == ResultCode.MISMATCH.value()
                || vendor == ResultCode.RANGE.value()
                || vendor == ResultCode.TOOBIG.value()) {
            return new SQLDataException(text, "22000", vendor, e);
        }
        if (vendor == ResultCode.NOTADB.value()) {
            return new SQLNonTransientConnectionException(text, "08001", vendor, e);
        }
        if (vendor == ResultCode.IOERR.value()
                || vendor == ResultCode.CORRUPT.value()
                || vendor == ResultCode.CANTOPEN.value()) {
            return new SQLNonTransientException(text, "58030", vendor, e);
        }
        if (vendor == ResultCode.FULL.value()) {
            return new SQLNonTransientException(text, "53100", vendor, e);
        }
        if (vendor == ResultCode.NOMEM.value()) {
            return new SQLNonTransientException(text, "53200", vendor, e);
        }
        if (vendor == ResultCode.AUTH.value()) {
            return new SQLInvalidAuthorizationSpecException(text, "42501", vendor, e);
        }
        if (vendor == ResultCode.ERROR.value()) {
            return new SQLSyntaxErrorException(text, syntaxState(e.getMessage()), vendor, e);
        }
        return new SQLException(text, "HY000", vendor, e);
    }

    private static String syntaxState(String message) {
        if (message.startsWith("no such table") || message.startsWith("no such view")) {
            return "42S02";
        }
        if (message.startsWith("no such column")) {
            return "42S22";
        }
        if (message.endsWith("already exists")) {
            return "42S01";
        }
        return message.endsWith("syntax error") || message.equals("incomplete input") ? "42601" : "42000";
    }

    private static SQLException constraint(String text, String state, int vendor, DatabaseException e) {
        return new SQLIntegrityConstraintViolationException(text, state, vendor, e);
    }

    /** Opening a database failed: there is no connection. */
    static SQLException onConnect(DatabaseException e) {
        if (e.code().primary() == ResultCode.CANTOPEN.value()) {
            return new SQLNonTransientConnectionException(text(e), "08001", ResultCode.CANTOPEN.value(), e);
        }
        return of(e);
    }

    /** A statement that was cancelled, or whose time is over. */
    static SQLException stopped(String why, DatabaseException e) {
        return new SQLTimeoutException("[SQLITE_INTERRUPT] " + why, "57014", ResultCode.INTERRUPT.value(), e);
    }

    static SQLException closed(String what) {
        return new SQLException(what + " is closed", "HY010", ResultCode.MISUSE.value());
    }

    static SQLException connectionClosed() {
        return new SQLNonTransientConnectionException("the connection is closed", "08003", ResultCode.MISUSE.value());
    }

    static SQLException misuse(String message) {
        return new SQLException(message, "HY010", ResultCode.MISUSE.value());
    }

    static SQLException badValue(String message) {
        return new SQLDataException(message, "22018", ResultCode.MISMATCH.value());
    }

    static SQLException outOfRange(String message) {
        return new SQLDataException(message, "22003", ResultCode.RANGE.value());
    }

    static SQLException notSupported(String what) {
        return new SQLFeatureNotSupportedException(what + " is not supported", "HYC00", ResultCode.ERROR.value());
    }
}
