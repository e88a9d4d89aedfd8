package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.record.KeyInfo;
import dev.verso.record.SearchKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorted runs in a temporary file, and their merge. A run is a row of records, each behind its length in 4 bytes. Of equal records that of
 * the earlier run comes first. So that their buffers don't outgrow the memory of the sort, runs are merged into one of the next level when there are as
 * many of a level as fit. The file is deleted when it is closed.
 */
final class SortMerge {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] NOTHING = new byte[0];
    private static final int FEWEST_RUNS = 4;
    private static final int MOST_RUNS = 256;

    private final KeyInfo keyInfo;
    private final int runsOfALevel;
    private final FileChannel file;
    private final List<Run> runs = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
    private long fileEnd;
    private long runStart;
    /** Runs that have records left: a heap whose first is the least. */
    private Run[] heap = new Run[0];

    private int heapSize;
    private final SearchKey key = new SearchKey();

    /** @param memoryBytes what the buffers of a level's runs may take */
    SortMerge(KeyInfo keyInfo, long memoryBytes, TemporaryFiles files) {
        this.keyInfo = keyInfo;
        runsOfALevel = (int) Math.max(FEWEST_RUNS, Math.min(MOST_RUNS, memoryBytes / BUFFER_BYTES));
        try {
            file = files.open("verso-sort");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static DatabaseException failed(IOException e) {
        return new DatabaseException(ResultCode.IOERR, "temporary file of a sort: " + e.getMessage(), e);
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    // ---- writing

    void beginRun() {
        runStart = fileEnd;
        out.clear();
    }

    void write(byte[] record, int offset, int length) {
        if (out.remaining() < 4) {
            flush();
        }
        out.putInt(length);
        int written = 0;
        while (written < length) {
            if (!out.hasRemaining()) {
                flush();
            }
            int part = Math.min(out.remaining(), length - written);
            out.put(record, offset + written, part);
            written += part;
        }
    }

    private void flush() {
        out.flip();
        try {
            while (out.hasRemaining()) {
                fileEnd += file.write(out, fileEnd);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        out.clear();
    }

    void endRun() {
        flush();
        runs.add(new Run(runs.size(), 0, runStart, fileEnd));
        while (isLevelFull()) {
            mergeLevel();
        }
    }

    private boolean isLevelFull() {
        int first = runs.size() - runsOfALevel;
        return first >= 0 && runs.get(first).level == runs.get(runs.size() - 1).level;
    }

    /** Merges the last runs, which are all of one level, into one run at the end of the file. */
    private void mergeLevel() {
        int first = runs.size() - runsOfALevel;
        List<Run> merged = runs.subList(first, runs.size());
        int level = merged.get(0).level + 1;
        beginRun();
        for (boolean more = start(merged); more; more = next()) {
            write(bytes(), offset(), length());
        }
        flush();
        merged.clear();
        runs.add(new Run(first, level, runStart, fileEnd));
        heap = new Run[0];
    }

    // ---- merging

    /** Moves to the first record of all; false if there is none. */
    boolean start() {
        return start(runs);
    }

    private boolean start(List<Run> sources) {
        heap = new Run[sources.size()];
        heapSize = 0;
        for (Run run : sources) {
            run.rewind();
            if (run.advance()) {
                heap[heapSize++] = run;
            }
        }
        for (int i = heapSize / 2 - 1; i >= 0; i--) {
            sink(i);
        }
        return heapSize > 0;
    }

    boolean next() {
        if (heapSize == 0) {
            return false;
        }
        if (!heap[0].advance()) {
            heap[0].buffer = NOTHING;
            heap[0] = heap[--heapSize];
        }
        if (heapSize > 0) {
            sink(0);
        }
        return heapSize > 0;
    }

    byte[] bytes() {
        return heap[0].buffer;
    }

    int offset() {
        return heap[0].recordStart;
    }

    int length() {
        return heap[0].recordLength;
    }

    private void sink(int from) {
        int at = from;
        Run run = heap[at];
        while (true) {
            int child = 2 * at + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], run)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = run;
    }

    private boolean isBefore(Run left, Run right) {
        key.wrap(keyInfo, right.buffer, right.recordStart, right.recordLength, keyInfo.keyColumns(), 0);
        int result = key.compareEntry(left.buffer, left.recordStart, left.recordLength);
        return result < 0 || result == 0 && left.number < right.number;
    }

    /** One run while it is read. */
    private final class Run {
        final int number;
        final int level;
        final long start;
        final long end;
        long position;
        byte[] buffer = NOTHING;
        int bufferStart;
        int bufferEnd;
        int recordStart;
        int recordLength;

        Run(int number, int level, long start, long end) {
            this.number = number;
            this.level = level;
            this.start = start;
            this.end = end;
        }

        void rewind() {
            position = start;
            buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(4, end - start))];
            bufferStart = 0;
            bufferEnd = 0;
        }

        boolean advance() {
            if (bufferEnd - bufferStart < 4 && !fill(4)) {
                return false;
            }
            recordLength = BigEndian.s32(buffer, bufferStart);
            bufferStart += 4;
            if (bufferEnd - bufferStart < recordLength && !fill(recordLength)) {
                throw new DatabaseException(ResultCode.IOERR_SHORT_READ, "temporary file of a sort ends too early");
            }
            recordStart = bufferStart;
            bufferStart += recordLength;
            return true;
        }

        /** Reads on until so many bytes are there; false at the end of the run. */
        private boolean fill(int needed) {
            int kept = bufferEnd - bufferStart;
            if (needed > buffer.length) {
                buffer = Arrays.copyOfRange(buffer, bufferStart, bufferStart + Math.max(needed, buffer.length));
            } else {
                System.arraycopy(buffer, bufferStart, buffer, 0, kept);
            }
            bufferStart = 0;
            bufferEnd = kept;
            try {
                while (bufferEnd < needed && position < end) {
                    int part = (int) Math.min(buffer.length - bufferEnd, end - position);
                    int read = file.read(ByteBuffer.wrap(buffer, bufferEnd, part), position);
                    if (read < 0) {
                        break;
                    }
                    bufferEnd += read;
                    position += read;
                }
            } catch (IOException e) {
                throw failed(e);
            }
            return bufferEnd >= needed;
        }
    }
}
