package dev.verso.jdbc;

import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
        boolean hasOwnDateFormat,
        boolean generatedKeys,
        Map<String, String> pragmas,
        List<String> warnings) {
    /** How {@link java.util.Date}s are stored. */
    enum DateClass {
        INTEGER,
        TEXT,
        REAL
    }

    static final String DEFAULT_DATE_FORMAT = "yyyy-MM-dd HH:mm:ss.SSS";
    static final int DEFAULT_BUSY_TIMEOUT_MILLIS = 3000;
    static final int OPEN_READONLY = 1;

    /** What holds where nobody asks for anything: for rows that no database gave. */
    static final ConnectionSettings DEFAULTS = new ConnectionSettings(
            DEFAULT_BUSY_TIMEOUT_MILLIS,
            false,
            "DEFERRED",
            DateClass.INTEGER,
            false,
            DateTimeFormatter.ofPattern(DEFAULT_DATE_FORMAT, Locale.ROOT),
            false,
            true,
            Map.of(),
            List.of());

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
            "isolation",
            "date_class",
            "date_precision",
            "date_string_format",
            "jdbc.get_generated_keys",
            "jdbc.explicit_readonly");

    /** Properties of sqlite-jdbc that mean nothing here: taken, with a warning. */
    static final Set<String> WITHOUT_EFFECT = Set.of(
            "shared_cache",
            "enable_load_extension",
            "default_cache_size",
            "fullsync",
            "legacy_file_format",
            "empty_result_callback",
            "temp_store_directory",
            "hexkey_mode",
            "password",
            "limit_length",
            "limit_sql_length",
            "limit_column",
            "limit_expr_depth",
            "limit_compound_select",
            "limit_vdbe_op",
            "limit_function_arg",
            "limit_attached",
            "limit_like_pattern_length",
            "limit_variable_number",
            "limit_trigger_depth",
            "limit_worker_threads",
            "limit_page_count");

    /** Parameters of a {@code file:} URI; they stay in the location, for {@link FileUri} to read. */
    static final Set<String> OF_URIS =
            Set.of("mode", "cache", "immutable", "vfs", "psow", "nolock", "modeof", "hexkey", "key", "textkey");

    static boolean isKnown(String name) {
        return PRAGMAS.contains(name) || SETTINGS.contains(name) || WITHOUT_EFFECT.contains(name);
    }

    /** The values that a setting may have, or null if there is no list of them. */
    static String[] choices(String name) {
        return switch (name) {
            case "transaction_mode" -> new String[] {"DEFERRED", "IMMEDIATE", "EXCLUSIVE"};
            case "isolation" -> new String[] {"SERIALIZABLE", "SNAPSHOT"};
            case "date_class" -> new String[] {"INTEGER", "TEXT", "REAL"};
            case "date_precision" -> new String[] {"SECONDS", "MILLISECONDS"};
            case "journal_mode" -> new String[] {"DELETE", "TRUNCATE", "PERSIST", "MEMORY", "WAL", "OFF"};
            case "synchronous" -> new String[] {"OFF", "NORMAL", "FULL", "EXTRA"};
            case "locking_mode" -> new String[] {"NORMAL", "EXCLUSIVE"};
            case "temp_store" -> new String[] {"DEFAULT", "FILE", "MEMORY"};
            case "encoding" -> new String[] {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"};
            case "auto_vacuum" -> new String[] {"NONE", "FULL", "INCREMENTAL"};
            case "foreign_keys",
                    "defer_foreign_keys",
                    "recursive_triggers",
                    "case_sensitive_like",
                    "read_uncommitted",
                    "secure_delete",
                    "legacy_alter_table",
                    "reverse_unordered_selects",
                    "automatic_index",
                    "jdbc.get_generated_keys",
                    "jdbc.explicit_readonly" -> new String[] {"true", "false"};
            default -> null;
        };
    }

    private static List<String> warnings(Properties p, boolean ofStore) {
        List<String> warnings = new ArrayList<>();
        for (String name : p.stringPropertyNames().stream().sorted().toList()) {
            if (name.equals("password") && !p.getProperty(name).isEmpty() && !ofStore) {
                warnings.add("the password has no effect: databases are not encrypted");
            } else if (WITHOUT_EFFECT.contains(name) && !name.equals("password")) {
                warnings.add("the setting " + name + " has no effect");
            }
        }
        return List.copyOf(warnings);
    }

    /** @param ofStore of a versioned store, which may have users with passwords */
    static ConnectionSettings of(Properties given, boolean ofStore) throws SQLException {
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
        if (p.getProperty("isolation") != null) {
            pragmas.put("verso_isolation", choice(p, "isolation", "SERIALIZABLE", Set.of("SERIALIZABLE", "SNAPSHOT")));
        }
        boolean readOnly = (number(p, "open_mode", 6) & OPEN_READONLY) != 0;
        return new ConnectionSettings(
                number(p, "busy_timeout", DEFAULT_BUSY_TIMEOUT_MILLIS),
                readOnly,
                choice(p, "transaction_mode", "DEFERRED", Set.of("DEFERRED", "IMMEDIATE", "EXCLUSIVE")),
                DateClass.valueOf(choice(p, "date_class", "INTEGER", Set.of("INTEGER", "TEXT", "REAL"))),
                choice(p, "date_precision", "MILLISECONDS", Set.of("SECONDS", "MILLISECONDS"))
                        .equals("SECONDS"),
                format(p.getProperty("date_string_format", DEFAULT_DATE_FORMAT)),
                !p.getProperty("date_string_format", DEFAULT_DATE_FORMAT).equals(DEFAULT_DATE_FORMAT),
                choice(p, "jdbc.get_generated_keys", "TRUE", Set.of("TRUE", "FALSE"))
                        .equals("TRUE"),
                pragmas,
                warnings(p, ofStore));
    }

    private static DateTimeFormatter format(String pattern) throws SQLException {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw (SQLException) SqlErrors.misuse("date_string_format is no pattern of dates: '" + pattern + "'")
                    .initCause(e);
        }
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
