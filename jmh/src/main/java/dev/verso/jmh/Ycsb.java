package dev.verso.jmh;

import dev.verso.kv.KvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workloads A, B, C, E and F of YCSB through SQL on versioned stores: 10,000 rows of ten fields of 100 bytes, chosen by a scrambled
 * zipfian distribution (0.99); E scans up to 100 rows. Arguments: seconds for each workload, connections, and stores: {@code memory} (a
 * millisecond away) or the place of a store as in a URL, like {@code local:/tmp/ycsb} or {@code etcd:127.0.0.1:2379/ycsb}; the script
 * {@code jmh/ycsb} makes them. Prints a table in
 * Markdown: operations a second, and how many of a thousand were refused for a conflict.
 */
public final class Ycsb {
    private static final int ROWS = 10_000;
    private static final int FIELDS = 10;
    private static final int FIELD_BYTES = 100;
    private static final int LONGEST_SCAN = 100;
    private static final double SKEW = 0.99;

    private final double seconds;
    private final int connections;
    private final double[] cumulative = new double[ROWS];
    private final AtomicInteger nextKey = new AtomicInteger();

    private Ycsb(double seconds, int connections) {
        this.seconds = seconds;
        this.connections = connections;
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += 1 / Math.pow(i + 1, SKEW);
            cumulative[i] = sum;
        }
        for (int i = 0; i < ROWS; i++) {
            cumulative[i] /= sum;
        }
    }

    /** How often, of a hundred operations, each kind comes; what is left are reads. */
    private enum Workload {
        A(50, 0, 0, 0),
        B(5, 0, 0, 0),
        C(0, 0, 0, 0),
        E(0, 5, 95, 0),
        F(0, 0, 0, 50);

        private final int updates;
        private final int inserts;
        private final int scans;
        private final int changes;

        Workload(int updates, int inserts, int scans, int changes) {
            this.updates = updates;
            this.inserts = inserts;
            this.scans = scans;
            this.changes = changes;
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("arguments: SECONDS CONNECTIONS STORE...");
        }
        Ycsb ycsb = new Ycsb(Double.parseDouble(arguments[0]), Integer.parseInt(arguments[1]));
        StringBuilder head = new StringBuilder("| " + ycsb.connections + " connections |");
        StringBuilder line = new StringBuilder("|---|");
        for (Workload workload : Workload.values()) {
            head.append(' ').append(workload).append(" |");
            line.append("---:|");
        }
        System.out.println(head);
        System.out.println(line);
        for (String place : Arrays.asList(arguments).subList(2, arguments.length)) {
            ycsb.run(place);
        }
    }

    private void run(String place) throws InterruptedException {
        int colon = place.indexOf(':');
        try (KvStore kv = Crowd.open(place)) {
            Namespaces namespaces = new Namespaces(kv);
            if (namespaces.exists("ycsb")) {
                namespaces.delete("ycsb");
            }
            namespaces.create("ycsb");
            StringBuilder line =
                    new StringBuilder("| " + (colon < 0 ? "memory, 1 ms away" : place.substring(0, colon)) + " |");
            try (PageStore store = namespaces.open("ycsb")) {
                load(store);
                for (Workload workload : Workload.values()) {
                    line.append(' ').append(run(store, workload)).append(" |");
                }
            }
            System.out.println(line);
            namespaces.delete("ycsb");
        }
    }

    private void load(PageStore store) {
        try (Connection connection = Crowd.connect(store)) {
            StringBuilder fields = new StringBuilder();
            for (int i = 0; i < FIELDS; i++) {
                fields.append(", field").append(i);
            }
            connection.execute("CREATE TABLE usertable (id INTEGER PRIMARY KEY" + fields + ")");
            String text = ", hex(randomblob(" + FIELD_BYTES / 2 + "))";
            connection.execute("INSERT INTO usertable SELECT value" + text.repeat(FIELDS) + " FROM generate_series(0, "
                    + (ROWS - 1) + ")");
            nextKey.set(ROWS);
        }
    }

    /** The rate, and the share of conflicts. */
    private String run(PageStore store, Workload workload) throws InterruptedException {
        Crowd.Result result = Crowd.run(
                store, connections, seconds, (connection, random, number) -> operate(connection, workload, random));
        long share = result.conflictsInThousand();
        return "%,.0f".formatted(result.rate()) + (share == 0 ? "" : " (" + share + " ‰)");
    }

    private int key(SplittableRandom random) {
        int rank = Arrays.binarySearch(cumulative, random.nextDouble());
        int place = Math.min(rank < 0 ? -rank - 1 : rank, ROWS - 1);
        // Rows that are chosen often are not neighbours: 7,919 is a prime that does not divide their number.
        return (int) ((place * 7_919L) % ROWS);
    }

    private void operate(Connection connection, Workload workload, SplittableRandom random) {
        int choice = random.nextInt(100);
        if (choice < workload.updates) {
            update(connection, key(random), random);
        } else if (choice < workload.inserts) {
            insert(connection);
        } else if (choice < workload.inserts + workload.scans) {
            scan(connection, key(random), 1 + random.nextInt(LONGEST_SCAN));
        } else if (choice < workload.changes) {
            change(connection, key(random), random);
        } else {
            read(connection, key(random));
        }
    }

    private static void read(Connection connection, int key) {
        try (PreparedStatement statement = connection.prepare("SELECT * FROM usertable WHERE id = ?1", 0)) {
            statement.parameter(1).setInteger(key);
            statement.step();
        }
    }

    private static void update(Connection connection, int key, SplittableRandom random) {
        String sql = "UPDATE usertable SET field" + random.nextInt(FIELDS) + " = hex(randomblob(" + FIELD_BYTES / 2
                + ")) WHERE id = ?1";
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            statement.parameter(1).setInteger(key);
            statement.step();
        }
    }

    private void insert(Connection connection) {
        String sql = "INSERT INTO usertable VALUES (?1" + (", hex(randomblob(" + FIELD_BYTES / 2 + "))").repeat(FIELDS)
                + ")";
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            statement.parameter(1).setInteger(nextKey.getAndIncrement());
            statement.step();
        }
    }

    private static void scan(Connection connection, int key, int rows) {
        try (PreparedStatement statement =
                connection.prepare("SELECT * FROM usertable WHERE id >= ?1 ORDER BY id LIMIT ?2", 0)) {
            statement.parameter(1).setInteger(key);
            statement.parameter(2).setInteger(rows);
            while (statement.step()) {
                statement.columnLong(0);
            }
        }
    }

    /** Read, modify, write: one transaction. */
    private static void change(Connection connection, int key, SplittableRandom random) {
        Crowd.inTransaction(connection, () -> {
            read(connection, key);
            update(connection, key, random);
        });
    }
}
