package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.KvException;
import dev.verso.kv.KvStores;
import dev.verso.kv.contract.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that takes connections and ends them without a word, as one does that expects TLS, or does not. */
final class HangUpTest {
    @TempDir
    private Path directory;

    /** Takes connections, and as soon as it hears something resets them, until it is closed. */
    private static ServerSocket hangUp() throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    while (!listener.isClosed()) {
                        try (Socket client = listener.accept()) {
                            client.setSoLinger(true, 0);
                            client.getInputStream().read();
                        } catch (IOException e) {
                            // The client was first, or the test is over.
                        }
                    }
                },
                "hang-up");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    private static void assertRefused(ServerSocket listener, Map<String, String> options, String hint) {
        String member = "127.0.0.1:" + listener.getLocalPort();
        assertThatThrownBy(() -> KvStores.open("etcd", member + "/app", options))
                .isInstanceOfSatisfying(
                        KvException.class,
                        e -> assertThat(e.getMessage()).contains(member).contains(hint));
    }

    @Test
    void whoSpeaksPlainTextIsToldToTryTls() throws IOException {
        try (ServerSocket listener = hangUp()) {
            assertRefused(listener, Map.of("connectTimeoutMillis", "500"), "if it speaks TLS, say tls=true or ca=FILE");
        }
    }

    @Test
    void whoSpeaksTlsIsToldThatTheMemberMayNot() throws IOException {
        String authority = TestCertificates.make(directory).authority().toString();
        try (ServerSocket listener = hangUp()) {
            assertRefused(listener, Map.of("connectTimeoutMillis", "500", "ca", authority), "does not speak TLS");
        }
    }
}
