package dev.verso.kv.foundationdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.apple.foundationdb.FDBException;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoundationDbProviderTest {
    @TempDir
    private Path directory;

    @Test
    void theBackendIsFoundByItsScheme() {
        assertThat(KvStores.isPresent("fdb")).isTrue();
        assertThat(KvStores.isPresent("nosuch")).isFalse();
    }

    @Test
    void aMissingClusterFileIsNamed() {
        assertThatThrownBy(() ->
                        KvStores.open("fdb", directory.resolve("none.cluster").toString(), Map.of()))
                .isInstanceOfSatisfying(KvException.class, e -> {
                    assertThat(e.failure()).isEqualTo(KvFailure.UNAVAILABLE);
                    assertThat(e.getMessage()).contains("none.cluster");
                });
    }

    @Test
    void aMissingNativeLibraryIsNamed() throws IOException {
        assumeTrue(
                System.getProperty("dev.verso.fdb.cluster") == null,
                "FoundationDB's native library is here, where a cluster is given");
        Path file = Files.writeString(directory.resolve("fdb.cluster"), "test:test@127.0.0.1:1");
        assertThatThrownBy(() -> KvStores.open("fdb", file.toString(), Map.of("connectTimeoutMillis", "500")))
                .isInstanceOfSatisfying(KvException.class, e -> {
                    assertThat(e.failure()).isEqualTo(KvFailure.UNAVAILABLE);
                    assertThat(e.getMessage()).containsAnyOf("libfdb_c", "did not answer");
                });
    }

    @Test
    void aLostAnswerIsAnUnknownResultOnlyForACommit() {
        FDBException timedOut = new FDBException("timed out", 1031);
        assertThat(FoundationDbFailures.translate(timedOut, false).failure()).isEqualTo(KvFailure.TIMED_OUT);
        assertThat(FoundationDbFailures.translate(timedOut, true).failure()).isEqualTo(KvFailure.UNKNOWN_RESULT);
        CompletionException conflict = new CompletionException(new FDBException("conflict", 1020));
        assertThat(FoundationDbFailures.translate(conflict, true).failure()).isEqualTo(KvFailure.CONFLICT);
    }
}
