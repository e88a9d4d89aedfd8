package dev.verso.compat.simulation;

import dev.verso.error.DatabaseException;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.kv.pages.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Imports and exports, which go on in another process when the one that began them has crashed. */
final class FileWork {
    private static final int MOST_IMPORTS = 1;

    /** One that somebody has begun. */
    private static final class Job {
        private final String name;
        private final NamespaceHistory exported;
        private SimulatedProcess worker;

        private Job(String name, NamespaceHistory exported) {
            this.name = name;
            this.exported = exported;
        }

        private boolean isFree() {
            return worker == null || worker.isDead();
        }
    }

    private final World world;
    private final SampleFile file;
    private final List<Job> jobs = new ArrayList<>();
    private Path directory;
    private int imports;

    FileWork(World world) {
        this.world = world;
        file = SampleFile.of(world.climate().pageSizeBytes());
    }

    private Job free(boolean isExport) {
        for (Job each : jobs) {
            if (each.exported != null == isExport && each.isFree()) {
                return each;
            }
        }
        return null;
    }

    /** True while it imports or exports. */
    boolean isBusy(SimulatedProcess process) {
        return jobs.stream().anyMatch(job -> job.worker == process);
    }

    /** @param process who works, and may die between two parts; null for nobody who may */
    private Progress progress(String what, SimulatedProcess process) {
        boolean[] isFirst = {true};
        return (done, all) -> {
            boolean isWithin = process != null && done > 0 && done < all;
            boolean isLeased =
                    isWithin && what.equals("import") && world.scheduler().chance(0.5) && awaitLease(process);
            if (isWithin && world.scheduler().chance(isLeased || what.equals("export") ? 0.8 : 0.4)) {
                world.crash(process);
                world.scheduler().requireRunning();
            }
            if (isFirst[0] && done > 0) {
                world.scheduler().tally().count(what + " goes on where it stopped");
            }
            isFirst[0] = false;
        };
    }

    /** So long that the version of the last part is leased. */
    private boolean awaitLease(SimulatedProcess process) {
        world.scheduler().sleepMicros(3 * 1_000 * Namespaces.HEARTBEAT_MILLIS);
        for (Job each : jobs) {
            NamespaceHistory made = each.worker == process ? world.model().named(each.name) : null;
            if (made != null
                    && !made.isDeleted()
                    && !world.observer().namespaces().stat(each.name).leases().isEmpty()) {
                world.scheduler().tally().count("part of an import leased");
                return true;
            }
        }
        return false;
    }

    // ---- imports

    /** Begins an import, or goes on with one. */
    void importFile(SimulatedProcess process) {
        Job job = free(false);
        if (job == null) {
            if (imports == MOST_IMPORTS) {
                return;
            }
            imports++;
            job = new Job("imported" + process.number(), null);
            jobs.add(job);
        }
        job.worker = process;
        world.scheduler().trace().say(world.scheduler().micros(), process, "imports " + job.name);
        world.scheduler().tally().count("imports");
        world.model().mayBeImported(job.name, file.contents());
        try {
            long version = process.namespaces().importFileInParts(job.name, file.path(), progress("import", process));
            NamespaceHistory made = world.model().named(job.name);
            Observer.require(
                    made != null && made.versions().containsKey(version),
                    job.name + " was imported as version " + version + " and is not there");
            jobs.remove(job);
        } catch (DatabaseException e) {
            world.scheduler().trace().say(world.scheduler().micros(), process, "import fails: " + e.getMessage());
            job.worker = null;
            NamespaceHistory made = world.model().named(job.name);
            if (made != null && !made.isImporting()) {
                jobs.remove(job); // what a crashed process had sent has done it
            } else {
                world.requireExpected(e, null);
            }
        }
    }

    /** Ends what nobody has gone on with. */
    void finish(NamespaceHistory namespace, Namespaces namespaces) {
        world.scheduler().tally().count("import finished in the end");
        namespaces.importFileInParts(namespace.name(), file.path(), progress("import", null));
        world.observer().look();
        Observer.require(!namespace.isImporting(), namespace + " was imported and is not there");
    }

    // ---- exports

    /** Begins an export, or goes on with one. */
    void export(SimulatedProcess process, NamespaceHistory namespace) {
        Job job = free(true);
        if (job == null) {
            for (Job each : jobs) {
                if (each.exported == namespace) {
                    return;
                }
            }
            job = new Job("export" + namespace.id() + ".db", namespace);
            jobs.add(job);
        }
        job.worker = process;
        Path target = directory().resolve(job.name);
        world.scheduler().tally().count("exports");
        try {
            NamespaceAddress address = NamespaceAddress.parse(job.exported.name());
            process.namespaces().exportFile(address, target, progress("export", process));
        } catch (DatabaseException e) {
            job.worker = null;
            world.requireReadable(e, job.exported, job.exported.newest(), job.exported.now());
            return;
        }
        jobs.remove(job);
        String found = SampleFile.lines(target);
        Observer.require(
                job.exported.versions().values().stream()
                        .anyMatch(contents -> SampleFile.lines(contents).equals(found)),
                "what was exported of " + job.exported + " is none of its versions");
    }

    private Path directory() {
        try {
            if (directory == null) {
                directory = Files.createTempDirectory("exported");
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what was exported. */
    void close() {
        if (directory == null) {
            return;
        }
        try (var files = Files.list(directory)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
