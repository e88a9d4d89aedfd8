package dev.verso.sql.plan;

import dev.verso.record.Collation;
import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An index that a statement builds for itself, once, because searching it many times is cheaper than scanning the source as often. */
final class AutoIndex {
    private static final int FILTER_BYTES = 10_000;

    private AutoIndex() {}

    /** True if the term can be a key column of an automatic index on that source. */
    static boolean canUse(PlanInput input, Term term, int source) {
        Source from = input.sources.get(source);
        return term.source == source
                && term.isOneOf(Operators.EQUAL | Operators.IS)
                && term.column >= 0
                && (input.isOuter(from) ? term.onSource == source : term.onSource < 0)
                && TermScan.fits(term.affinity, from.columnAffinity(term.column))
                && !hasIndex(from, term.column);
    }

    /** Where an index begins with the column already, its owner knows better: SQLite builds no other one. */
    private static boolean hasIndex(Source source, int column) {
        if (source.table() == null) {
            return false;
        }
        for (Index index : source.table().indexes()) {
            for (int i = 0; i < index.keyColumns(); i++) {
                if (index.parts().get(i).column() == column) {
                    if (i == 0 || index.hasStatistics() && index.rowEstimates()[i + 1] > 20) {
                        return true;
                    }
                    break;
                }
            }
        }
        return false;
    }

    /** Chooses the columns: turns the candidate into one that uses the index for all terms that can be used. */
    static void complete(PlanInput input, LoopLevel level) {
        LoopCandidate plan = level.plan;
        Source source = level.source;
        List<Integer> columns = new ArrayList<>();
        List<String> collations = new ArrayList<>();
        plan.terms.clear();
        for (Term term : input.where.terms) {
            if (canUse(input, term, plan.source) && term.isReady(level.outer) && !columns.contains(term.column)) {
                columns.add(term.column);
                collations.add(term.collation);
                plan.terms.add(term);
            }
        }
        int keys = columns.size();
        for (int column = 0; column < source.columnCount(); column++) {
            boolean used = (source.columnsUsed() & 1L << Math.min(column, 63)) != 0 || source.isQuery();
            boolean virtual = source.table() != null
                    && source.table().columns().get(column).isVirtual();
            if (used && !virtual && !columns.contains(column)) {
                columns.add(column);
                collations.add(Traits.BINARY);
            }
        }
        columns.add(Source.ROWID);
        collations.add(Traits.BINARY);
        plan.shape = IndexShape.automatic(
                source,
                columns.stream().mapToInt(Integer::intValue).toArray(),
                collations.toArray(new String[0]),
                keys);
        plan.equalColumns = keys;
        plan.flags |= LoopCandidate.COLUMN_EQUAL | LoopCandidate.INDEX_ONLY | LoopCandidate.INDEXED;
    }

    /** The conditions on the source alone, which rows must meet to get into the index; null if there are none. */
    static BoundExpr condition(PlanInput input, LoopLevel level) {
        BoundExpr condition = null;
        for (Term term : input.where.terms) {
            boolean fits = level.isOuterJoin() ? term.onSource == level.plan.source : term.onSource < 0;
            if (fits
                    && !term.is(Term.VIRTUAL)
                    && term.needed == level.plan.self
                    && !Trees.any(term.expr, part -> Trees.subselect(part) != null)
                    && usesOnly(term.expr, level.source)) {
                condition = Trees.and(condition, term.expr);
            }
        }
        return condition;
    }

    private static boolean usesOnly(BoundExpr expr, Source source) {
        return Traits.isDeterministic(expr)
                && !Trees.any(
                        expr,
                        part -> part instanceof BoundExpr.ColumnRef column && column.source() != source
                                || part instanceof BoundExpr.RegisterRef
                                || part instanceof BoundExpr.CursorColumn);
    }

    /** Emits code that fills the index on first use; afterwards the source's columns are read from it. */
    static void build(CodeContext context, LoopLevel level, BoundExpr condition) {
        ProgramBuilder builder = context.builder();
        Source source = level.source;
        IndexShape shape = level.plan.shape;
        int count = shape.columns.length;
        int once = builder.add(Opcode.Once);
        builder.add(Opcode.OpenAutoindex, level.indexCursor, count, 0, order(context, shape), 0);
        if (level.filterRegister != 0) {
            builder.add(Opcode.Blob, FILTER_BYTES, level.filterRegister);
        }
        boolean coroutine = source.coroutineReturnRegister() >= 0;
        int end = builder.newLabel();
        int next = builder.newLabel();
        int top;
        if (coroutine) {
            builder.add(Opcode.InitCoroutine, source.coroutineReturnRegister(), 0, source.coroutineEntry());
            top = builder.add(Opcode.Yield, source.coroutineReturnRegister(), end);
        } else {
            builder.add(Opcode.Rewind, source.cursor(), end);
            top = builder.address();
        }
        if (condition != null) {
            context.expressions().jumpIfFalse(condition, next, true);
        }
        int first = builder.newRegisters(count + 1);
        for (int i = 0; i < count - 1; i++) {
            context.expressions().compile(new BoundExpr.ColumnRef(source, shape.columns[i]), first + i);
        }
        if (coroutine || source.table() != null && source.table().isWithoutRowid()) {
            builder.add(Opcode.Sequence, level.indexCursor, first + count - 1);
        } else {
            builder.add(Opcode.Rowid, source.cursor(), first + count - 1);
        }
        if (level.filterRegister != 0) {
            builder.add(Opcode.FilterAdd, level.filterRegister, 0, first, shape.keyColumns, 0);
        }
        builder.add(Opcode.MakeRecord, first, count, first + count);
        builder.add(Opcode.IdxInsert, level.indexCursor, first + count);
        builder.place(next);
        if (coroutine) {
            builder.add(Opcode.Goto, 0, top);
        } else {
            builder.add(Opcode.Next, source.cursor(), top);
        }
        builder.place(end);
        builder.jumpHere(once);
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < count; i++) {
            places.put(shape.columns[i], i);
        }
        if (source.table() != null && source.table().rowidColumn() >= 0) {
            places.put(source.table().rowidColumn(), count - 1);
        }
        source.access(Source.Access.MAPPED);
        source.cursor(level.indexCursor);
        source.mapping(places);
    }

    private static KeyInfo order(CodeContext context, IndexShape shape) {
        int count = shape.columns.length;
        Collation[] collations = new Collation[count];
        for (int i = 0; i < shape.keyColumns; i++) {
            collations[i] = KeyOrders.collation(context.session(), shape.collations[i]);
        }
        return new KeyInfo(context.session().encoding(), collations, new boolean[count], new boolean[count], count);
    }
}
