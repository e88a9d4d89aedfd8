package dev.verso.kv.pages;

import java.util.Arrays;

/** The id of a staged transaction: its session's token (8 bytes) and a number (4). Equal by content. */
record StagedId(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof StagedId id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
