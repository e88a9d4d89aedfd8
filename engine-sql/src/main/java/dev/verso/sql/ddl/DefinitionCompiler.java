package dev.verso.sql.ddl;

import dev.verso.parser.DefinitionText;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.DefinitionMistake;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.write.WriteContext;

/** Code of statements that change the schema: finds the compiler for each, and what they share. */
public final class DefinitionCompiler {
    private DefinitionCompiler() {}

    /** Emits the statement. */
    public static void compile(WriteContext context, Schemas schemas, Definition definition) {
        if (!new DefinitionAccess(schemas).allows(definition)) {
            return;
        }
        if (definition instanceof Definition.CreateTable table) {
            new CreateTableCompiler(context, schemas, table).compile();
        } else if (definition instanceof Definition.CreateIndex index) {
            new CreateIndexCompiler(context, schemas, index).compile();
        } else if (definition instanceof Definition.CreateView view) {
            new CreateViewCompiler(context, schemas, view).compile();
        } else if (definition instanceof Definition.Drop drop) {
            new DropCompiler(context, schemas, drop).compile();
        } else if (definition instanceof Definition.CreateTrigger trigger) {
            new CreateTriggerCompiler(context, schemas, trigger).compile();
        } else if (definition instanceof Definition.CreateVirtualTable virtual) {
            new CreateVirtualTableCompiler(context, schemas, virtual).compile();
        } else {
            throw new IllegalStateException("unknown definition " + definition);
        }
    }

    /** The schema that a new object goes into. */
    static Schema schemaOf(WriteContext context, Schemas schemas, boolean temporary, Name schemaName) {
        if (schemaName == null) {
            return schemas.schema(temporary ? Schemas.TEMP : Schemas.MAIN);
        }
        int database = schemas.databaseNumber(schemaName.text());
        if (database < 0) {
            throw context.unknownDatabase(schemaName);
        }
        return schemas.schema(database);
    }

    /** Refuses names that belong to the system. */
    public static void checkName(WriteContext context, String name) {
        if (AsciiCase.lower(name).startsWith("sqlite_") && !context.settings().writableSchema()) {
            throw DefinitionMistake.atOnce("object name reserved for internal use: " + name);
        }
    }

    /** The name as it stands in the statement, quotes included: how some of SQLite's messages show it. */
    static String asWritten(WriteContext context, Name name) {
        return name.span().isKnown() ? name.span().of(context.sql()) : name.text();
    }

    /** End of the statement without its semicolon; blanks and comments before the semicolon belong to it. */
    static int endWithoutSemicolon(WriteContext context, Definition definition) {
        return DefinitionText.nextToken(context.sql(), definition.span().end());
    }
}
