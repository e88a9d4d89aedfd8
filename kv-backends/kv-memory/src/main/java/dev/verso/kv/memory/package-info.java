/** The store in memory. Uses {@code dev.verso.kv} alone. Begin with {@link dev.verso.kv.memory.MemoryKvStore}. */
package dev.verso.kv.memory;
