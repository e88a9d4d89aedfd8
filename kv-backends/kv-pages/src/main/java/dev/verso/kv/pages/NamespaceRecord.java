package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import java.nio.charset.StandardCharsets;

/** What a namespace is: format (1 byte, now 1), time of creation in microseconds since the epoch (8), name in UTF-8. */
record NamespaceRecord(long createdMicros, String name) {
    private static final byte FORMAT = 1;

    byte[] encode() {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[9 + text.length];
        value[0] = FORMAT;
        BigEndian.put64(value, 1, createdMicros);
        System.arraycopy(text, 0, value, 9, text.length);
        return value;
    }

    static NamespaceRecord decode(byte[] value) {
        if (value.length < 9 || value[0] != FORMAT) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    "a namespace is stored in format " + (value.length == 0 ? "none" : Integer.toString(value[0]))
                            + ", this software knows " + FORMAT);
        }
        return new NamespaceRecord(
                BigEndian.s64(value, 1), new String(value, 9, value.length - 9, StandardCharsets.UTF_8));
    }
}
