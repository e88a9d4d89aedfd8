package dev.verso.sql.schema;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
import java.util.List;

/**
 * An index, made by CREATE INDEX or by a constraint. Its key record holds {@link #keyColumns}, all of them, then the rowid (or, over a
 * WITHOUT ROWID table, what is missing of the primary key). Mutable only in its root page and statistics.
 */
public final class Index {
    /** Where an index comes from ({@code origin} of PRAGMA index_list). */
    public enum Origin {
        CREATE_INDEX,
        UNIQUE,
        PRIMARY_KEY
    }

    /**
     * One column of the key record.
     *
     * @param column position in the table; {@link #ROWID} for the rowid; {@link #EXPRESSION} for an expression
     * @param expression null unless an expression
     * @param collation name
     */
    public record Part(int column, Expr expression, String collation, boolean descending) {
        Part ascending() {
            return descending ? new Part(column, expression, collation, false) : this;
        }
    }

    public static final int ROWID = -1;
    public static final int EXPRESSION = -2;

    private final String name;
    private final Table table;
    private final Origin origin;
    private final ConflictAction onConflict;
    private final List<Part> parts;
    private final int keyColumns;
    private final Expr where;
    private int rootPage;
    private int[] rowEstimates;
    private boolean hasStatistics;
    private boolean unordered;
    private boolean noSkipScan;
    private boolean ofOneKey;
    private IndexSamples samples;
    private int entryWidth;
    private int statedWidth;
    private String sql;

    /**
     * @param onConflict null if not unique, else what a collision does (ABORT unless declared)
     * @param parts all columns of the key record, those added at its end included
     * @param keyColumns how many of them were declared
     * @param where null if not partial
     */
    public Index(
            String name,
            Table table,
            Origin origin,
            ConflictAction onConflict,
            List<Part> parts,
            int keyColumns,
            Expr where,
            int rootPage) {
        this.name = name;
        this.table = table;
        this.origin = origin;
        this.onConflict = onConflict;
        boolean ascending = table.schema() != null && !table.schema().hasDescendingIndexes();
        this.parts = ascending ? parts.stream().map(Part::ascending).toList() : List.copyOf(parts);
        this.keyColumns = keyColumns;
        this.where = where;
        this.rootPage = rootPage;
    }

    public String name() {
        return name;
    }

    public Table table() {
        return table;
    }

    public Origin origin() {
        return origin;
    }

    public boolean isUnique() {
        return onConflict != null;
    }

    public ConflictAction onConflict() {
        return onConflict;
    }

    public List<Part> parts() {
        return parts;
    }

    public int keyColumns() {
        return keyColumns;
    }

    public Expr where() {
        return where;
    }

    /** True for the tree of a WITHOUT ROWID table itself. */
    public boolean isPrimaryKeyOfWithoutRowid() {
        return table.isWithoutRowid() && origin == Origin.PRIMARY_KEY;
    }

    /** Place of a table column in the key record, or -1. */
    public int positionOf(int column) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).column() == column) {
                return i;
            }
        }
        return -1;
    }

    /** Guess of the width of an entry in units of an integer. */
    public int entryWidth() {
        if (entryWidth == 0) {
            for (Part part : parts) {
                boolean isColumn = part.column() >= 0 && part.column() != table.rowidColumn();
                entryWidth += isColumn ? table.columns().get(part.column()).width() : 1;
            }
        }
        return entryWidth;
    }

    public int rootPage() {
        return rootPage;
    }

    public void rootPage(int page) {
        rootPage = page;
    }

    /**
     * Estimates, as {@link LogEst}, of the rows in the index and then of the rows that share the first column, the first two columns …: from
     * {@code sqlite_stat1}, or guessed.
     */
    public int[] rowEstimates() {
        return rowEstimates;
    }

    void guessedRows(int[] estimates) {
        rowEstimates = estimates;
        hasStatistics = false;
    }

    void statistics(int[] estimates, boolean isUnordered, boolean isNoSkipScan, boolean isOfOneKey) {
        rowEstimates = estimates;
        hasStatistics = true;
        unordered = isUnordered;
        noSkipScan = isNoSkipScan;
        ofOneKey |= isOfOneKey;
    }

    void forgetStatistics() {
        hasStatistics = false;
        samples = null;
    }

    /** True if {@code sqlite_stat1} knows the index. */
    public boolean hasStatistics() {
        return hasStatistics;
    }

    /** {@code unordered} in {@code sqlite_stat1}: not to be used for ranges or for an order. */
    public boolean isUnordered() {
        return unordered;
    }

    /** {@code noskipscan} in {@code sqlite_stat1}. */
    public boolean isNoSkipScan() {
        return noSkipScan;
    }

    /** True if the whole key is the same in all entries, as far as statistics know. */
    public boolean isOfOneKey() {
        return ofOneKey;
    }

    /** Samples from {@code sqlite_stat4}, or null. */
    public IndexSamples samples() {
        return samples;
    }

    void samples(IndexSamples found) {
        samples = found;
    }

    /** The width of an entry in bytes, as {@link LogEst}: {@code sz=} in {@code sqlite_stat1}, or a guess. */
    public int entryEstimate() {
        return statedWidth > 0 ? statedWidth : LogEst.of((long) entryWidth() * Table.UNIT_OF_WIDTH);
    }

    void statedWidth(int width) {
        statedWidth = width;
    }

    /** The text in {@code sqlite_schema}; null for an automatic index. */
    public String sql() {
        return sql;
    }

    public void sql(String text) {
        sql = text;
    }

    @Override
    public String toString() {
        return name;
    }
}
