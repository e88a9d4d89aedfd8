package dev.verso.vm.function.builtin;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.nio.charset.StandardCharsets;

/**
 * A slice of UTF-8 bytes seen as an argument: texts of UTF-8 databases and blobs are used in place, everything else is converted.
 * Mutable, for reuse.
 */
public final class Arguments {
    public byte[] bytes;
    public int offset;
    public int length;

    public Arguments() {}

    /** The argument as text in UTF-8. Must not be NULL. */
    public Arguments text(Value value) {
        StorageClass kind = value.storageClass();
        if (kind == StorageClass.TEXT || kind == StorageClass.BLOB && value.encoding() == TextEncoding.UTF8) {
            return bytes(value);
        }
        bytes = value.asString().getBytes(StandardCharsets.UTF_8);
        offset = 0;
        length = bytes.length;
        return this;
    }

    /** The argument's bytes: those of a blob as they are, all others as text in UTF-8. Must not be NULL. */
    public Arguments bytes(Value value) {
        StorageClass kind = value.storageClass();
        if (kind == StorageClass.BLOB || kind == StorageClass.TEXT) {
            bytes = value.bytes(TextEncoding.UTF8);
            offset = value.offset();
            length = value.length();
        } else {
            bytes = value.asString().getBytes(StandardCharsets.UTF_8);
            offset = 0;
            length = bytes.length;
        }
        return this;
    }

    /** Bytes before the first NUL. */
    public int lengthUntilNul() {
        int count = 0;
        while (count < length && bytes[offset + count] != 0) {
            count++;
        }
        return count;
    }

    /** Sets a UTF-8 text; the bytes must not change any more. */
    public static void setText(FunctionContext context, Value result, byte[] bytes, int offset, int length) {
        setText(context.encoding(), result, bytes, offset, length);
    }

    /** Sets a UTF-8 text that is wanted in that encoding; the bytes must not change any more. */
    public static void setText(TextEncoding wanted, Value result, byte[] bytes, int offset, int length) {
        if (wanted == TextEncoding.UTF8) {
            result.setText(bytes, offset, length, TextEncoding.UTF8);
        } else {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            result.setText(text.indexOf(0xfffd) < 0 ? text : Utf8.decode(bytes, offset, length));
        }
    }

    static boolean isText(Value value) {
        return value.storageClass() == StorageClass.TEXT;
    }

    static boolean isBlob(Value value) {
        return value.storageClass() == StorageClass.BLOB;
    }

    static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }

    static DatabaseException tooBig() {
        return new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
    }
}
