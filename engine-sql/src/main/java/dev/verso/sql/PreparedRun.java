package dev.verso.sql;

import dev.verso.vm.Machine;

/** A compiled statement with a machine of its own: what the cache keeps and one {@link PreparedStatement} at a time uses. */
record PreparedRun(CompiledStatement compiled, Machine machine, Replanning replanning) {
    PreparedRun(CompiledStatement compiled, Machine machine) {
        this(compiled, machine, new Replanning());
    }
}
