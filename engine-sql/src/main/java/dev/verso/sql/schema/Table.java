package dev.verso.sql.schema;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Select;
import dev.verso.record.AsciiCase;
import java.util.ArrayList;
import java.util.List;

/** A table or view. Mutable while its schema is being loaded; then only in root page and statistics. */
public final class Table {
    /** Bytes that a guess of width 1 stands for. */
    static final int UNIT_OF_WIDTH = 4;

    /** What a table is. */
    public enum Kind {
        TABLE,
        VIEW,
        VIRTUAL
    }

    /** A CHECK constraint. @param name after CONSTRAINT, or null @param text the condition as written, for the message */
    public record Check(String name, Expr condition, String text) {}

    /** Position of the rowid where a column's position is asked for. */
    public static final int ROWID = -1;

    private final Schema schema;
    private final String name;
    private final Kind kind;
    private final List<Column> columns = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private int rootPage;
    private int rowWidth;
    private int rowidColumn = -1;
    private boolean autoincrement;
    private boolean withoutRowid;
    private boolean strict;
    private dev.verso.parser.ast.ConflictAction rowidOnConflict = dev.verso.parser.ast.ConflictAction.ABORT;
    private Index primaryKey;
    private Select view;
    private List<String> viewColumns = List.of();
    private String sql;
    private VirtualDefinition virtual;
    private dev.verso.vm.ConnectedTable connected;
    private double estimatedRows = 1_048_576;
    private boolean usesStatistics;
    private boolean hasStatistics;
    private boolean hasSamples;
    private int statedWidth;

    public Table(Schema schema, String name, Kind kind) {
        this.schema = schema;
        this.name = name;
        this.kind = kind;
    }

    public Schema schema() {
        return schema;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isView() {
        return kind == Kind.VIEW;
    }

    /** In declared order. Empty for a view until the resolver has worked out its columns. */
    public List<Column> columns() {
        return columns;
    }

    /** Secondary indexes and, for a WITHOUT ROWID table, its own tree. */
    public List<Index> indexes() {
        return indexes;
    }

    public List<Check> checks() {
        return checks;
    }

    public List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    /** Triggers of the table's own schema, the newest first. TEMP triggers on tables of other schemas are known to the temp schema alone. */
    public List<Trigger> triggers() {
        return triggers;
    }

    /** Guess of the width of a row in units of an integer. */
    public int rowWidth() {
        if (rowWidth == 0) {
            rowWidth = rowidColumn < 0 ? 1 : 0;
            for (Column column : columns) {
                rowWidth += column.width();
            }
        }
        return rowWidth;
    }

    /** Position of the column, case-insensitive, or -1. */
    public int columnIndex(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (AsciiCase.same(columns.get(i).name(), columnName)) {
                return i;
            }
        }
        return -1;
    }

    /** True if that name means the rowid of a table that has one and no column of that name. */
    public boolean isRowidName(String columnName) {
        if (withoutRowid || kind == Kind.VIEW) {
            return false;
        }
        return isRowidWord(columnName) && columnIndex(columnName) < 0;
    }

    /** True for the words that mean the rowid where no column is called so. */
    public static boolean isRowidWord(String columnName) {
        return switch (AsciiCase.lower(columnName)) {
            case "rowid", "oid", "_rowid_" -> true;
            default -> false;
        };
    }

    /**
     * Place of a column in the table's stored record: virtual generated columns are not stored; in a WITHOUT ROWID table the primary
     * key comes first. -1 if it is not stored.
     */
    public int storedPosition(int column) {
        if (withoutRowid) {
            return primaryKey.positionOf(column);
        }
        if (columns.get(column).isVirtual()) {
            return -1;
        }
        int position = 0;
        for (int i = 0; i < column; i++) {
            if (!columns.get(i).isVirtual()) {
                position++;
            }
        }
        return position;
    }

    public int rootPage() {
        return rootPage;
    }

    public void rootPage(int page) {
        rootPage = page;
    }

    /** Position of the INTEGER PRIMARY KEY column, which is the rowid; -1 if there is none. */
    public int rowidColumn() {
        return rowidColumn;
    }

    public void rowidColumn(int column) {
        rowidColumn = column;
    }

    /** What a collision of rowids does. */
    public dev.verso.parser.ast.ConflictAction rowidOnConflict() {
        return rowidOnConflict;
    }

    public void rowidOnConflict(dev.verso.parser.ast.ConflictAction action) {
        rowidOnConflict = action;
    }

    public boolean isAutoincrement() {
        return autoincrement;
    }

    public void autoincrement(boolean on) {
        autoincrement = on;
    }

    public boolean isWithoutRowid() {
        return withoutRowid;
    }

    public boolean hasRowid() {
        return !withoutRowid && kind != Kind.VIEW;
    }

    public void withoutRowid(boolean on) {
        withoutRowid = on;
    }

    public boolean isStrict() {
        return strict;
    }

    public void strict(boolean on) {
        strict = on;
    }

    /** The index of PRIMARY KEY, for a WITHOUT ROWID table its tree; null if there is none or it is the rowid. */
    public Index primaryKey() {
        return primaryKey;
    }

    public void primaryKey(Index index) {
        primaryKey = index;
    }

    /** The query of a view. */
    public Select view() {
        return view;
    }

    /** The names in the parentheses of CREATE VIEW; empty if there are none. */
    public List<String> viewColumns() {
        return viewColumns;
    }

    public void view(Select select, List<String> names) {
        view = select;
        viewColumns = List.copyOf(names);
    }

    /** The text in {@code sqlite_schema}. */
    public String sql() {
        return sql;
    }

    public void sql(String text) {
        sql = text;
    }

    /** What CREATE VIRTUAL TABLE said; null for other tables. */
    public VirtualDefinition virtual() {
        return virtual;
    }

    public void virtual(VirtualDefinition definition) {
        virtual = definition;
    }

    public boolean isVirtual() {
        return kind == Kind.VIRTUAL;
    }

    /** The module's side of a virtual table; null until it is first used, and for other tables. The schema holds on to it. */
    public dev.verso.vm.ConnectedTable connected() {
        return connected;
    }

    public void connected(dev.verso.vm.ConnectedTable table) {
        connected = table;
    }

    /** The schema has no further use for the table. */
    void forget() {
        if (connected != null) {
            connected.release();
            connected = null;
        }
    }

    public double estimatedRows() {
        return estimatedRows;
    }

    public void estimatedRows(double rows) {
        estimatedRows = rows;
    }

    /** True if {@code sqlite_stat1} says something of the table, or of an index that holds all of its rows. */
    public boolean hasStatistics() {
        return hasStatistics;
    }

    void hasStatistics(boolean known) {
        hasStatistics = known;
    }

    /** True if {@code sqlite_stat4} has samples of an index of the table. */
    public boolean hasSamples() {
        return hasSamples;
    }

    void setHasSamples() {
        hasSamples = true;
    }

    /** The width of a row in bytes, as {@link LogEst}: {@code sz=} in {@code sqlite_stat1}, or a guess. */
    public int rowEstimate() {
        return statedWidth > 0 ? statedWidth : LogEst.of((long) rowWidth() * UNIT_OF_WIDTH);
    }

    void statedWidth(int width) {
        statedWidth = width;
    }

    /** True if a query of this connection weighed an index for which statistics matter: PRAGMA optimize looks at such tables. */
    public boolean usesStatistics() {
        return usesStatistics;
    }

    public void setUsesStatistics() {
        usesStatistics = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
