/**
 * FoundationDB as a key-value store, by its Java client and native library {@code libfdb_c}. Uses {@code dev.verso.kv} and fdb-java.
 * Begin with {@link dev.verso.kv.foundationdb.FoundationDbStore}.
 */
package dev.verso.kv.foundationdb;
