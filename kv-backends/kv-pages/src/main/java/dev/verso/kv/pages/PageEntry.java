package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.util.Arrays;

/**
 * The value under a page's key. First byte: {@code 0} the image follows; {@code 1} a staged transaction's id (12 bytes) follows, then
 * the image, which counts only once that transaction is published. Other first bytes are kept for deltas and compressed images.
 */
final class PageEntry {
    private static final byte WHOLE = 0;
    private static final byte STAGED = 1;

    private PageEntry() {}

    static byte[] whole(byte[] image) {
        byte[] value = new byte[1 + image.length];
        value[0] = WHOLE;
        System.arraycopy(image, 0, value, 1, image.length);
        return value;
    }

    static byte[] staged(byte[] stagedId, byte[] image) {
        byte[] value = new byte[1 + stagedId.length + image.length];
        value[0] = STAGED;
        System.arraycopy(stagedId, 0, value, 1, stagedId.length);
        System.arraycopy(image, 0, value, 1 + stagedId.length, image.length);
        return value;
    }

    /** The id of the transaction that staged this entry, or null for an entry of a commit. */
    static StagedId stagedBy(byte[] value) {
        return value.length > NamespaceKeys.STAGED_ID_BYTES && value[0] == STAGED
                ? new StagedId(Arrays.copyOfRange(value, 1, 1 + NamespaceKeys.STAGED_ID_BYTES))
                : null;
    }

    /** The image, whoever wrote it. */
    static byte[] image(byte[] value, int pageSizeBytes, int pageNumber) {
        int start = value.length > 0 && value[0] == STAGED ? 1 + NamespaceKeys.STAGED_ID_BYTES : 1;
        if (value.length == 0 || value[0] != WHOLE && value[0] != STAGED || value.length - start != pageSizeBytes) {
            throw new DatabaseException(
                    ResultCode.CORRUPT,
                    "page " + pageNumber + " is stored in " + value.length + " bytes of kind "
                            + (value.length == 0 ? "none" : Integer.toString(value[0])) + ", not as an image of "
                            + pageSizeBytes + " bytes");
        }
        return Arrays.copyOfRange(value, start, value.length);
    }
}
