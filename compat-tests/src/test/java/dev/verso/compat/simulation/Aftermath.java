package dev.verso.compat.simulation;

import dev.verso.compat.Engines;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.pages.NamespaceAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** When all is over: every transaction was told the truth, every version that is kept is what the model says, and all trees are sound. */
final class Aftermath {
    private static final double EXPORTED = 0.02;

    private final World world;
    private final Observer observer;

    Aftermath(World world) {
        this.world = world;
        observer = world.observer();
    }

    void check() {
        observer.look();
        for (NamespaceHistory each : List.copyOf(world.model().namespaces())) {
            if (!each.isDeleted() && each.isImporting()) {
                world.files().finish(each, observer.namespaces());
            }
        }
        observer.requireTruth();
        for (NamespaceHistory each : world.model().namespaces()) {
            if (!each.isDeleted()) {
                check(each);
            }
        }
    }

    private void check(NamespaceHistory namespace) {
        observer.compare(namespace, namespace.newest());
        Observer.requireEqual(observer.eye(namespace).integrity(), "ok\n", "trees of " + namespace);
        new Kept(world, namespace).check();
        requireErrorForDropped(namespace);
        if (world.scheduler().chance(EXPORTED)) {
            export(namespace);
        }
    }

    /** A version that was dropped is an error, and not what is left of it. */
    private void requireErrorForDropped(NamespaceHistory namespace) {
        for (long version : namespace.versions().keySet()) {
            String address = observer.currentName(namespace) + "@" + version;
            if (!observer.isReadable(namespace, version) && !namespace.mayBeLocked()) {
                try {
                    observer.namespaces().open(address).close();
                } catch (DatabaseException e) {
                    Observer.require(e.code() == ResultCode.ERROR_SNAPSHOT, address + ": " + e.getMessage());
                    return;
                }
                Observer.require(
                        !observer.namespaces()
                                        .stat(observer.currentName(namespace))
                                        .leases()
                                        .isEmpty()
                                || !observer.namespaces()
                                        .stat(observer.currentName(namespace))
                                        .forks()
                                        .isEmpty(),
                        address + " was dropped and can be opened");
                return;
            }
        }
    }

    private void export(NamespaceHistory namespace) {
        try {
            Path file = Files.createTempFile("simulated", ".db");
            try {
                NamespaceAddress address = NamespaceAddress.parse(observer.currentName(namespace));
                observer.namespaces().exportFile(address, file, (done, all) -> {});
                Observer.requireEqual(Engines.integrity(file), "ok", "the file of " + namespace);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
