package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a versioned store, or a namespace of one, lies: {@code scheme:place[?name=value[&name=value…]]}, values percent-encoded.
 *
 * @param place without the scheme and the settings
 * @param settings those of {@link #SETTINGS}, and {@code mode}
 */
record StoreLocation(String scheme, String place, Map<String, String> settings) {
    /** How to get into a store over a network; names as in URLs. */
    static final List<String> SETTINGS = List.of("tls", "ca", "cert", "key", "user", "password", "connect_timeout");

    private static final String MODE = "mode";
    private static final Set<String> SCHEMES = Set.of("local", "mem", "fdb", "etcd");
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** True if a location begins with the scheme of a key-value backend. */
    static boolean isOne(String location) {
        int colon = location.indexOf(':');
        return colon > 0 && SCHEMES.contains(location.substring(0, colon));
    }

    /** Whether a URL's query may say so. */
    static boolean isSetting(String name) {
        return name.equals(MODE) || SETTINGS.contains(name);
    }

    static StoreLocation parse(String location) {
        int colon = location.indexOf(':');
        int question = location.indexOf('?');
        Map<String, String> settings = new TreeMap<>();
        if (question >= 0) {
            for (String part : location.substring(question + 1).split("&")) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                if (!isSetting(name) || equals < 0) {
                    throw new DatabaseException(
                            ResultCode.CANTOPEN,
                            "unable to open database file: " + location.substring(0, question) + ": '" + name
                                    + (equals < 0 ? "' has no value" : "' is no setting of a store"));
                }
                settings.put(name, FileUri.decode(part.substring(equals + 1)));
            }
        }
        return new StoreLocation(
                location.substring(0, colon),
                location.substring(colon + 1, question < 0 ? location.length() : question),
                settings);
    }

    /** With what the driver's properties say; pools give an empty user where there is none. */
    StoreLocation with(Properties properties) {
        Map<String, String> both = new TreeMap<>(settings);
        for (String name : SETTINGS) {
            String value = properties.getProperty(name);
            if (value != null) {
                both.put(name, value);
            }
        }
        if ("".equals(both.get("user"))) {
            both.remove("user");
            both.remove("password");
        }
        return new StoreLocation(scheme, place, both);
    }

    /** {@code rwc}, unless it says {@code mode=ro} or {@code mode=rw}. */
    String mode() {
        return settings.getOrDefault(MODE, "rwc");
    }

    /** The store of a namespace. */
    StoreLocation store() {
        return new StoreLocation(scheme, place.substring(0, lastSlash()), settings);
    }

    /** What follows the store in a namespace's location: {@code name[@version]}. */
    String namespace() {
        return place.substring(lastSlash() + 1);
    }

    private int lastSlash() {
        int slash = place.lastIndexOf('/');
        if (slash < 0 || slash == place.length() - 1) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    "unable to open database file: '" + this + "' names no namespace (scheme:place/namespace)");
        }
        return slash;
    }

    /** The location of a namespace of this store. */
    StoreLocation namespace(String name) {
        return new StoreLocation(scheme, place + "/" + name, settings);
    }

    private boolean isRemote() {
        return scheme.equals("etcd") || scheme.equals("fdb");
    }

    /** Equal for locations of one store that is reached as the same user. */
    String identity() {
        if (scheme.equals("local")) {
            try {
                return "local:" + Path.of(place).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw new DatabaseException(
                        ResultCode.CANTOPEN,
                        "unable to open database file: '" + place + "' is no path: " + e.getReason(),
                        e);
            }
        }
        if (!isRemote()) {
            return toString();
        }
        Map<String, String> access = new TreeMap<>(settings);
        access.remove(MODE);
        access.remove("connect_timeout");
        return this + " " + access;
    }

    /** How long the store may take to answer when it is opened; a local one has no limit. */
    int connectTimeoutMillis() {
        if (!isRemote()) {
            return Integer.MAX_VALUE;
        }
        String text = settings.get("connect_timeout");
        try {
            int millis = text == null ? CONNECT_TIMEOUT_MILLIS : Integer.parseInt(text.strip());
            if (millis > 0) {
                return millis;
            }
        } catch (NumberFormatException e) {
            throw new DatabaseException(
                    ResultCode.MISUSE, "connect_timeout is no number of milliseconds: '" + text + "'", e);
        }
        throw new DatabaseException(ResultCode.MISUSE, "connect_timeout is not more than 0: '" + text + "'");
    }

    /** For the backend. */
    Map<String, String> options(boolean create) {
        Map<String, String> options = new HashMap<>(settings);
        options.keySet().retainAll(SETTINGS);
        options.remove("connect_timeout");
        if (isRemote()) {
            options.put("connectTimeoutMillis", Integer.toString(connectTimeoutMillis()));
        }
        options.put("create", String.valueOf(create));
        return options;
    }

    /** Without its settings, which may hold a password. */
    @Override
    public String toString() {
        return scheme + ":" + place;
    }
}
