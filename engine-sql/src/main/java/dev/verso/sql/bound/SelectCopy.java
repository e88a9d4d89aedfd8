package dev.verso.sql.bound;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of a query with everything in it: other sources, other queries, and expressions that refer to those. What the query refers to outside of it
 * stays what it is, and so does the query of a common table that several sources share.
 */
public final class SelectCopy {
    private final Map<Source, Source> sources = new IdentityHashMap<>();
    private final Map<BoundSelect, BoundSelect> selects = new IdentityHashMap<>();
    private final Map<BoundExpr, BoundExpr> calls = new IdentityHashMap<>();
    private final ExprRewriter rewriter = new ExprRewriter(this::replaced, false);

    private SelectCopy() {}

    /** The copy, still to be optimised, with {@code replacement} where the query has {@code source}. */
    public static BoundSelect of(BoundSelect select, Source source, Source replacement) {
        SelectCopy copy = new SelectCopy();
        copy.sources.put(source, replacement);
        BoundSelect result = copy.select(select);
        result.unused();
        return result;
    }

    /** The expression with copies of the queries in it, which are still to be optimised. */
    public static BoundExpr of(BoundExpr expr) {
        return new SelectCopy().rewriter.rewrite(expr);
    }

    private BoundSelect select(BoundSelect original) {
        BoundSelect known = selects.get(original);
        if (known != null) {
            return known;
        }
        BoundSelect copy = new BoundSelect();
        selects.put(original, copy);
        copy.copyState(original);
        if (original.isCompound()) {
            copy.compound(select(original.compoundLeft()), original.compoundOp(), select(original.compoundRight()));
        }
        BoundSelect.Recursion recursion = original.recursion();
        BoundSelect setup = recursion == null ? null : select(recursion.setup());
        List<BoundSelect> terms = new ArrayList<>();
        List<Source> selves = new ArrayList<>();
        if (recursion != null) {
            for (BoundSelect term : recursion.terms()) {
                terms.add(select(term));
            }
            for (Source self : recursion.selves()) {
                selves.add(source(self));
            }
        }
        for (Source source : original.sources()) {
            copy.sources().add(source(source));
        }
        for (Source source : original.sources()) {
            traits(source, source(source));
        }
        for (Source outer : original.outerSources()) {
            copy.outerSources().add(sources.getOrDefault(outer, outer));
        }
        expressions(original, copy);
        if (recursion != null) {
            copy.recursion(new BoundSelect.Recursion(setup, terms, selves, recursion.distinct()));
        }
        return copy;
    }

    private void expressions(BoundSelect original, BoundSelect copy) {
        for (BoundColumn column : original.columns()) {
            copy.columns().add(new BoundColumn(rewriter.rewrite(column.expr()), column.name(), column.alias()));
        }
        copy.where(rewriter.rewrite(original.where()));
        for (BoundExpr key : original.groupBy()) {
            copy.groupBy().add(rewriter.rewrite(key));
        }
        copy.having(rewriter.rewrite(original.having()));
        copy.orderBy().addAll(rewriter.rewriteOrder(original.orderBy()));
        for (List<BoundExpr> row : original.valuesRows()) {
            copy.valuesRows().add(rewriter.rewriteAll(row));
        }
        copy.limit(rewriter.rewrite(original.limit()), rewriter.rewrite(original.offset()));
        for (BoundExpr.Aggregate aggregate : original.aggregates()) {
            copy.aggregates().add((BoundExpr.Aggregate) rewriter.rewrite(aggregate));
        }
        for (BoundExpr.WindowCall call : original.windowCalls()) {
            copy.windowCalls().add((BoundExpr.WindowCall) rewriter.rewrite(call));
        }
    }

    /** The copy of a source, without its expressions. */
    private Source source(Source original) {
        Source known = sources.get(original);
        if (known != null) {
            return known;
        }
        BoundSelect query = original.select();
        if (query != null && original.sharedName() == null) {
            query = select(query);
        }
        Source copy = original.copy(query);
        sources.put(original, copy);
        return copy;
    }

    private void traits(Source original, Source copy) {
        copy.on(rewriter.rewrite(original.on()));
        original.forEachGenerated((column, expr) -> copy.generated(column, rewriter.rewrite(expr)));
    }

    private BoundExpr replaced(BoundExpr expr) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            return column(column);
        } else if (expr instanceof BoundExpr.FixedColumn fixed) {
            return new BoundExpr.FixedColumn(
                    column(fixed.column()), rewriter.rewrite(fixed.value()), fixed.affinity(), fixed.collation());
        } else if (expr instanceof BoundExpr.Subquery subquery) {
            return new BoundExpr.Subquery(select(subquery.select()));
        } else if (expr instanceof BoundExpr.Exists exists) {
            return new BoundExpr.Exists(select(exists.select()));
        } else if (expr instanceof BoundExpr.InSelect in) {
            return new BoundExpr.InSelect(rewriter.rewrite(in.operand()), select(in.select()), in.negated());
        } else if (expr instanceof BoundExpr.Aggregate aggregate) {
            return calls.computeIfAbsent(aggregate, key -> aggregate(aggregate));
        } else if (expr instanceof BoundExpr.WindowCall call) {
            return calls.computeIfAbsent(call, key -> window(call));
        }
        return null;
    }

    private BoundExpr.ColumnRef column(BoundExpr.ColumnRef column) {
        Source source = sources.get(column.source());
        return source == null ? column : new BoundExpr.ColumnRef(source, column.column());
    }

    private BoundExpr aggregate(BoundExpr.Aggregate aggregate) {
        return new BoundExpr.Aggregate(
                aggregate.function(),
                rewriter.rewriteAll(aggregate.arguments()),
                aggregate.distinct(),
                rewriter.rewriteOrder(aggregate.orderBy()),
                rewriter.rewrite(aggregate.filter()),
                selects.getOrDefault(aggregate.owner(), aggregate.owner()));
    }

    private BoundExpr window(BoundExpr.WindowCall call) {
        BoundWindow over = call.window();
        BoundWindow window = new BoundWindow(
                rewriter.rewriteAll(over.partitionBy()),
                rewriter.rewriteOrder(over.orderBy()),
                over.unit(),
                over.start(),
                rewriter.rewrite(over.startOffset()),
                over.end(),
                rewriter.rewrite(over.endOffset()),
                over.exclude());
        return new BoundExpr.WindowCall(
                call.function(),
                rewriter.rewriteAll(call.arguments()),
                rewriter.rewrite(call.filter()),
                window,
                selects.getOrDefault(call.owner(), call.owner()));
    }
}
