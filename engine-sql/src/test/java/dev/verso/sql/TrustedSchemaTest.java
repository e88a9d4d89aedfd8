package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import dev.verso.sql.extend.FunctionOption;
import dev.verso.sql.extend.UserFunction;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PRAGMA trusted_schema and the risk of functions and virtual tables, compared with the real SQLite. */
class TrustedSchemaTest {
    private static final int DETERMINISTIC = 0x800;
    private static final int DIRECT_ONLY = 0x80000;
    private static final int INNOCUOUS = 0x200000;

    private final Verso verso = new Verso(new MemoryStore());
    private RealSqlite real;

    @BeforeEach
    void functionsOfEachRisk() throws SQLException {
        real = new RealSqlite(":memory:");
        real.identity("plain", DETERMINISTIC);
        real.identity("harmless", DETERMINISTIC | INNOCUOUS);
        real.identity("direct", DETERMINISTIC | DIRECT_ONLY);
        UserFunction identity = (arguments, result) -> result.setInteger(arguments.asLong(0));
        Connection connection = verso.connection();
        connection.createFunction("plain", 1, identity, FunctionOption.DETERMINISTIC);
        connection.createFunction("harmless", 1, identity, FunctionOption.DETERMINISTIC, FunctionOption.INNOCUOUS);
        connection.createFunction("direct", 1, identity, FunctionOption.DETERMINISTIC, FunctionOption.DIRECT_ONLY);
    }

    @AfterEach
    void close() throws SQLException {
        verso.close();
        real.close();
    }

    private void same(String... statements) throws SQLException {
        for (String sql : statements) {
            Outcome wanted = real.run(sql);
            Outcome got = verso.run(sql);
            assertThat(got.isSameAs(wanted))
                    .as(sql + "\n  real " + wanted + "\n  ours " + got)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,plain,''", "1,plain,TEMP", "1,harmless,''", "1,direct,''", "1,direct,TEMP", "1,abs,''",
        "0,plain,''", "0,plain,TEMP", "0,harmless,''", "0,direct,''", "0,direct,TEMP", "0,abs,''"
    })
    void aFunctionIsCalledFromASchemaOnlyAsFarAsItIsTrusted(int trusted, String function, String temporary)
            throws SQLException {
        String create = "CREATE " + temporary + " ";
        same(
                "PRAGMA trusted_schema=" + trusted,
                "SELECT " + function + "(1)",
                create + "VIEW v AS SELECT " + function + "(1) AS x",
                "SELECT * FROM v",
                create + "TABLE with_default(a, b DEFAULT (" + function + "(5)))",
                "INSERT INTO with_default(a) VALUES (1)",
                create + "TABLE with_check(a, CHECK (" + function + "(a) > 0))",
                "INSERT INTO with_check VALUES (1)",
                create + "TABLE generated(a, b AS (" + function + "(a)))",
                "INSERT INTO generated VALUES (1)",
                "SELECT * FROM generated",
                create + "TABLE t(a)",
                "INSERT INTO t VALUES (1)",
                "CREATE INDEX on_expression ON t(" + function + "(a))",
                "CREATE INDEX partial ON t(a) WHERE " + function + "(a) > 0",
                "INSERT INTO t VALUES (2)",
                create + "TRIGGER body AFTER INSERT ON t BEGIN UPDATE t SET a = " + function + "(8); END",
                "INSERT INTO t VALUES (3)",
                "DROP TRIGGER body",
                create + "TRIGGER condition AFTER INSERT ON t WHEN " + function
                        + "(new.a) BEGIN UPDATE t SET a = 9; END",
                "INSERT INTO t VALUES (3)",
                "SELECT * FROM t");
    }

    @ParameterizedTest
    @CsvSource({
        "1,''", "1,TEMP", "0,''", "0,TEMP",
    })
    void aVirtualTableIsReadFromASchemaOnlyAsFarAsItIsTrusted(int trusted, String temporary) throws SQLException {
        same("PRAGMA trusted_schema=" + trusted, "CREATE TABLE t(a)");
        for (String table :
                new String[] {"json_each('[1]')", "dbstat", "pragma_table_info('t')", "pragma_user_version"}) {
            same(
                    "CREATE " + temporary + " VIEW v AS SELECT count(*) >= 0 AS x FROM " + table,
                    "SELECT * FROM v",
                    "DROP VIEW v",
                    "CREATE " + temporary
                            + " TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = (SELECT count(*) >= 0 FROM " + table
                            + "); END",
                    "INSERT INTO t VALUES (3)",
                    "DROP TRIGGER r");
        }
    }

    @ParameterizedTest
    @CsvSource({"plain", "harmless", "direct"})
    void theListOfFunctionsTellsWhoseTheyAreAndTheirRisk(String function) throws SQLException {
        same("SELECT name, builtin, type, narg, flags FROM pragma_function_list WHERE name = '" + function + "'");
    }
}
