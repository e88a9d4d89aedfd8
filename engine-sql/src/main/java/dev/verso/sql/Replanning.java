package dev.verso.sql;

import dev.verso.sql.code.PlanParameters;
import dev.verso.vm.Machine;

/**
 * Says when a statement is worth compiling anew because its parameters have other values than the planner saw. Where that has given the same
 * program again and again, it is tried ever less often: most statements have one plan for all values.
 */
final class Replanning {
    private static final int MOST_SKIPPED = 64;

    private int skips;
    private int remaining;

    /** True if a run with the machine's parameters should have a new program. */
    boolean isDue(CompiledStatement compiled, Machine machine) {
        PlanParameters planned = compiled.planned();
        if (planned.isWrongFor(machine)) {
            return true;
        }
        if (!planned.wasWeighedForOthers(machine)) {
            return false;
        }
        if (remaining > 0 && compiled.explainMode() == 0) {
            remaining--;
            return false;
        }
        return true;
    }

    /** Notes what came of it. */
    void done(boolean isSameProgram) {
        skips = isSameProgram ? Math.min(Math.max(1, 2 * skips), MOST_SKIPPED) : 0;
        remaining = skips;
    }
}
