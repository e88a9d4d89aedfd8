package dev.verso.jmh;

import dev.verso.parser.SqlParser;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Text to tree here, beside the whole of sqlite-jdbc's prepare, which resolves and plans as well. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Parse {
    private static final String POINT_QUERY = "SELECT a, b FROM t WHERE id = ?";
    private static final String SIX_TABLE_JOIN =
            "SELECT c.name, o.id, o.placed, p.title, l.quantity * l.price AS total, s.name AS shipper, w.city"
                    + " FROM customers c JOIN orders o ON o.customer_id = c.id JOIN lines l ON l.order_id = o.id"
                    + " JOIN products p ON p.id = l.product_id LEFT JOIN shippers s ON s.id = o.shipper_id"
                    + " LEFT JOIN warehouses w ON w.id = l.warehouse_id"
                    + " WHERE c.country = 'DE' AND o.placed BETWEEN ?1 AND ?2 AND p.title LIKE '%x%'"
                    + " ORDER BY o.placed DESC, l.id LIMIT 50";

    /** Which statement. */
    @Param({"point", "join"})
    public String statement;

    private String sql;
    private Connection sqlite;

    public Parse() {}

    @Setup
    public void open() throws SQLException {
        sql = statement.equals("point") ? POINT_QUERY : SIX_TABLE_JOIN;
        sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement schema = sqlite.createStatement()) {
            schema.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)");
            schema.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name, country)");
            schema.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id, placed, shipper_id)");
            schema.execute(
                    "CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id, product_id, quantity, price, warehouse_id)");
            schema.execute("CREATE TABLE products (id INTEGER PRIMARY KEY, title)");
            schema.execute("CREATE TABLE shippers (id INTEGER PRIMARY KEY, name)");
            schema.execute("CREATE TABLE warehouses (id INTEGER PRIMARY KEY, city)");
        }
    }

    @TearDown
    public void close() throws SQLException {
        sqlite.close();
    }

    @Benchmark
    public Object versoParse() {
        return SqlParser.parseNext(sql, 0);
    }

    @Benchmark
    public void sqliteJdbcPrepare() throws SQLException {
        sqlite.prepareStatement(sql).close();
    }
}
