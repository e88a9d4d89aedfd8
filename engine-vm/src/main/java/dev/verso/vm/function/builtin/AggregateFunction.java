package dev.verso.vm.function.builtin;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The aggregate functions (sqlite.org/lang_aggfunc.html). */
enum AggregateFunction implements Supplier<Aggregator> {
    AVG,
    COUNT,
    COUNT_ROWS,
    GROUP_CONCAT,
    MAX,
    MIN,
    SUM,
    TOTAL;

    static void addTo(List<FunctionDefinition> list) {
        Set<Flag> plain = flags(Flag.INVERTIBLE);
        add(list, "avg", 1, plain, AVG);
        add(list, "count", 0, flags(Flag.INVERTIBLE, Flag.COUNT), COUNT_ROWS);
        add(list, "count", 1, plain, COUNT);
        add(list, "group_concat", 1, plain, GROUP_CONCAT);
        add(list, "group_concat", 2, plain, GROUP_CONCAT);
        add(list, "max", 1, flags(Flag.MIN_MAX, Flag.NEEDS_COLLATION), MAX);
        add(list, "min", 1, flags(Flag.MIN_MAX, Flag.NEEDS_COLLATION), MIN);
        add(list, "string_agg", 2, plain, GROUP_CONCAT);
        add(list, "sum", 1, plain, SUM);
        add(list, "total", 1, plain, TOTAL);
    }

    private static Set<Flag> flags(Flag... more) {
        EnumSet<Flag> flags = EnumSet.of(Flag.INNOCUOUS);
        flags.addAll(List.of(more));
        return Set.copyOf(flags);
    }

    private static void add(
            List<FunctionDefinition> list, String name, int arguments, Set<Flag> flags, AggregateFunction maker) {
        list.add(new FunctionDefinition(name, arguments, flags, null, maker));
    }

    @Override
    public Aggregator get() {
        return switch (this) {
            case AVG, SUM, TOTAL -> new Sum(this);
            case COUNT -> new Count(false);
            case COUNT_ROWS -> new Count(true);
            case GROUP_CONCAT -> new GroupConcat();
            case MAX -> new Extreme(1);
            case MIN -> new Extreme(-1);
        };
    }
}
