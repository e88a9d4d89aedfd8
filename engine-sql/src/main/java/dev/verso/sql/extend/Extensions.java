package dev.verso.sql.extend;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.AsciiCase;
import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.Value;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** Turns what users write into what the machine calls. */
public final class Extensions {
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_ARGUMENTS = 1000;

    private Extensions() {}

    /** @param argumentCount -1 for any number */
    public static FunctionDefinition function(
            String name, int argumentCount, UserFunction function, FunctionOption... options) {
        Call call = new Call();
        return new FunctionDefinition(
                checked(name, argumentCount),
                argumentCount,
                flags(options),
                (context, args, first, count, result) -> {
                    try {
                        function.call(call.nested(args, first, count), result);
                    } catch (RuntimeException e) {
                        throw failure(e);
                    } finally {
                        call.leave();
                    }
                },
                null);
    }

    public static FunctionDefinition aggregate(
            String name, int argumentCount, Supplier<? extends UserAggregate> aggregate, FunctionOption... options) {
        return new FunctionDefinition(
                checked(name, argumentCount), argumentCount, flags(options), null, () -> new State(aggregate));
    }

    public static FunctionDefinition windowFunction(
            String name,
            int argumentCount,
            Supplier<? extends UserWindowFunction> function,
            FunctionOption... options) {
        Set<Flag> flags = flags(options);
        flags.add(Flag.INVERTIBLE);
        return new FunctionDefinition(
                checked(name, argumentCount), argumentCount, flags, null, () -> new State(function));
    }

    private static String checked(String name, int argumentCount) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES
                || argumentCount < -1
                || argumentCount > MAX_ARGUMENTS) {
            throw new DatabaseException(ResultCode.MISUSE, ResultCode.MISUSE.text());
        }
        return AsciiCase.lower(name);
    }

    private static Set<Flag> flags(FunctionOption... options) {
        Set<Flag> flags = EnumSet.of(Flag.EXTENSION);
        for (FunctionOption option : options) {
            flags.add(
                    switch (option) {
                        case DETERMINISTIC -> Flag.DETERMINISTIC;
                        case DIRECT_ONLY -> Flag.DIRECT_ONLY;
                        case INNOCUOUS -> Flag.INNOCUOUS;
                    });
        }
        return flags;
    }

    /** The statement's error for what a user's code has thrown. */
    static DatabaseException failure(RuntimeException e) {
        return e instanceof DatabaseException known ? known : new DatabaseException(ResultCode.ERROR, e.toString(), e);
    }

    /** Registers as arguments; a call inside a call of the same function has a view of its own. */
    private static final class Call implements Arguments {
        private Value[] registers;
        private int first;
        private int count;
        private int depth;

        Call nested(Value[] args, int firstArgument, int argumentCount) {
            Call call = depth++ == 0 ? this : new Call();
            call.registers = args;
            call.first = firstArgument;
            call.count = argumentCount;
            return call;
        }

        void leave() {
            depth--;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public Value get(int index) {
            if (index < 0 || index >= count) {
                throw new IndexOutOfBoundsException("argument " + index + " of " + count);
            }
            return registers[first + index];
        }
    }

    private static final class State implements Aggregator {
        private final Supplier<? extends UserAggregate> supplier;
        private final Call call = new Call();
        private UserAggregate aggregate;

        State(Supplier<? extends UserAggregate> supplier) {
            this.supplier = supplier;
        }

        private UserAggregate aggregate() {
            if (aggregate == null) {
                aggregate = supplier.get();
            }
            return aggregate;
        }

        @Override
        public void reset() {
            aggregate = null;
        }

        @Override
        public void step(FunctionContext context, Value[] args, int first, int count) {
            try {
                aggregate().step(call.nested(args, first, count));
            } catch (RuntimeException e) {
                throw failure(e);
            } finally {
                call.leave();
            }
        }

        @Override
        public void inverse(FunctionContext context, Value[] args, int first, int count) {
            try {
                ((UserWindowFunction) aggregate()).inverse(call.nested(args, first, count));
            } catch (RuntimeException e) {
                throw failure(e);
            } finally {
                call.leave();
            }
        }

        @Override
        public void value(FunctionContext context, Value result) {
            try {
                aggregate().result(result);
            } catch (RuntimeException e) {
                throw failure(e);
            }
        }
    }

    /** An order of Java strings as the database has it, for texts in that encoding. */
    public static Collation collation(String name, Comparator<String> order, TextEncoding encoding) {
        Charset charset =
                switch (encoding) {
                    case UTF8 -> StandardCharsets.UTF_8;
                    case UTF16LE -> StandardCharsets.UTF_16LE;
                    case UTF16BE -> StandardCharsets.UTF_16BE;
                };
        return new UserCollation(name, order, charset);
    }

    private record UserCollation(String name, Comparator<String> order, Charset charset) implements Collation {
        @Override
        public int compare(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes) {
            try {
                return order.compare(
                        new String(left, leftOffset, leftBytes, charset),
                        new String(right, rightOffset, rightBytes, charset));
            } catch (RuntimeException e) {
                throw failure(e);
            }
        }
    }
}
