package dev.verso.vm;

/** Bits and numbers in operands, with SQLite's values. */
public final class Flags {
    // ---- comparisons, P5

    /** The affinity's code in P5 of a comparison. */
    public static final int AFFINITY_MASK = 0x47;
    /** Comparisons jump if an operand is NULL. */
    public static final int JUMP_IF_NULL = 0x10;
    /** Two NULLs are equal, a NULL and another value are not ({@code IS}). */
    public static final int NULLS_EQUAL = 0x80;

    // ---- Insert, Delete, IdxInsert: P5 (and P2 of Delete)

    /** Counts the row in {@code changes()}. */
    public static final int COUNT_CHANGE = 0x01;
    /** Delete, Insert: the cursor stays where it is, for a following Next or Prev. */
    public static final int SAVE_POSITION = 0x02;
    /** Insert: the row replaces one that was deleted for the update. */
    public static final int IS_UPDATE = 0x04;
    /** Delete: of an index or auxiliary entry, not the row. */
    public static final int AUX_DELETE = 0x04;
    /** Insert: the key is probably the largest. */
    public static final int APPEND = 0x08;
    /** Insert: a seek just before found the place. A hint; the machine needs none. */
    public static final int USE_SEEK_RESULT = 0x10;
    /** Insert: sets {@code last_insert_rowid()}. */
    public static final int LAST_ROWID = 0x20;
    /** Delete: for the update hook only, nothing is deleted. */
    public static final int IS_NOOP = 0x40;
    /** Insert: writes what RowCell prepared. */
    public static final int PREFORMAT = 0x80;

    // ---- OpenRead, OpenWrite: P5

    /** The cursor is for loading in bulk. A hint. */
    public static final int BULK_CURSOR = 0x01;
    /** Only entries equal to the key are of interest. A hint. */
    public static final int SEEK_EQ = 0x02;
    /** The cursor is used to delete. A hint. */
    public static final int FOR_DELETE = 0x08;
    /** P2 is the register that holds the root page. */
    public static final int P2_IS_REGISTER = 0x10;

    /** What the cursor reads is read for a constraint: a store that watches for conflicts must watch it whatever the isolation. */
    public static final int FOR_CONSTRAINT = 0x100;
    /** OpenWrite: the integers 0 and 1 take a byte each in all records from here on, as in files of schema formats before 4. */
    public static final int WITHOUT_CONSTANTS = 0x400;
    /** OpenRead, OpenWrite, NewRowid, Insert: of a counter of AUTOINCREMENT, which transactions may raise side by side. */
    public static final int COUNTER = 0x200;

    // ---- Column: P5

    /** Only the length of the value is of interest. */
    public static final int LENGTH_ONLY = 0x40;
    /** Only the storage class of the value is of interest. */
    public static final int TYPE_ONLY = 0x80;

    // ---- SCopy: P5

    /** The copy goes into a record: a whole number of a REAL column that is to be stored as an integer stays so. */
    public static final int AS_STORED = 0x01;

    // ---- ResultRow: P5

    /** No instruction reads the row's registers after this one. */
    public static final int LAST_USE = 0x01;

    // ---- conflict actions: P2 of Halt and HaltIfNull

    public static final int ON_CONFLICT_NONE = 0;
    public static final int ON_CONFLICT_ROLLBACK = 1;
    public static final int ON_CONFLICT_ABORT = 2;
    public static final int ON_CONFLICT_FAIL = 3;
    public static final int ON_CONFLICT_IGNORE = 4;
    public static final int ON_CONFLICT_REPLACE = 5;

    // ---- kinds of constraint: P5 of Halt and HaltIfNull

    public static final int CONSTRAINT_NOT_NULL = 1;
    public static final int CONSTRAINT_UNIQUE = 2;
    public static final int CONSTRAINT_CHECK = 3;
    public static final int CONSTRAINT_FOREIGN_KEY = 4;

    // ---- header integers: P3 of ReadCookie, P2 of SetCookie

    public static final int COOKIE_FREE_PAGE_COUNT = 0;
    public static final int COOKIE_SCHEMA_VERSION = 1;
    public static final int COOKIE_FILE_FORMAT = 2;
    public static final int COOKIE_DEFAULT_CACHE_SIZE = 3;
    public static final int COOKIE_LARGEST_ROOT_PAGE = 4;
    public static final int COOKIE_TEXT_ENCODING = 5;
    public static final int COOKIE_USER_VERSION = 6;
    public static final int COOKIE_INCREMENTAL_VACUUM = 7;
    public static final int COOKIE_APPLICATION_ID = 8;

    // ---- kinds of tree: P3 of CreateBtree

    public static final int TABLE_TREE = 1;
    public static final int INDEX_TREE = 2;

    // ---- Savepoint: P1

    public static final int SAVEPOINT_BEGIN = 0;
    public static final int SAVEPOINT_RELEASE = 1;
    public static final int SAVEPOINT_ROLLBACK = 2;

    // ---- IsType: P5

    public static final int TYPE_INTEGER = 0x01;
    public static final int TYPE_REAL = 0x02;
    public static final int TYPE_TEXT = 0x04;
    public static final int TYPE_BLOB = 0x08;
    public static final int TYPE_NULL = 0x10;

    private Flags() {}
}
