package dev.verso.jmh;

import dev.verso.kv.KvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.util.SplittableRandom;

/**
 * Connections of one JVM write to one table of a versioned store that is a millisecond away: transactions committed, those that met a
 * conflict, and statements that were run again for one. Run with the seconds for each line as argument.
 */
public final class ConcurrentWriters {
    private static final int ROWS = 1_000;
    private static final int[] WRITERS = {1, 2, 4, 8, 16};

    private ConcurrentWriters() {}

    public static void main(String[] arguments) throws InterruptedException {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
        run("warming up", seconds, 8, ConcurrentWriters::insert);
        double one = 0;
        for (int writers : WRITERS) {
            double rate = run("insert, two indexes", seconds, writers, ConcurrentWriters::insert);
            one = writers == 1 ? rate : one;
            System.out.printf("    %.1f times one writer%n", rate / one);
        }
        for (int writers : WRITERS) {
            run("read-modify-write, zipfian", seconds, writers, ConcurrentWriters::change);
        }
    }

    private static double run(String name, double seconds, int writers, Crowd.Work work) throws InterruptedException {
        try (KvStore kv = Crowd.open("memory")) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("bench");
            PageStore store = namespaces.open("bench");
            try (Connection connection = Crowd.connect(store)) {
                connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, writer, number, text)");
                connection.execute("CREATE INDEX by_writer ON t(writer, number)");
                connection.execute("CREATE INDEX by_text ON t(text)");
                connection.execute(
                        "INSERT INTO t SELECT value, 0, 0, hex(value) FROM generate_series(1, " + ROWS + ")");
            }
            Crowd.Result result = Crowd.run(store, writers, seconds, work);
            System.out.printf(
                    "%-28s %2d writers: %,8.0f transactions/s, %d committed, %d conflicts, %d versions%n",
                    name,
                    writers,
                    result.rate(),
                    result.done(),
                    result.conflicts(),
                    namespaces.versions("bench", 0, 10_000_000).size());
            return result.rate();
        }
    }

    private static void insert(Connection connection, SplittableRandom random, int writer) {
        try (PreparedStatement statement =
                connection.prepare("INSERT INTO t(writer, number, text) VALUES (?1, ?2, hex(?2))", 0)) {
            statement.parameter(1).setInteger(writer);
            statement.parameter(2).setInteger(random.nextInt());
            statement.step();
        }
    }

    /** A transaction that reads a row and writes what it computes of it; few rows are chosen often. */
    private static void change(Connection connection, SplittableRandom random, int writer) {
        int id = 1 + (int) (Math.pow(ROWS, random.nextDouble()) - 1);
        Crowd.inTransaction(connection, () -> {
            long number;
            try (PreparedStatement read = connection.prepare("SELECT number FROM t WHERE id = ?1", 0)) {
                read.parameter(1).setInteger(id);
                number = read.step() ? read.columnLong(0) : 0;
            }
            try (PreparedStatement write = connection.prepare("UPDATE t SET number = ?2 WHERE id = ?1", 0)) {
                write.parameter(1).setInteger(id);
                write.parameter(2).setInteger(number + 1);
                write.step();
            }
        });
    }
}
