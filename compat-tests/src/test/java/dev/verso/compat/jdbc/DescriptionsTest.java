package dev.verso.compat.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DatabaseMetaData and ResultSetMetaData. Where the answers differ on purpose, docs/intended.md says why. */
class DescriptionsTest {
    private static final List<String> TABLES =
            List.of("parent", "child", "grandchild", "plain", "we ird", "shown", "withoutrowid", "nothing", "CHILD");

    private TwoDrivers drivers;

    @BeforeEach
    void open() throws SQLException {
        drivers = new TwoDrivers();
        drivers.run(
                "CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE DEFAULT 'x', price DECIMAL(10,2),"
                        + " d DATE, ts TIMESTAMP, bl BLOB, b BOOLEAN, bi BIGINT, v VARCHAR(20), f FLOAT, r REAL, dbl DOUBLE, n NUMERIC(5),"
                        + " u, c CHAR(3), cl CLOB, si SMALLINT, ti TINYINT, i INT, g INTEGER GENERATED ALWAYS AS (i + 1), dt DATETIME)",
                "CREATE TABLE child (a INT, b INT, pid INTEGER REFERENCES parent (id) ON DELETE CASCADE ON UPDATE SET NULL, nm TEXT,"
                        + " CONSTRAINT pkc PRIMARY KEY (b, a), CONSTRAINT fkn FOREIGN KEY (nm) REFERENCES parent (name))",
                "CREATE TABLE grandchild (x INT, y INT, FOREIGN KEY (x, y) REFERENCES child (b, a))",
                "CREATE TABLE plain (id INTEGER PRIMARY KEY, x INT REFERENCES parent)",
                "CREATE TABLE \"we ird\" (\"col umn\" INT, un_der INT)",
                "CREATE INDEX ix1 ON child (nm DESC)",
                "CREATE UNIQUE INDEX ix2 ON child (pid, nm) WHERE pid > 1",
                "CREATE VIEW shown AS SELECT id, name FROM parent",
                "CREATE TEMP TABLE temporary (a)",
                "CREATE TABLE withoutrowid (a TEXT PRIMARY KEY, b) WITHOUT ROWID");
    }

    @AfterEach
    void close() throws SQLException {
        drivers.close();
    }

    private static Object call(Object target, Method method, Object... arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Test
    void questionsWithoutArgumentsHaveTheSameAnswers() throws Exception {
        Set<String> asked = new TreeSet<>();
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (method.getParameterCount() == 0 && !method.getName().equals("getConnection")) {
                asked.add(method.getName());
                drivers.askWhatSqliteCan(method.getName(), connection -> call(connection.getMetaData(), method));
            }
        }
        drivers.expectOnlyTheseDifferences(
                "getUserName", // "" and null
                "getDriverVersion",
                "getDriverMajorVersion",
                "getDriverMinorVersion",
                "getJDBCMinorVersion", // 4.3 and 4.2
                "getSQLKeywords", // SQLite has got more
                "getNumericFunctions", // sqlite-jdbc names none, or few
                "getStringFunctions",
                "getSystemFunctions",
                "getTimeDateFunctions",
                "getProcedureTerm",
                "nullsAreSortedHigh", // NULLs sort low in SQLite, at either end
                "nullsAreSortedLow",
                "nullsAreSortedAtStart",
                "getResultSetHoldability", // result sets outlive a commit
                "supportsOpenCursorsAcrossCommit",
                "supportsOpenStatementsAcrossCommit",
                "supportsOpenStatementsAcrossRollback",
                "supportsOrderByUnrelated", // SQLite can all of these
                "supportsGroupByUnrelated",
                "supportsGroupByBeyondSelect",
                "supportsLikeEscapeClause",
                "supportsANSI92EntryLevelSQL",
                "supportsIntegrityEnhancementFacility",
                "supportsSubqueriesInComparisons",
                "supportsCorrelatedSubqueries",
                "getMaxColumnsInIndex", // SQLite's limits
                "getMaxColumnsInSelect",
                "getMaxColumnsInTable",
                "getMaxTablesInSelect",
                "doesMaxRowSizeIncludeBlobs");
    }

    @Test
    void questionsWithOneNumberHaveTheSameAnswers() throws Exception {
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (method.getParameterCount() == 1 && method.getParameterTypes()[0] == int.class) {
                for (int argument :
                        new int[] {0, 1, 2, 4, 8, ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE}) {
                    drivers.askWhatSqliteCan(
                            method.getName() + " " + argument,
                            connection -> call(connection.getMetaData(), method, argument));
                }
            }
        }
        for (int concurrency : new int[] {ResultSet.CONCUR_READ_ONLY, ResultSet.CONCUR_UPDATABLE}) {
            drivers.ask("supportsResultSetConcurrency " + concurrency, c -> c.getMetaData()
                    .supportsResultSetConcurrency(ResultSet.TYPE_FORWARD_ONLY, concurrency));
        }
        drivers.ask("supportsConvert", c -> c.getMetaData().supportsConvert(Types.INTEGER, Types.VARCHAR));
        drivers.expectOnlyTheseDifferences(
                "supportsTransactionIsolationLevel 1", // setTransactionIsolation takes it, in both
                "supportsResultSetHoldability 1",
                "supportsResultSetHoldability 2");
    }

    @Test
    void tablesAreFoundByPatternAndType() throws Exception {
        String[][] types = {null, {"TABLE"}, {"VIEW"}, {"TABLE", "VIEW"}, {"table"}, {"GLOBAL TEMPORARY"}, {"NO SUCH"}};
        for (String pattern : new String[] {"%", "parent", "PARENT", "p%", "we_ird", "we\\_ird", "%chil%", "nothing"}) {
            for (String[] type : types) {
                if (type != null) { // without types sqlite-jdbc lists automatic indexes as system tables
                    drivers.ask("getTables " + pattern + " " + String.join(",", type), c -> c.getMetaData()
                            .getTables(null, null, pattern, type));
                }
            }
        }
        drivers.ask("types", c -> c.getMetaData().getTableTypes());
        drivers.ask("parent", c -> c.getMetaData().getTables(null, null, "parent", new String[0]));
        drivers.expectOnlyTheseDifferences();
    }

    private static String columns(ResultSet rows, String... names) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (String name : names) {
                cells.add(rows.getString(name));
            }
            text.append(cells).append('\n');
        }
        return text.toString();
    }

    /** Types differ on purpose: sqlite-jdbc knows INTEGER, VARCHAR and FLOAT only. */
    @Test
    void columnsAreDescribed() throws Exception {
        for (String table : TABLES) {
            drivers.ask(
                    "getColumns " + table,
                    c -> columns(
                            c.getMetaData().getColumns(null, null, table, "%"),
                            "TABLE_CAT",
                            "TABLE_SCHEM",
                            "TABLE_NAME",
                            "COLUMN_NAME",
                            "TYPE_NAME",
                            "NULLABLE",
                            "IS_NULLABLE",
                            "COLUMN_DEF",
                            "REMARKS",
                            "NUM_PREC_RADIX",
                            "ORDINAL_POSITION",
                            "IS_AUTOINCREMENT",
                            "IS_GENERATEDCOLUMN"));
            drivers.ask("shape " + table, c -> c.getMetaData().getColumns(null, null, table, "no such column"));
        }
        drivers.ask(
                "pattern",
                c -> columns(c.getMetaData().getColumns(null, null, "%", "un\\_d%"), "TABLE_NAME", "COLUMN_NAME"));
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void keysAreDescribed() throws Exception {
        for (String table : TABLES) {
            drivers.askWhatSqliteCan(
                    "getPrimaryKeys " + table, c -> c.getMetaData().getPrimaryKeys(null, null, table));
            String[] columns = {
                "PKTABLE_NAME",
                "PKCOLUMN_NAME",
                "FKTABLE_NAME",
                "FKCOLUMN_NAME",
                "KEY_SEQ",
                "UPDATE_RULE",
                "DELETE_RULE",
                "DEFERRABILITY"
            };
            drivers.askWhatSqliteCan(
                    "getImportedKeys " + table,
                    c -> columns(c.getMetaData().getImportedKeys(null, null, table), columns));
            drivers.askWhatSqliteCan(
                    "getExportedKeys " + table,
                    c -> columns(c.getMetaData().getExportedKeys(null, null, table), columns));
        }
        drivers.expectOnlyTheseDifferences(
                "getExportedKeys parent", // a foreign key that names no columns: sqlite-jdbc leaves the column empty
                "getPrimaryKeys CHILD", // the table's own spelling
                "getImportedKeys CHILD");
    }

    @Test
    void indexesAreDescribed() throws Exception {
        for (String table : TABLES) {
            drivers.askWhatSqliteCan(
                    "getIndexInfo " + table,
                    c -> new TreeSet<>(List.of(columns(
                                    c.getMetaData().getIndexInfo(null, null, table, false, false),
                                    "NON_UNIQUE",
                                    "INDEX_NAME",
                                    "TYPE",
                                    "ORDINAL_POSITION",
                                    "COLUMN_NAME")
                            .split("\n"))));
        }
        drivers.ask("getTypeInfo", c -> c.getMetaData().getTypeInfo());
        drivers.expectOnlyTheseDifferences();
    }

    /** Frameworks probe these while they start; none may throw. */
    @Test
    void noQuestionThrows() throws Exception {
        try (Connection connection = dev.verso.compat.Engines.verso(":memory:")) {
            DatabaseMetaData data = connection.getMetaData();
            for (Method method : DatabaseMetaData.class.getMethods()) {
                if (method.getDeclaringClass() != DatabaseMetaData.class) {
                    continue;
                }
                Object[] arguments = new Object[method.getParameterCount()];
                for (int i = 0; i < arguments.length; i++) {
                    Class<?> type = method.getParameterTypes()[i];
                    arguments[i] = type == int.class ? (Object) 0 : type == boolean.class ? (Object) false : null;
                }
                Object answer = call(data, method, arguments);
                if (answer instanceof ResultSet rows) {
                    TwoDrivers.rows(rows);
                }
            }
        }
    }

    private static final String QUERY =
            "SELECT id, name, price, d, ts, bl, b, bi, v, f, r, dbl, n, u, c, cl, si, ti, i, g, dt,"
                    + " id + 1 AS sum, name || 'x' text, 1.5, x'00', NULL, count(*) FROM parent";

    private void askColumns(String when, boolean onRow) throws Exception {
        for (Method method : ResultSetMetaData.class.getMethods()) {
            if (method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == int.class
                    && !method.getName().equals("isSigned")
                    && !method.getName().equals("getColumnClassName")) {
                for (int column = 1; column <= 27; column++) {
                    int number = column;
                    drivers.ask(method.getName() + " " + column + when, c -> {
                        try (Statement statement = c.createStatement();
                                ResultSet rows = statement.executeQuery(QUERY)) {
                            if (onRow) {
                                rows.next();
                            }
                            return call(rows.getMetaData(), method, number);
                        }
                    });
                }
            }
        }
    }

    private static String[] expressionsAreNotWritable(String when, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        for (int column = 22; column <= 27; column++) {
            for (String method : List.of("isReadOnly", "isWritable", "isDefinitelyWritable")) {
                all.add(method + " " + column + when);
            }
        }
        return all.toArray(new String[0]);
    }

    @Test
    void resultColumnsAreDescribedBeforeTheFirstRow() throws Exception {
        askColumns("", false);
        drivers.expectOnlyTheseDifferences(expressionsAreNotWritable(""));
    }

    @Test
    void resultColumnsAreDescribedOnARow() throws Exception {
        drivers.run(
                "INSERT INTO parent (id, name, price, d, ts, bl, b, bi, v, f, r, dbl, n, u, c, cl, si, ti, i, dt) VALUES"
                        + " (1, 'n', 12.5, 1000, '2024-01-02 03:04:05', x'01', 1, 5000000000, 'v', 1.5, 2.5, 3.5, 4, 'u', 'c', 'cl', 6, 7, 8, '2020-01-01')");
        askColumns("", true);
        drivers.expectOnlyTheseDifferences(
                expressionsAreNotWritable("", "getColumnType 13")); // NUMERIC, whatever the row holds
    }

    @Test
    void preparedStatementsAreDescribed() throws Exception {
        drivers.ask("count", c -> {
            try (PreparedStatement statement = c.prepareStatement("SELECT ?, :a, ?5")) {
                return statement.getParameterMetaData().getParameterCount();
            }
        });
        drivers.ask("columns", c -> {
            try (PreparedStatement statement = c.prepareStatement("SELECT id, name n FROM parent WHERE id = ?")) {
                ResultSetMetaData data = statement.getMetaData();
                return data.getColumnCount() + data.getColumnName(1) + data.getColumnLabel(2) + data.getTableName(1);
            }
        });
        drivers.expectOnlyTheseDifferences();
    }
}
