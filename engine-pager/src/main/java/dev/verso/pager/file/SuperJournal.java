package dev.verso.pager.file;

import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.storage.Storage;
import dev.verso.pager.storage.StorageFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file that ties the journals of one transaction over several databases together: it lists them, each name ended by a zero byte, and
 * each of them names it. While it exists they are hot; deleting it commits all of them at once.
 */
final class SuperJournal {
    private static final int MAX_NAME_BYTES = 4096;
    private static final int TAIL_BYTES = 16;
    private static final int NAME_ATTEMPTS = 100;

    private SuperJournal() {}

    /** Writes and syncs a super-journal beside the database and returns its path. */
    static Path create(FileDatabase beside, List<Path> journals) {
        Storage storage = beside.storage();
        Path path = freeName(beside);
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        for (Path journal : journals) {
            names.writeBytes(journal.toString().getBytes(StandardCharsets.UTF_8));
            names.write(0);
        }
        byte[] bytes = names.toByteArray();
        try (StorageFile file = storage.open(path, Storage.Access.CREATE, beside.path())) {
            file.write(bytes, 0, bytes.length, 0);
            file.sync();
            storage.syncDirectory(path.getParent());
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_WRITE, path, "write the super-journal", e);
        }
        return path;
    }

    private static Path freeName(FileDatabase beside) {
        Path database = beside.path();
        try {
            for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
                int random = beside.storage().randomNumber();
                String suffix = String.format("-mj%06X9%02X", random >>> 8, random & 0xff);
                Path path = database.resolveSibling(database.getFileName() + suffix);
                if (beside.storage().kind(path) == Storage.Kind.ABSENT) {
                    return path;
                }
            }
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_ACCESS, database, "look for a free super-journal name beside it", e);
        }
        throw Failures.of(ResultCode.FULL, database, "all super-journal names beside it are taken");
    }

    static void delete(Storage storage, Path path) {
        try {
            storage.delete(path);
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_DELETE, path, "delete the super-journal", e);
        }
        try {
            storage.syncDirectory(path.getParent());
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_DIR_FSYNC, path, "sync its directory", e);
        }
    }

    /** The super-journal's name at the end of a rollback journal, or null. */
    static String nameIn(StorageFile journal, long journalBytes) throws IOException {
        byte[] tail = new byte[TAIL_BYTES];
        if (journalBytes < TAIL_BYTES
                || journal.read(tail, 0, TAIL_BYTES, journalBytes - TAIL_BYTES) < TAIL_BYTES
                || !JournalFormat.isMagic(tail, 8)) {
            return null;
        }
        int nameBytes = BigEndian.s32(tail, 0);
        if (nameBytes <= 0 || nameBytes > MAX_NAME_BYTES || nameBytes > journalBytes - TAIL_BYTES) {
            return null;
        }
        byte[] name = new byte[nameBytes];
        if (journal.read(name, 0, nameBytes, journalBytes - TAIL_BYTES - nameBytes) < nameBytes) {
            return null;
        }
        int sum = BigEndian.s32(tail, 4);
        boolean matches = sum == JournalFormat.signedSum(name) || sum == JournalFormat.unsignedSum(name);
        return matches ? new String(name, StandardCharsets.UTF_8) : null;
    }

    /** Deletes the super-journal unless a journal that it lists still names it. */
    static void deleteIfUnused(Storage storage, Path path) {
        try {
            if (storage.kind(path) != Storage.Kind.FILE) {
                return;
            }
            for (String listed : journalsIn(storage, path)) {
                Path journalPath = Path.of(listed);
                if (storage.bytes(journalPath) > 0) {
                    try (StorageFile journal = storage.open(journalPath, Storage.Access.READ, null)) {
                        if (path.toString().equals(nameIn(journal, journal.size()))) {
                            return;
                        }
                    }
                }
            }
            storage.delete(path);
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_DELETE, path, "delete the super-journal", e);
        }
    }

    private static List<String> journalsIn(Storage storage, Path path) throws IOException {
        byte[] bytes;
        try (StorageFile file = storage.open(path, Storage.Access.READ, null)) {
            bytes = new byte[(int) Math.min(1 << 20, file.size())];
            file.read(bytes, 0, bytes.length, 0);
        }
        List<String> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                names.add(new String(Arrays.copyOfRange(bytes, start, i), StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return names;
    }
}
