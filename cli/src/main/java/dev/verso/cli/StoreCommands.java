package dev.verso.cli;

import dev.verso.jdbc.VersionedDatabases;
import dev.verso.jdbc.VersionedDatabases.Collected;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands that administer the databases of a versioned store. Each opens the store, does one thing and says what came of it. */
final class StoreCommands {
    private static final String STORE = "local:/dir, fdb:/cluster/file or the like";

    private StoreCommands() {}

    /** What a subcommand does with the store. */
    private interface Work {
        void with(VersionedDatabases databases) throws SQLException;
    }

    private static int run(Store store, Work work) {
        try (VersionedDatabases databases = new VersionedDatabases(store.location)) {
            work.with(databases);
            return 0;
        } catch (SQLException | IllegalArgumentException e) {
            System.err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    private static void say(String format, Object... arguments) {
        Main.out().printf(Locale.ROOT, format + "%n", arguments);
    }

    /** A length of time: a number with s, m, h or d behind it. */
    static Duration duration(String text) {
        String digits = text.replaceAll("[smhd]$", "");
        if (!digits.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("'" + text + "' is no length of time like 90s, 15m, 36h or 30d");
        }
        long count = Long.parseLong(digits);
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> Duration.ofSeconds(count);
        };
    }

    /** The first operand of all. */
    static final class Store {
        @Parameters(index = "0", paramLabel = "STORE", description = STORE)
        private String location;

        Store() {}
    }

    /** {@code verso create STORE NAME}. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes an empty database.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        Create() {}

        @Override
        public Integer call() {
            return run(store, databases -> {
                databases.create(name);
                say("%s is made", name);
            });
        }
    }

    /** {@code verso list STORE}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the databases of a store.")
    static final class Listing implements Callable<Integer> {
        @Mixin
        private Store store;

        Listing() {}

        @Override
        public Integer call() {
            return run(store, databases -> databases.list().forEach(name -> say("%s", name)));
        }
    }

    /** {@code verso rename STORE OLD NEW}. */
    @Command(
            name = "rename",
            mixinStandardHelpOptions = true,
            description = "Gives a database another name; connections that have it open go on.")
    static final class Rename implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "OLD")
        private String oldName;

        @Parameters(index = "2", paramLabel = "NEW")
        private String newName;

        Rename() {}

        @Override
        public Integer call() {
            return run(store, databases -> {
                databases.rename(oldName, newName);
                say("%s is now %s", oldName, newName);
            });
        }
    }

    /** {@code verso delete STORE NAME}. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a database with all its versions. Fails while forks of it exist.")
    static final class Delete implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        Delete() {}

        @Override
        public Integer call() {
            return run(store, databases -> {
                databases.delete(name);
                say("%s is deleted", name);
            });
        }
    }

    /** {@code verso fork STORE NAME[@VERSION] NEW}. */
    @Command(
            name = "fork",
            mixinStandardHelpOptions = true,
            description = "Makes a database that begins as another one is, or was, at once whatever its size.")
    static final class Fork implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME[@VERSION]", description = "@ takes a version or a timestamp")
        private String address;

        @Parameters(index = "2", paramLabel = "NEW")
        private String newName;

        Fork() {}

        @Override
        public Integer call() {
            return run(store, databases -> {
                long version = databases.fork(address, newName);
                say("%s begins as %s was at version %d", newName, address, version);
            });
        }
    }

    /** {@code verso rollback STORE NAME VERSION}. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Makes a new version that is equal to an earlier one. The versions between stay readable.")
    static final class Rollback implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        @Parameters(index = "2", paramLabel = "VERSION")
        private long version;

        Rollback() {}

        @Override
        public Integer call() {
            return run(
                    store, databases -> say("%s is again as at version %d", name, databases.rollBack(name, version)));
        }
    }

    /** {@code verso stat STORE NAME}. */
    @Command(
            name = "stat",
            mixinStandardHelpOptions = true,
            description = "Shows what there is to know about a database without reading it.")
    static final class Stat implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        Stat() {}

        @Override
        public Integer call() {
            return run(store, databases -> databases.stat(name).forEach((key, value) -> say("%-20s %s", key, value)));
        }
    }

    /** {@code verso pin STORE NAME[@VERSION] [LABEL]}. */
    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            description = "Keeps a version until it is unpinned, whatever the retention says.")
    static final class Pin implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME[@VERSION]")
        private String address;

        @Parameters(index = "2", arity = "0..1", paramLabel = "LABEL")
        private String label = "";

        Pin() {}

        @Override
        public Integer call() {
            return run(store, databases -> say("version %d is pinned", databases.pin(address, label)));
        }
    }

    /** {@code verso unpin STORE NAME VERSION}. */
    @Command(name = "unpin", mixinStandardHelpOptions = true, description = "Ends the pins of a version.")
    static final class Unpin implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        @Parameters(index = "2", paramLabel = "VERSION")
        private long version;

        Unpin() {}

        @Override
        public Integer call() {
            return run(store, databases -> say("%d pins are gone", databases.unpin(name, version)));
        }
    }

    /** {@code verso retention STORE NAME [--keep-for TIME] [--keep-versions N]}. */
    @Command(
            name = "retention",
            mixinStandardHelpOptions = true,
            description = "Says which versions to keep; without options all. verso gc drops the others.")
    static final class RetentionOf implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        @Option(
                names = "--keep-for",
                paramLabel = "TIME",
                description = "keep what was the newest version within this time: 90s, 15m, 36h, 30d")
        private String keepFor;

        @Option(names = "--keep-versions", paramLabel = "N", description = "keep the newest N versions")
        private int keepVersions;

        RetentionOf() {}

        @Override
        public Integer call() {
            return run(store, databases -> {
                databases.retention(name, keepFor == null ? null : duration(keepFor), keepVersions);
                say("%s keeps: %s", name, databases.stat(name).get("retention"));
            });
        }
    }

    /** {@code verso gc STORE [NAME] [--dry-run]}. */
    @Command(
            name = "gc",
            mixinStandardHelpOptions = true,
            description =
                    "Drops the versions that need not be kept, of one database or of all. Others go on meanwhile.")
    static final class Gc implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
        private String name;

        @Option(names = "--dry-run", description = "tell what would go, and change nothing")
        private boolean dryRun;

        @Option(names = "--min-age", paramLabel = "TIME", description = "what is younger stays (60s)")
        private String minAge = "60s";

        Gc() {}

        @Override
        public Integer call() {
            return run(store, databases -> {
                for (String each : name == null ? databases.list() : List.of(name)) {
                    collect(databases, each, 0, dryRun, duration(minAge));
                }
                if (name == null && !dryRun) {
                    databases.emptyTrash();
                }
            });
        }
    }

    /** {@code verso truncate STORE NAME VERSION}. */
    @Command(
            name = "truncate",
            mixinStandardHelpOptions = true,
            description = "Drops the history before a version, whatever the retention says. Pinned versions stay.")
    static final class Truncate implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        @Parameters(index = "2", paramLabel = "VERSION")
        private long version;

        @Option(names = "--dry-run", description = "tell what would go, and change nothing")
        private boolean dryRun;

        @Option(names = "--min-age", paramLabel = "TIME", description = "what is younger stays (60s)")
        private String minAge = "60s";

        Truncate() {}

        @Override
        public Integer call() {
            return run(store, databases -> collect(databases, name, version, dryRun, duration(minAge)));
        }
    }

    private static void collect(VersionedDatabases databases, String name, long before, boolean dryRun, Duration minAge)
            throws SQLException {
        long[] told = {0};
        Collected done = databases.collect(name, before, dryRun, minAge, so -> {
            if (so.pages() - told[0] >= 10_000) {
                told[0] = so.pages();
                say("%s: %d versions, %d page images so far", name, so.versions(), so.pages());
            }
        });
        say(
                "%s: %s %d versions, %d page images (%d bytes), %d abandoned transactions; %s",
                name,
                dryRun ? "would drop" : "dropped",
                done.versions(),
                done.pages(),
                done.bytes(),
                done.stagings(),
                done.oldest() == 0 ? "all versions are kept" : "the oldest version kept is " + done.oldest());
    }

    /** {@code verso verify STORE NAME[@VERSION]}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Reads every page of a version and checks its trees.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME[@VERSION]")
        private String address;

        Verify() {}

        @Override
        public Integer call() {
            List<?>[] findings = {List.of()};
            int code = run(store, databases -> {
                findings[0] = databases.verify(address, Transfers.progress(Main.out(), "verifying " + address));
                findings[0].forEach(each -> say("%s", each));
                say("%s %s", address, findings[0].isEmpty() ? "is sound" : "is damaged");
            });
            return code == 0 && !findings[0].isEmpty() ? 1 : code;
        }
    }

    /** {@code verso lock STORE NAME OWNER}. */
    @Command(
            name = "lock",
            mixinStandardHelpOptions = true,
            description =
                    "Locks a database for a long migration: its owner alone writes (PRAGMA verso_lock_owner = 'OWNER'), all others"
                            + " read it as it is now.")
    static final class Lock implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        @Parameters(index = "2", paramLabel = "OWNER")
        private String owner;

        @Option(
                names = "--takeover-after",
                paramLabel = "TIME",
                description = "then another owner may lock, which undoes the work (1h); locking again counts anew")
        private String takeoverAfter = "1h";

        Lock() {}

        @Override
        public Integer call() {
            return run(
                    store,
                    databases -> say(
                            "%s is locked by '%s'; all others see version %d",
                            name, owner, databases.lock(name, owner, duration(takeoverAfter))));
        }
    }

    /** {@code verso unlock STORE NAME OWNER --commit|--rollback}. */
    @Command(
            name = "unlock",
            mixinStandardHelpOptions = true,
            description = "Ends a lock: its owner's work is seen by all at once, or vanishes.")
    static final class Unlock implements Callable<Integer> {
        @Mixin
        private Store store;

        @Parameters(index = "1", paramLabel = "NAME")
        private String name;

        @Parameters(index = "2", paramLabel = "OWNER")
        private String owner;

        @Option(names = "--commit", description = "keep the work")
        private boolean commit;

        @Option(names = "--rollback", description = "undo the work")
        private boolean rollback;

        Unlock() {}

        @Override
        public Integer call() {
            return run(store, databases -> {
                if (commit == rollback) {
                    throw new IllegalArgumentException("unlock takes either --commit or --rollback");
                }
                databases.unlock(name, owner, commit);
                say("%s is unlocked; the work of '%s' is %s", name, owner, commit ? "seen by all" : "undone");
            });
        }
    }
}
