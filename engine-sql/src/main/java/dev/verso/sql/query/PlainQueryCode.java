package dev.verso.sql.query;

import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.plan.WhereRequest.Purpose;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A query without aggregates: loops whose body computes the row. */
final class PlainQueryCode {
    private final CodeContext context;
    private final BoundSelect select;
    private final RowSink sink;
    private final RowLimit limit;
    private final int end;

    PlainQueryCode(CodeContext context, BoundSelect select, RowSink sink, RowLimit limit, int end) {
        this.context = context;
        this.select = select;
        this.sink = sink;
        this.limit = limit;
        this.end = end;
    }

    void compile() {
        SourceCode.prepare(context, select);
        List<BoundExpr> columns = expressions(select);
        if (select.sources().isEmpty() && !select.isDistinct()) {
            context.planLog().add("SCAN CONSTANT ROW");
        }
        RowOutput output = new RowOutput(context, columns, select.orderBy(), select.isDistinct(), sink, limit);
        output.open();
        WhereLoops loops = WhereLoops.begin(context, request());
        select.estimatedRows(loops.estimatedRows());
        output.loopsDeliver(loops.orderedTerms(), loops.isDistinct(), loops.isDistinctOrdered());
        if (select.isDistinct()) {
            loops.skipEqual();
        }
        output.row(loops.continueLabel(), loops.notBehindLabel(), end);
        loops.end();
        output.finish();
    }

    static List<BoundExpr> expressions(BoundSelect select) {
        List<BoundExpr> exprs = new ArrayList<>();
        for (BoundColumn column : select.columns()) {
            exprs.add(column.expr());
        }
        return exprs;
    }

    private WhereRequest request() {
        List<BoundOrder> order = select.orderBy();
        List<BoundOrder> distinct = new ArrayList<>();
        for (int i = 0; select.isDistinct() && i < select.columns().size(); i++) {
            distinct.add(new BoundOrder(select.columns().get(i).expr(), false, false, i));
        }
        Purpose purpose = Purpose.ORDER_BY;
        if (order.isEmpty() && select.isDistinct()) {
            purpose = Purpose.DISTINCT;
            order = distinct;
        } else if (order.isEmpty()) {
            purpose = Purpose.UNORDERED;
        }
        return new WhereRequest(
                select.sources(),
                select.where(),
                order,
                purpose,
                limit.isSet() ? limit.rowsNeeded() : 0,
                distinct,
                select.columns().size(),
                constantLimit(),
                select,
                limit.counts(select));
    }

    private long constantLimit() {
        if (select.limit() instanceof BoundExpr.Literal literal && literal.value() instanceof Long rows) {
            return Math.max(rows, -1);
        }
        if (select.limit() instanceof BoundExpr.Parameter parameter
                && !select.orderBy().isEmpty()) {
            Value rows = context.planParameters().weigh(parameter.number());
            return rows != null && rows.isInteger() ? Math.max(rows.integer(), -1) : -1;
        }
        return -1;
    }
}
