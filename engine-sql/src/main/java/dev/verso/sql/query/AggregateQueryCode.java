package dev.verso.sql.query;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.plan.WhereRequest.Purpose;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/** A query with aggregates but without GROUP BY: one row. Those with GROUP BY go on to {@link GroupByCode}. */
final class AggregateQueryCode {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final BoundSelect select;
    private final RowSink sink;
    private final RowLimit limit;
    private final int end;

    AggregateQueryCode(CodeContext context, BoundSelect select, RowSink sink, RowLimit limit, int end) {
        this.context = context;
        this.select = select;
        this.sink = sink;
        this.limit = limit;
        this.end = end;
        builder = context.builder();
    }

    void compile() {
        if (!select.groupBy().isEmpty()) {
            new GroupByCode(context, select, sink, limit, end).compile();
            return;
        }
        SourceCode.prepare(context, select);
        Accumulators accumulators = new Accumulators(context, select);
        if (!isDistinctOfOneRow(accumulators)) {
            accumulators.log();
        }
        if (select.sources().isEmpty()) {
            context.planLog().add("SCAN CONSTANT ROW");
        }
        BareColumns bare = BareColumns.of(select);
        if (isCountOfTable()) {
            countTable(accumulators);
        } else {
            loop(accumulators, bare);
        }
        bare.provide();
        outputRow(PlainQueryCode.expressions(select), select.having());
        if (select.isDistinct()) {
            context.planLog().add("USE TEMP B-TREE FOR DISTINCT"); // SQLite's words; one row needs none
        }
    }

    /** The one result row; DISTINCT and ORDER BY have nothing to do. */
    private void outputRow(List<BoundExpr> columns, BoundExpr having) {
        int none = builder.newLabel();
        if (having != null) {
            context.expressions().jumpIfFalse(having, none, true);
        }
        RowOutput output = new RowOutput(context, columns, List.of(), false, sink, limit);
        output.open();
        output.row(none, end);
        builder.place(none);
    }

    private boolean isDistinctOfOneRow(Accumulators accumulators) {
        if (!select.sources().isEmpty() || accumulators.aggregates().size() != 1) {
            return false;
        }
        BoundExpr.Aggregate only = accumulators.aggregates().get(0);
        return only.distinct() && only.orderBy().isEmpty();
    }

    private void loop(Accumulators accumulators, BareColumns bare) {
        accumulators.reset();
        bare.reset(builder);
        boolean byExtreme = !bare.isEmpty() && accumulators.haveExtreme();
        if (byExtreme) {
            accumulators.computeExtremesByHand();
        }
        int seen = 0;
        if (!bare.isEmpty() && !accumulators.haveUnfilteredExtreme()) {
            seen = builder.newRegister();
            builder.add(Opcode.Integer, 0, seen);
        }
        BoundOrder wanted = extremeOrder(accumulators);
        WhereLoops loops =
                WhereLoops.begin(context, request(wanted, bare.isEmpty() ? accumulators.onlyDistinct() : null));
        select.estimatedRows(1);
        if (bare.isEmpty()) {
            accumulators.loopsDeliver(loops.isDistinct(), loops.isDistinctOrdered());
            if (wanted == null && accumulators.onlyDistinctSeesAll()) {
                loops.skipEqual();
            }
        }
        boolean first = wanted != null && loops.orderedTerms() >= 1;
        if (byExtreme) {
            accumulators.stepWithColumns(bare, seen);
        } else {
            accumulators.step();
            if (seen != 0) {
                int skip = builder.add(Opcode.If, seen, 0);
                bare.capture(context);
                builder.jumpHere(skip);
            }
        }
        if (seen != 0) {
            builder.add(Opcode.Integer, 1, seen);
        }
        if (first) {
            leave(loops, wanted);
        }
        loops.end();
        accumulators.finish();
    }

    /** @param wanted order in which the first row is the answer, or null @param distinct the argument of the only aggregate if that is DISTINCT, or null */
    private WhereRequest request(BoundOrder wanted, BoundExpr distinct) {
        List<BoundOrder> together = distinct == null ? List.of() : List.of(new BoundOrder(distinct, false, false, -1));
        if (wanted != null) {
            return new WhereRequest(select, List.of(wanted), Purpose.MIN_MAX, together);
        }
        return new WhereRequest(select, together, distinct == null ? Purpose.UNORDERED : Purpose.DISTINCT, List.of());
    }

    /** The row is the best there is; only for min(), NULLs come first and the first row that has none is better. */
    private void leave(WhereLoops loops, BoundOrder wanted) {
        if (!wanted.descending()) {
            int pastNulls = loops.pastNullsAddress();
            int register = context.expressions().compileToAny(wanted.expr());
            builder.add(Opcode.IsNull, register, pastNulls != 0 ? pastNulls : loops.continueLabel());
            context.temporaries().release(register);
        }
        builder.add(Opcode.Goto, 0, loops.foundLabel());
    }

    /** For a lone min() or max(): the order in which the first row is the answer; null otherwise. */
    private static BoundOrder extremeOrder(Accumulators accumulators) {
        if (accumulators.aggregates().size() != 1) {
            return null;
        }
        BoundExpr.Aggregate only = accumulators.aggregates().get(0);
        if (!Accumulators.isExtreme(only) || only.filter() != null) {
            return null;
        }
        boolean descending = only.function().name().equals("max");
        return new BoundOrder(only.arguments().get(0), descending, descending, -1);
    }

    // ---- count(*) of a whole table

    private boolean isCountOfTable() {
        if (select.sources().size() != 1
                || select.where() != null
                || select.aggregates().size() != 1) {
            return false;
        }
        Source source = select.sources().get(0);
        BoundExpr.Aggregate only = select.aggregates().get(0);
        return source.table() != null
                && source.table().kind() == Table.Kind.TABLE
                && only.function().is(dev.verso.vm.function.FunctionDefinition.Flag.COUNT)
                && only.arguments().isEmpty()
                && only.filter() == null
                && BareColumns.of(select).isEmpty();
    }

    /** Then SQLite calls the table by its own name, even if the query gives it another one. */
    private boolean isCountAlone() {
        return select.having() == null
                && select.columns().size() == 1
                && select.columns().get(0).expr() instanceof BoundExpr.Aggregate;
    }

    private void countTable(Accumulators accumulators) {
        Source source = select.sources().get(0);
        Table table = source.table();
        int cursor = builder.newCursor();
        int database = table.schema().database();
        Index index = smallestIndex(source);
        if (index != null) {
            builder.add(Opcode.OpenRead, cursor, index.rootPage(), database, KeyOrders.of(context.session(), index), 0);
        } else {
            builder.add(Opcode.OpenRead, cursor, table.rootPage(), database, 1, 0);
        }
        context.planLog()
                .add("SCAN " + (isCountAlone() ? table.name() : source.toString())
                        + (index == null || index.isPrimaryKeyOfWithoutRowid()
                                ? ""
                                : " USING COVERING INDEX " + index.name()));
        int count = accumulators.resultRegister(0);
        builder.add(Opcode.Count, cursor, count);
        builder.add(Opcode.Close, cursor);
    }

    /** The index with the smallest entries if they are smaller than the table's, or null. */
    private static Index smallestIndex(Source source) {
        Table table = source.table();
        Index best = table.isWithoutRowid() ? table.primaryKey() : null;
        if (source.isNotIndexed()) {
            return best;
        }
        int least = best == null ? table.rowEstimate() : Math.min(table.rowEstimate(), best.entryEstimate());
        for (Index index : table.indexes()) {
            if (index.where() == null
                    && !index.isUnordered()
                    && (source.indexedBy() == null || source.indexedBy() == index)
                    && index.entryEstimate() < least) {
                best = index;
                least = index.entryEstimate();
            }
        }
        return best;
    }

    /** Replaces expressions that are equal to those of {@code from} by {@code to}; aggregates stay. */
    static ExprRewriter substitution(List<BoundExpr> from, List<BoundExpr> to, BoundSelect owner) {
        return new ExprRewriter(
                expr -> {
                    if (expr instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == owner) {
                        return expr;
                    }
                    for (int i = 0; i < from.size(); i++) {
                        if (Traits.same(expr, from.get(i))) {
                            return to.get(i);
                        }
                    }
                    return null;
                },
                false);
    }

    static List<BoundOrder> rewriteOrder(List<BoundOrder> order, ExprRewriter rewriter) {
        return new ArrayList<>(rewriter.rewriteOrder(order));
    }
}
