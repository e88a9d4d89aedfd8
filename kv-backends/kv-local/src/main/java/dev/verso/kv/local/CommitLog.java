package dev.verso.kv.local;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The log of commits that the tree file does not have yet. One file for the time between two checkpoints, {@code commits-VERSION.log},
 * named after the checkpoint's version in 16 hex digits. Integers are big-endian:
 *
 * <pre>
 *   file    "VersoLog" (8), format 1 (4), version of the checkpoint (8), records
 *   record  length of the body (4), CRC-32C of the body (4), body
 *   body    version (8), number of edits (4), edits
 *   edit    1 (1), key length (4), key, value length (4), value   put
 *           0 (1), key length (4), key                            remove
 * </pre>
 *
 * Versions go up by one from record to record. The first record that is cut short or whose sum is wrong ends the file: whatever came
 * after it was never acknowledged.
 */
final class CommitLog implements AutoCloseable {
    static final byte REMOVE = 0;
    static final byte PUT = 1;

    private static final byte[] MAGIC = {'V', 'e', 'r', 's', 'o', 'L', 'o', 'g'};
    private static final String PREFIX = "commits-";
    private static final String SUFFIX = ".log";
    private static final int FORMAT = 1;
    private static final int FILE_HEADER_BYTES = 20;
    private static final int RECORD_HEADER_BYTES = 8;

    private final Path file;
    private final FileOutputStream out;
    private long bytes;

    private CommitLog(Path file, FileOutputStream out, long bytes) {
        this.file = file;
        this.out = out;
        this.bytes = bytes;
    }

    /** Starts a log after a checkpoint; it is on disk when this returns. */
    static CommitLog create(Path directory, long version) throws IOException {
        Path file = directory.resolve(PREFIX + "%016x".formatted(version) + SUFFIX);
        // Not a FileChannel: that would close itself when a committing thread is interrupted.
        FileOutputStream out = new FileOutputStream(file.toFile());
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES);
        header.put(MAGIC).putInt(FORMAT).putLong(version);
        out.write(header.array());
        out.getFD().sync();
        syncDirectory(directory);
        return new CommitLog(file, out, FILE_HEADER_BYTES);
    }

    /** The logs in a directory, oldest first. */
    static List<Path> find(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    /** The version of the checkpoint that a log follows, by its name. */
    static long versionOf(Path file) {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(name, PREFIX.length(), name.length() - SUFFIX.length(), 16);
        } catch (NumberFormatException e) {
            throw new KvException(KvFailure.DAMAGED, file + " is no name of a log of commits", e);
        }
    }

    /** Makes names in a directory durable, where the operating system lets a directory be synced. */
    static void syncDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().getSeparator().equals("/")) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    Path file() {
        return file;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Appends records and syncs them. After a failure the log must not be used any more.
     *
     * @throws KvException FULL or UNAVAILABLE if the records are not in the log, UNKNOWN_RESULT if they may be
     */
    void append(List<byte[]> bodies) {
        int length = 0;
        for (byte[] body : bodies) {
            length += RECORD_HEADER_BYTES + body.length;
        }
        ByteBuffer records = ByteBuffer.allocate(length);
        CRC32C sum = new CRC32C();
        for (byte[] body : bodies) {
            sum.reset();
            sum.update(body);
            records.putInt(body.length).putInt((int) sum.getValue()).put(body);
        }
        try {
            out.write(records.array());
            out.getFD().sync();
        } catch (IOException e) {
            throw withdrawn(e);
        }
        bytes += length;
    }

    /** Cuts off what may have been written of records that could not be made durable. */
    private KvException withdrawn(IOException failure) {
        String message = "writing " + file + ": " + failure.getMessage();
        try {
            out.getChannel().truncate(bytes);
            out.getFD().sync();
        } catch (IOException e) {
            failure.addSuppressed(e);
            return new KvException(KvFailure.UNKNOWN_RESULT, message, failure);
        }
        boolean full = String.valueOf(failure.getMessage()).contains("No space left");
        return new KvException(full ? KvFailure.FULL : KvFailure.UNAVAILABLE, message, failure);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    // ---- reading

    /** Receives what a log holds. */
    interface Replay {
        /** True if this commit is wanted; throws if it can't follow what is there. */
        boolean begins(long version);

        void put(byte[] key, byte[] value);

        void remove(byte[] key);

        void ends(long version);
    }

    /** Reads a log up to its end or the first record that is not whole. */
    static void replay(Path file, Replay replay) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES);
            if (!fill(channel, header)) {
                // A crash while the log was made: nothing was ever appended.
                return;
            }
            byte[] magic = new byte[MAGIC.length];
            header.get(magic);
            int format = header.getInt();
            if (!Arrays.equals(magic, MAGIC) || format != FORMAT) {
                throw new KvException(KvFailure.DAMAGED, file + " is not a log of commits in format " + FORMAT);
            }
            CRC32C sum = new CRC32C();
            ByteBuffer recordHeader = ByteBuffer.allocate(RECORD_HEADER_BYTES);
            while (fill(channel, recordHeader.clear())) {
                int length = recordHeader.getInt();
                int expected = recordHeader.getInt();
                if (length < 12 || length > channel.size() - channel.position()) {
                    return;
                }
                ByteBuffer body = ByteBuffer.allocate(length);
                if (!fill(channel, body)) {
                    return;
                }
                sum.reset();
                sum.update(body.array());
                if ((int) sum.getValue() != expected) {
                    return;
                }
                replay(body, replay);
            }
        }
    }

    private static boolean fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }

    private static void replay(ByteBuffer body, Replay replay) {
        long version = body.getLong();
        int edits = body.getInt();
        if (!replay.begins(version)) {
            return;
        }
        for (int i = 0; i < edits; i++) {
            boolean put = body.get() == PUT;
            byte[] key = new byte[body.getInt()];
            body.get(key);
            if (put) {
                byte[] value = new byte[body.getInt()];
                body.get(value);
                replay.put(key, value);
            } else {
                replay.remove(key);
            }
        }
        replay.ends(version);
    }

    /** Collects the edits of one commit into a body. */
    static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);
        private int edits;

        void put(byte[] key, byte[] value) {
            try {
                out.writeByte(PUT);
                out.writeInt(key.length);
                out.write(key);
                out.writeInt(value.length);
                out.write(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            edits++;
        }

        void remove(byte[] key) {
            try {
                out.writeByte(REMOVE);
                out.writeInt(key.length);
                out.write(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            edits++;
        }

        /** The body of the commit, and an empty collection for the next. */
        byte[] take(long version) {
            ByteBuffer body = ByteBuffer.allocate(12 + bytes.size());
            body.putLong(version).putInt(edits).put(bytes.toByteArray());
            bytes.reset();
            edits = 0;
            return body.array();
        }
    }
}
