package dev.verso.sql.resolve;

import dev.verso.error.DatabaseException;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import java.util.ArrayList;
import java.util.List;

/** ORDER BY and GROUP BY: terms that are ordinals, aliases or expressions (sqlite.org/lang_select.html#orderby). */
final class OrderResolver {
    private final Names names;

    OrderResolver(Names names) {
        this.names = names;
    }

    /** ORDER BY of a query that is no compound. */
    void simple(BoundSelect select, List<OrderingTerm> terms, Scope scope) {
        checkCount(terms, "ORDER");
        List<BoundColumn> columns = select.columns();
        for (int i = 0; i < terms.size(); i++) {
            Expr term = terms.get(i).expr();
            int column = aliasPosition(term, columns);
            if (column < 0) {
                column = ordinal(term, columns.size(), i + 1, "ORDER");
            }
            BoundExpr expr;
            if (column >= 0) {
                expr = withCollation(term, columns.get(column).expr());
            } else {
                expr = names.expressions().scalar(term, scope);
                column = equalColumn(expr, columns);
                expr = collatedAgain(expr, column);
            }
            select.orderBy().add(order(terms.get(i), expr, column));
        }
    }

    private static void checkCount(List<?> terms, String clause) {
        if (terms.size() > SelectResolver.MAX_COLUMNS) {
            throw SqlError.of("too many terms in " + clause + " BY clause");
        }
    }

    void groupBy(BoundSelect select, List<Expr> terms, Scope scope) {
        checkCount(terms, "GROUP");
        int before = select.aggregates().size();
        for (int i = 0; i < terms.size(); i++) {
            int column = ordinal(terms.get(i), select.columns().size(), i + 1, "GROUP");
            BoundExpr expr;
            if (column >= 0) {
                expr = withCollation(terms.get(i), select.columns().get(column).expr());
            } else {
                expr = names.expressions().scalar(terms.get(i), scope);
                expr = collatedAgain(expr, equalColumn(expr, select.columns()));
            }
            if (Traits.hasAggregate(expr, select) || select.aggregates().size() > before) {
                throw SqlError.of("aggregate functions are not allowed in the GROUP BY clause");
            }
            Trees.walk(expr, part -> {
                if (part instanceof BoundExpr.WindowCall call) {
                    throw SqlError.of(
                            "misuse of window function " + call.function().name() + "()");
                }
            });
            select.groupBy().add(expr);
        }
    }

    static BoundOrder order(OrderingTerm term, BoundExpr expr, int column) {
        boolean nullsLast = term.nulls() == null ? term.isDescending() : term.nulls() == OrderingTerm.Nulls.LAST;
        return new BoundOrder(expr, term.isDescending(), nullsLast, column);
    }

    private static Expr withoutCollate(Expr expr) {
        Expr inner = expr;
        while (inner instanceof Expr.Collate collate) {
            inner = collate.operand();
        }
        return inner;
    }

    private static BoundExpr withCollation(Expr term, BoundExpr expr) {
        return term instanceof Expr.Collate collate
                ? new BoundExpr.Collate(expr, collate.collation().text())
                : expr;
    }

    /** A result column with COLLATE that is written out again counts as another expression than its ordinal: so it does in SQLite. */
    private static BoundExpr collatedAgain(BoundExpr expr, int column) {
        return column >= 0 && expr instanceof BoundExpr.Collate collate
                ? new BoundExpr.Collate(expr, collate.collation())
                : expr;
    }

    /** Position of the result column with that alias, or -1. */
    private static int aliasPosition(Expr term, List<BoundColumn> columns) {
        Expr inner = withoutCollate(term);
        if (inner instanceof Expr.ColumnName name && name.table() == null) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).alias()
                        && AsciiCase.same(columns.get(i).name(), name.column().text())) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static int equalColumn(BoundExpr expr, List<BoundColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (Traits.same(expr, columns.get(i).expr())) {
                return i;
            }
        }
        return -1;
    }

    /** Position for a term that is an integer, or -1 if it is none. */
    private static int ordinal(Expr term, int columnCount, int termNumber, String clause) {
        Long number = integer(withoutCollate(term));
        if (number == null) {
            return -1;
        }
        if (number < 1 || number > columnCount) {
            throw SqlError.of(SqlError.ordinal(termNumber) + " " + clause
                    + " BY term out of range - should be between 1 and " + columnCount);
        }
        return number.intValue() - 1;
    }

    private static Long integer(Expr expr) {
        if (expr instanceof Expr.NumericLiteral literal
                && Literals.number(literal.text()) instanceof Long value
                && value <= Integer.MAX_VALUE) {
            return value;
        }
        if (expr instanceof Expr.Unary unary) {
            Long value = integer(unary.operand());
            if (value != null && unary.op() == Expr.UnaryOp.PLUS) {
                return value;
            }
            if (value != null && unary.op() == Expr.UnaryOp.NEGATE) {
                return -value;
            }
        }
        return null;
    }

    /** ORDER BY of a compound: each term must be an ordinal, an alias or an expression of one of its queries. */
    void compound(BoundSelect compound, List<OrderingTerm> terms, Scope scope) {
        if (terms.isEmpty()) {
            return;
        }
        checkCount(terms, "ORDER");
        List<BoundSelect> cores = new ArrayList<>();
        collectCores(compound, cores);
        int width = compound.columns().size();
        for (int i = 0; i < terms.size(); i++) {
            Expr term = terms.get(i).expr();
            int column = ordinal(term, width, i + 1, "ORDER");
            for (int j = 0; column < 0 && j < cores.size(); j++) {
                column = aliasPosition(term, cores.get(j).columns());
                if (column < 0) {
                    column = expressionPosition(withoutCollate(term), cores.get(j), scope);
                }
            }
            if (column < 0) {
                throw SqlError.of(
                        SqlError.ordinal(i + 1) + " ORDER BY term does not match any column in the result set");
            }
            BoundExpr expr = withCollation(term, compound.columns().get(column).expr());
            compound.orderBy().add(order(terms.get(i), expr, column));
        }
    }

    private static void collectCores(BoundSelect select, List<BoundSelect> cores) {
        if (select.isCompound()) {
            collectCores(select.compoundLeft(), cores);
            collectCores(select.compoundRight(), cores);
        } else {
            cores.add(select);
        }
    }

    private int expressionPosition(Expr term, BoundSelect core, Scope outer) {
        QueryScope query = new QueryScope(core);
        query.clause(QueryScope.Clause.ORDER_BY);
        query.aggregate(core.isAggregate());
        Scope scope = Scope.of(core.sources(), outer).query(query);
        BoundExpr expr;
        int calls = core.windowCalls().size();
        try {
            expr = names.expressions().scalar(term, scope);
        } catch (DatabaseException notOfThisCore) {
            // The term may still be one of another core; if it is of none, the caller says so.
            return -1;
        } finally {
            core.windowCalls().subList(calls, core.windowCalls().size()).clear();
        }
        for (int i = 0; i < core.columns().size(); i++) {
            if (Traits.sameApartFromCollation(expr, core.columns().get(i).expr())) {
                return i;
            }
        }
        return -1;
    }
}
