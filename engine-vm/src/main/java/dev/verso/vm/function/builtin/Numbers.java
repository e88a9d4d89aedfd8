package dev.verso.vm.function.builtin;

import dev.verso.record.TextEncoding;
import dev.verso.vm.value.NumericText;
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
        byte[] bytes = value.bytes(TextEncoding.UTF8);
        int form = NumericText.form(bytes, value.offset(), value.length());
        if (form <= 0) {
            return value;
        }
        if (form == NumericText.WHOLE && NumericText.fitsLong(bytes, value.offset(), value.length())) {
            scratch.setInteger(NumericText.integerPrefix(bytes, value.offset(), value.length()));
        } else {
            scratch.setReal(NumericText.realPrefix(bytes, value.offset(), value.length()));
        }
        return scratch;
    }

    static boolean isNumber(Value value) {
        return value.storageClass() == StorageClass.INTEGER || value.storageClass() == StorageClass.REAL;
    }
}
