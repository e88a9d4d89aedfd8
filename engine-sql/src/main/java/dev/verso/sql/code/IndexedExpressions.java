package dev.verso.sql.code;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Subtypes;
import dev.verso.sql.bound.Traits;
import dev.verso.vm.Opcode;
import dev.verso.vm.function.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * Expressions whose values stand in the entry that an index cursor is on: while the loop runs they are read from there instead of being computed, so
 * that the row of the table may never be looked for.
 */
public final class IndexedExpressions {
    /** @param subtype true if computing the expression may give the value a subtype, which no entry holds */
    private record Indexed(BoundExpr expr, boolean subtype, Source source, int cursor, int column) {}

    private final CodeContext context;
    private final List<Indexed> known = new ArrayList<>();
    private BoundExpr argument;

    IndexedExpressions(CodeContext context) {
        this.context = context;
    }

    /** From now on {@code cursor} has the value of {@code expr}, of a row of the source, in that column of its entry. */
    public void add(BoundExpr expr, Source source, int cursor, int column) {
        if (!Traits.isConstant(expr)) {
            known.add(new Indexed(expr, Subtypes.mayCome(expr), source, cursor, column));
        }
    }

    /** What is compiled next is an argument of that function: its subtype may matter. */
    public void argument(FunctionDefinition function, BoundExpr expr) {
        argument = Subtypes.takes(function) ? expr : null;
    }

    /** That cursor's loop ends. */
    public void remove(int cursor) {
        known.removeIf(indexed -> indexed.cursor == cursor);
    }

    /** Reads the value into the register; false if it has to be computed. */
    boolean read(BoundExpr expr, int target) {
        if (known.isEmpty() || expr instanceof BoundExpr.ColumnRef || expr instanceof BoundExpr.Literal) {
            return false;
        }
        for (int i = 0; i < known.size(); i++) {
            Indexed indexed = known.get(i);
            if (isOnItsRow(indexed.source)
                    && !(indexed.subtype && expr == argument)
                    && Traits.same(expr, indexed.expr)) {
                read(expr, indexed, target);
                return true;
            }
        }
        return false;
    }

    /** False where rows of the source are no longer read from its cursors: where groups are put out. */
    private static boolean isOnItsRow(Source source) {
        return source.access() == Source.Access.CURSOR || source.access() == Source.Access.COVERING_INDEX;
    }

    private void read(BoundExpr expr, Indexed indexed, int target) {
        if (!indexed.source.isNullable()) {
            context.builder().add(Opcode.Column, indexed.cursor, indexed.column, target);
            return;
        }
        // The expression of NULLs need not be NULL.
        int compute = context.builder().add(Opcode.IfNullRow, indexed.cursor, 0, target);
        context.builder().add(Opcode.Column, indexed.cursor, indexed.column, target);
        int over = context.builder().add(Opcode.Goto, 0, 0);
        context.builder().jumpHere(compute);
        List<Indexed> hidden = List.copyOf(known);
        known.clear();
        context.expressions().compile(expr, target);
        known.addAll(hidden);
        context.builder().jumpHere(over);
    }
}
