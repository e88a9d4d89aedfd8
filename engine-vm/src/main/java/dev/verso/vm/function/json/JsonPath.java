package dev.verso.vm.function.json;

import dev.verso.error.DatabaseException;
import java.util.Arrays;

/**
 * Follows a path such as {@code $.a[2]."b c"[#-1]} through JSONB, to find an element or to change it there (sqlite.org/json1.html, section
 * 3.3). A wrong path is only seen as far as it is followed. For reuse.
 */
final class JsonPath {
    /** What to do with the element that the path names. */
    enum Edit {
        NONE,
        REMOVE,
        /** Only if it is there. */
        REPLACE,
        /** In either case. */
        SET,
        /** Only if it is not there yet. */
        INSERT,
        /** Before the array element that the path names. */
        ARRAY_INSERT;

        boolean adds() {
            return this == SET || this == INSERT || this == ARRAY_INSERT;
        }
    }

    /** There is no such element. */
    static final int NOT_FOUND = -1;

    private final JsonEscapes escapes = new JsonEscapes();
    private byte[] path = new byte[0];
    private int pathLength;
    private byte[] shortForm; // what the path was made of, if not given as it is
    private Edit edit = Edit.NONE;
    private Jsonb value;
    private int label;

    JsonPath() {}

    /** Sets the path; a NUL ends it. */
    void set(byte[] source, int offset, int count) {
        shortForm = null;
        int length = 0;
        while (length < count && source[offset + length] != 0) {
            length++;
        }
        if (path.length < length) {
            path = new byte[length];
        }
        System.arraycopy(source, offset, path, 0, length);
        pathLength = length;
    }

    /** Makes the path of a right operand of {@code ->} that is no path: a label or an index. */
    void setShort(byte[] source, int offset, int count, boolean integer) {
        set(source, offset, count);
        byte[] given = Arrays.copyOf(path, pathLength);
        shortForm = given;
        boolean plain = true;
        for (byte b : given) {
            plain &= JsonCharacters.isLetterOrDigit(b & 0xff);
        }
        StringBuilder before = new StringBuilder("$");
        String after = "";
        if (integer) {
            before.append(given[0] == '-' ? "[#" : "[");
            after = "]";
        } else if (plain) {
            before.append('.');
        } else if (given.length >= 3 && given[0] == '[' && given[given.length - 1] == ']') {
            after = "";
        } else {
            before.append(".\"");
            after = "\"";
        }
        int length = before.length() + given.length + after.length();
        path = new byte[length];
        pathLength = 0;
        for (int i = 0; i < before.length(); i++) {
            path[pathLength++] = (byte) before.charAt(i);
        }
        System.arraycopy(given, 0, path, pathLength, given.length);
        pathLength += given.length;
        for (int i = 0; i < after.length(); i++) {
            path[pathLength++] = (byte) after.charAt(i);
        }
    }

    /** Fails if the path does not begin with {@code $}. */
    void requireRoot() {
        if (pathLength == 0 || path[0] != '$') {
            throw bad();
        }
    }

    boolean isRoot() {
        return pathLength == 1 && path[0] == '$';
    }

    DatabaseException bad() {
        return shortForm == null ? JsonError.badPath(path, pathLength) : JsonError.badPath(shortForm, shortForm.length);
    }

    /** Offset of the element, or {@link #NOT_FOUND}. */
    int find(Jsonb json) {
        edit = Edit.NONE;
        value = null;
        return follow(json);
    }

    /** As {@link #find}, but a path that is wrong finds nothing. */
    int findIfRight(Jsonb json) {
        try {
            return find(json);
        } catch (DatabaseException e) {
            return NOT_FOUND; // the part before a bracket or point in a quoted label is no path
        }
    }

    /** Changes the document; {@code newValue} may be null for {@link Edit#REMOVE}. */
    void edit(Jsonb json, Edit how, Jsonb newValue) {
        edit = how;
        value = newValue;
        if (isRoot()) {
            if (how == Edit.SET || how == Edit.REPLACE) {
                json.replace(0, json.length, newValue, 0, newValue.length);
            }
            return;
        }
        follow(json);
    }

    /** Offset of the label of the element that was found last, 0 if it has none. */
    int label() {
        return label;
    }

    private int follow(Jsonb json) {
        requireRoot();
        return step(json, 0, 1, 0, 0);
    }

    private int peek(int at) {
        return at < pathLength ? path[at] & 0xff : 0;
    }

    /** Follows the path from its byte {@code at}, standing on the element {@code root}. */
    private int step(Jsonb json, int root, int at, int labelAt, int depth) {
        if (at >= pathLength) {
            return arrive(json, root, labelAt);
        }
        return switch (path[at]) {
            case '.' -> member(json, root, at + 1, depth);
            case '[' -> element(json, root, at, depth);
            default -> throw bad();
        };
    }

    private int arrive(Jsonb json, int root, int labelAt) {
        label = labelAt;
        switch (edit) {
            case NONE, INSERT -> {}
            case REMOVE -> {
                int from = labelAt > 0 ? labelAt : root;
                json.splice(from, past(json, root) - from, 0);
            }
            case ARRAY_INSERT -> {
                requireArrayElement();
                json.splice(root, 0, value, 0, value.length);
            }
            case REPLACE, SET -> json.replace(root, past(json, root) - root, value, 0, value.length);
        }
        return root;
    }

    private void requireArrayElement() {
        if (path[pathLength - 1] != ']') {
            throw JsonError.notAnArrayElement(path, pathLength);
        }
    }

    private static int past(Jsonb json, int at) {
        int past = json.next(at);
        if (past == 0) {
            throw JsonError.malformed();
        }
        return past;
    }

    /** Goes on below a container, and gives it its new size if something changed in there. */
    private int below(Jsonb json, int root, int payload, int child, int at, int labelAt, int depth) {
        int before = json.length;
        int found = step(json, child, at, labelAt, depth);
        if (json.length != before) {
            json.resize(root, payload + json.length - before);
        }
        return found;
    }

    private int member(Jsonb json, int root, int from, int depth) {
        int keyFrom = from;
        int keyPast;
        int at;
        boolean raw = true;
        if (peek(from) == '"') {
            keyFrom++;
            keyPast = keyFrom;
            while (keyPast < pathLength && path[keyPast] != '"') {
                if (path[keyPast] == '\\') {
                    raw = false;
                    keyPast += keyPast + 1 < pathLength ? 2 : 1;
                } else {
                    keyPast++;
                }
            }
            if (keyPast >= pathLength) {
                throw bad();
            }
            at = keyPast + 1;
        } else {
            keyPast = from;
            while (keyPast < pathLength && path[keyPast] != '.' && path[keyPast] != '[') {
                keyPast++;
            }
            if (keyPast == keyFrom) {
                throw bad();
            }
            at = keyPast;
        }
        if (json.type(root) != Jsonb.OBJECT) {
            return NOT_FOUND;
        }
        int i = root + json.headerSize(root);
        int payload = json.payloadSize;
        int past = i + payload;
        while (i < past) {
            int type = json.type(i);
            int header = json.headerSize(i);
            int textAt = i + header;
            int member = textAt + json.payloadSize;
            if (!Jsonb.isText(type) || header == 0 || member >= past) {
                throw JsonError.malformed();
            }
            if (escapes.same(path, keyFrom, keyPast, raw, json.bytes, textAt, member, Jsonb.isRaw(type))) {
                requireValue(json, member, past);
                return below(json, root, payload, member, at, i, depth);
            }
            requireValue(json, member, past);
            i = json.next(member);
        }
        if (edit == Edit.ARRAY_INSERT) {
            requireArrayElement();
        }
        if (edit.adds()) {
            Jsonb added = new Jsonb();
            added.append(raw ? Jsonb.TEXTRAW : Jsonb.TEXT5, path, keyFrom, keyPast - keyFrom);
            Jsonb content = substructure(at, depth);
            if (content != null) {
                added.append(content.bytes, 0, content.length);
                json.splice(past, 0, added, 0, added.length);
                json.resize(root, payload + added.length);
            }
        }
        return NOT_FOUND;
    }

    private static void requireValue(Jsonb json, int at, int past) {
        int next = json.type(at) > Jsonb.OBJECT ? 0 : json.next(at);
        if (next == 0 || next > past) {
            throw JsonError.malformed();
        }
    }

    private int element(Jsonb json, int root, int bracket, int depth) {
        if (json.type(root) != Jsonb.ARRAY) {
            return NOT_FOUND;
        }
        int first = root + json.headerSize(root);
        int payload = json.payloadSize;
        int past = first + payload;
        int at = bracket + 1;
        long index = 0;
        while (JsonCharacters.isDigit(peek(at))) {
            index = Math.min(index * 10 + path[at] - '0', Integer.MAX_VALUE);
            at++;
        }
        if (at == bracket + 1 || peek(at) != ']') {
            if (peek(bracket + 1) != '#') {
                throw bad();
            }
            index = count(json, first, past);
            at = bracket + 2;
            if (peek(at) == '-' && JsonCharacters.isDigit(peek(at + 1))) {
                long back = 0;
                for (at++; JsonCharacters.isDigit(peek(at)); at++) {
                    back = Math.min(back * 10 + path[at] - '0', Integer.MAX_VALUE);
                }
                if (back > index) {
                    return NOT_FOUND;
                }
                index -= back;
            }
            if (peek(at) != ']') {
                throw bad();
            }
        }
        at++;
        int i = first;
        for (; i < past; index--) {
            if (index == 0) {
                return below(json, root, payload, i, at, 0, depth);
            }
            i = past(json, i);
        }
        if (i > past) {
            throw JsonError.malformed();
        }
        if (index == 0 && edit.adds()) {
            Jsonb content = substructure(at, depth);
            if (content != null) {
                json.splice(past, 0, content, 0, content.length);
                json.resize(root, payload + content.length);
            }
        }
        return NOT_FOUND;
    }

    /** Number of elements between two offsets, up to and with the first damaged one. */
    static int count(Jsonb json, int first, int past) {
        int count = 0;
        for (int i = first; i < past; count++) {
            i = json.next(i);
            if (i == 0) {
                i = past;
            }
        }
        return count;
    }

    /** What the rest of the path from {@code at} on makes where nothing is: the new value, within new containers. Null if it makes nothing. */
    private Jsonb substructure(int at, int depth) {
        if (at >= pathLength) {
            return value;
        }
        if (depth + 1 > Jsonb.MAXIMUM_DEPTH) {
            throw JsonError.pathTooDeep();
        }
        Jsonb container = new Jsonb();
        container.append(path[at] == '.' ? Jsonb.OBJECT : Jsonb.ARRAY);
        step(container, 0, at, 0, depth + 1);
        return container.length > 1 ? container : null;
    }
}
