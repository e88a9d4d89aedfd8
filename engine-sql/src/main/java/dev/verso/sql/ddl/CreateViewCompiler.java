package dev.verso.sql.ddl;

import dev.verso.parser.ast.Definition.CreateView;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.DefinitionMistake;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.write.WriteContext;

/** Code of CREATE VIEW. The query is not looked at before the view is used: its tables may come later. */
final class CreateViewCompiler {
    private final WriteContext context;
    private final Schemas schemas;
    private final CreateView definition;

    CreateViewCompiler(WriteContext context, Schemas schemas, CreateView definition) {
        this.context = context;
        this.schemas = schemas;
        this.definition = definition;
    }

    void compile() {
        if (context.resolver().parameterCount() > 0) {
            throw WriteContext.error("parameters are not allowed in views");
        }
        String name = definition.name().text();
        boolean inTemp = definition.schema() == null
                || AsciiCase.same(definition.schema().text(), "temp");
        if (definition.temporary() && !inTemp) {
            throw DefinitionMistake.atOnce("temporary table name must be unqualified");
        }
        Schema schema = DefinitionCompiler.schemaOf(context, schemas, definition.temporary(), definition.schema());
        DefinitionCompiler.checkName(context, name);
        if (CreateTableCompiler.exists(context, schema, definition.name(), definition.ifNotExists())) {
            return;
        }
        new SchemaFixer("view", DefinitionCompiler.asWritten(context, definition.name()), schemas, schema)
                .check(definition.select());
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        rows.initializeHeader();
        String sql = "CREATE VIEW "
                + context.sql()
                        .substring(
                                definition.name().span().start(),
                                DefinitionCompiler.endWithoutSemicolon(context, definition))
                        .stripTrailing();
        rows.complete(rows.reserve(), "view", name, 0, sql);
        rows.changeCookie(new int[0]);
        rows.parse(name);
    }
}
