package dev.verso.vm.function.json;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.function.builtin.Arguments;
import dev.verso.vm.function.builtin.ByteOutput;
import dev.verso.vm.value.Value;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code json_group_array}, {@code json_group_object} and their JSONB forms. */
final class JsonGroup implements Aggregator {
    private static final Set<Flag> FLAGS = Set.copyOf(
            EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS, Flag.SUBTYPE, Flag.RESULT_SUBTYPE, Flag.INVERTIBLE));

    private final boolean object;
    private final boolean binary;
    private final JsonValues values = new JsonValues();
    private final Arguments label = new Arguments();
    private final ByteOutput content = new ByteOutput(64);
    private final ArrayDeque<Integer> parts = new ArrayDeque<>(); // bytes of each element, without the comma before it

    private JsonGroup(boolean object, boolean binary) {
        this.object = object;
        this.binary = binary;
    }

    static void addTo(List<FunctionDefinition> list) {
        list.add(new FunctionDefinition("json_group_array", 1, FLAGS, null, () -> new JsonGroup(false, false)));
        list.add(new FunctionDefinition("json_group_object", 2, FLAGS, null, () -> new JsonGroup(true, false)));
        list.add(new FunctionDefinition("jsonb_group_array", 1, FLAGS, null, () -> new JsonGroup(false, true)));
        list.add(new FunctionDefinition("jsonb_group_object", 2, FLAGS, null, () -> new JsonGroup(true, true)));
    }

    @Override
    public void reset() {
        content.clear();
        parts.clear();
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int count) {
        if (object && args[first].isNull()) {
            return; // a member needs a label
        }
        if (!parts.isEmpty()) {
            content.add(',');
        }
        int before = content.length();
        if (object) {
            label.text(args[first]);
            JsonText.quote(content, label.bytes, label.offset, label.lengthUntilNul());
            content.add(':');
            values.append(args[first + 1], content);
        } else {
            values.append(args[first], content);
        }
        parts.add(content.length() - before);
    }

    @Override
    public void inverse(FunctionContext context, Value[] args, int first, int count) {
        if (object && args[first].isNull()) {
            return;
        }
        int bytes = parts.remove();
        content.removeFirst(parts.isEmpty() ? bytes : bytes + 1);
    }

    @Override
    public void value(FunctionContext context, Value result) {
        ByteOutput out = new ByteOutput(content.length() + 2);
        out.add(object ? '{' : '[');
        out.add(content.bytes(), 0, content.length());
        out.add(object ? '}' : ']');
        values.setBuilt(context.encoding(), result, out, binary);
    }
}
