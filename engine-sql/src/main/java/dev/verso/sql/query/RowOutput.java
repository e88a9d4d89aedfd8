package dev.verso.sql.query;

import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/** What happens to each row of a query before its destination gets it: DISTINCT, ORDER BY, OFFSET and LIMIT. */
final class RowOutput {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final List<BoundExpr> columns;
    private final List<BoundOrder> order;
    private final boolean distinct;
    private final RowSink sink;
    private final RowLimit limit;
    private int distinctCursor = -1;
    private int distinctOpen = -1;
    private RowSorter sorter;
    private int orderedTerms;
    private boolean checksDistinct;
    private KeyInfo distinctKeys;
    private boolean comparesWithPrevious;
    private int previous;
    private int hasPrevious;

    RowOutput(
            CodeContext context,
            List<BoundExpr> columns,
            List<BoundOrder> order,
            boolean distinct,
            RowSink sink,
            RowLimit limit) {
        this.context = context;
        this.columns = columns;
        this.order = order;
        this.distinct = distinct;
        this.sink = sink;
        this.limit = limit;
        builder = context.builder();
    }

    /** Opens what may be needed; before the loops. */
    void open() {
        if (!order.isEmpty()) {
            sorter = new RowSorter(context, columns, order, limit);
            sorter.open();
        }
        if (distinct) {
            checksDistinct = true;
            distinctCursor = builder.newCursor();
            List<String> collations = new ArrayList<>();
            for (BoundExpr column : columns) {
                collations.add(Traits.collation(column));
            }
            distinctKeys = KeyOrders.ascending(context.session(), collations);
            distinctOpen = builder.add(Opcode.OpenEphemeral, distinctCursor, columns.size(), 0, distinctKeys, 0);
        }
    }

    /** Gives up what the loops make superfluous. @param terms of ORDER BY that the rows come sorted by already, from the first on */
    void loopsDeliver(int terms, boolean distinctRows, boolean equalRowsTogether) {
        orderedTerms = terms;
        if (sorter != null && terms >= order.size()) {
            sorter.cancel();
            sorter = null;
        } else if (sorter != null && terms > 0) {
            sorter.rowsComeOrdered(terms);
        }
        if (checksDistinct && distinctRows) {
            checksDistinct = false;
            builder.changeOpcode(distinctOpen, Opcode.Noop);
        } else if (checksDistinct && equalRowsTogether) {
            comparesWithPrevious = true;
            builder.changeOpcode(distinctOpen, Opcode.Null);
            previous = builder.newRegisters(columns.size());
            hasPrevious = builder.newRegister();
            builder.changeP1(distinctOpen, 0);
            builder.changeP2(distinctOpen, hasPrevious);
            builder.changeP3(distinctOpen, 0);
            builder.changeP4(distinctOpen, null);
        }
    }

    /** Computes one row and sends it on its way. @param next for a row that is left out @param stop when the limit is reached */
    void row(int next, int stop) {
        row(next, next, stop);
    }

    /** @param behind for a row that is left out as enough rows sort before it */
    void row(int next, int behind, int stop) {
        if (sorter != null) {
            sink.rowsAreSorted();
        }
        if (sorter == null && !checksDistinct) {
            limit.skip(next);
            sink.freshRow(compute(sink.registers(columns.size())), columns.size());
            limit.count(stop);
            return;
        }
        if (!checksDistinct) {
            sorter.row(next, behind, 0);
            return;
        }
        int first = sorter == null ? sink.registers(columns.size()) : builder.newRegisters(columns.size());
        compute(first);
        if (comparesWithPrevious) {
            skipIfAsBefore(first, next);
        } else {
            skipIfKnown(first, next);
        }
        if (sorter == null) {
            limit.skip(next);
            deliver(first, stop);
        } else {
            sorter.row(next, behind, first);
        }
    }

    private void skipIfKnown(int first, int next) {
        int record = context.temporaries().take();
        builder.add(Opcode.Found, distinctCursor, next, first, columns.size(), 0);
        builder.add(Opcode.MakeRecord, first, columns.size(), record);
        builder.add(Opcode.IdxInsert, distinctCursor, record, first, columns.size(), 0);
        context.temporaries().release(record);
    }

    private void skipIfAsBefore(int first, int next) {
        int fresh = builder.newLabel();
        builder.add(Opcode.IfNot, hasPrevious, fresh, 1);
        builder.add(Opcode.Compare, first, previous, columns.size(), distinctKeys, 0);
        builder.add(Opcode.Jump, fresh, next, fresh);
        builder.place(fresh);
        builder.add(Opcode.Copy, first, previous, columns.size() - 1);
        builder.add(Opcode.Integer, 1, hasPrevious);
    }

    private int compute(int first) {
        for (int i = 0; i < columns.size(); i++) {
            context.expressions().compile(columns.get(i), first + i);
        }
        return first;
    }

    private void deliver(int first, int stop) {
        sink.row(first, columns.size());
        limit.count(stop);
    }

    private String termsToSort() {
        int open = order.size() - orderedTerms;
        if (orderedTerms == 0) {
            return "";
        }
        return open == 1 ? "LAST TERM OF " : "LAST " + open + " TERMS OF ";
    }

    /** After the loops: delivers what was sorted. */
    void finish() {
        if (checksDistinct && !comparesWithPrevious) {
            context.planLog().add("USE TEMP B-TREE FOR DISTINCT");
        }
        if (sorter != null) {
            context.planLog().add("USE TEMP B-TREE FOR " + termsToSort() + "ORDER BY");
            sorter.deliver(sink);
        }
    }
}
