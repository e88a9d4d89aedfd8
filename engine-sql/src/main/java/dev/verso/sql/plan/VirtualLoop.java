package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/** Code of a loop over a virtual table. */
final class VirtualLoop {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final LoopLevel level;
    private final LoopCandidate plan;
    private final int offsetRegister;
    private final WhereRequest.Purpose purpose;

    VirtualLoop(CodeContext context, LoopLevel level, WhereRequest request) {
        this.context = context;
        this.builder = context.builder();
        this.level = level;
        this.plan = level.plan;
        this.offsetRegister = request.offsetRegister();
        this.purpose = request.purpose();
    }

    void begin() {
        int count = plan.terms.size();
        int cursor = level.source.cursor();
        int first = builder.newRegisters(count + 2);
        int[] inCursors = new int[count];
        int notFound = level.breakLabel;
        for (int i = 0; i < count; i++) {
            Term term = plan.terms.get(i);
            int register = first + 2 + i;
            inCursors[i] = -1;
            if (!term.isOneOf(Operators.IN)) {
                argument(term, register);
            } else if (plan.virtual.takesWholeList(i)) {
                int values = context.expressions().openInValues(Trees.skipCollateAndLikely(term.expr));
                builder.add(Opcode.VInitIn, values, register, cursor, i, 0);
            } else {
                inCursors[i] = beginIn(term, register);
                notFound = level.nextLabel;
            }
        }
        if (plan.virtual.skipsOffset()) {
            builder.add(Opcode.Integer, 0, offsetRegister);
        }
        builder.add(Opcode.Integer, plan.virtual.number(), first);
        builder.add(Opcode.Integer, count, first + 1);
        builder.add(Opcode.VFilter, cursor, notFound, first, plan.virtual.text(), 0);
        boolean changedAtOnce = purpose == WhereRequest.Purpose.WRITE && plan.isOneRow();
        level.step = changedAtOnce ? null : Opcode.VNext;
        level.stepP1 = cursor;
        level.stepP2 = builder.address();
        for (int i = 0; i < count; i++) {
            Term term = plan.terms.get(i);
            if (plan.virtual.isTrusted(i)) {
                level.guarantee(term);
            } else if (inCursors[i] >= 0) {
                testIn(term, inCursors[i], first + 2 + i);
            }
        }
    }

    private void argument(Term term, int register) {
        BoundExpr value = term.right instanceof BoundExpr.Vector vector
                ? vector.elements().get(0)
                : term.right;
        if (value == null) {
            builder.add(Opcode.Null, 0, register);
        } else {
            context.expressions().compile(value, register);
        }
    }

    /** Emits the beginning of a loop over the values of an IN. @return its cursor */
    private int beginIn(Term term, int register) {
        int values = context.expressions().openInValues(Trees.skipCollateAndLikely(term.expr));
        int rewind = builder.add(Opcode.Rewind, values, 0);
        if (level.inLoops.isEmpty()) {
            level.nextLabel = builder.newLabel();
        }
        int top = builder.add(Opcode.Column, values, 0, register);
        int isNull = builder.add(Opcode.IsNull, register, 0);
        level.inLoops.add(new LoopLevel.InLoop(values, rewind, top, List.of(isNull), Opcode.Next, 0, 0));
        return values;
    }

    /** The table has been given one value of the IN, but does not vouch for its rows: they are compared with that value. */
    private void testIn(Term term, int values, int register) {
        builder.add(Opcode.Column, values, 0, register);
        int left = context.expressions().compileToAny(term.left);
        builder.add(
                Opcode.Ne,
                register,
                level.continueLabel,
                left,
                KeyOrders.collation(context.session(), term.collation),
                term.affinity.code() | Flags.JUMP_IF_NULL);
        context.temporaries().release(left);
        level.guarantee(term);
    }
}
