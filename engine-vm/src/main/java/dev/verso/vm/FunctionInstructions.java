package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.Value;

/** Calls of SQL functions, scalar and aggregate. */
final class FunctionInstructions {
    private FunctionInstructions() {}

    private static void requireLength(Machine m, Value result) {
        if (result.isLongerThan(m.session.maximumLength())) {
            throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
        }
        long heap = m.session.hardHeapLimit();
        if (heap != 0 && result.isLongerThan((int) Math.min(heap, Integer.MAX_VALUE))) {
            throw new DatabaseException(ResultCode.NOMEM, ResultCode.NOMEM.text());
        }
    }

    static final class Call extends Instruction {
        private final FunctionCall call;
        private final ScalarFunction body;
        private final int argumentCount;
        private final int ordinal;
        private final boolean overwritesArgument;

        Call(int address, Operation operation, int ordinal) {
            super(address, operation);
            call = (FunctionCall) operation.p4();
            body = call.function().scalar();
            argumentCount = call.argumentCount();
            overwritesArgument = p3 >= p2 && p3 < p2 + argumentCount;
            this.ordinal = ordinal;
        }

        @Override
        int run(Machine m) {
            Value out = overwritesArgument ? m.functionResult : m.registers[p3];
            out.setNull();
            body.call(m.callSite(ordinal, call), m.registers, p2, argumentCount, out);
            out.blobEncoding(m.encoding);
            if (m.encoding != TextEncoding.UTF8 && out.isText()) {
                out.bytes(m.encoding); // what is found in a text as a number depends on its encoding
            }
            requireLength(m, out);
            if (overwritesArgument) {
                m.registers[p3].takeFrom(out);
            }
            return next;
        }
    }

    static final class Step extends Instruction {
        private final FunctionCall call;
        private final int argumentCount;
        private final int ordinal;
        private final boolean inverse;

        Step(int address, Operation operation, int ordinal) {
            super(address, operation);
            call = (FunctionCall) operation.p4();
            argumentCount = call.argumentCount();
            inverse = operation.opcode() == Opcode.AggInverse;
            this.ordinal = ordinal;
        }

        @Override
        int run(Machine m) {
            Value state = m.registers[p3];
            boolean fresh = state.isNull();
            Aggregator aggregator = m.aggregator(p3, call, fresh);
            if (fresh) {
                state.setInteger(1);
            }
            if (inverse) {
                aggregator.inverse(m.callSite(ordinal, call), m.registers, p2, argumentCount);
            } else {
                aggregator.step(m.callSite(ordinal, call), m.registers, p2, argumentCount);
            }
            return next;
        }
    }

    /** {@code AggFinal} and {@code AggValue}. */
    static final class Result extends Instruction {
        private final FunctionCall call;
        private final int ordinal;
        private final int target;

        Result(int address, Operation operation, int ordinal) {
            super(address, operation);
            call = (FunctionCall) operation.p4();
            this.ordinal = ordinal;
            target = operation.opcode() == Opcode.AggFinal ? p1 : p3;
        }

        @Override
        int run(Machine m) {
            Value state = m.registers[p1];
            Aggregator aggregator = m.aggregator(p1, call, state.isNull());
            if (state.isNull()) {
                state.setInteger(1); // a value asked for twice must not reset in between
            }
            Value out = m.registers[target];
            out.setNull();
            aggregator.value(m.callSite(ordinal, call), out);
            out.blobEncoding(m.encoding);
            requireLength(m, out);
            return next;
        }
    }
}
