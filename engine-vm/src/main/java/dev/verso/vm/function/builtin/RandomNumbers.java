package dev.verso.vm.function.builtin;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** The source of {@code random()} and {@code randomblob()}: the one place of this package where chance comes in. */
final class RandomNumbers {
    private static final ThreadLocal<SplittableRandom> SOURCE = new ThreadLocal<>();

    private RandomNumbers() {}

    static long nextLong() {
        return source().nextLong();
    }

    static void fill(byte[] bytes) {
        source().nextBytes(bytes);
    }

    private static SplittableRandom source() {
        SplittableRandom random = SOURCE.get();
        if (random == null) {
            random = new SplittableRandom(new SecureRandom().nextLong());
            SOURCE.set(random);
        }
        return random;
    }
}
