package dev.verso.sql.plan;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.schema.LogEst;
import java.util.List;

/** Finds the ways to run the loop over each source, with their costs. The weights are those that SQLite arrived at by tuning. */
final class CandidateFinder {
    private static final int AUTO_INDEX_ROWS = 43;

    private final PlanInput input;
    private final CandidateList candidates;
    private boolean hasFalseGuesses;

    CandidateFinder(PlanInput input, CandidateList candidates) {
        this.input = input;
        this.candidates = candidates;
    }

    /** True if samples have shown that guesses made before were wrong: all is to be found once more. */
    boolean hasFalseGuesses() {
        return hasFalseGuesses;
    }

    /** Samples say that the term is true for many rows. */
    void trueForMany(Term term) {
        term.flags |= Term.HIGH_TRUTH;
        hasFalseGuesses |= term.is(Term.GUESSED_TRUTH);
    }

    void findAll() {
        long before = 0;
        long prerequisites = 0;
        boolean afterCross = false;
        for (int i = 0; i < input.sources.size(); i++) {
            Source source = input.sources.get(i);
            if (input.isOuter(source) || source.join() == JoinKind.CROSS) {
                afterCross |= source.join() == JoinKind.CROSS;
                prerequisites |= before;
            } else if (!afterCross) {
                prerequisites = 0;
            }
            long beside = prerequisites | neededByExists(i, source);
            find(i, beside, input.where, null);
            if (input.where.hasUsableOr) {
                findOr(i, beside, input.where, null);
            }
            before |= 1L << i;
        }
    }

    /** All that the conditions of an EXISTS use must be outside of its loop: a match of the loop is a match of them all. */
    private long neededByExists(int index, Source source) {
        long mask = 0;
        if (source.isExists()) {
            for (int i = 0; i < input.where.baseCount; i++) {
                long needed = input.where.terms.get(i).needed;
                if ((needed & 1L << index) != 0) {
                    mask |= needed & ~(1L << index);
                }
            }
        }
        return mask;
    }

    /** @param costs null to add to the list of candidates */
    void find(int sourceIndex, long prerequisites, TermList list, OrCosts costs) {
        Source source = input.sources.get(sourceIndex);
        if (source.isUnreachable()) {
            return;
        }
        LoopCandidate template = new LoopCandidate();
        template.source = sourceIndex;
        template.self = 1L << sourceIndex;
        template.prerequisites = prerequisites;
        if (costs == null && mayBuildIndex(source)) {
            autoIndexes(template, source, list);
        }
        if (PlanInput.isGiven(source)) {
            queryScan(template, source, list, costs);
            return;
        }
        if (PlanInput.isVirtual(source)) {
            new VirtualCandidates(this, input, template, list, costs).find();
            return;
        }
        for (IndexShape shape : input.shapes(sourceIndex)) {
            if (isExcluded(shape, source)
                    || shape.where != null && !Implication.holds(input, list, shape.where, sourceIndex)) {
                continue;
            }
            template.flags = 0;
            template.shape = shape;
            template.equalColumns = 0;
            template.bottomColumns = 0;
            template.topColumns = 0;
            template.skippedColumns = 0;
            template.terms.clear();
            template.sortIndex = 0;
            template.setupCost = 0;
            template.prerequisites = prerequisites;
            template.rowsOut = shape.rows[0];
            fullScan(template, source, list, costs);
            IndexConstraints constraints = new IndexConstraints(this, input, shape, list, costs);
            constraints.extend(template, 0);
            if (constraints.usesStatistics()) {
                source.table().setUsesStatistics();
            }
        }
    }

    private static boolean isExcluded(IndexShape shape, Source source) {
        if (source.indexedBy() != null) {
            return shape.index != source.indexedBy();
        }
        // As in SQLite: in a table without rowids NOT INDEXED forbids nothing.
        return source.isNotIndexed() && shape.isSecondary() && !source.table().isWithoutRowid();
    }

    void add(LoopCandidate template, OrCosts costs) {
        if (costs == null) {
            candidates.add(template);
        } else if (!template.terms.isEmpty()) {
            costs.add(template.prerequisites, template.runCost, template.rowsOut);
        }
    }

    // ---- scans

    private void queryScan(LoopCandidate template, Source source, TermList list, OrCosts costs) {
        int rows = LogEst.of(source.estimatedRows());
        template.shape = input.shapes(template.source).get(0);
        template.flags = LoopCandidate.ROWID;
        template.runCost = rows + 16;
        template.rowsOut = rows;
        adjustOutput(list, template, rows);
        add(template, costs);
    }

    private void fullScan(LoopCandidate template, Source source, TermList list, OrCosts costs) {
        IndexShape shape = template.shape;
        int rows = shape.rows[0];
        boolean helpsOrder = mightHelpOrder(template.source, shape);
        if (shape.isRows()) {
            template.flags = LoopCandidate.ROWID;
            template.sortIndex = helpsOrder ? 1 : 0;
            // With samples there is less need to be afraid of a scan.
            template.runCost = rows + 16 - (source.table().hasSamples() ? 2 : 0);
        } else {
            int coverage = shape.covering ? LoopCandidate.INDEX_ONLY : expectedCoverage(shape);
            boolean indexOnly = coverage != 0;
            // SQLite does not say of what is written in a table without rowids that an index covers it, but counts as
            // if.
            boolean keyedWrite = input.request.purpose() == WhereRequest.Purpose.WRITE
                    && source.table().isWithoutRowid()
                    && !shape.holdsWholeRow();
            template.flags = LoopCandidate.INDEXED | (keyedWrite ? 0 : coverage);
            boolean worthwhile = helpsOrder
                    || shape.index.isPrimaryKeyOfWithoutRowid()
                    || source.table().isWithoutRowid()
                    || shape.where != null
                    || source.indexedBy() != null
                    || indexOnly
                            && !shape.index.isUnordered()
                            && shape.entryWidth < shape.rowWidth
                            && input.request.purpose() != WhereRequest.Purpose.WRITE;
            if (!worthwhile) {
                return;
            }
            template.sortIndex = helpsOrder ? input.shapes(template.source).indexOf(shape) + 1 : 0;
            template.runCost = rows + 1 + 15 * shape.entryWidth / shape.rowWidth;
            if (!indexOnly) {
                template.runCost = LogEst.add(template.runCost, lookupCost(template, shape, list));
            }
        }
        adjustOutput(list, template, rows);
        add(template, costs);
        template.rowsOut = rows;
    }

    /** What all that the query says of the source tells, where the columns that it uses are not all in the index. */
    private int expectedCoverage(IndexShape shape) {
        if (input.request.query() == null || !shape.mayCover()) {
            return 0;
        }
        return new IndexCoverage(shape).of(input.request.query());
    }

    /** Cost of going from index entries to rows; terms that the index alone can test make that rarer. */
    private int lookupCost(LoopCandidate template, IndexShape shape, TermList list) {
        int lookups = shape.rows[0] + 16;
        for (Term term : input.where.terms) {
            if (!isCovered(term.expr, shape)) {
                break;
            }
            if (term.truth <= 0) {
                lookups += term.truth;
            } else {
                lookups--;
                if (term.isOneOf(Operators.EQUAL | Operators.IS)) {
                    lookups -= 19;
                }
            }
        }
        return lookups;
    }

    /** True if the expression uses no column of the source that the index lacks. */
    private static boolean isCovered(BoundExpr expr, IndexShape shape) {
        return !Trees.any(
                expr,
                part -> part instanceof BoundExpr.ColumnRef column
                        && column.source() == shape.source
                        && shape.positionOf(column.column()) < 0);
    }

    /** True if the first term of the wanted order is a column of the tree. */
    private boolean mightHelpOrder(int sourceIndex, IndexShape shape) {
        if (PlanInput.isGiven(shape.source) || shape.index != null && shape.index.isUnordered()) {
            return false;
        }
        for (BoundOrder order : input.order) {
            BoundExpr expr = Trees.skipCollateAndLikely(order.expr());
            if (expr instanceof BoundExpr.ColumnRef column && column.source() == shape.source) {
                int wanted = PlanInput.normalized(column.source(), column.column());
                if (wanted == Source.ROWID) {
                    return true; // equal entries of any index stand in the order of rowids
                }
                for (int key = 0; key < shape.keyColumns; key++) {
                    if (shape.columns[key] == wanted) {
                        return true;
                    }
                }
            } else {
                for (int key = 0; key < shape.keyColumns; key++) {
                    if (shape.expressions[key] != null && Traits.sameApartFromCollation(expr, shape.expressions[key])) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    // ---- automatic indexes

    private boolean mayBuildIndex(Source source) {
        return !input.orPart
                && input.request.purpose() != WhereRequest.Purpose.WRITE
                && source.indexedBy() == null
                && !source.isNotIndexed()
                && (PlanInput.isGiven(source) || !source.table().isVirtual())
                && !source.isProvided()
                && !isCorrelated(source);
    }

    private static boolean isCorrelated(Source source) {
        return source.isQuery() && source.select().isCorrelated();
    }

    private void autoIndexes(LoopCandidate template, Source source, TermList list) {
        int rows = LogEst.of(source.estimatedRows());
        int search = LogEst.log(rows);
        long prerequisites = template.prerequisites;
        for (Term term : list.terms) {
            if ((term.rightNeeded & template.self) != 0 || !AutoIndex.canUse(input, term, template.source)) {
                continue;
            }
            template.shape = null;
            template.equalColumns = 1;
            template.skippedColumns = 0;
            template.terms.clear();
            template.terms.add(term);
            template.setupCost = Math.max(0, search + rows + (source.isQuery() ? -25 : 28));
            template.rowsOut = AUTO_INDEX_ROWS;
            template.runCost = LogEst.add(search, template.rowsOut);
            template.flags = LoopCandidate.AUTO_INDEX;
            template.prerequisites = prerequisites | term.rightNeeded;
            template.sortIndex = 0;
            add(template, null);
        }
        template.prerequisites = prerequisites;
        template.equalColumns = 0;
        template.terms.clear();
        template.setupCost = 0;
    }

    // ---- OR

    void findOr(int sourceIndex, long prerequisites, TermList list, OrCosts costs) {
        Source source = input.sources.get(sourceIndex);
        if (PlanInput.isGiven(source)) {
            return;
        }
        long self = 1L << sourceIndex;
        for (Term term : List.copyOf(list.terms)) {
            if (!term.isOneOf(Operators.OR)
                    || (term.indexable & self) == 0
                    || input.isOuter(source) && term.onSource != sourceIndex
                    || !input.isOuter(source) && term.onSource >= 0) {
                continue;
            }
            OrCosts sum = null;
            for (Term part : term.inner.terms) {
                OrCosts partCosts = costsOf(part, sourceIndex, prerequisites, list);
                if (partCosts == null) {
                    continue;
                }
                sum = sum == null ? partCosts : OrCosts.sum(sum, partCosts);
                if (partCosts.costs.isEmpty()) {
                    sum = new OrCosts();
                    break;
                }
            }
            if (sum == null) {
                continue;
            }
            for (OrCosts.Cost cost : sum.costs) {
                LoopCandidate template = new LoopCandidate();
                template.source = sourceIndex;
                template.self = self;
                template.flags = LoopCandidate.MULTI_OR;
                template.terms.add(term);
                template.runCost = cost.runCost() + 1;
                template.rowsOut = source.isExists() ? 0 : cost.rowsOut();
                template.prerequisites = cost.prerequisites();
                add(template, costs);
            }
        }
    }

    /** Null if the part says nothing about the source. */
    private OrCosts costsOf(Term part, int sourceIndex, long prerequisites, TermList list) {
        TermList partList;
        if (part.isOneOf(Operators.AND)) {
            partList = part.inner;
        } else if (part.source == sourceIndex) {
            partList = new TermList(false);
            partList.terms.add(part);
            partList.baseCount = 1;
            partList.outer = list;
        } else {
            return null;
        }
        OrCosts costs = new OrCosts();
        find(sourceIndex, prerequisites, partList, costs);
        if (partList.hasUsableOr) {
            findOr(sourceIndex, prerequisites, partList, costs);
        }
        return costs;
    }

    // ---- estimates

    /** Lowers the rows that come out by what terms not used by the index will drop, where that decides anything: a join or an order. */
    void adjustOutput(TermList list, LoopCandidate template, int rows) {
        if (input.sources.size() > 1 || !input.order.isEmpty()) {
            lowerByUnused(list, template, rows);
        }
        if (input.sources.get(template.source).isExists()) {
            template.rowsOut = 0;
        }
    }

    private void lowerByUnused(TermList list, LoopCandidate template, int rows) {
        long excluded = ~(template.prerequisites | template.self);
        int reduction = 0;
        for (int i = 0; i < list.baseCount; i++) {
            Term term = list.terms.get(i);
            if ((term.needed & excluded) != 0
                    || (term.needed & template.self) == 0
                    || term.is(Term.VIRTUAL)
                    || isUsed(list, i, template)) {
                continue;
            }
            if (template.self == term.needed
                    && (term.isOneOf(0x3f) || !input.isOuter(input.sources.get(template.source)))) {
                template.flags |= LoopCandidate.SELF_CULLING;
            }
            if (term.truth <= 0) {
                template.rowsOut += term.truth;
            } else {
                template.rowsOut--;
                if (term.isOneOf(Operators.EQUAL | Operators.IS) && !term.is(Term.HIGH_TRUTH)) {
                    int least = isSmallInteger(term.right) ? 10 : 20;
                    if (reduction < least) {
                        term.flags |= Term.GUESSED_TRUTH;
                        reduction = least;
                    }
                }
            }
        }
        template.rowsOut = Math.min(template.rowsOut, rows - reduction);
    }

    /**
     * True if the candidate uses the list's term or a child of it. SQLite knows a parent by its number alone: in a part of an OR, a child of a
     * term of the conjunction around it counts for the part's term of the same number.
     */
    private static boolean isUsed(TermList list, int number, LoopCandidate template) {
        Term term = list.terms.get(number);
        for (Term used : template.terms) {
            if (used == null) {
                continue;
            }
            if (used == term || used.parent == term) {
                return true;
            }
            if (used.parent != null && used.list != list && used.list.terms.indexOf(used.parent) == number) {
                return true;
            }
        }
        return false;
    }

    /** -1, 0 and 1 are common values: equality with them says less. */
    private static boolean isSmallInteger(BoundExpr expr) {
        if (expr instanceof BoundExpr.Negate negate) {
            return isSmallInteger(negate.operand());
        }
        return expr instanceof BoundExpr.Literal literal
                && literal.value() instanceof Long number
                && number >= -1
                && number <= 1;
    }
}
