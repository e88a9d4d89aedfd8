package dev.verso.compat.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child JVM that writes is killed at random moments: nothing acknowledged is lost, nothing is there by half. */
class KilledWriterTest {
    private static final int KILLS = Boolean.getBoolean("verso.full") ? 200 : 6;
    private static final String[] MODES = {"DELETE", "TRUNCATE", "PERSIST"};

    @TempDir
    Path directory;

    @Test
    void everyAcknowledgedCommitSurvivesAndNoneIsHalf() throws Exception {
        long seed = Long.getLong("verso.seed", System.nanoTime());
        String replay = "replay with -Dtest=KilledWriterTest -Dverso.seed=" + seed;
        Random random = new Random(seed);
        Path file = directory.resolve("killed.db");
        Path copy = directory.resolve("copy.db");
        for (int kill = 1; kill <= KILLS; kill++) {
            int acknowledged = killAfterAWhile(file, MODES[kill % MODES.length], random);
            copyWithJournal(file, copy);
            String where = "kill " + kill + " after transaction " + acknowledged + "; " + replay;
            assertThat(Engines.integrity(copy)).as(where).isEqualTo("ok");
            try (Connection bySqlite = Engines.sqlite(copy.toString());
                    Connection byVerso = Engines.verso(file.toString())) {
                int last = Ledger.lastTransaction(byVerso);
                assertThat(last).as(where).isBetween(acknowledged, acknowledged + 1);
                assertThat(Ledger.lastTransaction(bySqlite)).as(where).isEqualTo(last);
            }
            assertThat(Engines.integrity(file)).as(where).isEqualTo("ok");
        }
    }

    private static int killAfterAWhile(Path file, String journalMode, Random random) throws Exception {
        try (Child writer = new Child("ledger", "verso", file, journalMode)) {
            String line = writer.line();
            assertThat(line).as("the writer began").isNotNull();
            long end = System.nanoTime() + random.nextInt(400) * 1_000_000L;
            int acknowledged = Integer.parseInt(line);
            while (System.nanoTime() < end) {
                acknowledged = Integer.parseInt(writer.line());
            }
            Thread.sleep(0, random.nextInt(999_999));
            writer.kill();
            for (line = writer.line(); line != null && !line.isEmpty(); line = writer.line()) {
                acknowledged = Integer.parseInt(line);
            }
            return acknowledged;
        }
    }

    private static void copyWithJournal(Path file, Path copy) throws Exception {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        Path journal = Path.of(file + "-journal");
        Path journalCopy = Path.of(copy + "-journal");
        Files.deleteIfExists(journalCopy);
        if (Files.exists(journal)) {
            Files.copy(journal, journalCopy);
        }
    }
}
