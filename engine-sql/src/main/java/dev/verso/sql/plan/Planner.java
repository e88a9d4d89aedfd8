package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Source;
import dev.verso.sql.plan.WhereRequest.Purpose;
import java.util.ArrayList;
import java.util.List;

/** Decides on the loops: which candidate for each source, in which order, and what order and uniqueness of rows comes of it. */
final class Planner {
    private final PlanInput input;
    private final WhereRequest request;
    private final CandidateList candidates = new CandidateList();

    LoopCandidate[] loops;
    long reversed;
    /** Estimate of the rows that come out. */
    int rows;

    int orderedTerms;
    /** True if the innermost loop delivers the whole order each time that it runs, though all loops together do not. */
    boolean innermostOrdered;

    boolean distinct;
    boolean distinctOrdered;
    /** Leading columns of the innermost loop's index, of which one entry for each combination is enough; 0 if there are none. */
    int distinctColumns;
    /** For GROUP_BY_IN_ORDER: true if the groups come in the order that was asked for. */
    boolean groupsInOrder;

    Planner(PlanInput input) {
        this.input = input;
        this.request = input.request;
    }

    void plan() {
        if (request.purpose() == Purpose.DISTINCT && isUnique(expressions(request.order()))) {
            distinct = true;
            input.order = List.of();
        }
        if (!shortCut()) {
            search();
        }
        boolean single = true;
        for (LoopCandidate loop : loops) {
            single &= loop.isOneRow();
        }
        if (single) {
            orderedTerms = request.order().size();
            distinct = true;
            groupsInOrder = true;
        }
        if (request.purpose() == Purpose.DISTINCT) {
            distinctOrdered |= orderedTerms == request.order().size();
        } else if (!request.distinct().isEmpty()) {
            distinct |= isUnique(expressions(request.distinct()));
        }
    }

    private static List<BoundExpr> expressions(List<BoundOrder> order) {
        List<BoundExpr> exprs = new ArrayList<>();
        for (BoundOrder term : order) {
            exprs.add(term.expr());
        }
        return exprs;
    }

    /** The commonest statement needs no search: one table, all columns of a unique key given. */
    private boolean shortCut() {
        if (input.sources.size() != 1 || input.orPart) {
            return false;
        }
        Source source = input.sources.get(0);
        if (PlanInput.isGiven(source)
                || PlanInput.isVirtual(source)
                || source.indexedBy() != null
                || source.isNotIndexed()
                || input.isOuter(source)) {
            return false;
        }
        for (IndexShape shape : input.shapes(0)) {
            if (!shape.unique || shape.where != null || shape.keyColumns > 3) {
                continue;
            }
            LoopCandidate loop = new LoopCandidate();
            int operators = shape.uniqueNotNull ? Operators.EQUAL | Operators.IS : Operators.EQUAL;
            for (int key = 0; key < shape.keyColumns; key++) {
                Term term = constant(TermScan.find(input, input.where, 0, shape, key, operators));
                if (term == null) {
                    break;
                }
                loop.terms.add(term);
            }
            if (loop.terms.size() < shape.keyColumns) {
                continue;
            }
            loop.self = 1;
            loop.shape = shape;
            loop.equalColumns = shape.keyColumns;
            loop.flags = LoopCandidate.COLUMN_EQUAL | LoopCandidate.ONE_ROW;
            loop.flags |= shape.isRows() ? LoopCandidate.ROWID : LoopCandidate.INDEXED;
            if (!shape.isRows() && shape.covering) {
                loop.flags |= LoopCandidate.INDEX_ONLY;
            }
            loops = new LoopCandidate[] {loop};
            rows = 0;
            return true;
        }
        return false;
    }

    private static Term constant(List<TermScan.Found> found) {
        for (TermScan.Found term : found) {
            if (term.term().rightNeeded == 0) {
                return term.term();
            }
        }
        return null;
    }

    private void search() {
        CandidateFinder finder = new CandidateFinder(input, candidates);
        finder.findAll();
        if (finder.hasFalseGuesses()) {
            candidates.all.clear();
            finder.findAll();
        }
        OrderMatcher.Mode mode =
                switch (request.purpose()) {
                    case GROUP_BY, GROUP_BY_IN_ORDER -> OrderMatcher.Mode.GROUPED;
                    case DISTINCT -> OrderMatcher.Mode.DISTINCT;
                    case DISTINCT_IN_ORDER -> OrderMatcher.Mode.GROUPED_WITH_DIRECTIONS;
                    case UNORDERED, ORDER_BY, MIN_MAX, WRITE -> OrderMatcher.Mode.ORDER_BY;
                };
        OrderMatcher matcher = new OrderMatcher(input, input.order, mode);
        boolean isStar = new StarQuery(input, candidates.all).adjust();
        PathSolver solver = new PathSolver(input, candidates.all, matcher, isStar).outerRows(input.context.loopRows());
        PathSolver.Path path = solver.solve(-1);
        if (!input.order.isEmpty()) {
            keepConstrained(path);
            path = solver.solve(path.rows < 0 ? 1 : path.rows + 1);
            orderedTerms = Math.max(0, path.ordered);
            if (mode != OrderMatcher.Mode.GROUPED && mode != OrderMatcher.Mode.DISTINCT) {
                reversed = path.reversed;
            }
        }
        if (input.order.isEmpty() && input.context.scansBackwards()) {
            reversed = allButOrdered();
        }
        loops = path.loops;
        // DISTINCT is taken to leave an eighth of the rows, as in SQLite.
        rows = request.wantsDistinct() ? path.rows - 30 : path.rows;
        boolean forDistinct = request.purpose() == Purpose.DISTINCT || request.purpose() == Purpose.DISTINCT_IN_ORDER;
        if (!input.order.isEmpty() && orderedTerms == 0 && !forDistinct && loops.length > 0) {
            orderInnermost();
        }
        if (loops.length > 0 && !input.order.isEmpty() && request.wantsDistinct()) {
            matchDistinct();
        }
        boolean wantsOrder =
                request.purpose() == Purpose.GROUP_BY_IN_ORDER || request.purpose() == Purpose.DISTINCT_IN_ORDER;
        if (wantsOrder && orderedTerms == request.order().size()) {
            matchGroupsInOrder();
        }
    }

    /** Where the order is not to be had, the innermost loop may have it each time that it runs: with a LIMIT it can be left early. */
    private void orderInnermost() {
        LoopCandidate last = loops[loops.length - 1];
        if (last.is(LoopCandidate.ONE_ROW) || last.is(LoopCandidate.ROWID) && last.is(LoopCandidate.COLUMN_IN)) {
            return;
        }
        OrderMatcher matcher = new OrderMatcher(input, input.order, OrderMatcher.Mode.ORDER_BY);
        innermostOrdered = matcher.matchInnermost(loops);
        if (innermostOrdered) {
            reversed = matcher.reversed();
        }
    }

    private void matchDistinct() {
        List<BoundOrder> terms = request.purpose() == Purpose.DISTINCT ? request.order() : request.distinct();
        OrderMatcher matcher = new OrderMatcher(input, terms, OrderMatcher.Mode.DISTINCT);
        LoopCandidate last = loops[loops.length - 1];
        distinctOrdered = matcher.match(loops, loops.length - 1, last) == terms.size();
        distinctColumns = last.shape == null || last.is(LoopCandidate.VIRTUAL) ? 0 : matcher.prefix();
    }

    /** All but common tables that are materialized in an order of their own, by their places in FROM. */
    private long allButOrdered() {
        long mask = -1;
        for (int i = 0; i < input.sources.size(); i++) {
            Source source = input.sources.get(i);
            if (source.isQuery()
                    && source.isMaterialized()
                    && !source.select().orderBy().isEmpty()) {
                mask &= ~(1L << i);
            }
        }
        return mask;
    }

    private void matchGroupsInOrder() {
        OrderMatcher matcher = new OrderMatcher(input, input.order, OrderMatcher.Mode.ORDER_BY);
        groupsInOrder = matcher.match(loops, loops.length - 1, loops[loops.length - 1]) == input.order.size();
        if (groupsInOrder) {
            reversed = matcher.reversed();
        }
    }

    /** Where the best plan without order finds rows by a key, plans that scan instead to get the order are not worth looking at. */
    private void keepConstrained(PathSolver.Path path) {
        for (LoopCandidate loop : path.loops) {
            if (!loop.is(LoopCandidate.COLUMN_EQUAL | LoopCandidate.COLUMN_NULL | LoopCandidate.COLUMN_IN)) {
                return;
            }
            candidates.all.removeIf(other ->
                    other.source == loop.source && !other.is(LoopCandidate.CONSTRAINT | LoopCandidate.AUTO_INDEX));
        }
    }

    /** True if no two rows agree in all those columns: they hold a unique key of the one table, as far as WHERE does not fix it. */
    private boolean isUnique(List<BoundExpr> columns) {
        if (input.sources.size() != 1 || input.sources.get(0).table() == null) {
            return false;
        }
        for (IndexShape shape : input.shapes(0)) {
            if (!shape.unique || shape.where != null) {
                continue;
            }
            boolean all = true;
            for (int key = 0; all && key < shape.keyColumns; key++) {
                all = holds(columns, shape, key) && (shape.uniqueNotNull || shape.isNotNull(key))
                        || constant(TermScan.find(input, input.where, 0, shape, key, Operators.EQUAL)) != null;
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(List<BoundExpr> columns, IndexShape shape, int key) {
        for (BoundExpr expr : columns) {
            if (dev.verso.sql.bound.Trees.skipCollateAndLikely(expr) instanceof BoundExpr.ColumnRef column
                    && column.source() == shape.source
                    && shape.columns[key] != dev.verso.sql.schema.Index.EXPRESSION
                    && PlanInput.normalized(column.source(), column.column()) == shape.columns[key]
                    && (shape.columns[key] == Source.ROWID
                            || AsciiCase.same(dev.verso.sql.bound.Traits.collation(expr), shape.collations[key]))) {
                return true;
            }
        }
        return false;
    }
}
