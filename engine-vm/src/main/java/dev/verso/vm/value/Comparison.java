package dev.verso.vm.value;

import dev.verso.pager.BigEndian;
import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;
import java.util.Arrays;

/** The order of values: NULL, numbers, texts, blobs (sqlite.org/datatype3.html §4.1). */
public final class Comparison {
    private Comparison() {}

    /**
     * Negative, zero or positive as the left value sorts before, with or after the right one; two NULLs are equal.
     *
     * @param collation for two texts; null compares their bytes
     * @param encoding in which texts are compared: the database's
     */
    public static int compare(Value left, Value right, Collation collation, TextEncoding encoding) {
        int leftKind = left.kind;
        int rightKind = right.kind;
        if (leftKind <= Value.REAL && rightKind <= Value.REAL) {
            if (leftKind == Value.NULL || rightKind == Value.NULL) {
                return leftKind == rightKind ? 0 : leftKind == Value.NULL ? -1 : 1;
            }
            return compareNumbers(left, right);
        }
        if (leftKind != rightKind) {
            return leftKind - rightKind;
        }
        return leftKind == Value.TEXT
                ? compareTexts(left, right, collation, encoding)
                : compareBytes(left, right, encoding);
    }

    private static int compareNumbers(Value left, Value right) {
        if (left.isInteger()) {
            return right.isInteger()
                    ? Long.compare(left.integer(), right.integer())
                    : Numbers.compare(left.integer(), right.real());
        }
        if (right.isInteger()) {
            return -Numbers.compare(right.integer(), left.real());
        }
        double a = left.real();
        double b = right.real();
        return a < b ? -1 : a > b ? 1 : 0; // the two zeros are equal
    }

    /** Compares two texts. */
    public static int compareTexts(Value left, Value right, Collation collation, TextEncoding encoding) {
        if (collation == null) {
            return compareBytes(left, right, encoding);
        }
        byte[] leftBytes = left.bytes(encoding);
        byte[] rightBytes = right.bytes(encoding);
        return collation.compare(leftBytes, left.offset(), left.length(), rightBytes, right.offset(), right.length());
    }

    private static int compareBytes(Value left, Value right, TextEncoding encoding) {
        byte[] leftBytes = left.bytes(encoding);
        byte[] rightBytes = right.bytes(encoding);
        int leftAt = left.offset();
        int rightAt = right.offset();
        int leftLength = left.length();
        int rightLength = right.length();
        if (leftLength >= Long.BYTES && rightLength >= Long.BYTES) {
            long leftPrefix = BigEndian.s64(leftBytes, leftAt);
            long rightPrefix = BigEndian.s64(rightBytes, rightAt);
            if (leftPrefix != rightPrefix) {
                return Long.compareUnsigned(leftPrefix, rightPrefix);
            }
        }
        return Arrays.compareUnsigned(
                leftBytes, leftAt, leftAt + leftLength, rightBytes, rightAt, rightAt + rightLength);
    }
}
