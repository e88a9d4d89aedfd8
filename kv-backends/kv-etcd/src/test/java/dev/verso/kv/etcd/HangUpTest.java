package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.KvException;
import dev.verso.kv.KvStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member that takes connections and ends them without a word, as one does that expects TLS, or does not. */
@Timeout(150)
final class HangUpTest {
    /** Nobody waits so long, nor half of it: who is cut off again and again is told so at once. */
    private static final String PATIENCE_MILLIS = "300000";

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
            assertRefused(
                    listener,
                    Map.of("connectTimeoutMillis", PATIENCE_MILLIS),
                    "if it speaks TLS, say tls=true or ca=FILE");
        }
    }

    @Test
    void whoSpeaksTlsIsToldThatTheMemberMayNot() throws IOException {
        try (ServerSocket listener = hangUp()) {
            assertRefused(
                    listener, Map.of("connectTimeoutMillis", PATIENCE_MILLIS, "tls", "true"), "does not speak TLS");
        }
    }
}
