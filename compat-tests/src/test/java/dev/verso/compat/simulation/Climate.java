package dev.verso.compat.simulation;

import java.util.SplittableRandom;

/**
 * What a run is like, drawn from its seed.
 *
 * @param processes that run at a time
 * @param clients of each process
 * @param transactions of each client
 * @param crashes of processes
 * @param outages of the store
 * @param tasks of each process's administrator
 * @param thinkMicros between two statements, mostly
 * @param isCrowded whether most clients work on one database
 * @param pageSizeBytes of the databases
 * @param transactionBytes that the store takes at once
 * @param keptVersions by the retention; 0 for all
 * @param sharedVersions whether commits that reach the store at once get one version
 * @param isContested whether databases are locked often, for a short time, and taken over
 * @param looksBack whether few versions are kept while much time passes, and the past is often asked for
 */
record Climate(
        NetworkWeather weather,
        int processes,
        int clients,
        int transactions,
        int crashes,
        int outages,
        int tasks,
        long thinkMicros,
        boolean isCrowded,
        int pageSizeBytes,
        long transactionBytes,
        int keptVersions,
        boolean sharedVersions,
        boolean isContested,
        boolean looksBack) {
    static Climate random(SplittableRandom random) {
        // Now and then many do much at once in one process.
        boolean isCrowded = random.nextInt(4) == 0;
        int processes = isCrowded ? 1 + random.nextInt(2) : 1 + random.nextInt(3);
        int clients = isCrowded ? 6 + random.nextInt(3) : 1 + random.nextInt(4);
        int kind = random.nextInt(8);
        boolean isContested = kind == 0;
        boolean looksBack = kind == 1;
        boolean isBusy = isContested || looksBack;
        return new Climate(
                NetworkWeather.random(random),
                processes,
                clients,
                3 + random.nextInt(48 / (processes * clients)),
                random.nextInt(4),
                random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0,
                isBusy ? 4 + random.nextInt(6) : random.nextInt(3) == 0 ? 0 : random.nextInt(8),
                looksBack ? 2_000_000 : isCrowded ? 200 : 1L << (8 + random.nextInt(12)),
                isCrowded,
                512 << random.nextInt(3),
                random.nextInt(3) == 0 ? 100_000 : 10_000_000,
                looksBack ? 1 + random.nextInt(3) : random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(20),
                random.nextInt(3) == 0,
                isContested,
                looksBack);
    }
}
