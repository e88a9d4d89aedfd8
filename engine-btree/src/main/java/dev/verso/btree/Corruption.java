package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;

/** Makes the exceptions for what a file has wrong: SQLite's text, then the page and the reason. */
final class Corruption {
    private Corruption() {}

    static DatabaseException of(int pageNumber, String reason) {
        return new DatabaseException(
                ResultCode.CORRUPT,
                ResultCode.CORRUPT.text() + " (page " + Integer.toUnsignedString(pageNumber) + ": " + reason + ")");
    }

    static DatabaseException cellOffset(int pageNumber, int cellIndex, int cellOffset, int floor, int usableBytes) {
        return of(
                pageNumber,
                "cell " + cellIndex + " starts at byte " + cellOffset + ", outside " + floor + ".."
                        + (usableBytes - 4));
    }

    static DatabaseException cellEnd(int pageNumber, int cellOffset, int usableBytes) {
        return of(
                pageNumber,
                "the cell at byte " + cellOffset + " runs past the page's usable " + usableBytes + " bytes");
    }

    static DatabaseException notADatabase() {
        return new DatabaseException(ResultCode.NOTADB, ResultCode.NOTADB.text());
    }
}
