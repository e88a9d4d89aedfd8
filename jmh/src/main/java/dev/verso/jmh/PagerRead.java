package dev.verso.jmh;

import dev.verso.pager.Pager;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The pager's hot path: a page that is in the cache, and one that the transaction has edited. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PagerRead {
    private static final int PAGES = 256;

    private FileStore store;
    private Pager reader;
    private Pager writer;
    private int next;

    public PagerRead() {}

    @Setup
    public void open() {
        store = FileStore.openTemporary(FileOptions.defaults());
        writer = new Pager(store);
        writer.beginWrite(false);
        writer.pageCount(PAGES);
        for (int page = 1; page <= PAGES; page++) {
            writer.editNew(page);
        }
        byte[] start = "SQLite format 3\0\20\0\1\1\0\100\40\40".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, writer.edit(1), 0, start.length);
        writer.prepareCommit(null);
        writer.finishCommit();
        reader = new Pager(store);
        reader.beginRead();
        writer.beginWrite(false);
        for (int page = 1; page <= PAGES; page++) {
            writer.edit(page);
        }
    }

    @TearDown
    public void close() {
        writer.close();
        reader.close();
        store.close();
    }

    @Benchmark
    public byte[] readCached() {
        next = next + 7 & PAGES - 1;
        return reader.read(next + 1);
    }

    @Benchmark
    public byte[] readEdited() {
        next = next + 7 & PAGES - 1;
        return writer.read(next + 1);
    }
}
