package dev.verso.kv.pages;

import java.security.SecureRandom;
import java.util.function.LongSupplier;

/** Numbers that nobody else in the world has: the one place of this layer that asks for randomness. */
final class Tokens {
    private static final ThreadLocal<SecureRandom> RANDOM = ThreadLocal.withInitial(SecureRandom::new);

    private Tokens() {}

    static LongSupplier random() {
        return () -> RANDOM.get().nextLong();
    }
}
