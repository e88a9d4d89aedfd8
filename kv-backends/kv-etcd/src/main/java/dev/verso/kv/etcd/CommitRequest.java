package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.embedded.KeyRange;
import dev.verso.kv.embedded.WriteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A transaction that waits for its commit. */
final class CommitRequest {
    private final long readVersion;
    private final List<KeyRange> read;
    private final List<KeyRange> written;
    private final WriteBuffer writes;
    private final long bytes;
    private final CompletableFuture<Versionstamp> outcome = new CompletableFuture<>();

    /**
     * @param readVersion the version it read at, or -1 if it did not read
     * @param read its read conflict ranges, normalized
     * @param written its write conflict ranges, normalized
     */
    CommitRequest(long readVersion, List<KeyRange> read, List<KeyRange> written, WriteBuffer writes, long bytes) {
        this.readVersion = readVersion;
        this.read = read;
        this.written = written;
        this.writes = writes;
        this.bytes = bytes;
    }

    long readVersion() {
        return readVersion;
    }

    List<KeyRange> read() {
        return read;
    }

    List<KeyRange> written() {
        return written;
    }

    WriteBuffer writes() {
        return writes;
    }

    long bytes() {
        return bytes;
    }

    CompletableFuture<Versionstamp> outcome() {
        return outcome;
    }

    void fail(KvException reason) {
        outcome.completeExceptionally(reason);
    }
}
