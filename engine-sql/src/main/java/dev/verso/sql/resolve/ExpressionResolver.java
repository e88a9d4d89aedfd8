package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Heights;
import dev.verso.parser.ast.Select;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ArithmeticOp;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Resolves expressions. */
final class ExpressionResolver {
    private static final int MAX_HEIGHT = 1000;

    /** The expression of the innermost query that is being resolved; null between two of them. */
    private Expr whole;
    /** Heights of the expressions around that query: SQLite limits their sum. */
    private int heightsAround;

    private final Names names;
    private final ColumnResolver columns;
    private final FunctionResolver functions;

    ExpressionResolver(Names names) {
        this.names = names;
        columns = new ColumnResolver(names);
        functions = new FunctionResolver(names);
    }

    ColumnResolver columns() {
        return columns;
    }

    FunctionResolver functions() {
        return functions;
    }

    /** An expression that must be one value. */
    BoundExpr scalar(Expr expr, Scope scope) {
        BoundExpr bound = any(expr, scope);
        if (bound instanceof BoundExpr.Vector) {
            throw SqlError.of("row value misused");
        }
        if (bound instanceof BoundExpr.Subquery) {
            checkWidth(Traits.width(bound), 1);
        }
        return bound;
    }

    /** The whole of a WHERE or ON. */
    BoundExpr condition(Expr expr, Scope scope) {
        return scalar(NestedRows.takenApart(expr), scope);
    }

    List<BoundExpr> scalars(List<Expr> exprs, Scope scope) {
        List<BoundExpr> bound = new ArrayList<>(exprs.size());
        for (Expr expr : exprs) {
            bound.add(scalar(expr, scope));
        }
        return bound;
    }

    private static void checkWidth(int columns, int expected) {
        if (columns != expected) {
            throw SqlError.of("sub-select returns " + columns + " columns - expected " + expected);
        }
    }

    /** An expression that may be a row value or a row subquery. */
    BoundExpr any(Expr expr, Scope scope) {
        names.enter(1);
        boolean isWhole = whole == null;
        if (isWhole) {
            whole = expr;
            if (heightsAround > 0) {
                checkHeight(heightsAround + Heights.of(expr));
            }
        }
        try {
            return resolve(expr, scope);
        } finally {
            if (isWhole) {
                whole = null;
            }
            names.leave(1);
        }
    }

    private static void checkHeight(int height) {
        if (height > MAX_HEIGHT) {
            throw SqlError.of("Expression tree is too large (maximum depth " + MAX_HEIGHT + ")");
        }
    }

    private BoundExpr resolve(Expr expr, Scope scope) {
        if (expr instanceof Expr.ColumnName column) {
            return columns.resolve(column, scope);
        } else if (expr instanceof Expr.NullLiteral) {
            return BoundExpr.Literal.NULL;
        } else if (expr instanceof Expr.NumericLiteral number) {
            return new BoundExpr.Literal(Literals.number(number.text()));
        } else if (expr instanceof Expr.StringLiteral string) {
            return new BoundExpr.Literal(string.value());
        } else if (expr instanceof Expr.BlobLiteral blob) {
            return new BoundExpr.Literal(Literals.blob(blob.hex()));
        } else if (expr instanceof Expr.CurrentTime time) {
            return functions.now(time.kind().name().toLowerCase(Locale.ROOT), scope);
        } else if (expr instanceof Expr.Parameter parameter) {
            prohibit("parameters", scope);
            return new BoundExpr.Parameter(names.parameters().number(parameter));
        } else if (expr instanceof Expr.Binary binary) {
            return binary(binary, scope);
        } else if (expr instanceof Expr.Unary unary) {
            return unary(unary, scope);
        } else if (expr instanceof Expr.FunctionCall call) {
            return functions.call(call, scope);
        } else if (expr instanceof Expr.IsNull isNull) {
            return isNull(isNull.operand(), isNull.negated(), scope);
        } else if (expr instanceof Expr.Like like) {
            return functions.like(like, scope);
        } else if (expr instanceof Expr.Between between) {
            return between(between, scope);
        } else if (expr instanceof Expr.InList in) {
            return inList(in, scope);
        } else if (expr instanceof Expr.InSelect in) {
            prohibit("subqueries", scope);
            BoundExpr operand = any(in.operand(), scope);
            return inSelect(operand, subquery(in.select(), scope), in.negated());
        } else if (expr instanceof Expr.InTable in) {
            return inTable(in, scope);
        } else if (expr instanceof Expr.Exists exists) {
            prohibit("subqueries", scope);
            return new BoundExpr.Exists(subquery(exists.select(), scope));
        } else if (expr instanceof Expr.ScalarSubquery scalar) {
            prohibit("subqueries", scope);
            return new BoundExpr.Subquery(subquery(scalar.select(), scope));
        } else if (expr instanceof Expr.Case choice) {
            return choice(choice, scope);
        } else if (expr instanceof Expr.Cast cast) {
            return new BoundExpr.Cast(
                    scalar(cast.operand(), scope), TypeAffinity.of(cast.type().text()));
        } else if (expr instanceof Expr.Collate collate) {
            return new BoundExpr.Collate(
                    scalar(collate.operand(), scope), collate.collation().text());
        } else if (expr instanceof Expr.RowValue row) {
            return new BoundExpr.Vector(scalars(row.elements(), scope));
        } else if (expr instanceof Expr.Raise raise) {
            if (!scope.isInTrigger()) {
                throw SqlError.of("RAISE() may only be used within a trigger-program");
            }
            return new BoundExpr.Raise(raise.action(), raise.message() == null ? null : scalar(raise.message(), scope));
        }
        throw new AssertionError("expression " + expr.getClass());
    }

    private static void prohibit(String what, Scope scope) {
        if (scope.use() != ScopeUse.STATEMENT) {
            throw SqlError.of(what + " prohibited in " + scope.use().text());
        }
    }

    private BoundSelect subquery(Select select, Scope scope) {
        Expr around = whole;
        int before = heightsAround;
        heightsAround += Heights.of(around);
        whole = null;
        try {
            BoundSelect bound = names.queries().select(select, scope);
            noteOuterSources(bound, scope);
            return bound;
        } finally {
            whole = around;
            heightsAround = before;
        }
    }

    /** What a subquery takes from further out, the queries around it take from there too. */
    private static void noteOuterSources(BoundSelect inner, Scope scope) {
        for (Scope at = scope; at != null; at = at.outer()) {
            BoundSelect select = at.select();
            if (select == null) {
                continue;
            }
            for (var source : inner.outerSources()) {
                if (!select.sources().contains(source)) {
                    select.outerSources().add(source);
                }
            }
            return;
        }
    }

    // ---- operators

    private BoundExpr unary(Expr.Unary unary, Scope scope) {
        if (unary.op() == Expr.UnaryOp.NEGATE && unary.operand() instanceof Expr.NumericLiteral number) {
            if (Literals.isMinimumWhenNegated(number.text())) {
                return BoundExpr.Literal.of(Long.MIN_VALUE);
            }
            Object value = Literals.number(number.text());
            if (value instanceof Long integer) {
                if (integer == Long.MIN_VALUE) {
                    throw SqlError.of("hex literal too big: -" + number.text());
                }
                return BoundExpr.Literal.of(-integer);
            }
            return new BoundExpr.Literal(-(Double) value);
        }
        BoundExpr operand = scalar(unary.operand(), scope);
        return switch (unary.op()) {
            case NEGATE -> new BoundExpr.Negate(operand);
            case PLUS -> new BoundExpr.Plus(operand);
            case BIT_NOT -> new BoundExpr.BitNot(operand);
            case NOT -> new BoundExpr.Not(operand);
        };
    }

    private BoundExpr binary(Expr.Binary binary, Scope scope) {
        return switch (binary.op()) {
            case OR -> new BoundExpr.Or(scalar(binary.left(), scope), scalar(binary.right(), scope));
            case AND -> and(binary, scope);
            case EQUAL -> comparison(ComparisonOp.EQUAL, binary, scope);
            case NOT_EQUAL -> comparison(ComparisonOp.NOT_EQUAL, binary, scope);
            case LESS -> comparison(ComparisonOp.LESS, binary, scope);
            case LESS_EQUAL -> comparison(ComparisonOp.LESS_EQUAL, binary, scope);
            case GREATER -> comparison(ComparisonOp.GREATER, binary, scope);
            case GREATER_EQUAL -> comparison(ComparisonOp.GREATER_EQUAL, binary, scope);
            case IS -> is(binary, false, scope);
            case IS_NOT -> is(binary, true, scope);
            case BIT_AND -> arithmetic(ArithmeticOp.BIT_AND, binary, scope);
            case BIT_OR -> arithmetic(ArithmeticOp.BIT_OR, binary, scope);
            case SHIFT_LEFT -> arithmetic(ArithmeticOp.SHIFT_LEFT, binary, scope);
            case SHIFT_RIGHT -> arithmetic(ArithmeticOp.SHIFT_RIGHT, binary, scope);
            case ADD -> arithmetic(ArithmeticOp.ADD, binary, scope);
            case SUBTRACT -> arithmetic(ArithmeticOp.SUBTRACT, binary, scope);
            case MULTIPLY -> arithmetic(ArithmeticOp.MULTIPLY, binary, scope);
            case DIVIDE -> arithmetic(ArithmeticOp.DIVIDE, binary, scope);
            case REMAINDER -> arithmetic(ArithmeticOp.REMAINDER, binary, scope);
            case CONCAT -> arithmetic(ArithmeticOp.CONCAT, binary, scope);
            case ARROW -> functions.builtIn("->", List.of(scalar(binary.left(), scope), scalar(binary.right(), scope)));
            case DOUBLE_ARROW ->
                functions.builtIn("->>", List.of(scalar(binary.left(), scope), scalar(binary.right(), scope)));
        };
    }

    private BoundExpr and(Expr.Binary binary, Scope scope) {
        BoundExpr left = scalar(binary.left(), scope);
        BoundExpr right = scalar(binary.right(), scope);
        return new BoundExpr.And(left, right);
    }

    private BoundExpr arithmetic(ArithmeticOp op, Expr.Binary binary, Scope scope) {
        BoundExpr left = scalar(binary.left(), scope);
        return new BoundExpr.Arithmetic(op, left, scalar(binary.right(), scope));
    }

    private BoundExpr comparison(ComparisonOp op, Expr.Binary binary, Scope scope) {
        BoundExpr left = any(binary.left(), scope);
        BoundExpr right = any(binary.right(), scope);
        checkSameWidth(left, right);
        return new BoundExpr.Comparison(op, left, right);
    }

    private static void checkSameWidth(BoundExpr left, BoundExpr right) {
        if (Traits.width(left) != Traits.width(right)) {
            throw SqlError.of("row value misused");
        }
    }

    private BoundExpr is(Expr.Binary binary, boolean negated, Scope scope) {
        if (binary.right() instanceof Expr.NullLiteral) {
            return isNull(binary.left(), negated, scope);
        }
        Expr right = binary.right();
        while (right instanceof Expr.Collate collate) {
            right = collate.operand();
        }
        if (right instanceof Expr.ColumnName name && columns.isTruthValue(name, scope)) {
            boolean truth = AsciiCase.same(name.column().text(), "true");
            return new BoundExpr.IsTruth(scalar(binary.left(), scope), truth, negated);
        }
        return comparison(negated ? ComparisonOp.IS_NOT : ComparisonOp.IS, binary, scope);
    }

    /**
     * In WHERE, what can be seen never to be NULL is not asked: the answer is a constant, so a partial index finds no such condition there, and a
     * subquery does not depend on a column of which it only asks that.
     */
    private BoundExpr isNull(Expr operand, boolean negated, Scope scope) {
        if (!isInWhereOnly(scope)) {
            return new BoundExpr.IsNull(scalar(operand, scope), negated);
        }
        List<Set<Source>> before = new ArrayList<>();
        for (Scope at = scope; at != null; at = at.outer()) {
            before.add(
                    at.select() == null ? null : new LinkedHashSet<>(at.select().outerSources()));
        }
        BoundExpr value = scalar(operand, scope);
        if (!isNeverNull(value)) {
            return new BoundExpr.IsNull(value, negated);
        }
        int level = 0;
        for (Scope at = scope; at != null; at = at.outer(), level++) {
            if (at.select() != null) {
                at.select().outerSources().retainAll(before.get(level));
            }
        }
        return BoundExpr.Literal.of(negated ? 1 : 0);
    }

    private static boolean isNeverNull(BoundExpr value) {
        BoundExpr inner = value;
        while (inner instanceof BoundExpr.Plus || inner instanceof BoundExpr.Negate) {
            inner = Trees.children(inner).get(0);
        }
        return (inner instanceof BoundExpr.Literal || inner instanceof BoundExpr.ColumnRef) && !Traits.mayBeNull(inner);
    }

    /** True in WHERE and ON of a query, and of the queries around it. */
    private static boolean isInWhereOnly(Scope scope) {
        for (Scope at = scope; at != null; at = at.outer()) {
            boolean isWhere =
                    at.query() == null ? at.sources().isEmpty() : at.query().clause() == QueryScope.Clause.WHERE;
            if (!isWhere) {
                return false;
            }
        }
        return scope.select() != null && scope.use() == ScopeUse.STATEMENT;
    }

    private BoundExpr between(Expr.Between between, Scope scope) {
        BoundExpr operand = any(between.operand(), scope);
        BoundExpr low = any(between.low(), scope);
        BoundExpr high = any(between.high(), scope);
        checkSameWidth(operand, low);
        checkSameWidth(operand, high);
        return new BoundExpr.Between(operand, low, high, between.negated());
    }

    // ---- IN

    private BoundExpr inList(Expr.InList in, Scope scope) {
        BoundExpr operand = any(in.operand(), scope);
        if (in.list().isEmpty()) {
            return BoundExpr.Literal.of(in.negated() ? 1 : 0);
        }
        int width = Traits.width(operand);
        if (width == 1 && in.list().size() == 1) {
            BoundExpr only = scalars(in.list(), scope).get(0);
            if (Traits.isConstant(only) && !(only instanceof BoundExpr.Collate)) {
                // As SQLite does, so that plans are the same; the plus takes away what the value could say about the
                // comparison.
                BoundExpr equal =
                        new BoundExpr.Comparison(BoundExpr.ComparisonOp.EQUAL, operand, new BoundExpr.Plus(only));
                return in.negated() ? new BoundExpr.Not(equal) : equal;
            }
            return new BoundExpr.InList(operand, List.of(only), in.negated());
        }
        if (width == 1) {
            return new BoundExpr.InList(operand, scalars(in.list(), scope), in.negated());
        }
        if (!(operand instanceof BoundExpr.Vector)) {
            throw SqlError.of("sub-select returns " + width + " columns - expected 1");
        }
        // A list of rows is a VALUES query.
        BoundSelect values = new BoundSelect();
        names.register(values, new Select.Values(in.span(), List.of()));
        Scope inner = Scope.of(List.of(), scope).query(new QueryScope(values));
        for (Expr element : in.list()) {
            BoundExpr row = any(element, inner);
            int terms =
                    row instanceof BoundExpr.Vector vector ? vector.elements().size() : 1;
            if (terms != width) {
                throw SqlError.of(
                        "IN(...) element has " + terms + (terms == 1 ? " term" : " terms") + " - expected " + width);
            }
            values.valuesRows().add(((BoundExpr.Vector) row).elements());
        }
        int number = 1;
        for (BoundExpr value : values.valuesRows().get(0)) {
            values.columns().add(new dev.verso.sql.bound.BoundColumn(value, "column" + number++, false));
        }
        return new BoundExpr.InSelect(operand, values, in.negated());
    }

    private static BoundExpr inSelect(BoundExpr operand, BoundSelect select, boolean negated) {
        checkWidth(select.columns().size(), Traits.width(operand));
        return new BoundExpr.InSelect(operand, select, negated);
    }

    private BoundExpr inTable(Expr.InTable in, Scope scope) {
        prohibit("subqueries", scope);
        Select.Source source = in.arguments() == null
                ? new Select.TableSource(in.span(), in.schema(), in.table(), null, null, false)
                : new Select.FunctionSource(in.span(), in.schema(), in.table(), in.arguments(), null);
        Select.Core core = new Select.Core(
                in.span(),
                false,
                List.of(new Select.Star(in.span())),
                List.of(new Select.FromItem(null, source, null, List.of())),
                null,
                List.of(),
                null,
                List.of());
        Select select = new Select(in.span(), null, core, List.of(), null, null);
        BoundExpr operand = any(in.operand(), scope);
        NameListener listener = names.listener();
        if (in.arguments() == null) {
            names.listener(null); // ALTER TABLE does not know such a name for one of a table: SQLite's does not
        }
        BoundSelect query = subquery(select, scope);
        names.listener(listener);
        return inSelect(operand, query, in.negated());
    }

    private BoundExpr choice(Expr.Case choice, Scope scope) {
        BoundExpr base = choice.base() == null ? null : any(choice.base(), scope);
        List<BoundExpr.When> whens = new ArrayList<>();
        if (base != null && Traits.width(base) > 1) {
            for (Expr.Case.When when : choice.whens()) {
                BoundExpr row = any(when.condition(), scope);
                checkSameWidth(base, row);
                BoundExpr same = new BoundExpr.Comparison(ComparisonOp.EQUAL, base, row);
                whens.add(new BoundExpr.When(same, scalar(when.result(), scope)));
            }
            return new BoundExpr.Case(
                    null, whens, choice.otherwise() == null ? null : scalar(choice.otherwise(), scope));
        }
        for (Expr.Case.When when : choice.whens()) {
            whens.add(new BoundExpr.When(scalar(when.condition(), scope), scalar(when.result(), scope)));
        }
        return new BoundExpr.Case(base, whens, choice.otherwise() == null ? null : scalar(choice.otherwise(), scope));
    }

    /** Affinity of a declared type (datatype3 §3.1); for CAST, NUMERIC rather than nothing. */
    static final class TypeAffinity {
        private TypeAffinity() {}

        static Affinity of(String declaredType) {
            String type = AsciiCase.upper(declaredType);
            if (type.contains("INT")) {
                return Affinity.INTEGER;
            }
            if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
                return Affinity.TEXT;
            }
            if (type.contains("BLOB")) {
                return Affinity.BLOB;
            }
            if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
                return Affinity.REAL;
            }
            return Affinity.NUMERIC;
        }
    }
}
