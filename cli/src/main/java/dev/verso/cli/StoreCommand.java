package dev.verso.cli;

import dev.verso.jdbc.VersionedDatabases;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A subcommand about the databases of a versioned store: opens the store, does one thing and says what came of it. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExample:%n")
abstract class StoreCommand implements Callable<Integer> {
    static final String STORE =
            "local:/dir, mem:name, fdb:/cluster/file or etcd:host:port/prefix, with settings behind a '?'";

    @Spec
    private CommandSpec spec;

    StoreCommand() {}

    abstract String location();

    /** @return the exit code */
    abstract int run(VersionedDatabases databases) throws SQLException;

    @Override
    public final Integer call() {
        try (VersionedDatabases databases = new VersionedDatabases(location())) {
            return run(databases);
        } catch (SQLException | IllegalArgumentException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("Error: " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    /** Prints a line; the exit code of a command that ends with it. */
    final int say(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, arguments));
        out.flush();
        return 0;
    }

    /** Says a line at each tenth. */
    final LongConsumer progress(String what) {
        return progress(line -> say("%s", line), what);
    }

    static LongConsumer progress(Consumer<String> lines, String what) {
        long[] last = {-1};
        return percent -> {
            if (percent / 10 != last[0]) {
                last[0] = percent / 10;
                lines.accept(what + ": " + percent + " %");
            }
        };
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

    /** {@code verso COMMAND STORE …}. */
    abstract static class OfStore extends StoreCommand {
        @Parameters(index = "0", paramLabel = "STORE", description = STORE)
        private String location;

        OfStore() {}

        @Override
        final String location() {
            return location;
        }
    }

    /** {@code verso COMMAND STORE NAME …}. */
    abstract static class OfDatabase extends OfStore {
        @Parameters(index = "1", paramLabel = "NAME", description = "a database of the store")
        String name;

        OfDatabase() {}
    }

    /** {@code verso COMMAND STORE NAME[@VERSION] …}. */
    abstract static class OfVersion extends OfStore {
        @Parameters(
                index = "1",
                paramLabel = "NAME[@VERSION]",
                description = "a database of the store; @ takes a version or a timestamp like 2026-01-31T12:00:00Z")
        String address;

        OfVersion() {}
    }
}
