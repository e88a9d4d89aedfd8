package dev.verso.cli;

import dev.verso.jdbc.VersionedDatabases;
import dev.verso.jdbc.VersionedDatabases.Collected;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands about a database's history: forks, rollbacks, locks, and what is kept of it. */
final class HistoryCommands {
    private static final String MIN_AGE = "what is younger stays (60s)";

    private HistoryCommands() {}

    @Command(
            name = "fork",
            description = "Makes a database that begins as another one is, or was, at once whatever its size.",
            footer = "  verso fork local:/data app@17 try-out")
    static final class Fork extends StoreCommand.OfVersion {
        @Parameters(index = "2", paramLabel = "NEW")
        private String newName;

        Fork() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            long version = databases.fork(address, newName);
            return say("%s begins as %s was at version %d", newName, address, version);
        }
    }

    @Command(
            name = "rollback",
            description = "Makes a new version that is equal to an earlier one. The versions between stay readable.",
            footer = "  verso rollback local:/data app 17")
    static final class Rollback extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "VERSION")
        private long version;

        Rollback() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            return say("%s is again as at version %d", name, databases.rollBack(name, version));
        }
    }

    @Command(
            name = "pin",
            description = "Keeps a version until it is unpinned, whatever the retention says.",
            footer = "  verso pin local:/data app@17 'before the migration'")
    static final class Pin extends StoreCommand.OfVersion {
        @Parameters(index = "2", arity = "0..1", paramLabel = "LABEL")
        private String label = "";

        Pin() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            return say("version %d is pinned", databases.pin(address, label));
        }
    }

    @Command(name = "unpin", description = "Ends the pins of a version.", footer = "  verso unpin local:/data app 17")
    static final class Unpin extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "VERSION")
        private long version;

        Unpin() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            return say("%d pins are gone", databases.unpin(name, version));
        }
    }

    @Command(
            name = "retention",
            description =
                    "Says which versions to keep; without options all. verso gc, or verso schedule, drops the others.",
            footer = "  verso retention local:/data app --keep-for 30d --keep-versions 100")
    static final class RetentionOf extends StoreCommand.OfDatabase {
        @Option(
                names = "--keep-for",
                paramLabel = "TIME",
                description = "keep what was the newest version within this time: 90s, 15m, 36h, 30d")
        private String keepFor;

        @Option(names = "--keep-versions", paramLabel = "N", description = "keep the newest N versions")
        private int keepVersions;

        RetentionOf() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.retention(name, keepFor == null ? null : duration(keepFor), keepVersions);
            return say("%s keeps: %s", name, databases.stat(name).get("retention"));
        }
    }

    @Command(
            name = "schedule",
            description =
                    "Says how often garbage is collected by itself, as long as some process has a database of the store open for writing."
                            + " verso stat shows what came of it.",
            footer = {"  verso schedule local:/data app 6h", "  verso schedule local:/data app never"})
    static final class Schedule extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "TIME|never", description = "90s, 15m, 36h, 30d")
        private String interval;

        Schedule() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            databases.schedule(name, interval.equals("never") ? null : duration(interval));
            return say("%s is collected: %s", name, databases.stat(name).get("collection"));
        }
    }

    @Command(
            name = "gc",
            description =
                    "Drops the versions that need not be kept, of one database or of all. Others go on meanwhile.",
            footer = {"  verso gc local:/data app --dry-run", "  verso gc local:/data --due"})
    static final class Gc extends StoreCommand.OfStore {
        @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "a database of the store")
        private String name;

        @Option(names = "--dry-run", description = "tell what would go, and change nothing")
        private boolean dryRun;

        @Option(names = "--min-age", paramLabel = "TIME", description = MIN_AGE)
        private String minAge = "60s";

        @Option(names = "--due", description = "only the databases whose schedule says that it is time")
        private boolean due;

        Gc() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            if (due) {
                if (name != null || dryRun) {
                    throw new IllegalArgumentException("--due goes with neither NAME nor --dry-run");
                }
                return say("%d databases were due", databases.collectDue());
            }
            for (String each : name == null ? databases.list() : List.of(name)) {
                collect(this, databases, each, 0, dryRun, duration(minAge));
            }
            if (name == null && !dryRun) {
                databases.emptyTrash();
            }
            return 0;
        }
    }

    @Command(
            name = "truncate",
            description = "Drops the history before a version, whatever the retention says. Pinned versions stay.",
            footer = "  verso truncate local:/data app 17")
    static final class Truncate extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "VERSION")
        private long version;

        @Option(names = "--dry-run", description = "tell what would go, and change nothing")
        private boolean dryRun;

        @Option(names = "--min-age", paramLabel = "TIME", description = MIN_AGE)
        private String minAge = "60s";

        Truncate() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            return collect(this, databases, name, version, dryRun, duration(minAge));
        }
    }

    private static int collect(
            StoreCommand command,
            VersionedDatabases databases,
            String name,
            long before,
            boolean dryRun,
            Duration minAge)
            throws SQLException {
        long[] told = {0};
        Collected done = databases.collect(name, before, dryRun, minAge, so -> {
            if (so.pages() - told[0] >= 10_000) {
                told[0] = so.pages();
                command.say("%s: %d versions, %d page images so far", name, so.versions(), so.pages());
            }
        });
        return command.say(
                "%s: %s %d versions, %d page images (%d bytes), %d abandoned transactions; %s",
                name,
                dryRun ? "would drop" : "dropped",
                done.versions(),
                done.pages(),
                done.bytes(),
                done.stagings(),
                done.oldest() == 0 ? "all versions are kept" : "the oldest version kept is " + done.oldest());
    }

    @Command(
            name = "lock",
            description =
                    "Locks a database for a long migration: its owner alone writes (PRAGMA verso_lock_owner = 'OWNER'), all others"
                            + " read it as it is now.",
            footer = "  verso lock local:/data app migration-7 --takeover-after 2h")
    static final class Lock extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "OWNER")
        private String owner;

        @Option(
                names = "--takeover-after",
                paramLabel = "TIME",
                description = "then another owner may lock, which undoes the work (1h); locking again counts anew")
        private String takeoverAfter = "1h";

        Lock() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            return say(
                    "%s is locked by '%s'; all others see version %d",
                    name, owner, databases.lock(name, owner, duration(takeoverAfter)));
        }
    }

    @Command(
            name = "unlock",
            description = "Ends a lock: its owner's work is seen by all at once, or vanishes.",
            footer = "  verso unlock local:/data app migration-7 --commit")
    static final class Unlock extends StoreCommand.OfDatabase {
        @Parameters(index = "2", paramLabel = "OWNER")
        private String owner;

        @Option(names = "--commit", description = "keep the work")
        private boolean commit;

        @Option(names = "--rollback", description = "undo the work")
        private boolean rollback;

        Unlock() {}

        @Override
        int run(VersionedDatabases databases) throws SQLException {
            if (commit == rollback) {
                throw new IllegalArgumentException("unlock takes either --commit or --rollback");
            }
            databases.unlock(name, owner, commit);
            return say("%s is unlocked; the work of '%s' is %s", name, owner, commit ? "seen by all" : "undone");
        }
    }
}
