package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * How to get into a cluster: over TLS or not, and as whom.
 *
 * @param tls null for plain text
 * @param user null for nobody
 * @param connectTimeoutMillis how long the cluster may take to answer when the store is opened
 */
record EtcdAccess(SslContext tls, User user, long connectTimeoutMillis) {
    static final long CONNECT_TIMEOUT_MILLIS = 10_000;

    /** As whom, known to etcd's own authentication. */
    record User(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * TLS by files in PEM.
     *
     * @param ca certificates of those who may sign a member's; null for those that the JVM trusts
     * @param certificate chain that members may ask for; null for none
     * @param key its private key, PKCS #8 without a password; null for none
     */
    static SslContext tls(Path ca, Path certificate, Path key) {
        try {
            SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
            if (ca != null) {
                builder.trustManager(readable("ca", ca).toFile());
            }
            if (certificate != null) {
                builder.keyManager(
                        readable("cert", certificate).toFile(),
                        readable("key", key).toFile());
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            Throwable last = e;
            while (last.getCause() != null) {
                last = last.getCause();
            }
            throw bad("TLS can't be set up with ca=" + ca + ", cert=" + certificate + ", key=" + key + ": " + last);
        }
    }

    private static Path readable(String option, Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new KvException(KvFailure.UNAVAILABLE, option + "=" + file + " can't be read: " + e, e);
        }
        boolean isKey = option.equals("key");
        if (isKey && !text.contains("-----BEGIN PRIVATE KEY-----")) {
            throw bad("key=" + file + " holds no private key in PKCS #8 without a password; make it one by"
                    + " openssl pkcs8 -topk8 -nocrypt -in " + file + " -out FILE");
        }
        if (!isKey && !text.contains("-----BEGIN CERTIFICATE-----")) {
            throw bad(option + "=" + file + " holds no certificate in PEM");
        }
        return file;
    }

    /** Plain text, as nobody. */
    static EtcdAccess open(long connectTimeoutMillis) {
        return new EtcdAccess(null, null, connectTimeoutMillis);
    }

    /** Reads {@code tls}, {@code ca}, {@code cert}, {@code key}, {@code user}, {@code password} and {@code connectTimeoutMillis}. */
    static EtcdAccess of(Map<String, String> options) {
        Path ca = path("ca", options.get("ca"));
        Path certificate = path("cert", options.get("cert"));
        Path key = path("key", options.get("key"));
        if ((certificate == null) != (key == null)) {
            throw bad("cert and key come together: a certificate and its private key");
        }
        boolean wantsTls =
                switch (options.getOrDefault("tls", ca != null || certificate != null ? "true" : "false")) {
                    case "true" -> true;
                    case "false" -> {
                        if (ca != null || certificate != null) {
                            throw bad("ca, cert and key are of no use with tls=false");
                        }
                        yield false;
                    }
                    default -> throw bad("tls=" + options.get("tls") + " is neither true nor false");
                };
        String user = options.get("user");
        String password = options.get("password");
        if ((user == null) != (password == null)) {
            throw bad("user and password come together");
        }
        return new EtcdAccess(
                wantsTls ? tls(ca, certificate, key) : null,
                user == null ? null : new User(user, password),
                millis(options.get("connectTimeoutMillis")));
    }

    private static long millis(String text) {
        try {
            long millis = text == null ? CONNECT_TIMEOUT_MILLIS : Long.parseLong(text);
            if (millis > 0) {
                return millis;
            }
        } catch (NumberFormatException e) {
            throw new KvException(KvFailure.UNAVAILABLE, "connectTimeoutMillis=" + text + " is no number", e);
        }
        throw bad("connectTimeoutMillis=" + text + " is not more than 0");
    }

    private static Path path(String option, String text) {
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new KvException(KvFailure.UNAVAILABLE, option + "=" + text + " is no path: " + e.getReason(), e);
        }
    }

    private static KvException bad(String message) {
        return new KvException(KvFailure.UNAVAILABLE, message);
    }
}
