package dev.verso.vtab;

/** The table that a module is to make. */
public interface ModuleContext {
    /** The name that the module is registered under. */
    String moduleName();

    /** {@code main}, {@code temp}, or the name of an attached database. */
    String schemaName();

    String tableName();

    /** For SQL of the module's own. Valid as long as the table is. */
    ModuleConnection connection();
}
