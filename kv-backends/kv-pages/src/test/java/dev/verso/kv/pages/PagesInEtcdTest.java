package dev.verso.kv.pages;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.EtcdMembers;
import dev.verso.kv.etcd.EtcdStore;
import java.nio.file.Path;

final class PagesInEtcdTest extends StoreOfPagesContract {
    /** A commit is several writes to disk, of three servers on one machine. */
    @Override
    long millis() {
        return 3 * super.millis();
    }

    @Override
    KvStore open(Path newDirectory) {
        return EtcdStore.open(EtcdMembers.endpoints() + "/verso-pages", 10_000);
    }
}
