package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The value under a page's key. The first byte is the sum of {@code 1} if a staged transaction's id (12 bytes) follows, so that the image counts only
 * once that transaction is published, and {@code 2} if the image, which comes last, is deflated (RFC 1950).
 */
final class PageEntry {
    private static final int STAGED = 1;
    private static final int DEFLATED = 2;
    private static final int KINDS = STAGED | DEFLATED;

    private PageEntry() {}

    static byte[] whole(byte[] image, boolean compress) {
        return entry(0, new byte[0], image, compress);
    }

    static byte[] staged(byte[] stagedId, byte[] image, boolean compress) {
        return entry(STAGED, stagedId, image, compress);
    }

    private static byte[] entry(int kind, byte[] head, byte[] image, boolean compress) {
        int start = 1 + head.length;
        byte[] value = new byte[start + image.length];
        System.arraycopy(head, 0, value, 1, head.length);
        int bytes = compress ? deflate(image, value, start) : 0;
        if (bytes > 0) {
            value[0] = (byte) (kind | DEFLATED);
            return Arrays.copyOf(value, start + bytes);
        }
        value[0] = (byte) kind;
        System.arraycopy(image, 0, value, start, image.length);
        return value;
    }

    /** Bytes of the deflated image, or 0 if it does not get smaller. */
    private static int deflate(byte[] image, byte[] to, int start) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(image);
            deflater.finish();
            int bytes = deflater.deflate(to, start, image.length);
            return deflater.finished() && bytes < image.length ? bytes : 0;
        } finally {
            deflater.end();
        }
    }

    /** The id of the transaction that staged this entry, or null for an entry of a commit. */
    static StagedId stagedBy(byte[] value) {
        return value.length > NamespaceKeys.STAGED_ID_BYTES && (value[0] & STAGED) != 0
                ? new StagedId(Arrays.copyOfRange(value, 1, 1 + NamespaceKeys.STAGED_ID_BYTES))
                : null;
    }

    /** The image, whoever wrote it. */
    static byte[] image(byte[] value, int pageSizeBytes, int pageNumber) {
        int kind = value.length == 0 ? -1 : value[0];
        int start = (kind & STAGED) != 0 ? 1 + NamespaceKeys.STAGED_ID_BYTES : 1;
        byte[] image = null;
        if ((kind & ~KINDS) == 0 && start <= value.length) {
            image = (kind & DEFLATED) != 0
                    ? inflate(value, start, pageSizeBytes)
                    : value.length - start == pageSizeBytes ? Arrays.copyOfRange(value, start, value.length) : null;
        }
        if (image == null) {
            throw new DatabaseException(
                    ResultCode.CORRUPT,
                    "page " + pageNumber + " is stored in " + value.length + " bytes of kind "
                            + (value.length == 0 ? "none" : Integer.toString(kind)) + ", not as an image of "
                            + pageSizeBytes + " bytes");
        }
        return image;
    }

    private static byte[] inflate(byte[] value, int start, int pageSizeBytes) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(value, start, value.length - start);
            byte[] image = new byte[pageSizeBytes];
            int bytes = inflater.inflate(image);
            return bytes == pageSizeBytes
                            && (inflater.finished() || inflater.inflate(new byte[1]) == 0 && inflater.finished())
                    ? image
                    : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
