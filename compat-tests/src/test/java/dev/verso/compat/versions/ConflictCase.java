package dev.verso.compat.versions;

import java.util.List;

/**
 * A row of the conflict matrix: two transactions on one snapshot, the first commits before the second.
 *
 * @param commits when the second one commits
 */
record ConflictCase(String name, List<String> setup, List<String> first, List<String> second, Second commits) {
    /** When the second transaction commits. */
    enum Second {
        ALWAYS,
        /** Under snapshot isolation only. */
        SNAPSHOT,
        /** Within one JVM only: machines do not know of each other's new rowids. */
        ONE_JVM,
        NEVER
    }

    /** @param first statements parted by semicolons, or one CREATE TRIGGER */
    static ConflictCase of(String name, List<String> setup, String first, String second, Second commits) {
        return new ConflictCase(name, setup, statements(first), statements(second), commits);
    }

    private static List<String> statements(String text) {
        return text.endsWith("END") ? List.of(text) : List.of(text.split(";"));
    }

    @Override
    public String toString() {
        return name;
    }
}
