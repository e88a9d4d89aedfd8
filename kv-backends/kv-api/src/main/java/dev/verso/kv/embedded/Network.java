package dev.verso.kv.embedded;

/** What stands between a transaction and the store: nothing, or a simulated network. Thread-safe. */
public interface Network {
    /** No delay, no surprise. */
    Network NONE = new Network() {
        @Override
        public long nextDelayMicros() {
            return 0;
        }

        @Override
        public CommitFate nextFate() {
            return CommitFate.NORMAL;
        }
    };

    /** How long the next answer takes. */
    long nextDelayMicros();

    /** What becomes of the next commit. */
    CommitFate nextFate();
}
