package dev.verso.pager.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Files in memory that can be crashed: the test double for everything that a disk may do. It records every operation that changes
 * something, can stop before a given one (as a killed process does), fail one with an error of the operating system, and tell what the
 * disk may look like after power was lost: what was synced is there, what was not may be there, or not, or in part, in any combination.
 * Names created and deleted are lost or kept in their order.
 *
 * <p>One process only: locks are always granted.
 */
public final class SimulatedStorage implements Storage {
    /** What an operation did. */
    public enum Action {
        CREATE,
        WRITE,
        TRUNCATE,
        SYNC,
        DELETE,
        SYNC_DIRECTORY
    }

    /**
     * One operation that changed something, or made a change durable.
     *
     * @param position where a write began, or the size that a truncation left
     * @param count bytes written
     */
    public record Operation(Action action, Path path, long position, long count) {}

    /** What a crash leaves of unsynced changes. */
    public enum Crash {
        /** Everything: the process was killed, the system lives on. */
        PROCESS_KILLED,
        /** Nothing: power was lost before any of it reached the disk. */
        UNSYNCED_LOST,
        /** Some of it, by whole operations and by single sectors of writes. */
        UNSYNCED_TORN
    }

    private static final int SECTOR_BYTES = 512;

    private record Change(long position, byte[] bytes) {}

    private static final class Node {
        byte[] bytes = new byte[0];
        byte[] durable = new byte[0];
        /** Unsynced writes; null bytes for a truncation to the position. */
        final List<Change> pending = new ArrayList<>();

        void apply(Change change) {
            bytes = applied(bytes, change);
        }

        static byte[] applied(byte[] bytes, Change change) {
            if (change.bytes == null) {
                return Arrays.copyOf(bytes, (int) change.position);
            }
            int end = (int) change.position + change.bytes.length;
            byte[] result = end > bytes.length ? Arrays.copyOf(bytes, end) : bytes.clone();
            System.arraycopy(change.bytes, 0, result, (int) change.position, change.bytes.length);
            return result;
        }
    }

    private record NameChange(Path path, Node node) {}

    private final Map<Path, Node> names = new LinkedHashMap<>();
    private final Map<Path, Node> durableNames = new LinkedHashMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Random random;
    private final Set<Path> writeProtected = new HashSet<>();
    private int stopBefore = Integer.MAX_VALUE;
    private int failAt = Integer.MAX_VALUE;
    private int failureCount;
    private long clockSeconds;
    private String failureMessage = "";

    /** An empty disk; the seed decides about random numbers asked of it. */
    public SimulatedStorage(long seed) {
        this.random = new Random(seed);
    }

    // ---- what a test tells it

    /** Lets {@code count} more operations happen; the next one and all after it fail as if the process were gone. */
    public synchronized void stopAfter(int count) {
        stopBefore = operations.size() + count;
    }

    /** The operation after the next {@code after} ones fails with that message, and {@code count - 1} more after it; a write half done. */
    public synchronized void failAfter(int after, int count, String message) {
        failAt = operations.size() + after;
        failureCount = count;
        failureMessage = message;
    }

    /** Takes away the permission to write to a file, or to create files in a directory. */
    public synchronized void protect(Path path) {
        writeProtected.add(path);
    }

    /** Everything that happened so far. */
    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** True if it was told to stop and has. */
    public synchronized boolean hasStopped() {
        return operations.size() >= stopBefore;
    }

    /** What the disk may look like after a crash now. This one stays as it is. */
    public synchronized SimulatedStorage crashed(Crash crash, long seed) {
        Random dice = new Random(seed);
        SimulatedStorage after = new SimulatedStorage(seed);
        Map<Path, Node> kept = new LinkedHashMap<>(durableNames);
        int keptNames =
                switch (crash) {
                    case PROCESS_KILLED -> pendingNames.size();
                    case UNSYNCED_LOST -> 0;
                    case UNSYNCED_TORN -> dice.nextInt(pendingNames.size() + 1);
                };
        for (NameChange change : pendingNames.subList(0, keptNames)) {
            rename(kept, change);
        }
        kept.forEach((path, node) -> {
            Node survivor = new Node();
            survivor.bytes = survivingBytes(node, crash, dice);
            survivor.durable = survivor.bytes;
            after.names.put(path, survivor);
            after.durableNames.put(path, survivor);
        });
        return after;
    }

    private static byte[] survivingBytes(Node node, Crash crash, Random dice) {
        if (crash == Crash.PROCESS_KILLED) {
            return node.bytes;
        }
        byte[] bytes = node.durable;
        if (crash == Crash.UNSYNCED_TORN) {
            for (Change change : node.pending) {
                int luck = dice.nextInt(3);
                if (change.bytes == null && luck != 0) {
                    // A truncation is a change of the file's metadata: what is written after it goes to other blocks,
                    // which do not
                    // belong to the file before the truncation is on the disk.
                    return bytes;
                }
                if (luck == 0) {
                    bytes = Node.applied(bytes, change);
                } else if (luck == 1) {
                    bytes = torn(bytes, change, dice);
                }
            }
        }
        return bytes;
    }

    private static byte[] torn(byte[] bytes, Change change, Random dice) {
        byte[] result = bytes;
        for (int from = 0; from < change.bytes.length; ) {
            int to = (int) Math.min(change.bytes.length, from + SECTOR_BYTES - (change.position + from) % SECTOR_BYTES);
            if (dice.nextBoolean()) {
                result = Node.applied(
                        result, new Change(change.position + from, Arrays.copyOfRange(change.bytes, from, to)));
            }
            from = to;
        }
        return result;
    }

    /** Copies all files into a real directory, for another program to look at. */
    public synchronized void exportTo(Path directory) throws IOException {
        for (Map.Entry<Path, Node> entry : names.entrySet()) {
            Files.write(directory.resolve(entry.getKey().getFileName()), entry.getValue().bytes);
        }
    }

    /** Puts a file there, durably. */
    public synchronized void importFile(Path path, byte[] bytes) {
        Node node = new Node();
        node.bytes = bytes.clone();
        node.durable = node.bytes;
        names.put(path, node);
        durableNames.put(path, node);
    }

    /** The content of a file, or null. */
    public synchronized byte[] content(Path path) {
        Node node = names.get(path);
        return node == null ? null : node.bytes.clone();
    }

    // ---- what a store asks of it

    @Override
    public synchronized Kind kind(Path path) throws IOException {
        requireRunning();
        return names.containsKey(path) ? Kind.FILE : Kind.ABSENT;
    }

    @Override
    public synchronized long bytes(Path path) {
        Node node = names.get(path);
        return node == null ? 0 : node.bytes.length;
    }

    @Override
    public Path resolve(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public synchronized Object identity(Path path) throws IOException {
        requireRunning();
        Node node = names.get(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    @Override
    public synchronized boolean isWritable(Path path) {
        return !writeProtected.contains(path);
    }

    @Override
    public synchronized StorageFile open(Path path, Access access, Path sibling) throws IOException {
        requireRunning();
        Node node = names.get(path);
        if (node == null) {
            if (access != Access.CREATE) {
                throw new FileNotFoundException(path + " (No such file or directory)");
            }
            if (writeProtected.contains(path.getParent())) {
                throw new FileNotFoundException(path + " (Permission denied)");
            }
            happen(new Operation(Action.CREATE, path, 0, 0));
            node = new Node();
            changeName(new NameChange(path, node));
        }
        if (access != Access.READ && writeProtected.contains(path)) {
            throw new FileNotFoundException(path + " (Permission denied)");
        }
        return new SimulatedFile(path, node);
    }

    @Override
    public synchronized StorageFile openTemporary() {
        return new SimulatedFile(Path.of("temporary"), new Node());
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        requireRunning();
        if (names.containsKey(path)) {
            happen(new Operation(Action.DELETE, path, 0, 0));
            changeName(new NameChange(path, null));
        }
    }

    private void changeName(NameChange change) {
        rename(names, change);
        pendingNames.add(change);
    }

    private static void rename(Map<Path, Node> map, NameChange change) {
        if (change.node == null) {
            map.remove(change.path);
        } else {
            map.put(change.path, change.node);
        }
    }

    @Override
    public synchronized int randomNumber() {
        return random.nextInt();
    }

    /** A second passes between any two looks at the clock. */
    @Override
    public synchronized long nanoTime() {
        return clockSeconds++ * 1_000_000_000;
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        happen(new Operation(Action.SYNC_DIRECTORY, directory, 0, 0));
        for (NameChange change : pendingNames) {
            rename(durableNames, change);
        }
        pendingNames.clear();
    }

    private void requireRunning() throws IOException {
        if (operations.size() >= stopBefore) {
            throw new IOException("the process was stopped");
        }
    }

    /** Notes the operation, or fails in its place. */
    private void happen(Operation operation) throws IOException {
        requireRunning();
        if (failsNow()) {
            throw new IOException(failureMessage);
        }
        operations.add(operation);
    }

    private boolean failsNow() {
        if (operations.size() < failAt || failureCount == 0) {
            return false;
        }
        failureCount--;
        return true;
    }

    private final class SimulatedFile implements StorageFile {
        private final Path path;
        private final Node node;

        SimulatedFile(Path path, Node node) {
            this.path = path;
            this.node = node;
        }

        @Override
        public int read(byte[] into, int offset, int count, long position) throws IOException {
            synchronized (SimulatedStorage.this) {
                requireRunning();
                int available = (int) Math.max(0, Math.min(count, node.bytes.length - position));
                if (available > 0) {
                    System.arraycopy(node.bytes, (int) position, into, offset, available);
                }
                return available;
            }
        }

        @Override
        public void write(byte[] from, int offset, int count, long position) throws IOException {
            synchronized (SimulatedStorage.this) {
                try {
                    happen(new Operation(Action.WRITE, path, position, count));
                } catch (IOException e) {
                    if (!hasStopped()) {
                        change(new Change(position, Arrays.copyOfRange(from, offset, offset + count / 2)));
                    }
                    throw e;
                }
                change(new Change(position, Arrays.copyOfRange(from, offset, offset + count)));
            }
        }

        private void change(Change change) {
            node.apply(change);
            node.pending.add(change);
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedStorage.this) {
                requireRunning();
                return node.bytes.length;
            }
        }

        @Override
        public void truncate(long bytes) throws IOException {
            synchronized (SimulatedStorage.this) {
                happen(new Operation(Action.TRUNCATE, path, bytes, 0));
                change(new Change(bytes, null));
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimulatedStorage.this) {
                happen(new Operation(Action.SYNC, path, 0, 0));
                node.durable = node.bytes;
                node.pending.clear();
            }
        }

        @Override
        public StorageLock tryLock(long position, long count, boolean shared) throws IOException {
            synchronized (SimulatedStorage.this) {
                requireRunning();
                return () -> {};
            }
        }

        @Override
        public void close() {
            // Nothing is held but memory.
        }
    }
}
