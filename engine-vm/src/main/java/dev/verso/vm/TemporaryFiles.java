package dev.verso.vm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the files of sorts and ephemeral tables, which are deleted when they are closed. PRAGMA temp_store_directory says where. */
final class TemporaryFiles {
    private Path directory;

    /** @param where null for where the JVM puts temporary files */
    void directory(Path where) {
        directory = where;
    }

    FileChannel open(String prefix) throws IOException {
        Path path = directory == null
                ? Files.createTempFile(prefix, ".tmp")
                : Files.createTempFile(directory, prefix, ".tmp");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
