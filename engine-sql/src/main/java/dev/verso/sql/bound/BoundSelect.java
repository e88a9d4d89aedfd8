package dev.verso.sql.bound;

import dev.verso.parser.ast.Select.CompoundOp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * A resolved query: one core (SELECT … FROM … WHERE …), VALUES, or a compound of several. Mutable while it is resolved and optimised;
 * compared by identity.
 */
public final class BoundSelect {
    private final List<BoundColumn> columns = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<BoundExpr> groupBy = new ArrayList<>();
    private final List<BoundOrder> orderBy = new ArrayList<>();
    private final List<BoundExpr.Aggregate> aggregates = new ArrayList<>();
    private final List<BoundExpr.WindowCall> windowCalls = new ArrayList<>();
    private final List<List<BoundExpr>> valuesRows = new ArrayList<>();
    private boolean unionOfRows;
    private List<String> collations;
    private final Set<Source> outerSources = new LinkedHashSet<>();
    private BoundExpr where;
    private BoundExpr having;
    private boolean distinct;
    private boolean grouped;
    private boolean groupedForDistinct;
    private BoundExpr limit;
    private BoundExpr offset;
    private BoundSelect compoundLeft;
    private CompoundOp compoundOp;
    private BoundSelect compoundRight;
    private Recursion recursion;
    private int id;
    private IntSupplier nextId = () -> id;
    private boolean orderRequired;
    private boolean windowed;
    private boolean optimized;
    private boolean spread;
    private boolean firstRowOnly;
    private double estimatedRows = 1_048_576;

    /**
     * What makes a recursive common table expression: rows of {@code setup} go into a queue; each row taken from it is a result and, as the
     * only row of {@code self}, makes {@code term} add further ones. ORDER BY, LIMIT and OFFSET are those of the query that has the recursion.
     *
     * @param terms queries that read {@code selves}, one source each
     * @param distinct UNION: no row twice
     */
    public record Recursion(BoundSelect setup, List<BoundSelect> terms, List<Source> selves, boolean distinct) {}

    public List<BoundColumn> columns() {
        return columns;
    }

    /** FROM, left to right, joins in parentheses flattened where that changes nothing. */
    public List<Source> sources() {
        return sources;
    }

    public List<BoundExpr> groupBy() {
        return groupBy;
    }

    public List<BoundOrder> orderBy() {
        return orderBy;
    }

    /** Aggregates that this query computes. */
    public List<BoundExpr.Aggregate> aggregates() {
        return aggregates;
    }

    /** True if every row of VALUES has its say in the affinities of the columns, as the queries of a compound have; else there are none. */
    public boolean isUnionOfRows() {
        return unionOfRows;
    }

    public void unionOfRows(boolean union) {
        unionOfRows = union;
    }

    /** Window functions that this query computes, in the order in which they were met. */
    public List<BoundExpr.WindowCall> windowCalls() {
        return windowCalls;
    }

    /** True once the only source is the query that sorts the rows, with every column that {@link #windowCalls} need. */
    public boolean isWindowed() {
        return windowed;
    }

    public void windowed(boolean on) {
        windowed = on;
    }

    /** True if ORDER BY matters although the query stands in a FROM. */
    public boolean isOrderRequired() {
        return orderRequired;
    }

    public void orderRequired(boolean on) {
        orderRequired = on;
    }

    /** Rows of VALUES; empty unless this is one. The first row gives {@link #columns}. */
    public List<List<BoundExpr>> valuesRows() {
        return valuesRows;
    }

    /** Sources of outer queries that this one, or one inside it, refers to: empty if it is not correlated. */
    public Set<Source> outerSources() {
        return outerSources;
    }

    public boolean isCorrelated() {
        return !outerSources.isEmpty();
    }

    /** WHERE and the conditions of inner joins; null if there are none. */
    public BoundExpr where() {
        return where;
    }

    public void where(BoundExpr condition) {
        where = condition;
    }

    public BoundExpr having() {
        return having;
    }

    public void having(BoundExpr condition) {
        having = condition;
    }

    public boolean isDistinct() {
        return distinct;
    }

    public void distinct(boolean on) {
        distinct = on;
    }

    /** True if GROUP BY was written or aggregates are used. */
    public boolean isAggregate() {
        return grouped || !aggregates.isEmpty();
    }

    public void grouped(boolean on) {
        grouped = on;
    }

    /** True if GROUP BY stands for a DISTINCT that was written. */
    public boolean isGroupedForDistinct() {
        return groupedForDistinct;
    }

    public void groupedForDistinct(boolean on) {
        groupedForDistinct = on;
    }

    public BoundExpr limit() {
        return limit;
    }

    public BoundExpr offset() {
        return offset;
    }

    public void limit(BoundExpr rows, BoundExpr skipped) {
        limit = rows;
        offset = skipped;
    }

    public boolean isCompound() {
        return compoundOp != null;
    }

    /** Left side of a compound: a core or a compound. */
    public BoundSelect compoundLeft() {
        return compoundLeft;
    }

    public CompoundOp compoundOp() {
        return compoundOp;
    }

    public BoundSelect compoundRight() {
        return compoundRight;
    }

    public void compound(BoundSelect left, CompoundOp op, BoundSelect right) {
        compoundLeft = left;
        compoundOp = op;
        compoundRight = right;
    }

    /** Null unless this query is a recursive common table expression; then only {@link #columns}, order and limit are set besides. */
    public Recursion recursion() {
        return recursion;
    }

    /** Makes this query, whose columns are set, a recursive table: the rows that its terms read get the traits of the whole table. */
    public void recursion(Recursion parts) {
        recursion = parts;
        ColumnTraits traits = ColumnTraits.of(this);
        for (Source self : parts.selves()) {
            self.columnTraits(traits);
        }
    }

    /**
     * Keeps what {@link #collationOrNull} says of a compound: by which collations its rows are told apart is decided before its parts are rewritten,
     * and an expression that takes a column's place may have another one.
     */
    public void keepCollations() {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            kept.add(collationOrNull(i));
        }
        collations = kept;
    }

    /** The collation of a result column, in a compound of the leftmost query that has one; null if there is none. */
    public String collationOrNull(int column) {
        if (collations != null) {
            return collations.get(column);
        }
        if (valuesRows.size() > 1 && !isUnionOfRows()) {
            // Several rows of VALUES are a table to SQLite, and columns of tables have a collation.
            return Traits.BINARY;
        }
        if (!isCompound()) {
            return Traits.collationOrNull(columns.get(column).expr());
        }
        String left = compoundLeft().collationOrNull(column);
        return left != null ? left : compoundRight().collationOrNull(column);
    }

    /** Number of the query in its statement, for EXPLAIN QUERY PLAN. */
    public int id() {
        if (isCompound()) {
            return compoundRight.id();
        }
        return id;
    }

    public void id(int number) {
        id = number;
    }

    /** Numbers for queries that rewriting makes of this one. */
    public IntSupplier nextId() {
        return nextId;
    }

    public void nextId(IntSupplier numbers) {
        nextId = numbers;
    }

    /** Only the first row will be asked for: a scalar subquery, or that of EXISTS, which is like LIMIT 1. */
    public void firstRowOnly() {
        firstRowOnly = true;
    }

    public boolean isFirstRowOnly() {
        return firstRowOnly;
    }

    /** True once the query has been rewritten for planning. */
    public boolean isOptimized() {
        return optimized;
    }

    public void optimized() {
        optimized = true;
    }

    /** True if the query is a compound because one in its FROM was. */
    public boolean isSpread() {
        return spread;
    }

    /**
     * Makes the query, which has one core, the compound of queries that together give its rows; ORDER BY, by result columns, and LIMIT stay those of
     * the whole.
     */
    public void spread(BoundSelect left, BoundSelect right) {
        keepCollations();
        spread = true;
        sources.clear();
        where = null;
        columns.clear();
        columns.addAll(left.columns());
        compound(left, CompoundOp.UNION_ALL, right);
    }

    /** Nothing is known of how the query is used. */
    void unused() {
        optimized = false;
        firstRowOnly = false;
    }

    /** Takes over what is neither an expression nor a source or a query. */
    void copyState(BoundSelect original) {
        unionOfRows = original.unionOfRows;
        collations = original.collations;
        distinct = original.distinct;
        grouped = original.grouped;
        groupedForDistinct = original.groupedForDistinct;
        id = original.id;
        nextId = original.nextId;
        orderRequired = original.orderRequired;
        windowed = original.windowed;
        optimized = original.optimized;
        spread = original.spread;
        firstRowOnly = original.firstRowOnly;
        estimatedRows = original.estimatedRows;
    }

    /** A guess of the rows that the query gives; known once it has been compiled. */
    public double estimatedRows() {
        return estimatedRows;
    }

    public void estimatedRows(double rows) {
        estimatedRows = limit instanceof BoundExpr.Literal literal && literal.value() instanceof Long most && most >= 0
                ? Math.min(rows, most)
                : rows;
    }
}
