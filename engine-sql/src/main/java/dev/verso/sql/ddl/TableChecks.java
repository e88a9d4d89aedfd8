package dev.verso.sql.ddl;

import dev.verso.parser.ast.Expr;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.DefinitionMistake;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;

/** What the parts of a table's definition refer to: columns of CHECKs and generated columns, collations, constant defaults. */
public final class TableChecks {
    private final WriteContext context;

    public TableChecks(WriteContext context) {
        this.context = context;
    }

    /** Fails with SQLite's words if a part of the definition refers to what is not there or must not be there. */
    public void check(Table table) {
        checkDefaults(table);
        Source source = context.resolver().source(table, table.name());
        for (Table.Check check : table.checks()) {
            context.resolver().expr(check.condition(), Scope.of(source).use(ScopeUse.CHECK));
        }
        for (Column column : table.columns()) {
            if (column.generated() != null) {
                context.resolver()
                        .expr(
                                column.generated(),
                                Scope.of(source).use(ScopeUse.GENERATED_COLUMN).defining());
            }
        }
        for (Index index : table.indexes()) {
            for (Index.Part part : index.parts()) {
                KeyOrders.collation(context.code().session(), part.collation());
            }
        }
    }

    /** Fails if a default is not constant, or a collation is not known. */
    public void checkDefaults(Table table) {
        for (Column column : table.columns()) {
            KeyOrders.collation(context.code().session(), column.collation());
            if (column.defaultValue() != null && !isConstant(column.defaultValue())) {
                throw DefinitionMistake.atOnce("default value of column [" + column.name() + "] is not constant");
            }
        }
    }

    private boolean isConstant(Expr value) {
        BoundExpr bound;
        context.resolver().stringsInDoubleQuotes(false);
        try {
            bound = context.resolver().expr(value, Scope.none());
        } catch (dev.verso.error.DatabaseException e) {
            if (e.getMessage().startsWith("no such column")) {
                return false;
            }
            if (WriteContext.isUnknownFunction(e)) {
                // A function is sought when the default is wanted; a window is none of a constant's.
                return !(value instanceof Expr.FunctionCall call) || call.filter() == null && call.over() == null;
            }
            throw e;
        } finally {
            context.resolver().stringsInDoubleQuotes(true);
        }
        return isConstant(bound);
    }

    private static boolean isConstant(BoundExpr expr) {
        if (expr instanceof BoundExpr.Parameter || dev.verso.sql.bound.Trees.subselect(expr) != null) {
            return false;
        }
        for (BoundExpr operand : dev.verso.sql.bound.Trees.children(expr)) {
            if (!isConstant(operand)) {
                return false;
            }
        }
        return true;
    }
}
