package dev.verso.sql.query;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** The counters of LIMIT and OFFSET. */
final class RowLimit {
    static final RowLimit NONE = new RowLimit(null, 0, 0, 0);

    private final ProgramBuilder builder;
    private final int limit;
    private final int offset;
    private final int sum;

    private RowLimit(ProgramBuilder builder, int limit, int offset, int sum) {
        this.builder = builder;
        this.limit = limit;
        this.offset = offset;
        this.sum = sum;
    }

    /** Computes the counters of the query; jumps to {@code end} if no row is wanted. */
    static RowLimit of(CodeContext context, BoundSelect select, int end) {
        if (select.limit() == null) {
            return NONE;
        }
        ProgramBuilder builder = context.builder();
        int limit = builder.newRegister();
        if (select.limit() instanceof BoundExpr.Literal literal
                && literal.value() instanceof Long count
                && count == count.intValue()) {
            builder.add(Opcode.Integer, count.intValue(), limit);
            if (count == 0) {
                builder.add(Opcode.Goto, 0, end);
            }
        } else {
            context.expressions().compile(select.limit(), limit);
            builder.add(Opcode.MustBeInt, limit);
            builder.add(Opcode.IfNot, limit, end);
        }
        if (select.offset() == null) {
            return new RowLimit(builder, limit, 0, 0);
        }
        int offset = builder.newRegister();
        int sum = builder.newRegister();
        context.expressions().compile(select.offset(), offset);
        builder.add(Opcode.MustBeInt, offset);
        builder.add(Opcode.OffsetLimit, limit, sum, offset);
        return new RowLimit(builder, limit, offset, sum);
    }

    boolean isSet() {
        return limit != 0;
    }

    /** Register with the number of rows, skipped ones included, that are ever needed; not positive for no limit. */
    int rowsNeeded() {
        return sum != 0 ? sum : limit;
    }

    /** The counters of the query itself, for a virtual table that counts its rows. */
    WhereRequest.RowCounts counts(BoundSelect select) {
        return select.limit() == null || select.isDistinct()
                ? null
                : new WhereRequest.RowCounts(limit, select.limit(), offset, select.offset());
    }

    /** Emits the jump over a row that OFFSET skips. */
    void skip(int next) {
        if (offset != 0) {
            builder.add(Opcode.IfPos, offset, next, 1);
        }
    }

    /** Emits the count of a row that was delivered, and the jump to {@code end} after the last one. */
    void count(int end) {
        if (limit != 0) {
            builder.add(Opcode.DecrJumpZero, limit, end);
        }
    }
}
