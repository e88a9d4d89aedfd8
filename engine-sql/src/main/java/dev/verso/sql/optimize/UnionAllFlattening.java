package dev.verso.sql.optimize;

import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.SelectCopy;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import java.util.ArrayList;
import java.util.List;

/**
 * A query over a UNION ALL becomes a UNION ALL of queries: {@code SELECT x FROM (SELECT a AS x FROM t UNION ALL SELECT b FROM u) WHERE x = 1} is {@code
 * SELECT x FROM (SELECT a AS x FROM t) WHERE x = 1 UNION ALL SELECT x FROM (SELECT b AS x FROM u) WHERE x = 1}, where {@link Flattening} dissolves what
 * is left of the subqueries. ORDER BY and LIMIT become those of the whole.
 */
final class UnionAllFlattening {
    private static final int MAX_SOURCES = 64;
    /** A join of several such subqueries multiplies: queries of a statement beyond this number stay together. */
    private static final int MAX_QUERIES = 500;

    private final BoundSelect outer;
    private final Source source;
    private final BoundSelect inner;
    private final List<BoundSelect> terms = new ArrayList<>();

    private UnionAllFlattening(BoundSelect outer, Source source) {
        this.outer = outer;
        this.source = source;
        this.inner = source.select();
    }

    /** @param part true if the query is part of a compound */
    static boolean apply(BoundSelect outer, int position, boolean part) {
        Source source = outer.sources().get(position);
        if (!source.isQuery() || !source.select().isCompound()) {
            return false;
        }
        UnionAllFlattening flattening = new UnionAllFlattening(outer, source);
        if (!flattening.isPossible(part)) {
            return false;
        }
        int[] numbers = new int[flattening.terms.size()];
        numbers[numbers.length - 1] = outer.id();
        for (int i = numbers.length - 2; i >= 0; i--) {
            numbers[i] = outer.nextId().getAsInt();
        }
        int queriesBefore = numbers[numbers.length - 2] - 1;
        if (outer.sources().size() > 1 && queriesBefore > MAX_QUERIES) {
            return false;
        }
        flattening.spread(numbers);
        return true;
    }

    // ---- conditions

    private boolean isPossible(boolean part) {
        return isPlainOuter()
                && !source.isMaterialized()
                && !source.isProvided()
                && source.nestedOrigins() == null
                && !source.isRightJoined()
                && source.join() != JoinKind.LEFT
                && (inner.limit() == null || !part && Flattening.mayTakeLimit(outer, inner))
                && inner.orderBy().isEmpty()
                && collectTerms(inner, true)
                && affinitiesAgree()
                && !Flattening.isUsedInRecursion(outer, source);
    }

    private boolean isPlainOuter() {
        if (outer.isAggregate()
                || outer.isDistinct()
                || outer.having() != null
                || outer.recursion() != null
                || outer.isWindowed()
                || !outer.windowCalls().isEmpty()
                || OuterJoinReduction.hasRightJoin(outer)) {
            return false;
        }
        for (Source from : outer.sources()) {
            if (from.isProvided() || from.isExists()) {
                return false;
            }
        }
        for (BoundOrder term : outer.orderBy()) {
            if (term.resultColumn() < 0) {
                return false;
            }
        }
        return true;
    }

    /** Notes the queries of the chain, left to right; false if it is none of UNION ALL alone, or a query of it has to stay what it is. */
    private boolean collectTerms(BoundSelect select, boolean whole) {
        if (!select.isCompound()) {
            terms.add(select);
            return isPlainTerm(select);
        }
        return select.compoundOp() == CompoundOp.UNION_ALL
                && (whole || select.orderBy().isEmpty() && select.limit() == null)
                && !select.isOptimized()
                && collectTerms(select.compoundLeft(), false)
                && !select.compoundRight().isCompound()
                && collectTerms(select.compoundRight(), false);
    }

    private boolean isPlainTerm(BoundSelect term) {
        if (term.isDistinct()
                || term.isAggregate()
                || term.having() != null
                || term.recursion() != null
                || !term.windowCalls().isEmpty()
                || term.isWindowed()
                || !term.valuesRows().isEmpty()
                || !term.orderBy().isEmpty()
                || term.limit() != null
                || term.isOptimized()
                || term.sources().isEmpty()
                || term.sources().size() + outer.sources().size() > MAX_SOURCES
                || OuterJoinReduction.hasRightJoin(term)) {
            return false;
        }
        for (Source from : term.sources()) {
            if (from.isProvided()) {
                return false;
            }
        }
        return true;
    }

    private boolean affinitiesAgree() {
        BoundSelect first = terms.get(0);
        for (int i = 0; i < first.columns().size(); i++) {
            for (BoundSelect term : terms) {
                if (Traits.affinity(term.columns().get(i).expr())
                        != Traits.affinity(first.columns().get(i).expr())) {
                    return false;
                }
            }
        }
        return true;
    }

    // ---- the change

    private void spread(int[] numbers) {
        List<BoundOrder> order = new ArrayList<>(outer.orderBy());
        BoundExpr limit = inner.limit() == null ? outer.limit() : inner.limit();
        BoundExpr offset = outer.offset();
        outer.orderBy().clear();
        outer.limit(null, null);
        keepCollations();
        BoundSelect left = null;
        for (int i = 0; i < terms.size(); i++) {
            BoundSelect copy = SelectCopy.of(outer, source, source.forPart(terms.get(i)));
            copy.id(numbers[i]);
            if (i == terms.size() - 1) {
                outer.spread(left, copy);
            } else {
                left = left == null ? copy : join(left, copy);
            }
        }
        outer.limit(limit, offset);
        for (BoundOrder term : order) {
            outer.orderBy().add(ofWhole(term));
        }
    }

    private static BoundSelect join(BoundSelect left, BoundSelect right) {
        BoundSelect both = new BoundSelect();
        both.compound(left, CompoundOp.UNION_ALL, right);
        both.columns().addAll(left.columns());
        both.outerSources().addAll(left.outerSources());
        both.outerSources().addAll(right.outerSources());
        return both;
    }

    /** ORDER BY of a compound is by its columns, and by their collations unless it says another one. */
    private BoundOrder ofWhole(BoundOrder term) {
        String collation = Traits.collation(term.expr());
        String own = outer.collationOrNull(term.resultColumn());
        BoundExpr key = outer.columns().get(term.resultColumn()).expr();
        if (!AsciiCase.same(collation, own == null ? Traits.BINARY : own)) {
            key = new BoundExpr.Collate(key, collation);
        } else if (key instanceof BoundExpr.Collate collate) {
            key = collate.operand();
        }
        return new BoundOrder(key, term.descending(), term.nullsLast(), term.resultColumn());
    }

    /**
     * A column of the subquery has the collation that it has in the first of its queries: in the others, it is written to what takes its place, and
     * everywhere where that may be asked for it and has none.
     */
    private void keepCollations() {
        boolean binary = Flattening.allBinary(outer);
        for (BoundSelect term : terms) {
            binary &= Flattening.allBinary(term);
        }
        boolean guarded = binary || CollationGuard.isPossible(outer);
        for (BoundSelect term : terms) {
            for (int i = 0; i < term.columns().size(); i++) {
                BoundColumn column = term.columns().get(i);
                String collation = source.columnCollation(i);
                boolean same = AsciiCase.same(Traits.collation(column.expr()), collation);
                if (!same || !guarded && CollationGuard.hasNone(column.expr())) {
                    BoundExpr collated = new BoundExpr.Collate(column.expr(), collation, true);
                    term.columns().set(i, new BoundColumn(collated, column.name(), column.alias()));
                }
            }
        }
    }
}
