package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.ChildJvm;
import dev.verso.compat.Engines;
import dev.verso.kv.KvStore;
import dev.verso.kv.local.LocalKvStore;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file many times larger than the heap goes into a local store and comes out again, in one transaction each. The full profile does it with 4 GiB
 * in 512 MiB; a smaller one with the same proportion runs always.
 */
final class BigImportTest {
    private static final int ROW_BYTES = 3_900;

    @TempDir
    Path directory;

    @Test
    void aFileOf128MebibytesNeedsNoMoreThan32OfHeap() throws Exception {
        importAndExport(32_000, "-Xmx32m");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "verso.full",
            matches = "true",
            disabledReason = "only with -Pfull: 13 GB of disk, 3 minutes")
    void aFileOf4GibibytesNeedsNoMoreThan512MebibytesOfHeap() throws Exception {
        importAndExport(1_060_000, "-Xmx512m");
    }

    private void importAndExport(int rows, String heap) throws Exception {
        Path file = directory.resolve("big.sqlite");
        fill(file, rows);
        System.out.printf("importing %,d bytes with %s%n", Files.size(file), heap);
        Path out = directory.resolve("out.sqlite");
        ChildJvm child = ChildJvm.withHeap(
                heap,
                BigImportTest.class,
                file.toString(),
                directory.resolve("store").toString(),
                out.toString());
        assertThat(child.await()).as("%s", child.lines()).isZero();
        System.out.println(String.join(", ", child.lines()));
        try (Connection connection = Engines.sqlite(out.toString());
                Statement statement = connection.createStatement()) {
            try (ResultSet sums = statement.executeQuery("SELECT count(*), sum(length(body)), sum(id) FROM big")) {
                assertThat(sums.next()).isTrue();
                assertThat(sums.getLong(1)).isEqualTo(rows);
                assertThat(sums.getLong(2)).isEqualTo((long) rows * ROW_BYTES);
                assertThat(sums.getLong(3)).isEqualTo(rows * (rows + 1L) / 2);
            }
        }
        assertThat(Engines.integrity(out)).isEqualTo("ok");
    }

    private static void fill(Path file, int rows) throws SQLException {
        try (Connection connection = Engines.sqlite(file.toString());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA journal_mode = OFF");
            statement.executeUpdate("PRAGMA synchronous = OFF");
            statement.executeUpdate("CREATE TABLE big(id INTEGER PRIMARY KEY, body BLOB)");
            statement.executeUpdate("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < " + rows
                    + ") INSERT INTO big SELECT i, randomblob(" + ROW_BYTES + ") FROM c");
        }
    }

    /** The child: file, directory of the store, file to export to. */
    public static void main(String[] arguments) {
        try (KvStore store = LocalKvStore.open(Path.of(arguments[1]))) {
            Namespaces namespaces = new Namespaces(store);
            long begun = System.nanoTime();
            namespaces.importFile("big", Path.of(arguments[0]), (done, total) -> {});
            System.out.printf("imported in %,d ms%n", (System.nanoTime() - begun) / 1_000_000);
            namespaces.exportFile(NamespaceAddress.parse("big"), Path.of(arguments[2]), (done, total) -> {});
        }
    }
}
