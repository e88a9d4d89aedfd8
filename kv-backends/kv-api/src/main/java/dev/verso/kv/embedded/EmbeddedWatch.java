package dev.verso.kv.embedded;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.Watch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A watch: fires once. */
final class EmbeddedWatch implements Watch {
    private final byte[] key;
    private final byte[] seen;
    private final CountDownLatch fired = new CountDownLatch(1);
    private volatile KvException failure;

    EmbeddedWatch(byte[] key, byte[] seen) {
        this.key = key;
        this.seen = seen;
    }

    byte[] key() {
        return key;
    }

    /** The value that the watching transaction saw. */
    byte[] seen() {
        return seen;
    }

    void fire() {
        fired.countDown();
    }

    void fail(KvException reason) {
        failure = reason;
        fired.countDown();
    }

    boolean isOver() {
        return fired.getCount() == 0;
    }

    @Override
    public boolean await(long timeoutMillis) {
        boolean over;
        try {
            over = fired.await(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(KvFailure.INTERRUPTED, "interrupted while watching a key", e);
        }
        KvException reason = failure;
        if (reason != null) {
            throw new KvException(reason.failure(), reason.getMessage(), reason);
        }
        return over;
    }

    @Override
    public void close() {
        fired.countDown();
    }
}
