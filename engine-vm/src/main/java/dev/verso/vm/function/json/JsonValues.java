package dev.verso.vm.function.json;

import dev.verso.record.TextEncoding;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.builtin.Arguments;
import dev.verso.vm.function.builtin.ByteOutput;
import dev.verso.vm.value.NumericText;
import dev.verso.vm.value.Value;
import java.nio.charset.StandardCharsets;

/** SQL values from JSON and JSON from SQL values. One for each call site, which reuses its buffers. */
final class JsonValues {
    private static final int LONGEST_AMBIGUOUS = 7;

    final JsonParser parser = new JsonParser();
    final JsonPath path = new JsonPath();
    private final JsonEscapes escapes = new JsonEscapes();
    private final Jsonb fromBlob = new Jsonb();
    private final Arguments argument = new Arguments();

    JsonValues() {}

    static JsonValues of(FunctionContext context) {
        if (context.callSiteData() instanceof JsonValues known) {
            return known;
        }
        JsonValues made = new JsonValues();
        context.callSiteData(made);
        return made;
    }

    /** The argument as JSONB, null if it is NULL. Valid until the next call. Fails if it is not JSON. */
    Jsonb read(Value value) {
        if (value.isNull()) {
            return null;
        }
        Jsonb json = readOrNull(value);
        if (json == null) {
            throw JsonError.malformed();
        }
        return json;
    }

    /** The argument as JSONB, null if it is not JSON: then {@link JsonParser#errorAt} says where. The argument must not be NULL. */
    Jsonb readOrNull(Value value) {
        parser.extended = false;
        if (value.isBlob() && isJsonb(value)) {
            return fromBlob;
        }
        argument.text(value);
        return parser.parse(argument.bytes, argument.offset, argument.length) ? parser.out : null;
    }

    /** True if the blob looks like JSONB from outside: a known type, and a size that is the blob's. {@link #fromBlob} holds it then. */
    boolean isJsonb(Value blob) {
        byte[] bytes = blob.bytes(TextEncoding.UTF8);
        int count = blob.length();
        if (count == 0 || (bytes[blob.offset()] & 15) > Jsonb.OBJECT) {
            return false;
        }
        fromBlob.set(bytes, blob.offset(), count);
        int header = fromBlob.headerSize(0);
        int payload = fromBlob.payloadSize;
        if (header == 0 || header + payload != count || fromBlob.type(0) <= Jsonb.FALSE && payload > 0) {
            return false;
        }
        // A short blob could as well be a JSON text: then every byte must be right.
        int c = fromBlob.bytes[0];
        boolean maybeText = payload <= LONGEST_AMBIGUOUS && (c == '{' || c == '[' || JsonCharacters.isDigit(c));
        return !maybeText || new JsonValidity(fromBlob).check() == 0;
    }

    /** The path in an argument that is not NULL. */
    void readPath(Value value) {
        argument.text(value);
        path.set(argument.bytes, argument.offset, argument.length);
    }

    /** The right operand of {@code ->}: a path, a label or an index. */
    void readShortPath(Value value) {
        argument.text(value);
        if (argument.length > 0 && argument.bytes[argument.offset] == '$') {
            path.set(argument.bytes, argument.offset, argument.length);
        } else {
            path.setShort(argument.bytes, argument.offset, argument.length, value.isInteger());
        }
    }

    /** Appends the JSON of an SQL value. */
    void append(Value value, ByteOutput out) {
        switch (value.storageClass()) {
            case NULL -> out.add("null");
            case INTEGER -> out.add(Long.toString(value.integer()));
            case REAL -> out.add(realText(value.real(), "9.0e+999"));
            case TEXT -> {
                argument.text(value);
                if (value.subtype() == Jsonb.SUBTYPE) {
                    out.add(argument.bytes, argument.offset, argument.length);
                } else {
                    JsonText.quote(out, argument.bytes, argument.offset, argument.length);
                }
            }
            case BLOB -> {
                if (!isJsonb(value)) {
                    throw JsonError.holdsBlob();
                }
                new JsonText(out).write(fromBlob, 0);
            }
        }
    }

    private static String realText(double real, String infinity) {
        if (Double.isInfinite(real)) {
            return real > 0 ? infinity : "-" + infinity;
        }
        return dev.verso.vm.value.RealText.toText(real);
    }

    /** Makes JSONB of an SQL value. */
    Jsonb toJsonb(Value value) {
        Jsonb json = new Jsonb();
        switch (value.storageClass()) {
            case NULL -> json.append(Jsonb.NULL);
            case INTEGER -> appendAscii(json, Jsonb.INT, Long.toString(value.integer()));
            case REAL -> appendAscii(json, Jsonb.FLOAT, realText(value.real(), "9e999"));
            case TEXT -> {
                if (value.subtype() == Jsonb.SUBTYPE) {
                    Jsonb read = read(value);
                    json.append(read.bytes, 0, read.length);
                } else {
                    argument.text(value);
                    json.append(Jsonb.TEXTRAW, argument.bytes, argument.offset, argument.length);
                }
            }
            case BLOB -> {
                if (!isJsonb(value)) {
                    throw JsonError.holdsBlob();
                }
                json.append(fromBlob.bytes, 0, fromBlob.length);
            }
        }
        return json;
    }

    private static void appendAscii(Jsonb json, int type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        json.append(type, bytes, 0, bytes.length);
    }

    // ---- results

    /** Sets the result to the JSON text of an element. */
    void setText(TextEncoding encoding, Value result, Jsonb json, int at) {
        ByteOutput out = new ByteOutput(json.length + 16);
        new JsonText(out).write(json, at);
        setJson(encoding, result, out);
    }

    /** Sets the result to that JSON text. */
    static void setJson(TextEncoding encoding, Value result, ByteOutput text) {
        Arguments.setText(encoding, result, text.bytes(), 0, text.length());
        result.subtype(Jsonb.SUBTYPE);
    }

    /** Sets the result to the JSONB of an element. */
    static void setBlob(Value result, Jsonb json, int at) {
        int past = json.next(at);
        if (past == 0) {
            throw JsonError.malformed();
        }
        result.setBlobCopy(json.bytes, at, past - at);
    }

    /** Sets the result to a whole value, as text or as JSONB. */
    void set(TextEncoding encoding, Value result, Jsonb json, boolean binary) {
        if (binary) {
            result.setBlobCopy(json.bytes, 0, json.length);
        } else {
            setText(encoding, result, json, 0);
        }
    }

    /** Sets the result to what a JSON text means as JSON: itself, or the JSONB made of it. */
    void setBuilt(TextEncoding encoding, Value result, ByteOutput text, boolean binary) {
        if (!binary) {
            setJson(encoding, result, text);
        } else if (parser.parse(text.bytes(), 0, text.length())) {
            result.setBlobCopy(parser.out.bytes, 0, parser.out.length);
        } else {
            throw JsonError.malformed();
        }
    }

    /** Sets the result to the SQL value of an element; arrays and objects become JSON, as text or as JSONB. */
    void setSql(TextEncoding encoding, Value result, Jsonb json, int at, boolean binary) {
        int header = json.headerSize(at);
        if (header == 0) {
            throw JsonError.malformed();
        }
        int from = at + header;
        int past = from + json.payloadSize;
        int type = json.type(at);
        switch (type) {
            case Jsonb.NULL, Jsonb.TRUE, Jsonb.FALSE -> {
                if (past != from) {
                    throw JsonError.malformed();
                }
                if (type == Jsonb.NULL) {
                    result.setNull();
                } else {
                    result.setInteger(type == Jsonb.TRUE ? 1 : 0);
                }
            }
            case Jsonb.INT, Jsonb.INT5 -> setInteger(result, json.bytes, from, past);
            case Jsonb.FLOAT, Jsonb.FLOAT5 -> setReal(result, json.bytes, from, past);
            case Jsonb.TEXT, Jsonb.TEXTRAW -> {
                byte[] copy = java.util.Arrays.copyOfRange(json.bytes, from, past);
                Arguments.setText(encoding, result, copy, 0, copy.length);
            }
            case Jsonb.TEXTJ, Jsonb.TEXT5 -> {
                ByteOutput out = new ByteOutput(past - from);
                escapes.unescape(json.bytes, from, past, out);
                Arguments.setText(encoding, result, out.bytes(), 0, out.length());
            }
            case Jsonb.ARRAY, Jsonb.OBJECT -> {
                if (binary) {
                    setBlob(result, json, at);
                } else {
                    setText(encoding, result, json, at);
                }
            }
            default -> throw JsonError.malformed();
        }
    }

    private static void setInteger(Value result, byte[] bytes, int from, int past) {
        if (past == from) {
            throw JsonError.malformed();
        }
        boolean negative = bytes[from] == '-';
        int at = negative ? from + 1 : from;
        if (past - at > 2 && bytes[at] == '0' && (bytes[at + 1] | 0x20) == 'x') {
            setHexadecimal(result, bytes, at + 2, past, negative);
            return;
        }
        if (NumericText.form(bytes, at, past - at) != NumericText.WHOLE) {
            throw JsonError.malformed();
        }
        if (NumericText.fitsLong(bytes, from, past - from)) {
            result.setInteger(NumericText.integerPrefix(bytes, from, past - from));
        } else {
            setReal(result, bytes, from, past);
        }
    }

    private static void setHexadecimal(Value result, byte[] bytes, int from, int past, boolean negative) {
        long value = 0;
        int digits = 0;
        for (int i = from; i < past; i++) {
            if (!JsonCharacters.isHex(bytes[i])) {
                throw JsonError.malformed();
            }
            value = value << 4 | JsonCharacters.hex(bytes[i]);
            digits += digits > 0 || bytes[i] != '0' ? 1 : 0;
        }
        if (digits > 16) {
            throw JsonError.malformed();
        }
        if (value < 0) {
            double unsigned = (double) (value >>> 1) * 2.0;
            result.setReal(negative ? -unsigned : unsigned);
        } else {
            result.setInteger(negative ? -value : value);
        }
    }

    private static void setReal(Value result, byte[] bytes, int from, int past) {
        if (past == from) {
            throw JsonError.malformed();
        }
        int form = NumericText.form(bytes, from, past - from);
        if (form != NumericText.WHOLE && form != NumericText.FRACTION) {
            throw JsonError.malformed();
        }
        result.setReal(NumericText.realPrefix(bytes, from, past - from));
    }
}
