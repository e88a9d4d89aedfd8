package dev.verso.compat.simulation;

import java.util.SplittableRandom;

/**
 * What a run is like, drawn from its seed.
 *
 * @param processes that run at a time
 * @param clients of each process
 * @param transactions of each client
 * @param crashes of processes
 * @param tasks of each process's administrator
 * @param thinkMicros between two statements, mostly
 * @param pageSizeBytes of the databases
 * @param transactionBytes that the store takes at once
 * @param keptVersions by the retention; 0 for all
 */
record Climate(
        NetworkWeather weather,
        int processes,
        int clients,
        int transactions,
        int crashes,
        int tasks,
        long thinkMicros,
        int pageSizeBytes,
        long transactionBytes,
        int keptVersions) {
    static Climate random(SplittableRandom random) {
        int processes = 1 + random.nextInt(3);
        int clients = 1 + random.nextInt(4);
        return new Climate(
                NetworkWeather.random(random),
                processes,
                clients,
                4 + random.nextInt(60 / (processes * clients)),
                random.nextInt(4),
                random.nextInt(3) == 0 ? 0 : random.nextInt(8),
                1L << (8 + random.nextInt(12)),
                512 << random.nextInt(3),
                random.nextInt(3) == 0 ? 100_000 : 10_000_000,
                random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(20));
    }
}
