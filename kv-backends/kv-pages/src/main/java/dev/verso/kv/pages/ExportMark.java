package dev.verso.kv.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which version an export writes, in a small file beside the incomplete one: an export that was killed goes on with the version that it
 * had begun, as long as that is kept.
 */
record ExportMark(NamespaceAddress address, Path file) {
    /** The version to write: that of the attempt before, or a new one. */
    static ExportMark of(Namespaces namespaces, NamespaceAddress address, Path target) throws IOException {
        Path file = target.resolveSibling(target.getFileName() + ".part.version");
        NamespaceAddress fixed = fixed(namespaces, address);
        String id = namespaces.stat(address.name()).id();
        if (Files.exists(file)) {
            String[] words = Files.readString(file).strip().split(" ");
            if (words.length == 2 && words[0].equals(id) && words[1].matches("[0-9]{1,18}")) {
                long begun = Long.parseLong(words[1]);
                if (begun == fixed.version() || !address.isPinned() && isKept(namespaces, address.name(), begun)) {
                    return new ExportMark(new NamespaceAddress(address.name(), begun, null), file);
                }
            }
        }
        Files.deleteIfExists(target.resolveSibling(target.getFileName() + ".part"));
        if (fixed.isPinned()) {
            Files.writeString(file, id + " " + fixed.version());
        }
        return new ExportMark(fixed, file);
    }

    private static NamespaceAddress fixed(Namespaces namespaces, NamespaceAddress address) {
        long version = address.time() != null
                ? namespaces.versionAt(address.name(), address.time())
                : address.isPinned() ? address.version() : namespaces.newestVersion(address.name());
        return version == 0 && !address.isPinned() ? address : new NamespaceAddress(address.name(), version, null);
    }

    private static boolean isKept(Namespaces namespaces, String name, long version) {
        return namespaces.versions(name, version - 1, 1).stream().anyMatch(each -> each.version() == version);
    }

    /** Whole pages that are in the incomplete file. */
    int pagesWritten(Path partial, int pageSizeBytes) throws IOException {
        return !Files.exists(partial) || pageSizeBytes == 0 ? 0 : (int) (Files.size(partial) / pageSizeBytes);
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
