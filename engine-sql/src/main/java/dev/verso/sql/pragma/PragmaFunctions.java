package dev.verso.sql.pragma;

import dev.verso.sql.schema.Table;

/** Pragmas as table-valued functions: {@code pragma_table_info('t')}. */
public final class PragmaFunctions {
    private PragmaFunctions() {}

    /** The table of that name, or null. */
    public static Table table(String name) {
        return null;
    }
}
