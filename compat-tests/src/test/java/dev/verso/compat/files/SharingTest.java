package dev.verso.compat.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.ChildJvm;
import dev.verso.compat.Engines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the real SQLite and two of Verso write to one file at the same time: nothing is lost, nothing damaged. */
class SharingTest {
    private static final int SECONDS = Boolean.getBoolean("verso.full") ? 60 : 10;

    @TempDir
    Path folder;

    @Test
    void fourProcessesOfTwoEnginesShareAFile() throws Exception {
        Path file = folder.resolve("shared.sqlite");
        try (Connection connection = Engines.sqlite(file.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE counter (n INTEGER, deleted INTEGER)");
            statement.execute("INSERT INTO counter VALUES (0, 0)");
            statement.execute("CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, process TEXT, text TEXT)");
            statement.execute("CREATE INDEX log_text ON log (text)");
        }
        List<ChildJvm> children = new ArrayList<>();
        for (String engine : List.of("verso", "sqlite", "verso", "sqlite")) {
            children.add(new ChildJvm(SharingWriter.class, engine, file.toString(), String.valueOf(SECONDS)));
        }
        long done = 0;
        for (ChildJvm child : children) {
            int code = child.await();
            List<String> lines = child.lines().stream()
                    .filter(line -> !line.startsWith("SLF4J"))
                    .toList();
            assertThat(code).as("%s", lines).isZero();
            System.out.println(lines);
            String[] words = lines.get(lines.size() - 1).split(" ");
            assertThat(words[0]).isEqualTo("done");
            assertThat(Integer.parseInt(words[1])).isPositive();
            done += Integer.parseInt(words[1]);
        }
        for (Connection connection : List.of(Engines.verso(file.toString()), Engines.sqlite(file.toString()))) {
            try (connection;
                    Statement statement = connection.createStatement()) {
                assertThat(text(statement, "PRAGMA integrity_check")).isEqualTo("ok");
                assertThat(text(statement, "SELECT n FROM counter")).isEqualTo(String.valueOf(done));
                assertThat(text(statement, "SELECT count(*) + (SELECT deleted FROM counter) FROM log"))
                        .isEqualTo(String.valueOf(done));
            }
        }
    }

    private static String text(Statement statement, String sql) throws java.sql.SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
