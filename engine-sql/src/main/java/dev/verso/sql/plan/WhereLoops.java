package dev.verso.sql.plan;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.Comparison;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Nested loops in a program under construction: {@link #begin} plans and emits everything up to the innermost body, the caller emits the body
 * (which reads columns through its sources' {@code access}), {@link #end} closes the loops.
 */
public final class WhereLoops {
    private static final int AFFINITY_NUMERIC = 'C';
    private static final int JUMP_IF_NULL = 0x10;

    private final CodeContext context;
    private final ProgramBuilder builder;
    private final WhereRequest request;
    private final SourceSet sources;
    private final List<Term> terms = new ArrayList<>();
    private final List<LoopLevel> levels = new ArrayList<>();
    private final int breakLabel;
    private int continueLabel;
    private boolean singleRow = true;

    private WhereLoops(CodeContext context, WhereRequest request) {
        this.context = context;
        this.builder = context.builder();
        this.request = request;
        this.sources = new SourceSet(request.sources());
        this.breakLabel = builder.newLabel();
        this.continueLabel = breakLabel;
    }

    public static WhereLoops begin(CodeContext context, WhereRequest request) {
        WhereLoops loops = new WhereLoops(context, request);
        loops.split(request.where(), -1);
        for (int i = 0; i < loops.sources.size(); i++) {
            loops.split(loops.sources.get(i).on(), i);
        }
        loops.openCursors();
        loops.testTerms(0, -1, loops.breakLabel, true);
        long done = 0;
        for (int i = 0; i < loops.sources.size(); i++) {
            loops.beginLevel(i, done);
            done |= 1L << i;
        }
        return loops;
    }

    private void split(BoundExpr expr, int onSource) {
        if (expr == null) {
            return;
        }
        if (expr instanceof BoundExpr.And and) {
            split(and.left(), onSource);
            split(and.right(), onSource);
            return;
        }
        long needed = sources.maskOf(expr);
        int on = onSource >= 0 && isOuter(sources.get(onSource)) ? onSource : -1;
        if (on >= 0) {
            needed |= 1L << on;
        }
        terms.add(new Term(expr, needed, on));
    }

    private static boolean isOuter(Source source) {
        return source.join() == JoinKind.LEFT;
    }

    private void openCursors() {
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            if (source.isQuery()) {
                continue;
            }
            if (source.cursor() < 0) {
                source.cursor(builder.newCursor());
                source.access(Source.Access.CURSOR);
                openTable(source);
            }
        }
    }

    private void openTable(Source source) {
        Table table = source.table();
        int database = table.schema().database();
        if (table.isWithoutRowid()) {
            builder.add(
                    Opcode.OpenRead,
                    source.cursor(),
                    table.rootPage(),
                    database,
                    KeyOrders.of(context.session(), table.primaryKey()),
                    0);
        } else {
            builder.add(
                    Opcode.OpenRead,
                    source.cursor(),
                    table.rootPage(),
                    database,
                    table.columns().size(),
                    0);
        }
        builder.comment(table.name());
    }

    private void beginLevel(int index, long done) {
        Source source = sources.get(index);
        LoopLevel level = new LoopLevel(source, index);
        levels.add(level);
        level.breakLabel = builder.newLabel();
        level.continueLabel = builder.newLabel();
        continueLabel = level.continueLabel;
        if (isOuter(source)) {
            level.matchRegister = builder.newRegister();
            builder.add(Opcode.Integer, 0, level.matchRegister);
        }
        if (source.coroutineReturnRegister() >= 0) {
            coroutineLoop(level);
        } else if (!rowidLookup(level, done) && !rowidRange(level, done)) {
            fullScan(level);
        }
        long available = done | 1L << index;
        testTerms(available, isOuter(source) ? index : -1, level.continueLabel, !isOuter(source));
        if (level.matchRegister != 0) {
            level.matchedAddress = builder.add(Opcode.Integer, 1, level.matchRegister);
            testTerms(available, -1, level.continueLabel, true);
        }
    }

    /** Tests all terms that can be tested by now: with {@code onSource} those of that ON, with {@code all} any. */
    private void testTerms(long available, int onSource, int label, boolean all) {
        for (Term term : terms) {
            if (!term.coded && (term.needed & ~available) == 0 && (all || term.onSource == onSource)) {
                term.coded = true;
                context.expressions().jumpIfFalse(term.expr, label, true);
            }
        }
    }

    private void coroutineLoop(LoopLevel level) {
        Source source = level.source;
        singleRow = false;
        builder.add(Opcode.InitCoroutine, source.coroutineReturnRegister(), 0, source.coroutineEntry());
        level.stepP2 = builder.add(Opcode.Yield, source.coroutineReturnRegister(), level.breakLabel);
        level.step = Opcode.Goto;
        context.planLog().add("SCAN " + describe(source));
    }

    private void fullScan(LoopLevel level) {
        int cursor = level.source.cursor();
        singleRow = false;
        builder.add(Opcode.Rewind, cursor, level.breakLabel);
        level.step = Opcode.Next;
        level.stepP1 = cursor;
        level.stepP2 = builder.address();
        context.planLog().add("SCAN " + describe(level.source));
    }

    private boolean rowidLookup(LoopLevel level, long done) {
        for (Term term : terms) {
            BoundExpr key = rowidOperand(level, term, done, ComparisonOp.EQUAL);
            if (key != null) {
                term.coded = true;
                int register = context.expressions().compileToAny(key);
                builder.add(Opcode.SeekRowid, level.source.cursor(), level.breakLabel, register);
                context.planLog().add("SEARCH " + describe(level.source) + " USING INTEGER PRIMARY KEY (rowid=?)");
                return true;
            }
        }
        return false;
    }

    private boolean rowidRange(LoopLevel level, long done) {
        Term low = null;
        Term high = null;
        ComparisonOp lowOp = null;
        ComparisonOp highOp = null;
        for (Term term : terms) {
            for (ComparisonOp op : List.of(ComparisonOp.GREATER, ComparisonOp.GREATER_EQUAL)) {
                if (low == null && rowidOperand(level, term, done, op) != null) {
                    low = term;
                    lowOp = op;
                }
            }
            for (ComparisonOp op : List.of(ComparisonOp.LESS, ComparisonOp.LESS_EQUAL)) {
                if (high == null && rowidOperand(level, term, done, op) != null) {
                    high = term;
                    highOp = op;
                }
            }
        }
        if (low == null && high == null) {
            return false;
        }
        singleRow = false;
        int cursor = level.source.cursor();
        int limit = 0;
        if (low != null) {
            int register = context.expressions().compileToAny(rowidOperand(level, low, done, lowOp));
            builder.add(
                    lowOp == ComparisonOp.GREATER ? Opcode.SeekGT : Opcode.SeekGE, cursor, level.breakLabel, register);
            low.coded = true;
        } else {
            builder.add(Opcode.Rewind, cursor, level.breakLabel);
        }
        if (high != null) {
            limit = builder.newRegister();
            context.expressions().compile(rowidOperand(level, high, done, highOp), limit);
            high.coded = true;
        }
        level.step = Opcode.Next;
        level.stepP1 = cursor;
        level.stepP2 = builder.address();
        if (high != null) {
            int rowid = builder.newRegister();
            builder.add(Opcode.Rowid, cursor, rowid);
            builder.add(
                    highOp == ComparisonOp.LESS ? Opcode.Ge : Opcode.Gt,
                    limit,
                    level.breakLabel,
                    rowid,
                    null,
                    AFFINITY_NUMERIC | JUMP_IF_NULL);
        }
        String bounds = (low != null ? "rowid>?" : "")
                + (low != null && high != null ? " AND " : "")
                + (high != null ? "rowid<?" : "");
        context.planLog().add("SEARCH " + describe(level.source) + " USING INTEGER PRIMARY KEY (" + bounds + ")");
        return true;
    }

    /** What the rowid is compared with if the term is such a comparison usable in this loop, else null. */
    private BoundExpr rowidOperand(LoopLevel level, Term term, long done, ComparisonOp op) {
        if (term.coded
                || term.onSource != (isOuter(level.source) ? level.sourceIndex : -1)
                || !(term.expr instanceof Comparison comparison)) {
            return null;
        }
        if (comparison.op() == op && isRowid(level.source, comparison.left()) && isReady(comparison.right(), done)) {
            return comparison.right();
        }
        if (comparison.op().commuted() == op
                && isRowid(level.source, comparison.right())
                && isReady(comparison.left(), done)) {
            return comparison.left();
        }
        return null;
    }

    private boolean isReady(BoundExpr expr, long done) {
        return (sources.maskOf(expr) & ~done) == 0 && !(expr instanceof BoundExpr.Vector);
    }

    private static boolean isRowid(Source source, BoundExpr expr) {
        return expr instanceof BoundExpr.ColumnRef column
                && column.source() == source
                && source.table() != null
                && source.table().hasRowid()
                && (column.column() == Source.ROWID
                        || column.column() == source.table().rowidColumn());
    }

    private static String describe(Source source) {
        return source.toString();
    }

    /** Where the body jumps to go on with the next row. */
    public int continueLabel() {
        return continueLabel;
    }

    /** Where the body jumps to end all loops. */
    public int breakLabel() {
        return breakLabel;
    }

    /** How many leading terms of the requested order the loops deliver. */
    public int orderedTerms() {
        return singleRow ? request.order().size() : 0;
    }

    /** True if the loops never deliver two equal rows of the requested DISTINCT columns. */
    public boolean isDistinct() {
        return singleRow;
    }

    /** True if equal rows of the requested DISTINCT columns come one after the other. */
    public boolean isDistinctOrdered() {
        return false;
    }

    /** True if the loops deliver at most one row. */
    public boolean isSingleRow() {
        return singleRow;
    }

    /** For WRITE: true if rows may be changed while the loop runs on (one row, or an access that the change cannot disturb). */
    public boolean isOnePass() {
        return singleRow;
    }

    /** A guess of the number of rows delivered. */
    public double estimatedRows() {
        if (singleRow) {
            return 1;
        }
        double rows = 1;
        for (LoopLevel level : levels) {
            rows *= level.source.estimatedRows();
        }
        return rows;
    }

    /** Closes the loops, innermost first, and places {@link #breakLabel}. */
    public void end() {
        for (int i = levels.size() - 1; i >= 0; i--) {
            LoopLevel level = levels.get(i);
            builder.place(level.continueLabel);
            if (level.step == Opcode.Goto) {
                builder.add(Opcode.Goto, 0, level.stepP2);
            } else if (level.step != null) {
                builder.add(level.step, level.stepP1, level.stepP2);
            }
            builder.place(level.breakLabel);
            if (level.matchRegister != 0) {
                int matched = builder.add(Opcode.IfPos, level.matchRegister, 0);
                nullRow(level.source);
                builder.add(Opcode.Goto, 0, level.matchedAddress);
                builder.jumpHere(matched);
            }
        }
        builder.place(breakLabel);
    }

    private void nullRow(Source source) {
        if (source.access() == Source.Access.REGISTERS) {
            int first = source.firstRegister();
            builder.add(Opcode.Null, 0, first, first + source.select().columns().size() - 1);
        } else {
            builder.add(Opcode.NullRow, source.cursor());
        }
    }
}
