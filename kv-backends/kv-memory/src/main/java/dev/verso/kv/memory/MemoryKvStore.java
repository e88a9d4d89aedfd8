package dev.verso.kv.memory;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.embedded.Durability;
import dev.verso.kv.embedded.EmbeddedEngine;

/**
 * FoundationDB's semantics in memory: conflict ranges, versionstamps, the read-version window on a clock that is passed in, size
 * limits, and by choice a seeded latency and commits whose result is unknown. Used by one thread with a simulated clock, one seed
 * gives one run.
 */
public final class MemoryKvStore implements KvStore {
    private final String name;
    private final KvLimits limits;
    private final KvClock clock;
    private final boolean isDelayed;
    private final boolean sharesVersions;
    private final EmbeddedEngine engine;

    private MemoryKvStore(Builder builder) {
        name = builder.name;
        limits = builder.limits;
        clock = builder.clock;
        sharesVersions = builder.sharesVersions;
        isDelayed = builder.mostDelayMicros > 0;
        engine = new EmbeddedEngine(new EmbeddedEngine.Parts(
                name,
                new SkipListBytes(),
                0,
                limits,
                clock,
                new SeededNetwork(builder),
                Durability.NONE,
                true,
                builder.sharesVersions));
    }

    /** A store with FoundationDB's limits on the machine's clock, without latency. */
    public static MemoryKvStore create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KvLimits limits() {
        return limits;
    }

    @Override
    public boolean supports(KvFeature feature) {
        return switch (feature) {
            case WATCHES, WINDOW, ATOMIC_OPS, EXPLICIT_READ_VERSION -> true;
            case SHARED_VERSIONS -> sharesVersions;
            case INSTANT_READ_VERSION -> !isDelayed;
            case TEST_CLOCK -> clock != KvClock.system();
        };
    }

    @Override
    public KvTransaction begin() {
        return engine.begin();
    }

    @Override
    public KvClock clock() {
        return clock;
    }

    @Override
    public void close() {
        engine.close();
    }

    /** How a store behaves. */
    public static final class Builder {
        private String name = "mem:";
        private KvLimits limits = KvLimits.FOUNDATIONDB;
        private KvClock clock = KvClock.system();
        long seed;
        long leastDelayMicros;
        long mostDelayMicros;
        double unknownRate;
        private boolean sharesVersions;

        private Builder() {}

        public Builder name(String storeName) {
            name = storeName;
            return this;
        }

        public Builder limits(KvLimits storeLimits) {
            limits = storeLimits;
            return this;
        }

        public Builder clock(KvClock storeClock) {
            clock = storeClock;
            return this;
        }

        /** Of the delays and the unknown results. */
        public Builder seed(long randomSeed) {
            seed = randomSeed;
            return this;
        }

        /** Each answer takes a time between these. */
        public Builder delayMicros(long least, long most) {
            leastDelayMicros = least;
            mostDelayMicros = most;
            return this;
        }

        /** This part of the commits (0 to 1) ends with an unknown result: applied, lost, or applied a little later. */
        public Builder unknownResults(double rate) {
            unknownRate = rate;
            return this;
        }

        /** Commits of several threads that come at once get one version, told apart by the order in their stamps. */
        public Builder sharedVersions(boolean shared) {
            sharesVersions = shared;
            return this;
        }

        public MemoryKvStore build() {
            return new MemoryKvStore(this);
        }
    }
}
