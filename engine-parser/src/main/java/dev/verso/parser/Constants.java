package dev.verso.parser;

import dev.verso.parser.ast.Expr;

/** Tells which expressions are constants for SQLite's parser: no columns, functions or subqueries in them. */
final class Constants {
    private Constants() {}

    static boolean isConstant(Expr expr) {
        if (expr instanceof Expr.Unary unary) {
            return isConstant(unary.operand());
        } else if (expr instanceof Expr.Binary binary) {
            return isConstant(binary.left()) && isConstant(binary.right());
        } else if (expr instanceof Expr.IsNull isNull) {
            return isConstant(isNull.operand());
        } else if (expr instanceof Expr.Cast cast) {
            return isConstant(cast.operand());
        } else if (expr instanceof Expr.Collate collate) {
            return isConstant(collate.operand());
        } else if (expr instanceof Expr.InList in) {
            return isConstant(in.operand()) && in.list().stream().allMatch(Constants::isConstant);
        } else if (expr instanceof Expr.Between between) {
            return isConstant(between.operand()) && isConstant(between.low()) && isConstant(between.high());
        }
        return expr instanceof Expr.NullLiteral
                || expr instanceof Expr.NumericLiteral
                || expr instanceof Expr.StringLiteral
                || expr instanceof Expr.BlobLiteral
                || expr instanceof Expr.Parameter;
    }
}
