package dev.verso.kv.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;

/**
 * A file for MVStore that an interrupt of the reading thread does not close. {@code FileChannel} closes itself when a thread is
 * interrupted within it, and the store with all connections would go down because one query was cancelled.
 */
final class DiskFile extends FileBaseDefault {
    private final RandomAccessFile file;

    DiskFile(RandomAccessFile file) {
        this.file = file;
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
        file.seek(position);
        int count = file.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
        if (count > 0) {
            target.position(target.position() + count);
        }
        return count;
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
        int count = source.remaining();
        file.seek(position);
        file.write(source.array(), source.arrayOffset() + source.position(), count);
        source.position(source.position() + count);
        return count;
    }

    @Override
    protected synchronized void implTruncate(long size) throws IOException {
        if (size < file.length()) {
            file.setLength(size);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.getFD().sync();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.getChannel().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
