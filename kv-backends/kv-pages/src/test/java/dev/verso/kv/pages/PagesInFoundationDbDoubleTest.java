package dev.verso.kv.pages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.KvStore;
import dev.verso.kv.KvStores;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** FoundationDB's store on the double of FoundationDB's client that is among the tests of its module. */
final class PagesInFoundationDbDoubleTest extends StoreOfPagesContract {
    @Override
    KvStore open(Path newDirectory) {
        return open(Map.of());
    }

    private static KvStore open(Map<String, String> options) {
        assumeTrue(KvStores.isPresent("fdb-double"), "the tests of kv-foundationdb are not compiled");
        return KvStores.open("fdb-double", UUID.randomUUID().toString(), options);
    }

    @Test
    void moneyIsNeitherMadeNorLostWithBadLuck() throws Exception {
        long seed = Long.getLong("verso.seed", 7);
        System.out.println("replay with -Dtest=PagesInFoundationDbDoubleTest -Dtest.jvm.args=-Dverso.seed=" + seed);
        try (KvStore kv = open(Map.of("badLuck", Long.toString(seed)))) {
            ConcurrencyTest.moveMoney(kv, "bank", millis());
        }
    }
}
