package dev.verso.sql.ddl;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Definition.CreateIndex;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.IndexBuilder;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.IndexFill;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Limit;

/** Code of CREATE INDEX. */
final class CreateIndexCompiler {
    private final WriteContext context;
    private final Schemas schemas;
    private final CreateIndex definition;

    CreateIndexCompiler(WriteContext context, Schemas schemas, CreateIndex definition) {
        this.context = context;
        this.schemas = schemas;
        this.definition = definition;
    }

    void compile() {
        IndexBuilder.refuseNulls(definition);
        String name = definition.name().text();
        Table table = findTable();
        Schema schema = table.schema();
        if (AsciiCase.lower(table.name()).startsWith("sqlite_")) {
            throw WriteContext.error("table " + table.name() + " may not be indexed");
        }
        if (table.isView()) {
            throw WriteContext.error("views may not be indexed");
        }
        if (table.kind() == Table.Kind.VIRTUAL) {
            throw WriteContext.error("virtual tables may not be indexed");
        }
        DefinitionCompiler.checkName(context, name);
        if (schema.table(name) != null) {
            throw WriteContext.error("there is already a table named " + name);
        }
        if (schema.index(name) != null) {
            if (definition.ifNotExists()) {
                context.code().readsSchema(schema.database());
                return;
            }
            throw WriteContext.error("index " + name + " already exists");
        }
        if (definition.columns().size() > context.code().session().limit(Limit.COLUMN)) {
            throw WriteContext.error("too many columns in index");
        }
        check(table);
        emit(schema, table, IndexBuilder.build(table, definition));
    }

    /** Fails with what SQLite reports: it looks at WHERE, then at one column after the other, and tells the last mistake up to the first column. */
    private void check(Table table) {
        Source row = context.resolver().source(table, table.name());
        DatabaseException mistake = mistakeInWhere(row);
        for (OrderingTerm term : definition.columns()) {
            Expr seen = mistake == null ? term.expr() : seenAfterMistake(table, term.expr());
            if (seen == term.expr()) {
                check(table, row, term);
            } else if (seen != null) {
                resolve(row, seen);
            }
            if (mistake != null) {
                throw mistake;
            }
        }
    }

    private DatabaseException mistakeInWhere(Source row) {
        if (definition.where() != null) {
            try {
                context.resolver()
                        .expr(
                                definition.where(),
                                Scope.of(row).use(ScopeUse.PARTIAL_INDEX).defining());
            } catch (DatabaseException e) {
                if (e.code() != ResultCode.ERROR) {
                    throw e;
                }
                return e;
            }
        }
        return null;
    }

    /** What of a column SQLite resolves once there is a mistake, null for nothing: what it comes to before any operator or literal. */
    private static Expr seenAfterMistake(Table table, Expr expr) {
        if (expr instanceof Expr.StringLiteral) {
            return expr; // a name here
        }
        if (expr instanceof Expr.Binary binary
                && (binary.op() == Expr.BinaryOp.IS || binary.op() == Expr.BinaryOp.IS_NOT)
                && !(binary.right() instanceof Expr.NullLiteral)) {
            Expr right = binary.right();
            while (right instanceof Expr.Collate collate) {
                right = collate.operand();
            }
            if (right instanceof Expr.ColumnName name && name.table() == null) {
                boolean isTruth = IndexBuilder.isTruthValue(name)
                        && table.columnIndex(name.column().text()) < 0;
                return isTruth ? seenAfterMistake(table, binary.left()) : name;
            }
            return null;
        }
        return isSeenAfterMistake(expr) ? expr : null;
    }

    private static boolean isSeenAfterMistake(Expr expr) {
        if (expr instanceof Expr.FunctionCall call) {
            return call.arguments().isEmpty()
                    || isSeenAfterMistake(call.arguments().get(0));
        }
        if (expr instanceof Expr.IsNull test) {
            return isSeenAfterMistake(test.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            boolean isTest = binary.op() == Expr.BinaryOp.IS || binary.op() == Expr.BinaryOp.IS_NOT;
            return isTest && binary.right() instanceof Expr.NullLiteral && isSeenAfterMistake(binary.left());
        }
        if (expr instanceof Expr.ColumnName name) {
            boolean isString = name.table() == null && name.column().quoting() == Name.Quoting.DOUBLE;
            return !isString;
        }
        return expr instanceof Expr.Parameter
                || expr instanceof Expr.ScalarSubquery
                || expr instanceof Expr.Exists
                || expr instanceof Expr.InSelect;
    }

    private void resolve(Source row, Expr expr) {
        context.resolver()
                .expr(expr, Scope.of(row).use(ScopeUse.INDEX_EXPRESSION).defining());
    }

    private void check(Table table, Source row, OrderingTerm term) {
        Index.Part part = IndexBuilder.part(table, term);
        if (part.column() == Index.EXPRESSION) {
            resolve(row, part.expression());
        }
        KeyOrders.collation(context.code().session(), part.collation());
    }

    /** An unqualified index of a table of main or temp goes where the table is. */
    private Table findTable() {
        String tableName = definition.table().text();
        if (definition.schema() != null) {
            Schema schema = DefinitionCompiler.schemaOf(context, schemas, false, definition.schema());
            Table table = schemas.table(schema.name(), tableName);
            if (table == null && schema.database() == Schemas.TEMP) {
                boolean isNowhere = schemas.table(null, tableName) == null && schemas.eponymous(tableName) == null;
                throw WriteContext.error(
                        isNowhere
                                ? "no such table: " + tableName
                                : "cannot create a TEMP index on non-TEMP table \"" + tableName + "\"");
            }
            if (table == null) {
                refuseEponymous(tableName);
                throw WriteContext.error("no such table: " + schema.name() + "." + tableName);
            }
            return table;
        }
        Table table = schemas.schema(Schemas.TEMP).table(tableName);
        if (table == null) {
            table = schemas.table("main", tableName);
        }
        if (table == null) {
            refuseEponymous(tableName);
            throw WriteContext.error("no such table: main." + tableName);
        }
        return table;
    }

    private void refuseEponymous(String tableName) {
        if (schemas.eponymous(tableName) != null) {
            throw WriteContext.error("virtual tables may not be indexed");
        }
    }

    private void emit(Schema schema, Table table, Index index) {
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        int root = rows.createTree(true);
        String text = context.sql()
                .substring(
                        definition.name().span().start(), DefinitionCompiler.endWithoutSemicolon(context, definition));
        String sql = "CREATE" + (definition.unique() ? " UNIQUE" : "") + " INDEX " + text;
        rows.insert("index", index.name(), table.name(), root, sql);
        IndexFill.fill(context, index, root);
        rows.changeCookie(table.rootPage());
        rows.parse(table.name());
    }
}
