package dev.verso.kv.foundationdb;

import com.apple.foundationdb.KeyArrayResult;
import com.apple.foundationdb.KeyRangeArrayResult;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MappedKeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The reads of fdb-java in all their forms, brought down to two; those that our code does not call are refused by name. */
abstract class DoubledReader implements ReadTransaction {
    @Override
    public final AsyncIterable<KeyValue> getRange(byte[] begin, byte[] end, int limit, boolean reverse) {
        return getRange(begin, end, limit, reverse, StreamingMode.ITERATOR);
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(byte[] begin, byte[] end, int limit) {
        return getRange(begin, end, limit, false);
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(byte[] begin, byte[] end) {
        return getRange(begin, end, ROW_LIMIT_UNLIMITED);
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(Range range) {
        return getRange(range.begin, range.end);
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(Range range, int limit) {
        return getRange(range.begin, range.end, limit);
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(Range range, int limit, boolean reverse) {
        return getRange(range.begin, range.end, limit, reverse);
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(Range range, int limit, boolean reverse, StreamingMode mode) {
        return getRange(range.begin, range.end, limit, reverse, mode);
    }

    // ---- not called by our code

    @Override
    public final CompletableFuture<byte[]> getKey(KeySelector selector) {
        throw DoubledDatabase.unused("key selectors");
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(KeySelector begin, KeySelector end) {
        throw DoubledDatabase.unused("key selectors");
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(KeySelector begin, KeySelector end, int limit) {
        throw DoubledDatabase.unused("key selectors");
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(KeySelector begin, KeySelector end, int limit, boolean reverse) {
        throw DoubledDatabase.unused("key selectors");
    }

    @Override
    public final AsyncIterable<KeyValue> getRange(
            KeySelector begin, KeySelector end, int limit, boolean reverse, StreamingMode mode) {
        throw DoubledDatabase.unused("key selectors");
    }

    @Override
    public final AsyncIterable<MappedKeyValue> getMappedRange(
            KeySelector begin, KeySelector end, byte[] mapper, int limit, boolean reverse, StreamingMode mode) {
        throw DoubledDatabase.unused("mapped ranges");
    }

    @Override
    public final CompletableFuture<Long> getEstimatedRangeSizeBytes(byte[] begin, byte[] end) {
        throw DoubledDatabase.unused("estimates");
    }

    @Override
    public final CompletableFuture<Long> getEstimatedRangeSizeBytes(Range range) {
        throw DoubledDatabase.unused("estimates");
    }

    @Override
    public final CompletableFuture<KeyArrayResult> getRangeSplitPoints(byte[] begin, byte[] end, long bytes) {
        throw DoubledDatabase.unused("split points");
    }

    @Override
    public final CompletableFuture<KeyArrayResult> getRangeSplitPoints(Range range, long bytes) {
        throw DoubledDatabase.unused("split points");
    }

    @Override
    public final CompletableFuture<KeyRangeArrayResult> getBlobGranuleRanges(byte[] begin, byte[] end, int limit) {
        throw DoubledDatabase.unused("blob granules");
    }

    @Override
    public final <T> T read(Function<? super ReadTransaction, T> work) {
        throw DoubledDatabase.unused("read");
    }

    @Override
    public final <T> CompletableFuture<T> readAsync(
            Function<? super ReadTransaction, ? extends CompletableFuture<T>> work) {
        throw DoubledDatabase.unused("readAsync");
    }
}
