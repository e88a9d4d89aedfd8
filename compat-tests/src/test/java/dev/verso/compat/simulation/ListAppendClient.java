package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.simulation.ListAppendChecker.Isolation;
import dev.verso.compat.simulation.ListAppendHistory.Append;
import dev.verso.compat.simulation.ListAppendHistory.Operation;
import dev.verso.compat.simulation.ListAppendHistory.Outcome;
import dev.verso.compat.simulation.ListAppendHistory.Read;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.StoreSession;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One connection that appends and reads, in transactions of several statements and in statements of their own, and writes down what it is
 * told. Used by one thread.
 */
final class ListAppendClient {
    /** Processes of what is no connection's transaction count down from here. */
    private static final int NOBODY = -2;

    private final ListAppendWorkload workload;
    private final ListAppendHistory history;
    private final Connection connection;
    private final String mainNamespace;
    private final int process;
    private final SplittableRandom random;
    private final Runnable pause;

    private List<Operation> operations = new ArrayList<>();
    private boolean isEnding;
    private boolean isSnapshotIsolated;

    /**
     * @param mainNamespace which namespace is the connection's main database; the others are attached by their names
     * @param pause what lies between two statements
     */
    ListAppendClient(
            ListAppendWorkload workload,
            Connection connection,
            String mainNamespace,
            int process,
            SplittableRandom random,
            Runnable pause) {
        this.workload = workload;
        this.connection = connection;
        this.mainNamespace = mainNamespace;
        this.process = process;
        this.random = random;
        this.pause = pause;
        history = workload.history();
        isolate(workload.isolation() == Isolation.SNAPSHOT);
    }

    private void isolate(boolean snapshot) {
        isSnapshotIsolated = snapshot;
        connection.execute("PRAGMA verso_isolation = " + (snapshot ? "snapshot" : "serializable"));
    }

    /**
     * Begins, does and ends a transaction.
     *
     * @return how it ended; after UNKNOWN the connection may be of no more use
     */
    Outcome transaction() {
        if (workload.isolation() == Isolation.MIXED && random.nextBoolean()) {
            isolate(!isSnapshotIsolated);
        }
        // Only within a transaction it can be told which version was seen.
        boolean isAlone = random.nextInt(4) == 0 && workload.eras() == null;
        boolean isUndone = !isAlone && random.nextInt(12) == 0;
        return record(
                () -> {
                    if (isAlone) {
                        isEnding = true;
                        step(1);
                        return;
                    }
                    connection.execute("BEGIN");
                    int steps = random.nextInt(1, 6);
                    for (int i = 0; i < steps; i++) {
                        step(14);
                        pause.run();
                    }
                    isEnding = !isUndone;
                    connection.execute(isUndone ? "ROLLBACK" : "COMMIT");
                },
                isUndone ? Outcome.FAILED : Outcome.OK);
    }

    private Outcome record(Runnable work, Outcome whenDone) {
        operations = new ArrayList<>();
        isEnding = false;
        long began = history.now();
        Outcome outcome = Outcome.UNKNOWN;
        try {
            work.run();
            outcome = whenDone;
        } catch (DatabaseException e) {
            if (e.isBusy()) {
                outcome = Outcome.FAILED;
            } else if (isOfTheStore(e)) {
                outcome = isEnding ? Outcome.UNKNOWN : Outcome.FAILED;
            } else {
                throw e;
            }
            if (!connection.session().isAutocommit()) {
                connection.execute("ROLLBACK");
            }
        } finally {
            // Also for a process that ends here: what it did may have been done.
            history.add(
                    process,
                    began,
                    isEnding || outcome != Outcome.UNKNOWN ? outcome : Outcome.FAILED,
                    operations,
                    isSnapshotIsolated);
        }
        return outcome;
    }

    /**
     * A transaction under a lock: nobody else sees anything of it before the lock ends.
     *
     * @param underTheLock gets what it did if it is committed; else its writes are those of one that failed, or that may yet be there
     * @return false if it is not certain what became of it
     */
    boolean transactionUnderTheLock(List<Operation> underTheLock) {
        operations = new ArrayList<>();
        Outcome outcome = Outcome.UNKNOWN;
        try {
            connection.execute("BEGIN");
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                step(9);
                pause.run();
            }
            connection.execute("COMMIT");
            outcome = Outcome.OK;
        } catch (DatabaseException e) {
            if (!e.isBusy() && !isOfTheStore(e)) {
                throw e;
            }
            outcome = e.isBusy() ? Outcome.FAILED : Outcome.UNKNOWN;
            if (!connection.session().isAutocommit()) {
                connection.execute("ROLLBACK");
            }
        } finally {
            if (outcome == Outcome.OK) {
                underTheLock.addAll(operations);
            } else {
                operations.removeIf(operation -> operation instanceof Read);
                history.add(process, history.now(), outcome, operations);
            }
        }
        return outcome != Outcome.UNKNOWN;
    }

    private static boolean isOfTheStore(DatabaseException e) {
        return e.code() == ResultCode.ERROR_SNAPSHOT
                || e.code() == ResultCode.IOERR
                || e.code() == ResultCode.CANTOPEN
                || e.code() == ResultCode.INTERRUPT;
    }

    /** A statement, or two that belong together. The first kinds of them are statements that can stand alone. */
    private void step(int kinds) {
        String namespace =
                workload.namespaces().get(random.nextInt(workload.namespaces().size()));
        int list = workload.firstList() + random.nextInt(workload.window());
        int kind = kinds == 1 ? random.nextInt(7) : random.nextInt(kinds);
        switch (kind) {
            case 0, 1, 2, 3 -> append(namespace, list);
            case 4, 5 -> read(namespace, list);
            case 6 -> readRange(namespace);
            case 7 -> {
                append(namespace, list);
                read(namespace, list);
            }
            case 8 -> read(namespace, list);
            case 9 -> duty(namespace);
            case 10 -> undone(namespace, list);
            case 11 -> fill(namespace);
            case 12, 13 -> shake(namespace, list);
            default -> throw new IllegalStateException();
        }
    }

    private String table(String namespace, String table) {
        return schema(namespace) + "." + table;
    }

    /** What a list is called in the history, by the version that the open transaction sees. */
    private String name(String namespace, int list) {
        return workload.eras() == null
                ? namespace + list
                : workload.eras().list(namespace, list, database(namespace).version());
    }

    private StoreSession database(String namespace) {
        int index = 0;
        if (!namespace.equals(mainNamespace)) {
            List<String> attached = new ArrayList<>(workload.namespaces());
            attached.remove(mainNamespace);
            index = 2 + attached.indexOf(namespace);
        }
        return connection.session().database(index).pager().session();
    }

    private void append(String namespace, int list) {
        long value = workload.nextValue();
        int place = operations.size();
        operations.add(new Append(namespace + list, value)); // if it fails, wherever it would have been
        // Rows grow and shrink, and so move from page to page.
        String pad = "zeroblob(" + random.nextInt(random.nextInt(10) == 0 ? 600 : 120) + ")";
        switch (list % 3) {
            case 0 ->
                connection.execute(
                        "INSERT INTO " + table(namespace, "line") + " VALUES (" + list + ", '" + value + "', " + pad
                                + ") ON CONFLICT DO UPDATE SET body = body || ',' || excluded.body, pad = excluded.pad");
            case 1 ->
                connection.execute("INSERT INTO " + table(namespace, "entry") + " SELECT " + list
                        + ", coalesce(max(position), 0) + 1, " + value + ", " + pad + " FROM "
                        + table(namespace, "entry") + " WHERE list = " + list);
            case 2 ->
                connection.execute("INSERT INTO " + table(namespace, "item") + " SELECT NULL, " + list
                        + ", coalesce(max(position), 0) + 1, " + value + ", " + pad + " FROM "
                        + table(namespace, "item") + " WHERE list = " + list);
            default -> throw new IllegalStateException();
        }
        operations.set(place, new Append(name(namespace, list), value));
    }

    /** Changes a list or its neighbour without changing what it says. */
    private void shake(String namespace, int list) {
        String pad = "zeroblob(" + random.nextInt(200) + ")";
        int near = Math.max(0, list + random.nextInt(-1, 2));
        String table = near % 3 == 0 ? "line" : near % 3 == 1 ? "entry" : "item";
        connection.execute("UPDATE " + table(namespace, table) + " SET pad = " + pad + " WHERE list = " + near);
    }

    private void read(String namespace, int list) {
        String sql =
                switch (list % 3) {
                    case 0 -> "SELECT body FROM " + table(namespace, "line") + " WHERE list = " + list;
                    case 1 ->
                        "SELECT group_concat(value) FROM (SELECT value FROM " + table(namespace, "entry")
                                + " WHERE list = " + list + " ORDER BY position)";
                    default ->
                        "SELECT group_concat(value) FROM (SELECT value FROM " + table(namespace, "item")
                                + " WHERE list = " + list + " ORDER BY position)";
                };
        List<Long> values = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            while (statement.step()) {
                if (!statement.columnIsNull(0)) {
                    for (String value : statement.columnString(0).split(",")) {
                        values.add(Long.parseLong(value));
                    }
                }
            }
        }
        operations.add(new Read(name(namespace, list), values));
    }

    /** All lists of a kind in the window, in one scan, those that have no row yet among them. */
    private void readRange(String namespace) {
        boolean isEntry = random.nextBoolean();
        int first = workload.firstList();
        TreeMap<Integer, List<Long>> lists = new TreeMap<>();
        for (int list = first; list < first + workload.window(); list++) {
            if (list % 3 == (isEntry ? 1 : 2)) {
                lists.put(list, new ArrayList<>());
            }
        }
        String sql = "SELECT list, value FROM " + table(namespace, isEntry ? "entry" : "item") + " WHERE list BETWEEN "
                + first + " AND " + (first + workload.window() - 1) + " ORDER BY list "
                + (random.nextBoolean() ? "" : "DESC") + ", position";
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            while (statement.step()) {
                lists.get((int) statement.columnLong(0)).add(statement.columnLong(1));
            }
        }
        lists.forEach((list, values) -> operations.add(new Read(name(namespace, list), values)));
    }

    /** Adds a row to a slot, or clears the slot, as its number of rows says. */
    private void duty(String namespace) {
        int slot = random.nextInt(8);
        long count = number("SELECT count(*) FROM " + table(namespace, "duty") + " WHERE slot = " + slot);
        if (workload.isolation() == Isolation.SERIALIZABLE) {
            assertThat(count).as("duties of slot %d", slot).isLessThanOrEqualTo(ListAppendWorkload.DUTIES);
        }
        if (count < ListAppendWorkload.DUTIES) {
            connection.execute(
                    "INSERT INTO " + table(namespace, "duty") + "(slot, who) VALUES (" + slot + ", " + process + ")");
        } else {
            connection.execute("DELETE FROM " + table(namespace, "duty") + " WHERE slot = " + slot);
        }
    }

    private long number(String sql) {
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            assertThat(statement.step()).isTrue();
            return statement.columnLong(0);
        }
    }

    /** An append within a savepoint that is rolled back: as if by a transaction that failed. */
    private void undone(String namespace, int list) {
        connection.execute("SAVEPOINT undone");
        int before = operations.size();
        append(namespace, list);
        Operation append = operations.remove(before);
        history.add(NOBODY - (int) ((Append) append).value(), history.now(), Outcome.FAILED, List.of(append));
        connection.execute("ROLLBACK TO undone; RELEASE undone");
    }

    /** Rows that make pages split, overflow and become free. */
    private void fill(String namespace) {
        if (random.nextInt(3) > 0) {
            connection.execute("INSERT INTO " + table(namespace, "filler") + "(body) VALUES (zeroblob("
                    + random.nextInt(1, 3_000) + "))");
        } else {
            connection.execute("DELETE FROM " + table(namespace, "filler") + " WHERE id = "
                    + random.nextInt(1, 2 + workload.firstList()));
        }
    }

    /** Reads all lists that have been used, in one transaction. */
    void readAll() {
        record(
                () -> {
                    connection.execute("BEGIN");
                    for (String namespace : workload.namespaces()) {
                        for (int list = 0; list < workload.firstList() + workload.window(); list++) {
                            read(namespace, list);
                        }
                    }
                    isEnding = true;
                    connection.execute("COMMIT");
                },
                Outcome.OK);
    }

    /**
     * Reads the newest lists of all databases as they were at a version of the past.
     *
     * @param counts asked in the end whether what was read is to be checked
     */
    void readPast(long version, BooleanSupplier counts) {
        operations = new ArrayList<>();
        int first = Math.max(0, workload.firstList() - workload.window());
        int end = workload.firstList() + workload.window();
        try {
            show(Long.toString(version));
            connection.execute("BEGIN");
            for (String namespace : workload.namespaces()) {
                for (int list = first; list < end; list++) {
                    read(namespace, list);
                }
                pause.run();
            }
            if (counts.getAsBoolean()) {
                history.addPast(operations);
            }
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.ERROR_SNAPSHOT && e.code() != ResultCode.CANTOPEN && !isOfTheStore(e)) {
                throw e;
            }
        }
        if (!connection.session().isAutocommit()) {
            connection.execute("ROLLBACK");
        }
        show("now");
    }

    private void show(String point) {
        for (String namespace : workload.namespaces()) {
            connection.execute("PRAGMA " + schema(namespace) + ".verso_snapshot = '" + point + "'");
        }
    }

    private String schema(String namespace) {
        return namespace.equals(mainNamespace) ? "main" : namespace;
    }

    void checkTables(String what) {
        for (String namespace : workload.namespaces()) {
            try (PreparedStatement statement =
                    connection.prepare("PRAGMA " + schema(namespace) + ".integrity_check", 0)) {
                assertThat(statement.step()).isTrue();
                assertThat(statement.columnString(0)).as(what).isEqualTo("ok");
            }
            if (workload.isolation() == Isolation.SERIALIZABLE) {
                assertThat(number("SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM "
                                + table(namespace, "duty") + " GROUP BY slot)"))
                        .as(what)
                        .isLessThanOrEqualTo(ListAppendWorkload.DUTIES);
            }
        }
    }
}
