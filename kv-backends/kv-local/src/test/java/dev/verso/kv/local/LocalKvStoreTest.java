package dev.verso.kv.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalKvStoreTest {
    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(LocalKvStore store, String key, byte[] value) {
        KvTransaction transaction = store.begin();
        transaction.set(bytes(key), value);
        transaction.commit().await();
    }

    private static byte[] get(LocalKvStore store, String key) {
        try (KvTransaction transaction = store.begin()) {
            return transaction.get(bytes(key), ReadMode.SNAPSHOT).await();
        }
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() {
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            put(store, "a", bytes("1"));
            put(store, "b", bytes("2"));
        }
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            assertThat(get(store, "a")).isEqualTo(bytes("1"));
            KvTransaction clear = store.begin();
            clear.clear(bytes("a"));
            clear.commit().await();
        }
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            assertThat(get(store, "a")).isNull();
            assertThat(get(store, "b")).isEqualTo(bytes("2"));
        }
    }

    @Test
    void versionsGoOnAfterReopening() {
        long before;
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            put(store, "a", bytes("1"));
            try (KvTransaction reader = store.begin()) {
                before = reader.readVersion().await();
            }
        }
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            KvTransaction transaction = store.begin();
            assertThat(transaction.readVersion().await()).isEqualTo(before);
            transaction.set(bytes("a"), bytes("2"));
            assertThat(transaction.commit().await().version()).isEqualTo(before + 1);
        }
    }

    @Test
    void anOpenStoreKeepsOthersOut() {
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            put(store, "a", bytes("1"));
            assertThatThrownBy(() -> LocalKvStore.open(directory)).isInstanceOfSatisfying(KvException.class, e -> {
                assertThat(e.failure()).isEqualTo(KvFailure.OWNED);
                assertThat(e.getMessage()).contains(directory.toString());
            });
            assertThat(get(store, "a")).isEqualTo(bytes("1"));
        }
        LocalKvStore.open(directory).close();
    }

    /** What another process gets when it opens the directory. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) {
            try (LocalKvStore store = LocalKvStore.open(Path.of(arguments[0]))) {
                System.out.print("opened " + store.name());
            } catch (KvException e) {
                System.out.print(e.failure() + " " + e.getMessage());
            }
        }
    }

    private String openElsewhere() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void anotherProcessIsToldWhoHasTheStore() throws IOException, InterruptedException {
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            assertThatThrownBy(() -> LocalKvStore.open(directory)).isInstanceOf(KvException.class);
            assertThat(openElsewhere())
                    .isEqualTo("OWNED " + directory.toRealPath() + " is in use by another process (process "
                            + ProcessHandle.current().pid() + ")");
            put(store, "a", bytes("1"));
        }
        assertThat(openElsewhere()).isEqualTo("opened local:" + directory);
    }

    @Test
    void aMissingStoreIsNotMadeIfThatIsForbidden() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> LocalKvStore.open(missing, new LocalKvStore.Options().create(false)))
                .isInstanceOfSatisfying(
                        KvException.class, e -> assertThat(e.failure()).isEqualTo(KvFailure.UNAVAILABLE));
        assertThat(missing).doesNotExist();
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsAnError() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertThatThrownBy(() -> LocalKvStore.open(file))
                .isInstanceOfSatisfying(
                        KvException.class, e -> assertThat(e.failure()).isEqualTo(KvFailure.UNAVAILABLE));
    }

    @Test
    void aStoreFileThatIsNoneIsAnError() throws IOException {
        Files.write(directory.resolve("store.mv"), new byte[20_000]);
        assertThatThrownBy(() -> LocalKvStore.open(directory))
                .isInstanceOfSatisfying(
                        KvException.class, e -> assertThat(e.failure()).isEqualTo(KvFailure.DAMAGED));
    }

    @Test
    void aLogThatIsCutShortLosesOnlyWhatIsCut() throws IOException {
        Path crashed = directory.resolve("crashed");
        try (LocalKvStore store = LocalKvStore.open(directory.resolve("live"))) {
            for (int i = 0; i < 10; i++) {
                put(store, "k" + i, bytes("value " + i));
            }
            copyAsIs(directory.resolve("live"), crashed);
        }
        Path log = CommitLog.find(crashed).get(0);
        long whole = Files.size(log);
        for (long length = whole; length >= 0; length -= 31) {
            Path copy = directory.resolve("copy" + length);
            copyAsIs(crashed, copy);
            try (var channel = FileChannel.open(CommitLog.find(copy).get(0), StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
            try (LocalKvStore store = LocalKvStore.open(copy)) {
                int there = 0;
                while (there < 10 && get(store, "k" + there) != null) {
                    there++;
                }
                for (int i = there; i < 10; i++) {
                    assertThat(get(store, "k" + i)).isNull();
                }
                if (length == whole) {
                    assertThat(there).isEqualTo(10);
                }
                put(store, "after", bytes("x"));
            }
            try (LocalKvStore store = LocalKvStore.open(copy)) {
                assertThat(get(store, "after")).isEqualTo(bytes("x"));
            }
        }
    }

    private static void copyAsIs(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void checkpointsKeepTheLogShortAndLoseNothing() throws IOException {
        Path place = directory.resolve("store");
        try (LocalKvStore store = LocalKvStore.open(place, new LocalKvStore.Options().checkpointBytes(50_000))) {
            for (int i = 0; i < 300; i++) {
                put(store, "k" + i, new byte[1_000]);
            }
            assertThat(Files.size(CommitLog.find(place).get(0))).isLessThan(60_000);
            assertThat(CommitLog.find(place)).hasSize(1);
            for (int i = 0; i < 300; i++) {
                assertThat(get(store, "k" + i)).hasSize(1_000);
            }
        }
        try (LocalKvStore store = LocalKvStore.open(place)) {
            for (int i = 0; i < 300; i++) {
                assertThat(get(store, "k" + i)).hasSize(1_000);
            }
        }
    }

    @Test
    void anInterruptOfACommittingThreadHurtsNobody() throws InterruptedException {
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                int thread = t;
                Thread writer = new Thread(() -> {
                    try {
                        for (int i = 0; i < 60; i++) {
                            put(store, thread + "/" + i, new byte[5_000]);
                            Thread.currentThread().interrupt();
                            assertThat(get(store, thread + "/" + i)).hasSize(5_000);
                        }
                    } catch (RuntimeException | AssertionError e) {
                        failure.set(e);
                    }
                });
                writer.start();
                threads.add(writer);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(get(store, "2/59")).hasSize(5_000);
        }
        try (LocalKvStore store = LocalKvStore.open(directory)) {
            assertThat(get(store, "0/59")).hasSize(5_000);
        }
    }
}
