package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.ExpressionCompiler.InValues;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes code that puts the values of equality constraints into registers, with the loops over the values of INs and skip-scans around. */
final class KeyCoder {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final LoopLevel level;
    private final LoopCandidate plan;
    private final IndexShape shape;
    private int base;
    private char[] affinities;
    private boolean tracksHits;

    KeyCoder(CodeContext context, LoopLevel level) {
        this.context = context;
        this.builder = context.builder();
        this.level = level;
        this.plan = level.plan;
        this.shape = plan.shape;
    }

    /** First register of the key. */
    int base() {
        return base;
    }

    /** Affinity codes of the key's columns: BLOB where the value needs no change. */
    char[] affinities() {
        return affinities;
    }

    /** Emits all equality constraints; further {@code extra} registers follow theirs. */
    void codeEqualities(int extra) {
        int equal = plan.equalColumns;
        int columns = equal + extra;
        base = builder.newRegisters(Math.max(columns, 1));
        affinities = new char[columns];
        for (int i = 0; i < columns; i++) {
            affinities[i] = affinityCode(i);
        }
        if (plan.skippedColumns > 0) {
            codeSkip();
        }
        for (int key = plan.skippedColumns; key < equal; key++) {
            Term term = plan.terms.get(key);
            if (term.isOneOf(Operators.IN)) {
                codeIn(term, key);
                continue;
            }
            if (term.isOneOf(Operators.IS_NULL)) {
                builder.add(Opcode.Null, 0, base + key);
                level.guarantee(term);
                continue;
            }
            context.expressions().compile(term.right, base + key);
            if (!term.is(Term.IS) && Traits.mayBeNull(term.right)) {
                builder.add(Opcode.IsNull, base + key, level.breakLabel);
            }
            relaxAffinity(key, term.right);
            level.guarantee(term);
        }
    }

    private char affinityCode(int key) {
        return key >= shape.columns.length ? Affinity.BLOB.code() : codeOf(shape.affinity(key));
    }

    /** Beside an index all numeric affinities are NUMERIC, as in SQLite: a large integer keeps its digits beside a REAL column. */
    static char codeOf(Affinity affinity) {
        if (affinity.isNumeric()) {
            return Affinity.NUMERIC.code();
        }
        return affinity == Affinity.NONE ? Affinity.BLOB.code() : affinity.code();
    }

    /** The key column's affinity is applied to the value only where the comparison would. */
    void relaxAffinity(int key, BoundExpr value) {
        if (key >= shape.columns.length) {
            return;
        }
        Affinity indexed = shape.affinity(key);
        Affinity comparison = Traits.combine(indexed, Traits.affinity(value));
        if (comparison == Affinity.BLOB || comparison == Affinity.NONE || isUnchanged(value, indexed)) {
            affinities[key] = Affinity.BLOB.code();
        }
    }

    private static boolean isUnchanged(BoundExpr value, Affinity affinity) {
        if (affinity == Affinity.BLOB || affinity == Affinity.NONE) {
            return true;
        }
        if (value instanceof BoundExpr.Negate negate) {
            return negate.operand() instanceof BoundExpr.Literal literal
                    && literal.value() instanceof Number
                    && affinity.isNumeric();
        }
        if (value instanceof BoundExpr.Literal literal) {
            Object constant = literal.value();
            return constant instanceof byte[]
                    || constant instanceof Number && affinity.isNumeric()
                    || constant instanceof String && affinity == Affinity.TEXT;
        }
        return value instanceof BoundExpr.ColumnRef column
                && affinity.isNumeric()
                && PlanInput.normalized(column.source(), column.column()) == Source.ROWID;
    }

    /** Applies the affinities to registers of the key from column {@code from} on, where any are wanted. */
    void applyAffinities(int from, int count) {
        int first = from;
        int end = from + count;
        while (first < end && affinities[first] <= Affinity.BLOB.code()) {
            first++;
        }
        while (end > first && affinities[end - 1] <= Affinity.BLOB.code()) {
            end--;
        }
        if (end > first) {
            builder.add(Opcode.Affinity, base + first, end - first, 0, new String(affinities, first, end - first), 0);
        }
    }

    /** The first columns have their affinities now. */
    void clearAffinities(int count) {
        Arrays.fill(affinities, 0, count, Affinity.BLOB.code());
    }

    // ---- skip-scan

    private void codeSkip() {
        int skipped = plan.skippedColumns;
        int cursor = level.indexCursor;
        builder.add(Opcode.Null, 0, base, base + skipped - 1);
        // end() makes the Rewind jump behind the loop.
        builder.add(level.reversed ? Opcode.Last : Opcode.Rewind, cursor, 0);
        int enter = builder.add(Opcode.Goto, 0, 0);
        level.skipAddress = builder.add(level.reversed ? Opcode.SeekLT : Opcode.SeekGT, cursor, 0, base, skipped, 0);
        builder.jumpHere(enter);
        for (int key = 0; key < skipped; key++) {
            builder.add(Opcode.Column, cursor, key, base + key);
            affinities[key] = Affinity.BLOB.code();
        }
    }

    // ---- IN

    private void codeIn(Term term, int key) {
        for (int i = plan.skippedColumns; i < key; i++) {
            if (plan.terms.get(i).expr == term.expr && term.field > 0) {
                // The loop over the row value has filled this register already.
                affinities[key] = Affinity.BLOB.code();
                level.guarantee(term);
                return;
            }
        }
        List<Integer> keys = new ArrayList<>();
        for (int i = key; i < plan.equalColumns; i++) {
            if (i == key || term.field > 0 && plan.terms.get(i).expr == term.expr) {
                keys.add(i);
            }
        }
        // Values of a skip-scan come from the index: there is an entry with them.
        int prefix = key > plan.skippedColumns ? key : 0;
        if (prefix > 0) {
            forgetHits();
        }
        BoundExpr in = Trees.skipCollateAndLikely(term.expr);
        InValues values =
                context.expressions().openInLoop(term.field > 0 ? narrowed((BoundExpr.InSelect) in, keys) : in);
        int cursor = values.cursor();
        boolean backwards = level.reversed != shape.descending[key] != values.isDescending();
        int rewind = builder.add(backwards ? Opcode.Last : Opcode.Rewind, cursor, 0);
        if (level.inLoops.isEmpty()) {
            level.nextLabel = builder.newLabel();
        }
        int top = builder.address();
        List<Integer> nullTests = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            int register = base + keys.get(i);
            if (values.isRows()) {
                builder.add(Opcode.Rowid, cursor, register);
            } else {
                builder.add(Opcode.Column, cursor, i, register);
            }
            nullTests.add(builder.add(Opcode.IsNull, register, 0));
        }
        level.inLoops.add(new LoopLevel.InLoop(
                cursor, rewind, top, nullTests, backwards ? Opcode.Prev : Opcode.Next, base, prefix));
        if (in instanceof BoundExpr.InSelect) {
            affinities[key] = Affinity.BLOB.code();
        }
        level.guarantee(term);
    }

    /** What was found with other values of the INs before says nothing, but for the columns before the last of them. */
    private void forgetHits() {
        int known = level.inLoops.isEmpty()
                ? 0
                : level.inLoops.get(level.inLoops.size() - 1).prefix();
        builder.add(Opcode.SeekHit, level.indexCursor, 0, known);
        tracksHits = true;
    }

    /** True if the index cursor is to be told how much of the key has been found. */
    boolean tracksHits() {
        return tracksHits;
    }

    /** The IN with only those elements of its row value that are key columns, in the key's order, so that its values are distinct and sorted. */
    private BoundExpr narrowed(BoundExpr.InSelect in, List<Integer> keys) {
        List<BoundExpr> elements = ((BoundExpr.Vector) in.operand()).elements();
        boolean whole = keys.size() == elements.size();
        for (int i = 0; whole && i < keys.size(); i++) {
            whole = plan.terms.get(keys.get(i)).field == i + 1;
        }
        if (whole) {
            return in;
        }
        List<BoundExpr> operands = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        for (int key : keys) {
            int field = plan.terms.get(key).field - 1;
            columns.add(field);
            operands.add(elements.get(field));
        }
        return new BoundExpr.InSelect(
                operands.size() == 1 ? operands.get(0) : new BoundExpr.Vector(operands),
                NarrowedSelect.of(in.select(), columns),
                false);
    }
}
