package dev.verso.sql.query;

import dev.verso.parser.ast.Window.BoundKind;
import dev.verso.parser.ast.Window.Unit;
import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.BoundWindow;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves a window's frame over the rows of a partition while they come in. Rows wait in a buffer, an ephemeral table; three cursors walk through
 * it, each once: {@code end} is on the next row to enter the frame, {@code current} on the next one to be delivered, {@code start} on the next
 * one to leave. A new row lets each go as far as is certain by then; the end of the partition lets them go the rest of the way. Where the frame
 * is not RANGE or GROUPS a step is one row, else one group of peers: rows equal in ORDER BY.
 *
 * <p>An offset is a countdown: a cursor that is to stay n steps behind skips its first n turns. For RANGE it is a distance of keys.
 *
 * <p>Which cursor goes first shows in sums of reals, so the order of steps is SQLite's.
 */
final class WindowFrameCode {
    private enum Step {
        ENTER,
        DELIVER,
        LEAVE
    }

    /** How the key of one row, moved by an offset, stands to that of another in the order of the window. */
    private enum Relation {
        BEFORE_OR_AT,
        AT_OR_AFTER,
        AFTER
    }

    /** A cursor on the buffer. @param peers first of the registers with the ORDER BY values of the group it is in */
    private record Place(int cursor, int peers) {}

    private final CodeContext context;
    private final ProgramBuilder builder;
    private final Source source;
    private final BoundWindow window;
    private final WindowFunctions functions;
    private final List<BoundExpr> orderKeys = new ArrayList<>();
    private final KeyInfo order;
    private final int writer;
    private final Place current;
    private final Place start;
    private final Place end;
    private final int newPeers;
    private final int startOffset;
    private final int endOffset;
    private final int partitionKeys;
    private final int one;
    private final int record;
    private final int newRowid;
    private final int deliverReturn;
    private final int deliverLabel;
    private final int flushReturn;
    private final int flushLabel;
    private final Step lastUse;
    /** With EXCLUDE: the first and last rowid of the frame, which is scanned for each row; else 0. */
    private final int frameFirst;

    private int scanner;
    private boolean rowsComeIn = true;

    /** @param deliverLabel subroutine, with return address in {@code deliverReturn}, that makes a result of the row under the current cursor */
    WindowFrameCode(
            CodeContext context, BoundSelect select, WindowFunctions functions, int deliverReturn, int deliverLabel) {
        this.context = context;
        this.functions = functions;
        this.deliverReturn = deliverReturn;
        this.deliverLabel = deliverLabel;
        builder = context.builder();
        source = select.sources().get(0);
        window = select.windowCalls().get(0).window();
        for (BoundOrder term : window.orderBy()) {
            orderKeys.add(term.expr());
        }
        order = KeyOrders.of(context.session(), window.orderBy(), 0);
        writer = builder.newCursor();
        current = newPlace();
        start = newPlace();
        end = newPlace();
        newPeers = peerRegisters();
        startOffset = window.startOffset() == null ? 0 : builder.newRegister();
        endOffset = window.endOffset() == null ? 0 : builder.newRegister();
        partitionKeys = builder.newRegisters(Math.max(1, window.partitionBy().size()));
        one = builder.newRegister();
        record = builder.newRegister();
        newRowid = builder.newRegister();
        flushReturn = builder.newRegister();
        flushLabel = builder.newLabel();
        frameFirst = window.exclude() == null ? 0 : builder.newRegisters(2);
        lastUse = lastUse();
    }

    private Place newPlace() {
        return new Place(builder.newCursor(), peerRegisters());
    }

    private boolean movesByPeers() {
        return window.unit() != Unit.ROWS;
    }

    private int peerRegisters() {
        return movesByPeers() && !orderKeys.isEmpty() ? builder.newRegisters(orderKeys.size()) : 0;
    }

    /** The step after which a row can be deleted from the buffer; null if only the end of the partition frees them. */
    private Step lastUse() {
        return switch (window.start()) {
            case FOLLOWING -> isPositiveRows(window.startOffset()) ? Step.DELIVER : null;
            case UNBOUNDED_PRECEDING -> {
                if (functions.needAllRows()) {
                    yield null;
                }
                if (window.end() != BoundKind.PRECEDING) {
                    yield Step.DELIVER;
                }
                yield isPositiveRows(window.endOffset()) ? Step.ENTER : null;
            }
            case PRECEDING, CURRENT_ROW, UNBOUNDED_FOLLOWING -> Step.LEAVE;
        };
    }

    private boolean isPositiveRows(BoundExpr offset) {
        return window.unit() != Unit.RANGE
                && offset instanceof BoundExpr.Literal literal
                && literal.value() instanceof Long rows
                && rows > 0;
    }

    /** Opens the buffer; before the loops. */
    void open() {
        int columns = source.columnCount();
        builder.add(Opcode.OpenEphemeral, current.cursor, columns);
        builder.add(Opcode.OpenDup, writer, current.cursor);
        builder.add(Opcode.OpenDup, start.cursor, current.cursor);
        builder.add(Opcode.OpenDup, end.cursor, current.cursor);
        if (!window.partitionBy().isEmpty()) {
            builder.add(
                    Opcode.Null,
                    0,
                    partitionKeys,
                    partitionKeys + window.partitionBy().size() - 1);
        }
        builder.add(Opcode.Integer, 1, one);
        functions.open(current.cursor);
        if (frameFirst != 0) {
            scanner = builder.newCursor();
            builder.add(Opcode.OpenDup, scanner, current.cursor);
            forgetFrame();
        }
    }

    private void forgetFrame() {
        builder.add(Opcode.Integer, 1, frameFirst);
        builder.add(Opcode.Integer, 0, frameFirst + 1);
    }

    int currentCursor() {
        return current.cursor;
    }

    // ---- rows coming in

    /** The body of the loop: takes the row that the source's registers hold. */
    void takeRow() {
        int done = builder.newLabel();
        int notFirst = builder.newLabel();
        int first = source.firstRegister();
        builder.add(Opcode.MakeRecord, first, source.columnCount(), record);
        if (!window.partitionBy().isEmpty()) {
            endPartitionIfNew();
        }
        for (int i = 0; newPeers != 0 && i < orderKeys.size(); i++) {
            context.expressions().compile(orderKeys.get(i), newPeers + i);
        }
        builder.add(Opcode.NewRowid, writer, newRowid);
        builder.add(Opcode.Insert, writer, record, newRowid, null, Flags.APPEND);
        source.access(Source.Access.CURSOR);
        source.cursor(current.cursor);
        builder.add(Opcode.Ne, one, notFirst, newRowid, null, dev.verso.vm.value.Affinity.NONE.code());
        firstRow(done);
        builder.place(notFirst);
        furtherRow(done);
        builder.place(done);
    }

    private void endPartitionIfNew() {
        List<BoundExpr> keys = window.partitionBy();
        List<BoundOrder> terms = new ArrayList<>();
        int given = builder.newRegisters(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            terms.add(new BoundOrder(keys.get(i), false, false, -1));
            context.expressions().compile(keys.get(i), given + i);
        }
        int same = builder.newLabel();
        builder.add(Opcode.Compare, given, partitionKeys, keys.size(), KeyOrders.of(context.session(), terms, 0), 0);
        builder.add(Opcode.Jump, builder.address() + 1, same, builder.address() + 1);
        builder.add(Opcode.Gosub, flushReturn, flushLabel);
        builder.add(Opcode.Copy, given, partitionKeys, keys.size() - 1);
        builder.place(same);
    }

    private void firstRow(int done) {
        functions.begin();
        String kind = window.unit() == Unit.RANGE ? "number" : "integer";
        if (startOffset != 0) {
            context.expressions().compile(window.startOffset(), startOffset);
            checkOffset(startOffset, "frame starting offset must be a non-negative " + kind);
        }
        if (endOffset != 0) {
            context.expressions().compile(window.endOffset(), endOffset);
            checkOffset(endOffset, "frame ending offset must be a non-negative " + kind);
        }
        if (window.unit() != Unit.RANGE && window.start() == window.end() && startOffset != 0) {
            alwaysEmptyFrame(done);
        }
        if (window.start() == BoundKind.FOLLOWING && window.unit() != Unit.RANGE && endOffset != 0) {
            // Rows begin to leave while others still enter: as many turns later as the frame is wide.
            builder.add(Opcode.Subtract, startOffset, endOffset, startOffset);
        }
        if (window.start() != BoundKind.UNBOUNDED_PRECEDING) {
            builder.add(Opcode.Rewind, start.cursor);
        }
        builder.add(Opcode.Rewind, current.cursor);
        builder.add(Opcode.Rewind, end.cursor);
        if (newPeers != 0) {
            int more = orderKeys.size() - 1;
            builder.add(Opcode.Copy, newPeers, start.peers, more);
            builder.add(Opcode.Copy, newPeers, current.peers, more);
            builder.add(Opcode.Copy, newPeers, end.peers, more);
            builder.add(Opcode.Copy, newPeers, lastPeers(), more);
        }
        builder.add(Opcode.Goto, 0, done);
    }

    private int lastPeers;

    /** Registers of the ORDER BY values of the newest group of peers. */
    private int lastPeers() {
        if (lastPeers == 0) {
            lastPeers = builder.newRegisters(orderKeys.size());
        }
        return lastPeers;
    }

    private void checkOffset(int register, String message) {
        WindowFunctions.check(context, register, window.unit() == Unit.RANGE, message, false);
    }

    /** A frame that ends before it begins has no rows for anybody: rows are delivered as they come. */
    private void alwaysEmptyFrame(int done) {
        int usual = builder.newLabel();
        builder.add(
                window.start() == BoundKind.FOLLOWING ? Opcode.Ge : Opcode.Le,
                startOffset,
                usual,
                endOffset,
                null,
                dev.verso.vm.value.Affinity.NONE.code());
        functions.values();
        builder.add(Opcode.Rewind, current.cursor);
        deliverCurrent();
        builder.add(Opcode.ResetSorter, current.cursor);
        builder.add(Opcode.Goto, 0, done);
        builder.place(usual);
    }

    private void furtherRow(int done) {
        if (movesByPeers()) {
            goOnIfPeers(newPeers, newPeers == 0 ? 0 : lastPeers(), done);
        }
        if (window.start() == BoundKind.FOLLOWING) {
            furtherRowOfLateFrame();
        } else if (window.end() == BoundKind.PRECEDING) {
            boolean leavesFirst = leavesBeforeDelivery();
            move(Step.ENTER, endOffset);
            if (leavesFirst) {
                move(Step.LEAVE, startOffset);
            }
            move(Step.DELIVER, 0);
            if (!leavesFirst) {
                move(Step.LEAVE, startOffset);
            }
        } else {
            move(Step.ENTER, 0);
            if (window.end() != BoundKind.UNBOUNDED_FOLLOWING) {
                deliverWhatIsComplete();
            }
        }
    }

    private boolean leavesBeforeDelivery() {
        return window.start() == BoundKind.PRECEDING && window.unit() == Unit.RANGE;
    }

    private void furtherRowOfLateFrame() {
        move(Step.ENTER, 0);
        if (window.end() == BoundKind.UNBOUNDED_FOLLOWING) {
            return;
        }
        if (window.unit() == Unit.RANGE) {
            int wait = builder.newLabel();
            int again = builder.address();
            jumpIfKey(current, endOffset, Relation.AT_OR_AFTER, end, wait);
            move(Step.LEAVE, startOffset);
            move(Step.DELIVER, 0);
            builder.add(Opcode.Goto, 0, again);
            builder.place(wait);
        } else {
            move(Step.DELIVER, endOffset);
            move(Step.LEAVE, startOffset);
        }
    }

    private void deliverWhatIsComplete() {
        int wait = builder.newLabel();
        if (window.unit() == Unit.RANGE && endOffset != 0) {
            int again = builder.address();
            jumpIfKey(current, endOffset, Relation.AT_OR_AFTER, end, wait);
            move(Step.DELIVER, 0);
            move(Step.LEAVE, startOffset);
            builder.add(Opcode.Goto, 0, again);
        } else {
            if (endOffset != 0) {
                builder.add(Opcode.IfPos, endOffset, wait, 1);
            }
            move(Step.DELIVER, 0);
            move(Step.LEAVE, startOffset);
        }
        builder.place(wait);
    }

    // ---- the end of a partition

    /** After the loops: the last partition, and the subroutine that ends each of them. */
    void finish() {
        int after = builder.newLabel();
        builder.add(Opcode.Gosub, flushReturn, flushLabel);
        builder.add(Opcode.Goto, 0, after);
        int[] outside = context.temporaries().isolate();
        builder.place(flushLabel);
        rowsComeIn = false;
        int empty = builder.newLabel();
        builder.add(Opcode.Rewind, writer, empty);
        deliverRest();
        builder.place(empty);
        builder.add(Opcode.ResetSorter, current.cursor);
        if (frameFirst != 0) {
            forgetFrame();
        }
        builder.add(Opcode.Return, flushReturn);
        context.temporaries().endIsolation(outside);
        builder.place(after);
    }

    private void deliverRest() {
        int done = builder.newLabel();
        if (window.end() == BoundKind.PRECEDING) {
            move(Step.ENTER, endOffset);
            if (leavesBeforeDelivery()) {
                move(Step.LEAVE, startOffset);
            }
            move(Step.DELIVER, 0);
        } else if (window.start() == BoundKind.FOLLOWING) {
            int allLeft = builder.newLabel();
            move(Step.ENTER, 0);
            int again = builder.address();
            if (window.unit() == Unit.RANGE) {
                move(Step.LEAVE, startOffset, allLeft);
                move(Step.DELIVER, 0, done);
            } else if (window.end() == BoundKind.UNBOUNDED_FOLLOWING) {
                move(Step.DELIVER, startOffset, done);
                move(Step.LEAVE, 0, allLeft);
            } else {
                move(Step.DELIVER, endOffset, done);
                move(Step.LEAVE, startOffset, allLeft);
            }
            builder.add(Opcode.Goto, 0, again);
            builder.place(allLeft);
            again = builder.address();
            move(Step.DELIVER, 0, done);
            builder.add(Opcode.Goto, 0, again);
        } else {
            move(Step.ENTER, 0);
            int again = builder.address();
            move(Step.DELIVER, 0, done);
            move(Step.LEAVE, startOffset);
            builder.add(Opcode.Goto, 0, again);
        }
        builder.place(done);
    }

    // ---- one step

    private void move(Step step, int countdown) {
        move(step, countdown, 0);
    }

    /**
     * One step of a cursor: a row, or a group of peers; in a RANGE with an offset as many groups as are due.
     *
     * @param countdown register of the turns still to be skipped, or of the distance of a RANGE; 0 for none
     * @param atEnd where to go when there is no further row; 0 to go on as after any step
     */
    private void move(Step step, int countdown, int atEnd) {
        if (step == Step.LEAVE && window.start() == BoundKind.UNBOUNDED_PRECEDING) {
            return;
        }
        int done = builder.newLabel();
        int again = -1;
        if (countdown != 0 && window.unit() == Unit.RANGE) {
            again = builder.address();
            stayInRange(step, countdown, done);
        } else if (countdown != 0) {
            builder.add(Opcode.IfPos, countdown, done, 1);
        }
        if (step == Step.DELIVER && frameFirst == 0) {
            functions.values();
        }
        int sameGroup = builder.address();
        if (again >= 0 && window.start() == window.end()) {
            keepApart(step, done);
        }
        Place place = act(step);
        if (step == lastUse) {
            builder.add(Opcode.Delete, place.cursor, 0, 0, null, Flags.SAVE_POSITION);
        }
        int further = builder.newLabel();
        builder.add(Opcode.Next, place.cursor, further);
        if (atEnd != 0) {
            builder.add(Opcode.Goto, 0, atEnd);
        } else if (movesByPeers()) {
            builder.add(Opcode.Goto, 0, done);
        }
        builder.place(further);
        if (movesByPeers()) {
            int values = orderKeys.isEmpty() ? 0 : builder.newRegisters(orderKeys.size());
            readKeys(place.cursor, values);
            goOnIfPeers(values, place.peers, sameGroup);
        }
        if (again >= 0) {
            builder.add(Opcode.Goto, 0, again);
        }
        builder.place(done);
    }

    private Place act(Step step) {
        switch (step) {
            case DELIVER -> {
                deliverCurrent();
                return current;
            }
            case LEAVE -> {
                if (frameFirst != 0) {
                    builder.add(Opcode.AddImm, frameFirst, 1);
                } else {
                    functions.step(start.cursor, true);
                }
                return start;
            }
            case ENTER -> {
                if (frameFirst != 0) {
                    builder.add(Opcode.AddImm, frameFirst + 1, 1);
                } else {
                    functions.step(end.cursor, false);
                }
                return end;
            }
        }
        throw new AssertionError(step);
    }

    private void stayInRange(Step step, int distance, int done) {
        if (step == Step.ENTER) {
            jumpIfKey(end, distance, Relation.AFTER, current, done);
        } else if (window.start() == BoundKind.FOLLOWING) {
            jumpIfKey(current, distance, Relation.BEFORE_OR_AT, start, done);
        } else {
            jumpIfKey(start, distance, Relation.AT_OR_AFTER, current, done);
        }
    }

    /** In a RANGE with both ends on one side the start must not overtake the end, nor the end the newest row. */
    private void keepApart(Step step, int done) {
        int ours = builder.newRegister();
        int limit = builder.newRegister();
        int any = dev.verso.vm.value.Affinity.NONE.code();
        if (step == Step.LEAVE) {
            builder.add(Opcode.Rowid, start.cursor, ours);
            builder.add(Opcode.Rowid, end.cursor, limit);
            builder.add(Opcode.Ge, limit, done, ours, null, any);
        } else if (rowsComeIn) {
            builder.add(Opcode.Rowid, end.cursor, ours);
            builder.add(Opcode.Ge, newRowid, done, ours, null, any);
        }
    }

    private void readKeys(int cursor, int first) {
        int before = source.cursor();
        source.cursor(cursor);
        for (int i = 0; i < orderKeys.size(); i++) {
            context.expressions().compile(orderKeys.get(i), first + i);
        }
        source.cursor(before);
    }

    /** Jumps if the values are those of the group; else makes them the group's. Without ORDER BY all rows are peers. */
    private void goOnIfPeers(int values, int group, int target) {
        if (orderKeys.isEmpty()) {
            builder.add(Opcode.Goto, 0, target);
            return;
        }
        builder.add(Opcode.Compare, group, values, orderKeys.size(), order, 0);
        builder.add(Opcode.Jump, builder.address() + 1, target, builder.address() + 1);
        builder.add(Opcode.Copy, values, group, orderKeys.size() - 1);
    }

    /** Jumps if the key of {@code from}, {@code distance} further on, stands in that relation to the key of {@code to}. */
    private void jumpIfKey(Place from, int distance, Relation relation, Place to, int target) {
        int left = builder.newRegister();
        int right = builder.newRegister();
        int text = builder.newRegister();
        int compare = builder.newLabel();
        readKeys(from.cursor, left);
        readKeys(to.cursor, right);
        // Texts and blobs, all of which are greater than this one, have no distance.
        builder.add(Opcode.String8, 0, text, 0, "", 0);
        builder.add(Opcode.Ge, text, compare, left, null, dev.verso.vm.value.Affinity.NONE.code());
        if (relation == Relation.AT_OR_AFTER) {
            jumpIf(left, relation, right, target); // before the sum may overflow
        }
        builder.add(window.orderBy().get(0).descending() ? Opcode.Subtract : Opcode.Add, distance, left, left);
        builder.place(compare);
        jumpIf(left, relation, right, target);
    }

    private void jumpIf(int left, Relation relation, int right, int target) {
        builder.add(Opcode.Compare, left, right, 1, order, 0);
        int next = builder.address() + 1;
        switch (relation) {
            case BEFORE_OR_AT -> builder.add(Opcode.Jump, target, target, next);
            case AT_OR_AFTER -> builder.add(Opcode.Jump, next, target, target);
            case AFTER -> builder.add(Opcode.Jump, next, next, target);
        }
    }

    // ---- delivery

    private void deliverCurrent() {
        if (frameFirst != 0) {
            scanFrame();
        } else {
            functions.valuesOfRow();
        }
        builder.add(Opcode.Gosub, deliverReturn, deliverLabel);
    }

    /** Computes the frame of the current row from nothing, leaving out what EXCLUDE says. */
    private void scanFrame() {
        int currentRowid = builder.newRegister();
        int rowid = builder.newRegister();
        int count = orderKeys.size();
        int currentValues = count == 0 ? 0 : builder.newRegisters(count);
        int values = count == 0 ? 0 : builder.newRegisters(count);
        int next = builder.newLabel();
        int last = builder.newLabel();
        int any = dev.verso.vm.value.Affinity.NONE.code();
        builder.add(Opcode.Rowid, current.cursor, currentRowid);
        readKeys(current.cursor, currentValues);
        functions.forget();
        builder.add(Opcode.SeekGE, scanner, last, frameFirst);
        int top = builder.address();
        builder.add(Opcode.Rowid, scanner, rowid);
        builder.add(Opcode.Gt, frameFirst + 1, last, rowid, null, any);
        switch (window.exclude()) {
            case NO_OTHERS -> {}
            case CURRENT_ROW -> builder.add(Opcode.Eq, currentRowid, next, rowid, null, any);
            case GROUP, TIES -> {
                int take = builder.newLabel();
                if (window.exclude() == dev.verso.parser.ast.Window.Exclude.TIES) {
                    builder.add(Opcode.Eq, currentRowid, take, rowid, null, any);
                }
                if (count == 0) {
                    builder.add(Opcode.Goto, 0, next);
                } else {
                    readKeys(scanner, values);
                    builder.add(Opcode.Compare, values, currentValues, count, order, 0);
                    builder.add(Opcode.Jump, builder.address() + 1, next, builder.address() + 1);
                }
                builder.place(take);
            }
        }
        functions.step(scanner, false);
        builder.place(next);
        builder.add(Opcode.Next, scanner, top);
        builder.place(last);
        functions.values();
    }
}
