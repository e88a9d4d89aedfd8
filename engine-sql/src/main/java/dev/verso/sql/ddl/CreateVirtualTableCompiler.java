package dev.verso.sql.ddl;

import dev.verso.parser.ast.Definition.CreateVirtualTable;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** Code of CREATE VIRTUAL TABLE: the row of {@code sqlite_schema} comes first, so that the module may make its shadow tables beside it. */
final class CreateVirtualTableCompiler {
    private final WriteContext context;
    private final Schemas schemas;
    private final CreateVirtualTable definition;

    CreateVirtualTableCompiler(WriteContext context, Schemas schemas, CreateVirtualTable definition) {
        this.context = context;
        this.schemas = schemas;
        this.definition = definition;
    }

    void compile() {
        String name = definition.name().text();
        Schema schema = DefinitionCompiler.schemaOf(context, schemas, false, definition.schema());
        DefinitionCompiler.checkName(context, name);
        if (CreateTableCompiler.exists(context, schema, definition.name(), definition.ifNotExists())) {
            return;
        }
        ProgramBuilder builder = context.builder();
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        rows.initializeHeader();
        rows.complete(rows.reserve(), "table", name, 0, text());
        rows.changeCookie();
        rows.parse(name);
        int register = builder.newRegister();
        builder.add(Opcode.String8, 0, register, 0, name, 0);
        builder.add(Opcode.VCreate, schema.database(), register);
    }

    /** The text for {@code sqlite_schema}: from the table's name to the end. */
    private String text() {
        int start = definition.name().span().start();
        return "CREATE VIRTUAL TABLE "
                + context.sql().substring(start, definition.span().end());
    }
}
