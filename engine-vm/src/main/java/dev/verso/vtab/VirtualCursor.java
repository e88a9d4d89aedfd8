package dev.verso.vtab;

import dev.verso.vm.value.Value;

/** A place among the rows of a virtual table. Used again and again: {@link #filter} begins a new search. */
public interface VirtualCursor extends AutoCloseable {
    /**
     * Begins a search and moves to its first row.
     *
     * @param indexNumber and
     * @param indexText what {@link VirtualTable#bestIndex} gave
     * @param arguments values of the constraints that it asked for; valid during the call only
     */
    void filter(int indexNumber, String indexText, FilterArguments arguments);

    /** True if the search has no further rows. */
    boolean isEnd();

    void next();

    /**
     * The value of a column of the row.
     *
     * @param result NULL on entry; arrays handed to it must not change afterwards
     */
    void column(int column, Value result);

    /** Not called for a WITHOUT ROWID table. */
    long rowid();

    @Override
    default void close() {}
}
