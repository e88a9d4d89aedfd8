package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.plan.WhereRequest.Purpose;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.function.FunctionDefinition.Flag;
import java.util.Map;

/** Writes the beginning of loops: opens cursors, finds rows, tests terms. */
final class LoopCoder {
    private final PlanInput input;
    private final CodeContext context;
    private final ProgramBuilder builder;

    LoopCoder(PlanInput input) {
        this.input = input;
        this.context = input.context;
        this.builder = context.builder();
    }

    // ---- cursors

    void open(LoopLevel level) {
        Source source = level.source;
        LoopCandidate plan = level.plan;
        if (PlanInput.isGiven(source)) {
            return;
        }
        if (PlanInput.isVirtual(source)) {
            openVirtual(source);
            return;
        }
        boolean given = input.orPart || input.request.purpose() == Purpose.WRITE;
        IndexShape shape = plan.shape;
        boolean secondary = shape != null && shape.isSecondary() && !plan.is(LoopCandidate.AUTO_INDEX);
        boolean indexOnly = secondary && plan.is(LoopCandidate.INDEX_ONLY) && !given;
        if (!given) {
            context.reads(source.table().schema().database());
            source.access(Source.Access.CURSOR);
            source.coveringIndex(null, -1);
            source.fixedColumns(secondary ? shape.fixed : Map.of());
            source.cursor(indexOnly ? -1 : builder.newCursor());
            if (!indexOnly) {
                openTable(source);
            }
        }
        if (secondary) {
            level.indexCursor = builder.newCursor();
            openIndex(level, shape.index);
            if (indexOnly) {
                source.access(Source.Access.COVERING_INDEX);
                source.coveringIndex(shape.index, level.indexCursor);
            } else {
                level.seeksTable = true;
            }
        } else if (shape != null && !shape.isRows()) {
            level.indexCursor = source.cursor();
        }
    }

    private void openVirtual(Source source) {
        if (input.orPart) {
            return;
        }
        context.reads(source.table().schema().database());
        source.access(Source.Access.CURSOR);
        source.coveringIndex(null, -1);
        source.cursor(builder.newCursor());
        builder.add(Opcode.VOpen, source.cursor(), 0, 0, source.table().connected(), 0);
        builder.comment(source.table().name());
    }

    private void openTable(Source source) {
        Table table = source.table();
        Object columns = table.isWithoutRowid()
                ? KeyOrders.of(context.session(), table.primaryKey())
                : (Object) table.columns().size();
        builder.add(
                Opcode.OpenRead,
                source.cursor(),
                table.rootPage(),
                table.schema().database(),
                columns,
                0);
        builder.comment(table.name());
    }

    private void openIndex(LoopLevel level, Index index) {
        builder.add(
                input.orPart ? Opcode.ReopenIdx : Opcode.OpenRead,
                level.indexCursor,
                index.rootPage(),
                index.table().schema().database(),
                KeyOrders.of(context.session(), index),
                0);
        builder.comment(index.name());
    }

    // ---- loops

    void begin(LoopLevel level) {
        LoopCandidate plan = level.plan;
        Source source = level.source;
        level.breakLabel = builder.newLabel();
        level.nextLabel = level.breakLabel;
        level.continueLabel = builder.newLabel();
        if (source.isExists()) {
            level.matchUsedLabel = builder.newLabel();
        }
        if (plan.is(LoopCandidate.AUTO_INDEX)) {
            beginAutoIndex(level);
        }
        if (context.planLog().isWanted() && !plan.is(LoopCandidate.MULTI_OR) && !input.orPart) {
            level.planLine = context.planLog().add(PlanText.loop(level, input.request.purpose()));
        }
        if (level.isOuterJoin()) {
            level.matchRegister = builder.newRegister();
            builder.add(Opcode.Integer, 0, level.matchRegister);
        }
        level.bodyAddress = builder.address();
        if (plan.is(LoopCandidate.MULTI_OR)) {
            new OrLoop(input, level).begin();
        } else if (source.coroutineReturnRegister() >= 0 && !plan.is(LoopCandidate.AUTO_INDEX)) {
            builder.add(Opcode.InitCoroutine, source.coroutineReturnRegister(), 0, source.coroutineEntry());
            level.stepP2 = builder.add(Opcode.Yield, source.coroutineReturnRegister(), level.breakLabel);
            level.step = Opcode.Goto;
        } else if (plan.is(LoopCandidate.VIRTUAL)) {
            new VirtualLoop(context, level, input.request).begin();
        } else if (plan.is(LoopCandidate.ROWID)) {
            new RowidLoop(context, level).begin();
        } else {
            new IndexLoop(input, level).begin();
            seekTable(level);
            addIndexedExpressions(level);
        }
        guaranteePartial(level);
        testTerms(level, level.isOuterJoin());
        if (level.matchRegister != 0) {
            level.matchedAddress = builder.add(Opcode.Integer, 1, level.matchRegister);
            testTerms(level, false);
        }
    }

    /** From here on the cursor stands on an entry; the key to seek was still computed from other rows alone. */
    private void addIndexedExpressions(LoopLevel level) {
        boolean given = input.orPart || input.request.purpose() == Purpose.WRITE;
        if (!given && level.plan.shape.isSecondary() && !level.plan.is(LoopCandidate.AUTO_INDEX)) {
            level.plan.shape.addExpressions(context.indexedExpressions(), level.indexCursor);
        }
    }

    private void beginAutoIndex(LoopLevel level) {
        level.indexCursor = builder.newCursor();
        AutoIndex.complete(input, level);
        boolean filtered = BloomFilters.canTell(level.plan.shape, level.plan.equalColumns);
        level.filterRegister = filtered ? builder.newRegister() : 0;
        BoundExpr condition = AutoIndex.condition(input, level);
        level.partialIndex = condition != null;
        if (filtered && context.planLog().isWanted()) {
            context.planLog().add(PlanText.bloomFilter(level));
        }
        AutoIndex.build(context, level, condition);
    }

    private void seekTable(LoopLevel level) {
        if (!level.seeksTable) {
            return;
        }
        Table table = level.source.table();
        IndexShape shape = level.plan.shape;
        if (table.hasRowid()) {
            builder.add(Opcode.DeferredSeek, level.indexCursor, 0, level.source.cursor());
            return;
        }
        Index key = table.primaryKey();
        int count = key.keyColumns();
        int first = builder.newRegisters(count);
        for (int i = 0; i < count; i++) {
            int position = shape.positionOf(key.parts().get(i).column());
            builder.add(Opcode.Column, level.indexCursor, position, first + i);
        }
        builder.add(Opcode.NotFound, level.source.cursor(), level.continueLabel, first, count, 0);
    }

    /** What a partial index's own condition says needs no test. */
    private void guaranteePartial(LoopLevel level) {
        IndexShape shape = level.plan.shape;
        if (shape == null || shape.where == null || level.isOuterJoin()) {
            return;
        }
        for (BoundExpr known : Trees.conjuncts(shape.where)) {
            for (Term term : input.where.terms) {
                if (term.onSource < 0 && !term.is(Term.CODED) && Traits.same(term.known, known)) {
                    term.flags |= Term.CODED;
                }
            }
        }
    }

    // ---- tests

    /** Terms that no source is needed for; those whose value may change, and queries, are left to the rows. */
    void testConstants(int label) {
        for (Term term : input.where.terms) {
            boolean once = input.sources.size() == 0 || !Trees.any(term.expr, LoopCoder::varies);
            if (!term.is(Term.VIRTUAL | Term.CODED) && term.needed == 0 && once) {
                context.expressions().jumpIfFalse(term.expr, label, true);
                term.flags |= Term.CODED;
            }
        }
    }

    private static boolean varies(BoundExpr part) {
        return Trees.subselect(part) != null
                || part instanceof BoundExpr.Call call
                        && !call.function().is(Flag.DETERMINISTIC)
                        && !call.function().is(Flag.SLOW_CHANGING);
    }

    /** Tests all open terms that can be tested now; cheap ones first. @param onOnly only those of the level's own ON */
    private void testTerms(LoopLevel level, boolean onOnly) {
        IndexShape shape = level.seeksTable ? level.plan.shape : null;
        for (int pass = shape != null ? 1 : 2; pass <= 3; pass++) {
            for (Term term : input.where.terms) {
                if (term.is(Term.VIRTUAL | Term.CODED)
                        || (term.needed & ~level.available()) != 0
                        || onOnly && term.onSource != level.plan.source
                        || pass == 1 && !isCovered(term.expr, shape, level.source)
                        || pass < 3 && hasCorrelatedQuery(term.expr)) {
                    continue;
                }
                context.expressions().jumpIfFalse(term.expr, level.continueLabel, true);
                term.flags |= Term.CODED;
            }
        }
        if (!level.isOuterJoin()) {
            testTransitive(level);
        }
    }

    private static boolean isCovered(BoundExpr expr, IndexShape shape, Source source) {
        return !Trees.any(
                expr,
                part -> Trees.subselect(part) != null
                        || part instanceof BoundExpr.ColumnRef column
                                && column.source() == source
                                && shape.positionOf(column.column()) < 0);
    }

    private static boolean hasCorrelatedQuery(BoundExpr expr) {
        return Trees.any(expr, part -> {
            var select = Trees.subselect(part);
            return select != null && select.isCorrelated();
        });
    }

    /** From {@code a.x = b.y} and {@code a.x = 5} follows {@code b.y = 5}: tested here it saves the loops inside. */
    private void testTransitive(LoopLevel level) {
        for (int i = 0; i < input.where.baseCount; i++) {
            Term term = input.where.terms.get(i);
            if (term.is(Term.VIRTUAL | Term.CODED)
                    || !term.isOneOf(Operators.EQUAL | Operators.IS)
                    || !term.isOneOf(Operators.EQUIVALENCE)
                    || term.source != level.plan.source
                    || !(term.expr instanceof BoundExpr.Comparison comparison)) {
                continue;
            }
            for (TermScan.Found found : TermScan.find(
                    input,
                    input.where,
                    term.source,
                    term.column,
                    null,
                    Traits.affinity(comparison.left()),
                    Traits.collation(comparison.left()),
                    Operators.EQUAL)) {
                Term known = found.term();
                if (found.transitive() && known.isReady(level.available()) && !known.is(Term.CODED | Term.IS)) {
                    context.expressions()
                            .jumpIfFalse(
                                    new BoundExpr.Comparison(
                                            BoundExpr.ComparisonOp.EQUAL, comparison.left(), known.right),
                                    level.continueLabel,
                                    true);
                    break;
                }
            }
        }
    }
}
