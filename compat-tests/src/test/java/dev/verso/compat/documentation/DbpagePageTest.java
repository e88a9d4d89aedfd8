package dev.verso.compat.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** sqlite.org/dbpage.html on files. sqlite-jdbc has no {@code sqlite_dbpage}; the real SQLite writes the files and judges what became of them. */
class DbpagePageTest {
    @TempDir
    Path directory;

    private Path file(int pageSize) throws SQLException {
        Path file = directory.resolve("pages.db");
        try (Connection connection = Engines.sqlite(file.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + pageSize);
            statement.execute("CREATE TABLE t(a, b)");
            statement.execute("CREATE INDEX tb ON t(b)");
            statement.execute(
                    "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                            + " SELECT i, printf('%050d', i) FROM n");
            statement.execute("INSERT INTO t VALUES (1, printf('%0100000d', 1))");
            statement.execute("DELETE FROM t WHERE a % 3 = 0");
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void pagesAreTheBytesOfTheFile(int pageSize) throws SQLException, IOException {
        Path file = file(pageSize);
        ByteArrayOutputStream pages = new ByteArrayOutputStream();
        try (Connection connection = Engines.verso(file.toString());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pgno, data FROM sqlite_dbpage ORDER BY pgno")) {
            int number = 0;
            while (rows.next()) {
                assertThat(rows.getInt(1)).isEqualTo(++number);
                assertThat(rows.getBytes(2)).hasSize(pageSize);
                pages.writeBytes(rows.getBytes(2));
            }
        }
        assertThat(pages.toByteArray()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void aFileIsCopiedPageByPage() throws SQLException, IOException {
        Path file = file(1024);
        Path copy = directory.resolve("copy.db");
        try (Connection connection = Engines.verso(copy.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = 1024");
            statement.execute("CREATE TABLE placeholder(a)");
            statement.execute("ATTACH '" + file + "' AS source");
            statement.execute("INSERT INTO sqlite_dbpage(pgno, data) SELECT pgno, data FROM sqlite_dbpage('source')");
        }
        assertThat(Files.size(copy)).isEqualTo(Files.size(file));
        assertThat(Engines.integrity(copy)).isEqualTo("ok");
        try (Connection connection = Engines.sqlite(copy.toString());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), max(length(b)) FROM t")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(201);
            assertThat(row.getInt(2)).isEqualTo(100000);
        }
    }

    @Test
    void aFileIsCutOffAtTheCommit() throws SQLException, IOException {
        Path file = file(4096);
        long pages = Files.size(file) / 4096;
        try (Connection connection = Engines.verso(file.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO sqlite_dbpage(pgno, data) VALUES (" + (pages + 5) + ", zeroblob(4096))");
            assertThat(Files.size(file)).isEqualTo((pages + 5) * 4096);
            statement.execute("BEGIN");
            statement.execute("INSERT INTO sqlite_dbpage(pgno, data) VALUES (" + (pages + 1) + ", NULL)");
            assertThat(Files.size(file)).isEqualTo((pages + 5) * 4096);
            statement.execute("COMMIT");
        }
        assertThat(Files.size(file)).isEqualTo(pages * 4096);
        assertThat(Engines.integrity(file)).isEqualTo("ok");
    }
}
