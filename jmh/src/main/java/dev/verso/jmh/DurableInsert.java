package dev.verso.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Single inserts into a file, each its own transaction that is on disk when the call returns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class DurableInsert {
    @Param({"VERSO", "SQLITE", "H2"})
    public Engine engine;

    private Path folder;
    private Connection connection;
    private PreparedStatement insert;
    private int next;

    public DurableInsert() {}

    @Setup(Level.Trial)
    public void open() throws SQLException, IOException {
        folder = Files.createTempDirectory("verso-jmh");
        connection = engine.inFile(folder.resolve("bench.sqlite"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, text VARCHAR(80))");
        }
        insert = connection.prepareStatement("INSERT INTO log VALUES (?, ?)");
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException, IOException {
        connection.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public void insertDurably() throws SQLException {
        insert.setInt(1, ++next);
        insert.setString(2, "a line of a log");
        insert.executeUpdate();
    }
}
