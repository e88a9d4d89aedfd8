package dev.verso.sql.resolve;

/** Thrown where a statement turns out to be so deep that it is to be compiled again, from the start, with a large stack. */
public final class DeepStatement extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Levels that any thread's stack carries through all phases. */
    public static final int LEVELS = 64;

    public DeepStatement() {
        super("the statement needs a larger stack", null, false, false);
    }
}
