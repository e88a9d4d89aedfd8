package dev.verso.vm.function.json;

import dev.verso.record.TextEncoding;
import dev.verso.vm.function.builtin.Arguments;
import dev.verso.vm.function.builtin.ByteOutput;
import dev.verso.vm.value.Value;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.VirtualCursor;
import java.util.Arrays;

/**
 * A walk over the elements of a document. The path of the container that the walk is in is kept as text; offsets in the JSONB serve as
 * ids.
 */
final class JsonRowCursor implements VirtualCursor {
    private static final int NO_TYPE = -1;
    private static final byte[] ROOT_PATH = {'$'};

    private final boolean recursive;
    private final boolean binary;
    private final JsonValues values = new JsonValues();
    private final JsonPath lookup = new JsonPath();
    private final ByteOutput path = new ByteOutput(32);
    private final Value document = new Value();
    private final Jsonb json = new Jsonb();
    private int rootLength;

    /** Where the walk stands: at a label in an object, else at a value. */
    private int at;

    private int end;
    private long row;
    /** Type of the container that the walk is in, {@link #NO_TYPE} if in none. */
    private int container;

    // ---- the containers around the place, the outermost first
    private int depth;
    private int[] heads = new int[8]; // where the container's own label or value begins
    private int[] starts = new int[8]; // where its value begins
    private int[] ends = new int[8];
    private int[] pathLengths = new int[8]; // of its parent's path
    private long[] indexes = new long[8]; // of the present element in an array

    JsonRowCursor(boolean recursive, boolean binary) {
        this.recursive = recursive;
        this.binary = binary;
    }

    @Override
    public void filter(int indexNumber, String indexText, FilterArguments arguments) {
        at = 0;
        end = 0;
        row = 0;
        depth = 0;
        container = NO_TYPE;
        path.clear();
        if (indexNumber == 0 || arguments.value(0).isNull()) {
            return;
        }
        document.setCopy(arguments.value(0));
        document.own();
        Jsonb read = values.read(document);
        json.set(read.bytes, 0, read.length);
        int value = 0;
        if (indexNumber == 3) {
            if (arguments.value(1).isNull()) {
                return;
            }
            Arguments root = new Arguments().text(arguments.value(1));
            int length = root.lengthUntilNul();
            lookup.set(root.bytes, root.offset, length);
            lookup.requireRoot();
            if (!lookup.isRoot()) {
                value = lookup.find(json);
                if (value < 0) {
                    return;
                }
                at = lookup.label() > 0 ? lookup.label() : value;
                container = lookup.label() > 0 ? Jsonb.OBJECT : Jsonb.ARRAY;
            }
            path.add(root.bytes, root.offset, length);
        } else {
            path.add(ROOT_PATH, 0, 1);
        }
        rootLength = path.length();
        int header = json.headerSize(value);
        end = value + header + json.payloadSize;
        if (!recursive && json.type(value) >= Jsonb.ARRAY) {
            push(value, value, end, path.length());
            indexes[0] = 0;
            at = value + header;
            container = json.type(value);
        }
    }

    private void push(int head, int value, int past, int pathLength) {
        if (depth == heads.length) {
            heads = Arrays.copyOf(heads, depth * 2);
            starts = Arrays.copyOf(starts, depth * 2);
            ends = Arrays.copyOf(ends, depth * 2);
            pathLengths = Arrays.copyOf(pathLengths, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
        heads[depth] = head;
        starts[depth] = value;
        ends[depth] = past;
        pathLengths[depth] = pathLength;
        indexes[depth] = -1;
        depth++;
    }

    @Override
    public boolean isEnd() {
        return at >= end;
    }

    /** Offset of the value, behind the label if there is one. */
    private int value() {
        return container == Jsonb.OBJECT ? past(at) : at;
    }

    private int past(int element) {
        int past = json.next(element);
        if (past == 0) {
            throw JsonError.malformed();
        }
        return past;
    }

    @Override
    public void next() {
        int value = value();
        if (recursive) {
            nextOfTree(value);
        } else {
            at = past(value);
        }
        if (container == Jsonb.ARRAY && depth > 0) {
            indexes[depth - 1]++;
        }
        row++;
    }

    private void nextOfTree(int value) {
        int past = past(value);
        boolean changed = false;
        if (json.type(value) >= Jsonb.ARRAY) {
            int pathLength = path.length();
            if (container != NO_TYPE && depth > 0) {
                appendName();
            }
            push(at, value, past, pathLength);
            at = value + json.headerSize(value);
            changed = true;
        } else {
            at = past;
        }
        while (depth > 0 && at >= ends[depth - 1]) {
            depth--;
            path.truncate(pathLengths[depth]);
            changed = true;
        }
        if (changed) {
            container = depth > 0 ? json.type(starts[depth - 1]) : NO_TYPE;
        }
    }

    /** Appends the name of the present element to the path. */
    private void appendName() {
        if (container == Jsonb.ARRAY) {
            path.add("[" + indexes[depth - 1] + "]");
            return;
        }
        int from = at + json.headerSize(at);
        int count = json.payloadSize;
        boolean plain = count > 0 && !JsonCharacters.isDigit(json.bytes[from]);
        for (int i = from; i < from + count && plain; i++) {
            plain = JsonCharacters.isLetterOrDigit(json.bytes[i] & 0xff);
        }
        int shown = 0;
        // Only JSONB that was not made of a text can hold a zero byte; SQLite's path ends the name there.
        while (shown < count && json.bytes[from + shown] != 0) {
            shown++;
        }
        path.add(plain ? "." : ".\"");
        path.add(json.bytes, from, shown);
        if (!plain) {
            path.add('"');
        }
    }

    @Override
    public void column(int column, Value result) {
        switch (column) {
            case JsonRows.KEY -> key(result);
            case JsonRows.VALUE -> {
                int value = value();
                values.setSql(TextEncoding.UTF8, result, json, value, binary);
                if (json.type(value) >= Jsonb.ARRAY && !binary) {
                    result.subtype(Jsonb.SUBTYPE);
                }
            }
            case JsonRows.TYPE -> result.setText(JsonFunction.typeName(json.type(value())));
            case JsonRows.ATOM -> {
                int value = value();
                if (json.type(value) < Jsonb.ARRAY) {
                    values.setSql(TextEncoding.UTF8, result, json, value, false);
                }
            }
            case JsonRows.ID -> result.setInteger(at);
            case JsonRows.PARENT -> {
                if (depth > 0 && recursive) {
                    result.setInteger(heads[depth - 1]);
                }
            }
            case JsonRows.FULL_KEY -> {
                int length = path.length();
                if (depth > 0) {
                    appendName();
                }
                setPath(result, 0, path.length());
                path.truncate(length);
            }
            case JsonRows.PATH -> setPath(result, 0, pathLength());
            case JsonRows.ROOT -> setPath(result, 0, rootLength);
            case JsonRows.JSON -> result.setCopy(document);
            default -> throw new IllegalArgumentException("column " + column);
        }
    }

    private void setPath(Value result, int from, int past) {
        byte[] copy = Arrays.copyOfRange(path.bytes(), from, past);
        result.setText(copy, 0, copy.length, TextEncoding.UTF8);
    }

    private void key(Value result) {
        if (depth > 0) {
            if (container == Jsonb.OBJECT) {
                values.setSql(TextEncoding.UTF8, result, json, at, false);
            } else {
                result.setInteger(indexes[depth - 1]);
            }
            return;
        }
        if (rootLength == 1) {
            return;
        }
        // The root itself: its key is what the path ends with.
        int from = pathLength();
        int past = path.length();
        if (from == past) {
            return;
        }
        byte[] bytes = path.bytes();
        if (bytes[from] == '[') {
            long index = 0;
            for (int i = from + 1; i < past && JsonCharacters.isDigit(bytes[i]); i++) {
                index = index * 10 + bytes[i] - '0';
            }
            result.setInteger(index);
        } else if (bytes[from + 1] == '"') {
            setPath(result, from + 2, past - 1);
        } else {
            setPath(result, from + 1, past);
        }
    }

    /** Bytes of the path of the container that the present element is in; for the root element that has to be found out. */
    private int pathLength() {
        int length = path.length();
        if (row > 0 || !recursive || length < 2) {
            return length;
        }
        while (length > 1) {
            length--;
            byte c = path.bytes()[length];
            if (c == '[' || c == '.') {
                int parent = parentAt(length);
                if (parent >= 0 && parent + json.headerSize(parent) == at) {
                    break;
                }
            }
        }
        return length;
    }

    private int parentAt(int length) {
        lookup.set(path.bytes(), 0, length);
        return lookup.findIfRight(json);
    }

    @Override
    public long rowid() {
        return row;
    }
}
