package dev.verso.sql.schema;

import dev.verso.parser.ast.Definition.CreateTrigger;
import dev.verso.record.AsciiCase;

/**
 * A trigger. A TEMP trigger may stand on a table of another schema, so the table is known by its name: that schema may be loaded anew.
 *
 * @param schema where the trigger is stored
 * @param tableSchema of the table or view
 * @param sql the text that the definition's spans refer to
 */
public record Trigger(
        Schema schema, String name, Schema tableSchema, String tableName, CreateTrigger definition, String sql) {
    /** True if this trigger belongs to the table. */
    public boolean isOn(Table table) {
        return tableSchema == table.schema() && AsciiCase.same(tableName, table.name());
    }

    /** One trigger is itself alone: its programs are known by it. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
