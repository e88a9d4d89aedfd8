package dev.verso.kv.etcd;

import com.google.protobuf.ByteString;
import dev.verso.kv.Bytes;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The first pairs of a range, or the last ones. The last ones are what etcd gives, see {@link StoreKeys}. For the first ones their keys
 * are asked for and, in case that is all, the last few pairs; if it is not, the values come in a second request.
 */
final class SliceRead {
    private static final int LAST_FEW = 32;

    private final SnapshotReads reads;
    private final StoreKeys keys;
    private final byte[] begin;
    private final byte[] end;
    private final int count;
    private final boolean fromTheEnd;
    private final SnapshotReads.Asked pairs;
    private final SnapshotReads.Asked index;

    /** The pairs of a part of the range, in key order; what lies outside {@code begin} and {@code end} was not looked at. */
    record Slice(NavigableMap<byte[], byte[]> pairs, byte[] begin, byte[] end) {}

    /**
     * @param count at most so many pairs
     * @param fromTheEnd the last ones
     */
    SliceRead(SnapshotReads reads, StoreKeys keys, byte[] begin, byte[] end, int count, boolean fromTheEnd) {
        this.reads = reads;
        this.keys = keys;
        this.begin = begin;
        this.end = end;
        this.count = count;
        this.fromTheEnd = fromTheEnd;
        pairs = reads.ask(RangeRequest.newBuilder()
                .setKey(keys.dataFrom(end))
                .setRangeEnd(keys.dataTo(begin))
                .setLimit(fromTheEnd ? count : Math.min(count, LAST_FEW)));
        index = fromTheEnd
                ? null
                : reads.ask(RangeRequest.newBuilder()
                        .setKey(keys.index(begin))
                        .setRangeEnd(keys.index(end))
                        .setLimit(count));
    }

    boolean isDone() {
        return pairs.isDone();
    }

    Slice await() {
        NavigableMap<byte[], byte[]> found = new TreeMap<>(Bytes::compare);
        RangeResponse answer = pairs.await();
        if (fromTheEnd || !answer.getMore()) {
            for (KeyValue each : answer.getKvsList()) {
                found.put(keys.keyOfData(each.getKey()), each.getValue().toByteArray());
            }
            return new Slice(found, answer.getMore() ? found.firstKey() : begin, end);
        }
        RangeResponse first = index.await();
        List<byte[]> firstKeys = new ArrayList<>(first.getKvsCount());
        List<SnapshotReads.Asked> values = new ArrayList<>(first.getKvsCount());
        for (KeyValue each : first.getKvsList()) {
            byte[] key = keys.keyOfIndex(each.getKey());
            firstKeys.add(key);
            values.add(reads.ask(RangeRequest.newBuilder().setKey(keys.data(key))));
        }
        for (int i = 0; i < values.size(); i++) {
            found.put(firstKeys.get(i), value(firstKeys.get(i), values.get(i).await()));
        }
        return new Slice(found, begin, first.getMore() ? Bytes.after(found.lastKey()) : end);
    }

    private static byte[] value(byte[] key, RangeResponse answer) {
        if (answer.getKvsCount() == 0) {
            throw new KvException(KvFailure.DAMAGED, "etcd has lost the value of " + Bytes.printable(key));
        }
        ByteString value = answer.getKvs(0).getValue();
        return value.toByteArray();
    }
}
