package dev.verso.sql.schema;

import dev.verso.sql.extend.Authorization;
import java.util.List;

/** Finds schema objects by name over the attached databases of one connection; loads schemas when first needed. */
public interface Catalog {
    /** Schemas in the order in which unqualified names are sought: temp, main, then attached ones. */
    List<Schema> searchOrder();

    /** The schema of that name, or null. */
    Schema schema(String name);

    Schema schema(int database);

    /**
     * The table or view; {@code sqlite_schema}, {@code sqlite_master} and the temp forms included.
     *
     * @param schemaName null to search all
     * @return null if there is none
     */
    Table table(String schemaName, String tableName);

    /** The index, or null. */
    Index index(String schemaName, String indexName);

    /** Asked about what statements want to do. */
    Authorization authorization();

    /** PRAGMA trusted_schema: whether what stands in a schema may call what is not known to be harmless. */
    boolean trustsSchema();

    /** The table that a module has under its own name, such as {@code pragma_table_info}, connected; null if there is none of that name. */
    Table eponymous(String name);

    /** True if a table of that name belongs, or would belong, to the storage of a virtual table of that schema. */
    boolean isShadow(Schema schema, String tableName);

    /** Calls the module of a virtual table that is not connected yet, and fills in the table's columns. Does nothing to other tables. */
    void connect(Table table);
}
