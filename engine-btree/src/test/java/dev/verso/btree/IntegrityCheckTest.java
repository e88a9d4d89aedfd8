package dev.verso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damages files and compares our findings with the real SQLite's, word for word. Replay with {@code -Dverso.seed=<seed>}. */
class IntegrityCheckTest {
    /** Findings of the layer below SQL. */
    private static final Pattern OURS = Pattern.compile(
            "(Tree|Freelist:|Page|2nd reference|invalid page|Fragmentation|Multiple|max rootpage|incremental_vacuum|Bad ptr|Failed to) ?.*");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"512,0", "512,1", "1024,2", "4096,0", "65536,1"})
    void findingsInDamagedFilesAreThoseOfTheRealSqlite(int pageBytes, int autoVacuum) throws Exception {
        Path file = folder.resolve("t.sqlite");
        int[] roots = create(file, pageBytes, autoVacuum);
        byte[] good = Files.readAllBytes(file);
        long seed = Long.getLong("verso.seed", 4711);
        int rounds = Boolean.getBoolean("verso.full") ? 5_000 : 200;
        int different = 0;
        for (int round = 0; round < rounds; round++) {
            Random random = new Random(seed * 1_000_003 + round);
            byte[] bytes = good.clone();
            damage(bytes, pageBytes, random);
            Files.write(file, bytes);
            List<String> expected = realFindings(file);
            if (expected == null) {
                continue;
            }
            BTree tree = DatabaseFiles.load(bytes, pageBytes);
            List<String> found;
            try {
                tree.beginRead();
                found = tree.integrityCheck(roots, 100_000);
            } catch (DatabaseException e) {
                found = List.of(e.getMessage());
            }
            String replay = "-Dverso.seed=%d page size %d auto_vacuum %d round %d"
                    .formatted(seed, pageBytes, autoVacuum, round);
            assertThat(found.isEmpty()).as(replay).isEqualTo(expected.isEmpty());
            if (!dependsOnTheOrderOfTrees(found)) {
                List<String> missing = new ArrayList<>(expected);
                found.forEach(missing::remove);
                List<String> unexpected = new ArrayList<>(found);
                expected.forEach(unexpected::remove);
                assertThat(missing)
                        .as(replay + " missing; found %s", unexpected)
                        .isEmpty();
                assertThat(unexpected).as(replay + " unexpected").isEmpty();
            }
            if (!expected.isEmpty()) {
                different++;
            }
            tree.close();
        }
        assertThat(different).isGreaterThan(rounds / 20);
    }

    @Test
    void anEmptyDatabaseHasNoFindings() {
        BTree tree = DatabaseFiles.create(4096, 0, dev.verso.record.TextEncoding.UTF8, 0);
        tree.beginRead();
        assertThat(tree.integrityCheck(new int[] {1}, 100)).isEmpty();
        tree.beginWrite(false);
        assertThat(tree.integrityCheck(new int[] {1}, 100)).isEmpty();
    }

    /** Of two trees that claim one page, the one that is checked second gets the blame; SQLite's order is that of a hash table. */
    private static boolean dependsOnTheOrderOfTrees(List<String> findings) {
        return findings.stream().anyMatch(finding -> finding.contains("2nd reference"));
    }

    /** One to three changed bytes where structure is: page headers, cell offsets, beginnings of cells, trunk entries. */
    private static void damage(byte[] bytes, int pageBytes, Random random) {
        int pages = bytes.length / pageBytes;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int page = 2 + random.nextInt(pages - 1);
            int start = (page - 1) * pageBytes;
            int at;
            switch (random.nextInt(4)) {
                case 0 -> at = start + random.nextInt(12);
                case 1 -> at = start + 8 + random.nextInt(40);
                case 2 -> {
                    int cell = (bytes[start + 12] & 0xff) << 8 | bytes[start + 13] & 0xff;
                    at = start + Math.min(pageBytes - 1, cell % pageBytes + random.nextInt(7));
                }
                default -> at = start + random.nextInt(pageBytes);
            }
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] + random.nextInt(5) - 2);
        }
    }

    private static int[] create(Path file, int pageBytes, int autoVacuum) throws SQLException {
        try (Connection connection = DatabaseFiles.open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size=" + pageBytes);
            statement.execute("PRAGMA auto_vacuum=" + autoVacuum);
            statement.execute("CREATE TABLE t(a, b)");
            statement.execute("CREATE INDEX i ON t(a)");
            statement.execute("CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID");
            String numbers = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM n WHERE x<%d) ";
            statement.execute(numbers.formatted(300)
                    + "INSERT INTO t SELECT x*7%311, substr('abcdefghijklmnopqrstuvwxyz', 1, x%20) FROM n");
            statement.execute(numbers.formatted(100) + "INSERT INTO w SELECT 'key'||x, hex(x) FROM n");
            statement.execute("INSERT INTO t VALUES(zeroblob(3000), zeroblob(9000))");
            statement.execute("INSERT INTO t VALUES('x', zeroblob(100000))");
            statement.execute("DELETE FROM t WHERE rowid%3=0");
            statement.execute("CREATE TABLE gone(x)");
            statement.execute(
                    numbers.formatted(100) + "INSERT INTO gone SELECT zeroblob(" + pageBytes / 2 + ") FROM n");
            statement.execute("DELETE FROM gone");
            List<Integer> roots = new ArrayList<>(List.of(1));
            try (ResultSet rows = statement.executeQuery("SELECT rootpage FROM sqlite_schema")) {
                while (rows.next()) {
                    roots.add(rows.getInt(1));
                }
            }
            return roots.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** Null if SQLite refused to say anything. */
    private static List<String> realFindings(Path file) {
        List<String> found = new ArrayList<>();
        try (Connection connection = DatabaseFiles.open(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check(100000)")) {
            while (rows.next()) {
                for (String line : rows.getString(1).split("\n")) {
                    if (OURS.matcher(line).matches()) {
                        found.add(line);
                    }
                }
            }
        } catch (SQLException e) {
            return found.isEmpty() ? null : found;
        }
        return found;
    }
}
