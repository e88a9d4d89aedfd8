package dev.verso.kv.local;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other processes, and other stores of this one, out of a directory. The file {@code lock} says who is in.
 *
 * <p>Locks of files belong to the process, and closing any descriptor of the file gives them up: so a directory that is open in this
 * process is known by name, and its lock file is not touched again.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path place) throws IOException {
        Path directory = place.toRealPath();
        if (!OPEN.add(directory)) {
            throw new KvException(KvFailure.OWNED, directory + " is open already in this process");
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            Path file = directory.resolve("lock");
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new KvException(KvFailure.OWNED, directory + " is in use by another process" + owner(file));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            locked = true;
            return new DirectoryLock(directory, channel);
        } finally {
            if (!locked) {
                if (channel != null) {
                    channel.close();
                }
                OPEN.remove(directory);
            }
        }
    }

    private static String owner(Path file) {
        try {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).trim();
            return pid.isEmpty() ? "" : " (process " + pid + ")";
        } catch (IOException e) {
            // Some systems don't let a locked file be read; the message does without the number.
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OPEN.remove(directory);
    }
}
