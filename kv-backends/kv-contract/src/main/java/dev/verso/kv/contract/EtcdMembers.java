package dev.verso.kv.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * An etcd cluster on this machine for tests: processes of the program {@code etcd}, on free ports of the loopback address, with data
 * directories of their own that are deleted at the end. Members can be killed and started again.
 */
public final class EtcdMembers implements AutoCloseable {
    /** Says where a cluster is that tests may use: {@code host:port,host:port}. */
    public static final String ENDPOINTS_PROPERTY = "dev.verso.etcd.endpoints";

    private static final int SHARED_MEMBERS = 3;
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MEMBER_BYTES = 400_000_000;
    private static final long READY_MILLIS = 300_000;

    /**
     * Ports are taken from here, each only once: below those that systems give to whoever connects, so that nobody has the port of a member
     * that is killed when it is started again. Two JVMs begin at different places.
     */
    private static final int FIRST_PORT = 10_000;

    private static final int PORTS = 20_000;
    private static final AtomicLong NEXT_PORT =
            new AtomicLong(ProcessHandle.current().pid() * 61);

    private static EtcdMembers shared;

    private final Path directory;
    private final TestCertificates certificates;
    private final List<Member> members = new ArrayList<>();

    private static final class Member {
        private final String name;
        private final int clientPort;
        private final int peerPort;
        private final int healthPort;
        private Process process;

        private Member(String name, int clientPort, int peerPort, int healthPort) {
            this.name = name;
            this.clientPort = clientPort;
            this.peerPort = peerPort;
            this.healthPort = healthPort;
        }

        private String peer() {
            return "http://127.0.0.1:" + peerPort;
        }

        private String health() {
            return "http://127.0.0.1:" + healthPort;
        }
    }

    private EtcdMembers(Path directory, TestCertificates certificates) {
        this.directory = directory;
        this.certificates = certificates;
    }

    /**
     * The cluster that the property names, or one of three members that this JVM starts once and ends when it ends. Aborts the test, by
     * name, if there is neither.
     */
    public static synchronized String endpoints() {
        String given = System.getProperty(ENDPOINTS_PROPERTY);
        if (given != null && !given.isEmpty()) {
            return given;
        }
        if (shared == null) {
            shared = start(SHARED_MEMBERS);
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared.addresses();
    }

    /** Starts a cluster. Aborts the test, by name, if the program {@code etcd} is not installed. */
    public static EtcdMembers start(int count) {
        return start(count, null);
    }

    /** Starts a cluster whose members speak TLS with clients, with that certificate, and ask clients for one that the same authority signed. */
    public static EtcdMembers startWithTls(int count, TestCertificates certificates) {
        return start(count, certificates);
    }

    private static EtcdMembers start(int count, TestCertificates certificates) {
        assumeTrue(
                isInstalled(),
                "etcd: the program is not on the PATH, and no cluster is given; install it or run with -D"
                        + ENDPOINTS_PROPERTY + "=<host:port,...>");
        for (int tries = 1; ; tries++) {
            try {
                return started(count, certificates);
            } catch (IOException e) {
                // Someone else may have taken a port that was free a moment ago.
                if (tries == 3) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static EtcdMembers started(int count, TestCertificates certificates) throws IOException {
        EtcdMembers cluster = new EtcdMembers(
                hasRoom(MEMORY, count)
                        ? Files.createTempDirectory(MEMORY, "verso-etcd-")
                        : Files.createTempDirectory("verso-etcd-"),
                certificates);
        List<Integer> ports = freePorts(3 * count);
        for (int i = 0; i < count; i++) {
            cluster.members.add(new Member("m" + i, ports.get(3 * i), ports.get(3 * i + 1), ports.get(3 * i + 2)));
        }
        boolean ready = false;
        try {
            for (int i = 0; i < count; i++) {
                cluster.launch(i);
            }
            for (int i = 0; i < count; i++) {
                cluster.awaitReady(i);
            }
            ready = true;
        } finally {
            if (!ready) {
                cluster.close();
            }
        }
        return cluster;
    }

    /** A container may have only a little memory for files, and a member takes twice 64 MB for its log at once. */
    private static boolean hasRoom(Path folder, int members) throws IOException {
        return Files.isWritable(folder) && Files.getFileStore(folder).getUsableSpace() >= members * MEMBER_BYTES;
    }

    private static boolean isInstalled() {
        String path = System.getenv("PATH");
        if (path != null) {
            for (String directory : path.split(File.pathSeparator)) {
                if (Files.isExecutable(Path.of(directory.isEmpty() ? "." : directory, "etcd"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int tries = 0; ports.size() < count; tries++) {
            int port = FIRST_PORT + (int) (NEXT_PORT.getAndIncrement() % PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            } catch (BindException e) {
                if (tries == PORTS) {
                    throw e;
                }
            }
        }
        return ports;
    }

    private void launch(int index) throws IOException {
        Member member = members.get(index);
        StringBuilder all = new StringBuilder();
        for (Member each : members) {
            all.append(all.isEmpty() ? "" : ",").append(each.name).append('=').append(each.peer());
        }
        String client = (certificates == null ? "http" : "https") + "://127.0.0.1:" + member.clientPort;
        List<String> words = new ArrayList<>(List.of(
                "etcd",
                "--name=" + member.name,
                "--data-dir=" + directory.resolve(member.name),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-metrics-urls=" + member.health(),
                "--listen-peer-urls=" + member.peer(),
                "--initial-advertise-peer-urls=" + member.peer(),
                "--initial-cluster=" + all,
                "--initial-cluster-token=" + directory.getFileName(),
                "--initial-cluster-state=new"));
        if (certificates != null) {
            words.add("--client-cert-auth");
            words.add("--trusted-ca-file=" + certificates.authority());
            words.add("--cert-file=" + certificates.certificate());
            words.add("--key-file=" + certificates.key());
        }
        ProcessBuilder command = new ProcessBuilder(words);
        command.redirectErrorStream(true);
        command.redirectOutput(ProcessBuilder.Redirect.appendTo(
                directory.resolve(member.name + ".log").toFile()));
        member.process = command.start();
    }

    private void awaitReady(int index) throws IOException {
        Member member = members.get(index);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MILLIS);
        while (!isHealthy(member)) {
            if (!member.process.isAlive() || System.nanoTime() > end) {
                throw new IOException("etcd " + member.name + " at port " + member.clientPort + " does not start: "
                        + Files.readString(directory.resolve(member.name + ".log")));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while etcd starts", e);
            }
        }
    }

    /** True if the member has a leader. */
    private static boolean isHealthy(Member member) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(member.health() + "/health").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(10_000);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("true");
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    /** The members' client addresses: {@code host:port,host:port}. */
    public String addresses() {
        StringBuilder text = new StringBuilder();
        for (Member member : members) {
            text.append(text.isEmpty() ? "" : ",").append("127.0.0.1:").append(member.clientPort);
        }
        return text.toString();
    }

    /** The client address of one member. */
    public String address(int member) {
        return "127.0.0.1:" + members.get(member).clientPort;
    }

    /** Kills a member, as a crash would. */
    public void kill(int member) {
        Process process = members.get(member).process;
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a member of etcd ends", e);
        }
    }

    /** Starts a killed member again, with the data that it had; returns when it belongs to the cluster. */
    public void restart(int member) {
        try {
            launch(member);
            awaitReady(member);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts all members again after all were killed. */
    public void restartAll() {
        try {
            for (int i = 0; i < members.size(); i++) {
                launch(i);
            }
            for (int i = 0; i < members.size(); i++) {
                awaitReady(i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all members and deletes their data. */
    @Override
    public void close() {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).process != null) {
                kill(i);
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
