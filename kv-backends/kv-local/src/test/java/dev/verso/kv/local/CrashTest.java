package dev.verso.kv.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed at random moments, again and again on the same store: what it had acknowledged is there, and no half of
 * anything else.
 */
final class CrashTest {
    @TempDir
    private Path directory;

    @Test
    void noAcknowledgedCommitIsLostWhenTheProcessIsKilled() throws IOException, InterruptedException {
        int kills = Integer.getInteger("verso.kills", 50);
        long seed = Long.getLong("verso.seed", System.nanoTime());
        System.out.println(
                "CrashTest: seed " + seed + ", " + kills + " kills; replay with -Dtest=CrashTest -Dverso.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int acknowledged = 0;
        for (int round = 0; round < kills; round++) {
            int[] last = runAndKill(round, random);
            for (int n : last) {
                acknowledged += n + 1;
            }
            check(round, last);
        }
        System.out.println("CrashTest: " + acknowledged + " acknowledged commits, none lost");
        assertThat(acknowledged).isGreaterThan(kills);
    }

    /** The last commit that each thread had acknowledged; -1 for none. */
    private int[] runAndKill(int round, SplittableRandom random) throws IOException, InterruptedException {
        String checkpointBytes = Integer.toString(random.nextInt(20_000, 400_000));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashWriter.class.getName(),
                        directory.toString(),
                        checkpointBytes,
                        Integer.toString(round)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int[] last = new int[CrashWriter.THREADS];
        Arrays.fill(last, -1);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            assertThat(line).as("the first acknowledgement").isNotNull();
            Thread killer = killAfter(process, random.nextInt(200_000));
            for (; line != null; line = out.readLine()) {
                String[] parts = line.split(" ");
                if (parts.length == 3) {
                    last[Integer.parseInt(parts[1])] = Integer.parseInt(parts[2]);
                }
            }
            killer.join();
        }
        process.waitFor();
        return last;
    }

    private static Thread killAfter(Process process, int micros) {
        Thread killer = new Thread(() -> {
            try {
                TimeUnit.MICROSECONDS.sleep(micros);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.toHandle().destroyForcibly();
        });
        killer.start();
        return killer;
    }

    private void check(int lastRound, int[] acknowledged) {
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            KvTransaction reader = store.begin();
            for (int thread = 0; thread < CrashWriter.THREADS; thread++) {
                int n = 0;
                while (true) {
                    byte[] a = reader.get(CrashWriter.key('a', lastRound, thread, n), ReadMode.SNAPSHOT)
                            .await();
                    byte[] b = reader.get(CrashWriter.key('b', lastRound, thread, n), ReadMode.SNAPSHOT)
                            .await();
                    assertThat(b).as("both keys of a commit").isEqualTo(a);
                    if (a == null) {
                        break;
                    }
                    assertThat(a).isEqualTo(CrashWriter.value(lastRound, thread, n));
                    n++;
                }
                assertThat(n)
                        .as("commits of thread %d in round %d", thread, lastRound)
                        .isGreaterThan(acknowledged[thread]);
            }
            reader.close();
        }
    }
}
