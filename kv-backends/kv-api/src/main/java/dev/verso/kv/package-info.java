/**
 * What the versioned page store needs from a transactional key-value store: what FoundationDB offers and no more. Uses nothing.
 * Begin with {@link dev.verso.kv.KvStore}, then {@link dev.verso.kv.KvTransaction}.
 */
package dev.verso.kv;
