package dev.verso.kv.local;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.KvStoreContract;
import dev.verso.kv.contract.SimulatedClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LocalKvStoreContractTest extends KvStoreContract {
    @TempDir
    private Path directory;

    @Override
    protected KvStore open(SimulatedClock clock) {
        return LocalKvStore.open(
                directory, new LocalKvStore.Options().clock(clock).checkpointBytes(100_000));
    }
}
