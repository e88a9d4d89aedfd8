/**
 * etcd (version 3.4 or newer) as a key-value store with FoundationDB's semantics, by the gRPC stubs of jetcd. Uses {@code dev.verso.kv},
 * jetcd-grpc and gRPC. docs/decisions/0010-etcd.md says how the one becomes the other. Begin with
 * {@link dev.verso.kv.etcd.EtcdStore}, then {@code CommitSequencer}.
 */
package dev.verso.kv.etcd;
