package dev.verso.sql.code;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/** Switches of one connection that PRAGMA sets and compilers ask for. Programs compiled under other settings are stale: {@link #generation}. */
public final class Settings {
    private boolean foreignKeys;
    private boolean recursiveTriggers;
    private boolean ignoreCheckConstraints;
    private boolean writableSchema;
    private boolean deferForeignKeys;
    private boolean caseSensitiveLike;
    private boolean automaticIndex = true;
    private boolean cellSizeCheck;
    private boolean fullColumnNames;
    private boolean shortColumnNames = true;
    private boolean countChanges;
    private boolean trustedSchema = true;
    private boolean reverseUnorderedSelects;
    private boolean legacyAlterTable;
    private boolean readUncommitted;
    private boolean queryOnly;
    private boolean defensive;
    private int temporaryStore;
    private String temporaryDirectory;
    private boolean cacheSpill = true;
    private boolean exclusiveLocking;
    private int walAutocheckpoint = 1000;
    private int workerThreads;
    private int nextPageSize;
    private int nextAutoVacuum = -1;
    private int analysisLimit;
    private long softHeapLimit;
    private long hardHeapLimit;
    private final EnumSet<Switch> switches = EnumSet.noneOf(Switch.class);
    private final Map<Integer, DatabaseSettings> databases = new HashMap<>();
    private int generation;

    /** Switches that only remember what was said. */
    public enum Switch {
        CHECKPOINT_FULLFSYNC,
        EMPTY_RESULT_CALLBACKS,
        FULLFSYNC
    }

    public Settings() {}

    public boolean has(Switch which) {
        return switches.contains(which);
    }

    public void set(Switch which, boolean on) {
        if (on) {
            switches.add(which);
        } else {
            switches.remove(which);
        }
    }

    /** Settings of the database of that number. */
    public DatabaseSettings database(int number) {
        return databases.computeIfAbsent(number, DatabaseSettings::new);
    }

    /** Forgets the settings of a database that is detached. */
    public void forgetDatabase(int number) {
        databases.remove(number);
    }

    /** Forgets the settings of a database that is detached, and moves those behind it down by one. */
    public void removeDatabase(int number) {
        databases.remove(number);
        Map<Integer, DatabaseSettings> before = new HashMap<>(databases);
        databases.clear();
        before.forEach((old, kept) -> databases.put(old > number ? old - 1 : old, kept));
    }

    /** SQLITE_DBCONFIG_DEFENSIVE: SQL cannot damage the database on purpose. */
    public boolean defensive() {
        return defensive;
    }

    public void defensive(boolean on) {
        if (on != defensive) {
            defensive = on;
            generation++;
        }
    }

    /** True if nothing may be written. */
    public boolean queryOnly() {
        return queryOnly;
    }

    public void queryOnly(boolean on) {
        queryOnly = on;
        generation++;
    }

    /** 0 default, 1 file, 2 memory. Temporary databases are in memory in any case. */
    public int temporaryStore() {
        return temporaryStore;
    }

    public void temporaryStore(int where) {
        temporaryStore = where;
    }

    /** As said by {@code temp_store_directory}; null if never. */
    public String temporaryDirectory() {
        return temporaryDirectory;
    }

    public void temporaryDirectory(String directory) {
        temporaryDirectory = directory;
    }

    /** True if a transaction may write pages to the file before its commit. */
    public boolean cacheSpill() {
        return cacheSpill;
    }

    public void cacheSpill(boolean on) {
        cacheSpill = on;
    }

    /** True if databases attached from now on keep their locks. */
    public boolean exclusiveLocking() {
        return exclusiveLocking;
    }

    public void exclusiveLocking(boolean on) {
        exclusiveLocking = on;
    }

    public void walAutocheckpoint(int pages) {
        walAutocheckpoint = pages;
    }

    /** Pages of a write-ahead log after which it should be copied back; 0 is off. */
    public int walAutocheckpoint() {
        return walAutocheckpoint;
    }

    /** Page size that VACUUM shall use; 0 if {@code PRAGMA page_size} never said. */
    public int nextPageSize() {
        return nextPageSize;
    }

    public void nextPageSize(int bytes) {
        nextPageSize = bytes;
    }

    /** Mode of {@code auto_vacuum} that VACUUM shall use; -1 if the pragma never said. */
    public int nextAutoVacuum() {
        return nextAutoVacuum;
    }

    public void nextAutoVacuum(int mode) {
        nextAutoVacuum = mode;
    }

    /** Sets the number of threads that may help unless negative; none do. @return what holds now */
    public int workerThreads(int threads) {
        workerThreads = threads < 0 ? workerThreads : threads;
        return workerThreads;
    }

    /** Sets the rows that ANALYZE should look at unless negative; it looks at all. @return what holds now */
    public int analysisLimit(int rows) {
        analysisLimit = rows < 0 ? analysisLimit : rows;
        return analysisLimit;
    }

    /** Sets the bytes unless negative; not above the hard limit. @return what holds now */
    public long softHeapLimit(long bytes) {
        if (bytes >= 0) {
            softHeapLimit = hardHeapLimit > 0 && (bytes == 0 || bytes > hardHeapLimit) ? hardHeapLimit : bytes;
        }
        return softHeapLimit;
    }

    /** Lowers the limit, once there is one, to that many bytes. @return what holds now */
    public long hardHeapLimit(long bytes) {
        if (bytes > 0 && (hardHeapLimit == 0 || bytes < hardHeapLimit)) {
            hardHeapLimit = bytes;
            softHeapLimit = softHeapLimit == 0 ? bytes : Math.min(softHeapLimit, bytes);
        }
        return hardHeapLimit;
    }

    /** Counts up when a switch changes that compiled programs depend on. */
    public int generation() {
        return generation;
    }

    public boolean foreignKeys() {
        return foreignKeys;
    }

    public void foreignKeys(boolean on) {
        foreignKeys = on;
        generation++;
    }

    public boolean deferForeignKeys() {
        return deferForeignKeys;
    }

    public void deferForeignKeys(boolean on) {
        deferForeignKeys = on;
        generation++;
    }

    public boolean recursiveTriggers() {
        return recursiveTriggers;
    }

    public void recursiveTriggers(boolean on) {
        recursiveTriggers = on;
        generation++;
    }

    public boolean ignoreCheckConstraints() {
        return ignoreCheckConstraints;
    }

    public void ignoreCheckConstraints(boolean on) {
        ignoreCheckConstraints = on;
        generation++;
    }

    public boolean writableSchema() {
        return writableSchema && !defensive;
    }

    public void writableSchema(boolean on) {
        writableSchema = on;
        generation++;
    }

    public boolean caseSensitiveLike() {
        return caseSensitiveLike;
    }

    public void caseSensitiveLike(boolean on) {
        caseSensitiveLike = on;
        generation++;
    }

    public boolean automaticIndex() {
        return automaticIndex;
    }

    public void automaticIndex(boolean on) {
        automaticIndex = on;
        generation++;
    }

    public boolean cellSizeCheck() {
        return cellSizeCheck;
    }

    public void cellSizeCheck(boolean on) {
        cellSizeCheck = on;
    }

    public boolean fullColumnNames() {
        return fullColumnNames;
    }

    public void fullColumnNames(boolean on) {
        fullColumnNames = on;
        generation++;
    }

    public boolean shortColumnNames() {
        return shortColumnNames;
    }

    public void shortColumnNames(boolean on) {
        shortColumnNames = on;
        generation++;
    }

    public boolean countChanges() {
        return countChanges;
    }

    public void countChanges(boolean on) {
        countChanges = on;
        generation++;
    }

    public boolean trustedSchema() {
        return trustedSchema;
    }

    public void trustedSchema(boolean on) {
        trustedSchema = on;
        generation++;
    }

    public boolean reverseUnorderedSelects() {
        return reverseUnorderedSelects;
    }

    public void reverseUnorderedSelects(boolean on) {
        reverseUnorderedSelects = on;
        generation++;
    }

    public boolean legacyAlterTable() {
        return legacyAlterTable;
    }

    public void legacyAlterTable(boolean on) {
        legacyAlterTable = on;
    }

    public boolean readUncommitted() {
        return readUncommitted;
    }

    public void readUncommitted(boolean on) {
        readUncommitted = on;
    }
}
