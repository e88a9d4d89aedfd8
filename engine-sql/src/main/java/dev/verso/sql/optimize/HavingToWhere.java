package dev.verso.sql.optimize;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.function.FunctionDefinition.Flag;

/** {@code GROUP BY a HAVING a > 5 AND count(*) > 1}: what depends on the group's key alone drops rows before they are grouped. */
final class HavingToWhere {
    private final BoundSelect select;

    private HavingToWhere(BoundSelect select) {
        this.select = select;
    }

    static void apply(BoundSelect select) {
        if (select.having() == null || select.groupBy().isEmpty()) {
            return;
        }
        HavingToWhere change = new HavingToWhere(select);
        BoundExpr having = null;
        for (BoundExpr term : Trees.conjuncts(select.having())) {
            if (change.dependsOnKeyAlone(term) && !isFalse(term)) {
                select.where(Trees.and(select.where(), term));
            } else {
                having = Trees.and(having, term);
            }
        }
        select.having(having);
    }

    private boolean dependsOnKeyAlone(BoundExpr expr) {
        for (BoundExpr key : select.groupBy()) {
            if (Traits.sameApartFromCollation(expr, key) && AsciiCase.same(Traits.collation(key), Traits.BINARY)) {
                return true;
            }
        }
        if (Trees.children(expr).isEmpty() || Trees.subselect(expr) != null) {
            return Traits.isConstant(expr);
        }
        if (expr instanceof BoundExpr.Aggregate
                || expr instanceof BoundExpr.WindowCall
                || expr instanceof BoundExpr.Call call && !call.function().is(Flag.DETERMINISTIC)) {
            return false;
        }
        for (BoundExpr part : Trees.children(expr)) {
            if (!dependsOnKeyAlone(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFalse(BoundExpr expr) {
        return expr instanceof BoundExpr.Literal literal
                && (literal.value() == null || Long.valueOf(0).equals(literal.value()));
    }
}
