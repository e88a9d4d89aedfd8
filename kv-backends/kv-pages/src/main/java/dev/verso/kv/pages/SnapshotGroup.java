package dev.verso.kv.pages;

/**
 * The sessions of one connection that read one store: while one of them has a snapshot open, those that the others open show the same
 * moment. Used by the connection's thread.
 */
final class SnapshotGroup {
    private long moment;
    private int open;

    /** The version that snapshots opened now must not pass, or {@link Long#MAX_VALUE}. */
    long moment() {
        return open == 0 ? Long.MAX_VALUE : moment;
    }

    /** A snapshot was opened which shows all that the store had at this version. */
    void enter(long version) {
        if (open++ == 0) {
            moment = version;
        }
    }

    /** A member has committed and reads on at this version. */
    void moveTo(long version) {
        moment = Math.max(moment, version);
    }

    void leave() {
        open--;
    }
}
