package dev.verso.sql.bound;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One source of rows in a FROM clause: a table, or a query (a subquery, a view, a common table expression). Compared by identity. Resolution fills
 * in the first half; code generation decides how its columns are reached (second half).
 */
public final class Source {
    public static final int ROWID = Table.ROWID;

    /** How rows of the source are reached while its loop runs. */
    public enum Access {
        /** {@link #cursor} is on the row in the table's tree, or in an ephemeral table whose columns are the source's. */
        CURSOR,
        /** {@link #cursor} is on an entry of {@link #coveringIndex}, which has all columns that are used. */
        COVERING_INDEX,
        /**
         * The columns are in registers from {@link #firstRegister}: a coroutine, or the row being written. The rowid, and the column that is
         * the rowid, is in {@link #rowidRegister} if there is one.
         */
        REGISTERS,
        /**
         * Only some columns can be had: column i is in register that {@link #mapping} says (aggregation has taken it aside), or, if {@link
         * #cursor} is not -1, in that column of the cursor (rows sorted for GROUP BY).
         */
        MAPPED
    }

    /** Where a column of a join in parentheses comes from. Parts may be null. @param isRowid of that table, which {@code *} leaves out */
    public record ColumnOrigin(String schema, String table, String column, boolean hiddenByUsing, boolean isRowid) {
        public ColumnOrigin(String schema, String table, String column, boolean hiddenByUsing) {
            this(schema, table, column, hiddenByUsing, false);
        }

        /** The rowid of a table. @param column as results call it */
        public static ColumnOrigin rowid(String table, String column) {
            return new ColumnOrigin(null, table, column, true, true);
        }
    }

    private final Table table;
    private final BoundSelect select;
    private final String name;
    private JoinKind join;
    private BoundExpr on;
    private boolean nullable;
    private Index indexedBy;
    private boolean notIndexed;
    private boolean recursion;
    private boolean unreachable;
    private boolean aliased;

    private final List<String> usingColumns = new ArrayList<>();
    private Map<Integer, BoundExpr> generated;
    private Map<Integer, Object> missingValues;
    private ColumnTraits columnTraits;
    private List<String> columnNames;
    private List<ColumnOrigin> nestedOrigins;
    private boolean materialized;
    private Table view;
    private boolean provided;
    private String sharedName;
    private boolean exists;
    private boolean rightJoined;

    private Map<Integer, BoundExpr> fixedColumns = Map.of();
    private Access access = Access.CURSOR;
    private int cursor = -1;
    private int indexCursor = -1;
    private Index coveringIndex;
    private int firstRegister;
    private int rowidRegister = -1;
    private Map<Integer, Integer> mapping = Map.of();
    private int coroutineReturnRegister = -1;
    private int coroutineEntry;
    private long columnsUsed;
    private double estimatedRows = 1_048_576;

    /** @param select null for a table @param name what qualifies its columns: alias or table name; null for an unnamed subquery */
    public Source(Table table, BoundSelect select, String name) {
        this.table = table;
        this.select = select;
        this.name = name;
    }

    /** The table; null for a query (a view is a query here). */
    public Table table() {
        return table;
    }

    /** The query; null for a table. */
    public BoundSelect select() {
        return select;
    }

    public String name() {
        return name;
    }

    public boolean isQuery() {
        return select != null;
    }

    /** Join with what stands to the left; null for the first source. */
    public JoinKind join() {
        return join;
    }

    public void join(JoinKind kind) {
        join = kind;
    }

    /**
     * The condition of an outer join, USING and NATURAL included; null if there is none. Those of inner joins are part of WHERE, except left
     * of a RIGHT or FULL join, where they stand here.
     */
    public BoundExpr on() {
        return on;
    }

    public void on(BoundExpr condition) {
        on = condition;
    }

    /** True if an outer join may put NULLs in place of its rows. */
    public boolean isNullable() {
        return nullable;
    }

    public void nullable(boolean on) {
        nullable = on;
    }

    /** True if its name was given to it by AS. */
    public boolean isAliased() {
        return aliased;
    }

    public void aliased(boolean on) {
        aliased = on;
    }

    public Index indexedBy() {
        return indexedBy;
    }

    public void indexedBy(Index index) {
        indexedBy = index;
    }

    public boolean isNotIndexed() {
        return notIndexed;
    }

    public void notIndexed(boolean on) {
        notIndexed = on;
    }

    /** True for the reference of a recursive common table to itself. */
    public boolean isRecursion() {
        return recursion;
    }

    /** Makes it the reference of a recursive common table to itself. */
    public void makeRecursion() {
        recursion = true;
    }

    /** True if it is to be read by an index that it cannot have: {@code no query solution}. */
    public boolean isUnreachable() {
        return unreachable;
    }

    /** Says that it is to be read by an index that it cannot have. */
    public void makeUnreachable() {
        unreachable = true;
    }

    public Access access() {
        return access;
    }

    public void access(Access how) {
        access = how;
    }

    /** The cursor on the table's tree or on the ephemeral table; -1 while none is assigned. */
    public int cursor() {
        return cursor;
    }

    public void cursor(int number) {
        cursor = number;
    }

    /** The cursor on {@link #coveringIndex}. */
    public int indexCursor() {
        return indexCursor;
    }

    public Index coveringIndex() {
        return coveringIndex;
    }

    public void coveringIndex(Index index, int cursorNumber) {
        coveringIndex = index;
        indexCursor = cursorNumber;
    }

    public int firstRegister() {
        return firstRegister;
    }

    public void firstRegister(int register) {
        firstRegister = register;
    }

    /** Register of the coroutine that delivers this query's rows, or -1 if it does not run as one. */
    public int coroutineReturnRegister() {
        return coroutineReturnRegister;
    }

    public int coroutineEntry() {
        return coroutineEntry;
    }

    public void coroutine(int returnRegister, int entryAddress) {
        coroutineReturnRegister = returnRegister;
        coroutineEntry = entryAddress;
    }

    /** Bit i (63 for all from 63 on) is set if column i is used: for covering indexes. */
    public long columnsUsed() {
        return columnsUsed;
    }

    public void useColumn(int column) {
        if (column >= 0) {
            columnsUsed |= 1L << Math.min(column, 63);
        }
    }

    /** Sets anew which columns are used, as {@link #columnsUsed()} tells. */
    public void columnsUsed(long mask) {
        columnsUsed = mask;
    }

    public double estimatedRows() {
        return table != null ? table.estimatedRows() : estimatedRows;
    }

    public void estimatedRows(double rows) {
        estimatedRows = rows;
    }

    /** Register of the rowid for {@link Access#REGISTERS}, or -1. */
    public int rowidRegister() {
        return rowidRegister;
    }

    public void rowidRegister(int register) {
        rowidRegister = register;
    }

    /** Where {@link Access#MAPPED} finds each column; the key is the column, {@link #ROWID} included. */
    public Map<Integer, Integer> mapping() {
        return mapping;
    }

    public void mapping(Map<Integer, Integer> columns) {
        mapping = columns;
    }

    /** Names of USING, or common ones of NATURAL, of this source's join: they are one column with those to the left. */
    public List<String> usingColumns() {
        return usingColumns;
    }

    /** True if a column of that name, in any case, is merged with one to the left. */
    public boolean isUsing(String column) {
        for (int i = 0; i < usingColumns.size(); i++) {
            if (AsciiCase.same(usingColumns.get(i), column)) {
                return true;
            }
        }
        return false;
    }

    /** Name of the common table expression whose query this source shares with others; null if its query is its own. */
    public String sharedName() {
        return sharedName;
    }

    /** The query is run once for all its sources, and nothing about it may be changed for one of them. */
    public void shared(String name) {
        sharedName = name;
        materialized = true;
    }

    /** True if the rows are there already when the query around it is compiled: the one row of a recursive table. */
    public boolean isProvided() {
        return provided;
    }

    public void provided(boolean on) {
        provided = on;
    }

    /** True if only the first match counts: the table of an EXISTS that has become part of the join. */
    public boolean isExists() {
        return exists;
    }

    public void exists(boolean on) {
        exists = on;
    }

    /** True if it is an operand, at any depth, of a RIGHT or FULL join. */
    public boolean isRightJoined() {
        return rightJoined;
    }

    public void rightJoined(boolean on) {
        rightJoined = on;
    }

    /** The view whose query this is, or null. */
    public Table view() {
        return view;
    }

    public void view(Table table) {
        view = table;
    }

    /** True for a common table expression that was written MATERIALIZED: run once, before everything else. */
    public boolean isMaterialized() {
        return materialized;
    }

    public void materialized(boolean on) {
        materialized = on;
    }

    /**
     * For a join in parentheses that stands here as a query: where its columns come from; null for anything else. They go by those names, also if the
     * join has an alias, which may then stand before their own.
     */
    public List<ColumnOrigin> nestedOrigins() {
        return nestedOrigins;
    }

    public void nestedOrigins(List<ColumnOrigin> origins) {
        nestedOrigins = origins;
    }

    // ---- columns

    public int columnCount() {
        return table != null ? table.columns().size() : select.columns().size();
    }

    /** True for a column that {@code *} leaves out: an argument of a table-valued function. */
    public boolean isHidden(int column) {
        return table != null
                ? table.columns().get(column).hidden()
                : nestedOrigins != null && nestedOrigins.get(column).isRowid();
    }

    /** How results call the rowid of this table. */
    public String rowidName() {
        int column = table.rowidColumn();
        return column < 0 ? "rowid" : table.columns().get(column).name();
    }

    /** Name of a column; those of a query are unique. */
    public String columnName(int column) {
        if (table != null) {
            return column < 0 ? "rowid" : table.columns().get(column).name();
        }
        return columnNames == null ? select.columns().get(column).name() : columnNames.get(column);
    }

    /** Names that replace the query's own. */
    public void columnNames(List<String> names) {
        columnNames = List.copyOf(names);
    }

    public Affinity columnAffinity(int column) {
        if (column < 0) {
            return Affinity.INTEGER;
        }
        return table != null ? table.columns().get(column).affinity() : traits().affinity(column);
    }

    /** Null for the rowid; a query's column that has none of its own compares by BINARY, as every column does. */
    public String columnCollation(int column) {
        if (column < 0) {
            return null;
        }
        if (table != null) {
            return table.columns().get(column).collation();
        }
        String collation = traits().collation(column);
        return collation == null ? Traits.BINARY : collation;
    }

    public boolean columnMayBeNull(int column) {
        if (nullable || table == null) {
            return true;
        }
        return column >= 0
                && column != table.rowidColumn()
                && table.columns().get(column).notNull() == null;
    }

    private ColumnTraits traits() {
        if (columnTraits == null) {
            columnTraits = ColumnTraits.of(select);
        }
        return columnTraits;
    }

    /** The rows of a recursive table have the traits of the whole table, which all its terms make. */
    void columnTraits(ColumnTraits traits) {
        columnTraits = traits;
    }

    /** What a column is in rows that were written before it was added: null for NULL, else a value as P4 of {@code Column}. */
    public Object missingValue(int column) {
        return missingValues == null ? null : missingValues.get(column);
    }

    public void missingValue(int column, Object value) {
        if (missingValues == null) {
            missingValues = new HashMap<>();
        }
        missingValues.put(column, value);
    }

    /** The expression of a generated column in terms of this source's columns; set by the resolver for virtual columns that are used. */
    public BoundExpr generated(int column) {
        return generated == null ? null : generated.get(column);
    }

    public void generated(int column, BoundExpr expr) {
        if (generated == null) {
            generated = new HashMap<>();
        }
        generated.put(column, expr);
    }

    void forEachGenerated(BiConsumer<Integer, BoundExpr> visitor) {
        if (generated != null) {
            generated.forEach(visitor);
        }
    }

    /** A source like this one as it is before code is generated, but for its expressions. @param query what it reads; null for a table */
    Source copy(BoundSelect query) {
        Source copy = new Source(table, query, name);
        copy.join = join;
        copy.nullable = nullable;
        copy.indexedBy = indexedBy;
        copy.notIndexed = notIndexed;
        copy.aliased = aliased;
        copy.usingColumns.addAll(usingColumns);
        copy.missingValues = missingValues;
        copy.columnTraits = columnTraits;
        copy.columnNames = columnNames;
        copy.nestedOrigins = nestedOrigins;
        copy.materialized = materialized;
        copy.view = view;
        copy.provided = provided;
        copy.sharedName = sharedName;
        copy.exists = exists;
        copy.rightJoined = rightJoined;
        copy.columnsUsed = columnsUsed;
        copy.estimatedRows = estimatedRows;
        return copy;
    }

    /** The same place in a FROM for one of the queries that the query here is a compound of. The columns keep their traits. */
    public Source forPart(BoundSelect part) {
        traits();
        return copy(part);
    }

    @Override
    public String toString() {
        return name == null ? "(subquery)" : name;
    }

    /** Columns of which the index in use only has rows with that constant; counts while rows come from cursors. */
    public void fixedColumns(Map<Integer, BoundExpr> constants) {
        fixedColumns = constants;
    }

    /** The constant that stands for the column, or null. */
    public BoundExpr fixedColumn(int column) {
        return fixedColumns.isEmpty() ? null : fixedColumns.get(column);
    }
}
