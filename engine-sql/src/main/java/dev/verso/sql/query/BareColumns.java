package dev.verso.sql.query;

import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.CodeContext;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns that an aggregate query uses outside its aggregates: taken aside from one row of each group, read from registers afterwards. */
final class BareColumns {
    private final List<Source> sources;
    private final Map<BoundExpr.ColumnRef, Integer> registers = new LinkedHashMap<>();
    private final Map<BoundExpr.ColumnRef, Integer> provided = new HashMap<>();
    private int first;

    private BareColumns(List<Source> sources) {
        this.sources = sources;
    }

    static BareColumns of(BoundSelect select) {
        BareColumns bare = new BareColumns(select.sources());
        List<BoundExpr> roots = new ArrayList<>();
        for (BoundColumn column : select.columns()) {
            roots.add(column.expr());
        }
        roots.add(select.having());
        for (BoundOrder term : select.orderBy()) {
            roots.add(term.expr());
        }
        bare.collectAll(roots, select);
        return bare;
    }

    /** The columns of the query's sources that the expressions use, its aggregates left out. */
    static BareColumns of(BoundSelect select, List<BoundExpr> roots) {
        BareColumns bare = new BareColumns(select.sources());
        bare.collectAll(roots, select);
        return bare;
    }

    private void collectAll(List<BoundExpr> roots, BoundSelect owner) {
        for (BoundExpr root : roots) {
            if (root != null) {
                collect(root, owner);
            }
        }
    }

    private void collect(BoundExpr expr, BoundSelect owner) {
        if (expr instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == owner) {
            return;
        }
        if (expr instanceof BoundExpr.ColumnRef column && sources.contains(column.source())) {
            registers.putIfAbsent(column, 0);
            return;
        }
        for (BoundExpr child : Trees.children(expr)) {
            collect(child, owner);
        }
        BoundSelect inner = Trees.subselect(expr);
        if (inner != null) {
            collectIn(inner, owner);
        }
    }

    private void collectIn(BoundSelect select, BoundSelect owner) {
        for (BoundExpr expr : Trees.expressions(select)) {
            collect(expr, owner);
        }
        for (Source source : select.sources()) {
            if (source.isQuery()) {
                collectIn(source.select(), owner);
            }
        }
        if (select.isCompound()) {
            collectIn(select.compoundLeft(), owner);
            collectIn(select.compoundRight(), owner);
        }
        if (select.recursion() != null) {
            collectIn(select.recursion().setup(), owner);
            for (BoundSelect term : select.recursion().terms()) {
                collectIn(term, owner);
            }
        }
    }

    List<BoundExpr.ColumnRef> columns() {
        return List.copyOf(registers.keySet());
    }

    boolean isEmpty() {
        return registers.isEmpty();
    }

    /** The column is in that register anyway and need not be captured. */
    void isIn(BoundExpr.ColumnRef column, int register) {
        registers.remove(column);
        provided.put(column, register);
    }

    /** Emits what makes the columns NULL, which they stay if there is no row. */
    void reset(ProgramBuilder builder) {
        if (registers.isEmpty()) {
            return;
        }
        allocate(builder);
        builder.add(Opcode.Null, 0, first, first + registers.size() - 1);
    }

    private void allocate(ProgramBuilder builder) {
        if (first == 0 && !registers.isEmpty()) {
            first = builder.newRegisters(registers.size());
            int next = first;
            for (Map.Entry<BoundExpr.ColumnRef, Integer> entry : registers.entrySet()) {
                entry.setValue(next++);
            }
        }
    }

    /** Emits the copy of the columns of the current row. */
    void capture(CodeContext context) {
        allocate(context.builder());
        for (Map.Entry<BoundExpr.ColumnRef, Integer> entry : registers.entrySet()) {
            context.expressions().compile(entry.getKey(), entry.getValue());
        }
    }

    /** From now on the columns of the sources are read from the registers. */
    void provide() {
        for (Source source : sources) {
            Map<Integer, Integer> mapping = new HashMap<>();
            add(registers, source, mapping);
            add(provided, source, mapping);
            source.mapping(mapping);
            source.access(Source.Access.MAPPED);
            source.cursor(-1);
        }
    }

    private static void add(Map<BoundExpr.ColumnRef, Integer> from, Source source, Map<Integer, Integer> mapping) {
        for (Map.Entry<BoundExpr.ColumnRef, Integer> entry : from.entrySet()) {
            if (entry.getKey().source() == source) {
                mapping.put(entry.getKey().column(), entry.getValue());
            }
        }
    }
}
