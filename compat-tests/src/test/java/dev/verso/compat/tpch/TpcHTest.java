package dev.verso.compat.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Both engines give the same rows. In the profile full, at scale 0.05, the time of each query beside the real SQLite's is printed; without it a
 * scale of 0.002 is enough to see every plan at work.
 */
class TpcHTest {
    private static final boolean FULL = Boolean.getBoolean("verso.full");
    private static final double SCALE =
            Double.parseDouble(System.getProperty("verso.tpch.scale", FULL ? "0.05" : "0.002"));
    private static final int TIMED_RUNS = Integer.getInteger("verso.tpch.runs", FULL ? 7 : 1);
    private static final long SEED = 20260101L;

    @Test
    void everyQueryGivesTheSameRows() throws SQLException {
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            new TpcHData(verso, SCALE, SEED).load();
            new TpcHData(sqlite, SCALE, SEED).load();
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < TpcHQueries.ALL.size(); i++) {
                String sql = TpcHQueries.ALL.get(i);
                double theirs = Double.MAX_VALUE;
                double ours = Double.MAX_VALUE;
                for (int run = 0; run < TIMED_RUNS; run++) {
                    long start = System.nanoTime();
                    List<String> expected = rows(sqlite, sql);
                    long middle = System.nanoTime();
                    List<String> actual = rows(verso, sql);
                    long end = System.nanoTime();
                    assertThat(actual).as("query %d", i + 1).isEqualTo(expected);
                    theirs = Math.min(theirs, (middle - start) / 1e6);
                    ours = Math.min(ours, (end - middle) / 1e6);
                }
                ratios.add(ours / theirs);
                System.out.printf(
                        "TPC-H query %2d: SQLite %8.1f ms, Verso %8.1f ms, %5.2f times%n",
                        i + 1, theirs, ours, ours / theirs);
            }
            ratios.sort(null);
            System.out.printf(
                    "TPC-H at scale %s: median %.2f times, worst %.2f times%n",
                    SCALE, ratios.get(ratios.size() / 2), ratios.get(ratios.size() - 1));
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    Object value = result.getObject(i);
                    // Sums of reals depend on the order of the rows in their last digits.
                    row.append(i == 1 ? "" : "|").append(value instanceof Double d ? String.format("%.9e", d) : value);
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
