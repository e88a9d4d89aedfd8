package dev.verso.sql.plan;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.schema.LogEst;
import java.util.ArrayList;
import java.util.List;

/** Chooses one candidate for each source and the order of the loops: the cheapest nest, keeping only the best few partial nests on the way. */
final class PathSolver {
    /** A nest of some loops, outermost first. */
    static final class Path {
        final LoopCandidate[] loops;
        long mask;
        long reversed;
        int rows;
        int cost;
        int unsortedCost;
        /** Terms of the order that it delivers; {@link OrderMatcher#UNDECIDED} while more loops may tell. */
        int ordered;

        Path(int loopCount) {
            loops = new LoopCandidate[loopCount];
        }
    }

    private static final int SORT_PENALTY = 3;
    private static final int NO_SORT_BONUS = 2;
    private static final int MAX_OUTER_ROWS = 48;

    private final PlanInput input;
    private final List<LoopCandidate> candidates;
    private final OrderMatcher matcher;
    private final int loopCount;
    /** How many partial nests are kept. */
    private final int width;

    private int outerRows;

    PathSolver(PlanInput input, List<LoopCandidate> candidates, OrderMatcher matcher, boolean isStar) {
        this.input = input;
        this.candidates = candidates;
        this.matcher = matcher;
        loopCount = input.sources.size();
        width = loopCount <= 1 ? 1 : loopCount == 2 ? 5 : isStar ? 18 : 12;
    }

    PathSolver outerRows(int rows) {
        outerRows = rows;
        return this;
    }

    /** @param rowEstimate rows to be sorted as an estimate; -1 to leave order aside */
    Path solve(int rowEstimate) {
        int orderTerms = rowEstimate < 0 ? 0 : input.order.size();
        List<Path> from = new ArrayList<>();
        Path empty = new Path(loopCount);
        empty.rows = Math.min(outerRows, MAX_OUTER_ROWS);
        empty.ordered = orderTerms > 0 && loopCount > 0 ? OrderMatcher.UNDECIDED : orderTerms;
        from.add(empty);
        for (int level = 0; level < loopCount; level++) {
            List<Path> to = new ArrayList<>(width);
            for (Path path : from) {
                for (LoopCandidate loop : candidates) {
                    if ((loop.prerequisites & ~path.mask) != 0
                            || (loop.self & path.mask) != 0
                            || loop.is(LoopCandidate.AUTO_INDEX) && path.rows < 3) {
                        continue;
                    }
                    consider(path, loop, level, to, width, orderTerms, rowEstimate);
                }
            }
            from = to;
        }
        if (from.isEmpty()) {
            throw new DatabaseException(ResultCode.ERROR, "no query solution");
        }
        Path best = from.get(0);
        for (Path path : from) {
            if (path.cost < best.cost) {
                best = path;
            }
        }
        return best;
    }

    private void consider(
            Path path, LoopCandidate loop, int level, List<Path> to, int width, int orderTerms, int rowEstimate) {
        int unsorted = loop.runCost + path.rows;
        if (loop.setupCost != 0) {
            unsorted = LogEst.add(loop.setupCost, unsorted);
        }
        unsorted = LogEst.add(unsorted, path.unsortedCost);
        int rows = path.rows + loop.rowsOut;
        long mask = path.mask | loop.self;
        int ordered = path.ordered;
        long reversed = path.reversed;
        if (ordered < 0) {
            ordered = matcher.match(path.loops, level, loop);
            reversed = matcher.reversed();
        }
        int cost;
        if (ordered >= 0 && ordered < orderTerms) {
            cost = LogEst.add(unsorted, sortingCost(rowEstimate, orderTerms, ordered)) + SORT_PENALTY;
        } else {
            cost = unsorted;
            unsorted -= NO_SORT_BONUS;
        }
        Path place = null;
        for (Path known : to) {
            if (known.mask == mask && known.ordered < 0 == ordered < 0) {
                place = known;
                break;
            }
        }
        if (place == null) {
            if (to.size() >= width) {
                Path worst = worst(to);
                if (cost > worst.cost || cost == worst.cost && unsorted >= worst.unsortedCost) {
                    return;
                }
                to.remove(worst);
            }
            place = new Path(loopCount);
            to.add(place);
        } else if (!isBetter(cost, rows, unsorted, loop, place, level)) {
            return;
        }
        System.arraycopy(path.loops, 0, place.loops, 0, level);
        place.loops[level] = loop;
        place.mask = mask;
        place.reversed = reversed;
        place.rows = rows;
        place.cost = cost;
        place.unsortedCost = unsorted;
        place.ordered = ordered;
    }

    private static boolean isBetter(int cost, int rows, int unsorted, LoopCandidate loop, Path known, int level) {
        if (cost != known.cost) {
            return cost < known.cost;
        }
        if (rows != known.rows) {
            return rows < known.rows;
        }
        if (unsorted != known.unsortedCost) {
            return unsorted < known.unsortedCost;
        }
        LoopCandidate other = known.loops[level];
        return loop.is(LoopCandidate.INDEXED)
                && other.is(LoopCandidate.INDEXED)
                && loop.shape.entryWidth < other.shape.entryWidth;
    }

    private static Path worst(List<Path> paths) {
        Path worst = paths.get(0);
        for (Path path : paths) {
            if (path.cost > worst.cost || path.cost == worst.cost && path.unsortedCost > worst.unsortedCost) {
                worst = path;
            }
        }
        return worst;
    }

    private int sortingCost(int rowEstimate, int orderTerms, int ordered) {
        int rows = rowEstimate;
        int cost = rows + LogEst.of((input.request.resultColumns() + 59) / 30L);
        if (ordered > 0) {
            cost += LogEst.of((orderTerms - ordered) * 100L / orderTerms) - 66;
        }
        if (input.request.limitRows() >= 0) {
            cost += ordered != 0 ? 16 : 10;
            rows = Math.min(rows, LogEst.of(input.request.limitRows()));
        } else if (input.request.wantsDistinct() && rows > 10) {
            rows -= 10;
        }
        return cost + LogEst.log(rows);
    }
}
