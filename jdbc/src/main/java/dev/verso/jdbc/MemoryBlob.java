package dev.verso.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;

/** A BLOB in memory. Positions count from 1. */
final class MemoryBlob implements Blob {
    private byte[] bytes;

    MemoryBlob(byte[] bytes) {
        this.bytes = bytes;
    }

    private byte[] live() throws SQLException {
        if (bytes == null) {
            throw SqlErrors.closed("the blob");
        }
        return bytes;
    }

    @Override
    public long length() throws SQLException {
        return live().length;
    }

    @Override
    public byte[] getBytes(long position, int length) throws SQLException {
        int from = start(position, length);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
    }

    private int start(long position, long length) throws SQLException {
        if (position < 1 || position > live().length + 1L || length < 0) {
            throw SqlErrors.outOfRange("position " + position + " of " + bytes.length + " bytes, length " + length);
        }
        return (int) (position - 1);
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return new ByteArrayInputStream(live());
    }

    @Override
    public InputStream getBinaryStream(long position, long length) throws SQLException {
        int from = start(position, length);
        return new ByteArrayInputStream(bytes, from, (int) Math.min(bytes.length - from, length));
    }

    @Override
    public long position(byte[] pattern, long start) throws SQLException {
        for (int at = start(start, 0); at + pattern.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at + 1L;
            }
        }
        return -1;
    }

    @Override
    public long position(Blob pattern, long start) throws SQLException {
        return position(pattern.getBytes(1, (int) pattern.length()), start);
    }

    @Override
    public int setBytes(long position, byte[] source) throws SQLException {
        return setBytes(position, source, 0, source.length);
    }

    @Override
    public int setBytes(long position, byte[] source, int offset, int length) throws SQLException {
        int from = start(position, length);
        if (from + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, from + length);
        }
        System.arraycopy(source, offset, bytes, from, length);
        return length;
    }

    @Override
    public OutputStream setBinaryStream(long position) throws SQLException {
        start(position, 0);
        return new ByteArrayOutputStream() {
            @Override
            public void close() throws java.io.IOException {
                try {
                    setBytes(position, toByteArray());
                } catch (SQLException e) {
                    throw new java.io.IOException(e);
                }
            }
        };
    }

    @Override
    public void truncate(long length) throws SQLException {
        bytes = Arrays.copyOf(live(), (int) Math.min(length, bytes.length));
    }

    @Override
    public void free() {
        bytes = null;
    }
}
