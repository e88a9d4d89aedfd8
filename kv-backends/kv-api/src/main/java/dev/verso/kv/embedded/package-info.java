/**
 * Transactions for backends that live in this JVM: versions, conflict detection, reads of the recent past, watches, over any sorted
 * map. Uses {@code dev.verso.kv} alone. Begin with {@link dev.verso.kv.embedded.EmbeddedEngine}.
 */
package dev.verso.kv.embedded;
