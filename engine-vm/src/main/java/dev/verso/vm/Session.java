package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.ConnectionState;
import dev.verso.vm.function.FunctionRegistry;

/**
 * The running part of one connection: its attached databases, transaction and savepoint state, counters, functions and collations.
 * Database 0 is main, 1 is temp, then the attached ones. What must reach up goes through {@link SchemaHost}.
 */
public final class Session implements ConnectionState {
    public Session() {}

    /** The trees of database {@code index}; temp is opened on first use. */
    public BTree database(int index) {
        throw new UnsupportedOperationException();
    }

    public int databaseCount() {
        throw new UnsupportedOperationException();
    }

    public TextEncoding encoding() {
        throw new UnsupportedOperationException();
    }

    public FunctionRegistry functions() {
        throw new UnsupportedOperationException();
    }

    /** The collation of that name for the connection's encoding, or null. Case-insensitive. */
    public Collation collation(String name) {
        throw new UnsupportedOperationException();
    }

    /** False inside BEGIN … COMMIT. */
    public boolean isAutocommit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long changes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long totalChanges() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lastInsertRowid() {
        throw new UnsupportedOperationException();
    }

    /** Makes running statements of this connection stop with {@code SQLITE_INTERRUPT}. Any thread. */
    public void interrupt() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int maximumLength() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int maximumLikePatternLength() {
        throw new UnsupportedOperationException();
    }
}
