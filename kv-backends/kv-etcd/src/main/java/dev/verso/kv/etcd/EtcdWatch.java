package dev.verso.kv.etcd;

import com.google.protobuf.ByteString;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.Watch;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A watch of etcd on one key, from the revision that its transaction saw. A stream that breaks is opened again by the thread that waits,
 * from the same revision, so that nothing is missed; if that is compacted, the key counts as changed.
 */
final class EtcdWatch implements Watch {
    private static final long REOPEN_MILLIS = 100;

    private enum State {
        WAITING_FOR_COMMIT,
        BROKEN,
        OPEN,
        FIRED,
        OVER
    }

    private final EtcdStore store;
    private final ByteString key;
    private final byte[] seen;
    private final long fromRevision;
    private State state = State.WAITING_FOR_COMMIT;
    private KvException reason;
    private StreamObserver<WatchRequest> stream;

    /** @param seen the value that is no change, null for none */
    EtcdWatch(EtcdStore store, ByteString key, byte[] seen, long fromRevision) {
        this.store = store;
        this.key = key;
        this.seen = seen;
        this.fromRevision = fromRevision;
    }

    /** The transaction has committed. */
    synchronized void activate() {
        if (state == State.WAITING_FOR_COMMIT) {
            state = State.BROKEN;
            store.add(this);
            open();
        }
    }

    synchronized void fail(KvException why) {
        if (state != State.FIRED && state != State.OVER) {
            reason = why;
            end(State.OVER);
        }
    }

    private void open() {
        EtcdCluster.Watching watching = store.cluster().watch();
        Events events = new Events(watching.pass());
        state = State.OPEN;
        stream = watching.stub().watch(events);
        events.of = stream;
        stream.onNext(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(key).setStartRevision(fromRevision))
                .build());
    }

    private void end(State last) {
        state = last;
        if (stream != null) {
            stream.onCompleted();
            stream = null;
        }
        store.remove(this);
        notifyAll();
    }

    private boolean isChange(Event event) {
        return event.getType() == Event.EventType.DELETE
                ? seen != null
                : seen == null || !Arrays.equals(seen, event.getKv().getValue().toByteArray());
    }

    /** What one stream tells. */
    private final class Events implements StreamObserver<WatchResponse> {
        private final EtcdLogin.Pass pass;
        private StreamObserver<WatchRequest> of;

        private Events(EtcdLogin.Pass pass) {
            this.pass = pass;
        }

        @Override
        public void onNext(WatchResponse response) {
            synchronized (EtcdWatch.this) {
                if (state != State.OPEN || stream != of) {
                    return;
                }
                if (response.getCanceled()) {
                    if (response.getCompactRevision() > 0) {
                        end(State.FIRED);
                    } else {
                        broken();
                    }
                    return;
                }
                for (Event event : response.getEventsList()) {
                    if (isChange(event)) {
                        end(State.FIRED);
                        return;
                    }
                }
            }
        }

        private void broken() {
            state = State.BROKEN;
            stream = null;
            if (pass != null) {
                // A member that no longer knows a token ends the stream without saying so.
                pass.refused();
            }
            store.cluster().nextMember();
        }

        @Override
        public void onError(Throwable failure) {
            onCompleted();
        }

        @Override
        public void onCompleted() {
            synchronized (EtcdWatch.this) {
                if (state == State.OPEN && (of == null || stream == of)) {
                    broken();
                }
            }
        }
    }

    @Override
    public synchronized boolean await(long timeoutMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (state != State.FIRED) {
            if (state == State.OVER) {
                throw reason != null
                        ? new KvException(reason.failure(), reason.getMessage(), reason)
                        : new KvException(KvFailure.CLOSED, "the watch is closed");
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            pause(Math.min(left, REOPEN_MILLIS));
            if (state == State.BROKEN) {
                if (store.cluster().isClosed()) {
                    throw store.cluster().closedFailure();
                }
                open();
            }
        }
        return true;
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(KvFailure.INTERRUPTED, "interrupted while watching a key", e);
        }
    }

    @Override
    public synchronized void close() {
        if (state != State.FIRED && state != State.OVER) {
            end(State.OVER);
        }
    }
}
