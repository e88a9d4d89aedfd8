package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.JournalMode;
import dev.verso.pager.PageCache;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import dev.verso.pager.memory.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The store behind ephemeral tables: one transaction that is never committed. Its pages live in the pager; those that the pager stages,
 * because they are too many, go to a temporary file that is made then and deleted when the session is closed.
 */
final class ScratchStore implements PageStore {
    private final TemporaryFiles files;

    ScratchStore(TemporaryFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public PageCache cache() {
        return PageCache.none();
    }

    @Override
    public StoreSession newSession() {
        return new ScratchSession(files);
    }

    @Override
    public void close() {
        // the session owns the file
    }

    private static final class ScratchSession implements StoreSession {
        private int pageSizeBytes = MemoryStore.DEFAULT_PAGE_SIZE_BYTES;
        private final TemporaryFiles files;
        private FileChannel file;

        ScratchSession(TemporaryFiles files) {
            this.files = files;
        }

        @Override
        public void beginSnapshot(BusyHandler busy) {
            // always the same, empty one
        }

        @Override
        public long version() {
            return 1;
        }

        @Override
        public int pageSize() {
            return pageSizeBytes;
        }

        @Override
        public int pageCount() {
            return 0;
        }

        @Override
        public void pageSize(int bytes) {
            pageSizeBytes = bytes;
        }

        @Override
        public byte[] readPage(int pageNumber) {
            byte[] image = new byte[pageSizeBytes];
            if (file != null) {
                ByteBuffer buffer = ByteBuffer.wrap(image);
                long position = (pageNumber - 1L) * pageSizeBytes;
                try {
                    int read = 0;
                    while (buffer.hasRemaining() && read >= 0) {
                        read = file.read(buffer, position + buffer.position());
                    }
                } catch (IOException e) {
                    throw failed(ResultCode.IOERR_READ, e);
                }
            }
            return image;
        }

        @Override
        public void readPages(int[] pageNumbers, int count, byte[][] images) {
            for (int i = 0; i < count; i++) {
                images[i] = readPage(pageNumbers[i]);
            }
        }

        @Override
        public void beginWrite(boolean exclusive, BusyHandler busy) {
            // nobody else is there
        }

        @Override
        public void stage(int[] pageNumbers, byte[][] images, int count, BusyHandler busy) {
            try {
                if (file == null) {
                    file = files.open("verso-ephemeral");
                }
                for (int i = 0; i < count; i++) {
                    ByteBuffer buffer = ByteBuffer.wrap(images[i]);
                    long position = (pageNumbers[i] - 1L) * pageSizeBytes;
                    while (buffer.hasRemaining()) {
                        file.write(buffer, position + buffer.position());
                    }
                }
            } catch (IOException e) {
                throw failed(ResultCode.IOERR_WRITE, e);
            }
        }

        private static DatabaseException failed(ResultCode code, IOException e) {
            return new DatabaseException(code, "temporary file of an ephemeral table: " + e.getMessage(), e);
        }

        @Override
        public void prepareCommit(CommitSet commit, String superJournal, BusyHandler busy) {
            throw new IllegalStateException("ephemeral tables are never committed");
        }

        @Override
        public long finishCommit() {
            throw new IllegalStateException("ephemeral tables are never committed");
        }

        @Override
        public void rollback() {
            if (file != null) {
                try {
                    file.truncate(0);
                } catch (IOException e) {
                    throw failed(ResultCode.IOERR_TRUNCATE, e);
                }
            }
        }

        @Override
        public void endSnapshot() {
            // nothing is held
        }

        @Override
        public long dataVersion() {
            return 1;
        }

        @Override
        public JournalMode journalMode() {
            return JournalMode.OFF;
        }

        @Override
        public JournalMode journalMode(JournalMode wanted, BusyHandler busy) {
            return JournalMode.OFF;
        }

        @Override
        public void synchronous(int level) {
            // never synced
        }

        @Override
        public void exclusiveLocking(boolean exclusive) {
            // nobody else is there
        }

        @Override
        public void close() {
            if (file != null) {
                try {
                    file.close();
                } catch (IOException e) {
                    throw failed(ResultCode.IOERR_CLOSE, e);
                }
                file = null;
            }
        }
    }
}
