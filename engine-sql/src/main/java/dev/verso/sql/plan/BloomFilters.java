package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.schema.LogEst;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/**
 * Bloom filters of the keys that a loop can find at all, asked before each search: worth their making where more searches are expected than the
 * table has rows and conditions on the table alone drop some of these. Weighed as in SQLite, only with statistics of all tables outside.
 */
final class BloomFilters {
    private static final long LEAST_BYTES = 10_000;
    private static final long MOST_BYTES = 10_000_000;

    private BloomFilters() {}

    /** True if equal keys are equal byte for byte, which is what the filter sees of texts. */
    static boolean canTell(IndexShape shape, int columns) {
        for (int i = 0; i < columns; i++) {
            if (!AsciiCase.same(shape.collations[i], Traits.BINARY)) {
                return false;
            }
        }
        return true;
    }

    /** Marks the loops that get a filter; they read the table itself, which the filter is made from. */
    static void choose(PlanInput input, LoopCandidate[] loops) {
        int searches = 0;
        for (int i = 0; i < loops.length; i++) {
            LoopCandidate loop = loops[i];
            Source source = input.sources.get(loop.source);
            if (source.table() == null || !source.table().hasStatistics()) {
                return;
            }
            if (i > 0
                    && loop.is(LoopCandidate.SELF_CULLING)
                    && loop.is(LoopCandidate.COLUMN_EQUAL)
                    && loop.is(LoopCandidate.ROWID | LoopCandidate.INDEXED)
                    && !loop.is(LoopCandidate.AUTO_INDEX)
                    && searches > LogEst.of(source.estimatedRows())
                    && canTell(loop.shape, loop.equalColumns)) {
                loop.flags |= LoopCandidate.BLOOM_FILTER;
                loop.flags &= ~LoopCandidate.INDEX_ONLY;
            }
            searches += loop.rowsOut;
        }
    }

    /** Emits the making of the filter of a level, and then of those inside of it that need nothing of it. */
    static void build(PlanInput input, List<LoopLevel> levels, int first) {
        ProgramBuilder builder = input.context.builder();
        int once = builder.add(Opcode.Once);
        build(input, levels.get(first));
        long ready = levels.get(first).outer;
        for (LoopLevel level : levels.subList(first + 1, levels.size())) {
            LoopCandidate plan = level.plan;
            if (plan.is(LoopCandidate.BLOOM_FILTER)
                    && !plan.is(LoopCandidate.COLUMN_IN)
                    && !level.isOuterJoin()
                    && (plan.prerequisites & ~ready) == 0) {
                build(input, level);
            }
        }
        builder.jumpHere(once);
    }

    private static void build(PlanInput input, LoopLevel level) {
        CodeContext context = input.context;
        ProgramBuilder builder = context.builder();
        LoopCandidate plan = level.plan;
        int cursor = level.source.cursor();
        if (context.planLog().isWanted()) {
            context.planLog().add(PlanText.bloomFilter(level));
        }
        long rows = LogEst.toCount(LogEst.of(level.source.estimatedRows()));
        level.filterRegister = builder.newRegister();
        builder.add(Opcode.Blob, (int) Math.max(LEAST_BYTES, Math.min(rows, MOST_BYTES)), level.filterRegister);
        int end = builder.newLabel();
        int next = builder.newLabel();
        builder.add(Opcode.Rewind, cursor, end);
        int top = builder.address();
        BoundExpr condition = AutoIndex.condition(input, level);
        if (condition != null) {
            context.expressions().jumpIfFalse(condition, next, true);
        }
        int count = plan.is(LoopCandidate.ROWID) ? 1 : plan.equalColumns;
        int key = builder.newRegisters(count);
        for (int i = 0; i < count; i++) {
            int column = plan.shape.columns[i];
            if (column == Source.ROWID) {
                builder.add(Opcode.Rowid, cursor, key + i);
            } else {
                context.expressions()
                        .compile(
                                plan.shape.expressions[i] != null
                                        ? plan.shape.expressions[i]
                                        : new BoundExpr.ColumnRef(level.source, column),
                                key + i);
            }
        }
        builder.add(Opcode.FilterAdd, level.filterRegister, 0, key, count, 0);
        builder.place(next);
        builder.add(Opcode.Next, cursor, top);
        builder.place(end);
        plan.flags &= ~LoopCandidate.BLOOM_FILTER;
    }
}
