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
 */
final class RowSorter {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final List<BoundExpr> columns;
    private final List<BoundOrder> order;
    private final RowLimit limit;
    private final int cursor;
    private final boolean keepsFew;
    private final int[] positions;
    private final int width;
    private int openAddress;
    private int worst;

    RowSorter(CodeContext context, List<BoundExpr> columns, List<BoundOrder> order, RowLimit limit) {
        this.context = context;
        this.columns = columns;
        this.limit = limit;
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
    }

    void cancel() {
        builder.changeOpcode(openAddress, Opcode.Noop);
        builder.changeP4(openAddress, null);
    }

    /** Takes a row. @param computed first register of the columns if they are computed already, else 0 */
    void row(int next, int computed) {
        int first = builder.newRegisters(width);
        for (int i = 0; i < order.size(); i++) {
            int column = order.get(i).resultColumn();
            if (computed != 0 && column >= 0) {
                builder.add(Opcode.SCopy, computed + column, first + i);
            } else {
                context.expressions().compile(order.get(i).expr(), first + i);
            }
        }
        if (keepsFew) {
            replaceLast(first, next);
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

    /** Once enough rows are kept, a row that does not sort before the last of them is left out; one that does takes its place. */
    private void replaceLast(int first, int next) {
        int insert = builder.newLabel();
        int better = builder.newLabel();
        worst = builder.newRegisters(order.size());
        builder.add(Opcode.IfNotZero, limit.rowsNeeded(), insert);
        builder.add(Opcode.Compare, first, worst, order.size(), KeyOrders.of(context.session(), order, 0), 0);
        builder.add(Opcode.Jump, better, next, next);
        builder.place(better);
        builder.add(Opcode.Last, cursor, 0);
        builder.add(Opcode.Delete, cursor);
        builder.place(insert);
        builder.add(Opcode.Sequence, cursor, first + order.size());
    }

    /** Delivers all rows in order. */
    void deliver(RowSink sink) {
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
