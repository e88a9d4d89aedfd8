package dev.verso.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;

/** The shell at a terminal: line editing and history. */
final class Terminal {
    private final Shell shell;
    private final PrintStream out;

    Terminal(Shell shell, PrintStream out) {
        this.shell = shell;
        this.out = out;
    }

    void run() throws IOException {
        out.println("Verso 0.1.0, SQLite 3.54.1's SQL, on " + shell.database()
                + ". Statements end with a semicolon; .help lists commands.");
        try (org.jline.terminal.Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".verso_history"))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            StatementReader pending = new StatementReader();
            boolean open = false;
            while (!shell.isOver()) {
                try {
                    open = shell.accept(pending, reader.readLine(open ? "  ...> " : "verso> "));
                } catch (UserInterruptException e) {
                    pending.take();
                    open = false;
                } catch (EndOfFileException e) {
                    return;
                }
            }
        }
    }
}
