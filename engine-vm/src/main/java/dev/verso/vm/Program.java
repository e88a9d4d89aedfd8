package dev.verso.vm;

import java.util.List;

/** A finished program: immutable, shared by runs of its statement. */
public final class Program {
    private final List<Operation> operations;
    private final int registerCount;
    private final int cursorCount;
    private final int parameterCount;
    private final boolean needsStatementSavepoint;

    Program(
            List<Operation> operations,
            int registerCount,
            int cursorCount,
            int parameterCount,
            boolean needsStatementSavepoint) {
        this.operations = List.copyOf(operations);
        this.registerCount = registerCount;
        this.cursorCount = cursorCount;
        this.parameterCount = parameterCount;
        this.needsStatementSavepoint = needsStatementSavepoint;
    }

    int registerCount() {
        return registerCount;
    }

    int cursorCount() {
        return cursorCount;
    }

    boolean needsStatementSavepoint() {
        return needsStatementSavepoint;
    }

    /** Number of parameters that {@link Machine#parameter} accepts. */
    public int parameterCount() {
        return parameterCount;
    }

    /** Number of instructions, for EXPLAIN. */
    public int size() {
        return operations.size();
    }
}
