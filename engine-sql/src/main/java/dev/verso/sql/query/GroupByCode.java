package dev.verso.sql.query;

import dev.verso.record.KeyInfo;
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
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * GROUP BY. Rows come group by group, either from the loops or out of a sorter:
 *
 * <pre>
 *   per row:   keys into registers; same as before? → step
 *              else: Gosub output (of the group before); take keys and bare columns; reset accumulators
 *      step:   accumulate
 *   at end:    Gosub output
 *   output:    return if there is no group; finish accumulators; HAVING; result row
 * </pre>
 */
final class GroupByCode {
    /** Without better knowledge a GROUP BY is taken to make no more groups. */
    private static final double GROUPS_GUESSED = 100;

    private final CodeContext context;
    private final ProgramBuilder builder;
    private final BoundSelect select;
    private final RowSink sink;
    private final RowLimit limit;
    private final int end;
    private final List<BoundExpr> keys;
    private final Accumulators accumulators;
    private final boolean orderedByGroups;
    private final List<BoundOrder> groupOrder;
    private int previousKeys;
    private int currentKeys;
    private int hasGroup;
    private int outputReturn;
    private int outputLabel;
    private BareColumns bare;
    private boolean byExtreme;
    /** Register: 1 from the second row of a group on; 0 if nobody wants to know. */
    private int rowSeen;

    GroupByCode(CodeContext context, BoundSelect select, RowSink sink, RowLimit limit, int end) {
        this.context = context;
        this.select = select;
        this.sink = sink;
        this.limit = limit;
        this.end = end;
        builder = context.builder();
        keys = select.groupBy();
        SourceCode.prepare(context, select);
        accumulators = new Accumulators(context, select);
        orderedByGroups = isOrderedByGroups();
        groupOrder = groupOrder();
    }

    /** True if ORDER BY says nothing but in which direction the groups come. */
    private boolean isOrderedByGroups() {
        List<BoundOrder> order = select.orderBy();
        if (order.size() != keys.size()) {
            return false;
        }
        for (int i = 0; i < order.size(); i++) {
            if (!order.get(i).hasDefaultNulls() || !Traits.same(order.get(i).expr(), keys.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** As many terms of ORDER BY as there are keys give them their directions, whatever they are: so it is in SQLite. */
    private List<BoundOrder> groupOrder() {
        List<BoundOrder> order = select.orderBy();
        List<BoundOrder> terms = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            boolean descending = order.size() == keys.size() && order.get(i).descending();
            terms.add(new BoundOrder(keys.get(i), descending, descending, -1));
        }
        return terms;
    }

    private Purpose purpose() {
        if (!orderedByGroups) {
            return Purpose.GROUP_BY;
        }
        return select.isGroupedForDistinct() ? Purpose.DISTINCT_IN_ORDER : Purpose.GROUP_BY_IN_ORDER;
    }

    /** Where the only aggregate is DISTINCT: the keys and its argument. A sort by the keys keeps equal arguments of a group together. */
    private List<BoundOrder> distinct() {
        BoundExpr argument = accumulators.onlyDistinct();
        if (argument == null) {
            return List.of();
        }
        List<BoundOrder> terms = new ArrayList<>(groupOrder);
        terms.add(new BoundOrder(argument, false, false, -1));
        return terms;
    }

    void compile() {
        int count = keys.size();
        previousKeys = builder.newRegisters(count);
        currentKeys = builder.newRegisters(count);
        hasGroup = builder.newRegister();
        outputReturn = builder.newRegister();
        outputLabel = builder.newLabel();

        Substituted result = substituted();
        bare = BareColumns.of(select, result.roots());
        byExtreme = !bare.isEmpty() && accumulators.haveExtreme();
        // Equal keys need not be identical (1 and 1.0): min() and max() bring the key column of their row too.
        for (int i = 0; i < count && !byExtreme; i++) {
            if (keys.get(i) instanceof BoundExpr.ColumnRef column) {
                bare.isIn(column, previousKeys + i);
            }
        }
        if (byExtreme) {
            accumulators.computeExtremesByHand();
            rowSeen = builder.newRegister();
        }
        RowOutput output = new RowOutput(context, result.columns, result.order, select.isDistinct(), sink, limit);
        output.open();
        builder.add(Opcode.Integer, 0, hasGroup);
        if (count > 1) {
            builder.add(Opcode.Null, 0, previousKeys, previousKeys + count - 1);
        }
        GroupSorter sorter = new GroupSorter();
        sorter.open();
        WhereLoops loops = WhereLoops.begin(context, new WhereRequest(select, groupOrder, purpose(), distinct()));
        accumulators.loopsDeliver(loops.isDistinct(), loops.isDistinctOrdered());
        if (accumulators.onlyDistinctSeesAll()) {
            loops.skipEqual();
        }
        select.estimatedRows(Math.min(loops.estimatedRows(), GROUPS_GUESSED));
        boolean sorted = loops.orderedTerms() < count;
        if (orderedByGroups && (sorted || loops.groupsAreInOrder())) {
            output.loopsDeliver(result.order.size(), false, false);
        }
        if (!sorted) {
            sorter.cancel();
            for (int i = 0; i < count; i++) {
                context.expressions().compile(keys.get(i), currentKeys + i);
            }
            row();
            loops.end();
        } else {
            sorter.insert();
            loops.end();
            context.planLog().add("USE TEMP B-TREE FOR " + (select.isGroupedForDistinct() ? "DISTINCT" : "GROUP BY"));
            sorter.readInOrder();
        }
        int after = builder.newLabel();
        builder.add(Opcode.Gosub, outputReturn, outputLabel);
        builder.add(Opcode.Goto, 0, after);
        outputSubroutine(output, result);
        builder.place(after);
        accumulators.log();
        output.finish();
    }

    /** What is computed for each group, with the keys read from their registers. */
    private record Substituted(List<BoundExpr> columns, BoundExpr having, List<BoundOrder> order) {
        List<BoundExpr> roots() {
            List<BoundExpr> roots = new ArrayList<>(columns);
            if (having != null) {
                roots.add(having);
            }
            for (BoundOrder term : order) {
                roots.add(term.expr());
            }
            return roots;
        }
    }

    private Substituted substituted() {
        List<BoundExpr> from = new ArrayList<>();
        List<BoundExpr> to = new ArrayList<>();
        // A deciding min() or max() gives all columns from its row, those in key expressions too.
        for (int i = 0; i < keys.size() && !accumulators.haveExtreme(); i++) {
            BoundExpr key = keys.get(i);
            if (key instanceof BoundExpr.ColumnRef
                    || !Traits.isDeterministic(key)
                    || Traits.hasExplicitCollation(key)) {
                continue;
            }
            from.add(key);
            to.add(new BoundExpr.RegisterRef(previousKeys + i, Traits.affinity(key), Traits.collationOrNull(key)));
        }
        ExprRewriter rewriter = AggregateQueryCode.substitution(from, to, select);
        return new Substituted(
                rewriter.rewriteAll(PlainQueryCode.expressions(select)),
                rewriter.rewrite(select.having()),
                AggregateQueryCode.rewriteOrder(select.orderBy(), rewriter));
    }

    /** One row whose keys are in {@link #currentKeys}. */
    private void row() {
        int count = keys.size();
        int newGroup = builder.newLabel();
        int sameGroup = builder.newLabel();
        KeyInfo order = KeyOrders.of(context.session(), groupOrder, 0);
        if (count == 1) {
            builder.add(Opcode.IfNot, hasGroup, newGroup, 1);
            builder.add(
                    Opcode.Eq,
                    previousKeys,
                    sameGroup,
                    currentKeys,
                    order.collations()[0],
                    Flags.NULLS_EQUAL | dev.verso.vm.value.Affinity.NONE.code());
        } else {
            builder.add(Opcode.IfNot, hasGroup, newGroup, 1);
            builder.add(Opcode.Compare, previousKeys, currentKeys, count, order, 0);
            builder.add(Opcode.Jump, newGroup, sameGroup, newGroup);
        }
        builder.place(newGroup);
        builder.add(Opcode.Gosub, outputReturn, outputLabel);
        builder.add(Opcode.Copy, currentKeys, previousKeys, count - 1);
        builder.add(Opcode.Integer, 1, hasGroup);
        accumulators.reset();
        if (byExtreme) {
            builder.add(Opcode.Integer, 0, rowSeen);
        } else {
            bare.capture(context);
        }
        builder.place(sameGroup);
        if (byExtreme) {
            accumulators.stepWithColumns(bare, rowSeen);
            builder.add(Opcode.Integer, 1, rowSeen);
        } else {
            accumulators.step();
        }
    }

    private void outputSubroutine(RowOutput output, Substituted result) {
        // It runs in the middle of the loops, whose registers were free again when this was emitted.
        int[] outside = context.temporaries().isolate();
        builder.place(outputLabel);
        int back = builder.newLabel();
        builder.add(Opcode.IfNot, hasGroup, back, 1);
        accumulators.finish();
        bare.provide();
        if (result.having != null) {
            context.expressions().jumpIfFalse(result.having, back, true);
        }
        output.row(back, end);
        builder.place(back);
        builder.add(Opcode.Return, outputReturn);
        context.temporaries().endIsolation(outside);
    }

    /** Rows on their way into groups: the keys, then the columns that aggregates and result need. */
    private final class GroupSorter {
        private final int cursor = builder.newCursor();
        private final List<BoundExpr.ColumnRef> payload = new ArrayList<>();
        private int openAddress;

        void open() {
            List<BoundExpr> roots = new ArrayList<>(bare.columns());
            for (BoundExpr.Aggregate aggregate : select.aggregates()) {
                roots.addAll(aggregate.arguments());
                roots.add(aggregate.filter());
                for (BoundOrder term : aggregate.orderBy()) {
                    roots.add(term.expr());
                }
            }
            for (BoundExpr.ColumnRef column : BareColumns.of(select, roots).columns()) {
                if (!keys.contains(column)) {
                    payload.add(column);
                }
            }
            openAddress = builder.add(
                    Opcode.SorterOpen, cursor, width(), 0, KeyOrders.of(context.session(), groupOrder, 0), 0);
        }

        private int width() {
            return keys.size() + payload.size();
        }

        void cancel() {
            builder.changeOpcode(openAddress, Opcode.Noop);
            builder.changeP4(openAddress, null);
        }

        void insert() {
            int first = builder.newRegisters(width());
            int at = first;
            for (BoundExpr key : keys) {
                context.expressions().compile(key, at++);
            }
            for (BoundExpr.ColumnRef column : payload) {
                context.expressions().compile(column, at++);
            }
            int record = context.temporaries().take();
            builder.add(Opcode.MakeRecord, first, width(), record);
            builder.add(Opcode.SorterInsert, cursor, record);
            context.temporaries().release(record);
        }

        void readInOrder() {
            int pseudo = builder.newCursor();
            int record = builder.newRegister();
            int done = builder.newLabel();
            builder.add(Opcode.OpenPseudo, pseudo, record, width());
            builder.add(Opcode.SorterSort, cursor, done);
            int top = builder.address();
            builder.add(Opcode.SorterData, cursor, record, pseudo);
            for (int i = 0; i < keys.size(); i++) {
                builder.add(Opcode.Column, pseudo, i, currentKeys + i);
            }
            mapSources(pseudo);
            row();
            builder.add(Opcode.SorterNext, cursor, top);
            builder.place(done);
        }

        /** From now on the columns of the sources are read from the sorted record. */
        private void mapSources(int pseudo) {
            for (Source source : select.sources()) {
                Map<Integer, Integer> mapping = new HashMap<>();
                for (int i = 0; i < keys.size(); i++) {
                    if (keys.get(i) instanceof BoundExpr.ColumnRef column && column.source() == source) {
                        mapping.put(column.column(), i);
                    }
                }
                for (int i = 0; i < payload.size(); i++) {
                    if (payload.get(i).source() == source) {
                        mapping.put(payload.get(i).column(), keys.size() + i);
                    }
                }
                source.access(Source.Access.MAPPED);
                source.cursor(pseudo);
                source.mapping(mapping);
            }
        }
    }
}
