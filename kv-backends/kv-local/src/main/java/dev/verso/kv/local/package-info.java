/** The store in a directory. Uses {@code dev.verso.kv} and H2's MVStore. Begin with {@link dev.verso.kv.local.LocalKvStore}. */
package dev.verso.kv.local;
