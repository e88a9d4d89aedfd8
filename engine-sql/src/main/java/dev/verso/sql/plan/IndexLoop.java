package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;

/** Code of loops over the entries of an index, or of a WITHOUT ROWID table: equalities, then perhaps a range. */
final class IndexLoop {
    private final PlanInput input;
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final LoopLevel level;
    private final LoopCandidate plan;
    private final IndexShape shape;
    private final int cursor;
    private final KeyCoder key;
    /** Where to go when there is no further entry. */
    private int endLabel;

    IndexLoop(PlanInput input, LoopLevel level) {
        this.input = input;
        this.context = input.context;
        this.builder = context.builder();
        this.level = level;
        this.plan = level.plan;
        this.shape = plan.shape;
        this.cursor = level.indexCursor;
        this.key = new KeyCoder(context, level);
    }

    void begin() {
        int equal = plan.equalColumns;
        int last = plan.terms.size();
        Term top = plan.is(LoopCandidate.TOP_LIMIT) ? plan.terms.get(--last) : null;
        Term bottom = plan.is(LoopCandidate.BOTTOM_LIMIT) ? plan.terms.get(--last) : null;
        int topColumns = plan.topColumns;
        int bottomColumns = plan.bottomColumns;
        boolean nullable = equal < shape.columns.length && !shape.isNotNull(equal);
        boolean seekPastNull = bottom == null && top != null && nullable;
        boolean stopAtNull = false;
        boolean mayPassNulls = bottom == null && top == null && skipsNulls(equal);
        if (plan.is(LoopCandidate.BIG_NULLS) && bottom == null && top == null) {
            seekPastNull = true;
            level.passRegister = builder.newRegister();
            level.passLabel = builder.newLabel();
            if (level.isOuterJoin()) {
                builder.add(Opcode.Integer, 0, level.passRegister); // the null row is no pass
            }
        }
        boolean likeRange = top != null && top.is(Term.LIKE_BOUND);
        if (likeRange) {
            level.likeCounter = builder.newRegister();
            builder.add(Opcode.Integer, 1, level.likeCounter);
            level.likeAddress = builder.address();
        }
        boolean forward = !level.reversed;
        Term start = bottom;
        Term end = top;
        int startColumns = bottomColumns;
        int endColumns = topColumns;
        if (equal < shape.columns.length && level.reversed != shape.descending[equal]) {
            start = top;
            end = bottom;
            startColumns = topColumns;
            endColumns = bottomColumns;
            stopAtNull = seekPastNull;
            seekPastNull = false;
        }
        boolean seeksNulls = seekPastNull || stopAtNull || mayPassNulls;
        key.codeEqualities(Math.max(Math.max(bottomColumns, topColumns), seeksNulls ? 1 : 0));
        if (level.filterRegister != 0) {
            key.applyAffinities(0, equal);
            key.clearAffinities(equal);
            builder.add(Opcode.Filter, level.filterRegister, level.nextLabel, key.base(), equal, 0);
        }
        endLabel = level.passRegister != 0 ? level.passLabel : level.nextLabel;
        seek(start, startColumns, seekPastNull, forward);
        if (mayPassNulls) {
            codePastNulls(equal, forward);
        }
        stop(end, endColumns, stopAtNull, forward);
        if (key.tracksHits()) {
            builder.add(Opcode.SeekHit, cursor, equal, equal);
        }
        if (plan.is(LoopCandidate.ONE_ROW)) {
            level.step = null;
        } else {
            level.step = forward ? Opcode.Next : Opcode.Prev;
            level.stepP1 = cursor;
            level.stepP3 = plan.is(LoopCandidate.UNIQUE_WANTED) ? 1 : 0;
        }
    }

    /** For min(): NULLs at the front of the index are not the answer if anything else is there. */
    private boolean skipsNulls(int equal) {
        return input.request.purpose() == WhereRequest.Purpose.MIN_MAX
                && !input.request.order().get(0).descending()
                && equal < shape.keyColumns
                && level.reversed == shape.descending[equal]
                && !shape.isNotNull(equal)
                && shape.columns[equal] >= 0
                && input.request.order().get(0).expr() instanceof BoundExpr.ColumnRef column
                && column.source() == level.source
                && column.column() == shape.columns[equal];
    }

    /** Where the body goes from a NULL that it has seen. */
    private void codePastNulls(int equal, boolean forward) {
        int over = builder.add(Opcode.Goto, 0, 0);
        level.pastNullsAddress = builder.address();
        builder.add(Opcode.Null, 0, key.base() + equal);
        Opcode seek = forward ? Opcode.SeekGT : Opcode.SeekLT;
        builder.add(seek, cursor, level.nextLabel, key.base(), equal + 1, 0);
        builder.jumpHere(over);
    }

    private void seek(Term start, int columns, boolean pastNull, boolean forward) {
        int equal = plan.equalColumns;
        int count = equal;
        boolean inclusive = start == null || start.isOneOf(Operators.LESS_EQUAL | Operators.GREATER_EQUAL);
        int affinityCount = equal;
        if (start != null) {
            count += bound(start, columns, true);
            inclusive |= start.right instanceof BoundExpr.Vector;
            affinityCount = count;
        } else if (pastNull) {
            inclusive = false;
            builder.add(Opcode.Null, 0, key.base() + equal);
            count++;
        } else if (level.passRegister != 0) {
            builder.add(Opcode.Null, 0, key.base() + equal);
            count++;
        }
        key.applyAffinities(0, affinityCount);
        if (plan.skippedColumns > 0 && count == plan.skippedColumns) {
            return;
        }
        if (level.passRegister != 0) {
            builder.add(Opcode.Integer, 1, level.passRegister);
        }
        seekKey(count, inclusive, forward);
        if (level.passRegister != 0) {
            int over = builder.add(Opcode.Goto, 0, 0);
            level.secondPassAddress = builder.address();
            seekKey(count == 1 || inclusive ? count - 1 : count, true, forward);
            builder.jumpHere(over);
        }
    }

    private void seekKey(int count, boolean inclusive, boolean forward) {
        if (count == 0) {
            builder.add(forward ? Opcode.Rewind : Opcode.Last, cursor, endLabel);
            return;
        }
        Opcode seek = forward ? inclusive ? Opcode.SeekGE : Opcode.SeekGT : inclusive ? Opcode.SeekLE : Opcode.SeekLT;
        builder.add(seek, cursor, endLabel, key.base(), count, 0);
    }

    private void stop(Term end, int columns, boolean atNull, boolean forward) {
        int equal = plan.equalColumns;
        int count = equal;
        boolean inclusive = end == null || end.isOneOf(Operators.LESS_EQUAL | Operators.GREATER_EQUAL);
        if (end != null) {
            count += bound(end, columns, false);
            inclusive |= end.right instanceof BoundExpr.Vector;
            key.applyAffinities(equal, columns);
        } else if (atNull) {
            if (level.passRegister == 0) {
                builder.add(Opcode.Null, 0, key.base() + equal);
                inclusive = false;
            }
            count++;
        }
        level.stepP2 = builder.address();
        if (level.passRegister != 0) {
            stopPass(count, atNull, forward);
        } else if (count > 0) {
            stopBehind(count, inclusive, forward);
        }
    }

    private void stopBehind(int count, boolean inclusive, boolean forward) {
        Opcode test = forward ? inclusive ? Opcode.IdxGT : Opcode.IdxGE : inclusive ? Opcode.IdxLT : Opcode.IdxLE;
        builder.add(test, cursor, endLabel, key.base(), count, 0);
    }

    /** The pass over the NULLs ends behind them. The other one ends with the equalities, and before the NULLs if it has not begun behind them. */
    private void stopPass(int count, boolean nullsFirst, boolean forward) {
        if (count > 0) {
            int second = builder.add(Opcode.IfNot, level.passRegister, 0);
            stopBehind(count, true, forward);
            builder.jumpHere(second);
        }
        int first = builder.add(Opcode.If, level.passRegister, 0);
        stopBehind(nullsFirst ? count : count + 1, !nullsFirst, forward);
        builder.jumpHere(first);
    }

    /** Computes a bound of the range behind the equalities. @return how many columns */
    private int bound(Term term, int columns, boolean isStart) {
        int equal = plan.equalColumns;
        int register = key.base() + equal;
        for (int i = 0; i < columns; i++) {
            BoundExpr value = term.right instanceof BoundExpr.Vector vector
                    ? vector.elements().get(i)
                    : term.right;
            context.expressions().compile(value, register + i);
            if (i == 0 && !term.is(Term.NOT_NULL) && Traits.mayBeNull(value)) {
                builder.add(Opcode.IsNull, register, level.nextLabel);
            }
            resetAffinity(equal + i);
            key.relaxAffinity(equal + i, value);
        }
        if (term.is(Term.LIKE_BOUND)) {
            likeValue(register);
        }
        if (!(term.right instanceof BoundExpr.Vector)) {
            level.guarantee(term);
        }
        return columns;
    }

    private void resetAffinity(int column) {
        Affinity affinity = shape.affinity(column);
        key.affinities()[column] = KeyCoder.codeOf(affinity);
    }

    /** LIKE sees blobs as texts, but they stand in a place of their own: one of the two passes is theirs. */
    private void likeValue(int register) {
        boolean blobsFirst = level.reversed != shape.descending[plan.equalColumns];
        int skip = builder.add(blobsFirst ? Opcode.IfNot : Opcode.If, level.likeCounter, 0);
        builder.add(Opcode.Cast, register, Affinity.BLOB.code());
        builder.jumpHere(skip);
    }
}
