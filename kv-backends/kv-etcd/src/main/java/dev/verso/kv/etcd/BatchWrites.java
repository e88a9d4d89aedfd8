package dev.verso.kv.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.verso.kv.Bytes;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.embedded.WriteBuffer;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What several transactions write, one after the other, as one transaction of etcd. There no key may be put twice, nor put and deleted;
 * so what remains of all their writes is found first, and ranges are deleted around the keys that are put.
 */
final class BatchWrites {
    /** etcd counts a request's operations on the way to each of them: 128 in all. Four levels of these stay below. */
    private static final int OPERATIONS_TOGETHER = 30;

    private final StoreKeys keys;
    private final WriteBuffer merged;

    BatchWrites(StoreKeys keys, int valueBytesLimit) {
        this.keys = keys;
        merged = new WriteBuffer(valueBytesLimit);
    }

    /** The keys whose stored values decide what {@code writes} stores. */
    static List<byte[]> dependsOn(WriteBuffer writes) {
        List<byte[]> needed = new ArrayList<>();
        for (Map.Entry<byte[], WriteBuffer.Edit> each : writes.edits()) {
            if (each.getValue() instanceof WriteBuffer.Edit.Operations) {
                needed.add(each.getKey());
            }
        }
        return needed;
    }

    /**
     * Adds a transaction's writes.
     *
     * @param stored the values of the keys it {@linkplain #dependsOn depends on}, as they were before the first of the batch
     */
    void add(WriteBuffer writes, Versionstamp stamp, Map<byte[], byte[]> stored) {
        for (Map.Entry<byte[], byte[]> range : writes.clearedRanges()) {
            merged.clearRange(range.getKey(), range.getValue());
        }
        for (Map.Entry<byte[], WriteBuffer.Edit> each : writes.edits()) {
            byte[] key = each.getKey();
            byte[] before = merged.decides(key) ? merged.over(key, null) : stored.get(key);
            merged.put(key, writes.committed(key, each.getValue(), before, stamp));
        }
        for (WriteBuffer.StampedKey each : writes.stampedKeys()) {
            byte[] key = each.key().clone();
            stamp.write(key, each.stampOffset());
            merged.put(key, each.value());
        }
    }

    /** The operations, in no order. */
    List<RequestOp> operations() {
        List<RequestOp> operations = new ArrayList<>();
        TreeMap<byte[], byte[]> put = new TreeMap<>(Bytes::compare);
        for (Map.Entry<byte[], WriteBuffer.Edit> each : merged.edits()) {
            byte[] key = each.getKey();
            byte[] value = ((WriteBuffer.Edit.Put) each.getValue()).value();
            if (value != null) {
                put.put(key, value);
                operations.add(put(keys.data(key), UnsafeByteOperations.unsafeWrap(value)));
                operations.add(put(keys.index(key), ByteString.EMPTY));
            } else if (!merged.isCleared(key)) {
                operations.add(delete(keys.data(key), ByteString.EMPTY));
                operations.add(delete(keys.index(key), ByteString.EMPTY));
            }
        }
        for (Map.Entry<byte[], byte[]> range : merged.clearedRanges()) {
            byte[] from = range.getKey();
            for (byte[] key :
                    put.subMap(range.getKey(), true, range.getValue(), false).keySet()) {
                deleteRange(from, key, operations);
                from = Bytes.after(key);
            }
            deleteRange(from, range.getValue(), operations);
        }
        return operations;
    }

    private void deleteRange(byte[] begin, byte[] end, List<RequestOp> operations) {
        if (Bytes.compare(begin, end) < 0) {
            operations.add(delete(keys.dataFrom(end), keys.dataTo(begin)));
            operations.add(delete(keys.index(begin), keys.index(end)));
        }
    }

    static RequestOp put(ByteString key, ByteString value) {
        return RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(key).setValue(value))
                .build();
    }

    /** Deletes a key, or if there is an end the range up to it. */
    static RequestOp delete(ByteString key, ByteString end) {
        return RequestOp.newBuilder()
                .setRequestDeleteRange(
                        DeleteRangeRequest.newBuilder().setKey(key).setRangeEnd(end))
                .build();
    }

    /** The operations as a few, each of them a transaction of others if they are many. */
    static List<RequestOp> nested(List<RequestOp> operations) {
        List<RequestOp> level = operations;
        while (level.size() > OPERATIONS_TOGETHER) {
            List<RequestOp> above = new ArrayList<>(level.size() / OPERATIONS_TOGETHER + 1);
            for (int from = 0; from < level.size(); from += OPERATIONS_TOGETHER) {
                int to = Math.min(from + OPERATIONS_TOGETHER, level.size());
                above.add(RequestOp.newBuilder()
                        .setRequestTxn(TxnRequest.newBuilder().addAllSuccess(level.subList(from, to)))
                        .build());
            }
            level = above;
        }
        return level;
    }
}
