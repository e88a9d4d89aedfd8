package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.IndexedExpressions;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.LogEst;
import dev.verso.sql.schema.Table;
import dev.verso.vm.value.Affinity;
import java.util.HashMap;
import java.util.Map;

/** A tree as the planner sees it: an index with its expressions bound to one source, or the rows of the source itself by rowid. */
final class IndexShape {

    /** Null for the rows by rowid. */
    final Index index;

    final Source source;
    /** Table column of each key column, ROWID or {@link Index#EXPRESSION}. */
    final int[] columns;

    final BoundExpr[] expressions;
    final String[] collations;
    final boolean[] descending;
    /** Declared columns; those behind them are the rowid or primary key. */
    final int keyColumns;
    /** Estimates of rows in all, then of rows that share the first i key columns. */
    final int[] rows;
    /** Estimate of the bytes of an entry, and of a table row. */
    final int entryWidth;

    final int rowWidth;
    final boolean unique;
    /** Unique, and no key column can be NULL: equality on all of them finds one row. */
    final boolean uniqueNotNull;
    /** Condition of a partial index, bound to the source. */
    final BoundExpr where;
    /** Columns that the condition of a partial index holds equal to a constant. */
    final Map<Integer, BoundExpr> fixed;
    /** True if the entries hold every column of the source that the statement uses. */
    final boolean covering;

    private final boolean automatic;

    private IndexShape(Index index, Source source, CodeContext context) {
        Table table = index.table();
        automatic = false;
        this.index = index;
        this.source = source;
        int count = index.parts().size();
        columns = new int[count];
        expressions = new BoundExpr[count];
        collations = new String[count];
        descending = new boolean[count];
        for (int i = 0; i < count; i++) {
            Index.Part part = index.parts().get(i);
            columns[i] = part.column();
            collations[i] = part.collation() == null ? Traits.BINARY : part.collation();
            descending[i] = part.descending();
            if (part.column() == Index.EXPRESSION) {
                expressions[i] = bind(part.expression(), ScopeUse.INDEX_EXPRESSION, source, context);
            } else {
                columns[i] = PlanInput.normalized(source, part.column());
            }
        }
        keyColumns = index.keyColumns();
        unique = index.isUnique();
        boolean notNull = unique;
        for (int i = 0; i < keyColumns; i++) {
            notNull &= columns[i] == Source.ROWID || columns[i] >= 0 && isNotNull(table, columns[i]);
        }
        uniqueNotNull = notNull || index.isPrimaryKeyOfWithoutRowid();
        where = index.where() == null ? null : bind(index.where(), ScopeUse.PARTIAL_INDEX, source, context);
        fixed = where == null ? Map.of() : fixedBy(where);
        rows = rowEstimates();
        rowWidth = table.rowEstimate();
        entryWidth = index.entryEstimate();
        covering = index.isPrimaryKeyOfWithoutRowid() || holds(source.columnsUsed());
    }

    private IndexShape(Source source) {
        index = null;
        automatic = false;
        this.source = source;
        columns = new int[] {Source.ROWID};
        expressions = new BoundExpr[1];
        collations = new String[] {Traits.BINARY};
        descending = new boolean[1];
        keyColumns = 1;
        rows = new int[] {LogEst.of(source.estimatedRows()), 0};
        rowWidth = source.table() == null ? 20 : source.table().rowEstimate();
        entryWidth = 3;
        unique = true;
        uniqueNotNull = true;
        where = null;
        fixed = Map.of();
        covering = true;
    }

    private IndexShape(Source source, int[] columns, String[] collations, int keyColumns) {
        index = null;
        this.source = source;
        this.columns = columns;
        this.collations = collations;
        this.keyColumns = keyColumns;
        automatic = true;
        expressions = new BoundExpr[columns.length];
        descending = new boolean[columns.length];
        rows = new int[columns.length + 1];
        rowWidth = 20;
        entryWidth = 20;
        unique = false;
        uniqueNotNull = false;
        where = null;
        fixed = Map.of();
        covering = true;
    }

    /** An index made for one run of the statement: its key, then the other columns that are used, then the rowid. */
    static IndexShape automatic(Source source, int[] columns, String[] collations, int keyColumns) {
        return new IndexShape(source, columns, collations, keyColumns);
    }

    static IndexShape of(Index index, Source source, CodeContext context) {
        return new IndexShape(index, source, context);
    }

    static IndexShape rows(Source source) {
        return new IndexShape(source);
    }

    boolean isRows() {
        return index == null && !automatic;
    }

    /** True for an index with its own tree beside the table's. */
    boolean isSecondary() {
        return index != null && !index.isPrimaryKeyOfWithoutRowid();
    }

    private static BoundExpr bind(dev.verso.parser.ast.Expr expr, ScopeUse use, Source source, CodeContext context) {
        Resolver resolver = new Resolver(context.catalog(), context.session().functions(), new Parameters(), "");
        // What the index itself uses is no use by the statement.
        long used = source.columnsUsed();
        BoundExpr bound = resolver.expr(expr, Scope.of(source).use(use));
        source.columnsUsed(used);
        return bound;
    }

    private Map<Integer, BoundExpr> fixedBy(BoundExpr condition) {
        Map<Integer, BoundExpr> constants = new HashMap<>();
        for (BoundExpr part : Trees.conjuncts(condition)) {
            if (part instanceof BoundExpr.Comparison comparison
                    && (comparison.op() == BoundExpr.ComparisonOp.EQUAL || comparison.op() == BoundExpr.ComparisonOp.IS)
                    && comparison.left() instanceof BoundExpr.ColumnRef column
                    && PlanInput.normalized(source, column.column()) >= 0
                    && Traits.isConstant(comparison.right())
                    && keepsValues(source.columnAffinity(column.column()))
                    && AsciiCase.same(
                            Traits.comparisonCollation(comparison.left(), comparison.right()), Traits.BINARY)) {
                constants.put(column.column(), comparison.right());
            }
        }
        return constants;
    }

    /** With such an affinity, what equals a constant is that constant. */
    private static boolean keepsValues(Affinity affinity) {
        return affinity != Affinity.NONE && affinity != Affinity.BLOB;
    }

    private static boolean isNotNull(Table table, int column) {
        return table.columns().get(column).notNull() != null;
    }

    private int[] rowEstimates() {
        int[] estimates = new int[columns.length + 1];
        System.arraycopy(index.rowEstimates(), 0, estimates, 0, keyColumns + 1);
        return estimates;
    }

    /** True if the index was made to hold all columns of its table, whatever is wanted of it. */
    boolean holdsWholeRow() {
        if (index.isPrimaryKeyOfWithoutRowid()) {
            return true;
        }
        Table table = source.table();
        if (index.origin() != Index.Origin.CREATE_INDEX
                || columns.length < table.columns().size()) {
            return false;
        }
        for (int i = 0; i < table.columns().size(); i++) {
            if (i != table.rowidColumn() && positionOf(i) < 0) {
                return false;
            }
        }
        return true;
    }

    /** True if all those columns (a mask as in {@link Source#columnsUsed}) are in the key record. */
    private boolean holds(long used) {
        if (used < 0) {
            return false;
        }
        boolean all = usesGenerated(used);
        long held = 0;
        // In SQLite, an index of a constraint of a WITHOUT ROWID table is not known to hold the primary key's columns
        // too.
        boolean keyOnly = source.table().isWithoutRowid() && index.origin() != Index.Origin.CREATE_INDEX;
        for (int i = 0; i < (keyOnly ? keyColumns : columns.length); i++) {
            int column = columns[i];
            if (column >= 0 && column < 63) {
                held |= 1L << column;
            } else if (column == Source.ROWID && source.table().rowidColumn() >= 0 && (!all || i < keyColumns)) {
                held |= 1L << Math.min(source.table().rowidColumn(), 63);
            }
        }
        for (int column : fixed.keySet()) {
            held |= column < 63 ? 1L << column : 0;
        }
        if (all) {
            return source.columnCount() < 63 && held == (1L << source.columnCount()) - 1;
        }
        return (used & ~held) == 0;
    }

    /** True if what the query says may tell that the entries suffice, though a mask of columns does not: expressions, or columns that it has no bits for. */
    boolean mayCover() {
        if (!isSecondary()) {
            return false;
        }
        boolean expression = false;
        long held = 0;
        for (int column : columns) {
            if (column == Index.EXPRESSION) {
                expression = true;
            } else if (column >= 0 && source.table().columns().get(column).isVirtual()) {
                return false;
            } else if (column >= 0 && column < 63) {
                held |= 1L << column;
            } else if (column == Source.ROWID && source.table().rowidColumn() >= 0) {
                held |= 1L << Math.min(source.table().rowidColumn(), 63);
            }
        }
        return expression || (source.columnsUsed() & ~held) == Long.MIN_VALUE && hasLateColumn();
    }

    private boolean hasLateColumn() {
        for (int column : columns) {
            if (column >= 63) {
                return true;
            }
        }
        return false;
    }

    /** Tells what the cursor on the entries has the values of. */
    void addExpressions(IndexedExpressions indexed, int cursor) {
        for (int i = 0; i < columns.length; i++) {
            if (expressions[i] != null) {
                indexed.add(expressions[i], source, cursor, i);
            } else if (columns[i] >= 0
                    && source.table().columns().get(columns[i]).isVirtual()) {
                BoundExpr generated = source.generated(columns[i]);
                if (generated != null) {
                    indexed.add(generated, source, cursor, i);
                }
            }
        }
    }

    /** In SQLite, who uses a generated column uses all columns of the table. */
    private boolean usesGenerated(long used) {
        for (int column = 0; column < Math.min(source.columnCount(), 63); column++) {
            if ((used & 1L << column) != 0
                    && source.table().columns().get(column).generated() != null) {
                return true;
            }
        }
        return false;
    }

    /** The affinity that a value has to fit before it is compared with that key column. */
    Affinity affinity(int keyColumn) {
        int column = columns[keyColumn];
        if (column == Index.EXPRESSION) {
            Affinity affinity = Traits.affinity(expressions[keyColumn]);
            return affinity == Affinity.NONE ? Affinity.BLOB : affinity;
        }
        return column == Source.ROWID ? Affinity.INTEGER : source.columnAffinity(column);
    }

    /** True if no entry has NULL in that key column. */
    boolean isNotNull(int keyColumn) {
        int column = columns[keyColumn];
        if (column == Index.EXPRESSION) {
            return false;
        }
        return column == Source.ROWID || source.table() != null && isNotNull(source.table(), column);
    }

    /** Place of a table column in the key record, or -1. */
    int positionOf(int column) {
        int wanted = PlanInput.normalized(source, column);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return index == null ? "rows of " + source : index.toString();
    }
}
