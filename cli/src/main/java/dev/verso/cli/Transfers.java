package dev.verso.cli;

import dev.verso.jdbc.VersionedDatabases;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/** The subcommands about versioned stores. */
final class Transfers {
    private Transfers() {}

    static int importFile(PrintStream out, Path file, String store, String name) {
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            long version = databases.importFile(name, file, progress(out, "importing " + file));
            out.println(name + " is at version " + version);
            return 0;
        } catch (SQLException e) {
            System.err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    static int exportFile(PrintStream out, String store, String address, Path file) {
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            databases.exportFile(address, file, progress(out, "exporting " + address));
            out.println(address + " is in " + file);
            return 0;
        } catch (SQLException e) {
            System.err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    static int versions(PrintStream out, String store, String name) {
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            if (name == null) {
                databases.list().forEach(out::println);
            } else {
                for (VersionedDatabases.Version version : databases.versions(name)) {
                    out.printf("%d  %s  %d pages%n", version.version(), version.time(), version.changedPages());
                }
            }
            return 0;
        } catch (SQLException e) {
            System.err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    /** Prints a line at each tenth. */
    static LongConsumer progress(PrintStream out, String what) {
        long[] last = {-1};
        return percent -> {
            if (percent / 10 != last[0]) {
                last[0] = percent / 10;
                out.println(what + ": " + percent + " %");
            }
        };
    }
}
