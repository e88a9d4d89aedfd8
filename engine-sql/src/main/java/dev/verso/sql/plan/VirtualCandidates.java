package dev.verso.sql.plan;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.schema.LogEst;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.IndexRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Candidates for one virtual table: its module is asked with all constraints usable, and where the answer needs other sources' rows or an IN, again
 * for each set of sources that could be known and without INs.
 */
final class VirtualCandidates {
    private static final long ALL = ~0L;

    private final CandidateFinder finder;
    private final PlanInput input;
    private final LoopCandidate template;
    private final Source source;
    private final TermList list;
    private final OrCosts costs;
    private VirtualIndexRequest request;
    private boolean usesIn;
    private boolean wantsRetry;

    VirtualCandidates(CandidateFinder finder, PlanInput input, LoopCandidate template, TermList list, OrCosts costs) {
        this.finder = finder;
        this.input = input;
        this.template = template;
        this.source = input.sources.get(template.source);
        this.list = list;
        this.costs = costs;
    }

    void find() {
        long given = template.prerequisites;
        request = request();
        template.shape = null;
        template.setupCost = 0;
        template.sortIndex = 0;
        template.equalColumns = 0;
        ask(given, ALL, 0, false);
        if (wantsRetry) {
            ask(given, ALL, 0, true);
        }
        long best = template.prerequisites & ~given;
        if (best == 0 && !usesIn) {
            return;
        }
        boolean seenFree = false;
        boolean seenFreeWithoutIn = false;
        long bestWithoutIn = 0;
        if (usesIn) {
            ask(given, ALL, Operators.IN, true);
            bestWithoutIn = template.prerequisites & ~given;
            if (bestWithoutIn == 0) {
                seenFree = true;
                seenFreeWithoutIn = true;
            }
        }
        long previous = 0;
        while (true) {
            long next = ALL;
            for (Term term : request.constraints()) {
                long needed = term.rightNeeded & ~given;
                if (Long.compareUnsigned(needed, previous) > 0 && Long.compareUnsigned(needed, next) < 0) {
                    next = needed;
                }
            }
            previous = next;
            if (next == ALL) {
                break;
            }
            if (next == best || next == bestWithoutIn) {
                continue;
            }
            ask(given, next | given, 0, true);
            if (template.prerequisites == given) {
                seenFree = true;
                seenFreeWithoutIn |= !usesIn;
            }
        }
        if (!seenFree) {
            ask(given, given, 0, true);
            seenFreeWithoutIn |= !usesIn;
        }
        if (!seenFreeWithoutIn) {
            ask(given, given, Operators.IN, true);
        }
    }

    // ---- the question

    private VirtualIndexRequest request() {
        List<Term> constraints = new ArrayList<>();
        long unusable = unusableSources();
        for (Term term : list.terms) {
            if (term.source != template.source
                    || (term.rightNeeded & unusable) != 0
                    || (term.operators & ~Operators.EQUIVALENCE) == 0
                    || !term.isOneOf(Operators.SINGLE)
                    || term.is(Term.NOT_NULL)
                    || term.field > 0
                    || isRowSubquery(term)
                    || (input.isOuter(source) ? term.onSource != template.source : term.onSource >= 0)) {
                continue;
            }
            constraints.add(term);
        }
        return new VirtualIndexRequest(constraints, order(), mode(), source.columnsUsed());
    }

    private static boolean isRowSubquery(Term term) {
        return term.right != null && !(term.right instanceof BoundExpr.Vector) && Traits.width(term.right) > 1;
    }

    /** Sources to the right that an outer or cross join keeps inside this one's loop. */
    private long unusableSources() {
        long mask = 0;
        for (int i = template.source + 1; i < input.sources.size(); i++) {
            Source right = input.sources.get(i);
            if (mask != 0 || input.isOuter(right) || right.join() == JoinKind.CROSS) {
                mask |= 1L << i;
            }
        }
        return mask;
    }

    /** The wanted order, if it is one of columns of this table alone; else none. */
    private List<VirtualIndexRequest.OrderTerm> order() {
        List<VirtualIndexRequest.OrderTerm> terms = new ArrayList<>();
        for (BoundOrder order : input.order) {
            if (Traits.isConstant(order.expr())) {
                continue;
            }
            BoundExpr plain = Trees.skipCollateAndLikely(order.expr());
            if (!order.hasDefaultNulls()
                    || !(plain instanceof BoundExpr.ColumnRef column)
                    || column.source() != source
                    || column.column() >= 0
                            && !AsciiCase.same(
                                    source.columnCollation(column.column()), Traits.collation(order.expr()))) {
                return List.of();
            }
            terms.add(new VirtualIndexRequest.OrderTerm(column.column(), order.descending()));
        }
        return terms;
    }

    private IndexRequest.OrderMode mode() {
        return switch (input.request.purpose()) {
            case DISTINCT -> IndexRequest.OrderMode.DISTINCT;
            case GROUP_BY -> IndexRequest.OrderMode.GROUPED;
            case ORDER_BY ->
                input.request.distinct().isEmpty()
                        ? IndexRequest.OrderMode.ORDERED
                        : IndexRequest.OrderMode.DISTINCT_ORDERED;
            case UNORDERED, GROUP_BY_IN_ORDER, DISTINCT_IN_ORDER, MIN_MAX, WRITE -> IndexRequest.OrderMode.ORDERED;
        };
    }

    // ---- the answer

    private void ask(long given, long sources, int excluded, boolean withoutLimit) {
        usesIn = false;
        wantsRetry = false;
        template.prerequisites = given;
        template.terms.clear();
        template.flags = LoopCandidate.VIRTUAL;
        request.begin(sources, excluded, withoutLimit);
        if (!source.table().connected().table().bestIndex(request)) {
            return;
        }
        int count = argumentCount();
        Term[] terms = new Term[count];
        long trusted = 0;
        long wholeLists = 0;
        boolean skipsOffset = false;
        for (int i = 0; i < request.position.length; i++) {
            int at = request.position[i] - 1;
            if (at < 0) {
                continue;
            }
            Term term = request.constraints().get(i);
            if (terms[at] != null || !request.isUsable(i)) {
                throw malfunction();
            }
            template.prerequisites |= term.rightNeeded;
            terms[at] = term;
            if (request.trusted[i]) {
                trusted |= 1L << at;
                skipsOffset |= term.matchOperator == ConstraintOperator.OFFSET;
            }
            if (request.wholeList[i]) {
                wholeLists |= 1L << at;
            } else if (term.isOneOf(Operators.IN)) {
                // Values come in the order of the list, and a row may come for several of them.
                request.consumed = false;
                request.oneRow = false;
                usesIn = true;
            }
            if (request.isLimit(i) && (usesIn || !allUsed(i))) {
                wantsRetry = true;
                return;
            }
        }
        for (Term term : terms) {
            if (term == null) {
                throw malfunction();
            }
        }
        template.terms.addAll(List.of(terms));
        template.virtual = new VirtualPlan(
                request.number, request.text, trusted, wholeLists, request.consumed, request.hex, skipsOffset);
        template.flags |= request.oneRow ? LoopCandidate.ONE_ROW : 0;
        template.runCost = LogEst.of(request.cost);
        template.rowsOut = LogEst.of(request.rows);
        finder.add(template, costs);
    }

    private int argumentCount() {
        int count = 0;
        for (int position : request.position) {
            count = Math.max(count, position);
        }
        if (count > request.position.length) {
            throw malfunction();
        }
        return count;
    }

    /** True if the table uses and guarantees all constraints but those of LIMIT and OFFSET from {@code last} on. */
    private boolean allUsed(int last) {
        for (int i = 0; i < request.position.length; i++) {
            if (i != last && !request.isLimit(i) && (request.position[i] == 0 || !request.trusted[i])) {
                return false;
            }
        }
        return true;
    }

    private DatabaseException malfunction() {
        return new DatabaseException(ResultCode.ERROR, source.table().name() + ".xBestIndex malfunction");
    }
}
