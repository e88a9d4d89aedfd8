package dev.verso.vm.value;

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
        int leftRank = rank(left);
        int rightRank = rank(right);
        if (leftRank != rightRank) {
            return leftRank - rightRank;
        }
        return switch (leftRank) {
            case 0 -> 0;
            case 1 -> compareNumbers(left, right);
            case 2 -> compareTexts(left, right, collation, encoding);
            default -> compareBytes(left, right, encoding);
        };
    }

    private static int rank(Value value) {
        return switch (value.storageClass()) {
            case NULL -> 0;
            case INTEGER, REAL -> 1;
            case TEXT -> 2;
            case BLOB -> 3;
        };
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
        return Arrays.compareUnsigned(
                leftBytes,
                left.offset(),
                left.offset() + left.length(),
                rightBytes,
                right.offset(),
                right.offset() + right.length());
    }
}
