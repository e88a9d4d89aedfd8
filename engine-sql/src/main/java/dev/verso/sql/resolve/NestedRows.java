package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import java.util.List;

/**
 * Row values inside row values: {@code (a, (b, c)) = (1, (2, 3))} as a term of WHERE or ON is {@code a = 1 AND (b, c) = (2, 3)}, as SQLite takes such
 * terms apart before it looks at their parts. Anywhere else they are misused.
 */
final class NestedRows {
    private NestedRows() {}

    /** The condition without them, where that can be. */
    static Expr takenApart(Expr condition) {
        if (!(condition instanceof Expr.Binary binary)) {
            return condition;
        }
        if (binary.op() == Expr.BinaryOp.AND) {
            Expr left = takenApart(binary.left());
            Expr right = takenApart(binary.right());
            boolean same = left == binary.left() && right == binary.right();
            return same ? binary : new Expr.Binary(binary.span(), Expr.BinaryOp.AND, left, right);
        }
        boolean isEquality = binary.op() == Expr.BinaryOp.EQUAL || binary.op() == Expr.BinaryOp.IS;
        if (isEquality
                && binary.left() instanceof Expr.RowValue left
                && binary.right() instanceof Expr.RowValue right) {
            boolean fits = left.elements().size() == right.elements().size();
            return fits && (isNested(left.elements()) || isNested(right.elements()))
                    ? elements(binary, left.elements(), right.elements())
                    : binary;
        }
        return binary;
    }

    private static boolean isNested(List<Expr> elements) {
        for (Expr element : elements) {
            if (element instanceof Expr.RowValue) {
                return true;
            }
        }
        return false;
    }

    private static Expr elements(Expr.Binary equality, List<Expr> left, List<Expr> right) {
        Expr all = null;
        for (int i = 0; i < left.size(); i++) {
            Expr term = takenApart(new Expr.Binary(equality.span(), equality.op(), left.get(i), right.get(i)));
            all = all == null ? term : new Expr.Binary(equality.span(), Expr.BinaryOp.AND, all, term);
        }
        return all;
    }
}
