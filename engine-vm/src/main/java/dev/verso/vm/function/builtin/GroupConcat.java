package dev.verso.vm.function.builtin;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.Value;
import java.util.ArrayDeque;

/**
 * {@code group_concat} and {@code string_agg}: the separator of a row stands before it, so that of the first row is never seen. The
 * lengths of the parts are kept for windows, which drop the oldest.
 */
final class GroupConcat implements Aggregator {
    private final ByteOutput out = new ByteOutput(64);
    private final Arguments text = new Arguments();
    private final ArrayDeque<int[]> parts = new ArrayDeque<>(); // separator bytes, text bytes

    GroupConcat() {}

    @Override
    public void reset() {
        out.clear();
        parts.clear();
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int count) {
        if (args[first].isNull()) {
            return;
        }
        int before = out.length();
        if (!parts.isEmpty()) {
            if (count == 1) {
                out.add(',');
            } else if (!args[first + 1].isNull()) {
                text.text(args[first + 1]);
                out.add(text.bytes, text.offset, text.length);
            }
        }
        int separator = out.length() - before;
        text.text(args[first]);
        out.add(text.bytes, text.offset, text.length);
        parts.add(new int[] {separator, text.length});
    }

    @Override
    public void inverse(FunctionContext context, Value[] args, int first, int count) {
        if (args[first].isNull()) {
            return;
        }
        int[] oldest = parts.remove();
        int bytes = oldest[1];
        if (!parts.isEmpty()) {
            bytes += parts.peek()[0];
            parts.peek()[0] = 0;
        }
        out.removeFirst(bytes);
    }

    @Override
    public void value(FunctionContext context, Value result) {
        if (parts.isEmpty()) {
            result.setNull();
        } else {
            byte[] copy = java.util.Arrays.copyOf(out.bytes(), out.length());
            Arguments.setText(context, result, copy, 0, copy.length);
        }
    }
}
