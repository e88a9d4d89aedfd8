package dev.verso.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/**
 * A JDBC URL taken apart: {@code jdbc:verso:}{@link #location} or {@code jdbc:sqlite:}…, with settings in a query.
 *
 * <pre>
 *   jdbc:verso:app.sqlite                        a file
 *   jdbc:verso:                                  a private temporary database
 *   jdbc:verso::memory:                          a private database in memory
 *   jdbc:verso:file:app.sqlite?mode=ro           a file, as a URI
 *   jdbc:verso:local:/data/dir/namespace@version a namespace of the embedded store
 *   jdbc:verso:mem:name/namespace                a namespace of a named store in memory
 *   jdbc:verso:fdb:/etc/fdb.cluster/namespace    a namespace on FoundationDB
 *   jdbc:verso:etcd:host:port,host:port/prefix/namespace   a namespace on etcd
 * </pre>
 *
 * @param url as given, but for a password
 * @param location what follows the prefix, without its settings
 * @param settings of the query and the driver's properties; the latter win
 */
record DatabaseUrl(String url, String location, Properties settings) {
    static final String PREFIX = "jdbc:verso:";
    static final String SQLITE_PREFIX = "jdbc:sqlite:";

    static boolean accepts(String url) {
        return url != null && (hasPrefix(url, PREFIX) || hasPrefix(url, SQLITE_PREFIX));
    }

    private static boolean hasPrefix(String url, String prefix) {
        return url.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    static DatabaseUrl parse(String url, Properties properties) throws SQLException {
        String rest = url.substring(
                PREFIX.length() <= url.length() && hasPrefix(url, PREFIX) ? PREFIX.length() : SQLITE_PREFIX.length());
        if (hasPrefix(rest, "sqlite:") && hasPrefix(url, PREFIX)) {
            rest = rest.substring("sqlite:".length());
        }
        Properties settings = new Properties();
        int question = rest.indexOf('?');
        String location = rest;
        if (question >= 0) {
            location = rest.substring(0, question);
            location += takeSettings(location, rest.substring(question + 1), settings);
        }
        if (properties != null) {
            for (String name : properties.stringPropertyNames()) {
                settings.setProperty(name.strip().toLowerCase(Locale.ROOT), properties.getProperty(name));
            }
        }
        return new DatabaseUrl(withoutPassword(url), location, settings);
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(?i)([?&])password=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }

    /** Moves known settings out of the query. @return what is left of it, with its question mark, or nothing */
    private static String takeSettings(String location, String query, Properties settings) throws SQLException {
        StringBuilder left = new StringBuilder();
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            String name =
                    (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            boolean ofStore = StoreLocation.isOne(location) && StoreLocation.isSetting(name);
            if (ConnectionSettings.isKnown(name) && !ofStore) {
                if (equals < 0 || equals == part.length() - 1) {
                    throw SqlErrors.misuse("the URL gives no value for " + name);
                }
                settings.setProperty(name, part.substring(equals + 1));
            } else if (!part.isEmpty()) {
                checkPlace(location, name);
                left.append(left.length() == 0 ? '?' : '&')
                        .append(ofStore ? name + part.substring(name.length()) : part);
            }
        }
        return left.toString();
    }

    /** A name that nobody would read is refused: as part of a file's name it would make a file that nobody meant. */
    private static void checkPlace(String location, String name) throws SQLException {
        if (location.startsWith("file:") || StoreLocation.isOne(location) && StoreLocation.isSetting(name)) {
            return;
        }
        throw SqlErrors.misuse(
                ConnectionSettings.OF_URIS.contains(name)
                        ? "the URL's setting '" + name + "' needs the form " + PREFIX + "file:PATH?" + name + "=VALUE"
                        : "the URL has an unknown setting: '" + name + "'");
    }
}
