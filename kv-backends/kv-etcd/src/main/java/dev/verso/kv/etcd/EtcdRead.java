package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.concurrent.TimeUnit;

/** A request that only reads: sent at once, and again to other members until one answers or the time is over. */
final class EtcdRead {
    private static final long PAUSE_MILLIS = 50;

    private final EtcdCluster cluster;
    private final TxnRequest request;
    private final long deadlineNanos;
    private EtcdCluster.Attempt attempt;
    private TxnResponse answer;
    private KvException failure;

    EtcdRead(EtcdCluster cluster, TxnRequest request, long timeoutMillis) {
        this.cluster = cluster;
        this.request = request;
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        attempt = cluster.send(request, timeoutMillis);
    }

    boolean isDone() {
        return answer != null || failure != null || attempt.isDone();
    }

    TxnResponse await() {
        if (answer == null && failure == null) {
            try {
                answer = asked();
            } catch (KvException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return answer;
    }

    private TxnResponse asked() {
        while (true) {
            EtcdCluster.Failed failed;
            try {
                return attempt.await();
            } catch (EtcdCluster.Failed e) {
                failed = e;
            }
            if (cluster.isClosed()) {
                throw cluster.closedFailure();
            }
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            switch (failed.kind()) {
                case NOT_DONE, LOST, BEHIND, STRANGER -> {
                    if (leftMillis <= PAUSE_MILLIS) {
                        throw failed.translated();
                    }
                }
                case COMPACTED, TOO_LARGE, FULL, REFUSED -> throw failed.translated();
            }
            boolean behind = failed.kind() == EtcdFailures.Kind.BEHIND;
            if (!behind) {
                pause(PAUSE_MILLIS);
            }
            attempt = cluster.send(behind ? linearizable(request) : request, leftMillis);
        }
    }

    /** The same request for a member that must first catch up. */
    private static TxnRequest linearizable(TxnRequest request) {
        TxnRequest.Builder again = TxnRequest.newBuilder();
        for (RequestOp each : request.getSuccessList()) {
            again.addSuccess(RequestOp.newBuilder()
                    .setRequestRange(each.getRequestRange().toBuilder().setSerializable(false)));
        }
        return again.build();
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(KvFailure.INTERRUPTED, "interrupted while waiting for etcd", e);
        }
    }
}
