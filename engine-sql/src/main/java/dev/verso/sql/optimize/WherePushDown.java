package dev.verso.sql.optimize;

import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.bound.SelectCopy;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.function.FunctionDefinition;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Copies conditions on the columns of a subquery that cannot dissolve into the subquery, so that it makes fewer rows: into WHERE, or into HAVING
 * of an aggregate. The conditions stay where they were, too.
 */
final class WherePushDown {
    private WherePushDown() {}

    static void apply(BoundSelect outer, Source source) {
        BoundSelect inner = source.select();
        if (source.isMaterialized() || source.isProvided() || OuterJoinReduction.hasRightJoin(outer)) {
            return;
        }
        if (!isOpen(inner)) {
            return;
        }
        BoundExpr conditions = source.join() == JoinKind.LEFT ? source.on() : outer.where();
        for (BoundExpr term : Trees.conjuncts(conditions)) {
            if (isOn(term, source) && isSteady(term, inner) && windowsAllow(term, inner)) {
                push(term, source, inner);
            }
        }
    }

    /** True if dropping rows early changes nothing but the rows dropped. */
    private static boolean isOpen(BoundSelect inner) {
        if (inner.limit() != null || inner.recursion() != null || !isUnionAll(inner) && !isBinary(inner)) {
            return false;
        }
        if (inner.isCompound()) {
            return isOpen(inner.compoundLeft()) && isOpen(inner.compoundRight());
        }
        return inner.valuesRows().isEmpty();
    }

    private static boolean isUnionAll(BoundSelect inner) {
        return !inner.isCompound()
                || inner.compoundOp() == CompoundOp.UNION_ALL
                        && isUnionAll(inner.compoundLeft())
                        && isUnionAll(inner.compoundRight());
    }

    /** True if all columns of all parts compare by BINARY: other collations make equal what a condition may tell apart. */
    private static boolean isBinary(BoundSelect inner) {
        if (inner.isCompound()) {
            return isBinary(inner.compoundLeft()) && isBinary(inner.compoundRight());
        }
        for (BoundColumn column : inner.columns()) {
            if (!AsciiCase.same(Traits.collation(column.expr()), Traits.BINARY)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOn(BoundExpr term, Source source) {
        Set<Source> used = Trees.sources(term);
        return used.size() == 1
                && used.contains(source)
                && !Trees.any(
                        term,
                        part -> part instanceof BoundExpr.RegisterRef
                                || part instanceof BoundExpr.CursorColumn
                                || !mayBeRepeated(part));
    }

    /** True for what has the same value wherever it is computed; a query that looks at no row outside of it is taken to have. */
    private static boolean mayBeRepeated(BoundExpr part) {
        BoundSelect select = Trees.subselect(part);
        if (select != null) {
            return !select.isCorrelated();
        }
        return !(part instanceof BoundExpr.Call call) || call.function().is(FunctionDefinition.Flag.DETERMINISTIC);
    }

    /** True if the columns in the term are always the same for one row, whoever computes them. */
    private static boolean isSteady(BoundExpr term, BoundSelect inner) {
        return !Trees.any(
                term, part -> part instanceof BoundExpr.ColumnRef column && !isSteady(column.column(), inner));
    }

    private static boolean isSteady(int column, BoundSelect inner) {
        if (inner.isCompound()) {
            return isSteady(column, inner.compoundLeft()) && isSteady(column, inner.compoundRight());
        }
        return !Trees.any(
                inner.columns().get(column).expr(),
                part -> part instanceof BoundExpr.Call call
                        && !call.function().is(FunctionDefinition.Flag.DETERMINISTIC));
    }

    /** Where there are window functions, the condition must be one on whole partitions of all of them. */
    private static boolean windowsAllow(BoundExpr term, BoundSelect inner) {
        if (inner.isCompound()) {
            return windowsAllow(term, inner.compoundLeft()) && windowsAllow(term, inner.compoundRight());
        }
        if (inner.windowCalls().isEmpty()) {
            return true;
        }
        if (inner.isWindowed() || inner.isAggregate()) {
            return false;
        }
        return !Trees.any(
                term,
                part -> part instanceof BoundExpr.ColumnRef column
                        && !isPartitionKey(inner.columns().get(column.column()).expr(), inner));
    }

    private static boolean isPartitionKey(BoundExpr value, BoundSelect inner) {
        for (BoundExpr.WindowCall call : inner.windowCalls()) {
            boolean found = false;
            for (BoundExpr key : call.window().partitionBy()) {
                found |= Traits.same(key, value) && AsciiCase.same(Traits.collation(key), Traits.BINARY);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static void push(BoundExpr term, Source source, BoundSelect inner) {
        if (inner.isCompound()) {
            push(term, source, inner.compoundLeft());
            push(term, source, inner.compoundRight());
            return;
        }
        Set<BoundExpr> replaced = Collections.newSetFromMap(new IdentityHashMap<>());
        BoundExpr condition = new ExprRewriter(
                        part -> {
                            if (part instanceof BoundExpr.ColumnRef column && column.source() == source) {
                                BoundExpr value =
                                        inner.columns().get(column.column()).expr();
                                replaced.add(value);
                                return comparedAs(SelectCopy.of(value), source.columnCollation(column.column()));
                            }
                            return null;
                        },
                        false)
                .rewrite(SelectCopy.of(term));
        if (inner.isAggregate() && !replaced.stream().allMatch(value -> isGroupKey(value, inner))) {
            inner.having(Trees.and(inner.having(), condition));
        } else {
            inner.where(Trees.and(inner.where(), condition));
        }
    }

    /**
     * In each part of a compound the column is compared by the whole's collation. By its affinity it is not: where parts differ in that, a row must pass
     * the condition as its part compares it and as the whole does, as in SQLite.
     */
    private static BoundExpr comparedAs(BoundExpr value, String collation) {
        String wanted = collation == null ? Traits.BINARY : collation;
        if (value instanceof BoundExpr.ColumnRef && AsciiCase.same(Traits.collation(value), wanted)) {
            return value;
        }
        BoundExpr operand = value instanceof BoundExpr.Collate collate ? collate.operand() : value;
        return new BoundExpr.Collate(operand, wanted, true);
    }

    /** Rows of one group agree in it exactly, so that the condition holds for all or none of them. */
    private static boolean isGroupKey(BoundExpr value, BoundSelect inner) {
        for (BoundExpr key : inner.groupBy()) {
            if (Traits.same(key, value) && AsciiCase.same(Traits.collation(key), Traits.BINARY)) {
                return true;
            }
        }
        return false;
    }
}
