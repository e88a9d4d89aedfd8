package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A page's image as the bytes in which it differs from the page's entry before it. Most commits change a few dozen bytes of a page.
 *
 * <pre>
 *   1                kind
 *   CRC-32C (4)      of the image that comes out
 *   runs             in ascending order: where on the page (2), how many bytes (2), these bytes
 * </pre>
 *
 * A whole image is written after {@link #MOST_IN_A_ROW} deltas, so that a reader can ask for all that it may need at once.
 */
final class PageDelta {
    /** Deltas between two whole images. */
    static final int MOST_IN_A_ROW = 16;

    private static final byte KIND = 1;
    private static final int HEADER_BYTES = 5;
    private static final int RUN_BYTES = 4;

    /** A larger part of the page is worth a whole image. */
    private static final int LEAST_GAIN = 8;

    /** Runs are not ended for fewer equal bytes than it costs to begin another. */
    private static final int GAP_BYTES = RUN_BYTES;

    private PageDelta() {}

    /** The delta, or null if a whole image is better. */
    static byte[] between(byte[] before, byte[] image) {
        if (before.length != image.length) {
            return null;
        }
        byte[] out = new byte[image.length / LEAST_GAIN];
        int end = HEADER_BYTES;
        for (int at = 0; at < image.length; ) {
            int equal = Arrays.mismatch(before, at, before.length, image, at, image.length);
            if (equal < 0) {
                break;
            }
            int from = at + equal;
            int to = endOfRun(before, image, from);
            if (end + RUN_BYTES + to - from > out.length) {
                return null;
            }
            BigEndian.putU16(out, end, from);
            BigEndian.putU16(out, end + 2, to - from);
            System.arraycopy(image, from, out, end + RUN_BYTES, to - from);
            end += RUN_BYTES + to - from;
            at = to;
        }
        out[0] = KIND;
        BigEndian.put32(out, 1, checksum(image));
        return Arrays.copyOf(out, end);
    }

    private static int endOfRun(byte[] before, byte[] image, int from) {
        int end = from + 1;
        for (int i = end; i < image.length && i - end < GAP_BYTES; i++) {
            if (before[i] != image[i]) {
                end = i + 1;
            }
        }
        return end;
    }

    /** Turns the image, which is the caller's own, into the one that comes after it. */
    static void apply(byte[] image, byte[] delta, int pageNumber) {
        int in = HEADER_BYTES;
        boolean fits = delta.length >= HEADER_BYTES && delta[0] == KIND;
        while (fits && in < delta.length) {
            fits = in + RUN_BYTES <= delta.length;
            int from = fits ? BigEndian.u16(delta, in) : 0;
            int length = fits ? BigEndian.u16(delta, in + 2) : 0;
            in += RUN_BYTES;
            fits = length > 0 && from + length <= image.length && in + length <= delta.length;
            if (fits) {
                System.arraycopy(delta, in, image, from, length);
                in += length;
            }
        }
        if (!fits || BigEndian.s32(delta, 1) != checksum(image)) {
            throw new DatabaseException(
                    ResultCode.CORRUPT,
                    ResultCode.CORRUPT.text() + ": a change of page " + pageNumber
                            + " does not fit the image before it");
        }
    }

    private static int checksum(byte[] image) {
        CRC32C crc = new CRC32C();
        crc.update(image, 0, image.length);
        return (int) crc.getValue();
    }
}
