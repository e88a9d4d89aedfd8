package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.simulation.ListAppendChecker.Isolation;
import dev.verso.compat.simulation.ListAppendHistory.Outcome;
import dev.verso.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Databases full of lists, and what all clients that append to them and read them have in common. A list is kept in one of three ways, by
 * its number: as a row of text; as a range of a WITHOUT ROWID table; as rows found by a unique index, with rowids that the engine chooses.
 * Lists are used for some dozen appends and then left for the next ones, so that reads stay short.
 */
final class ListAppendWorkload {
    /** How many rows of {@code duty} a slot may have: each client counts them before it adds one. */
    static final int DUTIES = 2;

    private static final int WINDOW = 6;
    private static final int APPENDS_OF_A_WINDOW = 60;

    private final List<String> namespaces;
    private final Isolation isolation;
    private final ListAppendHistory history;
    private final AtomicLong values;
    /** Null where no namespace is rolled back. */
    private Eras eras;

    ListAppendWorkload(List<String> namespaces, Isolation isolation) {
        this(namespaces, isolation, new ListAppendHistory(), new AtomicLong());
    }

    private ListAppendWorkload(
            List<String> namespaces, Isolation isolation, ListAppendHistory history, AtomicLong values) {
        this.namespaces = List.copyOf(namespaces);
        this.isolation = isolation;
        this.history = history;
        this.values = values;
    }

    /** The same with one namespace alone. */
    ListAppendWorkload within(String namespace) {
        return new ListAppendWorkload(List.of(namespace), Isolation.SERIALIZABLE, history, values);
    }

    List<String> namespaces() {
        return namespaces;
    }

    Isolation isolation() {
        return isolation;
    }

    ListAppendHistory history() {
        return history;
    }

    /** From now on namespaces are rolled back. */
    void eras(Eras toCome) {
        eras = toCome;
    }

    Eras eras() {
        return eras;
    }

    long nextValue() {
        return values.incrementAndGet();
    }

    /** The first of the {@link #window} lists that are in use now. */
    int firstList() {
        return (int) (values.get() / APPENDS_OF_A_WINDOW) * WINDOW;
    }

    int window() {
        return WINDOW;
    }

    /** Makes the tables in the connection's main database. */
    static void createTables(Connection connection, int pageSize) {
        connection.execute("PRAGMA page_size = " + pageSize);
        connection.execute("BEGIN;"
                + "CREATE TABLE line(list INTEGER PRIMARY KEY, body TEXT, pad BLOB);"
                + "CREATE TABLE entry(list INT, position INT, value INT, pad BLOB, PRIMARY KEY (list, position)) WITHOUT ROWID;"
                + "CREATE TABLE item(id INTEGER PRIMARY KEY, list INT, position INT, value INT, pad BLOB);"
                + "CREATE UNIQUE INDEX item_place ON item(list, position);"
                + "CREATE TABLE duty(id INTEGER PRIMARY KEY, slot INT, who INT);"
                + "CREATE INDEX duty_slot ON duty(slot);"
                + "CREATE TABLE filler(id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB);"
                + "COMMIT");
    }

    /** Reads all lists in one transaction, checks the tables, and then the whole history. Call it when all clients are done. */
    void check(Connection connection, String mainNamespace, String what) {
        ListAppendClient reader =
                new ListAppendClient(this, connection, mainNamespace, -1, new SplittableRandom(0), () -> {});
        reader.readAll();
        List<String> wrong = new ArrayList<>();
        for (Anomaly anomaly : ListAppendChecker.violations(history, isolation)) {
            wrong.add(anomaly.toString());
        }
        assertThat(wrong).as(what).isEmpty();
        reader.checkTables(what);
        assertThat(history.count(Outcome.OK)).as(what).isPositive();
    }
}
