package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.Pager;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.record.AsciiCase;
import dev.verso.record.Collation;
import dev.verso.record.Collations;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.ConnectionState;
import dev.verso.vm.function.FunctionRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The running part of one connection: its attached databases, transaction and savepoint state, counters, functions and collations.
 * Database 0 is main, 1 is temp, then the attached ones. What must reach up goes through {@link SchemaHost}. Used by one thread, except
 * {@link #interrupt}.
 */
public final class Session implements ConnectionState, AutoCloseable {
    /** Position of the main database. */
    public static final int MAIN = 0;
    /** Position of the temporary database. */
    public static final int TEMP = 1;

    private static final long LEAST_MEMORY_BYTES = 1 << 16;
    private static final int SHARES = 4;
    private static final long SORTER_MEMORY_BYTES = 64L << 20;
    private static final long EPHEMERAL_MEMORY_BYTES = 64L << 20;

    /** One database of the connection. */
    private static final class Attached {
        final String name;
        BTree tree;
        boolean schemaTouched;

        Attached(String name, BTree tree) {
            this.name = name;
            this.tree = tree;
        }
    }

    /** Told of rows changed in rowid tables (sqlite3_update_hook). */
    @FunctionalInterface
    public interface UpdateHook {
        /** {@code operation} is 18 for INSERT, 23 for UPDATE, 9 for DELETE: SQLite's numbers. */
        void changed(int operation, String database, String table, long rowid);
    }

    /** Asked before a commit (sqlite3_commit_hook). */
    @FunctionalInterface
    public interface CommitHook {
        /** False turns the commit into a rollback. */
        boolean allows();
    }

    /** Called now and then while a program runs (sqlite3_progress_handler). */
    @FunctionalInterface
    public interface ProgressHandler {
        /** True stops the statement with {@code SQLITE_INTERRUPT}. */
        boolean stops();
    }

    private final List<Attached> databases = new ArrayList<>();
    private final SchemaHost host;
    private final Supplier<BTree> privateTrees;
    private final Transaction transaction = new Transaction(this);
    private final VirtualTransactions virtualTables = new VirtualTransactions();
    private FunctionRegistry functions;
    private final Map<String, Collation> collations = new HashMap<>();
    private final List<Machine> activeMachines = new ArrayList<>();
    private final int[] limits = Limit.defaults();
    final PinnedCursors pinned = new PinnedCursors();
    private final Scratch scratch = new Scratch();
    private EphemeralTrees ephemeralTrees;
    private InstantSource clock = InstantSource.system();
    private long sorterMemoryBytes = HeapShare.of(SORTER_MEMORY_BYTES, 16);
    private final TemporaryFiles temporaryFiles = new TemporaryFiles();
    private long hardHeapLimit;
    private long ephemeralMemoryBytes = HeapShare.of(EPHEMERAL_MEMORY_BYTES, 8);

    private int activeReaders;
    private int activeWriters;
    private long changes;
    private long totalChanges;
    private long lastInsertRowid;
    private boolean deferForeignKeys;
    private int virtualDrops;
    private volatile boolean interrupted;

    private UpdateHook updateHook;
    private CommitHook commitHook;
    private Runnable rollbackHook;
    private ProgressHandler progressHandler;

    /**
     * @param main trees of the main database; the session owns them
     * @param privateTrees makes the empty trees of temp
     */
    public Session(BTree main, SchemaHost host, Supplier<BTree> privateTrees) {
        this.host = host;
        this.privateTrees = privateTrees;
        databases.add(new Attached("main", main));
        databases.add(new Attached("temp", null));
    }

    /** A session whose temp tables live in a memory store. */
    public Session(BTree main, SchemaHost host) {
        this(main, host, () -> new BTree(new Pager(new MemoryStore())));
    }

    // ---- databases

    /** The trees of database {@code index}; temp is opened on first use. */
    public BTree database(int index) {
        Attached attached = databases.get(index);
        if (attached.tree == null && index == TEMP) {
            attached.tree = privateTrees.get();
            attached.tree.encoding(encoding());
        }
        return attached.tree;
    }

    /** Like {@link #database}, but null for temp if it was never used and for the gap that DETACH left. */
    public BTree openDatabase(int index) {
        return databases.get(index).tree;
    }

    /** Number of positions, gaps included. */
    public int databaseCount() {
        return databases.size();
    }

    /** {@code main}, {@code temp} or the name given to ATTACH; null for a gap. */
    public String databaseName(int index) {
        Attached attached = databases.get(index);
        return index > TEMP && attached.tree == null ? null : attached.name;
    }

    /** Position of the database with that name (case-insensitive), or -1. */
    public int databaseIndex(String name) {
        for (int i = databases.size() - 1; i >= 0; i--) {
            String candidate = databaseName(i);
            if (candidate != null && AsciiCase.same(candidate, name)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a database, which the session owns from now on. @return its position */
    public int attach(String name, BTree tree) {
        for (Attached each : databases) {
            if (each.tree != null) {
                tree.pager().session().sharesSnapshotsWith(each.tree.pager().session());
            }
        }
        if (databases.get(MAIN).tree.isSnapshotIsolation()) {
            tree.snapshotIsolation(true);
        }
        for (int i = TEMP + 1; i < databases.size(); i++) {
            if (databases.get(i).tree == null) {
                databases.set(i, new Attached(name, tree));
                return i;
            }
        }
        databases.add(new Attached(name, tree));
        return databases.size() - 1;
    }

    /**
     * Removes an attached database and closes it. Those behind it move down, unless a statement besides the one that detaches is running, which may
     * know them by their positions: then the position is free for the next {@link #attach}.
     *
     * @return true if the databases behind it, if any, have moved
     */
    public boolean detach(int index) {
        Attached attached = databases.get(index);
        BTree tree = attached.tree;
        attached.tree = null;
        boolean moves = index == databases.size() - 1 || activeMachines.size() <= 1;
        if (moves) {
            databases.remove(index);
        }
        close(tree);
        return moves;
    }

    /** Trees and the storage under them: the session owns both. */
    private static void close(BTree tree) {
        try {
            tree.close();
        } finally {
            tree.pager().store().close();
        }
    }

    /** Closes the temporary database; the next use of it finds a new and empty one. */
    public void closeTemporary() {
        Attached temporary = databases.get(TEMP);
        if (temporary.tree != null) {
            BTree tree = temporary.tree;
            temporary.tree = null;
            close(tree);
        }
    }

    public TextEncoding encoding() {
        return databases.get(MAIN).tree.encoding();
    }

    Scratch scratch() {
        return scratch;
    }

    SchemaHost host() {
        return host;
    }

    EphemeralTrees ephemeralTrees() {
        if (ephemeralTrees == null) {
            ephemeralTrees = new EphemeralTrees(encoding(), ephemeralMemoryBytes, temporaryFiles);
        }
        return ephemeralTrees;
    }

    // ---- functions, collations, limits

    public FunctionRegistry functions() {
        if (functions == null) {
            functions = new FunctionRegistry(BuiltIns.TABLE);
        }
        return functions;
    }

    /** {@code PRAGMA case_sensitive_like}. */
    public void caseSensitiveLike(boolean on) {
        BuiltIns.like(on).forEach(functions::register);
    }

    /** The collation of that name for the connection's encoding, or null. Case-insensitive. */
    public Collation collation(String name) {
        Collation own = collations.get(AsciiCase.lower(name));
        return own != null ? own : Collations.find(name, encoding());
    }

    /** Adds or replaces a collation, made for the connection's encoding; null removes. */
    public void collation(String name, Collation collation) {
        if (collation == null) {
            collations.remove(AsciiCase.lower(name));
        } else {
            collations.put(AsciiCase.lower(name), collation);
        }
    }

    /** Names of the connection's own collations, in lower case. */
    public List<String> ownCollations() {
        return List.copyOf(collations.keySet());
    }

    /** Current value of a limit. */
    public int limit(Limit limit) {
        return limits[limit.ordinal()];
    }

    /** Lowers or raises a limit, at most to its built-in maximum; a negative value changes nothing. @return the value before */
    public int limit(Limit limit, int value) {
        int before = limits[limit.ordinal()];
        if (value >= 0) {
            limits[limit.ordinal()] = Math.min(value, limit.maximum());
        }
        return before;
    }

    @Override
    public int maximumLength() {
        return limits[Limit.LENGTH.ordinal()];
    }

    @Override
    public int maximumLikePatternLength() {
        return limits[Limit.LIKE_PATTERN_LENGTH.ordinal()];
    }

    /** Where {@code now} comes from. */
    public void clock(InstantSource source) {
        clock = source;
    }

    /** Milliseconds since 1970 by the session's clock. */
    public long currentTimeMillis() {
        return clock.millis();
    }

    /** Memory that one sorter may use before it writes a temporary file. */
    public void sorterMemoryBytes(long bytes) {
        sorterMemoryBytes = bytes;
    }

    /** Memory that ephemeral tables may use before they write a temporary file; to be set before the first of them. */
    public void ephemeralMemoryBytes(long bytes) {
        ephemeralMemoryBytes = bytes;
    }

    /**
     * PRAGMA soft_heap_limit and hard_heap_limit, in bytes; 0 for none. Sorts and ephemeral tables go to files earlier, and a single text or blob
     * past the hard limit is {@code SQLITE_NOMEM}. The rest of the heap is the JVM's.
     */
    public void heapLimits(long soft, long hard) {
        long share = soft > 0 ? Math.max(LEAST_MEMORY_BYTES, soft / SHARES) : Long.MAX_VALUE;
        sorterMemoryBytes = Math.min(HeapShare.of(SORTER_MEMORY_BYTES, 16), share);
        ephemeralMemoryBytes = Math.min(HeapShare.of(EPHEMERAL_MEMORY_BYTES, 8), share);
        hardHeapLimit = hard;
    }

    /** Where sorts and ephemeral tables put their files from now on; null for where the JVM puts such. */
    public void temporaryDirectory(Path directory) {
        temporaryFiles.directory(directory);
    }

    TemporaryFiles temporaryFiles() {
        return temporaryFiles;
    }

    /** 0 for none. */
    long hardHeapLimit() {
        return hardHeapLimit;
    }

    /** Gives back what is only kept because it may be of use again; not while statements run. */
    public void releaseMemory() {
        if (activeMachines.isEmpty() && ephemeralTrees != null) {
            ephemeralTrees.close();
            ephemeralTrees = null;
        }
    }

    long sorterMemoryBytes() {
        return sorterMemoryBytes;
    }

    // ---- transactions

    VirtualTransactions virtualTables() {
        return virtualTables;
    }

    /** Number of virtual tables that are being dropped: their modules drop shadow tables inside the statement that drops them. */
    int virtualDrops() {
        return virtualDrops;
    }

    void dropVirtual(int database, String name) {
        virtualDrops++;
        try {
            host.destroyVirtualTable(database, name);
        } finally {
            virtualDrops--;
        }
    }

    /** A virtual table is about to be changed. */
    void beginVirtual(ConnectedTable table) {
        virtualTables.enroll(table, transaction.levels());
    }

    Transaction transaction() {
        return transaction;
    }

    /** False inside BEGIN … COMMIT. */
    public boolean isAutocommit() {
        return transaction.isAutocommit();
    }

    /** Rolls back whatever transaction is open and stops the statements in it; for closing and for recovery. */
    public void rollback() {
        transaction.rollbackAll(true);
    }

    /** Begins to write a database in the middle of a statement that said nothing of it. */
    public void beginWrite(int database) {
        BTree tree = database(database);
        if (!tree.pager().isWriting()) {
            tree.beginWrite(false);
            transaction.openSavepointsOf(database, transaction.levels());
        }
    }

    /** True if some database of this connection is being written. */
    public boolean isWriting() {
        for (Attached attached : databases) {
            if (attached.tree != null && attached.tree.pager().isWriting()) {
                return true;
            }
        }
        return false;
    }

    /** {@code PRAGMA defer_foreign_keys}: all foreign keys count as deferred until the transaction ends. Switching it off forgets all violations. */
    public void deferForeignKeys(boolean defer) {
        deferForeignKeys = defer;
        if (!defer) {
            transaction.deferredViolations(0);
            transaction.heldViolations(0);
        }
    }

    public boolean defersForeignKeys() {
        return deferForeignKeys;
    }

    /** Statements that are running and read a database, between their first step and their end. */
    public int activeReaders() {
        return activeReaders;
    }

    int activeWriters() {
        return activeWriters;
    }

    /** Statements that are running, whatever they do. */
    public int activeStatements() {
        return activeMachines.size();
    }

    void statementStarts(Machine machine, boolean isReader, boolean isWriter) {
        if (activeMachines.isEmpty()) {
            interrupted = false;
        }
        activeMachines.add(machine);
        if (isReader) {
            activeReaders++;
        }
        if (isWriter) {
            activeWriters++;
        }
    }

    void statementEnds(Machine machine, boolean isReader, boolean isWriter) {
        activeMachines.remove(machine);
        pinned.clear();
        if (isReader) {
            activeReaders--;
        }
        if (isWriter) {
            activeWriters--;
        }
    }

    /** Before all snapshots are closed by a rollback: statements that pause give up their cursors. */
    void closeAllCursors() {
        for (Machine machine : activeMachines) {
            machine.closeCursors();
        }
    }

    void beforeCommit() {
        if (commitHook != null && !commitHook.allows()) {
            throw new DatabaseException(ResultCode.CONSTRAINT_COMMITHOOK, ResultCode.CONSTRAINT_COMMITHOOK.text());
        }
    }

    void afterRollback() {
        if (rollbackHook != null) {
            rollbackHook.run();
        }
    }

    /** The open transaction changed the schema of that database: its rollback must reload the schema. */
    void schemaTouched(int database) {
        databases.get(database).schemaTouched = true;
    }

    boolean isSchemaTouched() {
        for (Attached attached : databases) {
            if (attached.schemaTouched) {
                return true;
            }
        }
        return false;
    }

    /** A transaction has ended, or went back: schemas in memory that no longer match are loaded again. */
    void schemaSettled(boolean committed) {
        for (int i = 0; i < databases.size(); i++) {
            Attached attached = databases.get(i);
            if (attached.schemaTouched) {
                if (committed) {
                    attached.schemaTouched = false;
                } else {
                    attached.schemaTouched = !transaction.isAutocommit();
                    host.schemaChanged(i);
                }
            }
        }
    }

    // ---- counters

    @Override
    public long changes() {
        return changes;
    }

    @Override
    public long totalChanges() {
        return totalChanges;
    }

    void publishChanges(long count) {
        changes = count;
        totalChanges += count;
    }

    /** After a subprogram: {@code changes()} is again what it was before, the total stays. */
    void changesWere(long count) {
        changes = count;
    }

    @Override
    public long lastInsertRowid() {
        return lastInsertRowid;
    }

    /** Sets what {@code last_insert_rowid()} answers. */
    public void lastInsertRowid(long rowid) {
        lastInsertRowid = rowid;
    }

    // ---- interruption and hooks

    /** Makes running statements of this connection stop with {@code SQLITE_INTERRUPT}. Any thread. */
    public void interrupt() {
        interrupted = true;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    boolean stopsForProgress() {
        return progressHandler != null && progressHandler.stops();
    }

    public void progressHandler(ProgressHandler handler) {
        progressHandler = handler;
    }

    public void updateHook(UpdateHook hook) {
        updateHook = hook;
    }

    UpdateHook updateHook() {
        return updateHook;
    }

    public void commitHook(CommitHook hook) {
        commitHook = hook;
    }

    public void rollbackHook(Runnable hook) {
        rollbackHook = hook;
    }

    /** Rolls back what is open and closes all databases. */
    @Override
    public void close() {
        try {
            transaction.rollbackAll(true);
        } finally {
            if (ephemeralTrees != null) {
                ephemeralTrees.close();
                ephemeralTrees = null;
            }
            closeAll();
        }
    }

    /** Closes every database, also when one fails to. */
    private void closeAll() {
        RuntimeException failure = null;
        for (Attached attached : databases) {
            BTree tree = attached.tree;
            attached.tree = null;
            try {
                if (tree != null) {
                    close(tree);
                }
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
