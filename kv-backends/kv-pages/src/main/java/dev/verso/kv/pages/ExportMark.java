package dev.verso.kv.pages;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which version an export writes and how many of its pages are safe on disk, in a small file beside the incomplete one: an export that
 * was killed, or whose machine lost power, goes on with the version that it had begun, as long as that is kept.
 */
record ExportMark(NamespaceAddress address, Path file, String id, int pages) {
    /** The last word of a mark that was written to its end. */
    private static final String END = "pages";

    /** The version to write: that of the attempt before, or a new one. */
    static ExportMark of(Namespaces namespaces, NamespaceAddress address, Path target) throws IOException {
        Path file = target.resolveSibling(target.getFileName() + ".part.version");
        NamespaceAddress fixed = fixed(namespaces, address);
        String id = namespaces.stat(address.name()).id();
        if (Files.exists(file)) {
            String[] words = Files.readString(file).strip().split(" ");
            if (words.length == 4
                    && words[0].equals(id)
                    && isVersion(words[1])
                    && words[2].matches("[0-9]{1,9}")
                    && words[3].equals(END)) {
                long begun = Long.parseLong(words[1]);
                if (begun == fixed.version() || !address.isPinned() && isKept(namespaces, address.name(), begun)) {
                    NamespaceAddress version = new NamespaceAddress(address.name(), begun, null);
                    return new ExportMark(version, file, id, Integer.parseInt(words[2]));
                }
            }
        }
        Files.deleteIfExists(target.resolveSibling(target.getFileName() + ".part"));
        ExportMark mark = new ExportMark(fixed, file, id, 0);
        mark.reached(0);
        return mark;
    }

    private static NamespaceAddress fixed(Namespaces namespaces, NamespaceAddress address) {
        long version = address.time() != null
                ? namespaces.versionAt(address.name(), address.time())
                : address.isPinned() ? address.version() : namespaces.newestVersion(address.name());
        return version == 0 && !address.isPinned() ? address : new NamespaceAddress(address.name(), version, null);
    }

    /** Where commits share versions of the store, a number has up to 19 digits. */
    private static boolean isVersion(String word) {
        return word.matches("[0-9]{1,19}") && new BigInteger(word).bitLength() < Long.SIZE;
    }

    private static boolean isKept(Namespaces namespaces, String name, long version) {
        return namespaces.versions(name, version - 1, 1).stream().anyMatch(each -> each.version() == version);
    }

    /** Pages that the attempt before has written and synced. */
    int pagesWritten(Path partial, int pageSizeBytes) throws IOException {
        return pages == 0 || !Files.exists(partial) ? 0 : (int) Math.min(pages, Files.size(partial) / pageSizeBytes);
    }

    /** Notes that so many pages are written and synced. */
    void reached(int pagesSynced) throws IOException {
        if (address.isPinned()) {
            Files.writeString(file, id + " " + address.version() + " " + pagesSynced + " " + END);
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
