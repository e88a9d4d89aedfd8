package dev.verso.kv.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.KvException;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose files may not grow beyond a limit stands in for a disk that is full. */
final class FullDiskTest {
    @TempDir
    private Path directory;

    /** Commits until it can't, and says how often it could and what came then. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            int done = 0;
            String failure = "none";
            try (LocalKvStore store = LocalKvStore.open(Path.of(arguments[0]))) {
                try {
                    for (; done < 1_000; done++) {
                        put(store, done);
                    }
                } catch (KvException e) {
                    failure = e.failure().toString();
                }
                try {
                    put(store, 5_000);
                    failure += " then none";
                } catch (KvException e) {
                    failure += " then " + e.failure();
                }
            }
            System.out.print(done + " " + failure);
        }
    }

    private static void put(LocalKvStore store, int n) {
        KvTransaction transaction = store.begin();
        transaction.set(key(n), new byte[10_000]);
        transaction.commit().await();
    }

    private static byte[] key(int n) {
        return ("k" + n).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aCommitThatDoesNotFitIsRefusedAndLeavesTheRest() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here to limit a process's files");
        Process process = new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        "ulimit -f 400 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-Xshare:off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        int done = Integer.parseInt(said.substring(0, said.indexOf(' ')));
        assertThat(said).endsWith(" UNAVAILABLE then UNAVAILABLE");
        assertThat(done).isBetween(10, 100);
        try (LocalKvStore store = LocalKvStore.open(directory);
                KvTransaction reader = store.begin()) {
            for (int n = 0; n < done; n++) {
                assertThat(reader.get(key(n), ReadMode.SNAPSHOT).await()).hasSize(10_000);
            }
            assertThat(reader.get(key(done), ReadMode.SNAPSHOT).await()).isNull();
            assertThat(reader.get(key(5_000), ReadMode.SNAPSHOT).await()).isNull();
        }
    }
}
