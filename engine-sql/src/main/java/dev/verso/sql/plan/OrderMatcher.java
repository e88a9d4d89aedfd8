package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import java.util.List;

/** Finds out how much of a wanted order a nest of loops delivers, and which of them have to run backwards for it. */
final class OrderMatcher {
    /** In what sense the rows are wanted in order. */
    enum Mode {
        ORDER_BY,
        /** Equal keys together is enough; terms may be met in any sequence and direction. */
        GROUPED,
        /** As GROUPED, but all directions as wanted or all the other way round. */
        GROUPED_WITH_DIRECTIONS,
        /** The same for DISTINCT, which SQLite treats so, and beside another order that is asked for. */
        DISTINCT
    }

    /** The loops so far decide nothing yet: all of them are distinct in the terms matched, so a further loop may bring the rest. */
    static final int UNDECIDED = -1;

    private final PlanInput input;
    private final List<BoundOrder> order;
    private final Mode mode;
    /** For min() and max(), whose row is sought for each value of an IN. */
    private final boolean findsExtreme;
    /** One value of each IN is looked at alone. */
    private boolean oneOfIn;

    private final long[] needed;
    private final BoundExpr[] keys;

    private long satisfied;
    private boolean distinct;
    private long reversed;
    private int prefix;

    OrderMatcher(PlanInput input, List<BoundOrder> order, Mode mode) {
        this.input = input;
        this.order = order;
        this.mode = mode;
        findsExtreme = mode == Mode.ORDER_BY && input.request.purpose() == WhereRequest.Purpose.MIN_MAX;
        oneOfIn = findsExtreme;
        needed = new long[order.size()];
        keys = new BoundExpr[order.size()];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = input.sources.maskOf(order.get(i).expr());
            keys[i] = Trees.skipCollateAndLikely(order.get(i).expr());
        }
    }

    /** Mask of loops (by place in the nest) that the last {@link #match} wants backwards. */
    long reversed() {
        return reversed;
    }

    /** How many leading columns the last index looked at has up to the last one that answers a term; 0 if none does. */
    int prefix() {
        return prefix;
    }

    /** @return number of leading terms delivered, or {@link #UNDECIDED} */
    int match(LoopCandidate[] outer, int outerCount, LoopCandidate last) {
        if (order.size() > 63) {
            return 0;
        }
        long all = (1L << order.size()) - 1;
        satisfied = 0;
        reversed = 0;
        distinct = true;
        long ready = 0;
        long distinctMask = 0;
        for (int i = 0; distinct && satisfied != all && i <= outerCount; i++) {
            LoopCandidate loop = i < outerCount ? outer[i] : last;
            if (loop.is(LoopCandidate.VIRTUAL)) {
                boolean ordered = loop.virtual.ordered() && mode != Mode.DISTINCT;
                return ordered ? order.size() : UNDECIDED;
            }
            markEqual(loop, ready);
            if (!loop.isOneRow() && !matchColumns(loop, i)) {
                return 0;
            }
            if (distinct) {
                distinctMask |= loop.self;
                markDecided(distinctMask);
            }
            ready |= loop.self;
        }
        if (satisfied == all) {
            return order.size();
        }
        if (distinct) {
            return UNDECIDED;
        }
        for (int i = order.size() - 1; i > 0; i--) {
            long mask = (1L << i) - 1;
            if ((satisfied & mask) == mask) {
                return i;
            }
        }
        return 0;
    }

    /**
     * True if the innermost loop delivers the whole order each time that it runs, for one value of each of its INs. {@link #reversed} says afterwards
     * whether it has to run backwards for it.
     */
    boolean matchInnermost(LoopCandidate[] loops) {
        LoopCandidate last = loops[loops.length - 1];
        if (order.size() > 63 || last.is(LoopCandidate.VIRTUAL)) {
            return false;
        }
        satisfied = 0;
        reversed = 0;
        oneOfIn = true;
        long ready = 0;
        for (int i = 0; i < loops.length - 1; i++) {
            ready |= loops[i].self;
        }
        markEqual(last, ready);
        if (!matchColumns(last, loops.length - 1)) {
            return false;
        }
        markDecided(last.self);
        return satisfied == (1L << order.size()) - 1;
    }

    /** Where all rows of those sources differ in the terms matched, further terms that know no other source decide nothing. */
    private void markDecided(long sources) {
        if (!distinct) {
            return;
        }
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] == 0 ? Traits.isConstant(order.get(i).expr()) : (needed[i] & ~sources) == 0) {
                satisfied |= 1L << i;
            }
        }
    }

    /**
     * Terms that are columns equal to something that the loops outside fix. Where the comparison gives the column an affinity, 1 and '1' may both be equal
     * to it.
     */
    private void markEqual(LoopCandidate loop, long ready) {
        for (int i = 0; i < keys.length; i++) {
            if ((satisfied & 1L << i) != 0
                    || !(keys[i] instanceof BoundExpr.ColumnRef column)
                    || input.sources.indexOf(column.source()) != loop.source) {
                continue;
            }
            int position = PlanInput.normalized(column.source(), column.column());
            Term term = equalTerm(loop, position, ready);
            if (term == null) {
                continue;
            }
            if (term.isOneOf(Operators.EQUAL | Operators.IS)
                    && position >= 0
                    && (!TermScan.fits(term.affinity, column.source().columnAffinity(position))
                            || !AsciiCase.same(
                                    term.collation,
                                    Traits.collation(order.get(i).expr())))) {
                continue;
            }
            satisfied |= 1L << i;
        }
    }

    private Term equalTerm(LoopCandidate loop, int column, long ready) {
        int source = loop.source;
        Source from = input.sources.get(source);
        for (Term term : input.where.terms) {
            if (term.source == source
                    && term.column == column
                    && (term.isOneOf(Operators.EQUAL | Operators.IS | Operators.IS_NULL)
                            || oneOfIn && term.isOneOf(Operators.IN) && loop.terms.contains(term))
                    && (input.isOuter(from) ? term.onSource == source : term.onSource < 0)
                    && !input.isOuter(from)
                    && term.isReady(ready)) {
                return term;
            }
        }
        return null;
    }

    /** @return false if the loop has no order at all */
    private boolean matchColumns(LoopCandidate loop, int place) {
        prefix = 0;
        if (loop.shape == null || loop.is(LoopCandidate.MULTI_OR | LoopCandidate.AUTO_INDEX)) {
            return false;
        }
        IndexShape shape = loop.shape;
        if (shape.index != null && shape.index.isUnordered()) {
            return false;
        }
        if (shape.source.isQuery() && matchInnerOrder(shape.source, place)) {
            distinct = false;
            return true;
        }
        distinct = shape.isRows() || shape.unique && !loop.is(LoopCandidate.SKIP_SCAN);
        boolean directionKnown = false;
        boolean backwards = false;
        boolean rowidMatched = false;
        for (int key = 0; key < shape.columns.length; key++) {
            boolean search = true;
            if (key < loop.equalColumns && key >= loop.skippedColumns) {
                Term term = loop.terms.get(key);
                if (term.isOneOf(Operators.EQUAL | Operators.IS | Operators.IS_NULL)
                        || oneOfIn && term.isOneOf(Operators.IN)) {
                    if (term.isOneOf(Operators.IS_NULL | Operators.IS)) {
                        distinct = false;
                    }
                    continue;
                }
                search = !sharesRowValue(loop, key);
            }
            if (distinct && (shape.expressions[key] != null || key >= loop.equalColumns && !shape.isNotNull(key))) {
                distinct = false;
            }
            int match = search ? find(shape, key) : -1;
            if (match >= 0 && mode != Mode.GROUPED) {
                boolean descending = order.get(match).descending();
                if (!directionKnown) {
                    backwards = shape.descending[key] != descending;
                    directionKnown = true;
                    if (backwards) {
                        reversed |= 1L << place;
                    }
                } else if ((shape.descending[key] != descending) != backwards) {
                    match = -1;
                }
            }
            if (match >= 0 && !order.get(match).hasDefaultNulls()) {
                if (key == loop.equalColumns) {
                    loop.flags |= LoopCandidate.BIG_NULLS;
                } else {
                    match = -1;
                }
            }
            if (match < 0) {
                if (key == 0 || key < shape.keyColumns) {
                    distinct = false;
                }
                break;
            }
            rowidMatched |= shape.columns[key] == Source.ROWID;
            satisfied |= 1L << match;
            prefix = key + 1;
        }
        distinct |= rowidMatched;
        return true;
    }

    /** Rows of a query come in the order of its own ORDER BY. @return true if that answers any term */
    private boolean matchInnerOrder(Source source, int place) {
        // min() wants its NULLs last, which no order of a query that could do without a sort has.
        if (source.isProvided()
                || source.select().recursion() != null
                || findsExtreme && !order.get(0).descending()) {
            return false;
        }
        int term = Long.numberOfTrailingZeros(~satisfied);
        boolean any = false;
        boolean backwards = false;
        for (BoundOrder inner : source.select().orderBy()) {
            if (term == keys.length || !isSameColumn(inner, source, term)) {
                break;
            }
            if (mode != Mode.GROUPED) {
                BoundOrder wanted = order.get(term);
                boolean opposite = inner.descending() != wanted.descending();
                if (inner.hasDefaultNulls() != wanted.hasDefaultNulls()
                        || any && opposite != backwards
                        || opposite && source.coroutineReturnRegister() >= 0) {
                    break;
                }
                if (opposite) {
                    reversed |= 1L << place;
                }
                backwards = opposite;
            }
            satisfied |= 1L << term++;
            any = true;
        }
        return any;
    }

    private boolean isSameColumn(BoundOrder inner, Source source, int term) {
        return inner.resultColumn() >= 0
                && keys[term] instanceof BoundExpr.ColumnRef column
                && column.source() == source
                && column.column() == inner.resultColumn()
                && AsciiCase.same(
                        Traits.collation(inner.expr()),
                        Traits.collation(order.get(term).expr()));
    }

    private static boolean sharesRowValue(LoopCandidate loop, int key) {
        for (int i = key + 1; i < loop.equalColumns; i++) {
            if (loop.terms.get(i).expr == loop.terms.get(key).expr) {
                return true;
            }
        }
        return false;
    }

    /** The term of the order that the key column answers: the next open one, any where groups are wanted; -1 if there is none. */
    private int find(IndexShape shape, int key) {
        for (int i = 0; i < keys.length; i++) {
            if ((satisfied & 1L << i) != 0) {
                continue;
            }
            if (fits(shape, key, i)) {
                return i;
            }
            if (mode == Mode.ORDER_BY) {
                return -1;
            }
        }
        return -1;
    }

    private boolean fits(IndexShape shape, int key, int term) {
        if (shape.expressions[key] != null) {
            if (!Traits.sameApartFromCollation(keys[term], shape.expressions[key])) {
                return false;
            }
        } else if (!(keys[term] instanceof BoundExpr.ColumnRef column)
                || column.source() != shape.source
                || PlanInput.normalized(column.source(), column.column()) != shape.columns[key]) {
            return false;
        }
        return shape.columns[key] == Source.ROWID
                || AsciiCase.same(
                        shape.collations[key], Traits.collation(order.get(term).expr()));
    }
}
