package dev.verso.record;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a database stores text (file format §1.3.13). */
public enum TextEncoding {
    UTF8(1, "UTF-8", StandardCharsets.UTF_8),
    UTF16LE(2, "UTF-16le", StandardCharsets.UTF_16LE),
    UTF16BE(3, "UTF-16be", StandardCharsets.UTF_16BE);

    private final int headerValue;
    private final String sqlName;
    private final Charset charset;

    TextEncoding(int headerValue, String sqlName, Charset charset) {
        this.headerValue = headerValue;
        this.sqlName = sqlName;
        this.charset = charset;
    }

    /** The number in the database header: 1, 2 or 3. */
    public int headerValue() {
        return headerValue;
    }

    /** The name that {@code PRAGMA encoding} shows. */
    public String sqlName() {
        return sqlName;
    }

    public Charset charset() {
        return charset;
    }
}
