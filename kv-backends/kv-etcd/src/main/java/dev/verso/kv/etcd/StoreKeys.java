package dev.verso.kv.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys in etcd. All begin with the store's prefix.
 *
 * <pre>
 *   PREFIX /s              version (8)            the sequence: the newest version
 *   PREFIX /c VERSION(8)   {@link CommitRecord}           what the commits of a version wrote; its mod revision is the version's
 *   PREFIX /d TURNED       value                  a pair of the store
 *   PREFIX /i KEY          -                      the same key in its own order
 * </pre>
 *
 * etcd finds the first pairs of a range fast, but sorts the whole range to find the last ones. What versioned pages ask for is the
 * last: the newest entry of a page. So keys are kept in descending order: each byte is complemented, a zero byte becomes {@code ff 00},
 * and {@code ff ff} ends the key. The second entry serves ascending reads with a limit.
 */
final class StoreKeys {
    private static final int END = 0xff;

    private final byte[] data;
    private final byte[] index;
    private final byte[] records;
    private final ByteString sequence;

    StoreKeys(String prefix) {
        data = (prefix + "/d").getBytes(StandardCharsets.US_ASCII);
        index = (prefix + "/i").getBytes(StandardCharsets.US_ASCII);
        records = (prefix + "/c").getBytes(StandardCharsets.US_ASCII);
        sequence = ByteString.copyFromUtf8(prefix + "/s");
    }

    /** Bytes before a key. */
    int prefixBytes() {
        return data.length;
    }

    ByteString sequence() {
        return sequence;
    }

    ByteString record(long version) {
        byte[] key = Arrays.copyOf(records, records.length + Long.BYTES);
        putLong(key, records.length, version);
        return UnsafeByteOperations.unsafeWrap(key);
    }

    long versionOf(ByteString record) {
        return version(record, records.length);
    }

    /** First after all records. */
    ByteString recordsEnd() {
        byte[] end = records.clone();
        end[end.length - 1]++;
        return UnsafeByteOperations.unsafeWrap(end);
    }

    /** Where the value of a key is. */
    ByteString data(byte[] key) {
        return UnsafeByteOperations.unsafeWrap(turned(key, 0));
    }

    /** The first entry of the range that holds the keys before {@code end}. */
    ByteString dataFrom(byte[] end) {
        return UnsafeByteOperations.unsafeWrap(turned(end, 1));
    }

    /** First after the entries of the keys from {@code begin} on. */
    ByteString dataTo(byte[] begin) {
        return UnsafeByteOperations.unsafeWrap(turned(begin, 1));
    }

    private byte[] turned(byte[] key, int more) {
        int zeros = 0;
        for (byte b : key) {
            if (b == 0) {
                zeros++;
            }
        }
        byte[] turned = Arrays.copyOf(data, data.length + key.length + zeros + 2 + more);
        int at = data.length;
        for (byte b : key) {
            turned[at++] = (byte) ~b;
            if (b == 0) {
                at++;
            }
        }
        turned[at] = (byte) END;
        turned[at + 1] = (byte) END;
        return turned;
    }

    /** The key whose value is there. */
    byte[] keyOfData(ByteString turned) {
        byte[] key = new byte[turned.size() - data.length - 2];
        int length = 0;
        int last = turned.size() - 2;
        for (int at = data.length; at < last; at++) {
            byte b = turned.byteAt(at);
            key[length++] = (byte) ~b;
            if ((b & 0xff) == END) {
                at++;
            }
        }
        return length == key.length ? key : Arrays.copyOf(key, length);
    }

    ByteString index(byte[] key) {
        byte[] joined = Arrays.copyOf(index, index.length + key.length);
        System.arraycopy(key, 0, joined, index.length, key.length);
        return UnsafeByteOperations.unsafeWrap(joined);
    }

    byte[] keyOfIndex(ByteString entry) {
        return entry.substring(index.length).toByteArray();
    }

    // ---- versions as values

    static ByteString version(long version) {
        byte[] bytes = new byte[Long.BYTES];
        putLong(bytes, 0, version);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    static long version(ByteString bytes, int offset) {
        long version = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            version = version << 8 | bytes.byteAt(offset + i) & 0xff;
        }
        return version;
    }

    private static void putLong(byte[] bytes, int offset, long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }
}
