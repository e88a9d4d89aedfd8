package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of schema formats 1 to 3: no records with 0 and 1 in their header, no descending columns in indexes. */
class OldFormatTest {
    private static final int SCHEMA_FORMAT_AT = 44;
    private static final int HEADER_BYTES = 100;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theFileIsWrittenAsTheRealSqliteWritesIt(int format) throws Exception {
        Path ours = directory.resolve("ours.db");
        Path theirs = directory.resolve("theirs.db");
        try (RealSqlite real = new RealSqlite(theirs.toString())) {
            real.run("CREATE TABLE t(a, b)");
        }
        byte[] bytes = Files.readAllBytes(theirs);
        ByteBuffer.wrap(bytes).putInt(SCHEMA_FORMAT_AT, format);
        Files.write(theirs, bytes);
        Files.write(ours, bytes);
        List<String> statements = List.of(
                "CREATE INDEX i ON t(a DESC, b)",
                "CREATE TABLE w(k, v, PRIMARY KEY(k DESC, v)) WITHOUT ROWID",
                "CREATE VIEW v AS SELECT 1",
                "INSERT INTO t VALUES(0, 1), (1, 0), (2, NULL), (1, 1), (-1, 'x')",
                "INSERT INTO w VALUES(0, 1), (1, 0), (2, 2)",
                "UPDATE t SET b = 1 WHERE a = 2",
                "PRAGMA index_xinfo(i)",
                "SELECT a, b FROM t ORDER BY a DESC, b",
                "SELECT a, b FROM t ORDER BY a, b DESC",
                "SELECT k FROM w WHERE k >= 1",
                "CREATE TABLE s AS SELECT a, b FROM t",
                "SELECT * FROM s",
                "PRAGMA integrity_check");
        try (RealSqlite real = new RealSqlite(theirs.toString());
                Verso verso = new Verso(FileStore.open(ours, FileOptions.defaults()))) {
            for (String sql : statements) {
                Outcome wanted = real.run(sql);
                Outcome got = verso.run(sql);
                assertThat(got.error()).as(sql).isEqualTo(wanted.error());
                assertThat(got.rows()).as(sql).isEqualTo(wanted.rows());
            }
        }
        byte[] a = Files.readAllBytes(ours);
        byte[] b = Files.readAllBytes(theirs);
        assertThat(a.length).isEqualTo(b.length);
        for (int at = HEADER_BYTES; at < a.length; at++) {
            assertThat(a[at]).as("byte " + at).isEqualTo(b[at]);
        }
        try (RealSqlite real = new RealSqlite(ours.toString())) {
            assertThat(real.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
        }
        try (Verso verso = new Verso(FileStore.open(ours, FileOptions.defaults()))) {
            assertThat(verso.run("VACUUM").error()).isNull();
        }
        try (RealSqlite real = new RealSqlite(ours.toString())) {
            assertThat(real.run("PRAGMA integrity_check").rows()).isEqualTo(List.of(List.of("T:ok")));
            assertThat(real.run("SELECT * FROM w").rows()).hasSize(3);
        }
    }
}
