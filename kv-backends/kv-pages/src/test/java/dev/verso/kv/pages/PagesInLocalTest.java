package dev.verso.kv.pages;

import dev.verso.kv.KvStore;
import dev.verso.kv.local.LocalKvStore;
import java.nio.file.Path;

final class PagesInLocalTest extends StoreOfPagesContract {
    @Override
    KvStore open(Path newDirectory) {
        return LocalKvStore.open(newDirectory);
    }
}
