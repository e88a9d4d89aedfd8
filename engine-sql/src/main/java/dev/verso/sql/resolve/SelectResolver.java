package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.TreeWalker;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Resolves queries: cores, VALUES and compounds, in the order in which SQLite does, so that of several errors the same one is reported. */
final class SelectResolver {
    /** SQLITE_MAX_COLUMN: of result columns and of terms of ORDER BY and GROUP BY. */
    static final int MAX_COLUMNS = 2000;

    /** SQLITE_MAX_EXPR_DEPTH, which holds for queries in FROM as well. */
    private static final int MAX_NESTED = 1000;
    /** What a query takes of the stack, compared with an expression. */
    private static final int LEVELS_OF_QUERY = 6;

    private int nested;
    /** The statement's own first query, and its result columns: their names are the statement's. */
    private Select.Core first;

    private List<BoundColumn> firstColumns;
    private final Names names;
    private final OrderResolver order;
    private final StarExpander stars;

    SelectResolver(Names names) {
        this.names = names;
        order = new OrderResolver(names);
        stars = new StarExpander(names);
    }

    StarExpander stars() {
        return stars;
    }

    /** The columns under the names that the connection wants. */
    List<BoundColumn> labels(List<BoundColumn> columns) {
        return first == null ? columns : ColumnLabels.of(names, first.columns(), firstColumns, columns);
    }

    /** Resolves a query that stands in {@code around}. */
    BoundSelect select(Select select, Scope around) {
        names.enter(LEVELS_OF_QUERY);
        if (++nested > MAX_NESTED) {
            throw SqlError.of("VIEWs and/or subqueries nested too deep");
        }
        try {
            Scope scope = names.from().with(select.with(), around);
            BoundSelect bound = body(select.body(), select, scope);
            if (!(select.body() instanceof Select.Core)) {
                limit(bound, select, scope);
            }
            return bound;
        } finally {
            nested--;
            names.leave(LEVELS_OF_QUERY);
        }
    }

    private void limit(BoundSelect bound, Select select, Scope scope) {
        bound.limit(limit(select.limit(), scope), limit(select.offset(), scope));
    }

    /** LIMIT and OFFSET see no columns, only common tables and what a trigger has. */
    private BoundExpr limit(Expr expr, Scope scope) {
        if (expr == null) {
            return null;
        }
        Scope bare = scope.ofTriggerOnly().commonTables(scope.commonTables());
        return names.expressions().scalar(expr, bare);
    }

    /** @param whole has the ORDER BY that belongs to the body, or null if none does */
    BoundSelect body(Select.Body body, Select whole, Scope scope) {
        if (body instanceof Select.Core core) {
            return core(core, whole, scope);
        }
        if (body instanceof Select.Values values) {
            return values(values, scope);
        }
        Select.Compound compound = (Select.Compound) body;
        names.enter(1);
        BoundSelect left = body(compound.left(), null, scope);
        names.leave(1);
        if (whole != null && !names.isElsewhere() && !isUnionAll(compound) && hasCollate(whole.orderBy())) {
            return collated(left, compound, whole, scope);
        }
        BoundSelect right = body(compound.right(), null, scope);
        return compound(left, compound.op(), right, whole, scope);
    }

    private BoundSelect compound(BoundSelect left, CompoundOp op, BoundSelect right, Select whole, Scope scope) {
        BoundSelect bound = new BoundSelect();
        bound.compound(left, op, right);
        bound.columns().addAll(left.columns());
        bound.outerSources().addAll(left.outerSources());
        bound.outerSources().addAll(right.outerSources());
        if (whole != null) {
            checkWidths(bound);
            order.compound(bound, whole.orderBy(), scope);
        }
        return bound;
    }

    /** True if the chain is UNION ALL all along. */
    private static boolean isUnionAll(Select.Compound compound) {
        Select.Body at = compound;
        while (at instanceof Select.Compound one) {
            if (one.op() != CompoundOp.UNION_ALL) {
                return false;
            }
            at = one.left();
        }
        return true;
    }

    private static boolean hasCollate(List<OrderingTerm> terms) {
        boolean[] found = new boolean[1];
        for (OrderingTerm term : terms) {
            new TreeWalker() {
                @Override
                protected void found(Expr expr) {
                    found[0] |= expr instanceof Expr.Collate;
                }
            }.walk(term.expr());
        }
        return found[0];
    }

    /**
     * A query over the compound that has its ORDER BY. A compound that drops rows compares by the collations of its columns: it cannot at the
     * same time merge by another one. In views and common tables SQLite does merge by it, and rows are told apart by it.
     *
     * <p>What SQLite makes the outer query of is the last one of the chain, and it takes away only its sources and its WHERE: GROUP BY and HAVING
     * of the last query group the rows of the compound, and its DISTINCT holds for them all.
     */
    private BoundSelect collated(BoundSelect left, Select.Compound written, Select whole, Scope scope) {
        Select.Core last = written.right() instanceof Select.Core core ? core : null;
        Select.Body right = last == null
                ? written.right()
                : new Select.Core(
                        last.span(),
                        last.distinct(),
                        last.columns(),
                        last.from(),
                        last.where(),
                        List.of(),
                        null,
                        last.windows());
        BoundSelect compound = compound(left, written.op(), body(right, null, scope), whole, scope);
        BoundSelect around = new BoundSelect();
        names.register(around, written);
        Source source = new Source(null, compound, null);
        source.columnNames(ColumnNames.unique(compound));
        around.sources().add(source);
        around.outerSources().addAll(compound.outerSources());
        for (int i = 0; i < compound.columns().size(); i++) {
            BoundExpr column = names.expressions().columns().reference(source, i);
            around.columns().add(new BoundColumn(column, source.columnName(i), false));
        }
        if (last != null) {
            QueryScope query = new QueryScope(around);
            Scope inside = Scope.of(around.sources(), scope).query(query);
            query.aliases().addAll(around.columns());
            query.aggregate(!last.groupBy().isEmpty());
            around.distinct(last.distinct());
            having(around, last, query, inside);
            groupBy(around, last, query, inside);
        }
        for (BoundOrder term : compound.orderBy()) {
            BoundExpr key = around.columns().get(term.resultColumn()).expr();
            if (term.expr() instanceof BoundExpr.Collate collate) {
                key = new BoundExpr.Collate(key, collate.collation());
            }
            around.orderBy().add(new BoundOrder(key, term.descending(), term.nullsLast(), term.resultColumn()));
        }
        compound.orderBy().clear();
        return around;
    }

    private void having(BoundSelect bound, Select.Core core, QueryScope query, Scope scope) {
        if (core.having() == null) {
            return;
        }
        if (core.groupBy().isEmpty() && bound.aggregates().isEmpty()) {
            throw SqlError.of("HAVING clause on a non-aggregate query");
        }
        query.clause(QueryScope.Clause.HAVING);
        bound.having(names.expressions().scalar(core.having(), scope));
    }

    private void groupBy(BoundSelect bound, Select.Core core, QueryScope query, Scope scope) {
        query.clause(QueryScope.Clause.GROUP_BY);
        order.groupBy(bound, core.groupBy(), scope);
        bound.grouped(!core.groupBy().isEmpty());
    }

    /** ORDER BY and LIMIT of a recursive common table expression: terms are columns of its first query. */
    void orderOfRecursion(BoundSelect bound, BoundSelect setup, Select whole, Scope scope) {
        BoundSelect first = Traits.firstCore(setup);
        BoundSelect shape = new BoundSelect();
        shape.columns().addAll(bound.columns());
        shape.sources().addAll(first.sources());
        order.compound(shape, whole.orderBy(), scope);
        bound.orderBy().addAll(shape.orderBy());
        bound.limit(limit(whole.limit(), scope), limit(whole.offset(), scope));
    }

    /** Right to left, as SQLite finds them. */
    static void checkWidths(BoundSelect compound) {
        for (BoundSelect at = compound; at.isCompound(); at = at.compoundLeft()) {
            BoundSelect left = at.compoundLeft();
            BoundSelect neighbour = left.isCompound() ? left.compoundRight() : left;
            if (neighbour.columns().size() != at.compoundRight().columns().size()) {
                throw SqlError.of("SELECTs to the left and right of "
                        + at.compoundOp().name().replace('_', ' ')
                        + " do not have the same number of result columns");
            }
        }
    }

    private BoundSelect values(Select.Values values, Scope outer) {
        BoundSelect bound = new BoundSelect();
        names.register(bound, values);
        QueryScope query = new QueryScope(bound);
        Scope scope = Scope.of(List.of(), outer).query(query);
        for (List<Expr> row : values.rows()) {
            if (row.size() != values.rows().get(0).size()) {
                throw SqlError.of("all VALUES must have the same number of terms");
            }
        }
        for (List<Expr> row : values.rows()) {
            List<BoundExpr> exprs = new ArrayList<>(row.size());
            for (Expr expr : row) {
                exprs.add(names.expressions().scalar(expr, scope));
            }
            bound.valuesRows().add(exprs);
        }
        bound.unionOfRows(isUnionOfRows(bound.valuesRows(), outer));
        int number = 1;
        for (BoundExpr expr : bound.valuesRows().get(0)) {
            bound.columns().add(new BoundColumn(expr, "column" + number++, false));
        }
        boolean computes = !bound.aggregates().isEmpty() || !bound.windowCalls().isEmpty();
        if (computes && bound.valuesRows().size() == 1) {
            bound.valuesRows().clear();
        } else if (computes) {
            return queryOfEachRow(values, outer);
        }
        return bound;
    }

    /** Rows with aggregates or window functions, each of which is a query of its own. */
    private BoundSelect queryOfEachRow(Select.Values values, Scope outer) {
        BoundSelect all = null;
        for (List<Expr> row : values.rows()) {
            BoundSelect one = values(new Select.Values(values.span(), List.of(row)), outer);
            all = all == null ? one : compound(all, CompoundOp.UNION_ALL, one, null, outer);
        }
        return all;
    }

    private static boolean isUnionOfRows(List<List<BoundExpr>> rows, Scope outer) {
        if (rows.size() < 2) {
            return false;
        }
        boolean union = outer.commonTables() != null;
        for (BoundExpr first : rows.get(0)) {
            union |= Traits.affinity(first) != Affinity.NONE;
        }
        for (BoundExpr second : rows.get(1)) {
            union |= !Traits.isConstant(second);
        }
        return union;
    }

    private BoundSelect core(Select.Core core, Select whole, Scope outer) {
        BoundSelect bound = new BoundSelect();
        names.register(bound, core);
        boolean allowed = names.catalog().authorization().allows(Action.SELECT, null, null, null);
        QueryScope query = new QueryScope(bound);
        query.windows(WindowResolver.definitions(core.windows()));
        FromResolver.Joined from = names.from().resolve(core.from(), null, outer);
        bound.sources().addAll(from.sources());
        for (Source source : from.sources()) {
            if (source.isQuery()) {
                bound.outerSources().addAll(source.select().outerSources());
            }
        }
        Scope scope = Scope.of(bound.sources(), outer).query(query);
        bound.distinct(core.distinct());
        if (whole != null) {
            limit(bound, whole, outer);
        }

        query.clause(QueryScope.Clause.RESULT);
        stars.resultColumns(core.columns(), scope, bound.columns());
        if (nested == 1 && first == null) {
            first = core;
            firstColumns = List.copyOf(bound.columns());
        }
        if (bound.columns().size() > MAX_COLUMNS) {
            throw SqlError.of("too many columns in result set");
        }

        boolean aggregate = !core.groupBy().isEmpty() || !bound.aggregates().isEmpty();
        query.aliases().addAll(bound.columns());
        query.aggregate(aggregate);
        having(bound, core, query, scope);
        query.clause(QueryScope.Clause.WHERE);
        BoundExpr condition = names.from().conditions(from, scope);
        if (core.where() != null) {
            // Among terms that are equally good to have, those of WHERE come first, as in SQLite.
            condition = Trees.and(names.expressions().condition(core.where(), scope), condition);
        }
        bound.where(condition);

        if (whole != null) {
            query.clause(QueryScope.Clause.ORDER_BY);
            order.simple(bound, whole.orderBy(), scope);
        }
        groupBy(bound, core, query, scope);
        names.access().checkUnused(bound);
        if (!allowed) {
            bound.where(BoundExpr.Literal.of(0));
            bound.having(aggregate ? BoundExpr.Literal.of(0) : null);
        }
        return bound;
    }
}
