package dev.verso.pager;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.storage.StorageFile;
import dev.verso.pager.storage.SystemStorage;
import java.io.IOException;
import java.util.Arrays;

/** Page images that savepoints keep for undo, in a temporary file, when there are too many for memory. */
final class UndoFile implements AutoCloseable {
    private final int pageSizeBytes;
    private StorageFile file;
    private long placeCount;
    private long[] freePlaces = new long[16];
    private int freeCount;

    UndoFile(int pageSizeBytes) {
        this.pageSizeBytes = pageSizeBytes;
    }

    int pageSizeBytes() {
        return pageSizeBytes;
    }

    /** Writes an image and returns its place. */
    long add(byte[] image) {
        long place = freeCount > 0 ? freePlaces[freeCount - 1] : placeCount;
        try {
            if (file == null) {
                file = SystemStorage.INSTANCE.openTemporary();
            }
            file.write(image, 0, pageSizeBytes, place * pageSizeBytes);
        } catch (IOException e) {
            throw new DatabaseException(
                    ResultCode.IOERR_WRITE, "disk I/O error: temporary file for savepoints: " + e.getMessage(), e);
        }
        if (freeCount > 0) {
            freeCount--;
        } else {
            placeCount++;
        }
        return place;
    }

    byte[] read(long place) {
        byte[] image = new byte[pageSizeBytes];
        try {
            int got = file.read(image, 0, pageSizeBytes, place * pageSizeBytes);
            if (got != pageSizeBytes) {
                throw new DatabaseException(
                        ResultCode.IOERR_SHORT_READ,
                        "disk I/O error: temporary file for savepoints ends after " + got + " of " + pageSizeBytes
                                + " bytes of image " + place);
            }
        } catch (IOException e) {
            throw new DatabaseException(
                    ResultCode.IOERR_READ, "disk I/O error: temporary file for savepoints: " + e.getMessage(), e);
        }
        return image;
    }

    void free(long place) {
        if (freeCount == freePlaces.length) {
            freePlaces = Arrays.copyOf(freePlaces, freeCount * 2);
        }
        freePlaces[freeCount++] = place;
    }

    /** Forgets all images. */
    void reset() {
        placeCount = 0;
        freeCount = 0;
    }

    @Override
    public void close() {
        reset();
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new DatabaseException(
                        ResultCode.IOERR_CLOSE, "disk I/O error: temporary file for savepoints: " + e.getMessage(), e);
            } finally {
                file = null;
            }
        }
    }
}
