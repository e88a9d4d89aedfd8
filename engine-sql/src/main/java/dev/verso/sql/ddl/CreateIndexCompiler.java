package dev.verso.sql.ddl;

import dev.verso.parser.ast.Definition.CreateIndex;
import dev.verso.parser.ast.Expr;
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
                context.code().reads(schema.database());
                return;
            }
            throw WriteContext.error("index " + name + " already exists");
        }
        if (definition.columns().size() > context.code().session().limit(Limit.COLUMN)) {
            throw WriteContext.error("too many columns in index");
        }
        if (definition.where() != null && !firstColumnIsUnknown(table)) {
            Source row = context.resolver().source(table, table.name());
            context.resolver()
                    .expr(
                            definition.where(),
                            Scope.of(row).use(ScopeUse.PARTIAL_INDEX).defining());
        }
        Index index = IndexBuilder.build(table, definition);
        check(table, index);
        emit(schema, table, index);
    }

    /** WHERE is looked at first, but a first column that is not there is what SQLite reports. */
    private boolean firstColumnIsUnknown(Table table) {
        Expr first = definition.columns().get(0).expr();
        return first instanceof Expr.ColumnName name
                && name.table() == null
                && table.columnIndex(name.column().text()) < 0
                && !table.isRowidName(name.column().text());
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

    private void check(Table table, Index index) {
        Source source = context.resolver().source(table, table.name());
        for (Index.Part part : index.parts()) {
            KeyOrders.collation(context.code().session(), part.collation());
            if (part.column() == Index.EXPRESSION) {
                context.resolver()
                        .expr(
                                part.expression(),
                                Scope.of(source).use(ScopeUse.INDEX_EXPRESSION).defining());
            }
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
