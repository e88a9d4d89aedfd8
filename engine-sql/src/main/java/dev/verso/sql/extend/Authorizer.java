package dev.verso.sql.extend;

/**
 * Decides, while a statement is compiled, what it may do (sqlite.org/c3ref/set_authorizer.html). Running statements are not asked about; those that
 * are prepared already are compiled anew when the authorizer changes. Must not use the connection.
 */
@FunctionalInterface
public interface Authorizer {
    /** The answer. */
    enum Decision {
        ALLOW,
        /** The statement fails with {@code SQLITE_AUTH}. */
        DENY,
        /** Reading a column gives NULL, a column stays as it is in UPDATE, a call gives NULL; any other action is left undone. */
        IGNORE
    }

    /** What is asked for, and what the two names then are; SQLite's numbers are {@link #code}. */
    enum Action {
        /** Index, table. */
        CREATE_INDEX(1),
        /** Table. */
        CREATE_TABLE(2),
        /** Index, table. */
        CREATE_TEMP_INDEX(3),
        /** Table. */
        CREATE_TEMP_TABLE(4),
        /** Trigger, table. */
        CREATE_TEMP_TRIGGER(5),
        /** View. */
        CREATE_TEMP_VIEW(6),
        /** Trigger, table. */
        CREATE_TRIGGER(7),
        /** View. */
        CREATE_VIEW(8),
        /** Table. */
        DELETE(9),
        /** Index, table. */
        DROP_INDEX(10),
        /** Table. */
        DROP_TABLE(11),
        /** Index, table. */
        DROP_TEMP_INDEX(12),
        /** Table. */
        DROP_TEMP_TABLE(13),
        /** Trigger, table. */
        DROP_TEMP_TRIGGER(14),
        /** View. */
        DROP_TEMP_VIEW(15),
        /** Trigger, table. */
        DROP_TRIGGER(16),
        /** View. */
        DROP_VIEW(17),
        /** Table. */
        INSERT(18),
        /** Pragma, its value or null. */
        PRAGMA(19),
        /** Table, column; the column is empty if the table is used but none of its columns. */
        READ(20),
        SELECT(21),
        /** {@code BEGIN}, {@code COMMIT} or {@code ROLLBACK}. */
        TRANSACTION(22),
        /** Table, column. */
        UPDATE(23),
        /** File, or null if it is not a literal. */
        ATTACH(24),
        /** Database. */
        DETACH(25),
        /** Database, table. */
        ALTER_TABLE(26),
        /** Index. */
        REINDEX(27),
        /** Table. */
        ANALYZE(28),
        /** Table, module. */
        CREATE_VTABLE(29),
        /** Table, module. */
        DROP_VTABLE(30),
        /** Null, function. */
        FUNCTION(31),
        /** {@code BEGIN}, {@code RELEASE} or {@code ROLLBACK}; savepoint. */
        SAVEPOINT(32),
        /** A recursive common table expression. */
        RECURSIVE(33);

        private final int code;

        Action(int code) {
            this.code = code;
        }

        /** The number by which SQLite's C interface knows it. */
        public int code() {
            return code;
        }
    }

    /**
     * Decides about one action.
     *
     * @param first and
     * @param second depend on the action; null if it has none
     * @param database {@code main}, {@code temp} … or null
     * @param inner the innermost view or trigger that does it; null for the statement itself
     */
    Decision authorize(Action action, String first, String second, String database, String inner);
}
