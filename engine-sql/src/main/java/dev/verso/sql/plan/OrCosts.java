package dev.verso.sql.plan;

import dev.verso.sql.schema.LogEst;
import java.util.ArrayList;
import java.util.List;

/** The few best costs of one part of an OR, for different prerequisites. */
final class OrCosts {
    record Cost(long prerequisites, int runCost, int rowsOut) {}

    private static final int LIMIT = 3;

    final List<Cost> costs = new ArrayList<>(LIMIT);

    void add(long prerequisites, int runCost, int rowsOut) {
        for (int i = 0; i < costs.size(); i++) {
            Cost known = costs.get(i);
            if (runCost <= known.runCost && (prerequisites & known.prerequisites) == prerequisites) {
                costs.set(i, new Cost(prerequisites, runCost, Math.min(rowsOut, known.rowsOut)));
                return;
            }
            if (known.runCost <= runCost && (known.prerequisites & prerequisites) == known.prerequisites) {
                return;
            }
        }
        if (costs.size() < LIMIT) {
            costs.add(new Cost(prerequisites, runCost, rowsOut));
            return;
        }
        int cheapest = 0;
        for (int i = 1; i < LIMIT; i++) {
            if (costs.get(cheapest).runCost > costs.get(i).runCost) {
                cheapest = i;
            }
        }
        Cost known = costs.get(cheapest);
        if (known.runCost > runCost) {
            costs.set(cheapest, new Cost(prerequisites, runCost, Math.min(rowsOut, known.rowsOut)));
        }
    }

    /** Costs of running both one after the other. */
    static OrCosts sum(OrCosts first, OrCosts second) {
        OrCosts sum = new OrCosts();
        for (Cost a : first.costs) {
            for (Cost b : second.costs) {
                sum.add(
                        a.prerequisites | b.prerequisites,
                        LogEst.add(a.runCost, b.runCost),
                        LogEst.add(a.rowsOut, b.rowsOut));
            }
        }
        return sum;
    }
}
