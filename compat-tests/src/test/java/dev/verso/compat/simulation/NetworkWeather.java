package dev.verso.compat.simulation;

import java.util.SplittableRandom;

/**
 * How bad the network is in a run, and so which faults meet.
 *
 * @param usualMicros most ways of a request or an answer take less than this
 * @param slowRate part of the ways that take up to {@code slowMicros} instead
 * @param unknownRate part of the commits that are answered as unknown: half of them are applied, at once or later
 * @param refusalRate part of the commits that the store refuses without need, as conflicts or as too old
 * @param staleRate part of the reads that are answered as too old
 * @param lostRate part of the commits under way that a crash of their sender takes along
 */
record NetworkWeather(
        long usualMicros,
        double slowRate,
        long slowMicros,
        double unknownRate,
        double refusalRate,
        double staleRate,
        double lostRate) {
    /** Nothing goes wrong, and all is quick. */
    static final NetworkWeather FAIR = new NetworkWeather(1_000, 0, 0, 0, 0, 0, 0.5);

    /** As the proof demands it: a fifth of the commits unknown. */
    static NetworkWeather random(SplittableRandom random) {
        return new NetworkWeather(
                200L << random.nextInt(6),
                random.nextInt(3) == 0 ? 0 : 0.02,
                1L << (14 + random.nextInt(10)),
                random.nextInt(5) == 0 ? 0 : 0.2,
                random.nextInt(2) == 0 ? 0 : 0.05,
                random.nextInt(2) == 0 ? 0 : 0.02,
                0.5);
    }

    long delayMicros(SplittableRandom random) {
        return 1
                + (slowRate > 0 && random.nextDouble() < slowRate
                        ? random.nextLong(slowMicros)
                        : random.nextLong(usualMicros));
    }
}
