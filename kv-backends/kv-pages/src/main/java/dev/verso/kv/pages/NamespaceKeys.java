package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keys of the store. Integers are big-endian, a stamp is a {@link Versionstamp} of 10 bytes, all keys begin with {@code V1}.
 *
 * <pre>
 *   V1 d NAME                     id (10)                                  directory
 *   V1 m ID                       {@link NamespaceRecord}                          what a namespace is; every commit reads it for conflicts
 *   V1 z ID                       -                                        a deleted namespace whose keys are not all gone yet
 *   V1 g ID                       {@link ScheduleEntry}                            when garbage is collected by itself, and who does it
 *   V1 n ID h                     stamp, time (8)                          head: the newest commit and when it was made
 *   V1 n ID s STAMP               page count (4), page size (4)            size of the database from that commit on
 *   V1 n ID p PAGE(4) STAMP       {@link PageEntry}                                a page as of that commit, or staged at that time
 *   V1 n ID q PAGE(4) STAMP       {@link PageDelta}                                what that commit changed of the page
 *   V1 n ID l STAMP               {@link LogEntry}                                 what the commit changed
 *   V1 n ID t TIME(8) STAMP       -                                        the commit made at that time, microseconds since the epoch
 *   V1 n ID c ITEM                -                                        never written: items of page 1 for conflict ranges
 *   V1 n ID c p PAGE(4)           -                                        never written: a page for conflict ranges; FoundationDB makes each
 *                                                                          versionstamped key a write conflict, those of staged pages too
 *   V1 n ID x STAGED(12)          stamp                                    the commit that published a staged transaction
 *   V1 n ID g STAGED(12) CHUNK(4) time (8), {@link PageList}                       pages uploaded for a staged transaction
 *   V1 n ID k SESSION(8) USE(1)   {@link Fence}                                    outcome of a session's latest transaction
 *   V1 n ID r SERIES(4)           number (8)                             the first rowid of a tree that no JVM has leased
 *   V1 n ID u                     stamp                                    when a lock ended last
 *   V1 n ID e TOKEN(8)            {@link LockEnd}                                  how a lock ended
 *   V1 n ID b VERSION(8) KIND(1) TOKEN(8)  {@link Holds}                           why a version is kept: pins, forks, leases of readers
 * </pre>
 *
 * The id of a namespace is the stamp of the transaction that created it; a fork's is {@code f0}, a token, and a zero byte.
 */
final class NamespaceKeys {
    static final int ID_BYTES = Versionstamp.BYTES;
    static final int STAGED_ID_BYTES = 12;
    private static final byte[] ROOT = {'V', '1'};
    private static final byte[] DIRECTORY = {'V', '1', 'd'};

    private final byte[] id;
    private final byte[] prefix;

    NamespaceKeys(byte[] id) {
        this.id = id;
        prefix = join(ROOT, new byte[] {'n'}, id);
    }

    /** The id in hexadecimal digits. */
    String idText() {
        return HexFormat.of().formatHex(id);
    }

    // ---- of the whole store

    static byte[] directory() {
        return DIRECTORY;
    }

    static byte[] directory(String name) {
        return join(DIRECTORY, name.getBytes(StandardCharsets.UTF_8));
    }

    /** The name in a key of the directory. */
    static String nameIn(byte[] directoryKey) {
        return new String(
                directoryKey, DIRECTORY.length, directoryKey.length - DIRECTORY.length, StandardCharsets.UTF_8);
    }

    /** The key of a record whose id is the stamp to come. */
    static byte[] recordPattern() {
        return record(new byte[ID_BYTES]);
    }

    static int recordStampOffset() {
        return ROOT.length + 1;
    }

    /** The id of a fork: unlike that of any other namespace. */
    static byte[] forkId(long token) {
        byte[] id = new byte[ID_BYTES];
        id[0] = (byte) 0xf0;
        BigEndian.put64(id, 1, token);
        return id;
    }

    static byte[] trash() {
        return join(ROOT, new byte[] {'z'});
    }

    static byte[] trash(byte[] id) {
        return join(ROOT, new byte[] {'z'}, id);
    }

    /** All schedules of collections. */
    static byte[] schedules() {
        return join(ROOT, new byte[] {'g'});
    }

    /** The namespace in the key of a schedule. */
    static byte[] scheduledId(byte[] scheduleKey) {
        return Arrays.copyOfRange(scheduleKey, ROOT.length + 1, scheduleKey.length);
    }

    static byte[] record(byte[] id) {
        return join(ROOT, new byte[] {'m'}, id);
    }

    // ---- of the namespace

    byte[] id() {
        return id;
    }

    /** Everything but the directory and the record. */
    byte[] all() {
        return prefix;
    }

    byte[] record() {
        return record(id);
    }

    byte[] schedule() {
        return join(schedules(), id);
    }

    byte[] head() {
        return of('h');
    }

    byte[] unlocked() {
        return of('u');
    }

    byte[] sizes() {
        return of('s');
    }

    byte[] pages() {
        return of('p');
    }

    byte[] page(int pageNumber) {
        byte[] key = of('p', 4);
        BigEndian.put32(key, prefix.length + 1, pageNumber);
        return key;
    }

    /** What the page's deltas begin with. */
    byte[] deltas(int pageNumber) {
        byte[] key = of('q', 4);
        BigEndian.put32(key, prefix.length + 1, pageNumber);
        return key;
    }

    /** A page's delta whose stamp is to come; the stamp stands where it does in {@link #pagePattern}. */
    byte[] deltaPattern(int pageNumber) {
        byte[] key = of('q', 4 + Versionstamp.BYTES);
        BigEndian.put32(key, prefix.length + 1, pageNumber);
        return key;
    }

    /** A page's entry whose stamp is to come. */
    byte[] pagePattern(int pageNumber) {
        byte[] key = of('p', 4 + Versionstamp.BYTES);
        BigEndian.put32(key, prefix.length + 1, pageNumber);
        return key;
    }

    int pageStampOffset() {
        return prefix.length + 5;
    }

    byte[] log() {
        return of('l');
    }

    byte[] times() {
        return of('t');
    }

    /** The first key after all commits made at that time. */
    byte[] timesAfter(long micros) {
        byte[] key = of('t', 8);
        BigEndian.put64(key, prefix.length + 1, micros + 1);
        return key;
    }

    byte[] timePattern(long micros) {
        byte[] key = of('t', 8 + Versionstamp.BYTES);
        BigEndian.put64(key, prefix.length + 1, micros);
        return key;
    }

    int timeStampOffset() {
        return prefix.length + 9;
    }

    /** Where the stamp stands in keys of sizes and log. */
    int stampOffset() {
        return prefix.length + 1;
    }

    byte[] sizePattern() {
        return of('s', Versionstamp.BYTES);
    }

    byte[] logPattern() {
        return of('l', Versionstamp.BYTES);
    }

    /** Page 1 but for its allocation fields: schema, schema cookie, settings. */
    byte[] schemaItem() {
        return join(prefix, new byte[] {'c', 's'});
    }

    /** Page count and freelist. */
    byte[] allocationItem() {
        return join(prefix, new byte[] {'c', 'a'});
    }

    /** A page as what transactions read and write. */
    byte[] pageItem(int pageNumber) {
        byte[] key = of('c', 5);
        key[prefix.length + 1] = 'p';
        BigEndian.put32(key, prefix.length + 2, pageNumber);
        return key;
    }

    byte[] published(byte[] stagedId) {
        return join(prefix, new byte[] {'x'}, stagedId);
    }

    byte[] manifest(byte[] stagedId) {
        return join(prefix, new byte[] {'g'}, stagedId);
    }

    byte[] manifest(byte[] stagedId, int chunk) {
        byte[] number = new byte[4];
        BigEndian.put32(number, 0, chunk);
        return join(prefix, new byte[] {'g'}, stagedId, number);
    }

    /** All manifests of staged transactions. */
    byte[] manifests() {
        return of('g');
    }

    /** All outcomes of sessions' transactions. */
    byte[] fences() {
        return of('k');
    }

    /** How a lock ended. */
    byte[] lockEnd(long token) {
        byte[] key = of('e', 8);
        BigEndian.put64(key, prefix.length + 1, token);
        return key;
    }

    /** How all locks ended. */
    byte[] lockEnds() {
        return of('e');
    }

    byte[] holds() {
        return of('b');
    }

    /** What the reasons to keep this version begin with. */
    byte[] holds(long version) {
        byte[] key = of('b', 8);
        BigEndian.put64(key, prefix.length + 1, version);
        return key;
    }

    byte[] hold(long version, char kind, long token) {
        byte[] key = of('b', 17);
        BigEndian.put64(key, prefix.length + 1, version);
        key[prefix.length + 9] = (byte) kind;
        BigEndian.put64(key, prefix.length + 10, token);
        return key;
    }

    /** What all outcomes of a session's transactions begin with. */
    byte[] fences(long session) {
        byte[] key = of('k', 8);
        BigEndian.put64(key, prefix.length + 1, session);
        return key;
    }

    byte[] fence(long session, char use) {
        byte[] key = of('k', 9);
        BigEndian.put64(key, prefix.length + 1, session);
        key[key.length - 1] = (byte) use;
        return key;
    }

    /** The first rowid of a tree that no JVM has leased. */
    byte[] lease(int series) {
        byte[] key = of('r', 4);
        BigEndian.put32(key, prefix.length + 1, series);
        return key;
    }

    private byte[] of(char kind) {
        return of(kind, 0);
    }

    private byte[] of(char kind, int more) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + 1 + more);
        key[prefix.length] = (byte) kind;
        return key;
    }

    // ---- bytes

    /** {@code prefix} followed by a stamp. */
    static byte[] stamped(byte[] prefix, Versionstamp stamp) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + Versionstamp.BYTES);
        stamp.write(key, prefix.length);
        return key;
    }

    /** The stamp at the end of a key. */
    static Versionstamp stampAtEnd(byte[] key) {
        return Versionstamp.read(key, key.length - Versionstamp.BYTES);
    }

    static byte[] end(byte[] prefix) {
        return Bytes.prefixEnd(prefix);
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
