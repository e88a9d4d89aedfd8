package dev.verso.vm.function.builtin;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The functions that exist with OVER only (sqlite.org/windowfunctions.html §3). The ranking ones rely on the frames that the resolver gives
 * them; {@code lead} and {@code lag} are computed by the program, which also answers {@code first_value} and {@code nth_value} where the frame
 * moves.
 */
enum WindowFunction implements Supplier<Aggregator> {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    PERCENT_RANK,
    CUME_DIST,
    NTILE,
    DISTANCE,
    FIRST_VALUE,
    LAST_VALUE,
    NTH_VALUE;

    private static final Set<Flag> FLAGS = Set.copyOf(EnumSet.of(Flag.INNOCUOUS, Flag.WINDOW_ONLY));

    static void addTo(List<FunctionDefinition> list) {
        add(list, "row_number", 0, ROW_NUMBER);
        add(list, "rank", 0, RANK);
        add(list, "dense_rank", 0, DENSE_RANK);
        add(list, "percent_rank", 0, PERCENT_RANK);
        add(list, "cume_dist", 0, CUME_DIST);
        add(list, "ntile", 1, NTILE);
        for (int arguments = 1; arguments <= 3; arguments++) {
            add(list, "lag", arguments, DISTANCE);
            add(list, "lead", arguments, DISTANCE);
        }
        add(list, "first_value", 1, FIRST_VALUE);
        add(list, "last_value", 1, LAST_VALUE);
        add(list, "nth_value", 2, NTH_VALUE);
    }

    private static void add(List<FunctionDefinition> list, String name, int arguments, WindowFunction maker) {
        list.add(new FunctionDefinition(name, arguments, FLAGS, null, maker));
    }

    @Override
    public Aggregator get() {
        return switch (this) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE, DISTANCE -> new Place(this);
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> new Pick(this);
        };
    }

    /** Functions of counts: how many rows have entered the frame, how many have left it. */
    private static final class Place implements Aggregator {
        private final WindowFunction function;
        private long entered;
        private long left;
        private long rank;
        private long groups;

        Place(WindowFunction function) {
            this.function = function;
        }

        @Override
        public void reset() {
            entered = 0;
            left = 0;
            rank = 0;
            groups = 0;
        }

        @Override
        public void step(FunctionContext context, Value[] args, int first, int count) {
            if (function == NTILE && entered == 0) {
                groups = args[first].asLong();
                if (groups <= 0) {
                    throw Arguments.error("argument of ntile must be a positive integer");
                }
            }
            entered++;
            if (function == RANK && rank == 0) {
                rank = entered;
            } else if (function == DENSE_RANK) {
                left = 1;
            }
        }

        @Override
        public void inverse(FunctionContext context, Value[] args, int first, int count) {
            left++;
        }

        @Override
        public void value(FunctionContext context, Value result) {
            switch (function) {
                case ROW_NUMBER -> result.setInteger(entered);
                case RANK -> {
                    result.setInteger(rank);
                    rank = 0;
                }
                case DENSE_RANK -> {
                    rank += left;
                    left = 0;
                    result.setInteger(rank);
                }
                case PERCENT_RANK -> result.setReal(entered > 1 ? (double) left / (entered - 1) : 0.0);
                case CUME_DIST -> result.setReal((double) left / entered);
                case NTILE -> tile(result);
                case DISTANCE -> result.setNull();
                case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> throw new IllegalStateException(function.name());
            }
        }

        /** The larger tiles come first. */
        private void tile(Value result) {
            if (groups <= 0) {
                return;
            }
            long size = entered / groups;
            if (size == 0) {
                result.setInteger(left + 1);
                return;
            }
            long larger = entered - groups * size;
            long inLarger = larger * (size + 1);
            result.setInteger(left < inLarger ? 1 + left / (size + 1) : 1 + larger + (left - inLarger) / size);
        }
    }

    /** Functions that pick one row of the frame. */
    private static final class Pick implements Aggregator {
        private final WindowFunction function;
        private final Value picked = new Value();
        private final Value scratch = new Value();
        private long rows;

        Pick(WindowFunction function) {
            this.function = function;
        }

        @Override
        public void reset() {
            rows = 0;
            picked.setNull();
        }

        @Override
        public void step(FunctionContext context, Value[] args, int first, int count) {
            rows++;
            boolean wanted =
                    switch (function) {
                        case FIRST_VALUE -> rows == 1;
                        case NTH_VALUE -> rows == place(args[first + 1]);
                        default -> true;
                    };
            if (wanted) {
                picked.setCopy(args[first]);
            }
        }

        private long place(Value argument) {
            Value value = Numbers.numeric(argument, scratch);
            long place = 0;
            if (value.storageClass() == StorageClass.INTEGER) {
                place = value.integer();
            } else if (value.storageClass() == StorageClass.REAL && value.real() == (long) value.real()) {
                place = (long) value.real();
            }
            if (place <= 0) {
                throw Arguments.error("second argument to nth_value must be a positive integer");
            }
            return place;
        }

        @Override
        public void inverse(FunctionContext context, Value[] args, int first, int count) {
            if (--rows == 0) {
                picked.setNull();
            }
        }

        @Override
        public void value(FunctionContext context, Value result) {
            result.setCopy(picked);
        }
    }
}
