package dev.verso.pager.file;

import dev.verso.error.DatabaseException;
import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM with the real SQLite, or with Verso's pager, that does what it is told line by line: locks of the operating system only show
 * between processes.
 */
final class OtherProcess implements AutoCloseable {
    /** Where a database keeps {@code PRAGMA user_version}: a counter that both SQLite and a bare pager can increment. */
    static final int USER_VERSION = 60;

    private static final long STARVED_NANOS = 300_000_000_000L;

    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    OtherProcess(Path database) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        database.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Sends SQL, or one of {@code !sqlite millis} and {@code !verso millis}, and waits for the answer. */
    String tell(String command) throws IOException {
        send(command);
        return answer();
    }

    void send(String command) {
        commands.println(command);
    }

    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the other process is gone");
        }
        return line;
    }

    /** Kills it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        commands.close();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        kill();
    }

    /** The child: answers each line of input with one line. */
    public static void main(String[] arguments) throws Exception {
        Path database = Path.of(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Connection connection = null;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.startsWith("!verso ")) {
                System.out.println(incrementWithVerso(database, Long.parseLong(line.substring(7))));
                continue;
            }
            if (connection == null) {
                connection = DriverManager.getConnection("jdbc:sqlite:" + database);
            }
            if (line.startsWith("!sqlite ")) {
                System.out.println(incrementWithSqlite(connection, Long.parseLong(line.substring(8))));
            } else {
                System.out.println(run(connection, line));
            }
        }
        if (connection != null) {
            connection.close();
        }
    }

    private static String run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    return result.next() ? String.valueOf(result.getString(1)) : "nothing";
                }
            }
            return "ok";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private static int incrementWithSqlite(Connection connection, long millis) {
        int done = 0;
        run(connection, "PRAGMA busy_timeout = 50");
        for (long end = System.nanoTime() + millis * 1_000_000; goesOn(end, done); ) {
            if (!run(connection, "BEGIN IMMEDIATE").equals("ok")) {
                continue;
            }
            int old = Integer.parseInt(run(connection, "PRAGMA user_version"));
            run(connection, "PRAGMA user_version = " + (old + 1));
            if (run(connection, "COMMIT").equals("ok")) {
                done++;
            } else {
                run(connection, "ROLLBACK");
            }
        }
        return done;
    }

    /** Whom the others starve goes on when their time is over. */
    private static boolean goesOn(long end, int done) {
        long over = System.nanoTime() - end;
        return over < 0 || done == 0 && over < STARVED_NANOS;
    }

    /** Adds one to the counter until the time is over and returns how often that was acknowledged. */
    static int incrementWithVerso(Path database, long millis) {
        int done = 0;
        try (FileStore store = FileStore.open(database, FileOptions.defaults());
                Pager pager = new Pager(store)) {
            pager.busyHandler(OtherProcess::waitALittle);
            for (long end = System.nanoTime() + millis * 1_000_000; goesOn(end, done); ) {
                try {
                    pager.beginWrite(false);
                    byte[] page1 = pager.edit(1);
                    BigEndian.put32(page1, USER_VERSION, BigEndian.s32(page1, USER_VERSION) + 1);
                    pager.prepareCommit(null);
                    pager.finishCommit();
                    done++;
                } catch (DatabaseException e) {
                    if (!e.isBusy()) {
                        throw e;
                    }
                }
                pager.endRead();
            }
        }
        return done;
    }

    static boolean waitALittle(int attempts) {
        try {
            Thread.sleep(attempts < 5 ? 1 : 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return attempts < 20;
    }
}
