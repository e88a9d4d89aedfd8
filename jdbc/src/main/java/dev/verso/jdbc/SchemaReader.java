package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.record.AsciiCase;
import dev.verso.sql.PreparedStatement;
import dev.verso.vm.value.Value;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Tables, columns and keys of all attached databases, read through pragmas, in the row shapes of {@link DatabaseMetaData}. */
final class SchemaReader {
    private final VersoConnection connection;

    SchemaReader(VersoConnection connection) {
        this.connection = connection;
    }

    /** A table or view. @param schema name of its database */
    record TableName(String schema, String name, String type) {
        String quotedSchema() {
            return quote(schema);
        }

        String quotedName() {
            return quote(name);
        }
    }

    /** What a table says of one of its columns. */
    record ColumnFacts(boolean notNull, boolean autoincrement) {}

    /** Facts about a column of a table; those of a column without constraints if it is not there any more. */
    ColumnFacts facts(String schema, String table, String column) throws SQLException {
        TableName name = new TableName(schema, table, "TABLE");
        for (Object[] row : tableInfo(name)) {
            if (AsciiCase.same(column, (String) row[1])) {
                return new ColumnFacts((Long) row[3] != 0, (Long) row[5] == 1 && isAutoincrement(name));
            }
        }
        return new ColumnFacts(false, false);
    }

    private boolean isAutoincrement(TableName table) throws SQLException {
        return SqlText.hasWord(sql(table), 0, "AUTOINCREMENT");
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** All rows of a statement; cells are null, Long, Double, String or byte[]. */
    List<Object[]> read(String sql) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        connection.lock().enter();
        try (PreparedStatement statement = connection.engine().prepare(sql, 0)) {
            while (statement.step()) {
                Object[] row = new Object[statement.columnCount()];
                for (int i = 0; i < row.length; i++) {
                    Value value = statement.column(i);
                    row[i] = Parameters.snapshot(value);
                }
                rows.add(row);
            }
        } catch (DatabaseException e) {
            throw SqlErrors.of(e);
        } finally {
            connection.lock().exit();
        }
        return rows;
    }

    /** Tables and views whose names match the LIKE pattern ({@code null} for all), in no order. */
    List<TableName> tableNames(String pattern) throws SQLException {
        List<TableName> names = new ArrayList<>();
        for (Object[] database : read("PRAGMA database_list")) {
            String schema = (String) database[1];
            boolean temp = schema.equals("temp");
            for (Object[] row : read(
                    "SELECT name, type FROM " + quote(schema) + ".sqlite_schema WHERE type IN ('table', 'view')")) {
                add(
                        names,
                        pattern,
                        schema,
                        (String) row[0],
                        temp ? "GLOBAL TEMPORARY" : type((String) row[0], (String) row[1]));
            }
            if (!temp) {
                add(names, pattern, schema, "sqlite_schema", "SYSTEM TABLE");
            }
        }
        return names;
    }

    private static String type(String name, String kind) {
        return name.startsWith("sqlite_") ? "SYSTEM TABLE" : kind.toUpperCase(Locale.ROOT);
    }

    private static void add(List<TableName> names, String pattern, String schema, String name, String type) {
        if (matches(pattern, name)) {
            names.add(new TableName(schema, name, type));
        }
    }

    /** LIKE with backslash as escape, without regard to case; null and the empty pattern match all. */
    static boolean matches(String pattern, String name) {
        if (pattern == null || pattern.isEmpty()) {
            return true;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(java.util.regex.Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(java.util.regex.Pattern.quote(String.valueOf(c)));
            }
        }
        int flags = java.util.regex.Pattern.CASE_INSENSITIVE | java.util.regex.Pattern.DOTALL;
        return java.util.regex.Pattern.compile(regex.toString(), flags)
                .matcher(name)
                .matches();
    }

    ResultSet tables(String pattern, String[] types) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        for (TableName table : tableNames(pattern)) {
            if (types == null || types.length == 0 || Arrays.stream(types).anyMatch(table.type()::equalsIgnoreCase)) {
                rows.add(new Object[] {null, null, table.name(), table.type(), null, null, null, null, null, null});
            }
        }
        rows.sort(Comparator.comparing((Object[] row) -> (String) row[3]).thenComparing(row -> (String) row[2]));
        return VersoDatabaseMetaData.rows(
                "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,TABLE_TYPE,REMARKS,TYPE_CAT,TYPE_SCHEM,TYPE_NAME,"
                        + "SELF_REFERENCING_COL_NAME,REF_GENERATION",
                rows);
    }

    private List<Object[]> tableInfo(TableName table) throws SQLException {
        return read("PRAGMA " + table.quotedSchema() + ".table_xinfo(" + table.quotedName() + ")");
    }

    ResultSet columns(String tablePattern, String columnPattern) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        List<TableName> tables = new ArrayList<>(tableNames(tablePattern));
        tables.sort(Comparator.comparing(TableName::name));
        for (TableName table : tables) {
            int ordinal = 0;
            boolean autoincrement = isAutoincrement(table);
            for (Object[] column : tableInfo(table)) {
                long hidden = (Long) column[6];
                if (hidden == 1) {
                    continue;
                }
                ordinal++;
                String name = (String) column[1];
                if (matches(columnPattern, name)) {
                    rows.add(columnRow(table, column, ordinal, hidden >= 2, autoincrement));
                }
            }
        }
        return VersoDatabaseMetaData.rows(
                "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,DATA_TYPE,TYPE_NAME,COLUMN_SIZE,BUFFER_LENGTH,DECIMAL_DIGITS,"
                        + "NUM_PREC_RADIX,NULLABLE,REMARKS,COLUMN_DEF,SQL_DATA_TYPE,SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,"
                        + "ORDINAL_POSITION,IS_NULLABLE,SCOPE_CATALOG,SCOPE_SCHEMA,SCOPE_TABLE,SOURCE_DATA_TYPE,"
                        + "IS_AUTOINCREMENT,IS_GENERATEDCOLUMN",
                rows);
    }

    private static Object[] columnRow(
            TableName table, Object[] column, int ordinal, boolean generated, boolean autoincrement) {
        String declared = column[2] == null ? "" : (String) column[2];
        int type = ColumnTypes.ofDeclaration(declared);
        int[] numbers = ColumnTypes.numbers(declared);
        boolean notNull = (Long) column[3] != 0;
        return new Object[] {
            null,
            null,
            table.name(),
            column[1],
            type == Types.NULL ? Types.VARCHAR : type,
            ColumnTypes.baseName(declared),
            numbers[0] == 0 ? 2_000_000_000 : numbers[0],
            null,
            numbers[1],
            10,
            notNull ? DatabaseMetaData.columnNoNulls : DatabaseMetaData.columnNullable,
            null,
            column[4],
            0,
            0,
            numbers[0] == 0 ? 2_000_000_000 : numbers[0],
            ordinal,
            notNull ? "NO" : "YES",
            null,
            null,
            null,
            null,
            autoincrement && (Long) column[5] == 1 ? "YES" : "NO",
            generated ? "YES" : "NO"
        };
    }

    /** The first table of that name over all databases, or null. */
    TableName find(String name) throws SQLException {
        for (TableName table : tableNames(null)) {
            if (AsciiCase.same(table.name(), name)) {
                return table;
            }
        }
        return null;
    }

    /** Columns of the primary key in key order. */
    List<String> primaryKeyColumns(TableName table) throws SQLException {
        List<Object[]> key = new ArrayList<>();
        for (Object[] column : tableInfo(table)) {
            if ((Long) column[5] > 0) {
                key.add(column);
            }
        }
        key.sort(Comparator.comparingLong(column -> (Long) column[5]));
        return key.stream().map(column -> (String) column[1]).toList();
    }

    ResultSet primaryKeys(String name) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        TableName table = find(name);
        if (table != null) {
            List<String> key = primaryKeyColumns(table);
            String constraint = ConstraintNames.primaryKey(sql(table));
            for (int i = 0; i < key.size(); i++) {
                rows.add(new Object[] {null, null, table.name(), key.get(i), i + 1, constraint});
            }
        }
        rows.sort(Comparator.comparing(row -> (String) row[3]));
        return VersoDatabaseMetaData.rows("TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,KEY_SEQ,PK_NAME", rows);
    }

    /** The table's CREATE text; empty if there is none. */
    String sql(TableName table) throws SQLException {
        List<Object[]> rows =
                read("SELECT sql FROM " + table.quotedSchema() + ".sqlite_schema WHERE type = 'table' AND name = '"
                        + table.name().replace("'", "''") + "'");
        return rows.isEmpty() || rows.get(0)[0] == null ? "" : (String) rows.get(0)[0];
    }

    ResultSet indexes(String name, boolean uniqueOnly) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        TableName table = find(name);
        if (table != null) {
            for (Object[] index : read("PRAGMA " + table.quotedSchema() + ".index_list(" + table.quotedName() + ")")) {
                boolean unique = (Long) index[2] != 0;
                if (uniqueOnly && !unique) {
                    continue;
                }
                for (Object[] column :
                        read("PRAGMA " + table.quotedSchema() + ".index_xinfo(" + quote((String) index[1]) + ")")) {
                    if ((Long) column[5] == 0) {
                        continue;
                    }
                    rows.add(new Object[] {
                        null,
                        null,
                        table.name(),
                        unique ? 0 : 1,
                        null,
                        index[1],
                        DatabaseMetaData.tableIndexOther,
                        (Long) column[0] + 1,
                        column[2],
                        (Long) column[3] == 0 ? "A" : "D",
                        0,
                        0,
                        null
                    });
                }
            }
        }
        rows.sort(Comparator.comparing((Object[] row) -> (Integer) row[3])
                .thenComparing(row -> (String) row[5])
                .thenComparing(row -> (Long) row[7]));
        return VersoDatabaseMetaData.rows(
                "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,NON_UNIQUE,INDEX_QUALIFIER,INDEX_NAME,TYPE,ORDINAL_POSITION,COLUMN_NAME,"
                        + "ASC_OR_DESC,CARDINALITY,PAGES,FILTER_CONDITION",
                rows);
    }

    ResultSet bestRowIdentifier(String name) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        TableName table = find(name);
        if (table != null) {
            List<String> key = primaryKeyColumns(table);
            for (Object[] column : tableInfo(table)) {
                if (key.contains((String) column[1])) {
                    String declared = column[2] == null ? "" : (String) column[2];
                    int type = ColumnTypes.ofDeclaration(declared);
                    rows.add(new Object[] {
                        DatabaseMetaData.bestRowSession,
                        column[1],
                        type == Types.NULL ? Types.VARCHAR : type,
                        ColumnTypes.baseName(declared),
                        ColumnTypes.numbers(declared)[0],
                        null,
                        ColumnTypes.numbers(declared)[1],
                        DatabaseMetaData.bestRowNotPseudo
                    });
                }
            }
        }
        return VersoDatabaseMetaData.rows(
                "SCOPE,COLUMN_NAME,DATA_TYPE,TYPE_NAME,COLUMN_SIZE,BUFFER_LENGTH,DECIMAL_DIGITS,PSEUDO_COLUMN", rows);
    }
}
