package dev.verso.kv.local;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.embedded.EmbeddedEngine;
import dev.verso.kv.embedded.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVStoreException;

/**
 * A durable store in one directory, owned by one process at a time. An acknowledged commit has been synced to disk; those who commit at
 * once share a sync.
 *
 * <p>In the directory: {@code store.mv}, the state as of the last checkpoint (an MVStore file); {@code commits-*.log}, all that came
 * after it ({@link CommitLog}); {@code lock}. Opening replays the log and makes a checkpoint.
 */
public final class LocalKvStore implements KvStore {
    private static final KvLimits LIMITS = new KvLimits(10_000, 1 << 20, 64_000_000, 5_000);

    private final Path directory;
    private final KvClock clock;
    private final DirectoryLock lock;
    private final TreeFile tree;
    private final GroupCommit commits;
    private final EmbeddedEngine engine;
    private boolean closed;

    private LocalKvStore(Path directory, Options options, DirectoryLock lock) throws IOException {
        this.directory = directory;
        this.lock = lock;
        clock = options.clock;
        PendingCommits pending = new PendingCommits();
        tree = new TreeFile(directory.resolve("store.mv"), options.cacheMegabytes, pending);
        boolean opened = false;
        try {
            CommitLog log = recover();
            pending.start(tree.version());
            commits = new GroupCommit(directory, tree, pending, log, options.checkpointBytes);
            engine = new EmbeddedEngine(new EmbeddedEngine.Parts(
                    name(), tree, tree.version(), LIMITS, clock, Network.NONE, commits, false, false));
            commits.engine(engine);
            opened = true;
        } finally {
            if (!opened) {
                tree.abandon();
            }
        }
    }

    /** How to open a store. */
    public static final class Options {
        private KvClock clock = KvClock.system();
        private boolean create = true;
        private int cacheMegabytes = 16;
        private long checkpointBytes = 32L << 20;

        public Options() {}

        public Options clock(KvClock storeClock) {
            clock = storeClock;
            return this;
        }

        /** False to fail if there is no store in the directory. */
        public Options create(boolean makeIt) {
            create = makeIt;
            return this;
        }

        /** Memory for pages of the tree file. */
        public Options cacheMegabytes(int megabytes) {
            cacheMegabytes = megabytes;
            return this;
        }

        /** Length of the log at which a checkpoint is made. */
        public Options checkpointBytes(long bytes) {
            checkpointBytes = bytes;
            return this;
        }
    }

    /** Opens the store in a directory, making both if they aren't there. */
    public static LocalKvStore open(Path directory) {
        return open(directory, new Options());
    }

    /**
     * Opens the store in a directory.
     *
     * @throws KvException OWNED if it is open already, DAMAGED if what is there is no store, UNAVAILABLE if files can't be used
     */
    public static LocalKvStore open(Path directory, Options options) {
        try {
            if (!Files.exists(directory.resolve("store.mv"))) {
                if (!options.create) {
                    throw new KvException(KvFailure.UNAVAILABLE, "there is no store in " + directory);
                }
                Files.createDirectories(directory);
            }
            DirectoryLock lock = DirectoryLock.acquire(directory);
            boolean opened = false;
            try {
                LocalKvStore store = new LocalKvStore(directory, options, lock);
                opened = true;
                return store;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (MVStoreException e) {
            throw new KvException(KvFailure.DAMAGED, directory + " can't be opened: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    directory + " can't be opened: " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }

    /** Brings the tree file up to the last commit in the logs, and starts a new log. */
    private CommitLog recover() throws IOException {
        List<Path> logs = CommitLog.find(directory);
        for (Path log : logs) {
            long follows = CommitLog.versionOf(log);
            if (follows > tree.version()) {
                throw new KvException(
                        KvFailure.DAMAGED,
                        directory + " can't be opened: store.mv ends with version " + tree.version() + ", and "
                                + log.getFileName() + " follows version " + follows
                                + ": the tree file is damaged or older than the log");
            }
            CommitLog.replay(log, tree.replay());
        }
        tree.save();
        tree.sync();
        long version = tree.version();
        for (Path log : logs) {
            Files.delete(log);
        }
        return CommitLog.create(directory, version);
    }

    @Override
    public String name() {
        return "local:" + directory;
    }

    @Override
    public KvLimits limits() {
        return LIMITS;
    }

    @Override
    public boolean supports(KvFeature feature) {
        return switch (feature) {
            case WATCHES, WINDOW, ATOMIC_OPS, EXPLICIT_READ_VERSION, INSTANT_READ_VERSION -> true;
            case SHARED_VERSIONS -> false;
            case TEST_CLOCK -> clock != KvClock.system();
        };
    }

    @Override
    public KvTransaction begin() {
        return engine.begin();
    }

    @Override
    public KvClock clock() {
        return clock;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        engine.close();
        try {
            if (commits.close()) {
                tree.close();
            } else {
                tree.abandon();
            }
        } catch (IOException e) {
            tree.abandon();
            throw new KvException(KvFailure.UNAVAILABLE, "closing " + directory + ": " + e.getMessage(), e);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new KvException(KvFailure.UNAVAILABLE, "unlocking " + directory + ": " + e.getMessage(), e);
        }
    }
}
