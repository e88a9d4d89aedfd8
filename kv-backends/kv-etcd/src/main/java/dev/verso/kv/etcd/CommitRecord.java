package dev.verso.kv.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.embedded.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the commits of one version tell others. Value: client (8), its attempt (8), number of ranges (4), and for each the length (4)
 * and bytes of its begin and of its end; big-endian.
 *
 * @param client a number that no other store in the world has
 * @param attempt counts the client's attempts to commit; with the client, it tells a commit's author that it went through
 * @param written the write conflict ranges of all, normalized
 */
record CommitRecord(long client, long attempt, List<KeyRange> written) {
    private static final int HEADER_BYTES = 20;

    /** Bytes of a range beside its keys. */
    static final int RANGE_BYTES = 8;

    ByteString encode() {
        int length = HEADER_BYTES;
        for (KeyRange range : written) {
            length += RANGE_BYTES + range.begin().length + range.end().length;
        }
        ByteBuffer out =
                ByteBuffer.allocate(length).putLong(client).putLong(attempt).putInt(written.size());
        for (KeyRange range : written) {
            out.putInt(range.begin().length).put(range.begin());
            out.putInt(range.end().length).put(range.end());
        }
        return UnsafeByteOperations.unsafeWrap(out.array());
    }

    static CommitRecord decode(ByteString value, long version) {
        ByteBuffer in = value.asReadOnlyByteBuffer();
        if (in.remaining() < HEADER_BYTES) {
            throw damaged(version);
        }
        long client = in.getLong();
        long attempt = in.getLong();
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / RANGE_BYTES) {
            throw damaged(version);
        }
        List<KeyRange> written = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            written.add(new KeyRange(bytes(in, version), bytes(in, version)));
        }
        return new CommitRecord(client, attempt, written);
    }

    private static byte[] bytes(ByteBuffer in, long version) {
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw damaged(version);
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static KvException damaged(long version) {
        return new KvException(KvFailure.DAMAGED, "the record of version " + version + " is not one of Verso's");
    }
}
