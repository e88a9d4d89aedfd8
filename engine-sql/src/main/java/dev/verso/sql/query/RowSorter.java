package dev.verso.sql.query;

import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/**
 * Rows on their way through ORDER BY. Without LIMIT a sorter takes them all; with LIMIT an ephemeral index keeps only as many as are needed.
 * An entry holds the sort keys, then (in the index) a sequence number that makes it unique, then the columns that are no sort key.
 *
 * <p>Rows that come in the order of the leading terms are sorted in blocks that agree in those. A block is delivered by a subroutine when the
 * next one begins; under a LIMIT the loops end with the block that completes the rows needed.
 */
final class RowSorter {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final List<BoundExpr> columns;
    private final List<BoundOrder> wanted;
    private final List<BoundOrder> order;
    private final RowLimit limit;
    private final int cursor;
    private final boolean keepsFew;
    private final int[] positions;
    private final int width;
    private int openAddress;
    private int worst;
    /** Where {@link #hasPrevious} is set to 0 if it comes to that; -1 where blocks are out of the question. */
    private int flagAddress = -1;
    /** Leading keys that the rows are in the order of already; 0 if there are no blocks. */
    private int orderedKeys;

    private int hasPrevious;
    private int previous;
    private int blockReturn;
    private int blockLabel;
    private int done;

    RowSorter(CodeContext context, List<BoundExpr> columns, List<BoundOrder> order, RowLimit limit) {
        this.context = context;
        this.columns = columns;
        this.limit = limit;
        wanted = order;
        builder = context.builder();
        cursor = builder.newCursor();
        keepsFew = limit.isSet();
        this.order = keepsFew ? KeyOrders.forIndex(order) : order;
        positions = new int[columns.size()];
        java.util.Arrays.fill(positions, -1);
        for (int i = 0; i < this.order.size(); i++) {
            int column = this.order.get(i).resultColumn();
            if (column >= 0 && positions[column] < 0) {
                positions[column] = i;
            }
        }
        int next = this.order.size() + (keepsFew ? 1 : 0);
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0) {
                positions[i] = next++;
            }
        }
        width = next;
    }

    void open() {
        KeyInfo keys = KeyOrders.of(context.session(), order, keepsFew ? 1 : 0);
        openAddress = builder.add(keepsFew ? Opcode.OpenEphemeral : Opcode.SorterOpen, cursor, width, 0, keys, 0);
        if (order.size() > 1) {
            flagAddress = builder.add(Opcode.Noop);
        }
    }

    /** The rows come in the order of that many leading terms, but not of all. Before the first row. */
    void rowsComeOrdered(int terms) {
        orderedKeys = keepsFew ? KeyOrders.forIndex(wanted.subList(0, terms)).size() : terms;
        hasPrevious = builder.newRegister();
        builder.changeOpcode(flagAddress, Opcode.Integer);
        builder.changeP1(flagAddress, 0);
        builder.changeP2(flagAddress, hasPrevious);
        previous = builder.newRegisters(orderedKeys);
        blockReturn = builder.newRegister();
        blockLabel = builder.newLabel();
        done = builder.newLabel();
    }

    void cancel() {
        builder.changeOpcode(openAddress, Opcode.Noop);
        builder.changeP4(openAddress, null);
    }

    /**
     * Takes a row.
     *
     * @param next where to go when it is taken
     * @param behind where to go when enough rows sort before it
     * @param computed first register of the columns if they are computed already, else 0
     */
    void row(int next, int behind, int computed) {
        int first = builder.newRegisters(width);
        for (int i = 0; i < order.size(); i++) {
            int column = order.get(i).resultColumn();
            if (computed != 0 && column >= 0) {
                builder.add(Opcode.SCopy, computed + column, first + i);
            } else {
                context.expressions().compile(order.get(i).expr(), first + i);
            }
        }
        if (orderedKeys > 0) {
            deliverEndedBlock(first);
        }
        if (keepsFew) {
            replaceLast(first, behind);
        }
        for (int i = 0; i < columns.size(); i++) {
            if (positions[i] < order.size()) {
                continue;
            }
            if (computed != 0) {
                builder.add(Opcode.SCopy, computed + i, first + positions[i]);
            } else {
                context.expressions().compile(columns.get(i), first + positions[i]);
            }
        }
        int record = context.temporaries().take();
        builder.add(Opcode.MakeRecord, first, width, record);
        if (keepsFew) {
            builder.add(Opcode.IdxInsert, cursor, record, first, width, 0);
            builder.add(Opcode.If, limit.rowsNeeded(), next);
            builder.add(Opcode.Last, cursor, 0);
            for (int i = 0; i < order.size(); i++) {
                builder.add(Opcode.Column, cursor, i, worst + i);
            }
        } else {
            builder.add(Opcode.SorterInsert, cursor, record);
        }
        context.temporaries().release(record);
    }

    /** If the row whose keys are in those registers begins a block, the one before is complete. */
    private void deliverEndedBlock(int first) {
        int ended = builder.newLabel();
        int begins = builder.newLabel();
        int goesOn = builder.newLabel();
        builder.add(Opcode.IfNot, hasPrevious, begins, 1);
        KeyInfo keys = KeyOrders.of(context.session(), order.subList(0, orderedKeys), 0);
        builder.add(Opcode.Compare, first, previous, orderedKeys, keys, 0);
        builder.add(Opcode.Jump, ended, goesOn, ended);
        builder.place(ended);
        builder.add(Opcode.Gosub, blockReturn, blockLabel);
        if (keepsFew) {
            builder.add(Opcode.IfNot, limit.rowsNeeded(), done);
        }
        builder.place(begins);
        builder.add(Opcode.Copy, first, previous, orderedKeys - 1);
        builder.add(Opcode.Integer, 1, hasPrevious);
        builder.place(goesOn);
    }

    /** Once enough rows are kept, a row that does not sort before the last of them is left out; one that does takes its place. */
    private void replaceLast(int first, int behind) {
        int insert = builder.newLabel();
        int better = builder.newLabel();
        worst = builder.newRegisters(order.size());
        builder.add(Opcode.IfNotZero, limit.rowsNeeded(), insert);
        builder.add(Opcode.Compare, first, worst, order.size(), KeyOrders.of(context.session(), order, 0), 0);
        builder.add(Opcode.Jump, better, behind, behind);
        builder.place(better);
        builder.add(Opcode.Last, cursor, 0);
        builder.add(Opcode.Delete, cursor);
        builder.place(insert);
        builder.add(Opcode.Sequence, cursor, first + order.size());
    }

    /** Delivers all rows in order, or those of the last block. */
    void deliver(RowSink sink) {
        if (orderedKeys == 0) {
            deliverKept(sink);
            return;
        }
        builder.add(Opcode.Gosub, blockReturn, blockLabel);
        builder.add(Opcode.Goto, 0, done);
        builder.place(blockLabel);
        int[] outside = context.temporaries().isolate();
        deliverKept(sink);
        context.temporaries().endIsolation(outside);
        builder.add(Opcode.ResetSorter, cursor);
        builder.add(Opcode.Return, blockReturn);
        builder.place(done);
    }

    private void deliverKept(RowSink sink) {
        int end = builder.newLabel();
        int from = cursor;
        int record = 0;
        if (!keepsFew) {
            from = builder.newCursor();
            record = builder.newRegister();
            builder.add(Opcode.OpenPseudo, from, record, width);
        }
        int target = sink.registers(columns.size());
        builder.add(keepsFew ? Opcode.Sort : Opcode.SorterSort, cursor, end);
        int top = builder.address();
        int next = builder.newLabel();
        limit.skip(next);
        if (!keepsFew) {
            builder.add(Opcode.SorterData, cursor, record, from);
        }
        for (int i = 0; i < columns.size(); i++) {
            builder.add(Opcode.Column, from, positions[i], target + i);
        }
        sink.row(target, columns.size());
        builder.place(next);
        builder.add(keepsFew ? Opcode.Next : Opcode.SorterNext, cursor, top);
        builder.place(end);
    }
}
