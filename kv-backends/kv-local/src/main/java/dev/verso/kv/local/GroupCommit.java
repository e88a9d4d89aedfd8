package dev.verso.kv.local;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.embedded.Durability;
import dev.verso.kv.embedded.EmbeddedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Makes commits durable: one of those who wait writes and syncs for all who came until then. When the log has grown long, the same
 * thread makes a checkpoint: it saves and syncs the tree file, starts a new log and deletes the old one. Who waits for a checkpoint's
 * end waits at most for one.
 */
final class GroupCommit implements Durability {
    private final Path directory;
    private final TreeFile tree;
    private final PendingCommits pending;
    private final long checkpointBytes;
    private EmbeddedEngine engine;
    private CommitLog log;
    private long durableVersion;
    private boolean writing;
    private KvException failure;

    GroupCommit(Path directory, TreeFile tree, PendingCommits pending, CommitLog log, long checkpointBytes) {
        this.directory = directory;
        this.tree = tree;
        this.pending = pending;
        this.log = log;
        this.checkpointBytes = checkpointBytes;
        durableVersion = tree.version();
    }

    void engine(EmbeddedEngine owner) {
        engine = owner;
    }

    @Override
    public void persist(long version) {
        if (!becomeWriter(version)) {
            return;
        }
        long reached = -1;
        KvException broken = null;
        try {
            reached = write();
        } catch (KvException e) {
            broken = e;
        } catch (IOException | RuntimeException e) {
            // Only a checkpoint fails so, and by then the commits are in the log.
            broken = new KvException(KvFailure.UNKNOWN_RESULT, "checkpoint in " + directory + ": " + e.getMessage(), e);
        }
        synchronized (this) {
            writing = false;
            durableVersion = Math.max(durableVersion, reached);
            failure = broken;
            notifyAll();
        }
        if (broken != null) {
            throw broken;
        }
    }

    /** Waits until the version is durable, or nobody is writing; then this thread is the writer. An interrupt is kept for later. */
    private synchronized boolean becomeWriter(long version) {
        // The commit can't be called back: its outcome is worth the wait.
        awaitWhile(() -> durableVersion < version && writing && failure == null);
        if (failure != null) {
            throw new KvException(failure.failure(), failure.getMessage(), failure);
        }
        if (durableVersion >= version) {
            return false;
        }
        writing = true;
        return true;
    }

    /** Also when interrupted, which is kept for later. */
    private synchronized void awaitWhile(BooleanSupplier condition) {
        boolean interrupted = false;
        while (condition.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long write() throws IOException {
        PendingCommits.Batch batch = pending.take();
        log.append(batch.bodies());
        if (log.bytes() > checkpointBytes) {
            return Math.max(batch.lastVersion(), checkpoint());
        }
        return batch.lastVersion();
    }

    /** Returns the version that the tree file has now. */
    private long checkpoint() throws IOException {
        long[] saved = new long[1];
        engine.betweenCommits(() -> {
            tree.save();
            saved[0] = engine.appliedVersion();
            pending.take();
        });
        tree.sync();
        CommitLog old = log;
        log = CommitLog.create(directory, saved[0]);
        old.close();
        Files.delete(old.file());
        return saved[0];
    }

    /**
     * Saves everything and leaves an empty log: the last thing before the tree file is closed. Returns false if that must not be, because
     * the tree has commits in memory that could not be logged.
     */
    synchronized boolean close() throws IOException {
        // Closing can't stop half-way.
        awaitWhile(() -> writing);
        log.close();
        if (failure != null) {
            return false;
        }
        tree.save();
        tree.sync();
        durableVersion = tree.version();
        // An empty log stays: its name tells the next one to open the store which version the tree file must have.
        CommitLog last = CommitLog.create(directory, durableVersion);
        last.close();
        if (!last.file().equals(log.file())) {
            Files.delete(log.file());
        }
        return true;
    }
}
