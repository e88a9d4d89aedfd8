package dev.verso.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A {@link DataSource} of new connections to one URL. */
public final class VersoDataSource implements DataSource {
    private final Properties properties = new Properties();
    private String url;
    private PrintWriter logWriter;
    private int loginTimeoutSeconds;

    public VersoDataSource() {}

    public VersoDataSource(String url) {
        this.url = url;
    }

    public String getUrl() {
        return url;
    }

    public void setUrl(String newUrl) {
        url = newUrl;
    }

    /** Sets a property as the driver takes it, like {@code busy_timeout}. */
    public void setProperty(String name, String value) {
        properties.setProperty(name, value);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(properties);
    }

    /** As a user of the store, where a versioned store over a network knows users. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        boolean isStore = DatabaseUrl.accepts(url)
                && StoreLocation.isOne(DatabaseUrl.parse(url, null).location());
        if (isStore && user != null && password != null) {
            all.setProperty("user", user);
            all.setProperty("password", password);
        }
        return connect(all);
    }

    private Connection connect(Properties all) throws SQLException {
        if (!DatabaseUrl.accepts(url)) {
            throw SqlErrors.misuse("no URL of this driver: " + url);
        }
        return VersoDriver.open(url, all);
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeoutSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.verso");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapped.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
