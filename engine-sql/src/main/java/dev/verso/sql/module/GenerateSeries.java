package dev.verso.sql.module;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.Arrays;
import java.util.List;

/**
 * {@code generate_series(start, stop, step)} as SQLite's extension has it (sqlite.org/series.html): integers from start to stop. Conditions on the
 * value, its order, LIMIT and OFFSET are worked into the range, so that rows that are not wanted are never made.
 */
final class GenerateSeries implements VirtualModule {
    // ---- bits of the index number, the same as SQLite's
    private static final int START = 0x01;
    private static final int STOP = 0x02;
    private static final int STEP = 0x04;
    private static final int DESCENDING = 0x08;
    private static final int ASCENDING = 0x10;
    private static final int LIMIT = 0x20;
    private static final int OFFSET = 0x40;
    private static final int EQUAL = 0x0080;
    private static final int AT_LEAST = 0x0100;
    private static final int ABOVE = 0x0200;
    private static final int AT_MOST = 0x1000;
    private static final int BELOW = 0x2000;

    private static final int VALUE_COLUMN = 0;
    private static final int START_COLUMN = 1;
    private static final int STOP_COLUMN = 2;
    private static final long DEFAULT_STOP = 0xffffffffL;

    @Override
    public Kind kind() {
        return Kind.EPONYMOUS_ONLY;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        return new Series();
    }

    private static final class Series implements VirtualTable {
        @Override
        public String declaration() {
            return "CREATE TABLE x(value,start hidden,stop hidden,step hidden)";
        }

        @Override
        public Trust trust() {
            return Trust.INNOCUOUS;
        }

        @Override
        public VirtualCursor open() {
            return new SeriesCursor();
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            int number = 0;
            int unusable = 0;
            boolean startSeen = false;
            // Constraints in the order of the arguments: start, stop, step, LIMIT, OFFSET, lower bound or value, upper
            // bound.
            int[] chosen = new int[7];
            Arrays.fill(chosen, -1);
            for (int i = 0; i < request.constraintCount(); i++) {
                ConstraintOperator operator = request.operator(i);
                boolean usable = request.isUsable(i);
                if (operator == ConstraintOperator.LIMIT || operator == ConstraintOperator.OFFSET) {
                    if (usable) {
                        boolean limit = operator == ConstraintOperator.LIMIT;
                        number |= limit ? LIMIT : OFFSET;
                        chosen[limit ? 3 : 4] = i;
                    }
                    continue;
                }
                int column = request.column(i);
                if (column < START_COLUMN) {
                    int bound = usable ? boundOf(operator) : 0;
                    boolean fixed = (number & EQUAL) != 0;
                    if (bound == EQUAL) {
                        number = number & ~(AT_LEAST | ABOVE | AT_MOST | BELOW) | EQUAL;
                        chosen[5] = i;
                        chosen[6] = -1;
                        startSeen = true;
                    } else if ((bound & (AT_LEAST | ABOVE)) != 0 && !fixed) {
                        number = number & ~(AT_LEAST | ABOVE) | bound;
                        chosen[5] = i;
                        startSeen = true;
                    } else if ((bound & (AT_MOST | BELOW)) != 0 && !fixed) {
                        number = number & ~(AT_MOST | BELOW) | bound;
                        chosen[6] = i;
                    }
                    continue;
                }
                int mask = 1 << column - START_COLUMN;
                if (operator == ConstraintOperator.EQUAL) {
                    startSeen |= mask == START;
                }
                if (!usable) {
                    unusable |= mask;
                } else if (operator == ConstraintOperator.EQUAL) {
                    number |= mask;
                    chosen[column - START_COLUMN] = i;
                }
            }
            if (!startSeen) {
                throw new DatabaseException(
                        ResultCode.ERROR, "first argument to \"generate_series()\" missing or unusable");
            }
            if ((unusable & ~number) != 0) {
                return false;
            }
            if ((number & (START | STOP)) == (START | STOP)) {
                request.estimatedCost((number & STEP) != 0 ? 1 : 2);
                request.estimatedRows(1000);
                if (request.orderCount() >= 1 && request.orderColumn(0) == VALUE_COLUMN) {
                    number |= request.isDescending(0) ? DESCENDING : ASCENDING;
                    request.orderConsumed();
                }
            } else if ((number & (START | LIMIT)) == (START | LIMIT)) {
                request.estimatedRows(2500);
            } else {
                request.estimatedRows(Integer.MAX_VALUE);
            }
            boolean ordered = request.orderCount() == 0 || (number & (DESCENDING | ASCENDING)) != 0;
            if ((number & LIMIT) == 0 || !ordered) {
                number &= ~(LIMIT | OFFSET);
                chosen[3] = -1;
                chosen[4] = -1;
            }
            int position = 0;
            for (int constraint : chosen) {
                if (constraint >= 0) {
                    request.use(constraint, position++, true);
                }
            }
            request.index(number, null);
            request.showNumberInHex();
            return true;
        }

        private static int boundOf(ConstraintOperator operator) {
            return switch (operator) {
                case EQUAL, IS -> EQUAL;
                case GREATER_EQUAL -> AT_LEAST;
                case GREATER -> ABOVE;
                case LESS_EQUAL -> AT_MOST;
                case LESS -> BELOW;
                default -> 0;
            };
        }
    }

    /** The range that is left; distances are unsigned, as they may exceed 63 bits. */
    private static final class SeriesCursor implements VirtualCursor {
        private long start;
        private long stop;
        private long step;

        private long value;
        private long last;
        /** Distance between values, unsigned. */
        private long distance;

        private boolean descending;
        private boolean ended = true;

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            ended = true;
            for (int i = 0; i < arguments.count(); i++) {
                if (arguments.value(i).isNull()) {
                    return;
                }
            }
            int next = 0;
            start = (indexNumber & START) != 0 ? arguments.value(next++).asLong() : 0;
            stop = (indexNumber & STOP) != 0 ? arguments.value(next++).asLong() : DEFAULT_STOP;
            step = (indexNumber & STEP) != 0 ? arguments.value(next++).asLong() : 1;
            if (step == 0) {
                step = 1;
            }
            if ((indexNumber & (START | STEP)) == 0 && (indexNumber & (EQUAL | AT_LEAST | ABOVE)) != 0) {
                start = Long.MIN_VALUE;
            }
            if ((indexNumber & (STOP | STEP)) == 0 && (indexNumber & (EQUAL | AT_MOST | BELOW)) != 0) {
                stop = Long.MAX_VALUE;
            }
            value = start;
            last = stop;
            descending = step < 0;
            distance = descending ? -step : step;
            if (descending ? value < last : value > last) {
                return;
            }
            long limit = (indexNumber & LIMIT) != 0 ? arguments.value(next++).asLong() : -1;
            long offset = (indexNumber & OFFSET) != 0 ? arguments.value(next++).asLong() : 0;
            if (!narrow(indexNumber, arguments, next)) {
                return;
            }
            if (descending ? value < last : value > last) {
                return;
            }
            long excess = Long.remainderUnsigned(descending ? value - last : last - value, distance);
            last = descending ? last + excess : last - excess;
            if ((indexNumber & (descending ? ASCENDING : DESCENDING)) != 0) {
                long first = last;
                last = value;
                value = first;
                descending = !descending;
            }
            ended = !skip(offset) || !keep(limit);
        }

        /** Takes the bounds of the value into account. @return false if nothing is left */
        private boolean narrow(int indexNumber, FilterArguments arguments, int firstBound) {
            int next = firstBound;
            long low = Long.MIN_VALUE;
            long high = Long.MAX_VALUE;
            if ((indexNumber & EQUAL) != 0) {
                Value wanted = number(arguments.value(next));
                if (wanted.isReal() && !isWhole(wanted.real())) {
                    return false;
                }
                low = wanted.asLong();
                high = low;
            }
            if ((indexNumber & (AT_LEAST | ABOVE)) != 0) {
                Value bound = number(arguments.value(next++));
                boolean above = (indexNumber & ABOVE) != 0;
                if (bound.isReal()) {
                    double real = bound.real();
                    if (real >= Long.MIN_VALUE) {
                        low = (long) Math.ceil(above && real == Math.ceil(real) ? real + 1 : real);
                    }
                } else {
                    low = bound.asLong();
                    if (above && low++ == Long.MAX_VALUE) {
                        return false;
                    }
                }
            }
            if ((indexNumber & (AT_MOST | BELOW)) != 0) {
                Value bound = number(arguments.value(next));
                boolean below = (indexNumber & BELOW) != 0;
                if (bound.isReal()) {
                    double real = bound.real();
                    if (real <= Long.MAX_VALUE) {
                        high = (long) Math.floor(below && real == Math.floor(real) ? real - 1 : real);
                    }
                } else {
                    high = bound.asLong();
                    if (below && high-- == Long.MIN_VALUE) {
                        return false;
                    }
                }
            }
            if (low > high) {
                return false;
            }
            return descending ? narrowDescending(low, high) : narrowAscending(low, high);
        }

        private static Value number(Value argument) {
            Value number = new Value();
            argument.toNumber(number);
            return number;
        }

        private static boolean isWhole(double real) {
            return real == Math.ceil(real) && real >= Long.MIN_VALUE && real <= Long.MAX_VALUE;
        }

        private boolean narrowAscending(long low, long high) {
            if (value < low) {
                value += Long.divideUnsigned(low - value, distance) * distance;
                if (value < low) {
                    if (Long.compareUnsigned(Long.MAX_VALUE - value, distance) < 0) {
                        return false;
                    }
                    value += distance;
                }
            }
            last = Math.min(last, high);
            return true;
        }

        private boolean narrowDescending(long low, long high) {
            if (value > high) {
                value -= Long.divideUnsigned(value - high, distance) * distance;
                if (value > high) {
                    if (Long.compareUnsigned(value - Long.MIN_VALUE, distance) < 0) {
                        return false;
                    }
                    value -= distance;
                }
            }
            last = Math.max(last, low);
            return true;
        }

        private long stepsLeft() {
            return Long.divideUnsigned(descending ? value - last : last - value, distance);
        }

        private boolean skip(long offset) {
            if (offset <= 0) {
                return true;
            }
            if (Long.compareUnsigned(offset, stepsLeft()) > 0) {
                return false;
            }
            value += descending ? -offset * distance : offset * distance;
            return true;
        }

        private boolean keep(long limit) {
            if (limit < 0) {
                return true;
            }
            if (limit == 0) {
                return false;
            }
            if (Long.compareUnsigned(limit - 1, stepsLeft()) < 0) {
                long length = (limit - 1) * distance;
                last = descending ? value - length : value + length;
            }
            return true;
        }

        @Override
        public boolean isEnd() {
            return ended;
        }

        @Override
        public void next() {
            if (value == last) {
                ended = true;
            } else {
                value += descending ? -distance : distance;
            }
        }

        @Override
        public void column(int column, Value result) {
            result.setInteger(
                    switch (column) {
                        case VALUE_COLUMN -> value;
                        case START_COLUMN -> start;
                        case STOP_COLUMN -> stop;
                        default -> step;
                    });
        }

        @Override
        public long rowid() {
            return value;
        }
    }
}
