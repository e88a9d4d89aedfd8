package dev.verso.pager.file;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.io.IOException;
import java.nio.file.Path;

/** Failures of the operating system as SQLite's result codes, with a message that says what was done to which file. */
final class Failures {
    private Failures() {}

    /** An input or output operation failed; a full disk gets its own code. */
    static DatabaseException io(ResultCode code, Path path, String what, IOException e) {
        ResultCode exact = isDiskFull(e) ? ResultCode.FULL : code;
        return new DatabaseException(exact, exact.text() + ": " + path + ": cannot " + what + ": " + e.getMessage(), e);
    }

    static DatabaseException of(ResultCode code, Path path, String why) {
        return new DatabaseException(code, code.text() + ": " + path + ": " + why);
    }

    /** Java has no error numbers, only the system's words for them. */
    private static boolean isDiskFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left")
                || message.contains("not enough space")
                || message.contains("quota exceeded")
                || message.contains("File too large");
    }
}
