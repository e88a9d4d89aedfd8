package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.FromItem;
import dev.verso.parser.ast.Select.ResultColumn;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Catalog;
import dev.verso.sql.schema.Table;
import dev.verso.vm.function.FunctionRegistry;
import java.util.List;

/**
 * Name resolution: AST to bound tree. One resolver serves one statement (parameters and query numbers count through it); all methods
 * throw {@link dev.verso.error.DatabaseException} ERROR with SQLite's message.
 */
public final class Resolver {
    /** @param sql the text that the spans of the trees refer to: result columns are named by it */
    public Resolver(Catalog catalog, FunctionRegistry functions, Parameters parameters, String sql) {}

    /** Limits tables without a schema name to that schema (temp sees all): for bodies of views and triggers. Null lifts the limit. */
    public void inSchema(String schemaName) {
        throw new UnsupportedOperationException();
    }

    /** Resolves a query. @param scope of what stands around it; {@link Scope#none} for a statement of its own */
    public BoundSelect select(Select select, Scope scope) {
        throw new UnsupportedOperationException();
    }

    /** Resolves an expression that must be one value (a row value where one is allowed is {@link #vector}'s). */
    public BoundExpr expr(Expr expr, Scope scope) {
        throw new UnsupportedOperationException();
    }

    /** Resolves an expression that may be a row value or a row subquery. */
    public BoundExpr vector(Expr expr, Scope scope) {
        throw new UnsupportedOperationException();
    }

    /** Resolves RETURNING: stars are expanded over the scope's first source. */
    public List<BoundColumn> returning(List<ResultColumn> columns, Scope scope) {
        throw new UnsupportedOperationException();
    }

    /** Resolves FROM of an UPDATE after its target: sources to the right of {@code first}; their inner conditions are put in front of WHERE by {@link FromClause}. */
    public FromClause from(List<FromItem> items, Source first, Scope outer) {
        throw new UnsupportedOperationException();
    }

    /** A resolved FROM. @param condition of inner joins, or null */
    public record FromClause(List<Source> sources, BoundExpr condition) {}

    /** The scope in which a statement with that WITH is resolved; {@code with} may be null. */
    public Scope with(Select.With with, Scope outer) {
        throw new UnsupportedOperationException();
    }

    /** A source for a table (not a view) that is written or whose expressions are resolved, under that name. */
    public Source source(Table table, String name) {
        throw new UnsupportedOperationException();
    }

    /** The table or view of that name; fails with {@code no such table: x}. */
    public Table table(String schemaName, String tableName) {
        throw new UnsupportedOperationException();
    }

    /** Works out the columns of a view (name, declared type, affinity, collation) and fills them in; does nothing if it is done already. */
    public void resolveView(Table view) {
        throw new UnsupportedOperationException();
    }
}
