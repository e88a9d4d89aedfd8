package dev.verso.vm.function.json;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.nio.charset.StandardCharsets;

/** The errors of the JSON functions, in SQLite's words. */
final class JsonError {
    private JsonError() {}

    static DatabaseException malformed() {
        return error("malformed JSON");
    }

    static DatabaseException badPath(byte[] path, int length) {
        return error("bad JSON path: " + quoted(path, length));
    }

    static DatabaseException notAnArrayElement(byte[] path, int length) {
        return error("not an array element: " + quoted(path, length));
    }

    static DatabaseException pathTooDeep() {
        return error("JSON path too deep");
    }

    static DatabaseException holdsBlob() {
        return error("JSON cannot hold BLOB values");
    }

    static DatabaseException tooBig() {
        return new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
    }

    static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }

    private static String quoted(byte[] path, int length) {
        return "'" + new String(path, 0, length, StandardCharsets.UTF_8).replace("'", "''") + "'";
    }
}
