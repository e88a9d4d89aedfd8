package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.code.CodeContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;

/** Code of loops over table rows in the order of their rowids: all, those in a range, one, or those of an IN. */
final class RowidLoop {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final LoopLevel level;
    private final int cursor;

    RowidLoop(CodeContext context, LoopLevel level) {
        this.context = context;
        this.builder = context.builder();
        this.level = level;
        this.cursor = level.source.cursor();
    }

    void begin() {
        if (level.plan.is(LoopCandidate.COLUMN_EQUAL)) {
            lookUp();
        } else if (level.plan.is(LoopCandidate.COLUMN_IN)) {
            KeyCoder key = new KeyCoder(context, level);
            key.codeEqualities(0);
            builder.add(Opcode.SeekRowid, cursor, level.nextLabel, key.base());
        } else if (level.plan.is(LoopCandidate.COLUMN_RANGE)) {
            range();
        } else {
            builder.add(level.reversed ? Opcode.Last : Opcode.Rewind, cursor, level.breakLabel);
            step();
        }
    }

    private void lookUp() {
        Term term = level.plan.terms.get(0);
        int register;
        if (level.filterRegister == 0) {
            register = context.expressions().compileToAny(term.right);
        } else {
            register = builder.newRegister();
            context.expressions().compile(term.right, register);
            builder.add(Opcode.MustBeInt, register, level.breakLabel);
            builder.add(Opcode.Filter, level.filterRegister, level.breakLabel, register, 1, 0);
        }
        builder.add(Opcode.SeekRowid, cursor, level.nextLabel, register);
        if (!term.is(Term.IS) || !dev.verso.sql.bound.Traits.mayBeNull(term.right)) {
            level.guarantee(term);
        }
    }

    private void step() {
        level.step = level.reversed ? Opcode.Prev : Opcode.Next;
        level.stepP1 = cursor;
        level.stepP2 = builder.address();
    }

    private void range() {
        LoopCandidate plan = level.plan;
        int next = 0;
        Term start = plan.is(LoopCandidate.BOTTOM_LIMIT) ? plan.terms.get(next++) : null;
        Term end = plan.is(LoopCandidate.TOP_LIMIT) ? plan.terms.get(next) : null;
        if (level.reversed) {
            Term bottom = start;
            start = end;
            end = bottom;
        }
        if (start != null) {
            int register;
            boolean vector = start.right instanceof BoundExpr.Vector;
            boolean strict = start.isOneOf(Operators.LESS | Operators.GREATER) && !vector;
            register = context.expressions().compileToAny(value(start));
            Opcode seek =
                    level.reversed ? strict ? Opcode.SeekLT : Opcode.SeekLE : strict ? Opcode.SeekGT : Opcode.SeekGE;
            if (!vector) {
                level.guarantee(start);
            }
            builder.add(seek, cursor, level.breakLabel, register);
        } else {
            builder.add(level.reversed ? Opcode.Last : Opcode.Rewind, cursor, level.breakLabel);
        }
        int limit = 0;
        Opcode test = null;
        if (end != null) {
            limit = builder.newRegister();
            context.expressions().compile(value(end), limit);
            boolean vector = end.right instanceof BoundExpr.Vector;
            boolean strict = end.isOneOf(Operators.LESS | Operators.GREATER) && !vector;
            test = level.reversed ? strict ? Opcode.Le : Opcode.Lt : strict ? Opcode.Ge : Opcode.Gt;
            if (!vector) {
                level.guarantee(end);
            }
        }
        step();
        if (test != null) {
            int rowid = builder.newRegister();
            builder.add(Opcode.Rowid, cursor, rowid);
            builder.add(test, limit, level.breakLabel, rowid, null, Affinity.NUMERIC.code() | Flags.JUMP_IF_NULL);
        }
    }

    private static BoundExpr value(Term term) {
        return term.right instanceof BoundExpr.Vector vector ? vector.elements().get(0) : term.right;
    }
}
