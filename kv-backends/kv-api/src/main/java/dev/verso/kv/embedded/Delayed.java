package dev.verso.kv.embedded;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvException;
import dev.verso.kv.Pending;

/** An answer that arrives at a certain time. */
final class Delayed<T> implements Pending<T> {
    private final KvClock clock;
    private final long atMicros;
    private final T value;
    private final KvException failure;

    Delayed(KvClock clock, long atMicros, T value, KvException failure) {
        this.clock = clock;
        this.atMicros = atMicros;
        this.value = value;
        this.failure = failure;
    }

    @Override
    public T await() {
        long micros = atMicros - clock.micros();
        if (micros > 0) {
            clock.sleepMicros(micros);
        }
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    @Override
    public boolean isDone() {
        return clock.micros() >= atMicros;
    }
}
