package dev.verso.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** A text in memory as CLOB. Positions count from 1. */
final class MemoryClob implements NClob {
    private String text;

    MemoryClob(String text) {
        this.text = text;
    }

    private String live() throws SQLException {
        if (text == null) {
            throw SqlErrors.closed("the clob");
        }
        return text;
    }

    private int start(long position, long length) throws SQLException {
        if (position < 1 || position > live().length() + 1L || length < 0) {
            throw SqlErrors.outOfRange(
                    "position " + position + " of " + text.length() + " characters, length " + length);
        }
        return (int) (position - 1);
    }

    @Override
    public long length() throws SQLException {
        return live().length();
    }

    @Override
    public String getSubString(long position, int length) throws SQLException {
        int from = start(position, length);
        return text.substring(from, (int) Math.min(text.length(), (long) from + length));
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return new StringReader(live());
    }

    @Override
    public Reader getCharacterStream(long position, long length) throws SQLException {
        return new StringReader(getSubString(position, (int) length));
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return new ByteArrayInputStream(live().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long position(String pattern, long start) throws SQLException {
        int at = live().indexOf(pattern, start(start, 0));
        return at < 0 ? -1 : at + 1L;
    }

    @Override
    public long position(Clob pattern, long start) throws SQLException {
        return position(pattern.getSubString(1, (int) pattern.length()), start);
    }

    @Override
    public int setString(long position, String source) throws SQLException {
        int from = start(position, source.length());
        text = text.substring(0, from) + source + text.substring(Math.min(text.length(), from + source.length()));
        return source.length();
    }

    @Override
    public int setString(long position, String source, int offset, int length) throws SQLException {
        return setString(position, source.substring(offset, offset + length));
    }

    @Override
    public OutputStream setAsciiStream(long position) throws SQLException {
        start(position, 0);
        return new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                try {
                    setString(position, toString(StandardCharsets.US_ASCII));
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Override
    public Writer setCharacterStream(long position) throws SQLException {
        start(position, 0);
        return new StringWriter() {
            @Override
            public void close() throws IOException {
                try {
                    setString(position, toString());
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Override
    public void truncate(long length) throws SQLException {
        text = live().substring(0, (int) Math.min(length, text.length()));
    }

    @Override
    public void free() {
        text = null;
    }
}
