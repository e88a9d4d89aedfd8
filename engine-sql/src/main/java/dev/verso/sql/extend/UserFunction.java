package dev.verso.sql.extend;

import dev.verso.vm.value.Value;

/** A scalar SQL function. What it throws ends the statement; the text of a {@link dev.verso.error.DatabaseException} is the statement's error. */
@FunctionalInterface
public interface UserFunction {
    /** @param result NULL on entry */
    void call(Arguments arguments, Value result);
}
