package dev.verso.kv.local;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other processes, and other stores of this one, out of a directory. The file {@code lock} says who is in. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                throw new KvException(KvFailure.OWNED, directory + " is open already in this process", e);
            }
            if (lock == null) {
                throw new KvException(KvFailure.OWNED, directory + " is in use by another process" + owner(file));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            locked = true;
            return new DirectoryLock(channel);
        } finally {
            if (!locked) {
                channel.close();
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
    }
}
