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
import java.util.ArrayList;
import java.util.List;

/**
 * Name resolution: AST to bound tree. One resolver serves one statement (parameters and query numbers count through it); all methods
 * throw {@link dev.verso.error.DatabaseException} ERROR with SQLite's message.
 */
public final class Resolver {
    private final Names names;

    /** @param sql the text that the spans of the trees refer to: result columns are named by it; null if there is none */
    public Resolver(Catalog catalog, FunctionRegistry functions, Parameters parameters, String sql) {
        names = new Names(catalog, functions, parameters, sql);
    }

    /** How many parameters the statement has, wherever they stand. */
    public int parameterCount() {
        return names.parameters().count();
    }

    /** Limits tables without a schema name to that schema (temp sees all): for bodies of views and triggers. Null lifts the limit. */
    public void inSchema(String schemaName) {
        names.schemaLimit(schemaName);
    }

    /** Tells the listener of the names in the text that this resolver was made for. */
    public void listener(NameListener listener) {
        names.listener(listener);
    }

    /** Whether {@code "x"} that names no column is a string; if not, it is an error. */
    public void stringsInDoubleQuotes(boolean allowed) {
        names.stringsInDoubleQuotes(allowed);
    }

    /** Calls result columns as PRAGMA full_column_names and short_column_names want it. */
    public void naming(ColumnNaming naming) {
        names.naming(naming);
    }

    /** The result columns of the statement's query under the names that the connection wants. */
    public List<BoundColumn> labels(List<BoundColumn> columns) {
        return names.queries().labels(columns);
    }

    /** Resolves a query. @param scope of what stands around it; {@link Scope#none} for a statement of its own */
    public BoundSelect select(Select select, Scope scope) {
        BoundSelect bound = names.queries().select(select, scope);
        names.numberSelects();
        return bound;
    }

    /** Resolves the whole of a WHERE. */
    public BoundExpr condition(Expr expr, Scope scope) {
        BoundExpr bound = names.expressions().condition(expr, scope);
        names.numberSelects();
        return bound;
    }

    /** What the columns of a table are called that a query makes: each name once. */
    public static List<String> columnNames(BoundSelect select) {
        return ColumnNames.unique(select);
    }

    /** Resolves an expression that must be one value (a row value where one is allowed is {@link #vector}'s). */
    public BoundExpr expr(Expr expr, Scope scope) {
        BoundExpr bound = names.expressions().scalar(expr, scope);
        names.numberSelects();
        return bound;
    }

    /** Resolves an expression that may be a row value or a row subquery. */
    public BoundExpr vector(Expr expr, Scope scope) {
        BoundExpr bound = names.expressions().any(expr, scope);
        names.numberSelects();
        return bound;
    }

    /** How many queries have a number so far. */
    public int selectCount() {
        return names.selectCount();
    }

    /** Goes on numbering behind that: for what is resolved a second time, and for queries that are not resolved as such. */
    public void selectCount(int count) {
        names.selectCount(count);
    }

    /** Resolves RETURNING: stars are expanded over the scope's first source. */
    public List<BoundColumn> returning(List<ResultColumn> columns, Scope scope) {
        List<BoundColumn> result = new ArrayList<>();
        for (ResultColumn column : columns) {
            if (column instanceof Select.TableStar) {
                throw SqlError.of("RETURNING may not use \"TABLE.*\" wildcards");
            }
        }
        names.queries().stars().resultColumns(columns, scope, result);
        names.numberSelects();
        return ColumnLabels.of(names, columns, result, result);
    }

    /** Resolves FROM of an UPDATE after its target: sources to the right of {@code first}, which is not among them. */
    public FromClause from(List<FromItem> items, Source first, Scope outer) {
        FromResolver.Joined joined = names.from().resolve(items, first, outer);
        List<Source> all = new ArrayList<>();
        all.add(first);
        all.addAll(joined.sources());
        Scope scope = Scope.of(all, outer);
        BoundExpr condition = names.from().conditions(joined, scope);
        names.numberSelects();
        return new FromClause(joined.sources(), condition);
    }

    /** A resolved FROM. @param condition of inner joins, or null */
    public record FromClause(List<Source> sources, BoundExpr condition) {}

    /** The scope in which a statement with that WITH is resolved; {@code with} may be null. */
    public Scope with(Select.With with, Scope outer) {
        return names.from().with(with, outer);
    }

    /** A source for a table (not a view) that is written or whose expressions are resolved, under that name. */
    public Source source(Table table, String name) {
        return new Source(table, null, name);
    }

    /** The target of UPDATE or DELETE: a table, or a view as a query, with its alias and index hints. */
    public Source target(Select.TableSource target) {
        Table table = table(
                target.schema() == null ? null : target.schema().text(),
                target.table().text());
        String name = target.alias() == null ? table.name() : target.alias().text();
        if (table.isView()) {
            Source source = names.viewSource(table, name);
            source.aliased(target.alias() != null);
            names.numberSelects();
            return source;
        }
        Source source = new Source(table, null, name);
        source.aliased(target.alias() != null);
        names.from().indexHint(target, source);
        return source;
    }

    /** The table or view of that name; fails with {@code no such table: x}. */
    public Table table(String schemaName, String tableName) {
        return names.table(schemaName, tableName);
    }

    /** A reference to a column of a source by position ({@link Source#ROWID} for the rowid), as a name would give it. */
    public BoundExpr column(Source source, int column) {
        return names.expressions().columns().reference(source, column);
    }

    /** Works out the columns of a view (name, declared type, affinity, collation) and fills them in; does nothing if it is done already. */
    public void resolveView(Table view) {
        names.resolveView(view);
    }
}
