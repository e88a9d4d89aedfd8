package dev.verso.sql.code;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Traits;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * IN: short lists, and lists that change from row to row, become comparisons; everything else an ephemeral index that is filled once if it
 * does not change. NULL on either side follows sqlite.org/lang_expr.html#in_op.
 */
final class InCode {
    /** Up to this many constants, comparing one after the other is cheaper than seeking. */
    private static final int SHORT_LIST = 6;

    private static final int FILTER_BYTES = 10_000;

    private final CodeContext context;
    private final ProgramBuilder builder;
    private final ExpressionCode expressions;

    InCode(CodeContext context, ExpressionCode expressions) {
        this.context = context;
        this.expressions = expressions;
        builder = context.builder();
    }

    boolean isNegated(BoundExpr in) {
        return in instanceof BoundExpr.InList list ? list.negated() : ((BoundExpr.InSelect) in).negated();
    }

    /** Emits the plain IN, negation left aside: falls through if it is true, jumps if it is false or NULL. */
    void test(BoundExpr in, int ifFalse, int ifNull) {
        if (in instanceof BoundExpr.InList list && !worthAnIndex(list)) {
            compareAll(list, ifFalse, ifNull);
        } else {
            seek(in, ifFalse, ifNull);
        }
    }

    private static boolean worthAnIndex(BoundExpr.InList in) {
        return in.list().size() > SHORT_LIST && Traits.areConstant(in.list());
    }

    private void compareAll(BoundExpr.InList in, int ifFalse, int ifNull) {
        int operand = expressions.compileToAny(in.operand());
        boolean nullMatters = ifFalse != ifNull;
        int found = builder.newLabel();
        int sawNull = 0;
        if (nullMatters) {
            sawNull = context.temporaries().take();
            builder.add(Opcode.BitAnd, operand, operand, sawNull);
        }
        int flags = Traits.affinity(in.operand()).code();
        Object collation = KeyOrders.collation(context.session(), Traits.collation(in.operand()));
        for (int i = 0; i < in.list().size(); i++) {
            BoundExpr element = in.list().get(i);
            int register = expressions.compileToAny(element);
            if (nullMatters && Traits.mayBeNull(element)) {
                builder.add(Opcode.BitAnd, sawNull, register, sawNull);
            }
            if (i < in.list().size() - 1 || nullMatters) {
                builder.add(Opcode.Eq, register, found, operand, collation, flags);
            } else {
                builder.add(Opcode.Ne, register, ifFalse, operand, collation, flags | Flags.JUMP_IF_NULL);
            }
            context.temporaries().release(register);
        }
        if (nullMatters) {
            builder.add(Opcode.IsNull, sawNull, ifNull);
            builder.add(Opcode.Goto, 0, ifFalse);
            context.temporaries().release(sawNull);
        }
        builder.place(found);
        context.temporaries().release(operand);
    }

    private void seek(BoundExpr in, int ifFalse, int ifNull) {
        BoundExpr operand = operand(in);
        int width = Traits.width(operand);
        boolean nullMatters = ifFalse != ifNull;
        ExistingTree tree = in instanceof BoundExpr.InSelect select ? ExistingTree.find(context, select, false) : null;
        if (tree != null && tree.isRows()) {
            seekRowid(tree, operand, ifFalse, ifNull);
            return;
        }
        Filled filled = tree != null
                ? existing((BoundExpr.InSelect) in, tree, nullMatters)
                : fill(in, nullMatters && width == 1, true);
        int first = builder.newRegisters(width);
        compileElements(operand, first, width);
        String letters = letters(filled.affinities);
        if (!letters.isEmpty()) {
            builder.add(Opcode.Affinity, first, width, 0, letters, 0);
        }
        List<String> collations = filled.collations;
        if (tree != null && !tree.isInOrder()) {
            first = inOrderOf(tree, first, width);
            collations = tree.collations();
        }
        int search = builder.newLabel();
        for (int i = 0; i < width; i++) {
            builder.add(Opcode.IsNull, first + i, nullMatters ? search : ifFalse);
        }
        if (!nullMatters) {
            if (filled.filter != 0) {
                builder.add(Opcode.Filter, filled.filter, ifFalse, first, width, 0);
            }
            builder.add(Opcode.NotFound, filled.cursor, ifFalse, first, width, 0);
            builder.place(search);
            return;
        }
        int found = builder.newLabel();
        int absent = builder.newLabel();
        if (filled.filter != 0) {
            builder.add(Opcode.Filter, filled.filter, absent, first, width, 0);
        }
        builder.add(Opcode.Found, filled.cursor, found, first, width, 0);
        builder.place(absent);
        if (filled.hasNull != 0) {
            builder.add(Opcode.NotNull, filled.hasNull, ifFalse);
        }
        // The result is NULL if some row of the right side differs from the operand in nothing but NULLs.
        // In a descending index NULL comes last; of a row value SQLite, too, looks at the last entry alone then.
        builder.place(search);
        builder.add(filled.isDescending ? Opcode.Last : Opcode.Rewind, filled.cursor, ifFalse);
        int top = builder.address();
        int next = width > 1 ? builder.newLabel() : ifFalse;
        int element = context.temporaries().take();
        for (int i = 0; i < width; i++) {
            builder.add(Opcode.Column, filled.cursor, i, element);
            Object collation = KeyOrders.collation(context.session(), collations.get(i));
            builder.add(Opcode.Ne, first + i, next, element, collation, Affinity.NONE.code());
        }
        context.temporaries().release(element);
        builder.add(Opcode.Goto, 0, ifNull);
        if (width > 1) {
            builder.place(next);
            builder.add(Opcode.Next, filled.cursor, top);
            builder.add(Opcode.Goto, 0, ifFalse);
        }
        builder.place(found);
    }

    private void seekRowid(ExistingTree tree, BoundExpr operand, int ifFalse, int ifNull) {
        int cursor = tree.open(context);
        int key = builder.newRegister();
        expressions.compile(operand, key);
        if (ifFalse == ifNull) {
            builder.add(Opcode.IsNull, key, ifFalse);
            builder.add(Opcode.SeekRowid, cursor, ifFalse, key);
            return;
        }
        int search = builder.add(Opcode.NotNull, key, 0);
        builder.add(Opcode.Rewind, cursor, ifFalse);
        builder.add(Opcode.Goto, 0, ifNull);
        builder.jumpHere(search);
        builder.add(Opcode.SeekRowid, cursor, ifFalse, key);
    }

    private Filled existing(BoundExpr.InSelect in, ExistingTree tree, boolean nullMatters) {
        Comparisons comparisons = comparisons(in);
        int cursor = tree.open(context);
        int hasNull = 0;
        if (nullMatters
                && comparisons.affinities.size() == 1
                && Traits.mayBeNull(in.select().columns().get(0).expr())) {
            hasNull = builder.newRegister();
            int once = builder.add(Opcode.Once);
            lookForNull(cursor, hasNull, tree.isDescending());
            builder.jumpHere(once);
        }
        return new Filled(cursor, hasNull, 0, tree.isDescending(), comparisons.affinities, comparisons.collations);
    }

    /** Copies the elements into the order in which the index has their columns. @return the first register */
    private int inOrderOf(ExistingTree tree, int elements, int width) {
        int first = builder.newRegisters(width);
        for (int i = 0; i < width; i++) {
            builder.add(Opcode.Copy, elements + i, first + tree.places()[i], 0);
        }
        return first;
    }

    private void compileElements(BoundExpr operand, int first, int width) {
        if (width == 1) {
            expressions.compile(operand, first);
            return;
        }
        if (operand instanceof BoundExpr.Vector vector) {
            for (int i = 0; i < width; i++) {
                expressions.compile(vector.elements().get(i), first + i);
            }
            return;
        }
        int row = expressions.compileVector(operand);
        builder.add(Opcode.Copy, row, first, width - 1);
    }

    private static BoundExpr operand(BoundExpr in) {
        return in instanceof BoundExpr.InList list ? list.operand() : ((BoundExpr.InSelect) in).operand();
    }

    private static String letters(List<Affinity> affinities) {
        StringBuilder letters = new StringBuilder();
        boolean any = false;
        for (Affinity affinity : affinities) {
            letters.append(affinity.code());
            any |= affinity != Affinity.NONE && affinity != Affinity.BLOB;
        }
        return any ? letters.toString() : "";
    }

    /**
     * A right side in an index, mostly an ephemeral one.
     *
     * @param hasNull register that is NULL if a NULL is in it, or 0 if nobody asked
     * @param filter register of a Bloom filter that holds all rows, or 0
     * @param isDescending whether NULL comes last in it
     */
    private record Filled(
            int cursor,
            int hasNull,
            int filter,
            boolean isDescending,
            List<Affinity> affinities,
            List<String> collations) {}

    int open(BoundExpr in) {
        return fill(in, false, false).cursor;
    }

    /** For a loop over the values, of one column. */
    ExpressionCompiler.InValues openLoop(BoundExpr in) {
        if (in instanceof BoundExpr.InSelect select && select.select().columns().size() == 1) {
            ExistingTree tree = ExistingTree.find(context, select, true);
            if (tree != null) {
                return new ExpressionCompiler.InValues(tree.open(context), tree.isRows(), tree.isDescending());
            }
        }
        return new ExpressionCompiler.InValues(open(in), false, false);
    }

    private Filled fill(BoundExpr in, boolean askForNull, boolean mayFilter) {
        return in instanceof BoundExpr.InList list
                ? fillFromList(list, askForNull)
                : fillFromSelect((BoundExpr.InSelect) in, askForNull, mayFilter);
    }

    private Filled fillFromList(BoundExpr.InList in, boolean askForNull) {
        Affinity affinity = Traits.affinity(in.operand());
        String collation = Traits.collation(in.operand());
        int cursor = builder.newCursor();
        int hasNull = askForNull ? builder.newRegister() : 0;
        boolean once = Traits.areConstant(in.list());
        int skip = once ? builder.add(Opcode.Once) : -1;
        openIndex(cursor, List.of(collation));
        boolean before = context.constants().suspend(true);
        int value = builder.newRegister();
        int record = context.temporaries().take();
        // As SQLite does: a large integer keeps its digits beside a REAL column.
        String letters = String.valueOf((affinity == Affinity.REAL ? Affinity.NUMERIC : affinity).code());
        for (BoundExpr element : in.list()) {
            expressions.compile(element, value);
            builder.add(Opcode.MakeRecord, value, 1, record, letters, 0);
            builder.add(Opcode.IdxInsert, cursor, record, value, 1, 0);
        }
        context.temporaries().release(record);
        context.constants().suspend(before);
        lookForNull(cursor, hasNull, false);
        if (once) {
            builder.jumpHere(skip);
        }
        return new Filled(cursor, hasNull, 0, false, List.of(affinity), List.of(collation));
    }

    /** How the columns of both sides are compared. */
    private record Comparisons(List<Affinity> affinities, List<String> collations) {}

    private static Comparisons comparisons(BoundExpr.InSelect in) {
        BoundSelect select = in.select();
        int width = select.columns().size();
        List<Affinity> affinities = new ArrayList<>(width);
        List<String> collations = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            BoundExpr right = Traits.lastColumn(select, i);
            affinities.add(Traits.combine(Traits.elementAffinity(in.operand(), i), Traits.affinity(right)));
            BoundExpr left = in.operand() instanceof BoundExpr.Vector vector
                    ? vector.elements().get(i)
                    : in.operand();
            collations.add(Traits.comparisonCollation(left, right));
        }
        return new Comparisons(affinities, collations);
    }

    private Filled fillFromSelect(BoundExpr.InSelect in, boolean askForNull, boolean mayFilter) {
        BoundSelect select = in.select();
        Comparisons comparisons = comparisons(in);
        List<Affinity> affinities = comparisons.affinities;
        List<String> collations = comparisons.collations;
        int cursor = builder.newCursor();
        int hasNull = askForNull ? builder.newRegister() : 0;
        boolean once = !select.isCorrelated();
        int skip = once ? builder.add(Opcode.Once) : -1;
        int plan = context.planLog().push((once ? "" : "CORRELATED ") + "LIST SUBQUERY " + select.id());
        openIndex(cursor, collations);
        int filter = 0;
        if (once && mayFilter && collations.stream().allMatch(other -> AsciiCase.same(Traits.BINARY, other))) {
            filter = builder.newRegister();
            builder.add(Opcode.Blob, FILTER_BYTES, filter);
        }
        if (!expressions.subqueries().compileSet(select, cursor, affinities, filter)) {
            filter = 0;
        }
        context.planLog().pop(plan);
        lookForNull(cursor, hasNull, false);
        if (once) {
            builder.jumpHere(skip);
        }
        return new Filled(cursor, hasNull, filter, false, affinities, collations);
    }

    private void openIndex(int cursor, List<String> collations) {
        builder.add(
                Opcode.OpenEphemeral,
                cursor,
                collations.size(),
                0,
                KeyOrders.ascending(context.session(), collations),
                0);
    }

    private void lookForNull(int cursor, int register, boolean comesLast) {
        if (register == 0) {
            return;
        }
        builder.add(Opcode.Integer, 0, register);
        int empty = builder.add(comesLast ? Opcode.Last : Opcode.Rewind, cursor, 0);
        builder.add(Opcode.Column, cursor, 0, register);
        builder.jumpHere(empty);
    }

    /** Computes IN as 1, 0 or NULL. */
    void value(BoundExpr in, int target) {
        boolean negated = isNegated(in);
        int ifFalse = builder.newLabel();
        int ifNull = builder.newLabel();
        builder.add(Opcode.Null, 0, target);
        test(in, ifFalse, ifNull);
        builder.add(Opcode.Integer, negated ? 0 : 1, target);
        builder.add(Opcode.Goto, 0, ifNull);
        builder.place(ifFalse);
        builder.add(Opcode.Integer, negated ? 1 : 0, target);
        builder.place(ifNull);
    }
}
