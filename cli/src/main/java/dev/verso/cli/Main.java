package dev.verso.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
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
            CommandLine.HelpCommand.class,
            DatabaseCommands.Import.class,
            DatabaseCommands.Export.class,
            DatabaseCommands.Versions.class,
            DatabaseCommands.Wait.class,
            DatabaseCommands.Create.class,
            DatabaseCommands.Listing.class,
            DatabaseCommands.Rename.class,
            DatabaseCommands.Delete.class,
            DatabaseCommands.Stat.class,
            DatabaseCommands.Compress.class,
            DatabaseCommands.Verify.class,
            HistoryCommands.Fork.class,
            HistoryCommands.Rollback.class,
            HistoryCommands.Pin.class,
            HistoryCommands.Unpin.class,
            HistoryCommands.RetentionOf.class,
            HistoryCommands.Schedule.class,
            HistoryCommands.Gc.class,
            HistoryCommands.Truncate.class,
            HistoryCommands.Lock.class,
            HistoryCommands.Unlock.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  verso app.sqlite \"SELECT count(*) FROM item\"",
            "  verso local:/data/app@17 -mode box \"SELECT * FROM item\"",
            "  verso -isolation snapshot etcd:host:2379/prefix/app",
            "  verso help fork"
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

    @Option(
            names = "-isolation",
            paramLabel = "LEVEL",
            description =
                    "of a versioned store: serializable (the default), or snapshot, where only rows that both wrote conflict")
    private String isolation;

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
        return run(out(), System.err, args);
    }

    /** Subcommands about stores print to these; SQL always prints to standard output. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    static PrintStream out() {
        return new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = out();
        boolean interactive = sql.isEmpty() && System.console() != null;
        try (Shell shell = new Shell(database, readOnly, isolation, out, System.err)) {
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
            description = "Shows the main job end to end on sample data.",
            footerHeading = "%nExample:%n",
            footer = "  verso demo --keep /tmp/demo")
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
}
