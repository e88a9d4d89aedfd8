package dev.verso.jdbc;

import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * What a URL's query and the driver's {@link Properties} ask for. Names are those of sqlite-jdbc; those that name a pragma become one when the
 * connection opens.
 */
record ConnectionSettings(
        int busyTimeoutMillis,
        boolean readOnly,
        String transactionMode,
        DateClass dateClass,
        boolean integersAreSeconds,
        DateTimeFormatter dateFormat,
        Map<String, String> pragmas) {
    /** How {@link java.util.Date}s are stored. */
    enum DateClass {
        INTEGER,
        TEXT,
        REAL
    }

    static final int DEFAULT_BUSY_TIMEOUT_MILLIS = 3000;
    static final int OPEN_READONLY = 1;

    /** Properties that are applied as pragmas, in this order. */
    static final List<String> PRAGMAS = List.of(
            "page_size",
            "encoding",
            "auto_vacuum",
            "locking_mode",
            "journal_mode",
            "synchronous",
            "cache_size",
            "mmap_size",
            "temp_store",
            "foreign_keys",
            "defer_foreign_keys",
            "recursive_triggers",
            "case_sensitive_like",
            "read_uncommitted",
            "secure_delete",
            "max_page_count",
            "journal_size_limit",
            "application_id",
            "user_version",
            "legacy_alter_table",
            "reverse_unordered_selects",
            "automatic_index",
            "wal_autocheckpoint",
            "count_changes",
            "full_column_names",
            "short_column_names",
            "incremental_vacuum");

    /** Properties that are settings of the driver. */
    static final Set<String> SETTINGS = Set.of(
            "busy_timeout",
            "open_mode",
            "transaction_mode",
            "date_class",
            "date_precision",
            "date_string_format",
            "mode");

    static boolean isKnown(String name) {
        return PRAGMAS.contains(name) || SETTINGS.contains(name);
    }

    static ConnectionSettings of(Properties given) throws SQLException {
        Properties p = new Properties();
        for (String name : given.stringPropertyNames()) {
            p.setProperty(name.strip().toLowerCase(Locale.ROOT), given.getProperty(name));
        }
        Map<String, String> pragmas = new LinkedHashMap<>();
        for (String name : PRAGMAS) {
            if (p.getProperty(name) != null) {
                pragmas.put(name, p.getProperty(name));
            }
        }
        boolean readOnly = (number(p, "open_mode", 6) & OPEN_READONLY) != 0 || "ro".equals(p.getProperty("mode"));
        return new ConnectionSettings(
                number(p, "busy_timeout", DEFAULT_BUSY_TIMEOUT_MILLIS),
                readOnly,
                choice(p, "transaction_mode", "DEFERRED", Set.of("DEFERRED", "IMMEDIATE", "EXCLUSIVE")),
                DateClass.valueOf(choice(p, "date_class", "INTEGER", Set.of("INTEGER", "TEXT", "REAL"))),
                choice(p, "date_precision", "MILLISECONDS", Set.of("SECONDS", "MILLISECONDS"))
                        .equals("SECONDS"),
                DateTimeFormatter.ofPattern(
                        p.getProperty("date_string_format", "yyyy-MM-dd HH:mm:ss.SSS"), Locale.ROOT),
                pragmas);
    }

    private static int number(Properties p, String name, int otherwise) throws SQLException {
        String text = p.getProperty(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw (SQLException)
                    SqlErrors.misuse(name + " is no number: '" + text + "'").initCause(e);
        }
    }

    private static String choice(Properties p, String name, String otherwise, Set<String> allowed) throws SQLException {
        String text = p.getProperty(name, otherwise).strip().toUpperCase(Locale.ROOT);
        if (!allowed.contains(text)) {
            throw SqlErrors.misuse(name + " is '" + text + "', not one of " + allowed);
        }
        return text;
    }
}
