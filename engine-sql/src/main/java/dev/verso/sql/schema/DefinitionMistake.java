package dev.verso.sql.schema;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;

/** Something wrong with a definition that SQLite finds while it parses, and so tells before it has seen what follows. */
public final class DefinitionMistake extends DatabaseException {
    private static final long serialVersionUID = 1L;

    /** When SQLite finds it. */
    public enum Found {
        /** When it has read the name, column or constraint. */
        AT_ONCE,
        /** When it has read all columns, constraints and options of a table. */
        AT_THE_END
    }

    private final Found found;

    private DefinitionMistake(String message, Found found) {
        super(ResultCode.ERROR, message);
        this.found = found;
    }

    /** A mistake that SQLite tells at once. */
    public static DefinitionMistake atOnce(String message) {
        return new DefinitionMistake(message, Found.AT_ONCE);
    }

    /** A mistake that SQLite tells when the definition is complete, a wrong option behind it notwithstanding. */
    public static DefinitionMistake atTheEnd(String message) {
        return new DefinitionMistake(message, Found.AT_THE_END);
    }

    /** When SQLite finds it. */
    public Found found() {
        return found;
    }
}
