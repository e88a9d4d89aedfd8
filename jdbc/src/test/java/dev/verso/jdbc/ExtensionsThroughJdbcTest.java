package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ExtensionsThroughJdbcTest {
    @Test
    void unwrapGivesTheEngineToRegisterFunctionsAndCollationsWith() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:verso::memory:");
                Statement statement = connection.createStatement()) {
            dev.verso.sql.Connection engine = connection.unwrap(dev.verso.sql.Connection.class);
            engine.createFunction(
                    "reversed",
                    1,
                    (arguments, result) -> result.setText(
                            new StringBuilder(arguments.asString(0)).reverse().toString()));
            engine.createCollation("reversed", (left, right) -> right.compareTo(left));
            String sql =
                    "SELECT reversed(value || 'x') FROM generate_series(1, 3) ORDER BY value || '' COLLATE reversed";
            StringBuilder values = new StringBuilder();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    values.append(result.getString(1)).append(' ');
                }
            }
            assertThat(values).hasToString("x3 x2 x1 ");
        }
    }
}
