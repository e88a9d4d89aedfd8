package dev.verso.jmh;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Full scans through a prepared statement: rows a second, and with {@code -prof gc} the bytes allocated for each row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 1)
public class CompareScan {
    @Param({"VERSO", "SQLITE"})
    public Engine engine;

    private Connection connection;
    private PreparedStatement numbers;
    private PreparedStatement texts;

    public CompareScan() {}

    @Setup(Level.Trial)
    public void open() throws SQLException {
        connection = engine.inMemory();
        SampleTable.fill(connection, SampleTable.ROWS);
        numbers = connection.prepareStatement("SELECT id, grp, price, stock FROM item");
        texts = connection.prepareStatement("SELECT name, code FROM item");
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
        connection.close();
    }

    /** Three integers and a real of each row: nothing is to be allocated. */
    @Benchmark
    @OperationsPerInvocation(SampleTable.ROWS)
    public void rowsOfNumbers(Blackhole hole) throws SQLException {
        try (ResultSet rows = numbers.executeQuery()) {
            while (rows.next()) {
                hole.consume(rows.getInt(1));
                hole.consume(rows.getLong(2));
                hole.consume(rows.getDouble(3));
                hole.consume(rows.getInt(4));
            }
        }
    }

    /** Two texts of each row, of up to 20 and 12 characters: two Strings are to be allocated, and nothing else. */
    @Benchmark
    @OperationsPerInvocation(SampleTable.ROWS)
    public void rowsOfTexts(Blackhole hole) throws SQLException {
        try (ResultSet rows = texts.executeQuery()) {
            while (rows.next()) {
                hole.consume(rows.getString(1));
                hole.consume(rows.getString(2));
            }
        }
    }
}
