package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/**
 * Code of a loop over the rows that at least one part of an OR finds: one loop for each part, in which the body runs as a subroutine, and a set
 * of the rows met so far.
 */
final class OrLoop {
    private final PlanInput input;
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final LoopLevel level;
    private final Source source;
    private boolean untested;

    OrLoop(PlanInput input, LoopLevel level) {
        this.input = input;
        this.context = input.context;
        this.builder = context.builder();
        this.level = level;
        this.source = level.source;
    }

    void begin() {
        Term or = level.plan.terms.get(0);
        boolean rowid = source.table().hasRowid();
        Index primaryKey = source.table().primaryKey();
        int returnRegister = builder.newRegister();
        int rowRegister;
        int seen;
        int keyCount = 1;
        if (rowid) {
            seen = builder.newRegister();
            rowRegister = builder.newRegister();
            builder.add(Opcode.Null, 0, seen);
        } else {
            keyCount = primaryKey.keyColumns();
            seen = builder.newCursor();
            rowRegister = builder.newRegisters(keyCount + 1);
            builder.add(Opcode.OpenEphemeral, seen, keyCount, 0, KeyOrders.of(context.session(), primaryKey), 0);
        }
        int enter = builder.add(Opcode.Integer, 0, returnRegister);
        int body = builder.newLabel();
        BoundExpr others = otherTerms(or);
        List<Term> parts = or.inner.terms;
        int outerParent = context.planLog().push("MULTI-INDEX OR");
        int number = 0;
        int last = lastPart(parts);
        for (int i = 0; i < parts.size(); i++) {
            Term part = parts.get(i);
            if (!isUsable(part)) {
                continue;
            }
            number = i + 1;
            int parent = context.planLog().push("INDEX " + number);
            BoundExpr where = Trees.and(testable(part.expr), others);
            WhereRequest request =
                    new WhereRequest(List.of(source), where, List.of(), WhereRequest.Purpose.UNORDERED, 0);
            WhereLoops loop = WhereLoops.beginOrPart(context, request);
            if (context.planLog().isWanted() && loop.planText() != null) {
                context.planLog().add(loop.planText());
            }
            int skip = -1;
            boolean isLast = i == last;
            if (rowid) {
                context.expressions().compile(new BoundExpr.ColumnRef(source, Source.ROWID), rowRegister);
                skip = builder.add(Opcode.RowSetTest, seen, 0, rowRegister, isLast ? -1 : i, 0);
            } else {
                skip = testKey(seen, rowRegister, primaryKey, isLast);
            }
            builder.add(Opcode.Gosub, returnRegister, body);
            builder.jumpHere(skip);
            loop.end();
            context.planLog().pop(parent);
        }
        context.planLog().pop(outerParent);
        builder.changeP1(enter, builder.address());
        builder.add(Opcode.Goto, 0, level.breakLabel);
        builder.place(body);
        level.step = Opcode.Return;
        level.stepP1 = returnRegister;
        level.stepP2 = builder.address();
        if (!untested) {
            level.guarantee(or);
        }
    }

    private int testKey(int seen, int first, Index primaryKey, boolean isLast) {
        int count = primaryKey.keyColumns();
        for (int i = 0; i < count; i++) {
            context.expressions()
                    .compile(
                            new BoundExpr.ColumnRef(
                                    source, primaryKey.parts().get(i).column()),
                            first + i);
        }
        int skip = builder.add(Opcode.Found, seen, 0, first, count, 0);
        if (!isLast) {
            builder.add(Opcode.MakeRecord, first, count, first + count);
            builder.add(Opcode.IdxInsert, seen, first + count, first, count, 0);
        }
        return skip;
    }

    /** Parts made by analysis only repeat what others say. */
    private static boolean isUsable(Term part) {
        return !part.is(Term.VIRTUAL);
    }

    private int lastPart(List<Term> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (isUsable(parts.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** What of the part can be tested with the sources at hand; the rest has to be tested again in a loop further inside. */
    private BoundExpr testable(BoundExpr part) {
        BoundExpr result = null;
        for (BoundExpr conjunct : Trees.conjuncts(part)) {
            if ((input.sources.maskOf(conjunct) & ~level.available()) == 0) {
                result = Trees.and(result, conjunct);
            } else {
                untested = true;
            }
        }
        return result;
    }

    /** The other terms of WHERE that the parts' loops may use. */
    private BoundExpr otherTerms(Term or) {
        BoundExpr others = null;
        for (Term term : input.where.terms) {
            if (term == or
                    || term.flags != 0 && term.is(Term.VIRTUAL | Term.CODED | Term.SLICE)
                    || !term.isOneOf(Operators.ALL)
                    || (term.needed & ~level.available()) != 0
                    || (level.isOuterJoin() ? term.onSource != level.plan.source : term.onSource >= 0)
                    || Trees.any(term.expr, expr -> Trees.subselect(expr) != null)) {
                continue;
            }
            others = Trees.and(others, term.expr);
        }
        return others;
    }
}
