package dev.verso.sql.plan;

import java.util.ArrayList;
import java.util.List;

/** One way to run the loop over one source: which tree, which terms find the rows, what it costs. */
final class LoopCandidate {
    // ---- flags
    static final int COLUMN_EQUAL = 0x1;
    static final int COLUMN_RANGE = 0x2;
    static final int COLUMN_IN = 0x4;
    static final int COLUMN_NULL = 0x8;
    /** Any constraint on the tree's key. */
    static final int CONSTRAINT = 0xf;

    static final int TOP_LIMIT = 0x10;
    static final int BOTTOM_LIMIT = 0x20;
    /** The index entries suffice. */
    static final int INDEX_ONLY = 0x40;
    /** The index entries are expected to suffice, as they hold expressions that are used; the table is there if they do not. */
    static final int INDEXED_EXPRESSIONS = 0x80;
    /** By rowid. */
    static final int ROWID = 0x100;
    /** By an index or a primary key that is a tree. */
    static final int INDEXED = 0x200;
    /** A virtual table: {@link #virtual} is its answer. */
    static final int VIRTUAL = 0x400;
    /** At most one row. */
    static final int ONE_ROW = 0x1000;

    static final int MULTI_OR = 0x2000;
    static final int AUTO_INDEX = 0x4000;
    static final int SKIP_SCAN = 0x8000;
    /** The entries with a NULL behind the equalities and the others are read in two passes: ASC NULLS LAST, or DESC NULLS FIRST. */
    static final int BIG_NULLS = 0x80000;
    /** One row if the last column of the unique index is not NULL. */
    static final int UNIQUE_WANTED = 0x10000;
    /** Uses a constraint that follows from another one. */
    static final int TRANSITIVE = 0x200000;
    /** Terms that the index cannot use are expected to drop rows. */
    static final int SELF_CULLING = 0x800000;

    /** Asks a Bloom filter before it searches; the filter is still to be made. */
    static final int BLOOM_FILTER = 0x400000;

    int source;
    long self;
    /** Sources whose loops must be outside of this one. */
    long prerequisites;

    int setupCost;
    int runCost;
    int rowsOut;
    int flags;
    IndexShape shape;
    int equalColumns;
    int bottomColumns;
    int topColumns;
    int skippedColumns;
    /** Not 0 if the tree's order may serve ORDER BY. */
    int sortIndex;

    /** What a virtual table's module said to {@link #terms}; null for all other sources. */
    VirtualPlan virtual;

    /** Terms used, in the order of key columns; null for a skipped column. The bounds of a range come last. */
    List<Term> terms = new ArrayList<>();

    LoopCandidate copy() {
        LoopCandidate copy = new LoopCandidate();
        copy.source = source;
        copy.self = self;
        copy.prerequisites = prerequisites;
        copy.setupCost = setupCost;
        copy.runCost = runCost;
        copy.rowsOut = rowsOut;
        copy.flags = flags;
        copy.shape = shape;
        copy.equalColumns = equalColumns;
        copy.bottomColumns = bottomColumns;
        copy.topColumns = topColumns;
        copy.skippedColumns = skippedColumns;
        copy.sortIndex = sortIndex;
        copy.virtual = virtual;
        copy.terms = new ArrayList<>(terms);
        return copy;
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    /** True if it finds one row: a unique index with all columns equal, or the rowid. */
    boolean isOneRow() {
        return is(ONE_ROW);
    }

    @Override
    public String toString() {
        return shape + " " + terms + " run " + runCost + " out " + rowsOut + " needs " + prerequisites;
    }
}
