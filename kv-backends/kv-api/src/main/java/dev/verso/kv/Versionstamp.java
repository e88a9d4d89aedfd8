package dev.verso.kv;

/**
 * Where a commit stands in the order of all commits: the store's version, and the order among commits that share it. As bytes: the
 * version in 8, the order in 2, both big-endian, so that bytes order as stamps do.
 */
public record Versionstamp(long version, int order) implements Comparable<Versionstamp> {
    /** Length of the byte form. */
    public static final int BYTES = 10;

    /** The stamp of a transaction that wrote nothing. */
    public static final Versionstamp NONE = new Versionstamp(-1, 0);

    /** Reads the byte form. */
    public static Versionstamp read(byte[] bytes, int offset) {
        long version = 0;
        for (int i = 0; i < 8; i++) {
            version = version << 8 | bytes[offset + i] & 0xff;
        }
        return new Versionstamp(version, (bytes[offset + 8] & 0xff) << 8 | bytes[offset + 9] & 0xff);
    }

    /** Writes the byte form. */
    public void write(byte[] bytes, int offset) {
        for (int i = 0; i < 8; i++) {
            bytes[offset + i] = (byte) (version >>> (56 - 8 * i));
        }
        bytes[offset + 8] = (byte) (order >>> 8);
        bytes[offset + 9] = (byte) order;
    }

    /** The byte form. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    @Override
    public int compareTo(Versionstamp other) {
        int byVersion = Long.compareUnsigned(version, other.version);
        return byVersion != 0 ? byVersion : Integer.compare(order, other.order);
    }
}
