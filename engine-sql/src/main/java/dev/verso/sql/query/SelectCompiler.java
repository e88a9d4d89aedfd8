package dev.verso.sql.query;

import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.code.CodeContext;

/** Emits the code of queries. */
public final class SelectCompiler {
    private SelectCompiler() {}

    /** Makes the context of a new program ready: its compiler of expressions, with this class for the queries in them. */
    public static void install(CodeContext context) {
        throw new UnsupportedOperationException();
    }

    /** Emits the query; falls through when it has delivered its rows. */
    public static void compile(CodeContext context, BoundSelect select, Destination destination) {
        throw new UnsupportedOperationException();
    }

    /**
     * Emits the query as a coroutine and jumps over it: afterwards each {@code Yield returnRegister} puts a row into the registers from
     * {@code first} on, or jumps to its P2 at the end.
     */
    public static void compileCoroutine(CodeContext context, BoundSelect select, int returnRegister, int first) {
        throw new UnsupportedOperationException();
    }
}
