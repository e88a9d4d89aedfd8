package dev.verso.cli;

import dev.verso.jdbc.VersionedDatabases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands about databases as such: what there is, and moving them in and out. */
final class DatabaseCommands {
    private DatabaseCommands() {}

    @Command(
            name = "create",
            description = "Makes an empty database.",
            footer = "  verso create local:/data app --compress")
    static final class Create extends StoreCommand.OfDatabase {
        @Option(names = "--compress", description = "compress its page images")
        private boolean compress;

        Create() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.create(name);
            if (compress) {
                databases.compressed(name, true);
            }
            return say("%s is made", name);
        }
    }

    @Command(name = "list", description = "Lists the databases of a store.", footer = "  verso list local:/data")
    static final class Listing extends StoreCommand.OfStore {
        Listing() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.list().forEach(name -> say("%s", name));
            return 0;
        }
    }

    @Command(
            name = "rename",
            description = "Gives a database another name; connections that have it open go on.",
            footer = "  verso rename local:/data app production")
    static final class Rename extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "NEW")
        private String newName;

        Rename() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.rename(name, newName);
            return say("%s is now %s", name, newName);
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a database with all its versions. Fails while forks of it exist.",
            footer = "  verso delete local:/data try-out")
    static final class Delete extends StoreCommand.OfDatabase {
        Delete() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.delete(name);
            return say("%s is deleted", name);
        }
    }

    @Command(
            name = "stat",
            description = "Shows what there is to know about a database without reading it.",
            footer = "  verso stat local:/data app")
    static final class Stat extends StoreCommand.OfDatabase {
        Stat() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.stat(name).forEach((key, value) -> say("%-20s %s", key, value));
            return 0;
        }
    }

    @Command(
            name = "compress",
            description =
                    "Says whether page images are compressed from now on; those that are stored stay as they are.",
            footer = "  verso compress etcd:host:2379/prefix app on")
    static final class Compress extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "on|off")
        private String wanted;

        Compress() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            boolean on =
                    switch (wanted) {
                        case "on" -> true;
                        case "off" -> false;
                        default -> throw new IllegalArgumentException("'" + wanted + "' is neither on nor off");
                    };
            databases.compressed(name, on);
            return say("%s: page images are %s from now on", name, on ? "compressed" : "stored as they are");
        }
    }

    @Command(
            name = "versions",
            description = "Lists the databases of a store, or the versions of one.",
            footer = {"  verso versions local:/data app", "  verso versions local:/data app --at 2026-01-31T12:00:00Z"})
    static final class Versions extends StoreCommand.OfStore {
        @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "a database of the store")
        private String name;

        @Option(names = "--at", paramLabel = "TIME", description = "only the version that was the newest at that time")
        private String time;

        Versions() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            if (name == null) {
                if (time != null) {
                    throw new IllegalArgumentException("--at needs the NAME of a database");
                }
                databases.list().forEach(each -> say("%s", each));
                return 0;
            }
            long only = time == null ? 0 : databases.versionAt(name, time);
            for (VersionedDatabases.Version version : databases.versions(name)) {
                if (time == null || version.version() == only) {
                    say("%d  %s  %d pages", version.version(), version.time(), version.changedPages());
                }
            }
            return 0;
        }
    }

    @Command(
            name = "wait",
            description = "Waits until a database has a version after the given one, and prints the newest.",
            footer = "  verso wait local:/data app 17 --timeout 5m")
    static final class Wait extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "VERSION")
        private long version;

        @Option(names = "--timeout", paramLabel = "TIME", description = "how long (60s); then the exit code is 1")
        private String timeout = "60s";

        Wait() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            Duration patience = duration(timeout);
            long newest = databases.awaitVersion(name, version, patience);
            if (newest >= 0) {
                return say("%d", newest);
            }
            say("%s has no version after %d within %s", name, version, timeout);
            return 1;
        }
    }

    @Command(
            name = "verify",
            description = "Reads every page of a version and checks its trees.",
            footer = "  verso verify local:/data app@17")
    static final class Verify extends StoreCommand.OfVersion {
        Verify() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            List<String> findings = databases.verify(address, progress("verifying " + address));
            findings.forEach(each -> say("%s", each));
            say("%s %s", address, findings.isEmpty() ? "is sound" : "is damaged");
            return findings.isEmpty() ? 0 : 1;
        }
    }

    @Command(
            name = "import",
            description =
                    "Copies a .sqlite file into a new database. Killed and begun again, it goes on where it stopped.",
            footer = "  verso import app.sqlite local:/data app")
    static final class Import extends StoreCommand {
        @Parameters(index = "0", paramLabel = "FILE")
        private Path file;

        @Parameters(index = "1", paramLabel = "STORE", description = STORE)
        private String store;

        @Parameters(index = "2", paramLabel = "NAME")
        private String name;

        Import() {}

        @Override
        String location() {
            return store;
        }

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            long version = databases.importFile(name, file, progress("importing " + file));
            return say("%s is at version %d", name, version);
        }
    }

    @Command(
            name = "export",
            description = {
                "Writes a database to a .sqlite file, which appears when it is complete. Killed and begun again, it goes on where it stopped, with",
                "the version that it had begun."
            },
            footer = "  verso export local:/data app@2026-01-31T12:00:00Z old.sqlite")
    static final class Export extends StoreCommand.OfVersion {
        @Parameters(index = "2", paramLabel = "FILE")
        private Path file;

        Export() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.exportFile(address, file, progress("exporting " + address));
            return say("%s is in %s", address, file);
        }
    }
}
