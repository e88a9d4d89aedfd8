package dev.verso.vm.function;

/** What functions may ask of their connection. */
public interface ConnectionState {
    /** Rows changed by the last INSERT, UPDATE or DELETE that has ended. */
    long changes();

    /** Rows changed since the connection was opened. */
    long totalChanges();

    long lastInsertRowid();

    /** Value of the connection's limit for the length of texts and blobs in bytes. */
    int maximumLength();

    /** Value of the connection's limit for the length of LIKE and GLOB patterns in bytes. */
    int maximumLikePatternLength();
}
