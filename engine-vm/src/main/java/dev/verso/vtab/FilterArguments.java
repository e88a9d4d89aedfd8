package dev.verso.vtab;

import dev.verso.vm.value.Value;

/** What {@link VirtualCursor#filter} is given: values of constraints, in the order that {@link IndexRequest#use} fixed. */
public interface FilterArguments {
    int count();

    /** The value at that position, from 0. */
    Value value(int position);

    /** The values of an IN that the table asked for as a whole ({@link IndexRequest#takeWholeList}): distinct, in ascending order. */
    Iterable<Value> values(int position);
}
