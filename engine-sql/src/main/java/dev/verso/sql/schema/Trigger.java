package dev.verso.sql.schema;

import dev.verso.parser.ast.Definition.CreateTrigger;

/** A trigger on {@code table}, stored in {@code schema} (a TEMP trigger may stand on a table of another schema). */
public record Trigger(Schema schema, String name, Table table, CreateTrigger definition, String sql) {}
