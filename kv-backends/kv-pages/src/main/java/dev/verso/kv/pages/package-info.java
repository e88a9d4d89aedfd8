/**
 * The versioned page store over a {@link dev.verso.kv.KvStore}. Uses {@code dev.verso.kv} and engine-pager. Begin with
 * {@link dev.verso.kv.pages.Namespaces}, then {@code VersionedSession} and the key layout in {@code NamespaceKeys}.
 */
package dev.verso.kv.pages;
