package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchGrpc;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The members of a cluster, one connection to each. All requests go to one member until it fails; then the next one takes its place.
 * Nothing here sends a request twice. Thread-safe.
 */
final class EtcdCluster implements AutoCloseable {
    /** After this long a member counts as gone, and another is asked. */
    private static final long ATTEMPT_MILLIS = 2_500;

    private static final long KEEP_ALIVE_MILLIS = 10_000;

    /** A member that has lost its leader says so at once instead of holding the request. */
    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    /** gRPC tells everyone at once that a native library, which nothing here uses, is missing. */
    private static final Logger CHATTER = Logger.getLogger("io.grpc.netty.TcpMetrics");

    private final EtcdAddress address;
    private final List<ManagedChannel> channels = new ArrayList<>();
    /** One for each channel; empty where nobody is asked who he is. */
    private final List<EtcdLogin> logins = new ArrayList<>();

    private final ClientInterceptor hasLeader;
    private final AtomicInteger current = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean closed;

    EtcdCluster(EtcdAddress address, EtcdAccess access) {
        this.address = address;
        SslContext tls = access.tls();
        Metadata headers = new Metadata();
        headers.put(HAS_LEADER, "true");
        hasLeader = MetadataUtils.newAttachHeadersInterceptor(headers);
        if (CHATTER.getLevel() == null) {
            CHATTER.setLevel(Level.WARNING);
        }
        for (EtcdAddress.Member member : address.members()) {
            NettyChannelBuilder builder = NettyChannelBuilder.forAddress(member.host(), member.port())
                    .directExecutor()
                    .maxInboundMessageSize(Integer.MAX_VALUE)
                    .keepAliveTime(KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS)
                    .keepAliveTimeout(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
            ManagedChannel channel = (tls == null ? builder.usePlaintext() : builder.sslContext(tls)).build();
            channels.add(channel);
            if (access.user() != null) {
                logins.add(new EtcdLogin(channel, access.user(), ATTEMPT_MILLIS));
            }
        }
    }

    String name() {
        return address.toString();
    }

    /** How many requests were answered. */
    long answered() {
        return answered.get();
    }

    int size() {
        return channels.size();
    }

    /** One try of a request, on its way. */
    final class Attempt {
        private final int member;
        private final EtcdLogin.Pass pass;
        private final Future<TxnResponse> answer;

        private Attempt(int member, EtcdLogin.Pass pass, Future<TxnResponse> answer) {
            this.member = member;
            this.pass = pass;
            this.answer = answer;
        }

        boolean isDone() {
            return answer.isDone();
        }

        /**
         * The answer.
         *
         * @throws Failed if there is none; the next request then goes to another member
         * @throws KvException INTERRUPTED
         */
        TxnResponse await() throws Failed {
            try {
                TxnResponse response = answer.get();
                answered.incrementAndGet();
                return response;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KvException(KvFailure.INTERRUPTED, "interrupted while waiting for " + name(), e);
            } catch (ExecutionException e) {
                Status refusal = pass == null ? null : pass.refusal();
                Status status = refusal == null ? Status.fromThrowable(e.getCause()) : refusal;
                switch (EtcdFailures.kind(status)) {
                    case NOT_DONE, LOST -> current.compareAndSet(member, (member + 1) % channels.size());
                    case STRANGER -> {
                        if (pass == null) {
                            current.compareAndSet(member, (member + 1) % channels.size());
                        } else {
                            pass.refused();
                        }
                    }
                    case COMPACTED, BEHIND, TOO_LARGE, FULL, REFUSED -> {
                        // The member is well; the request is not.
                    }
                }
                throw new Failed(status, address.members().get(member));
            }
        }
    }

    /** A request without an answer. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Status status;
        private final transient EtcdAddress.Member member;

        private Failed(Status status, EtcdAddress.Member member) {
            super(member + " " + EtcdFailures.describe(status), status.getCause());
            this.status = status;
            this.member = member;
        }

        Status status() {
            return status;
        }

        EtcdAddress.Member member() {
            return member;
        }

        EtcdFailures.Kind kind() {
            return EtcdFailures.kind(status);
        }

        KvException translated() {
            return EtcdFailures.translate(status, "etcd at " + member);
        }
    }

    /** Sends a request to the current member; the answer comes within a few seconds or not at all. */
    Attempt send(TxnRequest request, long millis) {
        if (closed) {
            throw closedFailure();
        }
        int member = current.get();
        ManagedChannel channel = channels.get(member);
        // After a failure the channel would wait up to minutes before it tries to connect again.
        channel.resetConnectBackoff();
        EtcdLogin.Pass pass = pass(member);
        return new Attempt(
                member,
                pass,
                with(pass, KVGrpc.newFutureStub(channel))
                        .withDeadlineAfter(Math.min(millis, ATTEMPT_MILLIS), TimeUnit.MILLISECONDS)
                        .txn(request));
    }

    private EtcdLogin.Pass pass(int member) {
        return logins.isEmpty() ? null : logins.get(member).pass();
    }

    private <S extends AbstractStub<S>> S with(EtcdLogin.Pass pass, S stub) {
        S led = stub.withInterceptors(hasLeader);
        return pass == null ? led : led.withCallCredentials(pass);
    }

    /**
     * For a stream of watch events from the current member.
     *
     * @param pass to be told when the member refuses it; null where nobody is asked who he is
     */
    record Watching(WatchGrpc.WatchStub stub, EtcdLogin.Pass pass) {}

    Watching watch() {
        int member = current.get();
        ManagedChannel channel = channels.get(member);
        channel.resetConnectBackoff();
        EtcdLogin.Pass pass = pass(member);
        return new Watching(with(pass, WatchGrpc.newStub(channel)), pass);
    }

    /** A stream of the current member broke. */
    void nextMember() {
        current.updateAndGet(member -> (member + 1) % channels.size());
    }

    boolean isClosed() {
        return closed;
    }

    KvException closedFailure() {
        return new KvException(KvFailure.CLOSED, name() + " is closed");
    }

    @Override
    public void close() {
        closed = true;
        for (ManagedChannel channel : channels) {
            channel.shutdownNow();
        }
    }
}
