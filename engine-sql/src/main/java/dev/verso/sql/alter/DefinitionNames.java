package dev.verso.sql.alter;

import dev.verso.parser.SqlParser;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.CreateIndex;
import dev.verso.parser.ast.Definition.CreateTrigger;
import dev.verso.parser.ast.Definition.TriggerEvent;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement;
import dev.verso.sql.bound.Source;
import dev.verso.sql.resolve.NameListener;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Catalog;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.SchemaRow;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.Trigger;
import dev.verso.sql.write.WriteContext;
import java.util.ArrayList;
import java.util.List;

/** Resolves all names of a stored definition and tells a listener what they mean; fails with SQLite's words where one means nothing. */
final class DefinitionNames {
    private final WriteContext context;
    private final Catalog catalog;
    private final Schema schema;
    private final String sql;
    private final NameListener listener;
    private final Resolver resolver;

    /** @param schema where the definition is stored @param row has the definition's text @param strings whether double-quoted strings are allowed */
    DefinitionNames(
            WriteContext context,
            Catalog catalog,
            Schema schema,
            SchemaRow row,
            NameListener listener,
            boolean strings) {
        this.context = context;
        this.catalog = catalog;
        this.schema = schema;
        this.sql = row.sql();
        this.listener = listener;
        resolver = newResolver();
        resolver.listener(listener);
        resolver.stringsInDoubleQuotes(strings);
        resolver.inSchema(schema.name());
    }

    private Resolver newResolver() {
        return new Resolver(catalog, context.code().session().functions(), new Parameters(), sql);
    }

    void view(Table view) {
        resolver.select(view.view(), Scope.none());
    }

    // ---- tables and indexes

    /** CHECK constraints, and with {@code generatedToo} the expressions of generated columns. */
    void table(Table table, boolean generatedToo) {
        Source source = resolver.source(table, table.name());
        for (Table.Check check : table.checks()) {
            resolver.expr(check.condition(), Scope.of(source).use(ScopeUse.CHECK));
        }
        for (Column column : table.columns()) {
            if (generatedToo && column.generated() != null) {
                resolver.expr(
                        column.generated(),
                        Scope.of(source).use(ScopeUse.GENERATED_COLUMN).defining());
            }
        }
    }

    void index(Table table) {
        CreateIndex definition = (CreateIndex) SqlParser.parseNext(sql, 0).statement();
        keyColumns(table, definition.columns());
        if (definition.where() != null) {
            Source source = resolver.source(table, table.name());
            resolver.expr(
                    definition.where(),
                    Scope.of(source).use(ScopeUse.PARTIAL_INDEX).defining());
        }
    }

    /** Columns of an index, or of a PRIMARY KEY or UNIQUE constraint. */
    void keyColumns(Table table, List<OrderingTerm> terms) {
        for (OrderingTerm term : terms) {
            Expr expr = term.expr();
            while (expr instanceof Expr.Collate collate) {
                expr = collate.operand();
            }
            Name name = null;
            if (expr instanceof Expr.ColumnName column && column.table() == null) {
                name = column.column();
            } else if (expr instanceof Expr.StringLiteral text) {
                name = new Name(text.span(), text.value(), Name.Quoting.SINGLE);
            }
            if (name != null) {
                column(name, table);
                boolean isColumn = table.columnIndex(name.text()) >= 0 || table.isRowidName(name.text());
                if (!isColumn && name.quoting() == Name.Quoting.DOUBLE) {
                    listener.string(name);
                }
            } else {
                Source source = resolver.source(table, table.name());
                resolver.expr(
                        expr, Scope.of(source).use(ScopeUse.INDEX_EXPRESSION).defining());
            }
        }
    }

    /** Tells of a name that stands where only a column of that table can be meant. */
    void column(Name name, Table table) {
        int column = table.columnIndex(name.text());
        if (column >= 0) {
            listener.column(name, table, column == table.rowidColumn() ? Table.ROWID : column);
        } else if (table.isRowidName(name.text())) {
            listener.column(name, table, Table.ROWID);
        }
    }

    // ---- triggers

    void trigger(Trigger trigger) {
        CreateTrigger definition = trigger.definition();
        Schema schema = catalog.schema(trigger.tableSchema().name());
        Table table = schema == null ? null : catalog.table(schema.name(), trigger.tableName());
        if (table == null) { // a TEMP trigger outlives the database of its table
            String database = definition.tableSchema() == null
                    ? ""
                    : definition.tableSchema().text() + ".";
            throw WriteContext.error(
                    "no such table: " + database + definition.table().text());
        }
        viewColumns(table);
        listener.table(definition.table(), table);
        for (Name name : definition.columns()) {
            column(name, table);
        }
        TriggerEvent event = definition.event();
        Scope scope = Scope.trigger(table, event != TriggerEvent.DELETE, event != TriggerEvent.INSERT);
        if (definition.when() != null) {
            resolver.expr(definition.when(), scope);
        }
        for (Statement statement : definition.body()) {
            if (statement instanceof Statement.Query query) {
                resolver.select(query.select(), scope);
            } else if (statement instanceof Statement.Insert insert) {
                insert(insert, scope);
            } else if (statement instanceof Statement.Update update) {
                update(update, scope);
            } else if (statement instanceof Statement.Delete delete) {
                Source target = target(delete.target());
                if (delete.where() != null) {
                    resolver.expr(delete.where(), Scope.of(List.of(target), scope));
                }
            }
        }
    }

    private void viewColumns(Table table) {
        if (table.isView()) {
            newResolver().resolveView(table);
        }
    }

    private Source target(Select.TableSource written) {
        Source target = resolver.target(written);
        listener.table(written.table(), target.table() != null ? target.table() : target.view());
        return target;
    }

    private void insert(Statement.Insert insert, Scope scope) {
        if (insert.source() != null) {
            resolver.select(insert.source(), scope);
        }
        Table table = resolver.table(
                insert.schema() == null ? null : insert.schema().text(),
                insert.table().text());
        viewColumns(table);
        listener.table(insert.table(), table);
        for (Name name : insert.columns()) {
            column(name, table);
        }
        String name = insert.alias() == null ? table.name() : insert.alias().text();
        for (Statement.Upsert upsert : insert.upserts()) {
            Source target = resolver.source(table, name);
            target.aliased(insert.alias() != null);
            Scope inside = Scope.of(List.of(target), scope).excluded(resolver.source(table, table.name()));
            for (OrderingTerm term : upsert.target()) {
                resolver.expr(term.expr(), inside);
            }
            assignments(upsert.assignments(), table, inside);
            for (Expr condition : conditions(upsert.where(), upsert.targetWhere())) {
                resolver.expr(condition, inside);
            }
        }
    }

    private static List<Expr> conditions(Expr... exprs) {
        List<Expr> conditions = new ArrayList<>();
        for (Expr expr : exprs) {
            if (expr != null) {
                conditions.add(expr);
            }
        }
        return conditions;
    }

    private void update(Statement.Update update, Scope scope) {
        Source target = target(update.target());
        List<Source> sources = new ArrayList<>();
        sources.add(target);
        if (!update.from().isEmpty()) {
            sources.addAll(resolver.from(update.from(), target, scope).sources());
        }
        Scope inside = Scope.of(sources, scope);
        if (update.where() != null) {
            resolver.expr(update.where(), inside);
        }
        Table table = target.table() != null ? target.table() : target.view();
        viewColumns(table);
        assignments(update.assignments(), table, inside);
    }

    private void assignments(List<Statement.Assignment> assignments, Table table, Scope scope) {
        for (Statement.Assignment assignment : assignments) {
            for (Name name : assignment.columns()) {
                column(name, table);
            }
            resolver.vector(assignment.value(), scope);
        }
    }

    // ---- the definition of that row, whatever it is

    /** Resolves what SQLite resolves when it looks for strings in double quotes: everything but keys. */
    void all(SchemaRow row) {
        Statement definition = SqlParser.parseNext(sql, 0).statement();
        if (definition instanceof Definition.CreateView) {
            view(schema.table(row.name()));
        } else if (definition instanceof Definition.CreateTable) {
            table(schema.table(row.name()), true);
        } else if (definition instanceof CreateIndex) {
            index(schema.index(row.name()).table());
        } else if (definition instanceof CreateTrigger && schema.trigger(row.name()) != null) {
            trigger(schema.trigger(row.name()));
        }
    }
}
