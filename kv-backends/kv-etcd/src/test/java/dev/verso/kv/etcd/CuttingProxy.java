package dev.verso.kv.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a member of etcd. Requests always arrive; answers can be made to get lost, with their connection. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean deaf;

    /** @param member {@code host:port} */
    CuttingProxy(String member) throws IOException {
        int colon = member.lastIndexOf(':');
        host = member.substring(0, colon);
        port = Integer.parseInt(member.substring(colon + 1));
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** The next that the member says is lost, and the connection ends. */
    void loseNextAnswer() {
        answersToLose.set(1);
    }

    /** From now on all that the member says is lost. */
    void deaf(boolean isDeaf) {
        deaf = isDeaf;
    }

    int lost() {
        return lost.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                connect(client);
            }
        } catch (IOException e) {
            // Closed: the test is over.
            end();
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(host, port);
            sockets.add(server);
            start(() -> pump(client, server, false));
            start(() -> pump(server, client, true));
        } catch (ConnectException e) {
            // The member is down, and so is what stands for it.
            client.close();
        }
    }

    private void pump(Socket from, Socket to, boolean isAnswer) {
        byte[] buffer = new byte[65_536];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (isAnswer && deaf) {
                    continue;
                }
                if (isAnswer && answersToLose.compareAndSet(1, 0)) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // The other side has ended the connection.
            sockets.remove(from);
        }
    }

    private void end() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                sockets.remove(socket);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        end();
    }
}
