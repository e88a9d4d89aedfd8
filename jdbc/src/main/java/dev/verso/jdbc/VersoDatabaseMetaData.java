package dev.verso.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Describes the database. Tables and keys are read from the schema by {@link SchemaReader}. */
final class VersoDatabaseMetaData extends Capabilities {
    private final VersoConnection connection;

    VersoDatabaseMetaData(VersoConnection connection) {
        this.connection = connection;
    }

    private SchemaReader schema() throws SQLException {
        connection.checkOpen();
        return new SchemaReader(connection);
    }

    static ResultSet rows(String names, List<Object[]> rows) {
        return new VersoResultSet(new ListRows(names.split(","), rows), null, ConnectionSettings.DEFAULTS, 0);
    }

    private static ResultSet none(String names) {
        return rows(names, List.of());
    }

    @Override
    public String getURL() {
        return connection.url();
    }

    @Override
    public String getUserName() {
        return "";
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public String getDatabaseProductName() {
        return "SQLite";
    }

    @Override
    public String getDatabaseProductVersion() {
        return VersoDriver.SQLITE_VERSION;
    }

    @Override
    public int getDatabaseMajorVersion() {
        return 3;
    }

    @Override
    public int getDatabaseMinorVersion() {
        return 54;
    }

    @Override
    public String getDriverName() {
        return "SQLite JDBC";
    }

    @Override
    public String getDriverVersion() {
        return VersoDriver.VERSION;
    }

    @Override
    public int getDriverMajorVersion() {
        return VersoDriver.MAJOR;
    }

    @Override
    public int getDriverMinorVersion() {
        return VersoDriver.MINOR;
    }

    @Override
    public int getJDBCMajorVersion() {
        return 4;
    }

    @Override
    public int getJDBCMinorVersion() {
        return 3;
    }

    @Override
    public String getIdentifierQuoteString() {
        return "\"";
    }

    @Override
    public String getSQLKeywords() {
        return "ABORT,ACTION,AFTER,ALWAYS,ANALYZE,ATTACH,AUTOINCREMENT,BEFORE,CASCADE,CONFLICT,DATABASE,DEFERRABLE,DEFERRED,"
                + "DETACH,DO,EACH,EXCLUDE,EXCLUSIVE,EXPLAIN,FAIL,GENERATED,GLOB,GROUPS,IF,IGNORE,IMMEDIATE,INDEX,INDEXED,"
                + "INITIALLY,INSTEAD,ISNULL,KEY,LIMIT,MATERIALIZED,NOTHING,NOTNULL,NULLS,OFFSET,OTHERS,PLAN,PRAGMA,QUERY,RAISE,"
                + "REGEXP,REINDEX,RENAME,REPLACE,RESTRICT,RETURNING,TEMP,TEMPORARY,TIES,TRANSACTION,TRIGGER,VACUUM,VIEW,VIRTUAL,"
                + "WITHOUT";
    }

    @Override
    public String getNumericFunctions() {
        return "abs,acos,asin,atan,atan2,ceiling,cos,degrees,exp,floor,log,log10,mod,pi,power,radians,round,sign,sin,sqrt,tan";
    }

    @Override
    public String getStringFunctions() {
        return "char,concat,format,instr,length,lower,ltrim,replace,rtrim,substring,trim,upper";
    }

    @Override
    public String getSystemFunctions() {
        return "ifnull";
    }

    @Override
    public String getTimeDateFunctions() {
        return "date,datetime,julianday,strftime,time,unixepoch";
    }

    @Override
    public String getSearchStringEscape() {
        return "\\";
    }

    @Override
    public String getExtraNameCharacters() {
        return "";
    }

    @Override
    public String getSchemaTerm() {
        return "schema";
    }

    @Override
    public String getProcedureTerm() {
        return "not supported";
    }

    @Override
    public String getCatalogTerm() {
        return "catalog";
    }

    @Override
    public String getCatalogSeparator() {
        return ".";
    }

    @Override
    public int getDefaultTransactionIsolation() {
        return Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    public int getResultSetHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public int getSQLStateType() {
        return sqlStateSQL;
    }

    @Override
    public RowIdLifetime getRowIdLifetime() {
        return RowIdLifetime.ROWID_UNSUPPORTED;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    // ---- schema

    @Override
    public ResultSet getTables(String catalog, String schemaPattern, String tablePattern, String[] types)
            throws SQLException {
        return schema().tables(tablePattern, types);
    }

    @Override
    public ResultSet getColumns(String catalog, String schemaPattern, String tablePattern, String columnPattern)
            throws SQLException {
        return schema().columns(tablePattern, columnPattern);
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String table) throws SQLException {
        return schema().primaryKeys(table);
    }

    @Override
    public ResultSet getIndexInfo(String catalog, String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        return schema().indexes(table, unique);
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String table) throws SQLException {
        return new ForeignKeyReader(schema()).imported(table);
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String table) throws SQLException {
        return new ForeignKeyReader(schema()).exported(table);
    }

    @Override
    public ResultSet getCrossReference(
            String parentCatalog, String parentSchema, String parentTable, String catalog, String schema, String table)
            throws SQLException {
        return new ForeignKeyReader(schema()).between(parentTable, table);
    }

    @Override
    public ResultSet getBestRowIdentifier(String catalog, String schema, String table, int scope, boolean nullable)
            throws SQLException {
        return schema().bestRowIdentifier(table);
    }

    @Override
    public ResultSet getTableTypes() {
        List<Object[]> rows = new ArrayList<>();
        for (String type : List.of("GLOBAL TEMPORARY", "SYSTEM TABLE", "TABLE", "VIEW")) {
            rows.add(new Object[] {type});
        }
        return rows("TABLE_TYPE", rows);
    }

    @Override
    public ResultSet getTypeInfo() {
        List<Object[]> rows = new ArrayList<>();
        addType(rows, "BLOB", Types.BLOB);
        addType(rows, "INTEGER", Types.INTEGER);
        addType(rows, "NULL", Types.NULL);
        addType(rows, "REAL", Types.REAL);
        addType(rows, "TEXT", Types.VARCHAR);
        rows.sort(java.util.Comparator.comparingInt(row -> (Integer) row[1]));
        return rows(
                "TYPE_NAME,DATA_TYPE,PRECISION,LITERAL_PREFIX,LITERAL_SUFFIX,CREATE_PARAMS,NULLABLE,CASE_SENSITIVE,SEARCHABLE,"
                        + "UNSIGNED_ATTRIBUTE,FIXED_PREC_SCALE,AUTO_INCREMENT,LOCAL_TYPE_NAME,MINIMUM_SCALE,MAXIMUM_SCALE,"
                        + "SQL_DATA_TYPE,SQL_DATETIME_SUB,NUM_PREC_RADIX",
                rows);
    }

    private static void addType(List<Object[]> rows, String name, int type) {
        int caseSensitive = type == Types.VARCHAR ? 1 : 0;
        int unsigned = type == Types.INTEGER || type == Types.REAL ? 0 : 1;
        int autoIncrement = type == Types.INTEGER ? 1 : 0;
        rows.add(new Object[] {
            name,
            type,
            0,
            null,
            null,
            null,
            typeNullable,
            caseSensitive,
            typeSearchable,
            unsigned,
            0,
            autoIncrement,
            null,
            0,
            0,
            0,
            0,
            10
        });
    }

    @Override
    public ResultSet getSchemas() {
        return none("TABLE_SCHEM,TABLE_CATALOG");
    }

    @Override
    public ResultSet getSchemas(String catalog, String schemaPattern) {
        return getSchemas();
    }

    @Override
    public ResultSet getCatalogs() {
        return none("TABLE_CAT");
    }

    @Override
    public ResultSet getProcedures(String catalog, String schemaPattern, String namePattern) {
        return none(
                "PROCEDURE_CAT,PROCEDURE_SCHEM,PROCEDURE_NAME,UNDEF1,UNDEF2,UNDEF3,REMARKS,PROCEDURE_TYPE,SPECIFIC_NAME");
    }

    @Override
    public ResultSet getProcedureColumns(
            String catalog, String schemaPattern, String namePattern, String columnPattern) {
        return none(
                "PROCEDURE_CAT,PROCEDURE_SCHEM,PROCEDURE_NAME,COLUMN_NAME,COLUMN_TYPE,DATA_TYPE,TYPE_NAME,PRECISION,LENGTH,"
                        + "SCALE,RADIX,NULLABLE,REMARKS,COLUMN_DEF,SQL_DATA_TYPE,SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,ORDINAL_POSITION,"
                        + "IS_NULLABLE,SPECIFIC_NAME");
    }

    @Override
    public ResultSet getFunctions(String catalog, String schemaPattern, String namePattern) {
        return none("FUNCTION_CAT,FUNCTION_SCHEM,FUNCTION_NAME,REMARKS,FUNCTION_TYPE,SPECIFIC_NAME");
    }

    @Override
    public ResultSet getFunctionColumns(
            String catalog, String schemaPattern, String namePattern, String columnPattern) {
        return none(
                "FUNCTION_CAT,FUNCTION_SCHEM,FUNCTION_NAME,COLUMN_NAME,COLUMN_TYPE,DATA_TYPE,TYPE_NAME,PRECISION,LENGTH,"
                        + "SCALE,RADIX,NULLABLE,REMARKS,CHAR_OCTET_LENGTH,ORDINAL_POSITION,IS_NULLABLE,SPECIFIC_NAME");
    }

    @Override
    public ResultSet getPseudoColumns(String catalog, String schemaPattern, String tablePattern, String columnPattern) {
        return none("TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,DATA_TYPE,COLUMN_SIZE,DECIMAL_DIGITS,NUM_PREC_RADIX,"
                + "COLUMN_USAGE,REMARKS,CHAR_OCTET_LENGTH,IS_NULLABLE");
    }

    @Override
    public ResultSet getColumnPrivileges(String catalog, String schema, String table, String columnPattern) {
        return none("TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,GRANTOR,GRANTEE,PRIVILEGE,IS_GRANTABLE");
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schemaPattern, String tablePattern) {
        return none("TABLE_CAT,TABLE_SCHEM,TABLE_NAME,GRANTOR,GRANTEE,PRIVILEGE,IS_GRANTABLE");
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String table) {
        return none("SCOPE,COLUMN_NAME,DATA_TYPE,TYPE_NAME,COLUMN_SIZE,BUFFER_LENGTH,DECIMAL_DIGITS,PSEUDO_COLUMN");
    }

    @Override
    public ResultSet getUDTs(String catalog, String schemaPattern, String typePattern, int[] types) {
        return none("TYPE_CAT,TYPE_SCHEM,TYPE_NAME,CLASS_NAME,DATA_TYPE,REMARKS,BASE_TYPE");
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schemaPattern, String typePattern) {
        return none("TYPE_CAT,TYPE_SCHEM,TYPE_NAME,SUPERTYPE_CAT,SUPERTYPE_SCHEM,SUPERTYPE_NAME");
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schemaPattern, String tablePattern) {
        return none("TABLE_CAT,TABLE_SCHEM,TABLE_NAME,SUPERTABLE_NAME");
    }

    @Override
    public ResultSet getAttributes(String catalog, String schemaPattern, String typePattern, String attributePattern) {
        return none(
                "TYPE_CAT,TYPE_SCHEM,TYPE_NAME,ATTR_NAME,DATA_TYPE,ATTR_TYPE_NAME,ATTR_SIZE,DECIMAL_DIGITS,NUM_PREC_RADIX,"
                        + "NULLABLE,REMARKS,ATTR_DEF,SQL_DATA_TYPE,SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,ORDINAL_POSITION,IS_NULLABLE,"
                        + "SCOPE_CATALOG,SCOPE_SCHEMA,SCOPE_TABLE,SOURCE_DATA_TYPE");
    }

    @Override
    public ResultSet getClientInfoProperties() {
        return none("NAME,MAX_LEN,DEFAULT_VALUE,DESCRIPTION");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapped.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
