/** Schema objects of a database as the compiler sees them, and how they are read from {@code sqlite_schema}. Begin with {@link dev.verso.sql.schema.Schema}. */
package dev.verso.sql.schema;
