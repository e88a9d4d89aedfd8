package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.Varint;
import java.util.Arrays;

/**
 * Reads the rows that a commit changed, as the log of a versioned store keeps them ({@link dev.verso.pager.CommitSet#rowChanges}). First
 * {@link #nextTree}, then {@link #nextRow} until it is false, and so on.
 *
 * <p>Format: for each tree its root page (varint), {@link #INDEX}, {@link #UNKNOWN}, {@link #CLEARED}, {@link #REDEFINED}, {@link #UNTOLD} and {@link #GIVEN} (1 byte), the number of bytes
 * that follow (varint). Then in a table tree runs of neighbouring rowids with one operation: the operation in two bits and the length of
 * the run less 1 above (varint), the distance to the end of the run before (varint, modulo 2^64; the first one is the rowid); in an index
 * tree the operation in two bits and the length above (varint), and the key: the columns by which the tree orders its records, as a record.
 * Rows ascend within a tree. A tree may come more than once: a store that joins commits joins their bytes, and what comes later is
 * newer.
 */
public final class RowChanges {
    /** What became of a row, from the commit's base to its end. */
    public enum Operation {
        INSERT,
        UPDATE,
        DELETE,
        /** An AUTOINCREMENT counter was raised: such changes do not conflict with each other. */
        RAISE
    }

    /** The tree orders records, not rowids. */
    static final int INDEX = 1;
    /** Which rows changed is not known, there were too many. */
    static final int UNKNOWN = 2;
    /** All rows that there were are gone; those that follow are new. */
    static final int CLEARED = 4;
    /**
     * What is to be written with the tree's rows has changed: their table has got an index or a trigger. On the schema's tree: it is told of all
     * tables for which that is so, and nothing else has changed in the schema but that there are new objects.
     */
    static final int REDEFINED = 8;
    /** On the schema's tree: it has changed in a way of which is not told whom it concerns. */
    static final int UNTOLD = 16;
    /** No rows have changed: these are rowids that AUTOINCREMENT gave to rows that the same transaction deleted again. */
    static final int GIVEN = 32;

    private static final Operation[] OPERATIONS = Operation.values();

    private final byte[] bytes;
    private int at;
    private int rootPage;
    private int flags;
    private int treeEnd;
    private Operation operation;
    private long rowid;
    private long runLeft;
    private int keyOffset;
    private int keyBytes;

    public RowChanges(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Goes to the next tree, past rows that were not looked at; false if there is none. */
    public boolean nextTree() {
        at = treeEnd;
        if (at >= bytes.length) {
            return false;
        }
        long root = varint(bytes.length);
        if (root < 1 || root > Integer.MAX_VALUE || at >= bytes.length) {
            throw damaged();
        }
        rootPage = (int) root;
        flags = bytes[at++];
        long length = varint(bytes.length);
        if (length < 0 || length > bytes.length - at) {
            throw damaged();
        }
        treeEnd = at + (int) length;
        rowid = 0;
        runLeft = 0;
        return true;
    }

    /** Root page of the tree. */
    public int rootPage() {
        return rootPage;
    }

    /** True if {@link #key} tells the row, false if {@link #rowid} does. */
    public boolean isIndex() {
        return (flags & INDEX) != 0;
    }

    /** True if it is not known which rows of the tree changed. */
    public boolean isUnknown() {
        return (flags & UNKNOWN) != 0;
    }

    /** True if all rows that there were are gone; the rows that follow are new. */
    public boolean isCleared() {
        return (flags & CLEARED) != 0;
    }

    /**
     * True if no rows have changed, and those that follow are rowids that AUTOINCREMENT gave to rows that the same transaction deleted again: nobody else
     * may give them.
     */
    public boolean isGiven() {
        return (flags & GIVEN) != 0;
    }

    /** True if what is to be written with the tree's rows has changed. */
    boolean isRedefined() {
        return (flags & REDEFINED) != 0;
    }

    /** True if the schema has changed in a way of which is not told whom it concerns. */
    boolean isUntold() {
        return (flags & UNTOLD) != 0;
    }

    /** Goes to the next changed row of the tree; false if there is none. */
    public boolean nextRow() {
        if (runLeft > 0) {
            runLeft--;
            rowid++;
            return true;
        }
        if (at >= treeEnd) {
            return false;
        }
        long head = varint(treeEnd);
        operation = OPERATIONS[(int) head & 3];
        if (isIndex()) {
            long length = head >>> 2;
            if (length > treeEnd - at) {
                throw damaged();
            }
            keyOffset = at;
            keyBytes = (int) length;
            at += keyBytes;
        } else {
            runLeft = head >>> 2;
            rowid += varint(treeEnd);
        }
        return true;
    }

    /** What became of the row. */
    public Operation operation() {
        return operation;
    }

    /** The row, in a table tree. */
    public long rowid() {
        return rowid;
    }

    /** The row's key record, in an index tree or that of a WITHOUT ROWID table. */
    public byte[] key() {
        return Arrays.copyOfRange(bytes, keyOffset, keyOffset + keyBytes);
    }

    /** Skips the rest of a run of rows; returns the last one. */
    long lastOfRun() {
        rowid += runLeft;
        runLeft = 0;
        return rowid;
    }

    byte[] array() {
        return bytes;
    }

    int keyOffset() {
        return keyOffset;
    }

    int keyBytes() {
        return keyBytes;
    }

    private long varint(int end) {
        int next = Varint.endChecked(bytes, at, end);
        if (next < 0) {
            throw damaged();
        }
        long value = Varint.get(bytes, at);
        at = next;
        return value;
    }

    private static DatabaseException damaged() {
        return new DatabaseException(
                ResultCode.CORRUPT, ResultCode.CORRUPT.text() + ": a list of changed rows in the store is damaged");
    }
}
