package dev.verso.vm.function.builtin;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.Value;
import java.util.Arrays;

/**
 * {@code group_concat} and {@code string_agg}: the separator of a row stands before it, so that of the first row is never seen. A window that
 * drops its oldest row drops the separator after it too; lengths of separators are kept as soon as one differs from the first. When nothing is
 * left of the text, SQLite forgets that there may be rows of no length, and so do we.
 */
final class GroupConcat implements Aggregator {
    private final ByteOutput out = new ByteOutput(64);
    private final Arguments text = new Arguments();
    private int rows;
    private boolean begun;
    private int firstSeparator;
    private int[] separators;
    private int separatorCount;

    GroupConcat() {}

    @Override
    public void reset() {
        out.clear();
        rows = 0;
        begun = false;
        firstSeparator = 0;
        separators = null;
        separatorCount = 0;
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int count) {
        if (args[first].isNull()) {
            return;
        }
        boolean isFirst = !begun;
        begun = true;
        if (count == 1) {
            if (isFirst) {
                firstSeparator = 1;
            } else {
                out.add(',');
            }
        } else {
            int length = 0;
            if (!args[first + 1].isNull()) {
                text.text(args[first + 1]);
                length = text.length;
            }
            if (isFirst) {
                firstSeparator = length;
            } else {
                if (length > 0) {
                    out.add(text.bytes, text.offset, length);
                }
                noteSeparator(length);
            }
        }
        rows++;
        text.text(args[first]);
        out.add(text.bytes, text.offset, text.length);
    }

    private void noteSeparator(int length) {
        if (separators == null) {
            if (length == firstSeparator) {
                return;
            }
            separators = new int[Math.max(8, rows + 1)];
            Arrays.fill(separators, 0, Math.max(0, rows - 1), firstSeparator);
        }
        separatorCount = Math.max(0, rows - 1);
        if (separatorCount == separators.length) {
            separators = Arrays.copyOf(separators, separatorCount * 2);
        }
        separators[separatorCount++] = length;
    }

    @Override
    public void inverse(FunctionContext context, Value[] args, int first, int count) {
        if (args[first].isNull()) {
            return;
        }
        int bytes = text.text(args[first]).length;
        rows--;
        if (separators == null) {
            bytes += firstSeparator;
        } else if (rows > 0) {
            bytes += separators[0];
            System.arraycopy(separators, 1, separators, 0, separators.length - 1);
        }
        out.removeFirst(Math.min(bytes, out.length()));
        if (out.length() == 0) {
            begun = false;
            separators = null;
        }
    }

    @Override
    public void value(FunctionContext context, Value result) {
        if (rows == 0 && out.length() == 0) {
            result.setNull();
        } else {
            byte[] copy = Arrays.copyOf(out.bytes(), out.length());
            Arguments.setText(context, result, copy, 0, copy.length);
        }
    }
}
