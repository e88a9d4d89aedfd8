package dev.verso.sql.schema;

/** A row of {@code sqlite_schema} (file format §2.6). Every part but the rowid may be null in a damaged file. @param sql null for an automatic index */
public record SchemaRow(long rowid, String type, String name, String tableName, Long rootPage, String sql) {
    /** The row with other names and another text. */
    public SchemaRow with(String newName, String newTableName, String newSql) {
        return new SchemaRow(rowid, type, newName, newTableName, rootPage, newSql);
    }
}
