package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Moves whole databases between namespaces and other page stores, in batches of bounded size. */
final class FileTransfer {
    private static final int BATCH_BYTES = 1 << 20;
    /** What one commit of an import holds; less where the store takes less at once. */
    private static final int PART_BYTES = 4 << 20;

    private static final Duration IMPORT_LOCK = Duration.ofDays(7);
    private static final int FORMAT_WRITE = 18;
    private static final int FORMAT_READ = 19;
    private static final byte FORMAT_ROLLBACK_JOURNAL = 1;
    private static final int[] NO_PAGES = {};
    private static final byte[][] NO_IMAGES = {};
    /** What a file says of the SQLite that wrote it: the one that we imitate. */
    private static final int WRITER_VERSION = 3_054_001;

    private FileTransfer() {}

    static long importPages(Namespaces namespaces, String name, PageStore source, Progress progress) {
        boolean made = namespaces.createIfAbsent(name);
        try (PageStore target = namespaces.open(name);
                StoreSession to = target.newSession();
                StoreSession from = source.newSession()) {
            from.beginSnapshot(BusyHandler.NONE);
            try {
                return copy(name, from, to, progress);
            } finally {
                from.endSnapshot();
            }
        } catch (RuntimeException e) {
            if (made) {
                deleteAfter(namespaces, name, e);
            }
            throw e;
        }
    }

    /**
     * Imports in many commits under a lock, so that a killed import goes on where it stopped: others see the namespace empty until all is
     * there. The lock's owner tells which file it is, and as of when.
     */
    static long importFile(Namespaces namespaces, String name, Path file, PageStore source, Progress progress) {
        String owner;
        try {
            owner = "import of " + file.getFileName() + ", " + Files.size(file) + " bytes of "
                    + Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN, ResultCode.CANTOPEN.text() + ": " + file + ": " + e.getMessage(), e);
        }
        boolean made = namespaces.createIfAbsent(name);
        if (namespaces.lock(name, owner, IMPORT_LOCK) != 0) {
            namespaces.unlock(name, owner, true);
            throw new DatabaseException(ResultCode.CANTOPEN, "namespace " + name + " is not empty");
        }
        try (PageStore target = namespaces.open(name);
                StoreSession to = target.newSession();
                StoreSession from = source.newSession()) {
            to.actAs(owner);
            from.beginSnapshot(BusyHandler.NONE);
            try {
                copyInParts(from, to, partBytes(namespaces), progress);
            } finally {
                from.endSnapshot();
            }
        } catch (DatabaseException e) {
            if (e.code().primary() != ResultCode.IOERR.value()) {
                giveUp(namespaces, name, owner, made, e);
            }
            throw e;
        } catch (RuntimeException e) {
            giveUp(namespaces, name, owner, made, e);
            throw e;
        }
        return namespaces.finishImport(name, owner);
    }

    /** What is read at once: what an answer of the store can well hold. */
    private static int batchBytes(Namespaces namespaces) {
        return (int) Math.min(BATCH_BYTES, namespaces.store().limits().transactionBytes() / 10);
    }

    private static int partBytes(Namespaces namespaces) {
        return (int) Math.min(PART_BYTES, namespaces.store().limits().transactionBytes());
    }

    private static void copyInParts(StoreSession from, StoreSession to, int partBytes, Progress progress) {
        int total = from.pageCount();
        int batch = Math.max(1, partBytes / Math.max(512, from.pageSize()));
        to.pageSize(from.pageSize());
        to.beginSnapshot(BusyHandler.NONE);
        try {
            int done = to.pageCount();
            progress.pages(done, total);
            while (done < total) {
                int count = Math.min(batch, total - done);
                int[] numbers = new int[count];
                for (int i = 0; i < count; i++) {
                    numbers[i] = done + 1 + i;
                }
                byte[][] images = new byte[count][];
                from.readPages(numbers, count, images);
                if (done == 0) {
                    images[0] = inRollbackMode(images[0]);
                }
                done += count;
                to.beginWrite(false, BusyHandler.NONE);
                try {
                    to.prepareCommit(new CommitSet(numbers, images, done, NO_PAGES), null, BusyHandler.NONE);
                    to.finishCommit();
                } catch (RuntimeException e) {
                    to.rollback();
                    throw e;
                }
                progress.pages(done, total);
            }
        } finally {
            to.endSnapshot();
        }
    }

    private static byte[] inRollbackMode(byte[] firstPage) {
        byte[] image = firstPage.clone();
        image[FORMAT_WRITE] = FORMAT_ROLLBACK_JOURNAL;
        image[FORMAT_READ] = FORMAT_ROLLBACK_JOURNAL;
        return image;
    }

    private static void giveUp(
            Namespaces namespaces, String name, String owner, boolean made, RuntimeException failure) {
        try {
            namespaces.unlock(name, owner, false);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return;
        }
        if (made) {
            deleteAfter(namespaces, name, failure);
        }
    }

    private static void deleteAfter(Namespaces namespaces, String name, RuntimeException failure) {
        try {
            namespaces.delete(name);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static long copy(String name, StoreSession from, StoreSession to, Progress progress) {
        to.beginSnapshot(BusyHandler.NONE);
        try {
            if (to.pageCount() != 0) {
                throw new DatabaseException(ResultCode.CANTOPEN, "namespace " + name + " is not empty");
            }
            int total = from.pageCount();
            progress.pages(0, total);
            if (total == 0) {
                return to.version();
            }
            to.pageSize(from.pageSize());
            to.beginWrite(false, BusyHandler.NONE);
            try {
                stageAll(from, to, total, progress);
                to.prepareCommit(new CommitSet(NO_PAGES, NO_IMAGES, total, NO_PAGES), null, BusyHandler.NONE);
                return to.finishCommit();
            } catch (RuntimeException e) {
                to.rollback();
                throw e;
            }
        } finally {
            to.endSnapshot();
        }
    }

    private static void stageAll(StoreSession from, StoreSession to, int total, Progress progress) {
        int batch = Math.max(1, BATCH_BYTES / from.pageSize());
        int[] numbers = new int[batch];
        byte[][] images = new byte[batch][];
        for (int first = 1; first <= total; first += batch) {
            int count = Math.min(batch, total - first + 1);
            for (int i = 0; i < count; i++) {
                numbers[i] = first + i;
            }
            from.readPages(numbers, count, images);
            if (first == 1) {
                images[0] = inRollbackMode(images[0]);
            }
            to.stage(numbers, images, count, BusyHandler.NONE);
            progress.pages(first + count - 1L, total);
        }
    }

    static void exportFile(Namespaces namespaces, NamespaceAddress address, Path file, Progress progress) {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        try {
            ExportMark mark = ExportMark.of(namespaces, address, file);
            try (PageStore source = namespaces.open(mark.address(), true);
                    StoreSession from = source.newSession()) {
                from.beginSnapshot(BusyHandler.NONE);
                try {
                    write(from, partial, batchBytes(namespaces), mark, progress);
                } finally {
                    from.endSnapshot();
                }
            }
            moveInPlace(partial, file);
            mark.remove();
        } catch (IOException e) {
            throw new DatabaseException(
                    ResultCode.IOERR_WRITE,
                    ResultCode.IOERR_WRITE.text() + ": exporting " + address + " to " + file + ": " + e.getMessage(),
                    e);
        }
    }

    /** Writes all pages but those that an attempt before has written. */
    private static void write(StoreSession from, Path partial, int batchBytes, ExportMark mark, Progress progress)
            throws IOException {
        int written = mark.pagesWritten(partial, from.pageSize());
        try (FileChannel out = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int total = from.pageCount();
            progress.pages(written, total);
            out.truncate((long) written * from.pageSize());
            out.position(out.size());
            int batch = Math.max(1, batchBytes / from.pageSize());
            int[] numbers = new int[batch];
            byte[][] images = new byte[batch][];
            int changeCounter = (int) Math.max(1, from.version() & 0x7fff_ffff);
            for (int first = written + 1; first <= total; first += batch) {
                int count = Math.min(batch, total - first + 1);
                for (int i = 0; i < count; i++) {
                    numbers[i] = first + i;
                }
                from.readPages(numbers, count, images);
                if (first == 1) {
                    images[0] = FirstPage.forFile(images[0], total, changeCounter, WRITER_VERSION);
                }
                for (int i = 0; i < count; i++) {
                    ByteBuffer image = ByteBuffer.wrap(images[i]);
                    while (image.hasRemaining()) {
                        out.write(image);
                    }
                }
                int done = first + count - 1;
                out.force(true);
                mark.reached(done);
                progress.pages(done, total);
            }
        }
    }

    private static void moveInPlace(Path partial, Path file) throws IOException {
        try {
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
