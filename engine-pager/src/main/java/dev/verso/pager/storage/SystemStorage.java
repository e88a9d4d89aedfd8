package dev.verso.pager.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The operating system's files. Built on {@link RandomAccessFile}, not on a channel's reads and writes: a channel closes itself when a
 * thread that uses it is interrupted, and with it would go the locks that other connections hold.
 */
public final class SystemStorage implements Storage {
    /** The one instance; it has no state. */
    public static final SystemStorage INSTANCE = new SystemStorage();

    private static final boolean SYNCS_DIRECTORIES =
            !System.getProperty("os.name", "").startsWith("Windows");

    private SystemStorage() {}

    @Override
    public Kind kind(Path path) {
        if (Files.isDirectory(path)) {
            return Kind.DIRECTORY;
        }
        return Files.exists(path) ? Kind.FILE : Kind.ABSENT;
    }

    @Override
    public long bytes(Path path) {
        return path.toFile().length();
    }

    @Override
    public Path resolve(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path directory = absolute.normalize().getParent();
        return directory == null ? absolute : directory.toRealPath().resolve(absolute.getFileName());
    }

    @Override
    public Object identity(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key != null ? key : path.toRealPath();
    }

    @Override
    public boolean isWritable(Path path) {
        return Files.isWritable(path);
    }

    @Override
    public StorageFile open(Path path, Access access, Path sibling) throws IOException {
        if (access == Access.CREATE && sibling != null) {
            createLike(path, sibling);
        } else if (access == Access.WRITE && !Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return new SystemFile(new RandomAccessFile(path.toFile(), access == Access.READ ? "r" : "rw"), null);
    }

    /** Makes the file with the access rights of another one: a journal must not show more people what the database hides. */
    private static void createLike(Path path, Path sibling) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(sibling, PosixFileAttributeView.class);
        if (view == null || path.toFile().exists()) {
            return;
        }
        Set<PosixFilePermission> rights = view.readAttributes().permissions();
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(rights));
        } catch (FileAlreadyExistsException e) {
            // Somebody else was faster: the file is there, which is all that was wanted.
            assert Files.exists(path);
        }
    }

    @Override
    public StorageFile openTemporary() throws IOException {
        Path path = Files.createTempFile("verso-", ".tmp");
        return new SystemFile(new RandomAccessFile(path.toFile(), "rw"), path);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public int randomNumber() {
        return ThreadLocalRandom.current().nextInt();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (!SYNCS_DIRECTORIES) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class SystemFile implements StorageFile {
        private final RandomAccessFile file;
        private final Path deletedOnClose;
        /** Guards the file's single position. */
        private final ReentrantLock position = new ReentrantLock();

        SystemFile(RandomAccessFile file, Path deletedOnClose) {
            this.file = file;
            this.deletedOnClose = deletedOnClose;
        }

        @Override
        public int read(byte[] into, int offset, int count, long from) throws IOException {
            position.lock();
            try {
                file.seek(from);
                int total = 0;
                while (total < count) {
                    int got = file.read(into, offset + total, count - total);
                    if (got < 0) {
                        break;
                    }
                    total += got;
                }
                return total;
            } finally {
                position.unlock();
            }
        }

        @Override
        public void write(byte[] from, int offset, int count, long to) throws IOException {
            position.lock();
            try {
                file.seek(to);
                file.write(from, offset, count);
            } finally {
                position.unlock();
            }
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void truncate(long bytes) throws IOException {
            position.lock();
            try {
                file.setLength(bytes);
            } finally {
                position.unlock();
            }
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public StorageLock tryLock(long start, long count, boolean shared) throws IOException {
            try {
                FileLock lock = file.getChannel().tryLock(start, count, shared);
                return lock == null ? null : lock::release;
            } catch (OverlappingFileLockException e) {
                // Other code of this JVM has it, such as this same class loaded by another class loader: like another
                // process.
                return null;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
            if (deletedOnClose != null) {
                try {
                    Files.delete(deletedOnClose);
                } catch (FileNotFoundException | NoSuchFileException e) {
                    assert !Files.exists(deletedOnClose);
                }
            }
        }
    }
}
