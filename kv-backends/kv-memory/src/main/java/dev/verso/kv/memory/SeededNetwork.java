package dev.verso.kv.memory;

import dev.verso.kv.embedded.CommitFate;
import dev.verso.kv.embedded.Network;
import java.util.SplittableRandom;

/** Delays and unknown results by a seed. */
final class SeededNetwork implements Network {
    private final SplittableRandom random;
    private final long leastDelayMicros;
    private final long mostDelayMicros;
    private final double unknownRate;

    SeededNetwork(MemoryKvStore.Builder builder) {
        random = new SplittableRandom(builder.seed);
        leastDelayMicros = builder.leastDelayMicros;
        mostDelayMicros = builder.mostDelayMicros;
        unknownRate = builder.unknownRate;
    }

    @Override
    public synchronized long nextDelayMicros() {
        return mostDelayMicros == 0 ? 0 : random.nextLong(leastDelayMicros, mostDelayMicros + 1);
    }

    @Override
    public synchronized CommitFate nextFate() {
        if (unknownRate == 0 || random.nextDouble() >= unknownRate) {
            return CommitFate.NORMAL;
        }
        return switch (random.nextInt(3)) {
            case 0 -> CommitFate.UNKNOWN_APPLIED;
            case 1 -> CommitFate.UNKNOWN_LOST;
            default -> CommitFate.UNKNOWN_LATE;
        };
    }
}
