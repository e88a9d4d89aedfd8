package dev.verso.kv;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The one place of the key-value layers that asks the machine for the time. */
final class SystemKvClock implements KvClock {
    static final SystemKvClock INSTANCE = new SystemKvClock();

    private SystemKvClock() {}

    @Override
    public long micros() {
        Instant now = Instant.now();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
    }

    @Override
    public void sleepMicros(long micros) {
        try {
            TimeUnit.MICROSECONDS.sleep(micros);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KvException(KvFailure.INTERRUPTED, "interrupted while waiting for the store", e);
        }
    }
}
