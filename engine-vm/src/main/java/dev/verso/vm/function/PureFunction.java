package dev.verso.vm.function;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;
import dev.verso.vm.value.Value;

/**
 * A function called where its result must never change: in an index, a CHECK constraint or a generated column. What it does with the clock or the time
 * zone is then an error.
 *
 * @param place as the message has it: {@code an index}
 */
public record PureFunction(String name, ScalarFunction body, String place) implements ScalarFunction {
    /** That function for calls in {@code place}. */
    public static FunctionDefinition of(FunctionDefinition function, String place) {
        return new FunctionDefinition(
                function.name(),
                function.argumentCount(),
                function.flags(),
                new PureFunction(function.name(), function.scalar(), place),
                null);
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        body.call(new PureContext(context, this), args, first, count, result);
    }

    private DatabaseException error() {
        return new DatabaseException(ResultCode.ERROR, "non-deterministic use of " + name + "() in " + place);
    }

    private record PureContext(FunctionContext context, PureFunction function) implements FunctionContext {
        @Override
        public TextEncoding encoding() {
            return context.encoding();
        }

        @Override
        public Collation collation() {
            return context.collation();
        }

        @Override
        public ConnectionState session() {
            return context.session();
        }

        @Override
        public long statementTimeMillis() {
            throw function.error();
        }

        @Override
        public void impure() {
            throw function.error();
        }

        @Override
        public Object callSiteData() {
            return context.callSiteData();
        }

        @Override
        public void callSiteData(Object data) {
            context.callSiteData(data);
        }
    }
}
