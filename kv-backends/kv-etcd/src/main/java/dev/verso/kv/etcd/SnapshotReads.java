package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction's reads, all at one version, which is one revision of etcd. They wait until one of them is awaited and then travel
 * together, in one request of etcd. The first request also fetches the version, unless the transaction names one, and what has been
 * committed since this client looked last. For one thread at a time.
 */
final class SnapshotReads {
    /** etcd takes 128 operations in a request, and the first request has two of its own. */
    private static final int MOST_TOGETHER = 120;

    private final EtcdStore store;
    private long version = -1;
    private long revision = -1;
    private Batch opening;
    private Batch filling;

    SnapshotReads(EtcdStore store) {
        this.store = store;
    }

    /** A range of etcd's keys that is asked for. */
    final class Asked {
        private final Batch batch;
        private final int index;

        private Asked(Batch batch, int index) {
            this.batch = batch;
            this.index = index;
        }

        RangeResponse await() {
            return batch.await().getResponses(index).getResponseRange();
        }

        boolean isDone() {
            return batch.isDone();
        }
    }

    private final class Batch {
        private final List<RangeRequest.Builder> requests = new ArrayList<>();
        private final boolean opens;
        private EtcdRead read;
        private TxnResponse response;

        private Batch(boolean opens) {
            this.opens = opens;
        }

        private int firstIndex() {
            return opens ? 2 : 0;
        }

        private boolean isDone() {
            return read != null && read.isDone();
        }

        private void send() {
            if (read != null) {
                return;
            }
            if (filling == this) {
                filling = null;
            }
            TxnRequest.Builder together = TxnRequest.newBuilder();
            if (opens) {
                store.history().ask(together, false);
            } else {
                findRevision();
            }
            for (RangeRequest.Builder each : requests) {
                if (!opens) {
                    // At a revision every member gives the same answer, so that the nearest will do.
                    each.setRevision(revision).setSerializable(true);
                }
                together.addSuccess(RequestOp.newBuilder().setRequestRange(each));
            }
            read = store.read(together.build());
        }

        private TxnResponse await() {
            send();
            TxnResponse answer = read.await();
            if (response == null) {
                response = answer;
                if (opens) {
                    version = store.history().learn(answer);
                    revision = answer.getHeader().getRevision();
                }
            }
            return response;
        }
    }

    /** Reads at a version that the caller knows. */
    void at(long wanted) {
        if (version >= 0 || opening != null) {
            throw new IllegalStateException("the transaction has a read version already");
        }
        version = wanted;
    }

    /** The version, fetched if need be. */
    long version() {
        if (version < 0) {
            opening().await();
        }
        return version;
    }

    /** Asks for the version, if nobody has. */
    void askVersion() {
        if (version < 0) {
            opening();
        }
    }

    boolean isVersionKnown() {
        return version >= 0 || opening != null && opening.isDone();
    }

    /** The version if reads have been asked for or the caller has named one, else -1. */
    long versionReadAt() {
        return version < 0 && opening == null ? -1 : version();
    }

    /** The revision of etcd that shows the version. */
    long revision() {
        version();
        findRevision();
        return revision;
    }

    private Batch opening() {
        if (opening == null) {
            opening = new Batch(true);
            filling = opening;
        }
        return opening;
    }

    Asked ask(RangeRequest.Builder request) {
        if (filling == null || filling.requests.size() == MOST_TOGETHER) {
            if (filling != null) {
                filling.send();
            }
            filling = version < 0 && opening == null ? opening() : new Batch(false);
        }
        filling.requests.add(request);
        return new Asked(filling, filling.firstIndex() + filling.requests.size() - 1);
    }

    private void findRevision() {
        if (revision >= 0) {
            return;
        }
        if (version < 0) {
            opening().await();
            return;
        }
        revision = store.history().revisionOf(version);
        if (revision < 0) {
            revision = store.lookUpRevision(version);
        }
        if (revision < 0) {
            throw new KvException(
                    KvFailure.TOO_OLD, "version " + version + " of " + store.name() + " is no longer known");
        }
    }
}
