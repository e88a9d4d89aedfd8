/**
 * Transactions for backends that live in this JVM: versions, conflict detection, reads of the recent past, watches, over any sorted
 * map. {@link dev.verso.kv.embedded.WriteBuffer}, {@link dev.verso.kv.embedded.ConflictRanges} and {@link dev.verso.kv.embedded.TransactionChecks} also serve clients of servers that know no transactions of this
 * kind. Uses {@code dev.verso.kv} alone. Begin with {@link dev.verso.kv.embedded.EmbeddedEngine}.
 */
package dev.verso.kv.embedded;
