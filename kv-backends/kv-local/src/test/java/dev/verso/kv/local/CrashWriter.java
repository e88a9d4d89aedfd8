package dev.verso.kv.local;

import dev.verso.kv.KvTransaction;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process that {@link CrashTest} kills: threads that commit one after the other, and say so on standard output only after the store
 * has acknowledged. Each commit writes two keys and a value that depends on both.
 */
final class CrashWriter {
    static final int THREADS = 4;

    private CrashWriter() {}

    public static void main(String[] arguments) {
        LocalKvStore store = LocalKvStore.open(
                Path.of(arguments[0]), new LocalKvStore.Options().checkpointBytes(Long.parseLong(arguments[1])));
        int round = Integer.parseInt(arguments[2]);
        PrintStream out = System.out;
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            new Thread(() -> write(store, round, thread, out)).start();
        }
    }

    private static void write(LocalKvStore store, int round, int thread, PrintStream out) {
        for (int n = 0; ; n++) {
            KvTransaction transaction = store.begin();
            transaction.set(key('a', round, thread, n), value(round, thread, n));
            transaction.set(key('b', round, thread, n), value(round, thread, n));
            if (n > 0) {
                transaction.set(
                        key('l', round, thread, 0),
                        ByteBuffer.allocate(4).putInt(n).array());
            }
            transaction.commit().await();
            String line = round + " " + thread + " " + n + "\n";
            synchronized (out) {
                out.print(line);
                out.flush();
            }
        }
    }

    static byte[] key(char kind, int round, int thread, int n) {
        return "%c/%04d/%d/%06d".formatted(kind, round, thread, n).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] value(int round, int thread, int n) {
        byte[] value = new byte[200 + n % 1_000];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (round + thread * 7 + n * 31 + i);
        }
        return value;
    }
}
