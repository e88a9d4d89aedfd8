package dev.verso.vm.function.builtin;

import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;

/** The numeric reading of an argument: a text that looks like a number counts as that number (sqlite3_value_numeric_type). */
final class Numbers {
    private Numbers() {}

    /** The value itself, or {@code scratch} holding the number that a text stands for. */
    static Value numeric(Value value, Value scratch) {
        if (value.storageClass() != StorageClass.TEXT) {
            return value;
        }
        scratch.setShared(value);
        scratch.applyNumericAffinity();
        return isNumber(scratch) ? scratch : value;
    }

    static boolean isNumber(Value value) {
        return value.storageClass() == StorageClass.INTEGER || value.storageClass() == StorageClass.REAL;
    }
}
