package dev.verso.pager.file;

import dev.verso.error.ResultCode;
import dev.verso.pager.storage.StorageFile;
import dev.verso.pager.storage.StorageLock;
import java.io.IOException;
import java.nio.file.Path;

/**
 * SQLite's five lock levels on one file, for all sessions of this process and against other processes.
 *
 * <p>The operating system's locks belong to the process, so this object alone holds them, and gives each session a level of its own:
 *
 * <pre>
 *   level      | others may have        | the process holds at the system
 *   NONE       | anything               | nothing
 *   SHARED     | up to PENDING (to wait)| shared lock on the shared range
 *   RESERVED   | SHARED                 | and the reserved byte
 *   PENDING    | SHARED, no new ones    | and the pending byte
 *   EXCLUSIVE  | NONE                   | the shared range alone, pending byte, mostly the reserved byte
 * </pre>
 *
 * Rules: (1) the first to read takes the pending byte for a moment, so a waiting writer keeps new readers out; (2) one session of the
 * process at most is above SHARED; (3) the shared range changes between shared and alone only while the pending byte is held, because
 * Java cannot do it in one step and nobody may slip in between.
 */
final class FileLocks {
    static final int NONE = 0;
    static final int SHARED = 1;
    static final int RESERVED = 2;
    static final int PENDING = 3;
    static final int EXCLUSIVE = 4;

    private static final long PENDING_BYTE = 0x40000000;
    private static final long RESERVED_BYTE = PENDING_BYTE + 1;
    private static final long SHARED_FIRST = PENDING_BYTE + 2;
    private static final long SHARED_COUNT = 510;

    /** One session's level. */
    static final class Holder {
        private int level;

        int level() {
            return level;
        }
    }

    private final StorageFile file;
    private final Path path;
    private int processLevel;
    private int sharers;
    private StorageLock pending;
    private StorageLock reserved;
    private StorageLock shared;

    FileLocks(StorageFile file, Path path) {
        this.file = file;
        this.path = path;
    }

    /** Number of sessions of this process that are at SHARED or above. */
    synchronized int sharers() {
        return sharers;
    }

    /**
     * Raises the session to SHARED, RESERVED or EXCLUSIVE. Returns false if somebody is in the way; a session that asked for EXCLUSIVE may
     * then be left at PENDING.
     */
    synchronized boolean lock(Holder holder, int wanted) {
        if (holder.level >= wanted) {
            return true;
        }
        if (holder.level != processLevel && (processLevel >= PENDING || wanted > SHARED)) {
            return false;
        }
        try {
            return switch (wanted) {
                case SHARED -> lockShared(holder);
                case RESERVED -> lockReserved(holder);
                default -> lockExclusive(holder);
            };
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_LOCK, path, "lock it", e);
        }
    }

    private boolean lockShared(Holder holder) throws IOException {
        if (processLevel == NONE) {
            StorageLock gate = file.tryLock(PENDING_BYTE, 1, true);
            if (gate == null) {
                return false;
            }
            try {
                shared = file.tryLock(SHARED_FIRST, SHARED_COUNT, true);
            } finally {
                gate.release();
            }
            if (shared == null) {
                return false;
            }
            processLevel = SHARED;
        }
        holder.level = SHARED;
        sharers++;
        return true;
    }

    private boolean lockReserved(Holder holder) throws IOException {
        assert holder.level == SHARED : "RESERVED is asked for at level " + holder.level;
        reserved = file.tryLock(RESERVED_BYTE, 1, false);
        if (reserved == null) {
            return false;
        }
        holder.level = RESERVED;
        processLevel = RESERVED;
        return true;
    }

    private boolean lockExclusive(Holder holder) throws IOException {
        assert holder.level >= SHARED : "EXCLUSIVE is asked for without SHARED";
        if (holder.level < PENDING) {
            pending = file.tryLock(PENDING_BYTE, 1, false);
            if (pending == null) {
                return false;
            }
            holder.level = PENDING;
            processLevel = PENDING;
        }
        if (sharers > 1) {
            return false;
        }
        shared.release();
        shared = file.tryLock(SHARED_FIRST, SHARED_COUNT, false);
        if (shared == null) {
            lockSharedRangeAgain();
            return false;
        }
        holder.level = EXCLUSIVE;
        processLevel = EXCLUSIVE;
        return true;
    }

    /** Cannot fail as long as everybody keeps to the rules: who holds the pending byte has the shared range to share. */
    private void lockSharedRangeAgain() throws IOException {
        shared = file.tryLock(SHARED_FIRST, SHARED_COUNT, true);
        if (shared == null) {
            throw new IOException("another process took the shared range against the locking rules");
        }
    }

    /** Lets one holder have what the other holds. */
    synchronized void hand(Holder from, Holder to) {
        assert to.level == NONE && from.level == SHARED : "handed from level " + from.level + " to " + to.level;
        to.level = from.level;
        from.level = NONE;
    }

    /** Lowers the session to SHARED or NONE. */
    synchronized void unlock(Holder holder, int to) {
        assert to == NONE || to == SHARED : "unlock to " + to;
        if (holder.level <= to) {
            return;
        }
        try {
            if (holder.level > SHARED) {
                leaveWriterLevels(holder.level == EXCLUSIVE && to == SHARED);
            }
            if (to == NONE && --sharers == 0) {
                processLevel = NONE;
                shared.release();
                shared = null;
            }
            holder.level = to;
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_UNLOCK, path, "unlock it", e);
        }
    }

    private void leaveWriterLevels(boolean share) throws IOException {
        if (share) {
            shared.release();
            lockSharedRangeAgain();
        }
        if (pending != null) {
            pending.release();
            pending = null;
        }
        if (reserved != null) {
            reserved.release();
            reserved = null;
        }
        processLevel = SHARED;
    }

    /** True if a session of any process is at RESERVED or above. */
    synchronized boolean isReserved() {
        if (processLevel > SHARED) {
            return true;
        }
        try {
            StorageLock probe = file.tryLock(RESERVED_BYTE, 1, true);
            if (probe != null) {
                probe.release();
            }
            return probe == null;
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_LOCK, path, "look at its locks", e);
        }
    }
}
