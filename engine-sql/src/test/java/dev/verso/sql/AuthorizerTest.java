package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.sql.extend.Authorizer;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.extend.Authorizer.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the authorizer is asked, and what its answers do. */
class AuthorizerTest extends OnVerso {
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void makeTables() {
        run("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)", "INSERT INTO t VALUES(1, 2, 3), (4, 5, 6)");
        run("CREATE TABLE log(x)", "CREATE VIEW v AS SELECT b FROM t");
        run("CREATE TRIGGER r AFTER UPDATE ON t BEGIN INSERT INTO log VALUES(new.b); END");
    }

    private List<String> asked(String sql) {
        Authorizer noting = (action, first, second, database, inner) -> {
            asked.add(action + " " + first + " " + second + " " + database + (inner == null ? "" : " by " + inner));
            return Decision.ALLOW;
        };
        verso.connection().authorizer(noting);
        asked.clear();
        run(sql);
        verso.connection().authorizer(null);
        return asked;
    }

    private void answer(Action wanted, String second, Decision decision) {
        verso.connection()
                .authorizer((action, first, name, database, inner) ->
                        action == wanted && (second == null || second.equals(name)) ? decision : Decision.ALLOW);
    }

    @Test
    void itIsAskedAboutEverythingAStatementUses() {
        assertThat(asked("SELECT a, upper(b) FROM t WHERE c > 1"))
                .containsExactly(
                        "SELECT null null null",
                        "READ t a main",
                        "FUNCTION null upper null",
                        "READ t b main",
                        "READ t c main");
        assertThat(asked("SELECT count(*) FROM t"))
                .containsExactly("SELECT null null null", "FUNCTION null count null", "READ t  main");
        assertThat(asked("SELECT * FROM v"))
                .contains("SELECT null null null by v", "READ t b main by v", "READ v b main");
        assertThat(asked("UPDATE t SET b = c + 1 WHERE a = 1"))
                .contains(
                        "READ t c main",
                        "UPDATE t b main",
                        "READ t a main",
                        "INSERT log null main by r",
                        "READ t b main by r");
        assertThat(asked("INSERT INTO log VALUES(1)")).containsExactly("INSERT log null main");
        assertThat(asked("DELETE FROM log")).containsExactly("DELETE log null main");
        assertThat(asked("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2) SELECT * FROM n"))
                .contains("RECURSIVE null null null");
    }

    @Test
    void itIsAskedAboutTheSchemaAndTheConnection() {
        assertThat(asked("CREATE TABLE u(x)"))
                .containsExactly("INSERT sqlite_master null main", "CREATE_TABLE u null main");
        assertThat(asked("CREATE INDEX i ON u(x)"))
                .containsExactly("INSERT sqlite_master null main", "CREATE_INDEX i u main", "REINDEX i null main");
        assertThat(asked("DROP INDEX i")).containsExactly("DELETE sqlite_master null main", "DROP_INDEX i u main");
        assertThat(asked("DROP TABLE u"))
                .containsExactly("DELETE sqlite_master null main", "DROP_TABLE u null main", "DELETE u null main");
        assertThat(asked("CREATE TEMP VIEW w AS SELECT 1"))
                .startsWith("INSERT sqlite_temp_master null temp", "CREATE_TEMP_VIEW w null temp");
        assertThat(asked("DROP VIEW w")).contains("DROP_TEMP_VIEW w null temp");
        assertThat(asked("DROP TRIGGER r")).contains("DROP_TRIGGER r t main");
        assertThat(asked("BEGIN")).containsExactly("TRANSACTION BEGIN null null");
        assertThat(asked("SAVEPOINT s")).containsExactly("SAVEPOINT BEGIN s null");
        assertThat(asked("ROLLBACK")).containsExactly("TRANSACTION ROLLBACK null null");
        assertThat(asked("PRAGMA main.user_version = 5")).startsWith("PRAGMA user_version 5 main");
        assertThat(asked("ATTACH ':memory:' AS o")).containsExactly("ATTACH :memory: null null");
        assertThat(asked("DETACH o")).containsExactly("DETACH o null null");
    }

    @Test
    void aDenialFailsTheStatement() {
        answer(Action.READ, "b", Decision.DENY);
        assertThat(verso.run("SELECT b FROM t").error()).isEqualTo("23: access to t.b is prohibited");
        assertThat(verso.run("SELECT * FROM v").error()).isEqualTo("23: access to t.b is prohibited");
        assertThat(rows("SELECT a FROM t")).isEqualTo("[[I:1], [I:4]]");
        answer(Action.FUNCTION, "upper", Decision.DENY);
        assertThat(verso.run("SELECT upper('a')").error()).isEqualTo("23: not authorized to use function: upper");
        answer(Action.DROP_TABLE, null, Decision.DENY);
        assertThat(verso.run("DROP TABLE t").error()).isEqualTo("23: not authorized");
        verso.connection().authorizer((action, first, second, database, inner) -> null);
        assertThat(verso.run("SELECT 1").error()).isEqualTo("1: authorizer malfunction");
        verso.connection().authorizer(null);
        assertThat(rows("SELECT b FROM t")).isEqualTo("[[I:2], [I:5]]");
    }

    @Test
    void ignoringReadsNullAndLeavesUndone() {
        answer(Action.READ, "b", Decision.IGNORE);
        assertThat(rows("SELECT a, b, t.* FROM t WHERE b IS NULL"))
                .isEqualTo("[[I:1, NULL, I:1, NULL, I:3], [I:4, NULL, I:4, NULL, I:6]]");
        answer(Action.UPDATE, "b", Decision.IGNORE);
        run("UPDATE t SET b = 100, c = 100 WHERE a = 1");
        answer(Action.FUNCTION, "upper", Decision.IGNORE);
        assertThat(rows("SELECT upper('a'), lower('A')")).isEqualTo("[[NULL, T:a]]");
        answer(Action.INSERT, null, Decision.IGNORE);
        run("INSERT INTO t VALUES(9, 9, 9)", "CREATE TABLE never(x)");
        answer(Action.SELECT, null, Decision.IGNORE);
        assertThat(rows("SELECT 1")).isEqualTo("[]");
        answer(Action.DELETE, null, Decision.IGNORE);
        run("DELETE FROM t WHERE a = 4");
        verso.connection().authorizer(null);
        assertThat(rows("SELECT * FROM t")).isEqualTo("[[I:1, I:2, I:100]]");
        assertThat(rows("SELECT count(*) FROM sqlite_schema WHERE name = 'never'"))
                .isEqualTo("[[I:0]]");
    }
}
