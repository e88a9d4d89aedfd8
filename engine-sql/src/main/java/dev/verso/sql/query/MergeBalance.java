package dev.verso.sql.query;

import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.sql.bound.BoundSelect;
import java.util.ArrayList;
import java.util.List;

/** A merge of many queries in a row is a tree of merges, so that a row passes few of them. */
final class MergeBalance {
    private static final int UNBALANCED = 3;

    private MergeBalance() {}

    /** Splits a chain of UNION ALL in the middle. */
    static void apply(BoundSelect select) {
        if (select.compoundOp() != CompoundOp.UNION_ALL) {
            return;
        }
        List<BoundSelect> operands = new ArrayList<>();
        collect(select, operands);
        int count = operands.size();
        if (count > UNBALANCED) {
            int left = count - 1 - (count - 1) / 2;
            select.compound(
                    chain(operands.subList(0, left)), CompoundOp.UNION_ALL, chain(operands.subList(left, count)));
        }
    }

    /** Left to right. */
    private static void collect(BoundSelect select, List<BoundSelect> operands) {
        BoundSelect left = select.compoundLeft();
        if (left.isCompound() && left.compoundOp() == CompoundOp.UNION_ALL && !left.isSpread()) {
            collect(left, operands);
        } else {
            operands.add(left);
        }
        operands.add(select.compoundRight());
    }

    private static BoundSelect chain(List<BoundSelect> operands) {
        BoundSelect chain = operands.get(0);
        for (BoundSelect operand : operands.subList(1, operands.size())) {
            BoundSelect longer = new BoundSelect();
            longer.optimized();
            longer.compound(chain, CompoundOp.UNION_ALL, operand);
            longer.columns().addAll(chain.columns());
            longer.outerSources().addAll(chain.outerSources());
            longer.outerSources().addAll(operand.outerSources());
            longer.keepCollations();
            chain = longer;
        }
        return chain;
    }
}
