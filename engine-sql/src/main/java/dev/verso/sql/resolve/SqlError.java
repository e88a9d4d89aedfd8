package dev.verso.sql.resolve;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;

/** Errors in what a statement says. */
final class SqlError {
    private SqlError() {}

    static DatabaseException of(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }

    /** SQLite's ordinals: 1st, 2nd, 3rd, 4th … 11th. */
    static String ordinal(int number) {
        int tens = number / 10 % 10;
        String suffix =
                switch (tens == 1 ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + suffix;
    }
}
