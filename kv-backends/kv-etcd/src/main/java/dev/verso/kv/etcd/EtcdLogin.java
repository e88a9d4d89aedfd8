package dev.verso.kv.etcd;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A user's token for one member, fetched with the first request that needs it and kept until the member does not know it any more, as after
 * its restart. Thread-safe.
 */
final class EtcdLogin {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final EtcdAccess.User user;
    private final long timeoutMillis;
    private ListenableFuture<AuthenticateResponse> token;

    EtcdLogin(ManagedChannel channel, EtcdAccess.User user, long timeoutMillis) {
        this.channel = channel;
        this.user = user;
        this.timeoutMillis = timeoutMillis;
    }

    /** What one request shows; {@link #refused} if the member does not take it. */
    final class Pass extends CallCredentials {
        private volatile ListenableFuture<AuthenticateResponse> shown;
        private volatile Status refusal;

        private Pass() {}

        @Override
        public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
            shown = token();
            Futures.addCallback(
                    shown,
                    new FutureCallback<>() {
                        @Override
                        public void onSuccess(AuthenticateResponse answer) {
                            Metadata headers = new Metadata();
                            headers.put(TOKEN, answer.getToken());
                            applier.apply(headers);
                        }

                        @Override
                        public void onFailure(Throwable failure) {
                            forget(shown);
                            refusal = Status.fromThrowable(failure);
                            applier.fail(refusal);
                        }
                    },
                    MoreExecutors.directExecutor());
        }

        /** Why there was no token, so that the request was not even sent; null if there was one. gRPC tells only some reasons as they are. */
        Status refusal() {
            return refusal;
        }

        /** The next request asks for another token. */
        void refused() {
            forget(shown);
        }
    }

    Pass pass() {
        return new Pass();
    }

    private synchronized ListenableFuture<AuthenticateResponse> token() {
        if (token == null) {
            token = AuthGrpc.newFutureStub(channel)
                    .withDeadlineAfter(timeoutMillis, TimeUnit.MILLISECONDS)
                    .authenticate(AuthenticateRequest.newBuilder()
                            .setName(user.name())
                            .setPassword(user.password())
                            .build());
        }
        return token;
    }

    private synchronized void forget(ListenableFuture<AuthenticateResponse> one) {
        if (token == one) {
            token = null;
        }
    }
}
