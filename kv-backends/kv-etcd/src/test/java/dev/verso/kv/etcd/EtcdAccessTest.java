package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStores;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Watch;
import dev.verso.kv.contract.EtcdMembers;
import dev.verso.kv.contract.TestCertificates;
import io.etcd.jetcd.api.AuthEnableRequest;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthRoleAddRequest;
import io.etcd.jetcd.api.AuthRoleGrantPermissionRequest;
import io.etcd.jetcd.api.AuthUserAddRequest;
import io.etcd.jetcd.api.AuthUserGrantRoleRequest;
import io.etcd.jetcd.api.Permission;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that speaks TLS, asks for certificates, and knows two users: root, and app with the keys of one store. */
final class EtcdAccessTest {
    private static final String STORE = "/app";
    /** Nobody waits so long, unless the machine is very slow. */
    private static final String PATIENCE_MILLIS = "60000";

    private static final String PASSWORD = "s3cret & more";

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static EtcdMembers member;

    @BeforeAll
    static void start() throws IOException {
        certificates = TestCertificates.make(directory);
        member = EtcdMembers.startWithTls(1, certificates);
        ManagedChannel channel = NettyChannelBuilder.forTarget(member.addresses())
                .sslContext(EtcdAccess.tls(certificates.authority(), certificates.certificate(), certificates.key()))
                .build();
        try {
            AuthGrpc.AuthBlockingStub auth = AuthGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
            for (String name : new String[] {"root", "app"}) {
                auth.userAdd(AuthUserAddRequest.newBuilder()
                        .setName(name)
                        .setPassword(PASSWORD)
                        .build());
                auth.roleAdd(AuthRoleAddRequest.newBuilder().setName(name).build());
                auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                        .setUser(name)
                        .setRole(name)
                        .build());
            }
            auth.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                    .setName("app")
                    .setPerm(Permission.newBuilder()
                            .setPermType(Permission.Type.READWRITE)
                            .setKey(ByteString.copyFromUtf8("app"))
                            .setRangeEnd(ByteString.copyFromUtf8("apq")))
                    .build());
            auth.authEnable(AuthEnableRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
    }

    @AfterAll
    static void end() {
        if (member != null) {
            member.close();
        }
    }

    private static Map<String, String> allIsWell() {
        Map<String, String> options = new HashMap<>();
        options.put("ca", certificates.authority().toString());
        options.put("cert", certificates.certificate().toString());
        options.put("key", certificates.key().toString());
        options.put("user", "app");
        options.put("password", PASSWORD);
        options.put("connectTimeoutMillis", PATIENCE_MILLIS);
        return options;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static AbstractStringAssert<?> assertRefused(String store, Map<String, String> options) {
        KvException refusal =
                catchThrowableOfType(KvException.class, () -> KvStores.open("etcd", member.addresses() + store, options)
                        .close());
        assertThat(refusal.failure()).isEqualTo(KvFailure.UNAVAILABLE);
        return assertThat(refusal.getMessage())
                .contains("etcd:" + member.addresses() + store)
                .doesNotContain(PASSWORD);
    }

    private static AbstractStringAssert<?> assertRefusedWith(String option, String value) {
        Map<String, String> options = allIsWell();
        if (value == null) {
            options.remove(option);
        } else {
            options.put(option, value);
        }
        return assertRefused(STORE, options);
    }

    @Test
    void aConnectionGoesOnAfterTheMemberHasForgottenItsToken() {
        try (KvStore store = KvStores.open("etcd", member.addresses() + STORE, allIsWell())) {
            KvTransaction watching = store.begin();
            Watch watch = watching.watch(bytes("watched"));
            watching.commit().await();
            write(store, "a", "1");
            member.kill(0);
            member.restart(0);
            assertThat(watch.await(1)).isFalse();
            write(store, "a", "2");
            try (KvTransaction reader = store.begin()) {
                assertThat(reader.get(bytes("a"), ReadMode.SNAPSHOT).await()).isEqualTo(bytes("2"));
            }
            write(store, "watched", "1");
            assertThat(watch.await(60_000)).isTrue();
        }
    }

    private static void write(KvStore store, String key, String value) {
        try (KvTransaction transaction = store.begin()) {
            transaction.set(bytes(key), bytes(value));
            transaction.commit().await();
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreRefusedAtOnce() {
        assertRefusedWith("password", "guess")
                .contains("invalid user ID or password")
                .doesNotContain("guess");
        assertRefusedWith("user", "nobody").contains("invalid user ID or password");
    }

    @Test
    void whoDoesNotSayWhoHeIsIsRefused() {
        Map<String, String> options = allIsWell();
        options.remove("user");
        options.remove("password");
        // The certificate names a user too, whom etcd does not know.
        assertRefused(STORE, options).containsAnyOf("user name is empty", "permission denied", "not found");
    }

    @Test
    void aUserWithoutRightsToTheStoreIsRefused() {
        assertRefused("/other", allIsWell()).contains("permission denied");
    }

    @Test
    void plainTextToAMemberThatSpeaksTlsIsNamed() {
        assertRefused(STORE, Map.of("connectTimeoutMillis", PATIENCE_MILLIS))
                .contains("speaks TLS")
                .contains("ca=FILE");
    }

    @Test
    void tlsToAMemberThatSpeaksPlainTextIsNamed() {
        String plain = EtcdMembers.endpoints().split(",")[0];
        assertThatThrownBy(() -> KvStores.open("etcd", plain + STORE, allIsWell()))
                .isInstanceOfSatisfying(
                        KvException.class,
                        e -> assertThat(e.getMessage()).contains(plain).contains("does not speak TLS"));
    }

    @Test
    void anAuthorityThatNobodyTrustsIsNamed() {
        Map<String, String> options = allIsWell();
        options.remove("ca");
        options.put("tls", "true");
        assertRefused(STORE, options).contains("unable to find valid certification path");
    }

    @Test
    void aMemberWhoseCertificateIsForAnotherHostIsNamed() {
        String port = member.addresses().substring(member.addresses().indexOf(':'));
        assertThatThrownBy(() -> KvStores.open("etcd", "127.0.0.2" + port + STORE, allIsWell()))
                .isInstanceOf(KvException.class)
                .hasMessageContaining("127.0.0.2");
    }

    @Test
    void aClientWithoutACertificateIsToldThatOneIsNeeded() {
        Map<String, String> options = allIsWell();
        options.remove("cert");
        options.remove("key");
        assertRefused(STORE, options).contains("certificate");
    }

    @Test
    void filesThatAreMissingOrHoldSomethingElseAreNamed() throws IOException {
        assertRefusedWith("ca", directory.resolve("none.pem").toString())
                .contains("ca=")
                .contains("none.pem");
        assertRefusedWith("ca", certificates.key().toString()).contains("holds no certificate");
        assertRefusedWith("key", null).contains("cert and key come together");
        assertRefusedWith("password", null).contains("user and password come together");
        assertRefusedWith("tls", "false").contains("tls=false");
        assertRefusedWith("tls", "perhaps").contains("tls=perhaps");
        assertRefusedWith("connectTimeoutMillis", "soon").contains("connectTimeoutMillis=soon");
        Path pkcs1 = Files.writeString(directory.resolve("old-key.pem"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n");
        assertRefusedWith("key", pkcs1.toString()).contains("openssl pkcs8 -topk8 -nocrypt");
        Path broken = Files.writeString(
                directory.resolve("broken-key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefusedWith("key", broken.toString()).contains("TLS can't be set up");
    }
}
