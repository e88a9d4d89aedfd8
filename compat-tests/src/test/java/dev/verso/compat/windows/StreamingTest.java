package dev.verso.compat.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that end near the current row are delivered while rows come in: the rows here never end. */
class StreamingTest {
    @ParameterizedTest
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(
            strings = {
                "row_number() OVER ()",
                "lag(i) OVER ()",
                "sum(i) OVER (ROWS 2 PRECEDING)",
                "max(i) OVER (ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING)",
                "sum(i) OVER (ROWS BETWEEN 2 FOLLOWING AND 4 FOLLOWING)",
                "group_concat(i) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 4 FOLLOWING EXCLUDE CURRENT ROW)",
                "first_value(i) OVER (ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)"
            })
    void rowsComeOutBeforeTheLastOneHasComeIn(String call) throws SQLException {
        String sql =
                "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT i, " + call + " FROM r LIMIT 6";
        try (Connection ours = Engines.verso(":memory:");
                Connection theirs = Engines.sqlite(":memory:")) {
            assertThat(WindowDifferentialTest.answer(ours, sql)).isEqualTo(WindowDifferentialTest.answer(theirs, sql));
        }
    }
}
