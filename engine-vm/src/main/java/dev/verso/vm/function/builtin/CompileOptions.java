package dev.verso.vm.function.builtin;

import java.util.List;

/** What {@code PRAGMA compile_options} lists: SQLite's options that describe this engine. */
public final class CompileOptions {
    /** Sorted, without the prefix {@code SQLITE_}. */
    public static final List<String> LIST = List.of(
            "DEFAULT_CACHE_SIZE=-2000",
            "DEFAULT_FILE_FORMAT=4",
            "DEFAULT_PAGE_SIZE=4096",
            "DEFAULT_SYNCHRONOUS=2",
            "ENABLE_COLUMN_METADATA",
            "ENABLE_MATH_FUNCTIONS",
            "ENABLE_UPDATE_DELETE_LIMIT",
            "MAX_ATTACHED=125",
            "MAX_COLUMN=32767",
            "MAX_COMPOUND_SELECT=500",
            "MAX_EXPR_DEPTH=1000",
            "MAX_FUNCTION_ARG=127",
            "MAX_LENGTH=2147483647",
            "MAX_LIKE_PATTERN_LENGTH=50000",
            "MAX_PAGE_SIZE=65536",
            "MAX_SQL_LENGTH=1073741824",
            "MAX_TRIGGER_DEPTH=1000",
            "MAX_VARIABLE_NUMBER=250000",
            "TEMP_STORE=1",
            "THREADSAFE=1");

    private CompileOptions() {}

    /** True for an option of the list, with or without its prefix and its value. */
    static boolean isUsed(String option) {
        String name = option.startsWith("SQLITE_") ? option.substring(7) : option;
        return LIST.stream().anyMatch(o -> o.equals(name) || o.startsWith(name + "="));
    }
}
