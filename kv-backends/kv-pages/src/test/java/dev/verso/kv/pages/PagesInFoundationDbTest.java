package dev.verso.kv.pages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.KvStore;
import dev.verso.kv.foundationdb.FoundationDbStore;
import java.nio.file.Path;

final class PagesInFoundationDbTest extends StoreOfPagesContract {
    @Override
    KvStore open(Path newDirectory) {
        String cluster = System.getProperty("dev.verso.fdb.cluster");
        assumeTrue(cluster != null, "FoundationDB: no cluster given; run with -Ddev.verso.fdb.cluster=<cluster file>");
        return FoundationDbStore.open(cluster, 10_000);
    }
}
