package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Ascending page numbers as bytes: pairs of varints (7 bits a byte, least first, high bit for more): the gap to the last number of the
 * run before, and the length of the run less 1. A run of pages so costs two bytes.
 */
final class PageList {
    private PageList() {}

    static void write(ByteArrayOutputStream out, int[] pageNumbers) {
        int last = 0;
        for (int i = 0; i < pageNumbers.length; ) {
            int first = pageNumbers[i];
            int run = 1;
            while (i + run < pageNumbers.length && pageNumbers[i + run] == first + run) {
                run++;
            }
            assert first > last : "page numbers ascend: " + first + " after " + last;
            writeVarint(out, first - last);
            writeVarint(out, run - 1);
            last = first + run - 1;
            i += run;
        }
    }

    private static void writeVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** Reads the numbers from {@code offset} to the end. */
    static int[] read(byte[] bytes, int offset) {
        int[] numbers = new int[16];
        int count = 0;
        int last = 0;
        int[] at = {offset};
        while (at[0] < bytes.length) {
            long first = (long) last + readVarint(bytes, at);
            long end = first + readVarint(bytes, at);
            if (first <= last || end > Integer.MAX_VALUE) {
                throw damaged();
            }
            for (long number = first; number <= end; number++) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, count * 2);
                }
                numbers[count++] = (int) number;
            }
            last = (int) end;
        }
        return Arrays.copyOf(numbers, count);
    }

    private static int readVarint(byte[] bytes, int[] at) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at[0] >= bytes.length) {
                throw damaged();
            }
            byte next = bytes[at[0]++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private static DatabaseException damaged() {
        return new DatabaseException(ResultCode.CORRUPT, "a list of changed pages in the store is damaged");
    }
}
