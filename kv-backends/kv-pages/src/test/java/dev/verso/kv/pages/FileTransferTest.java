package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made by the real SQLite go into a store and come out again; the real SQLite is the judge. */
final class FileTransferTest {
    @TempDir
    private Path directory;

    private static Connection sqlite(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    static Path makeFile(Path directory, String name, int pageSize, int rows, String pragmas) throws SQLException {
        Path file = directory.resolve(name);
        try (Connection connection = sqlite(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size=" + pageSize);
            statement.execute(pragmas);
            statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, body BLOB)");
            statement.execute("CREATE INDEX t_name ON t(name)");
            statement.execute("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<" + rows + ")"
                    + " INSERT INTO t SELECT i, 'name ' || (i*7919 % 1000), randomblob(i % 1500) FROM n");
            statement.execute("DELETE FROM t WHERE id % 5 = 0");
        }
        return file;
    }

    private static String ask(Path file, String sql) throws SQLException {
        try (Connection connection = sqlite(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return String.join("|", answers);
        }
    }

    private static final String CONTENT = "SELECT count(*) || ' ' || sum(id) || ' ' || sum(length(body)) || ' '"
            + " || group_concat(hex(substr(body, 1, 3))) FROM t";

    static void checkRoundTrip(KvStore kv, String name, Path directory, Path file) throws SQLException, IOException {
        Namespaces namespaces = new Namespaces(kv);
        List<Long> told = new ArrayList<>();
        long version = namespaces.importFile(name, file, (done, total) -> told.add(done * 1000 / Math.max(1, total)));
        assertThat(told).isSorted().startsWith(0L).endsWith(1000L);
        assertThat(namespaces.newestVersion(name)).isEqualTo(version);
        Path out = directory.resolve("out.sqlite");
        namespaces.exportFile(NamespaceAddress.parse(name), out, Progress.NONE);
        assertThat(ask(out, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(ask(out, CONTENT)).isEqualTo(ask(file, CONTENT));
        assertThat(Files.size(out)).isEqualTo(Files.size(file));
        assertThat(directory.resolve("out.sqlite.part")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void aFileComesOutAsItWentIn(int pageSize) throws SQLException, IOException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            checkRoundTrip(
                    kv,
                    "app",
                    directory,
                    makeFile(directory, "in.sqlite", pageSize, 400, "PRAGMA auto_vacuum=INCREMENTAL"));
        }
    }

    @Test
    void aFileLargerThanATransactionOfTheStoreGoesInAsOneVersion() throws SQLException, IOException {
        KvLimits small = new KvLimits(1_000, 10_000, 100_000, 5_000);
        try (KvStore kv = MemoryKvStore.builder().limits(small).build()) {
            checkRoundTrip(
                    kv, "app", directory, makeFile(directory, "in.sqlite", 4096, 3_000, "PRAGMA encoding='UTF-16le'"));
            assertThat(new Namespaces(kv).versions("app", 0, 10)).hasSize(1);
        }
    }

    @Test
    void anExportGoesOnFromWhatWasSyncedWhateverIsBehindIt() throws SQLException, IOException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            Path file = makeFile(directory, "in.sqlite", 65536, 20_000, "PRAGMA user_version=1");
            namespaces.importFile("app", file, Progress.NONE);
            Path out = directory.resolve("out.sqlite");
            Progress halting = (done, total) -> {
                if (done * 65536 > 5 << 20) {
                    throw new IllegalStateException("halted");
                }
            };
            assertThatThrownBy(() -> namespaces.exportFile(NamespaceAddress.parse("app"), out, halting))
                    .hasMessage("halted");
            Path part = directory.resolve("out.sqlite.part");
            String[] mark = Files.readString(directory.resolve("out.sqlite.part.version"))
                    .split(" ");
            int synced = Integer.parseInt(mark[2]);
            assertThat(synced).isBetween(1, (int) (Files.size(part) / 65536));
            // Power was lost: the file has grown, and there is nothing in what was not synced.
            Files.write(part, Arrays.copyOf(Files.readAllBytes(part), (synced + 20) * 65536));
            List<Long> told = new ArrayList<>();
            namespaces.exportFile(NamespaceAddress.parse("app"), out, (done, total) -> told.add(done));
            assertThat(told).startsWith((long) synced);
            assertThat(ask(out, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(ask(out, CONTENT)).isEqualTo(ask(file, CONTENT));
        }
    }

    @Test
    void aPastVersionIsExportedAsItWas() throws SQLException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            Path file = makeFile(directory, "in.sqlite", 1024, 50, "PRAGMA user_version=7");
            long version = namespaces.importFile("app", file, Progress.NONE);
            PageStore store = namespaces.open("app");
            Pager pager = new Pager(store);
            pager.beginWrite(false);
            byte[] first = pager.edit(1);
            first[60 + 3] = 8;
            pager.prepareCommit(null);
            pager.finishCommit();
            pager.close();
            store.close();
            Path then = directory.resolve("then.sqlite");
            Path now = directory.resolve("now.sqlite");
            namespaces.exportFile(new NamespaceAddress("app", version, null), then, Progress.NONE);
            namespaces.exportFile(NamespaceAddress.parse("app"), now, Progress.NONE);
            assertThat(ask(then, "PRAGMA user_version")).isEqualTo("7");
            assertThat(ask(now, "PRAGMA user_version")).isEqualTo("8");
            assertThat(ask(now, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(ask(now, CONTENT)).isEqualTo(ask(file, CONTENT));
        }
    }

    @Test
    void aFileOverAFileThatWasThereReplacesIt() throws SQLException, IOException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.importFile(
                    "app", makeFile(directory, "in.sqlite", 1024, 50, "PRAGMA user_version=7"), Progress.NONE);
            Path out = Files.write(directory.resolve("out.sqlite"), new byte[100_000]);
            namespaces.exportFile(NamespaceAddress.parse("app"), out, Progress.NONE);
            assertThat(ask(out, "PRAGMA user_version")).isEqualTo("7");
        }
    }

    @Test
    void anEmptyDatabaseIsExportedAsAnEmptyFile() throws IOException, SQLException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            Path out = directory.resolve("out.sqlite");
            namespaces.exportFile(NamespaceAddress.parse("app"), out, Progress.NONE);
            assertThat(Files.size(out)).isZero();
            assertThat(ask(out, "PRAGMA integrity_check")).isEqualTo("ok");
        }
    }

    @Test
    void whatIsNoDatabaseIsNotImportedAndLeavesNothing() throws IOException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            Path text = Files.writeString(directory.resolve("text"), "this is no database ".repeat(500));
            assertThatThrownBy(() -> namespaces.importFile("app", text, Progress.NONE))
                    .isInstanceOf(DatabaseException.class);
            assertThatThrownBy(() -> namespaces.importFile("app", directory.resolve("none"), Progress.NONE))
                    .isInstanceOf(DatabaseException.class);
            assertThat(namespaces.list()).isEmpty();
        }
    }

    @Test
    void anImportThatIsStoppedLeavesNothing() throws SQLException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            Path file = makeFile(directory, "in.sqlite", 512, 5_000, "PRAGMA user_version=7");
            assertThatThrownBy(() -> namespaces.importFile("app", file, (done, total) -> {
                        if (done > total / 2) {
                            throw new IllegalStateException("stopped");
                        }
                    }))
                    .hasMessage("stopped");
            assertThat(namespaces.list()).isEmpty();
        }
    }

    @Test
    void aNamespaceWithPagesIsNotOverwritten() throws SQLException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            Path file = makeFile(directory, "in.sqlite", 1024, 50, "PRAGMA user_version=7");
            namespaces.importFile("app", file, Progress.NONE);
            assertThatThrownBy(() -> namespaces.importFile("app", file, Progress.NONE))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("not empty");
            assertThat(namespaces.versions("app", 0, 10)).hasSize(1);
            assertThat(Arrays.asList("app")).isEqualTo(namespaces.list());
        }
    }

    /** What a killed process looks like to the store: it is not heard of any more. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aKilledImportGoesOnWhereItStoppedAndIsSeenAtOnce() throws SQLException, IOException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Path file = makeFile(directory, "in.sqlite", 4096, 20_000, "PRAGMA user_version=7");
            Namespaces namespaces = new Namespaces(kv);
            List<Long> told = new ArrayList<>();
            for (int kills = 0; kills < 2; kills++) {
                long stop = told.isEmpty() ? 1 : told.get(told.size() - 1) + 1;
                assertThatThrownBy(() -> new Namespaces(kv).importFileInParts("app", file, (done, total) -> {
                            told.add(done);
                            if (done >= stop) {
                                throw new Killed();
                            }
                        }))
                        .isInstanceOf(Killed.class);
                assertThat(namespaces.newestVersion("app")).isZero();
                assertThat(namespaces.stat("app").lock().owner()).startsWith("import of in.sqlite");
            }
            assertThat(told).isSorted().startsWith(0L);
            long version = new Namespaces(kv).importFileInParts("app", file, (done, total) -> told.add(done));
            assertThat(told).isSorted().endsWith(Files.size(file) / 4096);
            assertThat(namespaces.versions("app", 0, 10))
                    .extracting(NamespaceVersion::version)
                    .containsExactly(version);
            Path out = directory.resolve("out.sqlite");
            namespaces.exportFile(NamespaceAddress.parse("app"), out, Progress.NONE);
            assertThat(ask(out, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(ask(out, CONTENT)).isEqualTo(ask(file, CONTENT));
            assertThatThrownBy(() -> namespaces.importFileInParts("app", file, Progress.NONE))
                    .hasMessageContaining("not empty");
            assertThat(namespaces.stat("app").lock()).isNull();
            namespaces.create("other");
            assertThatThrownBy(() -> namespaces.importFileInParts("gone", file, (done, total) -> {
                        throw new IllegalStateException("stopped");
                    }))
                    .hasMessage("stopped");
            assertThat(namespaces.list()).containsExactly("app", "other");
        }
    }

    @Test
    void aPartOfAnImportIsNoVersionThoughSomebodyHasLeasedIt() throws SQLException, IOException {
        SimulatedClock clock = new SimulatedClock();
        try (KvStore kv = MemoryKvStore.builder().clock(clock).build()) {
            Path file = makeFile(directory, "in.sqlite", 4096, 20_000, "PRAGMA user_version=7");
            Namespaces namespaces = new Namespaces(kv);
            List<Long> leased = new ArrayList<>();
            long version = namespaces.importFileInParts("app", file, (done, total) -> {
                clock.advanceMillis(60_000);
                namespaces.heartbeat();
                if (done < total) {
                    leased.addAll(namespaces.stat("app").leases());
                }
                for (long part : leased) {
                    assertThatThrownBy(() -> namespaces.open("app@" + part))
                            .hasMessageContaining("namespace app has no version " + part)
                            .hasMessageContaining("nothing is seen yet of the work of 'import of in.sqlite");
                }
            });
            assertThat(leased).isNotEmpty().doesNotContain(version);
            assertThat(namespaces.stat("app").leases()).isEmpty();
            for (long part : leased) {
                assertThatThrownBy(() -> namespaces.open("app@" + part))
                        .hasMessageContaining("version " + part + " is no longer kept; the oldest one is " + version);
            }
            assertThat(namespaces.versions("app", 0, 10))
                    .extracting(NamespaceVersion::version)
                    .containsExactly(version);
        }
    }

    @Test
    void aKilledExportGoesOnWithTheVersionThatItHadBegun() throws SQLException, IOException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            checkKilledExport(kv, "app", directory);
        }
    }

    /** Exports a database that it makes in two runs. */
    static void checkKilledExport(KvStore kv, String name, Path directory) throws SQLException, IOException {
        Namespaces namespaces = new Namespaces(kv);
        Path file = makeFile(directory, "in.sqlite", 4096, 8_000, "PRAGMA user_version=7");
        namespaces.importFile(name, file, Progress.NONE);
        Path out = directory.resolve("out.sqlite");
        List<Long> told = new ArrayList<>();
        assertThatThrownBy(() -> namespaces.exportFile(NamespaceAddress.parse(name), out, (done, total) -> {
                    told.add(done);
                    if (done > total / 2) {
                        throw new Killed();
                    }
                }))
                .isInstanceOf(Killed.class);
        assertThat(out).doesNotExist();
        try (PageStore store = namespaces.open(name);
                Pager pager = new Pager(store)) {
            pager.beginWrite(false);
            pager.edit(1)[60 + 3] = 8;
            pager.prepareCommit(null);
            pager.finishCommit();
        }
        List<Long> again = new ArrayList<>();
        namespaces.exportFile(NamespaceAddress.parse(name), out, (done, total) -> again.add(done));
        assertThat(again.get(0)).isGreaterThan(100);
        assertThat(ask(out, "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(ask(out, "PRAGMA user_version")).isEqualTo("7");
        assertThat(ask(out, CONTENT)).isEqualTo(ask(file, CONTENT));
        namespaces.exportFile(NamespaceAddress.parse(name), out, Progress.NONE);
        assertThat(ask(out, "PRAGMA user_version")).isEqualTo("8");
        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()).toList())
                    .containsExactlyInAnyOrder("in.sqlite", "out.sqlite");
        }
    }
}
