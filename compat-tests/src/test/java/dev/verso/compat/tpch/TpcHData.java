package dev.verso.compat.tpch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/**
 * Tables of the TPC-H benchmark (tpc.org/tpch, clause 1.4) with data like that of clause 4.2: the same sizes, keys, value ranges and
 * correlations of dates and prices, words of our own. The same seed makes the same rows.
 */
final class TpcHData {
    static final List<String> SCHEMA = List.of(
            "CREATE TABLE region (r_regionkey INTEGER PRIMARY KEY, r_name TEXT, r_comment TEXT)",
            "CREATE TABLE nation (n_nationkey INTEGER PRIMARY KEY, n_name TEXT, n_regionkey INTEGER, n_comment TEXT)",
            "CREATE TABLE part (p_partkey INTEGER PRIMARY KEY, p_name TEXT, p_mfgr TEXT, p_brand TEXT, p_type TEXT,"
                    + " p_size INTEGER, p_container TEXT, p_retailprice REAL, p_comment TEXT)",
            "CREATE TABLE supplier (s_suppkey INTEGER PRIMARY KEY, s_name TEXT, s_address TEXT, s_nationkey INTEGER,"
                    + " s_phone TEXT, s_acctbal REAL, s_comment TEXT)",
            "CREATE TABLE partsupp (ps_partkey INTEGER, ps_suppkey INTEGER, ps_availqty INTEGER, ps_supplycost REAL,"
                    + " ps_comment TEXT, PRIMARY KEY (ps_partkey, ps_suppkey))",
            "CREATE TABLE customer (c_custkey INTEGER PRIMARY KEY, c_name TEXT, c_address TEXT, c_nationkey INTEGER,"
                    + " c_phone TEXT, c_acctbal REAL, c_mktsegment TEXT, c_comment TEXT)",
            "CREATE TABLE orders (o_orderkey INTEGER PRIMARY KEY, o_custkey INTEGER, o_orderstatus TEXT, o_totalprice REAL,"
                    + " o_orderdate TEXT, o_orderpriority TEXT, o_clerk TEXT, o_shippriority INTEGER, o_comment TEXT)",
            "CREATE TABLE lineitem (l_orderkey INTEGER, l_partkey INTEGER, l_suppkey INTEGER, l_linenumber INTEGER,"
                    + " l_quantity REAL, l_extendedprice REAL, l_discount REAL, l_tax REAL, l_returnflag TEXT, l_linestatus TEXT,"
                    + " l_shipdate TEXT, l_commitdate TEXT, l_receiptdate TEXT, l_shipinstruct TEXT, l_shipmode TEXT,"
                    + " l_comment TEXT, PRIMARY KEY (l_orderkey, l_linenumber))");

    static final List<String> INDEXES = List.of(
            "CREATE INDEX nation_region ON nation (n_regionkey)",
            "CREATE INDEX supplier_nation ON supplier (s_nationkey)",
            "CREATE INDEX partsupp_supplier ON partsupp (ps_suppkey)",
            "CREATE INDEX customer_nation ON customer (c_nationkey)",
            "CREATE INDEX orders_customer ON orders (o_custkey)",
            "CREATE INDEX lineitem_part_supplier ON lineitem (l_partkey, l_suppkey)",
            "CREATE INDEX lineitem_supplier ON lineitem (l_suppkey)");

    private static final String[] REGIONS = {"AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"};
    private static final String[] NATIONS = {
        "ALGERIA 0", "ARGENTINA 1", "BRAZIL 1", "CANADA 1", "EGYPT 4", "ETHIOPIA 0", "FRANCE 3", "GERMANY 3", "INDIA 2",
        "INDONESIA 2", "IRAN 4", "IRAQ 4", "JAPAN 2", "JORDAN 4", "KENYA 0", "MOROCCO 0", "MOZAMBIQUE 0", "PERU 1",
        "CHINA 2", "ROMANIA 3", "SAUDI ARABIA 4", "VIETNAM 2", "RUSSIA 3", "UNITED KINGDOM 3", "UNITED STATES 1"
    };
    private static final String[] COLOURS = {
        "almond", "azure", "beige", "black", "blue", "brown", "coral", "cream", "forest", "ghost", "gold", "green",
        "ivory", "khaki", "lemon", "lime", "linen", "maroon", "mint", "navy", "olive", "orange", "peach", "pink",
        "plum", "red", "rose", "salmon", "sienna", "sky", "snow", "steel", "tan", "violet", "wheat", "white", "yellow"
    };
    private static final String[] TYPES_1 = {"STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"};
    private static final String[] TYPES_2 = {"ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"};
    private static final String[] TYPES_3 = {"TIN", "NICKEL", "BRASS", "STEEL", "COPPER"};
    private static final String[] CONTAINERS_1 = {"SM", "LG", "MED", "JUMBO", "WRAP"};
    private static final String[] CONTAINERS_2 = {"CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM"};
    private static final String[] SEGMENTS = {"AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD"};
    private static final String[] PRIORITIES = {"1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"};
    private static final String[] MODES = {"REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"};
    private static final String[] INSTRUCTIONS = {"DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"};
    private static final String[] WORDS = {
        "quick", "slow", "final", "regular", "special", "pending", "express", "bold", "even", "silent", "ideas",
                "deposits",
        "requests", "packages", "accounts", "theodolites", "foxes", "sleep", "wake", "haggle", "nag", "among", "above",
                "the",
        "carefully", "furiously", "Customer", "Complaints", "unusual", "across"
    };
    private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 1);
    private static final int ORDER_DAYS = 2406 - 151;
    private static final LocalDate TODAY = LocalDate.of(1995, 6, 17);

    private final Connection connection;
    private final Random random;
    private final int parts;
    private final int suppliers;
    private final int customers;
    private final int orders;

    /** @param scale 1 for 6,000,000 rows in the largest table */
    TpcHData(Connection connection, double scale, long seed) {
        this.connection = connection;
        random = new Random(seed);
        parts = (int) Math.max(40, 200_000 * scale);
        suppliers = (int) Math.max(10, 10_000 * scale);
        customers = (int) Math.max(30, 150_000 * scale);
        orders = customers * 10;
    }

    /** Makes the tables, fills them in one transaction and gathers statistics. */
    void load() throws SQLException {
        load(true);
    }

    void load(boolean analyzed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
            connection.setAutoCommit(false);
            fillSmallTables(statement);
            fillParts();
            fillSuppliers();
            fillCustomers();
            fillOrders();
            connection.commit();
            connection.setAutoCommit(true);
            for (String sql : INDEXES) {
                statement.execute(sql);
            }
            if (analyzed) {
                statement.execute("ANALYZE");
            }
        }
    }

    private void fillSmallTables(Statement statement) throws SQLException {
        for (int i = 0; i < REGIONS.length; i++) {
            statement.execute("INSERT INTO region VALUES (" + i + ", '" + REGIONS[i] + "', '" + words(5) + "')");
        }
        for (int i = 0; i < NATIONS.length; i++) {
            int space = NATIONS[i].lastIndexOf(' ');
            statement.execute("INSERT INTO nation VALUES (" + i + ", '" + NATIONS[i].substring(0, space) + "', "
                    + NATIONS[i].substring(space + 1) + ", '" + words(6) + "')");
        }
    }

    private void fillParts() throws SQLException {
        try (PreparedStatement part = insert("part", 9);
                PreparedStatement offer = insert("partsupp", 5)) {
            for (int key = 1; key <= parts; key++) {
                int maker = 1 + random.nextInt(5);
                run(
                        part,
                        key,
                        pick(COLOURS) + " " + pick(COLOURS) + " " + pick(COLOURS),
                        "Manufacturer#" + maker,
                        "Brand#" + maker + (1 + random.nextInt(5)),
                        pick(TYPES_1) + " " + pick(TYPES_2) + " " + pick(TYPES_3),
                        1 + random.nextInt(50),
                        pick(CONTAINERS_1) + " " + pick(CONTAINERS_2),
                        price(key),
                        words(3));
                for (int i = 0; i < 4; i++) {
                    run(offer, key, supplierOf(key, i), 1 + random.nextInt(9999), cents(100, 100_000), words(8));
                }
            }
        }
    }

    private double price(int part) {
        return (90_000 + part / 10 % 20_001 + 100 * (part % 1000)) / 100.0;
    }

    private int supplierOf(int part, int i) {
        return (part * 7 + i * (suppliers / 4)) % suppliers + 1;
    }

    private void fillSuppliers() throws SQLException {
        try (PreparedStatement supplier = insert("supplier", 7)) {
            for (int key = 1; key <= suppliers; key++) {
                int nation = random.nextInt(NATIONS.length);
                run(
                        supplier,
                        key,
                        String.format("Supplier#%09d", key),
                        words(2),
                        nation,
                        phone(nation),
                        cents(-99_999, 999_999),
                        words(8));
            }
        }
    }

    private void fillCustomers() throws SQLException {
        try (PreparedStatement customer = insert("customer", 8)) {
            for (int key = 1; key <= customers; key++) {
                int nation = random.nextInt(NATIONS.length);
                run(
                        customer,
                        key,
                        String.format("Customer#%09d", key),
                        words(2),
                        nation,
                        phone(nation),
                        cents(-99_999, 999_999),
                        pick(SEGMENTS),
                        words(8));
            }
        }
    }

    private String phone(int nation) {
        return String.format(
                "%d-%03d-%03d-%04d",
                nation + 10, 100 + random.nextInt(900), 100 + random.nextInt(900), 1000 + random.nextInt(9000));
    }

    private void fillOrders() throws SQLException {
        try (PreparedStatement order = insert("orders", 9);
                PreparedStatement line = insert("lineitem", 16)) {
            for (int i = 0; i < orders; i++) {
                int key = i / 8 * 32 + i % 8 + 1; // only a quarter of the keys is used
                int customer = 1 + random.nextInt(customers);
                customer -= customer % 3 == 0 ? 1 : 0; // a third of the customers never orders
                LocalDate date = FIRST_DAY.plusDays(random.nextInt(ORDER_DAYS));
                int lines = 1 + random.nextInt(7);
                double total = 0;
                int open = 0;
                for (int number = 1; number <= lines; number++) {
                    int part = 1 + random.nextInt(parts);
                    int quantity = 1 + random.nextInt(50);
                    double price = Math.round(quantity * price(part) * 100) / 100.0;
                    double discount = random.nextInt(11) / 100.0;
                    double tax = random.nextInt(9) / 100.0;
                    LocalDate shipped = date.plusDays(1 + random.nextInt(121));
                    LocalDate received = shipped.plusDays(1 + random.nextInt(30));
                    boolean late = shipped.isAfter(TODAY);
                    open += late ? 1 : 0;
                    total += price * (1 + tax) * (1 - discount);
                    run(
                            line,
                            key,
                            part,
                            supplierOf(part, random.nextInt(4)),
                            number,
                            (double) quantity,
                            price,
                            discount,
                            tax,
                            received.isAfter(TODAY) ? "N" : random.nextBoolean() ? "R" : "A",
                            late ? "O" : "F",
                            shipped.toString(),
                            date.plusDays(30 + random.nextInt(61)).toString(),
                            received.toString(),
                            pick(INSTRUCTIONS),
                            pick(MODES),
                            words(4));
                }
                run(
                        order,
                        key,
                        customer,
                        open == 0 ? "F" : open == lines ? "O" : "P",
                        Math.round(total * 100) / 100.0,
                        date.toString(),
                        pick(PRIORITIES),
                        String.format("Clerk#%09d", 1 + random.nextInt(1000)),
                        0,
                        words(7));
            }
        }
    }

    private PreparedStatement insert(String table, int columns) throws SQLException {
        return connection.prepareStatement("INSERT INTO " + table + " VALUES (" + "?, ".repeat(columns - 1) + "?)");
    }

    private static void run(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    private double cents(int from, int to) {
        return (from + random.nextInt(to - from)) / 100.0;
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(pick(WORDS));
        }
        return text.toString();
    }
}
