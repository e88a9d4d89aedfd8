package dev.verso.kv.pages;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.foundationdb.FoundationDbStore;
import java.nio.file.Path;

final class PagesInFoundationDbTest extends StoreOfPagesContract {
    @Override
    KvStore open(Path newDirectory) {
        return FoundationDbStore.open(TestStores.cluster(), 10_000);
    }
}
