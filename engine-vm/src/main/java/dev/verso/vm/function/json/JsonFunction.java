package dev.verso.vm.function.json;

import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.function.builtin.Arguments;
import dev.verso.vm.function.builtin.ByteOutput;
import dev.verso.vm.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The scalar JSON functions and the operators {@code ->} and {@code ->>} (sqlite.org/json1.html). */
enum JsonFunction implements ScalarFunction {
    JSON,
    ARRAY,
    ARRAY_INSERT,
    ARRAY_LENGTH,
    ARROW,
    ARROW_SQL,
    ERROR_POSITION,
    EXTRACT,
    INSERT,
    OBJECT,
    PATCH,
    PRETTY,
    QUOTE,
    REMOVE,
    REPLACE,
    SET,
    TYPE,
    VALID,
    BINARY,
    BINARY_ARRAY,
    BINARY_ARRAY_INSERT,
    BINARY_EXTRACT,
    BINARY_INSERT,
    BINARY_OBJECT,
    BINARY_PATCH,
    BINARY_REMOVE,
    BINARY_REPLACE,
    BINARY_SET;

    private static final byte[] DEFAULT_INDENT = "    ".getBytes(StandardCharsets.US_ASCII);
    private static final String[] TYPE_NAMES = {
        "null", "true", "false", "integer", "integer", "real", "real", "text", "text", "text", "text", "array", "object"
    };

    static void addTo(List<FunctionDefinition> list) {
        add(list, "->", 2, ARROW);
        add(list, "->>", 2, ARROW_SQL);
        add(list, "json", 1, JSON);
        add(list, "json_array", -1, ARRAY);
        add(list, "json_array_insert", -1, ARRAY_INSERT);
        add(list, "json_array_length", 1, ARRAY_LENGTH);
        add(list, "json_array_length", 2, ARRAY_LENGTH);
        add(list, "json_error_position", 1, ERROR_POSITION);
        add(list, "json_extract", -1, EXTRACT);
        add(list, "json_insert", -1, INSERT);
        add(list, "json_object", -1, OBJECT);
        add(list, "json_patch", 2, PATCH);
        add(list, "json_pretty", 1, PRETTY);
        add(list, "json_pretty", 2, PRETTY);
        add(list, "json_quote", 1, QUOTE);
        add(list, "json_remove", -1, REMOVE);
        add(list, "json_replace", -1, REPLACE);
        add(list, "json_set", -1, SET);
        add(list, "json_type", 1, TYPE);
        add(list, "json_type", 2, TYPE);
        add(list, "json_valid", 1, VALID);
        add(list, "json_valid", 2, VALID);
        add(list, "jsonb", 1, BINARY);
        add(list, "jsonb_array", -1, BINARY_ARRAY);
        add(list, "jsonb_array_insert", -1, BINARY_ARRAY_INSERT);
        add(list, "jsonb_extract", -1, BINARY_EXTRACT);
        add(list, "jsonb_insert", -1, BINARY_INSERT);
        add(list, "jsonb_object", -1, BINARY_OBJECT);
        add(list, "jsonb_patch", 2, BINARY_PATCH);
        add(list, "jsonb_remove", -1, BINARY_REMOVE);
        add(list, "jsonb_replace", -1, BINARY_REPLACE);
        add(list, "jsonb_set", -1, BINARY_SET);
    }

    private static void add(List<FunctionDefinition> list, String name, int arguments, JsonFunction body) {
        EnumSet<Flag> flags = EnumSet.of(Flag.DETERMINISTIC, Flag.INNOCUOUS);
        if (body.readsSubtypes()) {
            flags.add(Flag.SUBTYPE);
        }
        if (body.givesJson()) {
            flags.add(Flag.RESULT_SUBTYPE);
        }
        list.add(new FunctionDefinition(name, arguments, Set.copyOf(flags), body, null));
    }

    /** True if the result is JSON, which its subtype tells; JSONB is known by its bytes. */
    private boolean givesJson() {
        return switch (this) {
            case ARRAY_LENGTH, ARROW_SQL, ERROR_POSITION, PRETTY, TYPE, VALID -> false;
            default -> !isBinary();
        };
    }

    /** True if an argument that is JSON is taken in as JSON, not as text. */
    private boolean readsSubtypes() {
        return switch (this) {
            case ARRAY,
                    ARRAY_INSERT,
                    INSERT,
                    OBJECT,
                    QUOTE,
                    REPLACE,
                    SET,
                    BINARY_ARRAY,
                    BINARY_ARRAY_INSERT,
                    BINARY_INSERT,
                    BINARY_OBJECT,
                    BINARY_REPLACE,
                    BINARY_SET -> true;
            default -> false;
        };
    }

    private boolean isBinary() {
        return compareTo(BINARY) >= 0;
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        JsonValues values = JsonValues.of(context);
        switch (this) {
            case JSON, BINARY -> {
                Jsonb json = values.read(args[first]);
                if (json != null) {
                    values.set(context.encoding(), result, json, isBinary());
                }
            }
            case ARRAY, BINARY_ARRAY -> array(context, values, args, first, count, result);
            case OBJECT, BINARY_OBJECT -> object(context, values, args, first, count, result);
            case ARRAY_LENGTH -> arrayLength(values, args, first, count, result);
            case ARROW, ARROW_SQL -> arrow(context, values, args, first, result);
            case ERROR_POSITION -> {
                if (!args[first].isNull()) {
                    result.setInteger(errorPosition(values, args[first]));
                }
            }
            case EXTRACT, BINARY_EXTRACT -> extract(context, values, args, first, count, result);
            case SET, BINARY_SET -> edit(context, values, args, first, count, JsonPath.Edit.SET, result);
            case INSERT, BINARY_INSERT -> edit(context, values, args, first, count, JsonPath.Edit.INSERT, result);
            case REPLACE, BINARY_REPLACE -> edit(context, values, args, first, count, JsonPath.Edit.REPLACE, result);
            case ARRAY_INSERT, BINARY_ARRAY_INSERT ->
                edit(context, values, args, first, count, JsonPath.Edit.ARRAY_INSERT, result);
            case REMOVE, BINARY_REMOVE -> remove(context, values, args, first, count, result);
            case PATCH, BINARY_PATCH -> patch(context, values, args, first, result);
            case PRETTY -> pretty(context, values, args, first, count, result);
            case QUOTE -> {
                ByteOutput out = new ByteOutput(32);
                values.append(args[first], out);
                JsonValues.setJson(context.encoding(), result, out);
            }
            case TYPE -> type(values, args, first, count, result);
            case VALID -> valid(values, args, first, count, result);
        }
    }

    private void array(FunctionContext context, JsonValues values, Value[] args, int first, int count, Value result) {
        ByteOutput out = new ByteOutput(64);
        out.add('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.add(',');
            }
            values.append(args[first + i], out);
        }
        out.add(']');
        values.setBuilt(context.encoding(), result, out, isBinary());
    }

    private void object(FunctionContext context, JsonValues values, Value[] args, int first, int count, Value result) {
        if ((count & 1) != 0) {
            throw JsonError.error("json_object() requires an even number of arguments");
        }
        ByteOutput out = new ByteOutput(64);
        Arguments label = new Arguments();
        out.add('{');
        for (int i = 0; i < count; i += 2) {
            if (!args[first + i].isText()) {
                throw JsonError.error("json_object() labels must be TEXT");
            }
            if (i > 0) {
                out.add(',');
            }
            label.text(args[first + i]);
            JsonText.quote(out, label.bytes, label.offset, label.length);
            out.add(':');
            values.append(args[first + i + 1], out);
        }
        out.add('}');
        values.setBuilt(context.encoding(), result, out, isBinary());
    }

    /** Offset of the element that the second argument names, of the whole value without one; negative if there is none. */
    private static int place(JsonValues values, Jsonb json, Value[] args, int first, int count) {
        if (count < 2) {
            return 0;
        }
        if (args[first + 1].isNull()) {
            return JsonPath.NOT_FOUND;
        }
        values.readPath(args[first + 1]);
        return values.path.find(json);
    }

    private static void arrayLength(JsonValues values, Value[] args, int first, int count, Value result) {
        Jsonb json = values.read(args[first]);
        if (json == null) {
            return;
        }
        int at = place(values, json, args, first, count);
        if (at < 0) {
            return;
        }
        int length = 0;
        if (json.type(at) == Jsonb.ARRAY) {
            int from = at + json.headerSize(at);
            length = JsonPath.count(json, from, from + json.payloadSize);
        }
        result.setInteger(length);
    }

    private void arrow(FunctionContext context, JsonValues values, Value[] args, int first, Value result) {
        Jsonb json = values.read(args[first]);
        if (json == null || args[first + 1].isNull()) {
            return;
        }
        values.readShortPath(args[first + 1]);
        int at = values.path.find(json);
        if (at < 0) {
            return;
        }
        if (this == ARROW) {
            values.setText(context.encoding(), result, json, at);
        } else {
            values.setSql(context.encoding(), result, json, at, false);
            result.subtype(0);
        }
    }

    private void extract(FunctionContext context, JsonValues values, Value[] args, int first, int count, Value result) {
        if (count < 2) {
            return;
        }
        Jsonb json = values.read(args[first]);
        if (json == null) {
            return;
        }
        if (count == 2) {
            if (!args[first + 1].isNull()) {
                values.readPath(args[first + 1]);
                int at = values.path.find(json);
                if (at >= 0) {
                    values.setSql(context.encoding(), result, json, at, isBinary());
                }
            }
            return;
        }
        int[] found = new int[count];
        for (int i = 1; i < count; i++) {
            if (args[first + i].isNull()) {
                return;
            }
            values.readPath(args[first + i]);
            found[i] = values.path.find(json);
        }
        ByteOutput out = new ByteOutput(64);
        out.add('[');
        for (int i = 1; i < count; i++) {
            if (i > 1) {
                out.add(',');
            }
            if (found[i] >= 0) {
                new JsonText(out).write(json, found[i]);
            } else {
                out.add("null");
            }
        }
        out.add(']');
        values.setBuilt(context.encoding(), result, out, isBinary());
    }

    private void edit(
            FunctionContext context,
            JsonValues values,
            Value[] args,
            int first,
            int count,
            JsonPath.Edit how,
            Value result) {
        if (count < 1) {
            return;
        }
        if ((count & 1) == 0) {
            String name = how == JsonPath.Edit.ARRAY_INSERT
                    ? "array_insert"
                    : how.name().toLowerCase(java.util.Locale.ROOT);
            throw JsonError.error((isBinary() ? "jsonb_" : "json_") + name + "() needs an odd number of arguments");
        }
        Jsonb read = values.read(args[first]);
        if (read == null) {
            return;
        }
        Jsonb json = read;
        if (count > 1) {
            json = new Jsonb();
            json.append(read.bytes, 0, read.length);
        }
        for (int i = 1; i < count; i += 2) {
            if (args[first + i].isNull()) {
                continue;
            }
            values.readPath(args[first + i]);
            values.path.requireRoot();
            Jsonb value = values.toJsonb(args[first + i + 1]);
            values.readPath(args[first + i]);
            values.path.edit(json, how, value);
        }
        values.set(context.encoding(), result, json, isBinary());
    }

    private void remove(FunctionContext context, JsonValues values, Value[] args, int first, int count, Value result) {
        if (count < 1) {
            return;
        }
        Jsonb json = values.read(args[first]);
        if (json == null) {
            return;
        }
        for (int i = 1; i < count; i++) {
            if (args[first + i].isNull()) {
                return;
            }
            values.readPath(args[first + i]);
            if (values.path.isRoot()) {
                return;
            }
            values.path.edit(json, JsonPath.Edit.REMOVE, null);
        }
        values.set(context.encoding(), result, json, isBinary());
    }

    private void patch(FunctionContext context, JsonValues values, Value[] args, int first, Value result) {
        Jsonb target = values.read(args[first]);
        if (target == null) {
            return;
        }
        Jsonb merged = new Jsonb();
        merged.append(target.bytes, 0, target.length);
        Jsonb patch = values.read(args[first + 1]);
        if (patch == null) {
            return;
        }
        new JsonMerge().merge(merged, patch);
        values.set(context.encoding(), result, merged, isBinary());
    }

    private static void pretty(
            FunctionContext context, JsonValues values, Value[] args, int first, int count, Value result) {
        Jsonb json = values.read(args[first]);
        if (json == null) {
            return;
        }
        byte[] indent = DEFAULT_INDENT;
        if (count == 2 && !args[first + 1].isNull()) {
            Arguments text = new Arguments().text(args[first + 1]);
            indent = java.util.Arrays.copyOfRange(text.bytes, text.offset, text.offset + text.lengthUntilNul());
        }
        ByteOutput out = new ByteOutput(json.length * 2);
        new JsonText(out).writePretty(json, 0, indent);
        JsonValues.setJson(context.encoding(), result, out);
        result.subtype(0); // for reading, not for other JSON functions
    }

    private static void type(JsonValues values, Value[] args, int first, int count, Value result) {
        Jsonb json = values.read(args[first]);
        if (json == null) {
            return;
        }
        int at = place(values, json, args, first, count);
        if (at < 0) {
            return;
        }
        if (json.type(at) >= TYPE_NAMES.length) {
            throw JsonError.malformed();
        }
        result.setText(TYPE_NAMES[json.type(at)]);
    }

    /** Name of an element's type as {@code json_type} gives it. */
    static String typeName(int type) {
        return TYPE_NAMES[type];
    }

    private static void valid(JsonValues values, Value[] args, int first, int count, Value result) {
        long flags = 1;
        if (count == 2) {
            flags = args[first + 1].asLong();
            if (flags < 1 || flags > 15) {
                throw JsonError.error("FLAGS parameter to json_valid() must be between 1 and 15");
            }
        }
        Value value = args[first];
        if (value.isNull()) {
            return;
        }
        boolean valid = false;
        if (value.isBlob() && values.isJsonb(value)) {
            if ((flags & 4) != 0) {
                valid = true;
            } else if ((flags & 8) != 0) {
                valid = new JsonValidity(values.read(value)).check() == 0;
            }
        } else if ((flags & 3) != 0) {
            valid = values.readOrNull(value) != null && ((flags & 2) != 0 || !values.parser.extended);
        }
        result.setInteger(valid ? 1 : 0);
    }

    /** In characters for a text, in bytes for JSONB; 0 if all is well. */
    private static int errorPosition(JsonValues values, Value value) {
        Jsonb json = values.readOrNull(value);
        if (json != null) {
            return json == values.parser.out ? 0 : new JsonValidity(json).check();
        }
        Arguments text = new Arguments().text(value);
        int characters = 0;
        for (int i = 0; i < values.parser.errorAt && i < text.length; i++) {
            if ((text.bytes[text.offset + i] & 0xc0) != 0x80) {
                characters++;
            }
        }
        return characters + 1;
    }
}
