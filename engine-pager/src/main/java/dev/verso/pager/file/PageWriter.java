package dev.verso.pager.file;

import dev.verso.error.ResultCode;
import dev.verso.pager.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes pages to the database file; neighbours that come one after the other are written together. */
final class PageWriter {
    private static final int BUFFER_BYTES = 1 << 18;

    private final StorageFile file;
    private final Path path;
    private final int pageSizeBytes;
    private final int lockPage;
    private final byte[] buffer;
    private int bufferedBytes;
    private long bufferPosition;
    private long writes;

    /** {@code expectedPages} bounds the buffer where few pages will come. */
    PageWriter(StorageFile file, Path path, int pageSizeBytes, int expectedPages) {
        this.file = file;
        this.path = path;
        this.pageSizeBytes = pageSizeBytes;
        this.lockPage = DatabaseHeader.lockPage(pageSizeBytes);
        this.buffer =
                new byte[(int) Math.max(pageSizeBytes, Math.min(BUFFER_BYTES, (long) expectedPages * pageSizeBytes))];
    }

    void write(int pageNumber, byte[] bytes, int offset) {
        if (pageNumber == lockPage) {
            return;
        }
        long position = (pageNumber - 1L) * pageSizeBytes;
        if (position != bufferPosition + bufferedBytes || bufferedBytes + pageSizeBytes > buffer.length) {
            flush();
            bufferPosition = position;
        }
        System.arraycopy(bytes, offset, buffer, bufferedBytes, pageSizeBytes);
        bufferedBytes += pageSizeBytes;
    }

    void flush() {
        if (bufferedBytes == 0) {
            return;
        }
        try {
            file.write(buffer, 0, bufferedBytes, bufferPosition);
        } catch (IOException e) {
            String what = "write " + bufferedBytes + " bytes at page " + (bufferPosition / pageSizeBytes + 1);
            throw Failures.io(ResultCode.IOERR_WRITE, path, what, e);
        }
        bufferedBytes = 0;
        writes++;
    }

    /** How often the file was written to. */
    long writes() {
        return writes;
    }
}
