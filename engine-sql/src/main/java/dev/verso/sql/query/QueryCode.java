package dev.verso.sql.query;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.optimize.Optimizer;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/** Chooses how a query is computed: recursion, compound, VALUES, aggregate, or plain loops. */
final class QueryCode {
    private final CodeContext context;
    private final ProgramBuilder builder;

    QueryCode(CodeContext context) {
        this.context = context;
        builder = context.builder();
    }

    /** Emits the query with its own ORDER BY and LIMIT. */
    void compile(BoundSelect select, RowSink sink) {
        if (!select.isOptimized()) {
            checkCollations(select);
        }
        Optimizer.optimize(select);
        int end = builder.newLabel();
        RowLimit limit = RowLimit.of(context, select, end);
        compile(select, sink, limit, end);
        builder.place(end);
    }

    /** Emits the query under a limit that is counted already. @param end where to go when no more rows are wanted */
    void compile(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        if (select.recursion() != null) {
            new RecursiveCode(context).compile(select, sink, limit, end);
        } else if (select.isCompound()) {
            new CompoundCode(context).compile(select, sink, limit, end);
            select.estimatedRows(compoundRows(select));
        } else if (!select.valuesRows().isEmpty()) {
            values(select, sink, limit, end);
            select.estimatedRows(select.valuesRows().size());
        } else if (select.isWindowed()) {
            new WindowQueryCode(context, select, sink, limit, end).compile();
        } else if (select.isAggregate() || isGroupedByOrder(select)) {
            new AggregateQueryCode(context, select, sink, limit, end).compile();
        } else {
            new PlainQueryCode(context, select, sink, limit, end).compile();
        }
    }

    /** The columns of a query that is a source have collations, which must exist even if nothing is compared by them. */
    private void checkCollations(BoundSelect select) {
        for (Source source : select.sources()) {
            if (!source.isQuery()) {
                continue;
            }
            for (int i = 0; i < source.columnCount(); i++) {
                KeyOrders.collation(context.session(), source.columnCollation(i));
            }
            checkCollations(source.select());
        }
        if (select.isCompound()) {
            checkCollations(select.compoundLeft());
            checkCollations(select.compoundRight());
        }
    }

    /** DISTINCT with ORDER BY of the same columns is GROUP BY: one sort does both. */
    private static boolean isGroupedByOrder(BoundSelect select) {
        List<BoundOrder> order = select.orderBy();
        if (!select.isDistinct() || order.size() != select.columns().size()) {
            return false;
        }
        for (int i = 0; i < order.size(); i++) {
            if (!order.get(i).hasDefaultNulls()
                    || !Traits.same(order.get(i).expr(), select.columns().get(i).expr())) {
                return false;
            }
        }
        select.groupBy().addAll(PlainQueryCode.expressions(select));
        select.grouped(true);
        select.distinct(false);
        select.groupedForDistinct(true);
        return true;
    }

    private static double compoundRows(BoundSelect select) {
        double left = select.compoundLeft().estimatedRows();
        double right = select.compoundRight().estimatedRows();
        return switch (select.compoundOp()) {
            case UNION, UNION_ALL -> left + right;
            case EXCEPT -> left;
            case INTERSECT -> Math.min(left, right);
        };
    }

    private void values(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        int columns = select.columns().size();
        int first = sink.registers(columns);
        int rows = select.valuesRows().size();
        context.planLog().add(rows == 1 ? "SCAN CONSTANT ROW" : "SCAN " + rows + "-ROW VALUES CLAUSE");
        if (rows > 1 && !select.orderBy().isEmpty()) {
            sortedValues(select, sink, limit);
            return;
        }
        for (List<BoundExpr> row : select.valuesRows()) {
            int next = builder.newLabel();
            limit.skip(next);
            for (int i = 0; i < columns; i++) {
                context.expressions().compile(row.get(i), first + i);
            }
            sink.row(first, columns);
            limit.count(end);
            builder.place(next);
        }
    }

    /** As the side of a merge the rows come in its order. */
    private void sortedValues(BoundSelect select, RowSink sink, RowLimit limit) {
        int columns = select.columns().size();
        RowSorter sorter = new RowSorter(context, PlainQueryCode.expressions(select), select.orderBy(), limit);
        sorter.open();
        int first = builder.newRegisters(columns);
        for (List<BoundExpr> row : select.valuesRows()) {
            int next = builder.newLabel();
            for (int i = 0; i < columns; i++) {
                context.expressions().compile(row.get(i), first + i);
            }
            sorter.row(next, next, first);
            builder.place(next);
        }
        sorter.deliver(sink);
    }
}
