package dev.verso.record;

/** An order of texts. Both texts are in the encoding that the collation was made for (the database's). Must be a total order. */
public interface Collation {
    /** The name as SQL writes it, like {@code NOCASE}. */
    String name();

    /** Negative, zero or positive as the first text sorts before, with or after the second. Lengths in bytes. */
    int compare(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes);
}
