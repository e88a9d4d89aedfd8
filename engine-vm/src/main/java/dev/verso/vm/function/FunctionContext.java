package dev.verso.vm.function;

import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;

/** What a running function may ask of its statement and connection. */
public interface FunctionContext {
    TextEncoding encoding();

    /** Collation of the call's first column argument, for functions like {@code min(a,b)} that compare. */
    Collation collation();

    /** The connection, for {@code changes()}, {@code last_insert_rowid()} and the like. */
    ConnectionState session();

    /** {@code now} in milliseconds since 1970; the same during one statement. Like {@link #impure}. */
    long statementTimeMillis();

    /** Before the result comes to depend on more than the arguments; throws where that is not allowed. */
    default void impure() {}

    /** Data that a function keeps for the statement's life for one call site, like a compiled pattern; null at first. */
    Object callSiteData();

    void callSiteData(Object data);
}
