package dev.verso.record;

import java.util.Objects;

/**
 * How the columns of a key record are ordered.
 *
 * @param encoding of the texts
 * @param collations one for each column; null is BINARY
 * @param descending one for each column
 * @param nullsLast one for each column: NULL sorts after everything (before, if descending); only sorters use it, indexes never
 * @param keyColumns how many leading columns take part in comparisons; further columns of a record are payload
 */
public record KeyInfo(
        TextEncoding encoding, Collation[] collations, boolean[] descending, boolean[] nullsLast, int keyColumns) {
    public KeyInfo {
        Objects.requireNonNull(encoding);
        if (collations.length < keyColumns || descending.length < keyColumns || nullsLast.length < keyColumns) {
            throw new IllegalArgumentException("fewer orders than key columns");
        }
    }
}
