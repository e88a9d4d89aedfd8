package dev.verso.vm.function;

import dev.verso.vm.value.Value;

/** Body of a scalar function. Throws {@link dev.verso.error.DatabaseException} for SQL errors. */
@FunctionalInterface
public interface ScalarFunction {
    /** Computes {@code result} (NULL on entry, never one of the arguments) from {@code args[first .. first + count - 1]}. */
    void call(FunctionContext context, Value[] args, int first, int count, Value result);
}
