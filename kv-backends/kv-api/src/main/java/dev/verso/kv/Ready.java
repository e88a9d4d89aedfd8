package dev.verso.kv;

/** A {@link Pending} without a wait. */
record Ready<T>(T value, KvException failure) implements Pending<T> {
    @Override
    public T await() {
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    @Override
    public boolean isDone() {
        return true;
    }
}
