package dev.verso.kv.etcd;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A store in an etcd cluster: the keys that begin with one prefix. */
public final class EtcdStore implements KvStore {
    /** No request takes longer; a cluster chooses a new leader in less. */
    private static final long REQUEST_TIMEOUT_MILLIS = 10_000;

    /** A member that hangs up so often in a row, a tenth of a second after the other, is not one that is just starting. */
    private static final int MOST_CUT_OFFS = 5;

    /**
     * etcd takes requests of 1.5 MiB. What a transaction counts is what it takes there at most; the difference is for what is added to each commit.
     * How long an old revision can be read is for the servers to say; this client knows 30 seconds of commits.
     */
    private static final KvLimits LIMITS = new KvLimits(10_000, 100_000, 1_500_000, 30_000);

    private final EtcdCluster cluster;
    private final StoreKeys keys;
    private final CommitHistory history;
    private final CommitSequencer sequencer;
    private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();

    private final long requestMillis;

    private EtcdStore(EtcdCluster cluster, StoreKeys keys, CommitHistory history, long requestMillis) {
        this.cluster = cluster;
        this.keys = keys;
        this.history = history;
        this.requestMillis = requestMillis;
        sequencer = new CommitSequencer(cluster, keys, history, LIMITS, requestMillis);
    }

    /**
     * Connects to a cluster.
     *
     * @param location {@code HOST:PORT[,HOST:PORT...][/PREFIX]}
     * @param connectTimeoutMillis how long the cluster may take to answer
     * @throws KvException UNAVAILABLE if none of the members answers
     */
    public static EtcdStore open(String location, long connectTimeoutMillis) {
        return open(location, EtcdAccess.open(connectTimeoutMillis), REQUEST_TIMEOUT_MILLIS);
    }

    /** The same with what {@link EtcdProvider} says of options. */
    static EtcdStore open(String location, Map<String, String> options) {
        EtcdAccess access;
        try {
            access = EtcdAccess.of(options);
        } catch (KvException e) {
            throw new KvException(e.failure(), "etcd:" + location + ": " + e.getMessage(), e);
        }
        return open(location, access, REQUEST_TIMEOUT_MILLIS);
    }

    static EtcdStore open(String location, EtcdAccess access, long requestTimeoutMillis) {
        EtcdAddress address = EtcdAddress.parse(location);
        EtcdCluster cluster = new EtcdCluster(address, access);
        boolean opened = false;
        try {
            StoreKeys keys = new StoreKeys(address.prefix());
            CommitHistory history = new CommitHistory(keys, KvClock.system(), LIMITS.windowMillis());
            TxnRequest.Builder first = TxnRequest.newBuilder();
            history.ask(first, false);
            history.learn(firstAnswer(cluster, first.build(), access));
            EtcdStore store = new EtcdStore(cluster, keys, history, requestTimeoutMillis);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                cluster.close();
            }
        }
    }

    /**
     * Asks each member once, and as long as one is there that may yet answer all of them again. One that is not there won't, nor one that
     * hangs up each time.
     */
    private static TxnResponse firstAnswer(EtcdCluster cluster, TxnRequest request, EtcdAccess access) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(access.connectTimeoutMillis());
        Map<EtcdAddress.Member, String> reasons = new LinkedHashMap<>();
        Set<EtcdAddress.Member> mayAnswer = new HashSet<>();
        Map<EtcdAddress.Member, Integer> cutOffs = new HashMap<>();
        EtcdCluster.Failed last = null;
        for (int tries = 0; ; tries++) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            boolean askedAll = tries >= cluster.size();
            if (tries > 0 && (left <= 0 || askedAll && mayAnswer.isEmpty())) {
                throw new KvException(
                        KvFailure.UNAVAILABLE,
                        cluster.name() + " did not answer"
                                + (left <= 0 ? " within " + access.connectTimeoutMillis() + " ms: " : ": ")
                                + String.join("; ", reasons.values()),
                        last);
            }
            try {
                // Each member gets its share of the time.
                return cluster.send(request, Math.max(1, askedAll ? left : left / (cluster.size() - tries)))
                        .await();
            } catch (EtcdCluster.Failed e) {
                last = e;
                if (e.kind() == EtcdFailures.Kind.REFUSED) {
                    throw new KvException(KvFailure.UNAVAILABLE, cluster.name() + ": " + e.getMessage(), e);
                }
                learn(reasons, e, access);
                boolean hungUp = EtcdFailures.isCutOff(e.status());
                int inARow = hungUp ? cutOffs.merge(e.member(), 1, Integer::sum) : 0;
                if (!hungUp) {
                    cutOffs.remove(e.member());
                }
                if (EtcdFailures.isNotSent(e.status()) || inARow >= MOST_CUT_OFFS) {
                    mayAnswer.remove(e.member());
                } else {
                    mayAnswer.add(e.member());
                }
                if (askedAll) {
                    EtcdRead.pause(Math.min(100, left));
                }
            }
        }
    }

    /** Keeps what a member said; that it then took too long says less, for the last try gets only the time that is left. */
    private static void learn(Map<EtcdAddress.Member, String> reasons, EtcdCluster.Failed failed, EtcdAccess access) {
        String hint = "";
        if (EtcdFailures.isCutOff(failed.status())) {
            hint = access.tls() == null
                    ? " (if it speaks TLS, say tls=true or ca=FILE)"
                    : " (perhaps it does not speak TLS, or asks for a certificate that it did not get)";
        }
        String reason = failed.getMessage() + hint;
        if (failed.status().getCode() == Status.Code.DEADLINE_EXCEEDED) {
            reasons.putIfAbsent(failed.member(), reason);
        } else {
            reasons.put(failed.member(), reason);
        }
    }

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public KvLimits limits() {
        return LIMITS;
    }

    @Override
    public boolean supports(KvFeature feature) {
        return switch (feature) {
            case WATCHES, ATOMIC_OPS, EXPLICIT_READ_VERSION, SHARED_VERSIONS -> true;
            // Older transactions may read as long as the servers keep their revisions.
            case WINDOW, INSTANT_READ_VERSION, TEST_CLOCK -> false;
        };
    }

    @Override
    public KvTransaction begin() {
        requireOpen();
        return new EtcdTransaction(this);
    }

    @Override
    public KvClock clock() {
        return KvClock.system();
    }

    @Override
    public void close() {
        if (!cluster.isClosed()) {
            cluster.close();
            sequencer.close();
            for (EtcdWatch watch : watches) {
                watch.fail(cluster.closedFailure());
            }
        }
    }

    // ---- for transactions

    void requireOpen() {
        if (cluster.isClosed()) {
            throw cluster.closedFailure();
        }
    }

    StoreKeys keys() {
        return keys;
    }

    CommitHistory history() {
        return history;
    }

    EtcdCluster cluster() {
        return cluster;
    }

    EtcdRead read(TxnRequest request) {
        return new EtcdRead(cluster, request, requestMillis);
    }

    void commit(CommitRequest request) {
        sequencer.enqueue(request);
    }

    /**
     * Asks etcd for the revision of a version that this client does not know; -1 if it is too old.
     *
     * @throws KvException FUTURE_VERSION if there is no such version yet
     */
    long lookUpRevision(long version) {
        TxnRequest.Builder request = TxnRequest.newBuilder();
        history.ask(request, false);
        request.addSuccess(
                RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(keys.record(version))));
        TxnResponse answer = read(request.build()).await();
        long newest = history.learn(answer);
        if (version > newest) {
            throw new KvException(
                    KvFailure.FUTURE_VERSION,
                    "version " + version + " is after the newest of " + name() + ", " + newest);
        }
        RangeResponse record = answer.getResponses(2).getResponseRange();
        return record.getKvsCount() == 0 ? -1 : record.getKvs(0).getModRevision();
    }

    void add(EtcdWatch watch) {
        watches.add(watch);
    }

    void remove(EtcdWatch watch) {
        watches.remove(watch);
    }
}
