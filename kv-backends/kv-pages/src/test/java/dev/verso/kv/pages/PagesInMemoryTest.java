package dev.verso.kv.pages;

import dev.verso.kv.KvStore;
import dev.verso.kv.memory.MemoryKvStore;
import java.nio.file.Path;

final class PagesInMemoryTest extends StoreOfPagesContract {
    @Override
    KvStore open(Path newDirectory) {
        return MemoryKvStore.create();
    }
}
