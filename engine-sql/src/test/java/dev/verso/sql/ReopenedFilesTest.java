package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements on a file that is closed and opened again in between, here and in the real SQLite; beside it the length of the journal that stays. */
class ReopenedFilesTest {
    private static final String REOPEN = "";

    @TempDir
    Path directory;

    @Test
    void theDefaultCacheSizeOfTheFileIsTheCacheSizeOfItsNextConnection() throws Exception {
        compare(
                false,
                "CREATE TABLE t(x)",
                "PRAGMA default_cache_size=500",
                REOPEN,
                "PRAGMA cache_size",
                "PRAGMA cache_size=-77",
                "PRAGMA cache_size",
                REOPEN,
                "PRAGMA default_cache_size=-300",
                REOPEN,
                "PRAGMA cache_size",
                "VACUUM",
                "PRAGMA cache_size",
                "PRAGMA default_cache_size=0",
                REOPEN,
                "SELECT * FROM t",
                "PRAGMA cache_size");
    }

    @Test
    void aFileWithoutTablesHasNoEncodingYet() throws Exception {
        compare(
                false,
                "PRAGMA user_version=3",
                REOPEN,
                "PRAGMA encoding='utf-16'",
                "PRAGMA encoding",
                "CREATE TABLE t(x)",
                "INSERT INTO t VALUES('abc')",
                "PRAGMA encoding='utf-8'",
                "SELECT hex(CAST(x AS BLOB)) FROM t",
                REOPEN,
                "PRAGMA encoding",
                "SELECT x FROM t");
    }

    @Test
    void underExclusiveLockingTheJournalStaysUntilTheLocksGo() throws Exception {
        compare(
                true,
                "PRAGMA locking_mode=exclusive",
                "CREATE TABLE t(x)",
                "INSERT INTO t VALUES(zeroblob(100000))",
                "PRAGMA journal_size_limit=2000",
                "UPDATE t SET x=zeroblob(50000)",
                "PRAGMA journal_size_limit=0",
                "UPDATE t SET x=zeroblob(60000)",
                "PRAGMA journal_size_limit=1000",
                "UPDATE t SET x=zeroblob(50000)",
                "SELECT count(*) FROM t",
                "PRAGMA locking_mode=normal",
                "SELECT count(*) FROM t",
                "UPDATE t SET x=zeroblob(60000)",
                "PRAGMA journal_mode=persist",
                "UPDATE t SET x=zeroblob(50000)",
                "PRAGMA journal_mode=truncate",
                "UPDATE t SET x=zeroblob(60000)",
                "PRAGMA locking_mode=exclusive",
                "UPDATE t SET x=zeroblob(50000)",
                "PRAGMA journal_mode=persist",
                "UPDATE t SET x=zeroblob(60000)",
                "PRAGMA journal_mode=delete",
                "UPDATE t SET x=zeroblob(50000)",
                "PRAGMA locking_mode=normal",
                "SELECT 1",
                "SELECT count(*) FROM t",
                "PRAGMA locking_mode=exclusive",
                "UPDATE t SET x=zeroblob(60000)",
                REOPEN,
                "SELECT count(*) FROM t");
    }

    private void compare(boolean journals, String... statements) throws Exception {
        Path realFile = directory.resolve("real.db");
        Path ourFile = directory.resolve("ours.db");
        RealSqlite real = new RealSqlite(realFile.toString());
        Verso verso = new Verso(FileStore.open(ourFile, FileOptions.defaults()));
        try {
            for (String sql : List.of(statements)) {
                if (sql.equals(REOPEN)) {
                    real.close();
                    verso.close();
                    real = new RealSqlite(realFile.toString());
                    verso = new Verso(FileStore.open(ourFile, FileOptions.defaults()));
                } else {
                    assertThat(verso.run(sql)).as(sql).isEqualTo(real.run(sql));
                }
                if (journals) {
                    assertThat(journalBytes(ourFile)).as("journal after " + sql).isEqualTo(journalBytes(realFile));
                }
            }
        } finally {
            real.close();
            verso.close();
        }
    }

    /** -1 if there is none. */
    private static long journalBytes(Path file) throws Exception {
        Path journal = Path.of(file + "-journal");
        return Files.exists(journal) ? Files.size(journal) : -1;
    }
}
