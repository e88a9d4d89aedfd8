package dev.verso.sql.query;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.ExpressionCode;
import dev.verso.sql.code.KeyOrders;
import dev.verso.vm.Flags;
import dev.verso.vm.FunctionCall;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** The aggregates of one query: their registers, and the code that begins, steps and ends them. */
final class Accumulators {
    /** How a DISTINCT aggregate knows an argument that it has seen. */
    private enum Memory {
        /** An ephemeral index of all of them. */
        INDEX,
        /** Equal ones come one after the other. */
        PREVIOUS,
        /** None comes twice. */
        NONE
    }

    /** One aggregate. The cursors are -1 if it needs none. */
    private static final class Accumulator {
        private final BoundExpr.Aggregate aggregate;
        private final FunctionCall call;
        private final int register;
        private final List<BoundOrder> order;
        private int distinctCursor = -1;
        private int orderCursor = -1;
        private Memory memory = Memory.INDEX;
        /** Address of the opening of the index of arguments seen; 0 before it is emitted. */
        private int distinctOpen;
        /** Register of the argument before, and one that holds 1 if there is one. */
        private int previous;

        private int hasPrevious;
        /** The line of EXPLAIN QUERY PLAN about it; 0 if there is none. */
        private int distinctLine;

        private boolean byHand;
        /** ORDER BY the argument alone: the sort key is the argument, and with DISTINCT a later one takes the place of an equal one. */
        private final boolean sortsArgument;
        /** Arguments may be JSON, which shows only in their subtype: kept in a column of its own. */
        private final boolean keepsSubtypes;

        Accumulator(BoundExpr.Aggregate aggregate, FunctionCall call, int register) {
            this.aggregate = aggregate;
            this.call = call;
            this.register = register;
            // min() and max() do not care in which order they see their values.
            order = isExtreme(aggregate) ? List.of() : KeyOrders.forIndex(aggregate.orderBy());
            sortsArgument = !order.isEmpty()
                    && aggregate.orderBy().size() == 1
                    && aggregate.arguments().size() == 1
                    && Traits.same(
                            aggregate.orderBy().get(0).expr(),
                            aggregate.arguments().get(0));
            keepsSubtypes = aggregate.function().is(Flag.SUBTYPE);
        }

        boolean isUnique() {
            return sortsArgument && aggregate.distinct();
        }

        /** Columns of an entry: keys, a number that makes it unique, arguments, subtypes. */
        int width() {
            int arguments = aggregate.arguments().size();
            return order.size()
                    + (isUnique() ? 0 : 1)
                    + (sortsArgument ? 0 : arguments)
                    + (keepsSubtypes ? arguments : 0);
        }

        int firstArgument() {
            return sortsArgument ? order.size() - 1 : order.size() + 1;
        }
    }

    private final CodeContext context;
    private final ProgramBuilder builder;
    private final List<BoundExpr.Aggregate> aggregates;
    private final List<Accumulator> accumulators = new ArrayList<>();
    private final int first;
    /** Register: 1 if the bare columns stay as they are. */
    private int kept;

    Accumulators(CodeContext context, BoundSelect select) {
        this.context = context;
        builder = context.builder();
        aggregates = select.aggregates();
        first = aggregates.isEmpty() ? 0 : builder.newRegisters(aggregates.size());
        ExpressionCode expressions = (ExpressionCode) context.expressions();
        int register = first;
        for (BoundExpr.Aggregate aggregate : aggregates) {
            Accumulator accumulator = new Accumulator(aggregate, expressions.functionCall(aggregate), register);
            expressions.aggregateRegister(aggregate, register++);
            if (aggregate.distinct() && !accumulator.isUnique()) {
                accumulator.distinctCursor = builder.newCursor();
            }
            if (!accumulator.order.isEmpty()) {
                accumulator.orderCursor = builder.newCursor();
            }
            accumulators.add(accumulator);
        }
    }

    List<BoundExpr.Aggregate> aggregates() {
        return aggregates;
    }

    int resultRegister(int index) {
        return first + index;
    }

    static boolean isExtreme(BoundExpr.Aggregate aggregate) {
        return aggregate.function().is(Flag.MIN_MAX) && aggregate.arguments().size() == 1;
    }

    /** True if there is a min() or max(), which decides about the row that gives the bare columns. */
    boolean haveExtreme() {
        for (BoundExpr.Aggregate aggregate : aggregates) {
            if (isExtreme(aggregate)) {
                return true;
            }
        }
        return false;
    }

    /** True if there is a min() or max() that sees all rows. */
    boolean haveUnfilteredExtreme() {
        for (BoundExpr.Aggregate aggregate : aggregates) {
            if (isExtreme(aggregate) && aggregate.filter() == null) {
                return true;
            }
        }
        return false;
    }

    /** The min() and max() are computed in the program, for {@link #stepWithColumns}. */
    void computeExtremesByHand() {
        for (Accumulator accumulator : accumulators) {
            accumulator.byHand = isExtreme(accumulator.aggregate);
        }
    }

    /** Emits the beginning of a group. */
    void reset() {
        if (aggregates.isEmpty()) {
            return;
        }
        builder.add(Opcode.Null, 0, first, first + aggregates.size() - 1);
        for (Accumulator accumulator : accumulators) {
            BoundExpr.Aggregate aggregate = accumulator.aggregate;
            if (accumulator.distinctCursor >= 0) {
                beginDistinct(accumulator);
            }
            if (accumulator.orderCursor >= 0) {
                openEphemeral(
                        accumulator.orderCursor,
                        accumulator.width(),
                        KeyOrders.of(context.session(), accumulator.order, accumulator.isUnique() ? 0 : 1));
            }
        }
    }

    private void beginDistinct(Accumulator accumulator) {
        switch (accumulator.memory) {
            case INDEX -> {
                String collation =
                        Traits.collation(accumulator.aggregate.arguments().get(0));
                accumulator.distinctOpen = openEphemeral(
                        accumulator.distinctCursor, 1, KeyOrders.ascending(context.session(), List.of(collation)));
            }
            case PREVIOUS -> builder.add(Opcode.Integer, 0, accumulator.hasPrevious);
            case NONE -> {}
        }
    }

    private int openEphemeral(int cursor, int columns, dev.verso.record.KeyInfo keys) {
        return builder.add(Opcode.OpenEphemeral, cursor, columns, 0, keys, 0);
    }

    /** If there is but one aggregate, and that is DISTINCT: its argument, which the loops are asked about; else null. */
    BoundExpr onlyDistinct() {
        return accumulators.size() == 1 && accumulators.get(0).distinctCursor >= 0
                ? aggregates.get(0).arguments().get(0)
                : null;
    }

    /** True if the first row of each value of {@link #onlyDistinct} decides, as no FILTER lets another one through in its place. */
    boolean onlyDistinctSeesAll() {
        return onlyDistinct() != null && aggregates.get(0).filter() == null;
    }

    /** What the loops say of {@link #onlyDistinct}. @param unique no value comes twice @param together equal ones come one after the other */
    void loopsDeliver(boolean unique, boolean together) {
        if (onlyDistinct() == null || !unique && !together) {
            return;
        }
        Accumulator only = accumulators.get(0);
        only.memory = unique ? Memory.NONE : Memory.PREVIOUS;
        if (!unique) {
            only.previous = builder.newRegister();
            only.hasPrevious = builder.newRegister();
        }
        if (only.distinctOpen != 0) {
            builder.changeOpcode(only.distinctOpen, unique ? Opcode.Noop : Opcode.Integer);
            builder.changeP1(only.distinctOpen, 0);
            builder.changeP2(only.distinctOpen, only.hasPrevious);
            builder.changeP3(only.distinctOpen, 0);
            builder.changeP4(only.distinctOpen, null);
        }
        context.planLog().remove(only.distinctLine);
    }

    /** EXPLAIN QUERY PLAN lines for what needs an index of its own. */
    void log() {
        for (Accumulator accumulator : accumulators) {
            String name = accumulator.aggregate.function().name();
            if (accumulator.distinctCursor >= 0 && accumulator.memory == Memory.INDEX) {
                accumulator.distinctLine = context.planLog().add("USE TEMP B-TREE FOR " + name + "(DISTINCT)");
            }
            if (accumulator.orderCursor >= 0) {
                context.planLog().add("USE TEMP B-TREE FOR " + name + "(ORDER BY)");
            }
        }
    }

    /** Emits what the current row adds to every aggregate. */
    void step() {
        for (Accumulator accumulator : accumulators) {
            step(accumulator);
        }
    }

    private void step(Accumulator accumulator) {
        BoundExpr.Aggregate aggregate = accumulator.aggregate;
        int next = builder.newLabel();
        if (aggregate.filter() != null) {
            context.expressions().jumpIfFalse(aggregate.filter(), next, true);
        }
        int count = aggregate.arguments().size();
        if (accumulator.orderCursor >= 0) {
            collect(accumulator, next);
        } else if (count == 0) {
            builder.add(Opcode.AggStep, 0, 0, accumulator.register, accumulator.call, 0);
        } else if (count == 1) {
            context.indexedExpressions()
                    .argument(aggregate.function(), aggregate.arguments().get(0));
            int argument =
                    context.expressions().compileToAny(aggregate.arguments().get(0));
            checkDistinct(accumulator, argument, next);
            builder.add(Opcode.AggStep, 0, argument, accumulator.register, accumulator.call, 1);
            context.temporaries().release(argument);
        } else {
            int arguments = context.temporaries().takeRange(count);
            for (int i = 0; i < count; i++) {
                argument(aggregate, i, arguments + i);
            }
            builder.add(Opcode.AggStep, 0, arguments, accumulator.register, accumulator.call, count);
            context.temporaries().releaseRange(arguments, count);
        }
        builder.place(next);
    }

    private void argument(BoundExpr.Aggregate aggregate, int number, int register) {
        BoundExpr argument = aggregate.arguments().get(number);
        context.indexedExpressions().argument(aggregate.function(), argument);
        context.expressions().compile(argument, register);
    }

    private void checkDistinct(Accumulator accumulator, int argument, int next) {
        if (accumulator.distinctCursor < 0) {
            return;
        }
        switch (accumulator.memory) {
            case INDEX -> {
                int record = context.temporaries().take();
                builder.add(Opcode.Found, accumulator.distinctCursor, next, argument, 1, 0);
                builder.add(Opcode.MakeRecord, argument, 1, record);
                builder.add(Opcode.IdxInsert, accumulator.distinctCursor, record, argument, 1, 0);
                context.temporaries().release(record);
            }
            case PREVIOUS -> skipIfAsBefore(accumulator, argument, next);
            case NONE -> {}
        }
    }

    private void skipIfAsBefore(Accumulator accumulator, int argument, int next) {
        int first = builder.add(Opcode.IfNot, accumulator.hasPrevious, 0, 1);
        builder.add(
                Opcode.Eq,
                accumulator.previous,
                next,
                argument,
                KeyOrders.collation(
                        context.session(),
                        Traits.collation(accumulator.aggregate.arguments().get(0))),
                Flags.NULLS_EQUAL | Affinity.NONE.code());
        builder.jumpHere(first);
        builder.add(Opcode.Copy, argument, accumulator.previous);
        builder.add(Opcode.Integer, 1, accumulator.hasPrevious);
    }

    /** ORDER BY in the aggregate: its arguments wait in an index until the group ends. */
    private void collect(Accumulator accumulator, int next) {
        BoundExpr.Aggregate aggregate = accumulator.aggregate;
        int keys = accumulator.order.size();
        int width = accumulator.width();
        int count = aggregate.arguments().size();
        int entry = builder.newRegisters(width);
        int argument = entry + accumulator.firstArgument();
        for (int i = 0; i < count; i++) {
            argument(aggregate, i, argument + i);
        }
        checkDistinct(accumulator, argument, next);
        for (int i = 0; i < keys; i++) {
            if (entry + i != argument || !accumulator.sortsArgument) {
                context.expressions().compile(accumulator.order.get(i).expr(), entry + i);
            }
        }
        if (!accumulator.isUnique()) {
            builder.add(Opcode.Sequence, accumulator.orderCursor, entry + keys);
        }
        for (int i = 0; accumulator.keepsSubtypes && i < count; i++) {
            builder.add(Opcode.GetSubtype, argument + i, entry + width - count + i);
        }
        if (accumulator.isUnique()) {
            int isNew = builder.newLabel();
            builder.add(Opcode.NotFound, accumulator.orderCursor, isNew, entry, keys, 0);
            builder.add(Opcode.Delete, accumulator.orderCursor);
            builder.place(isNew);
        }
        int record = context.temporaries().take();
        builder.add(Opcode.MakeRecord, entry, width, record);
        builder.add(Opcode.IdxInsert, accumulator.orderCursor, record, entry, width, 0);
        context.temporaries().release(record);
    }

    /** Emits the end of a group: afterwards the values are in the registers. */
    void finish() {
        for (Accumulator accumulator : accumulators) {
            if (accumulator.byHand) {
                continue;
            }
            if (accumulator.orderCursor >= 0) {
                stepInOrder(accumulator);
            }
            builder.add(
                    Opcode.AggFinal,
                    accumulator.register,
                    accumulator.aggregate.arguments().size(),
                    0,
                    accumulator.call,
                    0);
        }
    }

    private void stepInOrder(Accumulator accumulator) {
        int count = accumulator.aggregate.arguments().size();
        int arguments = builder.newRegisters(Math.max(1, count));
        int subtype = accumulator.keepsSubtypes ? builder.newRegister() : 0;
        int empty = builder.add(Opcode.Rewind, accumulator.orderCursor, 0);
        int top = builder.address();
        for (int i = 0; i < count; i++) {
            builder.add(Opcode.Column, accumulator.orderCursor, accumulator.firstArgument() + i, arguments + i);
            if (accumulator.keepsSubtypes) {
                builder.add(Opcode.Column, accumulator.orderCursor, accumulator.width() - count + i, subtype);
                builder.add(Opcode.SetSubtype, subtype, arguments + i);
            }
        }
        builder.add(Opcode.AggStep, 0, arguments, accumulator.register, accumulator.call, count);
        builder.add(Opcode.Next, accumulator.orderCursor, top);
        builder.jumpHere(empty);
    }

    // ---- min() and max() that decide about bare columns

    /**
     * The bare columns come from the row of a min() or max(), if there is one: they are computed by comparisons in the program then, each of which
     * says whether the columns are to be taken from the row. The last that looks at the row decides; where FILTER keeps one from looking,
     * {@code rowSeen} does if it is not 0: that register holds 1 from the second row on. A value that DISTINCT leaves out leaves the decision as it
     * was for the row before.
     */
    void stepWithColumns(BareColumns bare, int rowSeen) {
        if (kept == 0) {
            kept = builder.newRegister();
        }
        for (Accumulator accumulator : accumulators) {
            if (isExtreme(accumulator.aggregate)) {
                stepExtreme(accumulator, rowSeen);
            } else {
                step(accumulator);
            }
        }
        int same = builder.add(Opcode.If, kept, 0);
        bare.capture(context);
        builder.jumpHere(same);
    }

    private void stepExtreme(Accumulator accumulator, int rowSeen) {
        BoundExpr.Aggregate extreme = accumulator.aggregate;
        int best = accumulator.register;
        boolean isMax = extreme.function().name().equals("max");
        BoundExpr argument = extreme.arguments().get(0);
        int next = builder.newLabel();
        if (extreme.filter() != null) {
            if (rowSeen != 0) {
                builder.add(Opcode.Copy, rowSeen, kept);
            }
            context.expressions().jumpIfFalse(extreme.filter(), next, true);
        }
        int value = context.expressions().compileToAny(argument);
        checkDistinct(accumulator, value, next);
        int take = builder.newLabel();
        builder.add(Opcode.Integer, 1, kept);
        builder.add(Opcode.IsNull, best, take);
        builder.add(Opcode.IsNull, value, next);
        builder.add(
                isMax ? Opcode.Le : Opcode.Ge,
                best,
                next,
                value,
                KeyOrders.collation(context.session(), Traits.collation(argument)),
                Affinity.NONE.code());
        builder.place(take);
        builder.add(Opcode.Integer, 0, kept);
        builder.add(Opcode.Copy, value, best);
        builder.place(next);
        context.temporaries().release(value);
    }
}
