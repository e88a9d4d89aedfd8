package dev.verso.sql.ddl;

import dev.verso.parser.ast.Definition.CreateTrigger;
import dev.verso.parser.ast.Definition.TriggerTime;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Statement;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.DefinitionMistake;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;

/** Code of CREATE TRIGGER. What the body names is looked for when the trigger fires, not before. */
final class CreateTriggerCompiler {
    private final WriteContext context;
    private final Schemas schemas;
    private final CreateTrigger definition;

    CreateTriggerCompiler(WriteContext context, Schemas schemas, CreateTrigger definition) {
        this.context = context;
        this.schemas = schemas;
        this.definition = definition;
    }

    void compile() {
        if (definition.temporary() && definition.schema() != null) {
            throw WriteContext.error("temporary trigger may not have qualified name");
        }
        String name = definition.name().text();
        Schema schema = schemaOfTrigger();
        SchemaFixer fixer =
                new SchemaFixer("trigger", DefinitionCompiler.asWritten(context, definition.name()), schemas, schema);
        fixer.checkSchema(definition.tableSchema());
        Table table = findTable(schema);
        if (table.kind() == Table.Kind.VIRTUAL) {
            throw WriteContext.error("cannot create triggers on virtual tables");
        }
        if (context.isProtected(table.schema(), table.name())) {
            throw WriteContext.error("cannot create triggers on shadow tables");
        }
        DefinitionCompiler.checkName(context, name);
        if (schema.trigger(name) != null) {
            if (definition.ifNotExists()) {
                context.code().readsSchema(schema.database());
                return;
            }
            throw WriteContext.error(
                    "trigger " + DefinitionCompiler.asWritten(context, definition.name()) + " already exists");
        }
        checkKind(schema, table);
        checkTargets(schema);
        fixer.check(definition);
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        String sql = "CREATE TRIGGER "
                + context.sql()
                        .substring(
                                definition.name().span().start(),
                                definition.span().end());
        rows.insert("trigger", name, table.name(), 0, sql);
        if (table.schema() == schema && !table.isView()) {
            rows.changeCookie(table.rootPage());
        } else {
            rows.changeCookie();
        }
        rows.parse(table.name());
    }

    /** A trigger without a schema goes where its table is if that is a temporary one. */
    private Schema schemaOfTrigger() {
        Schema schema = DefinitionCompiler.schemaOf(context, schemas, definition.temporary(), definition.schema());
        if (definition.schema() != null) {
            return schema;
        }
        Table table = schemas.table(tableSchema(), definition.table().text());
        return table != null && table.schema().database() == Schemas.TEMP ? table.schema() : schema;
    }

    private String tableSchema() {
        return definition.tableSchema() == null
                ? null
                : definition.tableSchema().text();
    }

    private Table findTable(Schema schema) {
        boolean anywhere = schema.database() == Schemas.TEMP;
        String where = anywhere ? tableSchema() : schema.name();
        Table table = schemas.table(where, definition.table().text());
        if (table == null && schemas.eponymous(definition.table().text()) != null) {
            throw WriteContext.error("cannot create triggers on virtual tables");
        }
        if (table == null) {
            throw WriteContext.error("no such table: " + (where == null ? "" : where + ".")
                    + definition.table().text());
        }
        return table;
    }

    /** Only a TEMP trigger may say in which database the tables are that it writes to. */
    private void checkTargets(Schema schema) {
        if (schema.database() == Schemas.TEMP) {
            return;
        }
        for (Statement statement : definition.body()) {
            Name written = null;
            if (statement instanceof Statement.Insert insert) {
                written = insert.schema();
            } else if (statement instanceof Statement.Update update) {
                written = update.target().schema();
            } else if (statement instanceof Statement.Delete delete) {
                written = delete.target().schema();
            }
            if (written != null) {
                throw DefinitionMistake.atOnce(
                        "qualified table names are not allowed on INSERT, UPDATE, and DELETE statements within triggers");
            }
        }
    }

    private void checkKind(Schema schema, Table table) {
        if (AsciiCase.lower(table.name()).startsWith("sqlite_")) {
            throw WriteContext.error("cannot create trigger on system table");
        }
        boolean insteadOf = definition.time() == TriggerTime.INSTEAD_OF;
        boolean showsSchema = schema.database() == Schemas.TEMP && definition.tableSchema() != null;
        String shown =
                (showsSchema ? tableSchema() + "." : "") + definition.table().text();
        if (table.isView() && !insteadOf) {
            String time = definition.time() == TriggerTime.AFTER ? "AFTER" : "BEFORE";
            throw WriteContext.error("cannot create " + time + " trigger on view: " + shown);
        }
        if (!table.isView() && insteadOf) {
            throw WriteContext.error("cannot create INSTEAD OF trigger on table: " + shown);
        }
    }
}
