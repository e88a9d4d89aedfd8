package dev.verso.sql.pragma;

import dev.verso.sql.code.RowProgram;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import dev.verso.vm.RowSource;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Value;

/** Pragmas as table-valued functions: {@code pragma_table_info('t')}. Hidden columns take the argument and the schema. */
public final class PragmaFunctions {
    private static final String PREFIX = "pragma_";

    private PragmaFunctions() {}

    /** The function of that name in lower case, or null. */
    public static Table table(PragmaHost host, String name) {
        if (!name.startsWith(PREFIX)) {
            return null;
        }
        PragmaDefinition definition = PragmaDefinition.find(name.substring(PREFIX.length()));
        if (definition == null || definition.rows() == null) {
            return null;
        }
        Table table = new Table(new Schema(0, "main"), name, Table.Kind.VIRTUAL);
        for (String column : definition.columns()) {
            table.columns().add(column(column, false));
        }
        if (definition.argument()) {
            table.columns().add(column("arg", true));
        }
        if (definition.schema()) {
            table.columns().add(column("schema", true));
        }
        table.rowSource(source(host, definition));
        return table;
    }

    private static Column column(String name, boolean hidden) {
        return new Column(name, null, Affinity.BLOB, "BINARY", null, null, null, null, false, hidden);
    }

    private static RowSource source(PragmaHost host, PragmaDefinition definition) {
        return (session, registers, first, count) -> {
            int next = first;
            String argument = definition.argument() && count > 0 ? text(registers[next++]) : null;
            String schema = definition.schema() && next < first + count ? text(registers[next]) : null;
            int database = schema == null ? 0 : session.databaseIndex(schema);
            if (database < 0) {
                return (into, at) -> false;
            }
            PragmaCall call = new PragmaCall(host, schema, database, argument);
            return RowProgram.rows(definition.rows().apply(call));
        };
    }

    private static String text(Value value) {
        return value.asString();
    }
}
