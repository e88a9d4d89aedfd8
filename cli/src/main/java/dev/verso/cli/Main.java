package dev.verso.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verso [DATABASE] [SQL …]} and its subcommands. */
@Command(
        name = "verso",
        mixinStandardHelpOptions = true,
        version = "verso 0.1.0 (speaks SQLite 3.54.1)",
        description = "SQL on a .sqlite file or a versioned store. Without SQL: a shell (.help lists its commands).",
        subcommands = {
            Main.DemoCommand.class,
            Main.ImportCommand.class,
            Main.ExportCommand.class,
            Main.VersionsCommand.class,
            StoreCommands.Create.class,
            StoreCommands.Listing.class,
            StoreCommands.Rename.class,
            StoreCommands.Delete.class,
            StoreCommands.Fork.class,
            StoreCommands.Rollback.class,
            StoreCommands.Stat.class,
            StoreCommands.Pin.class,
            StoreCommands.Unpin.class,
            StoreCommands.RetentionOf.class,
            StoreCommands.Gc.class,
            StoreCommands.Truncate.class,
            StoreCommands.Verify.class,
            StoreCommands.Lock.class,
            StoreCommands.Unlock.class
        })
final class Main implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DATABASE",
            description = "a file, :memory: (the default), local:/dir/name, or any jdbc:verso: URL")
    private String database = ":memory:";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "SQL", description = "statements or dot commands to run")
    private List<String> sql = List.of();

    @Option(names = "-mode", description = "output mode: list, csv, box, json, column, line")
    private String mode;

    @Option(names = "-header", description = "show column names")
    private boolean header;

    @Option(names = "-readonly", description = "open for reading only")
    private boolean readOnly;

    @Option(names = "-bail", description = "stop at the first error")
    private boolean bail;

    Main() {}

    /** Runs the command line and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new Main()).execute(args);
    }

    static PrintStream out() {
        return new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = out();
        boolean interactive = sql.isEmpty() && System.console() != null;
        try (Shell shell = new Shell(database, readOnly, out, System.err)) {
            shell.bail(bail);
            shell.output().mode(interactive ? OutputMode.BOX : OutputMode.LIST);
            if (mode != null) {
                shell.output().mode(OutputMode.of(mode));
            }
            if (header) {
                shell.output().headers(true);
            }
            if (!sql.isEmpty()) {
                return shell.runArguments(sql);
            }
            if (interactive) {
                new Terminal(shell, out).run();
                return 0;
            }
            shell.readAll(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8));
            return shell.failures() == 0 ? 0 : 1;
        } catch (SQLException | IllegalArgumentException e) {
            System.err.println("Error: " + e.getMessage());
            return 1;
        }
    }

    /** {@code verso demo}. */
    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = "Shows the main job end to end on sample data.")
    static final class DemoCommand implements Callable<Integer> {
        @Option(names = "--keep", description = "keep the files of the demo in this folder")
        private Path folder;

        DemoCommand() {}

        @Override
        public Integer call() throws IOException {
            try {
                return new Demo(out()).run(folder);
            } catch (SQLException e) {
                System.err.println("Error: " + e.getMessage());
                return 1;
            }
        }
    }

    /** {@code verso import FILE STORE NAME}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Copies a .sqlite file into a versioned store.")
    static final class ImportCommand implements Callable<Integer> {
        @Parameters(paramLabel = "FILE")
        private Path file;

        @Parameters(paramLabel = "STORE", description = "local:/dir, fdb:/cluster/file or etcd:host:port/prefix")
        private String store;

        @Parameters(paramLabel = "NAME")
        private String name;

        ImportCommand() {}

        @Override
        public Integer call() {
            return Transfers.importFile(out(), file, store, name);
        }
    }

    /** {@code verso export STORE NAME[@VERSION] FILE}. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes a database of a versioned store to a .sqlite file.")
    static final class ExportCommand implements Callable<Integer> {
        @Parameters(paramLabel = "STORE", description = "local:/dir, fdb:/cluster/file or etcd:host:port/prefix")
        private String store;

        @Parameters(paramLabel = "NAME[@VERSION]")
        private String address;

        @Parameters(paramLabel = "FILE")
        private Path file;

        ExportCommand() {}

        @Override
        public Integer call() {
            return Transfers.exportFile(out(), store, address, file);
        }
    }

    /** {@code verso versions STORE [NAME]}. */
    @Command(
            name = "versions",
            mixinStandardHelpOptions = true,
            description = "Lists the databases of a versioned store, or the versions of one.")
    static final class VersionsCommand implements Callable<Integer> {
        @Parameters(
                index = "0",
                paramLabel = "STORE",
                description = "local:/dir, fdb:/cluster/file or etcd:host:port/prefix")
        private String store;

        @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
        private String name;

        VersionsCommand() {}

        @Override
        public Integer call() {
            return Transfers.versions(out(), store, name);
        }
    }
}
