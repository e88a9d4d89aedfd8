package dev.verso.compat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with the tests' class path, whose lines of output are gathered. */
public final class ChildJvm {
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    public ChildJvm(Class<?> main, String... arguments) throws IOException {
        this(List.of(), "-Xmx256m", main, arguments);
    }

    /** A child whose files can't grow past so many KiB: writing on fails as on a full disk. */
    public static ChildJvm withFilesOfAtMost(int kibibytes, Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(
                List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash"), "-Xmx256m", main, arguments);
    }

    /** A child with so much heap, given as java's option. */
    public static ChildJvm withHeap(String heap, Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(List.of(), heap, main, arguments);
    }

    private ChildJvm(List<String> before, String heap, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(this::read);
        reader.start();
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("the pipe broke: " + e.getMessage());
                lines.notifyAll();
            }
        }
    }

    /** Waits until the child has written so many lines or is gone. */
    public void awaitLines(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        synchronized (lines) {
            while (lines.size() < count && process.isAlive() && System.nanoTime() < deadline) {
                lines.wait(50);
            }
        }
    }

    /** SIGKILL, by the handle: {@link Process#destroyForcibly} would also close our end of the pipe, with lines still in it. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join();
    }

    public int await() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return code;
    }

    public List<String> lines() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }
}
