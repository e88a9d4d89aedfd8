package dev.verso.sql.extend;

import dev.verso.vm.value.Value;

/** The arguments of one call of a function. Valid during the call only. */
public interface Arguments {
    int count();

    /** The argument at that place, from 0. Not to be changed. */
    Value get(int index);

    default boolean isNull(int index) {
        return get(index).isNull();
    }

    /** The argument as CAST to INTEGER has it. */
    default long asLong(int index) {
        return get(index).asLong();
    }

    default double asDouble(int index) {
        return get(index).asDouble();
    }

    /** Null for NULL. */
    default String asString(int index) {
        return get(index).asString();
    }

    /** Null for NULL. */
    default byte[] asBytes(int index) {
        return get(index).asBytes();
    }
}
