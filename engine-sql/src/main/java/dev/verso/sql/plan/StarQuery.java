package dev.verso.sql.plan;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.Source;
import java.util.List;

/**
 * Joins of one large table with many small ones. The solver only keeps a few partial nests, and those that begin with the large table look too
 * costly to be kept, although all nests are about as costly in the end. So scans of the small tables are made to cost more than any way to run
 * the loop over the large one.
 */
final class StarQuery {
    private static final int LEAST_SOURCES = 5;
    private static final int LEAST_DIMENSIONS = 3;

    private final PlanInput input;
    private final List<LoopCandidate> candidates;

    StarQuery(PlanInput input, List<LoopCandidate> candidates) {
        this.input = input;
        this.candidates = candidates;
    }

    /** Changes the costs. @return true if it is such a join */
    boolean adjust() {
        int count = input.sources.size();
        if (count < LEAST_SOURCES) {
            return false;
        }
        boolean found = false;
        long selfJoined = 0;
        int start = 0;
        for (int fact = 0; fact < count; fact++) {
            if (isApart(fact)) {
                if (fact + LEAST_DIMENSIONS > count) {
                    break;
                }
                while (start < candidates.size() && candidates.get(start).source <= fact) {
                    start++;
                }
            }
            long dimensions = 0;
            Source table = input.sources.get(fact);
            for (int i = start; i < candidates.size() && !isApart(candidates.get(i).source); i++) {
                LoopCandidate loop = candidates.get(i);
                if ((loop.prerequisites & 1L << fact) == 0 || (loop.self & (dimensions | selfJoined)) != 0) {
                    continue;
                }
                if (table.table() != null && input.sources.get(loop.source).table() == table.table()) {
                    selfJoined |= 1L << fact;
                } else {
                    dimensions |= loop.self;
                }
            }
            if (Long.bitCount(dimensions) >= LEAST_DIMENSIONS) {
                found = true;
                raise(start, fact, dimensions);
            }
        }
        return found;
    }

    /** True if an outer or CROSS join stands between the source and those before it. */
    private boolean isApart(int source) {
        Source from = input.sources.get(source);
        return input.isOuter(from) || from.join() == JoinKind.CROSS;
    }

    private void raise(int start, int fact, long dimensions) {
        int most = Short.MIN_VALUE;
        for (LoopCandidate loop : candidates.subList(start, candidates.size())) {
            if (loop.source == fact) {
                most = Math.max(most, loop.runCost);
            }
        }
        for (LoopCandidate loop : candidates.subList(start, candidates.size())) {
            if ((loop.self & dimensions) != 0 && loop.terms.isEmpty()) {
                loop.runCost = Math.max(loop.runCost, most + 1);
            }
        }
    }
}
