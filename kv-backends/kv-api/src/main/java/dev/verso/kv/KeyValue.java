package dev.verso.kv;

import java.util.Arrays;

/** One pair of a range read; equal by content. */
public record KeyValue(byte[] key, byte[] value) {
    @Override
    public boolean equals(Object other) {
        return other instanceof KeyValue pair && Arrays.equals(key, pair.key) && Arrays.equals(value, pair.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return Bytes.printable(key) + "=" + Bytes.printable(value);
    }
}
