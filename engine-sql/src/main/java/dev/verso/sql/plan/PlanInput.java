package dev.verso.sql.plan;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.schema.Index;
import java.util.ArrayList;
import java.util.List;

/** What is planned: the request, its sources with the trees they can be read from, and the terms. */
final class PlanInput {
    final CodeContext context;
    final WhereRequest request;
    final SourceSet sources;
    final TermList where = new TermList(false);
    /** True for one part of a multi-index OR: the table cursor is given, and indexes never stand in for the table. */
    final boolean orPart;
    /** The wanted order; empty if none helps. */
    List<BoundOrder> order;

    /** True if some source is a virtual table. */
    final boolean hasVirtual;

    private final List<List<IndexShape>> shapes = new ArrayList<>();

    PlanInput(CodeContext context, WhereRequest request, boolean orPart) {
        this.context = context;
        this.request = request;
        this.orPart = orPart;
        this.order = request.order();
        sources = new SourceSet(request.sources());
        boolean anyVirtual = false;
        for (int i = 0; i < sources.size(); i++) {
            shapes.add(null);
            anyVirtual |= isVirtual(sources.get(i));
        }
        hasVirtual = anyVirtual;
    }

    /** Splits and analyses WHERE and the ON conditions of outer joins. */
    void analyze() {
        where.split(request.where(), -1);
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            if (source.on() != null && !orPart) {
                where.split(source.on(), isOuter(source) ? i : -1);
            }
        }
        new TermAnalyzer(this).analyzeAll(where);
        if (hasVirtual) {
            new VirtualTerms(this).addLimits();
        }
    }

    /** True if the source is the right side of a LEFT JOIN. */
    boolean isOuter(Source source) {
        return !orPart && source.join() == JoinKind.LEFT;
    }

    /** True if whoever asks for the loops has made the source's rows ready: a query. */
    static boolean isGiven(Source source) {
        return source.table() == null;
    }

    static boolean isVirtual(Source source) {
        return source.table() != null && source.table().isVirtual();
    }

    /** The column's number with all names of the rowid made one. */
    static int normalized(Source source, int column) {
        return source.table() != null && column == source.table().rowidColumn() ? Source.ROWID : column;
    }

    /** All trees that rows of the source can be found in, the rowid tree first. */
    List<IndexShape> shapes(int source) {
        List<IndexShape> known = shapes.get(source);
        if (known == null) {
            known = new ArrayList<>();
            Source from = sources.get(source);
            if (from.table() == null || !from.table().isWithoutRowid()) {
                known.add(IndexShape.rows(from));
            }
            if (from.table() != null) {
                for (Index index : from.table().indexes()) {
                    known.add(IndexShape.of(index, from, context));
                }
            }
            shapes.set(source, known);
        }
        return known;
    }
}
