package dev.verso.sql.pragma;

import dev.verso.record.AsciiCase;
import dev.verso.sql.code.Settings;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Pragmas that are switches of the connection. Setting one returns no row. */
enum FlagPragma {
    AUTOMATIC_INDEX(Settings::automaticIndex, Settings::automaticIndex),
    CELL_SIZE_CHECK(Settings::cellSizeCheck, Settings::cellSizeCheck),
    CHECKPOINT_FULLFSYNC(
            s -> s.has(Settings.Switch.CHECKPOINT_FULLFSYNC),
            (s, on) -> s.set(Settings.Switch.CHECKPOINT_FULLFSYNC, on)),
    COUNT_CHANGES(Settings::countChanges, Settings::countChanges),
    EMPTY_RESULT_CALLBACKS(
            s -> s.has(Settings.Switch.EMPTY_RESULT_CALLBACKS),
            (s, on) -> s.set(Settings.Switch.EMPTY_RESULT_CALLBACKS, on)),
    FOREIGN_KEYS(Settings::foreignKeys, Settings::foreignKeys),
    FULL_COLUMN_NAMES(Settings::fullColumnNames, Settings::fullColumnNames),
    FULLFSYNC(s -> s.has(Settings.Switch.FULLFSYNC), (s, on) -> s.set(Settings.Switch.FULLFSYNC, on)),
    IGNORE_CHECK_CONSTRAINTS(Settings::ignoreCheckConstraints, Settings::ignoreCheckConstraints),
    LEGACY_ALTER_TABLE(Settings::legacyAlterTable, Settings::legacyAlterTable),
    QUERY_ONLY(Settings::queryOnly, Settings::queryOnly),
    READ_UNCOMMITTED(Settings::readUncommitted, Settings::readUncommitted),
    RECURSIVE_TRIGGERS(Settings::recursiveTriggers, Settings::recursiveTriggers),
    REVERSE_UNORDERED_SELECTS(Settings::reverseUnorderedSelects, Settings::reverseUnorderedSelects),
    SHORT_COLUMN_NAMES(Settings::shortColumnNames, Settings::shortColumnNames),
    TRUSTED_SCHEMA(Settings::trustedSchema, Settings::trustedSchema),
    WRITABLE_SCHEMA(Settings::writableSchema, Settings::writableSchema);

    private final Predicate<Settings> get;
    private final BiConsumer<Settings, Boolean> set;

    FlagPragma(Predicate<Settings> get, BiConsumer<Settings, Boolean> set) {
        this.get = get;
        this.set = set;
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Object[]> run(PragmaCall call) {
        Settings settings = call.host().settings();
        if (!call.hasValue()) {
            return List.<Object[]>of(new Object[] {get.test(settings) ? 1 : 0});
        }
        // Foreign keys cannot be switched in the middle of a transaction.
        if (this != FOREIGN_KEYS || call.session().isAutocommit()) {
            set.accept(settings, call.truth());
        }
        if (this == WRITABLE_SCHEMA && AsciiCase.same("reset", String.valueOf(call.value()))) {
            call.host().schemas().forgetStale();
        }
        return List.of();
    }
}
