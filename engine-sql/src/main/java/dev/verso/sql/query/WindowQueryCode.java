package dev.verso.sql.query;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.plan.WhereRequest.Purpose;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/**
 * A query with window functions, as {@link dev.verso.sql.optimize.Optimizer} has left it: over one query that delivers its rows sorted. The
 * frames move as rows come in; a subroutine makes a result row of each row whose frame is complete.
 */
final class WindowQueryCode {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final BoundSelect select;
    private final RowSink sink;
    private final RowLimit limit;
    private final int end;

    WindowQueryCode(CodeContext context, BoundSelect select, RowSink sink, RowLimit limit, int end) {
        this.context = context;
        this.select = select;
        this.sink = sink;
        this.limit = limit;
        this.end = end;
        builder = context.builder();
    }

    void compile() {
        SourceCode.prepare(context, select);
        WindowFunctions functions = new WindowFunctions(context, select);
        ExprRewriter values = new ExprRewriter(
                expr -> expr instanceof BoundExpr.WindowCall call && call.owner() == select
                        ? functions.value(call)
                        : null,
                false);
        List<BoundExpr> columns = values.rewriteAll(PlainQueryCode.expressions(select));
        List<BoundOrder> order = values.rewriteOrder(select.orderBy());
        RowOutput output = new RowOutput(context, columns, order, select.isDistinct(), sink, limit);
        output.open();
        int deliverReturn = builder.newRegister();
        int deliverLabel = builder.newLabel();
        WindowFrameCode frame = new WindowFrameCode(context, select, functions, deliverReturn, deliverLabel);
        frame.open();
        WhereLoops loops =
                WhereLoops.begin(context, new WhereRequest(select.sources(), null, List.of(), Purpose.UNORDERED, 0));
        select.estimatedRows(loops.estimatedRows());
        frame.takeRow();
        loops.end();
        frame.finish();
        int after = builder.newLabel();
        builder.add(Opcode.Goto, 0, after);
        deliver(output, deliverReturn, deliverLabel);
        builder.place(after);
        output.finish();
    }

    private void deliver(RowOutput output, int deliverReturn, int deliverLabel) {
        // It runs in the middle of code whose registers were free again when this was emitted.
        int[] outside = context.temporaries().isolate();
        builder.place(deliverLabel);
        int next = builder.newLabel();
        int stop = builder.newLabel();
        output.row(next, stop);
        builder.place(next);
        builder.add(Opcode.Return, deliverReturn);
        builder.place(stop);
        builder.add(Opcode.Goto, 0, end);
        context.temporaries().endIsolation(outside);
    }
}
