package dev.verso.sql.optimize;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.BoundWindow;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.function.FunctionDefinition.Flag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A query with window functions reads from a query of its own making: that one has the old FROM, WHERE and GROUP BY, delivers what the functions
 * and the result need, and sorts its rows by partition and window order. Functions of windows unlike the first one's move into it, where the same
 * happens again; so the order of rows without ORDER BY is that of the first window met.
 *
 * <p>A row of the inner query holds: what the result uses, the PARTITION BY values, the ORDER BY values, arguments and filters.
 */
final class WindowRewrite {
    private final BoundSelect select;
    private final BoundSelect inner = new BoundSelect();
    private final Source source = new Source(null, inner, null);
    private final BoundWindow window;
    private final List<BoundExpr> columns = new ArrayList<>();
    private final Set<BoundSelect> movedQueries = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<BoundExpr.Aggregate, BoundExpr.Aggregate> movedAggregates = new IdentityHashMap<>();

    private WindowRewrite(BoundSelect select) {
        this.select = select;
        window = select.windowCalls().get(0).window();
    }

    static void apply(BoundSelect select) {
        if (!select.windowCalls().isEmpty() && !select.isWindowed()) {
            new WindowRewrite(select).run();
        }
    }

    private void run() {
        inner.id(select.nextId().getAsInt());
        inner.nextId(select.nextId());
        inner.orderRequired(true);
        noteMovedQueries();
        List<BoundOrder> sort = sortTerms();
        if (isPrefix(select.orderBy(), sort)) {
            select.orderBy().clear();
        }
        ExprRewriter outside = new ExprRewriter(this::outsidePart, true);
        rewriteForBuffer(outside);
        int firstKey = columns.size();
        for (BoundOrder term : sort) {
            columns.add(term.expr());
        }
        List<BoundExpr.WindowCall> before = new ArrayList<>();
        List<BoundExpr.WindowCall> after = new ArrayList<>();
        for (BoundExpr.WindowCall call : select.windowCalls()) {
            if (isOurs(call) && before.stream().noneMatch(known -> isRepeated(known, call))) {
                before.add(call);
                after.add(overBuffer(call, firstKey, outside));
            }
        }
        rewriteResult(new ExprRewriter(
                expr -> {
                    for (int i = 0; i < before.size(); i++) {
                        if (Traits.same(expr, before.get(i))) {
                            return after.get(i);
                        }
                    }
                    return null;
                },
                false));
        Nested.forEach(select, nested -> {
            if (nested.outerSources().removeAll(select.sources())) {
                nested.outerSources().add(source);
            }
        });
        moveInside(sort, firstKey);
        select.windowCalls().clear();
        select.windowCalls().addAll(after);
        select.windowed(true);
    }

    private boolean isOurs(BoundExpr.WindowCall call) {
        return call.owner() == select && call.window().isSame(window);
    }

    private static boolean isRepeated(BoundExpr.WindowCall known, BoundExpr.WindowCall call) {
        return Traits.same(known, call) && Traits.isDeterministic(call);
    }

    private List<BoundOrder> sortTerms() {
        List<BoundOrder> sort = new ArrayList<>();
        for (BoundExpr key : window.partitionBy()) {
            sort.add(new BoundOrder(key, false, false, -1));
        }
        sort.addAll(window.orderBy());
        return sort;
    }

    private static boolean isPrefix(List<BoundOrder> order, List<BoundOrder> of) {
        return order.size() <= of.size() && BoundWindow.sameOrder(order, of.subList(0, order.size()));
    }

    /** Queries inside expressions that go into the inner query: their objects may be part of the result too, where they stay what they were. */
    private void noteMovedQueries() {
        for (BoundExpr.WindowCall call : select.windowCalls()) {
            for (BoundExpr part : Trees.children(call)) {
                noteQueries(part);
            }
        }
        for (BoundExpr key : select.groupBy()) {
            noteQueries(key);
        }
    }

    private void noteQueries(BoundExpr expr) {
        Trees.walk(expr, part -> {
            BoundSelect query = Trees.subselect(part);
            if (query != null) {
                movedQueries.add(query);
            }
        });
    }

    /**
     * Puts columns of the inner query into the result. A window function that ORDER BY takes from a result column is computed once more, by the
     * inner query: SQLite does so, and the order of rows depends on it.
     */
    private void rewriteForBuffer(ExprRewriter outside) {
        Set<BoundExpr> inResult = Collections.newSetFromMap(new IdentityHashMap<>());
        for (BoundColumn column : select.columns()) {
            Trees.walk(column.expr(), inResult::add);
        }
        select.columns()
                .replaceAll(column -> new BoundColumn(outside.rewrite(column.expr()), column.name(), column.alias()));
        select.orderBy().replaceAll(term -> {
            ExprRewriter again = new ExprRewriter(
                    expr -> expr instanceof BoundExpr.WindowCall call
                                    && call.owner() == select
                                    && (term.resultColumn() >= 0 || inResult.contains(call))
                            ? column(call)
                            : outsidePart(expr),
                    true);
            return new BoundOrder(again.rewrite(term.expr()), term.descending(), term.nullsLast(), term.resultColumn());
        });
    }

    private void rewriteResult(ExprRewriter rewriter) {
        select.columns()
                .replaceAll(column -> new BoundColumn(rewriter.rewrite(column.expr()), column.name(), column.alias()));
        List<BoundOrder> order = rewriter.rewriteOrder(select.orderBy());
        select.orderBy().clear();
        select.orderBy().addAll(order);
    }

    /** What stands for a part of the result: a column of the inner query for what only that one can compute, null for what is to be looked into. */
    private BoundExpr outsidePart(BoundExpr expr) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            return select.sources().contains(column.source()) ? column(expr) : null;
        }
        if (expr instanceof BoundExpr.Aggregate aggregate) {
            return aggregate.owner() == select ? column(expr) : null;
        }
        if (expr instanceof BoundExpr.WindowCall call && call.owner() == select) {
            return isOurs(call) ? call : column(expr);
        }
        BoundSelect query = Trees.subselect(expr);
        if (query != null && !movedQueries.contains(query)) {
            refuseAggregateInside(query);
            return null;
        }
        return query == null ? null : column(expr);
    }

    /** An aggregate over this query's rows cannot be brought into a query inside the result. SQLite cannot either. */
    private void refuseAggregateInside(BoundSelect query) {
        Trees.anyIn(query, part -> {
            if (part instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == select) {
                throw new DatabaseException(
                        ResultCode.ERROR,
                        "misuse of aggregate: " + aggregate.function().name() + "()");
            }
            return false;
        });
    }

    private BoundExpr.ColumnRef column(BoundExpr expr) {
        for (int i = 0; i < columns.size(); i++) {
            if (Traits.same(columns.get(i), expr) && (Trees.subselect(expr) != null || Traits.isDeterministic(expr))) {
                return reference(i);
            }
        }
        columns.add(expr);
        return reference(columns.size() - 1);
    }

    private BoundExpr.ColumnRef reference(int column) {
        source.useColumn(column);
        return new BoundExpr.ColumnRef(source, column);
    }

    private BoundExpr.WindowCall overBuffer(BoundExpr.WindowCall call, int firstKey, ExprRewriter outside) {
        List<BoundExpr> arguments = new ArrayList<>();
        for (BoundExpr argument : call.arguments()) {
            // A subtype does not survive in a record: such arguments are computed when the function takes them.
            arguments.add(call.function().is(Flag.SUBTYPE) ? outside.rewrite(argument) : column(argument));
        }
        BoundExpr filter = call.filter() == null ? null : column(call.filter());
        int key = firstKey;
        List<BoundExpr> partition = new ArrayList<>();
        for (int i = 0; i < window.partitionBy().size(); i++) {
            partition.add(reference(key++));
        }
        List<BoundOrder> order = new ArrayList<>();
        for (BoundOrder term : window.orderBy()) {
            order.add(new BoundOrder(reference(key++), term.descending(), term.nullsLast(), -1));
        }
        return new BoundExpr.WindowCall(
                call.function(), arguments, filter, call.window().with(partition, order), select);
    }

    // ---- the inner query

    private void moveInside(List<BoundOrder> sort, int firstKey) {
        ExprRewriter inside = new ExprRewriter(this::insidePart, true);
        inner.sources().addAll(select.sources());
        inner.outerSources().addAll(select.outerSources());
        inner.where(select.where());
        for (BoundExpr key : select.groupBy()) {
            inner.groupBy().add(inside.rewrite(key));
        }
        inner.having(inside.rewrite(select.having()));
        inner.grouped(!select.groupBy().isEmpty());
        for (BoundExpr.Aggregate aggregate : select.aggregates()) {
            inner.aggregates().add(moved(aggregate));
        }
        for (int i = 0; i < columns.size(); i++) {
            BoundExpr expr = inside.rewrite(columns.get(i));
            inner.columns().add(new BoundColumn(expr, "column" + (i + 1), false));
            Trees.walk(expr, part -> {
                if (part instanceof BoundExpr.WindowCall call && call.owner() == inner) {
                    inner.windowCalls().add(call);
                }
            });
        }
        for (int i = 0; i < sort.size(); i++) {
            BoundExpr key = inner.columns().get(firstKey + i).expr();
            inner.orderBy()
                    .add(new BoundOrder(
                            key, sort.get(i).descending(), sort.get(i).nullsLast(), firstKey + i));
        }
        if (inner.columns().isEmpty()) {
            inner.columns().add(new BoundColumn(BoundExpr.Literal.of(0), "column1", false));
        }
        select.sources().clear();
        select.sources().add(source);
        select.where(null);
        select.groupBy().clear();
        select.having(null);
        select.grouped(false);
        select.aggregates().clear();
    }

    private BoundExpr insidePart(BoundExpr expr) {
        if (expr instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == select) {
            return moved(aggregate);
        }
        if (expr instanceof BoundExpr.WindowCall call && call.owner() == select) {
            ExprRewriter inside = new ExprRewriter(this::insidePart, true);
            BoundWindow over = call.window();
            return new BoundExpr.WindowCall(
                    call.function(),
                    inside.rewriteAll(call.arguments()),
                    inside.rewrite(call.filter()),
                    over.with(inside.rewriteAll(over.partitionBy()), inside.rewriteOrder(over.orderBy())),
                    inner);
        }
        return null;
    }

    private BoundExpr.Aggregate moved(BoundExpr.Aggregate aggregate) {
        return movedAggregates.computeIfAbsent(
                aggregate,
                old -> new BoundExpr.Aggregate(
                        old.function(), old.arguments(), old.distinct(), old.orderBy(), old.filter(), inner));
    }
}
