package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.pager.PageStore;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

/** The JDBC driver, found by {@link java.util.ServiceLoader}. URLs: see {@link DatabaseUrl}. */
public final class VersoDriver implements Driver {
    static final String SQLITE_VERSION = "3.54.1";
    static final String VERSION = "0.1.0";
    static final int MAJOR = 0;
    static final int MINOR = 1;

    static {
        try {
            DriverManager.registerDriver(new VersoDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public VersoDriver() {}

    @Override
    public boolean acceptsURL(String url) {
        return DatabaseUrl.accepts(url);
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        return acceptsURL(url) ? open(url, properties) : null;
    }

    static Connection open(String url, Properties properties) throws SQLException {
        DatabaseUrl parsed = DatabaseUrl.parse(url, properties);
        ConnectionSettings settings = ConnectionSettings.of(parsed.settings(), StoreLocation.isOne(parsed.location()));
        try {
            DatabaseOpener opener = new DatabaseOpener(settings.readOnly());
            PageStore store = opener.openMain(parsed);
            dev.verso.sql.Connection engine = new dev.verso.sql.Connection(store, opener);
            OpenNamespaces.Home home = OpenNamespaces.home(store);
            if (home != null) {
                new HistoryFunctions(engine, home).register();
            }
            return new VersoConnection(engine, parsed.url(), settings, store.isReadOnly());
        } catch (DatabaseException e) {
            throw SqlErrors.onConnect(e);
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        Properties known = acceptsURL(url) ? DatabaseUrl.parse(url, properties).settings() : new Properties();
        List<DriverPropertyInfo> list = new ArrayList<>();
        for (String name : ConnectionSettings.PRAGMAS) {
            list.add(describe(name, known.getProperty(name), "PRAGMA " + name + ", set when the connection opens"));
        }
        for (String name : ConnectionSettings.SETTINGS.stream().sorted().toList()) {
            list.add(describe(name, known.getProperty(name), "setting of the driver"));
        }
        for (String name : StoreLocation.SETTINGS) {
            if (!ConnectionSettings.isKnown(name)) {
                list.add(describe(name, known.getProperty(name), "how to get into a versioned store over a network"));
            }
        }
        for (String name : ConnectionSettings.WITHOUT_EFFECT.stream().sorted().toList()) {
            list.add(describe(name, known.getProperty(name), "taken, without effect"));
        }
        return list.toArray(new DriverPropertyInfo[0]);
    }

    private static DriverPropertyInfo describe(String name, String value, String description) {
        DriverPropertyInfo info = new DriverPropertyInfo(name, value);
        info.description = description;
        info.choices = ConnectionSettings.choices(name);
        return info;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return MINOR;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.verso");
    }
}
