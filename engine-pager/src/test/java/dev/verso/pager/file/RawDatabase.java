package dev.verso.pager.file;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A database without tables, all of whose pages after the second are leaves of the freelist: SQLite finds it in order whatever those
 * contain, so a test of the pager can write what it likes.
 */
final class RawDatabase {
    private RawDatabase() {}

    /** Makes page 1, and page 2 as the freelist's trunk, fit the number of pages. */
    static void writeStructure(Pager pager, int pageCount) {
        pager.pageCount(pageCount);
        byte[] page1 = pager.edit(1);
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(magic, 0, page1, 0, magic.length);
        int pageSize = pager.pageSize();
        BigEndian.putU16(page1, 16, pageSize == 65536 ? 1 : pageSize);
        page1[18] = 1;
        page1[19] = 1;
        page1[21] = 64;
        page1[22] = 32;
        page1[23] = 32;
        BigEndian.put32(page1, 32, pageCount > 1 ? 2 : 0);
        BigEndian.put32(page1, 36, pageCount - 1);
        BigEndian.put32(page1, 44, 4);
        BigEndian.put32(page1, 56, 1);
        page1[100] = 13;
        BigEndian.putU16(page1, 105, pageSize == 65536 ? 0 : pageSize);
        if (pageCount > 1) {
            byte[] trunk = pager.edit(2);
            BigEndian.put32(trunk, 4, pageCount - 2);
            for (int page = 3; page <= pageCount; page++) {
                BigEndian.put32(trunk, 8 + 4 * (page - 3), page);
            }
        }
    }

    /** Fills a page from the third on. */
    static void scribble(Pager pager, int pageNumber, Random random) {
        random.nextBytes(pager.editNew(pageNumber));
    }

    /** All pages as the pager sees them; what the store stamps into the header at a commit is left out. */
    static List<byte[]> pages(Pager pager) {
        List<byte[]> pages = new ArrayList<>();
        for (int page = 1; page <= pager.pageCount(); page++) {
            pages.add(withoutStamp(pager.read(page).clone(), page));
        }
        return pages;
    }

    static List<byte[]> pages(byte[] file, int pageSize) {
        List<byte[]> pages = new ArrayList<>();
        for (int page = 1; page <= file.length / pageSize; page++) {
            byte[] image = java.util.Arrays.copyOfRange(file, (page - 1) * pageSize, page * pageSize);
            pages.add(withoutStamp(image, page));
        }
        return pages;
    }

    private static byte[] withoutStamp(byte[] image, int pageNumber) {
        if (pageNumber == 1) {
            BigEndian.put64(image, DatabaseHeader.CHANGE_COUNTER, 0);
            BigEndian.put64(image, DatabaseHeader.VERSION_VALID_FOR, 0);
        }
        return image;
    }

    static boolean equal(List<byte[]> some, List<byte[]> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!java.util.Arrays.equals(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
