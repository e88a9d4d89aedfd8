package dev.verso.sql.pragma;

import dev.verso.sql.code.RowProgram;
import dev.verso.sql.pragma.PragmaDefinition.Form;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import dev.verso.vm.RowSource;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Value;

/**
 * Pragmas as table-valued functions: {@code pragma_table_info('t')}. Hidden columns take the argument and the schema. What needs a snapshot or code of
 * its own runs as a PRAGMA statement inside the statement.
 */
public final class PragmaFunctions {
    private static final String PREFIX = "pragma_";

    private PragmaFunctions() {}

    /** The function of that name in lower case, or null. */
    public static Table table(PragmaHost host, String name) {
        if (!name.startsWith(PREFIX)) {
            return null;
        }
        PragmaDefinition definition = PragmaDefinition.find(name.substring(PREFIX.length()));
        if (definition == null || !definition.hasFunction()) {
            return null;
        }
        Table table = new Table(new Schema(0, "main"), name, Table.Kind.VIRTUAL);
        for (String column : definition.columns()) {
            table.columns().add(column(column, false));
        }
        if (definition.is(Form.ASKS)) {
            table.columns().add(column("arg", true));
        }
        if (definition.is(Form.SCHEMA)) {
            table.columns().add(column("schema", true));
        }
        table.rowSource(source(host, definition));
        return table;
    }

    private static Column column(String name, boolean hidden) {
        return new Column(name, null, Affinity.BLOB, "BINARY", null, null, null, null, false, hidden);
    }

    private static RowSource source(PragmaHost host, PragmaDefinition definition) {
        boolean direct = definition.rows() != null && !definition.needsSnapshot();
        return (session, registers, first, count) -> {
            int next = first;
            String argument = definition.is(Form.ASKS) && count > 0 ? text(registers[next++]) : null;
            String schema = definition.is(Form.SCHEMA) && next < first + count ? text(registers[next]) : null;
            int database = schema == null ? 0 : session.databaseIndex(schema);
            if (direct && database >= 0) {
                PragmaCall call = new PragmaCall(host, schema, database, argument);
                return RowProgram.rows(definition.rows().apply(call));
            }
            String prefix = schema == null ? "" : quoted(schema) + ".";
            String value = argument == null ? "" : "=" + quoted(argument);
            return RowProgram.rows(host.query("PRAGMA " + prefix + definition.name() + value));
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String text(Value value) {
        return value.asString();
    }
}
