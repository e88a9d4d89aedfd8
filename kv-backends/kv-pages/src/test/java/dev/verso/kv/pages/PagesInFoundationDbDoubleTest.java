package dev.verso.kv.pages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.KvStore;
import dev.verso.kv.KvStores;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** FoundationDB's store on the double of FoundationDB's client that is among the tests of its module. */
final class PagesInFoundationDbDoubleTest extends StoreOfPagesContract {
    @Override
    KvStore open(Path newDirectory) {
        assumeTrue(KvStores.isPresent("fdb-double"), "the tests of kv-foundationdb are not compiled");
        return KvStores.open("fdb-double", UUID.randomUUID().toString(), Map.of());
    }
}
