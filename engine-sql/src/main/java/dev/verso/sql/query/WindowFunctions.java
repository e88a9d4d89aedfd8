package dev.verso.sql.query;

import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Window.BoundKind;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.BoundWindow;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.ExpressionCode;
import dev.verso.sql.code.KeyOrders;
import dev.verso.vm.Flags;
import dev.verso.vm.FunctionCall;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** The functions of one window: their registers, and the code that lets rows into the frame, takes them out, and reads the values. */
final class WindowFunctions {
    /** How a function gets its value. */
    private enum Kind {
        /** Steps and inverse steps of the function itself. */
        AGGREGATE,
        /** min() and max() of a frame whose start moves: an index of its values. */
        EXTREME,
        /** first_value() and nth_value(): a row of the buffer, by its place in the frame. */
        PLACE,
        /** lead() and lag(): a row of the buffer, by its distance. */
        DISTANCE
    }

    private static final class Function {
        private final BoundExpr.WindowCall call;
        private final FunctionCall operand;
        private final Kind kind;
        private final int accumulator;
        private final int result;
        private int cursor = -1;
        /** PLACE: rows that have left the frame, rows that have entered it. EXTREME: value, sequence number, record. */
        private int extra;

        Function(BoundExpr.WindowCall call, FunctionCall operand, Kind kind, int registers) {
            this.call = call;
            this.operand = operand;
            this.kind = kind;
            accumulator = registers;
            result = registers + 1;
        }

        boolean is(String name) {
            return call.function().name().equals(name);
        }
    }

    private final CodeContext context;
    private final ProgramBuilder builder;
    private final Source source;
    private final BoundWindow window;
    private final List<Function> functions = new ArrayList<>();
    private int buffer;
    private int arguments;

    WindowFunctions(CodeContext context, BoundSelect select) {
        this.context = context;
        builder = context.builder();
        source = select.sources().get(0);
        window = select.windowCalls().get(0).window();
        ExpressionCode expressions = (ExpressionCode) context.expressions();
        int most = 1;
        for (BoundExpr.WindowCall call : select.windowCalls()) {
            functions.add(new Function(call, expressions.functionCall(call), kind(call), builder.newRegisters(2)));
            most = Math.max(most, call.arguments().size());
        }
        arguments = builder.newRegisters(most);
    }

    private Kind kind(BoundExpr.WindowCall call) {
        if (window.exclude() != null) {
            return Kind.AGGREGATE;
        }
        if (call.function().is(Flag.MIN_MAX) && window.start() != BoundKind.UNBOUNDED_PRECEDING) {
            return Kind.EXTREME;
        }
        if (!call.function().is(Flag.WINDOW_ONLY)) {
            return Kind.AGGREGATE;
        }
        return switch (call.function().name()) {
            case "first_value", "nth_value" -> Kind.PLACE;
            case "lead", "lag" -> Kind.DISTANCE;
            default -> Kind.AGGREGATE;
        };
    }

    /** True if some function reads rows other than the current one, so that the buffer keeps the whole partition. */
    boolean needAllRows() {
        for (Function function : functions) {
            if (function.kind == Kind.PLACE || function.kind == Kind.DISTANCE) {
                return true;
            }
        }
        return window.exclude() != null;
    }

    /** The value of the call as the result uses it; null if it is none of this window's. */
    BoundExpr value(BoundExpr.WindowCall call) {
        for (Function function : functions) {
            if (Traits.same(function.call, call)) {
                return new BoundExpr.RegisterRef(function.result, Affinity.NONE, Traits.collationOrNull(call));
            }
        }
        return null;
    }

    /** Opens what the functions need besides the buffer. @param bufferCursor is on the current row whenever a value is computed */
    void open(int bufferCursor) {
        buffer = bufferCursor;
        for (Function function : functions) {
            switch (function.kind) {
                case AGGREGATE -> {}
                case EXTREME -> {
                    BoundExpr argument = function.call.arguments().get(0);
                    boolean descending = function.is("min");
                    BoundOrder order = new BoundOrder(argument, descending, descending, -1);
                    function.cursor = builder.newCursor();
                    function.extra = builder.newRegisters(3);
                    builder.add(
                            Opcode.OpenEphemeral,
                            function.cursor,
                            2,
                            0,
                            KeyOrders.of(context.session(), List.of(order), 1),
                            0);
                }
                case PLACE, DISTANCE -> {
                    function.cursor = builder.newCursor();
                    function.extra = builder.newRegisters(2);
                    builder.add(Opcode.OpenDup, function.cursor, buffer);
                }
            }
        }
    }

    /** The beginning of a partition. */
    void begin() {
        for (Function function : functions) {
            builder.add(Opcode.Null, 0, function.accumulator);
            if (function.kind == Kind.PLACE) {
                builder.add(Opcode.Integer, 0, function.extra);
                builder.add(Opcode.Integer, 0, function.extra + 1);
            } else if (function.kind == Kind.EXTREME) {
                builder.add(Opcode.ResetSorter, function.cursor);
                builder.add(Opcode.Integer, 0, function.extra + 1);
            }
        }
    }

    /** The aggregates forget all rows. */
    void forget() {
        for (Function function : functions) {
            builder.add(Opcode.Null, 0, function.accumulator);
        }
    }

    /** The row that {@code cursor} is on enters the frame, or leaves it. */
    void step(int cursor, boolean leaves) {
        int before = source.cursor();
        for (Function function : functions) {
            if (function.kind == Kind.DISTANCE) {
                continue;
            }
            int skip = builder.newLabel();
            source.cursor(cursor);
            if (function.call.filter() != null) {
                context.expressions().jumpIfFalse(function.call.filter(), skip, true);
            }
            switch (function.kind) {
                case PLACE -> builder.add(Opcode.AddImm, function.extra + (leaves ? 0 : 1), 1);
                case EXTREME -> extreme(function, leaves, skip);
                case AGGREGATE, DISTANCE -> aggregate(function, leaves);
            }
            builder.place(skip);
        }
        source.cursor(before);
    }

    private void aggregate(Function function, boolean leaves) {
        int count = function.call.arguments().size();
        int cursor = source.cursor();
        for (int i = 0; i < count; i++) {
            // Which row nth_value() wants, the current row says.
            source.cursor(i == 1 && function.is("nth_value") ? buffer : cursor);
            context.expressions().compile(function.call.arguments().get(i), arguments + i);
        }
        builder.add(
                leaves ? Opcode.AggInverse : Opcode.AggStep,
                0,
                arguments,
                function.accumulator,
                function.operand,
                count);
    }

    private void extreme(Function function, boolean leaves, int skip) {
        int value = function.extra;
        context.expressions().compile(function.call.arguments().get(0), value);
        builder.add(Opcode.IsNull, value, skip);
        if (leaves) {
            builder.add(Opcode.SeekGE, function.cursor, skip, value, 1, 0);
            builder.add(Opcode.Delete, function.cursor);
        } else {
            builder.add(Opcode.AddImm, value + 1, 1);
            builder.add(Opcode.MakeRecord, value, 2, value + 2);
            builder.add(Opcode.IdxInsert, function.cursor, value + 2, value, 2, 0);
        }
    }

    /** Values of the frame as it is. */
    void values() {
        for (Function function : functions) {
            if (function.kind == Kind.EXTREME) {
                int none = builder.newLabel();
                builder.add(Opcode.Null, 0, function.result);
                builder.add(Opcode.Last, function.cursor, none);
                builder.add(Opcode.Column, function.cursor, 0, function.result);
                builder.place(none);
            } else if (function.kind == Kind.AGGREGATE) {
                builder.add(
                        Opcode.AggValue,
                        function.accumulator,
                        function.call.arguments().size(),
                        function.result,
                        function.operand,
                        0);
            }
        }
    }

    /** Values that the current row asks of other rows of the buffer. */
    void valuesOfRow() {
        for (Function function : functions) {
            if (function.kind == Kind.PLACE) {
                place(function);
            } else if (function.kind == Kind.DISTANCE) {
                distance(function);
            }
        }
    }

    private void place(Function function) {
        int none = builder.newLabel();
        int rowid = builder.newRegister();
        builder.add(Opcode.Null, 0, function.result);
        if (function.is("nth_value")) {
            context.expressions().compile(function.call.arguments().get(1), rowid);
            check(context, rowid, false, "second argument to nth_value must be a positive integer", true);
        } else {
            builder.add(Opcode.Integer, 1, rowid);
        }
        builder.add(Opcode.Add, function.extra, rowid, rowid);
        builder.add(Opcode.Gt, function.extra + 1, none, rowid, null, Affinity.NONE.code());
        readRow(function, rowid, none);
    }

    private void distance(Function function) {
        List<BoundExpr> given = function.call.arguments();
        int otherwise = builder.newLabel();
        int rowid = builder.newRegister();
        if (given.size() < 3) {
            builder.add(Opcode.Null, 0, function.result);
        } else {
            context.expressions().compile(given.get(2), function.result);
        }
        builder.add(Opcode.Rowid, buffer, rowid);
        if (given.size() < 2) {
            builder.add(Opcode.AddImm, rowid, function.is("lead") ? 1 : -1);
        } else {
            int rows = builder.newRegister();
            context.expressions().compile(given.get(1), rows);
            builder.add(function.is("lead") ? Opcode.Add : Opcode.Subtract, rows, rowid, rowid);
        }
        readRow(function, rowid, otherwise);
    }

    private void readRow(Function function, int rowid, int otherwise) {
        builder.add(Opcode.SeekRowid, function.cursor, otherwise, rowid);
        int before = source.cursor();
        source.cursor(function.cursor);
        context.expressions().compile(function.call.arguments().get(0), function.result);
        source.cursor(before);
        builder.place(otherwise);
    }

    /** Fails with that message unless the register holds a number that is not negative. @param number true if any number will do, not only a whole one */
    static void check(CodeContext context, int register, boolean number, String message, boolean positive) {
        ProgramBuilder builder = context.builder();
        int good = builder.newLabel();
        int bad = builder.newLabel();
        int zero = builder.newRegister();
        builder.add(Opcode.Integer, 0, zero);
        if (number) {
            int text = builder.newRegister();
            builder.add(Opcode.String8, 0, text, 0, "", 0);
            builder.add(Opcode.Ge, text, bad, register, null, Affinity.NUMERIC.code() | Flags.JUMP_IF_NULL);
        } else {
            builder.add(Opcode.MustBeInt, register, bad);
        }
        builder.add(positive ? Opcode.Gt : Opcode.Ge, zero, good, register, null, Affinity.NUMERIC.code());
        builder.place(bad);
        builder.mayAbort();
        builder.add(Opcode.Halt, ResultCode.ERROR.value(), Flags.ON_CONFLICT_ABORT, 0, message, 0);
        builder.place(good);
    }
}
