package dev.verso.sql.plan;

import dev.verso.sql.bound.Source;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.plan.WhereRequest.Purpose;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.LogEst;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Nested loops in a program under construction: {@link #begin} plans and emits everything up to the innermost body, the caller emits the body
 * (which reads columns through its sources' {@code access}), {@link #end} closes the loops.
 */
public final class WhereLoops {
    /** Estimate of entries that are worth a seek past them: about twelve. */
    private static final int MANY_ENTRIES = 36;

    private final CodeContext context;
    private final ProgramBuilder builder;
    private final PlanInput input;
    private final Planner planner;
    private final List<LoopLevel> levels = new ArrayList<>();
    private final int breakLabel;
    private int continueLabel;
    private int bodyAddress;
    private int loopRowsBefore;
    private Predicate<Index> disturbed;

    private WhereLoops(CodeContext context, WhereRequest request, boolean orPart) {
        this.context = context;
        this.builder = context.builder();
        this.input = new PlanInput(context, request, orPart);
        this.planner = new Planner(input);
        this.breakLabel = builder.newLabel();
        this.continueLabel = breakLabel;
    }

    public static WhereLoops begin(CodeContext context, WhereRequest request) {
        WhereLoops loops = new WhereLoops(context, request, false);
        loops.begin();
        return loops;
    }

    /**
     * Loops for UPDATE or DELETE of a table with rowids that may change rows as they are found.
     *
     * @param disturbed says of an index that the change makes a loop over it go wrong
     */
    public static WhereLoops beginOnePass(CodeContext context, WhereRequest request, Predicate<Index> disturbed) {
        WhereLoops loops = new WhereLoops(context, request, false);
        loops.disturbed = disturbed;
        loops.begin();
        return loops;
    }

    /** Loops over one source whose cursor is open already, for one part of an OR. */
    static WhereLoops beginOrPart(CodeContext context, WhereRequest request) {
        WhereLoops loops = new WhereLoops(context, request, true);
        loops.begin();
        return loops;
    }

    /** The line of EXPLAIN QUERY PLAN for the one loop of an OR's part; null if that is an OR in turn, which has told by itself. */
    String planText() {
        LoopLevel level = levels.get(0);
        return level.plan.is(LoopCandidate.MULTI_OR) ? null : PlanText.loop(level, Purpose.UNORDERED);
    }

    private void begin() {
        input.analyze();
        planner.plan();
        if (planner.loops.length > 1) {
            BloomFilters.choose(input, planner.loops);
        }
        LoopCoder coder = new LoopCoder(input);
        long outer = 0;
        for (int i = 0; i < planner.loops.length; i++) {
            LoopCandidate loop = planner.loops[i];
            Source source = input.sources.get(loop.source);
            boolean reversed = (planner.reversed & 1L << i) != 0;
            LoopLevel level = new LoopLevel(loop, source, input.isOuter(source), reversed, outer);
            levels.add(level);
            level.changesRow = changesRow(level);
            coder.open(level);
            outer |= loop.self;
        }
        coder.testConstants(breakLabel);
        loopRowsBefore = context.loopRows();
        for (int i = 0; i < levels.size(); i++) {
            LoopLevel level = levels.get(i);
            if (level.plan.is(LoopCandidate.BLOOM_FILTER)) {
                BloomFilters.build(input, levels, i);
            }
            coder.begin(level);
            continueLabel = level.matchUsedLabel != 0 ? level.matchUsedLabel : level.continueLabel;
        }
        if (input.request.purpose() == Purpose.WRITE && isOnePass() && levels.get(0).seeksTable) {
            if (input.request.sources().get(0).table().hasRowid()) {
                builder.add(Opcode.FinishSeek, levels.get(0).source.cursor());
            }
        }
        bodyAddress = builder.address();
        context.loopRows(planner.rows);
    }

    /** As SQLite sees it before it knows which indexes the change disturbs. */
    private boolean changesRow(LoopLevel level) {
        return input.request.purpose() == Purpose.WRITE
                && level.source.table().hasRowid()
                && (isSingleRow() || disturbed != null && !level.plan.is(LoopCandidate.MULTI_OR));
    }

    /** Where the body jumps to go on with the next row. */
    public int continueLabel() {
        return continueLabel;
    }

    /** Where the body jumps if it wants no row that sorts behind the current one: past those that the innermost loop has in order, or to the next row. */
    public int notBehindLabel() {
        return planner.innermostOrdered ? levels.get(levels.size() - 1).nextLabel : continueLabel;
    }

    /** Where the body jumps to end all loops. */
    public int breakLabel() {
        return breakLabel;
    }

    /** How many leading terms of the requested order the loops deliver. */
    public int orderedTerms() {
        return planner.orderedTerms;
    }

    /** For GROUP_BY_IN_ORDER: true if the groups come in that order. */
    public boolean groupsAreInOrder() {
        return planner.groupsInOrder;
    }

    /** For MIN_MAX: where the body goes when it has its row. */
    public int foundLabel() {
        for (int i = levels.size() - 1; i >= 0; i--) {
            if (!levels.get(i).inLoops.isEmpty()) {
                return levels.get(i).nextLabel;
            }
        }
        return breakLabel;
    }

    /** For MIN_MAX: where the body goes to skip further NULLs; 0 if they are skipped anyway or cannot be. */
    public int pastNullsAddress() {
        for (LoopLevel level : levels) {
            if (level.pastNullsAddress != 0) {
                return level.pastNullsAddress;
            }
        }
        return 0;
    }

    /** True if the loops never deliver two equal rows of the requested DISTINCT columns. */
    public boolean isDistinct() {
        return planner.distinct;
    }

    /** True if equal rows of the requested DISTINCT columns come one after the other. */
    public boolean isDistinctOrdered() {
        return planner.distinctOrdered;
    }

    /**
     * The body needs one row of each combination of the requested DISTINCT columns, and falls through to the end with it: the innermost loop seeks to
     * the next one where statistics promise that many entries are passed over.
     */
    public void skipEqual() {
        if (levels.isEmpty() || !isDistinctOrdered() || planner.distinctColumns == 0) {
            return;
        }
        LoopLevel level = levels.get(levels.size() - 1);
        IndexShape shape = level.plan.shape;
        if (level.plan.is(LoopCandidate.INDEXED)
                && shape.index != null
                && shape.index.hasStatistics()
                && shape.rows[planner.distinctColumns] >= MANY_ENTRIES
                && (level.step == Opcode.Next || level.step == Opcode.Prev)
                && level.passRegister == 0
                && level.matchRegister == 0
                && level.matchUsedLabel == 0) {
            level.distinctColumns = planner.distinctColumns;
        }
    }

    /** True if the loops deliver at most one row. */
    public boolean isSingleRow() {
        for (LoopLevel level : levels) {
            if (!level.plan.isOneRow()) {
                return false;
            }
        }
        return true;
    }

    /** For WRITE: true if rows may be changed while the loop runs on (one row, or an access that the change cannot disturb). */
    public boolean isOnePass() {
        return isSingleRow() || disturbed != null && staysRight(levels.get(0));
    }

    private boolean staysRight(LoopLevel level) {
        LoopCandidate plan = level.plan;
        if (levels.size() != 1 || plan.is(LoopCandidate.MULTI_OR | LoopCandidate.AUTO_INDEX)) {
            return false;
        }
        if (plan.shape == null || !plan.shape.isSecondary()) {
            // Rows of a WITHOUT ROWID table are deleted and inserted anew when they change.
            return level.source.table().hasRowid();
        }
        return !disturbed.test(plan.shape.index);
    }

    /** A guess of the number of rows delivered. */
    public double estimatedRows() {
        return isSingleRow() ? 1 : LogEst.toDouble(planner.rows);
    }

    /** Closes the loops, innermost first, and places {@link #breakLabel}. */
    public void end() {
        context.loopRows(loopRowsBefore);
        for (LoopLevel level : levels) {
            if (level.indexCursor >= 0) {
                context.indexedExpressions().remove(level.indexCursor);
            }
        }
        for (int i = levels.size() - 1; i >= 0; i--) {
            end(levels.get(i));
        }
        int end = builder.address();
        for (LoopLevel level : levels) {
            if (level.seeksTable) {
                readFromIndex(level, input.request.purpose() == Purpose.WRITE && isOnePass() ? bodyAddress : end);
            }
        }
        builder.place(breakLabel);
    }

    private void end(LoopLevel level) {
        if (level.matchUsedLabel != 0) {
            builder.place(level.matchUsedLabel);
            builder.add(Opcode.Goto, 0, level.breakLabel);
        }
        int skip = level.distinctColumns == 0 ? -1 : seekPastEqual(level);
        builder.place(level.continueLabel);
        if (level.step != null) {
            endStep(level);
        }
        if (skip >= 0) {
            builder.jumpHere(skip);
        }
        if (level.passRegister != 0) {
            builder.place(level.passLabel);
            builder.add(Opcode.DecrJumpZero, level.passRegister, level.secondPassAddress);
        }
        if (!level.inLoops.isEmpty()) {
            builder.place(level.nextLabel);
            for (int i = level.inLoops.size() - 1; i >= 0; i--) {
                LoopLevel.InLoop in = level.inLoops.get(i);
                // The null row of an outer join comes here even if a key before this one had no value, so that nothing
                // was opened.
                int notOpen = level.matchRegister == 0 ? -1 : builder.add(Opcode.IfNotOpen, in.cursor(), 0);
                int noHope = in.prefix() == 0
                        ? -1
                        : builder.add(Opcode.IfNoHope, level.indexCursor, 0, in.keyBase(), in.prefix(), 0);
                for (int test : in.nullTests()) {
                    builder.jumpHere(test);
                }
                builder.add(in.step(), in.cursor(), in.topAddress());
                if (noHope >= 0) {
                    builder.jumpHere(noHope);
                }
                if (notOpen >= 0) {
                    builder.jumpHere(notOpen);
                }
                builder.jumpHere(in.rewindAddress());
            }
        }
        builder.place(level.breakLabel);
        if (level.skipAddress != 0) {
            builder.add(Opcode.Goto, 0, level.skipAddress);
            builder.jumpHere(level.skipAddress);
            builder.jumpHere(level.skipAddress - 2);
        }
        if (level.likeCounter != 0) {
            builder.add(Opcode.DecrJumpZero, level.likeCounter, level.likeAddress);
        }
        if (level.matchRegister != 0) {
            int matched = builder.add(Opcode.IfPos, level.matchRegister, 0);
            nullRow(level);
            if (level.step == Opcode.Return) {
                builder.add(Opcode.Gosub, level.stepP1, level.matchedAddress);
            } else {
                builder.add(Opcode.Goto, 0, level.matchedAddress);
            }
            builder.jumpHere(matched);
        }
    }

    /** @return the address of the seek, which jumps if there is no further entry */
    private int seekPastEqual(LoopLevel level) {
        int count = level.distinctColumns;
        int first = builder.newRegisters(count);
        for (int i = 0; i < count; i++) {
            builder.add(Opcode.Column, level.indexCursor, i, first + i);
        }
        Opcode opcode = level.step == Opcode.Prev ? Opcode.SeekLT : Opcode.SeekGT;
        int seek = builder.add(opcode, level.indexCursor, 0, first, count, 0);
        builder.add(Opcode.Goto, 0, level.stepP2);
        return seek;
    }

    private void endStep(LoopLevel level) {
        switch (level.step) {
            case Goto -> builder.add(Opcode.Goto, 0, level.stepP2);
            case Return -> builder.add(Opcode.Return, level.stepP1);
            default -> builder.add(level.step, level.stepP1, level.stepP2, level.stepP3);
        }
    }

    private void nullRow(LoopLevel level) {
        Source source = level.source;
        if (source.access() == Source.Access.REGISTERS) {
            int first = source.firstRegister();
            builder.add(Opcode.Null, 0, first, first + source.columnCount() - 1);
            return;
        }
        if (source.cursor() >= 0) {
            builder.add(Opcode.NullRow, source.cursor());
        }
        if (level.indexCursor >= 0 && level.indexCursor != source.cursor()) {
            builder.add(Opcode.NullRow, level.indexCursor);
        }
    }

    /** Lets instructions of the loop that read the table's cursor read the index entry instead, where it has the column: often saves the lookup. */
    private void readFromIndex(LoopLevel level, int end) {
        Table table = level.source.table();
        IndexShape shape = level.plan.shape;
        int[] places = new int[table.columns().size()];
        java.util.Arrays.fill(places, -1);
        for (int column = 0; column < places.length; column++) {
            int stored = table.columns().get(column).isVirtual() || column == table.rowidColumn()
                    ? -1
                    : table.storedPosition(column);
            if (stored >= 0 && stored < places.length) {
                places[stored] = shape.positionOf(column);
            }
        }
        int cursor = level.source.cursor();
        boolean readsTable =
                input.request.query() != null && IndexCoverage.groupsReadTable(shape, input.request.query());
        for (int address = level.bodyAddress; address < end; address++) {
            if (builder.p1(address) != cursor) {
                continue;
            }
            if (builder.opcode(address) == Opcode.Column) {
                int stored = builder.p2(address);
                if (stored < places.length && places[stored] >= 0) {
                    builder.changeP1(address, level.indexCursor);
                    builder.changeP2(address, places[stored]);
                } else {
                    readsTable = true;
                }
            } else if (builder.opcode(address) == Opcode.Rowid && level.matchRegister == 0) {
                builder.changeOpcode(address, Opcode.IdxRowid);
                builder.changeP1(address, level.indexCursor);
            }
        }
        if (readsTable && level.plan.is(LoopCandidate.INDEXED_EXPRESSIONS)) {
            level.plan.flags &= ~LoopCandidate.INDEXED_EXPRESSIONS;
            if (level.planLine != 0) {
                context.planLog().change(level.planLine, PlanText.loop(level, input.request.purpose()));
            }
        }
    }
}
