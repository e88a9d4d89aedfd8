package dev.verso.record;

/**
 * A serialized key record prepared for many comparisons: its header is parsed once. Holds copies of nothing: the bytes must stay as
 * they are while the key is in use.
 */
public final class SearchKey {
    public SearchKey() {}

    /**
     * @param columns how many leading columns of the key to compare
     * @param equalResult what {@link #compareTo} answers when all of those are equal: 0, or -1 or +1 to land before or after all
     *     entries with that prefix
     */
    public SearchKey wrap(KeyInfo info, byte[] bytes, int offset, int length, int columns, int equalResult) {
        throw new UnsupportedOperationException();
    }

    /** Negative if the entry sorts before this key, positive if after, else the {@code equalResult} (0 for plain equality). */
    public int compareEntry(RecordView entry) {
        throw new UnsupportedOperationException();
    }
}
