/**
 * The contract suite and the test doubles of key-value stores. Uses {@code dev.verso.kv} and JUnit. Begin with
 * {@link dev.verso.kv.contract.KvStoreContract}.
 */
package dev.verso.kv.contract;
