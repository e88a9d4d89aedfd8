package dev.verso.compat.simulation;

import dev.verso.kv.pages.NamespaceStat;
import java.util.ArrayList;
import java.util.List;

/** Which versions of a database are kept: no more may go than the retention allows, and those that stay read as ever. */
final class Kept {
    private static final int READ = 3;
    /** A version that was the newest so lately is kept, whatever the retention says; clocks and late commits are allowed for. */
    private static final long YOUNG_MICROS = 60_000_000 - 12_000_000;

    private final World world;
    private final NamespaceHistory namespace;

    Kept(World world, NamespaceHistory namespace) {
        this.world = world;
        this.namespace = namespace;
    }

    void check() {
        if (namespace.isDeleted()) {
            return;
        }
        Observer observer = world.observer();
        NamespaceStat stat = observer.namespaces().stat(observer.currentName(namespace));
        requireRetention(stat.oldest());
        List<Long> readable = new ArrayList<>(namespace.versions().keySet());
        readable.removeIf(version -> version < stat.oldest() || version > stat.newest());
        namespace.pins().forEach(pin -> observer.compareWhole(namespace, pin));
        for (int i = 0; i < READ && !readable.isEmpty(); i++) {
            observer.compareWhole(
                    namespace, readable.get(world.scheduler().random().nextInt(readable.size())));
        }
    }

    private void requireRetention(long oldest) {
        List<Long> dropped =
                new ArrayList<>(namespace.versions().headMap(oldest).keySet());
        if (dropped.isEmpty()) {
            return;
        }
        world.scheduler().tally().count("versions dropped");
        int kept = world.climate().keptVersions();
        if (oldest <= namespace.truncated()) {
            world.scheduler().tally().count("history truncated");
        } else {
            Observer.require(kept > 0, namespace + " keeps all, and not what was before " + oldest);
            int left = namespace.versions().size() - dropped.size();
            Observer.require(left >= kept, namespace + " keeps " + left + " versions and not " + kept);
        }
        long next = namespace.after(dropped.get(dropped.size() - 1));
        long age = world.scheduler().micros() - namespace.madeAt(next);
        Observer.require(
                age >= YOUNG_MICROS,
                namespace + " has dropped what was the newest version " + age + " microseconds ago");
    }
}
