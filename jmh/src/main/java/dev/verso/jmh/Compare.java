package dev.verso.jmh;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Everyday work through JDBC on a database in memory: operations a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"}) // a heap that grows would be measured, too
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 1)
public class Compare {
    private static final int BATCH = 1000;

    @Param({"VERSO", "SQLITE", "SQLITE4J", "H2"})
    public Engine engine;

    private Connection connection;
    private PreparedStatement byRowid;
    private PreparedStatement byText;
    private PreparedStatement range;
    private PreparedStatement aggregate;
    private PreparedStatement groupBy;
    private PreparedStatement orderBy;
    private PreparedStatement join;
    private PreparedStatement insert;
    private PreparedStatement update;
    private PreparedStatement delete;
    private PreparedStatement putBack;
    private int rows;
    private int next;
    private int nextInsert;
    private int prepares;

    public Compare() {}

    @Setup(Level.Trial)
    public void open() throws SQLException {
        connection = engine.inMemory();
        rows = SampleTable.rows(engine);
        SampleTable.fill(connection, rows);
        byRowid = connection.prepareStatement("SELECT name, price FROM item WHERE id = ?");
        byText = connection.prepareStatement("SELECT id, name FROM item WHERE code = ?");
        range = connection.prepareStatement(
                "SELECT id, grp, name, price, stock, code, note FROM item WHERE id BETWEEN ? AND ?");
        aggregate = connection.prepareStatement("SELECT count(*), sum(stock), max(price) FROM item WHERE stock > 100");
        groupBy = connection.prepareStatement("SELECT grp, count(*), sum(price) FROM item GROUP BY grp");
        orderBy = connection.prepareStatement("SELECT id, price FROM item WHERE id <= 10000 ORDER BY stock, id");
        join = connection.prepareStatement("SELECT m.title, count(*) FROM item i JOIN grp g ON g.id = i.grp "
                + "JOIN maker m ON m.id = g.maker WHERE i.id <= 10000 GROUP BY m.title");
        update = connection.prepareStatement("UPDATE item SET stock = stock + 1 WHERE id = ?");
        delete = connection.prepareStatement("DELETE FROM item WHERE id = ?");
        putBack = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?)");
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE log (id INTEGER PRIMARY KEY, grp INTEGER, name VARCHAR(40), price DOUBLE PRECISION, "
                            + "stock INTEGER, code VARCHAR(20), note VARCHAR(80))");
        }
        insert = connection.prepareStatement("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)");
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
        connection.close();
    }

    private int nextKey() {
        next = (next + 7919) % rows;
        return next + 1;
    }

    @Benchmark
    public void pointSelectByRowid(Blackhole hole) throws SQLException {
        byRowid.setInt(1, nextKey());
        try (ResultSet found = byRowid.executeQuery()) {
            while (found.next()) {
                hole.consume(found.getString(1));
                hole.consume(found.getDouble(2));
            }
        }
    }

    @Benchmark
    public void pointSelectByIndexedText(Blackhole hole) throws SQLException {
        byText.setString(1, SampleTable.code(nextKey()));
        try (ResultSet found = byText.executeQuery()) {
            while (found.next()) {
                hole.consume(found.getInt(1));
                hole.consume(found.getString(2));
            }
        }
    }

    @Benchmark
    public void rangeOf100Rows(Blackhole hole) throws SQLException {
        int from = nextKey() % (rows - 100) + 1;
        range.setInt(1, from);
        range.setInt(2, from + 99);
        try (ResultSet found = range.executeQuery()) {
            while (found.next()) {
                hole.consume(found.getInt(1));
                hole.consume(found.getInt(2));
                hole.consume(found.getString(3));
                hole.consume(found.getDouble(4));
                hole.consume(found.getInt(5));
                hole.consume(found.getString(6));
                hole.consume(found.getString(7));
            }
        }
    }

    private static void drain(PreparedStatement statement, Blackhole hole) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                hole.consume(found.getString(1));
                hole.consume(found.getDouble(2));
            }
        }
    }

    @Benchmark
    public void fullScanAggregate(Blackhole hole) throws SQLException {
        drain(aggregate, hole);
    }

    @Benchmark
    public void groupBy(Blackhole hole) throws SQLException {
        drain(groupBy, hole);
    }

    @Benchmark
    public void orderBy(Blackhole hole) throws SQLException {
        drain(orderBy, hole);
    }

    @Benchmark
    public void joinOfThreeTables(Blackhole hole) throws SQLException {
        drain(join, hole);
    }

    /** One operation is a transaction of 1,000 rows. */
    @Benchmark
    public void batchInsertOf1000Rows() throws SQLException {
        connection.setAutoCommit(false);
        if (nextInsert > 500_000) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM log");
            }
            nextInsert = 0;
        }
        for (int i = 0; i < BATCH; i++) {
            SampleTable.row(insert, ++nextInsert);
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Benchmark
    public void updateByKey() throws SQLException {
        update.setInt(1, nextKey());
        update.executeUpdate();
    }

    /** Deletes a row and puts it back. */
    @Benchmark
    public void deleteAndInsertByKey() throws SQLException {
        int key = nextKey();
        delete.setInt(1, key);
        delete.executeUpdate();
        SampleTable.row(putBack, key);
        putBack.executeUpdate();
    }

    /** A text that no statement cache has seen. */
    @Benchmark
    public void prepare(Blackhole hole) throws SQLException {
        prepares++;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT i.name, g.title FROM item i JOIN grp g ON g.id = i.grp WHERE i.id = ? AND i.stock > "
                        + prepares)) {
            hole.consume(statement);
        }
    }
}
