package dev.verso.vm.function.json;

/** {@code json_patch}: RFC 7396 merge patches. */
final class JsonMerge {
    private final JsonEscapes escapes = new JsonEscapes();

    JsonMerge() {}

    /** Merges the patch into the document. */
    void merge(Jsonb target, Jsonb patch) {
        merge(target, 0, patch, 0, 0);
    }

    private void merge(Jsonb target, int at, Jsonb patch, int patchAt, int depth) {
        int patchPast = past(patch, patchAt);
        if (patch.type(patchAt) != Jsonb.OBJECT) {
            target.replace(at, past(target, at) - at, patch, patchAt, patchPast - patchAt);
            return;
        }
        if (depth > Jsonb.MAXIMUM_DEPTH) {
            throw JsonError.malformed();
        }
        if (target.type(at) != Jsonb.OBJECT) {
            target.splice(at, past(target, at) - at, 1);
            target.bytes[at] = Jsonb.OBJECT;
        }
        int i = patchAt + patch.headerSize(patchAt);
        while (i < patchPast) {
            int label = i;
            int labelText = label + patch.headerSize(label);
            int value = past(patch, label);
            if (!Jsonb.isText(patch.type(label)) || value >= patchPast) {
                throw JsonError.malformed();
            }
            i = past(patch, value);
            if (i > patchPast) {
                throw JsonError.malformed();
            }
            member(target, at, patch, label, labelText, value, depth);
        }
    }

    /** Merges one member of the patch into the object at {@code at}. */
    private void member(Jsonb target, int at, Jsonb patch, int label, int labelText, int value, int depth) {
        boolean raw = Jsonb.isRaw(patch.type(label));
        int header = target.headerSize(at);
        int payload = target.payloadSize;
        int past = at + header + payload;
        int before = target.length;
        int i = at + header;
        int found = 0;
        while (i < past) {
            int text = i + target.headerSize(i);
            int targetValue = past(target, i);
            if (!Jsonb.isText(target.type(i)) || targetValue >= past) {
                throw JsonError.malformed();
            }
            boolean targetRaw = Jsonb.isRaw(target.type(i));
            if (escapes.same(patch.bytes, labelText, value, raw, target.bytes, text, targetValue, targetRaw)) {
                found = targetValue;
                break;
            }
            i = past(target, targetValue);
        }
        int type = patch.type(value);
        if (found > 0) {
            if (type == Jsonb.NULL) {
                target.splice(i, past(target, found) - i, 0);
            } else {
                merge(target, found, patch, value, depth + 1);
            }
        } else if (type == Jsonb.OBJECT) {
            target.splice(past, 0, patch, label, value - label);
            int added = past + value - label;
            target.splice(added, 0, 1);
            target.bytes[added] = Jsonb.NULL;
            merge(target, added, patch, value, depth + 1);
        } else if (type != Jsonb.NULL) {
            target.splice(past, 0, patch, label, past(patch, value) - label);
        }
        if (target.length != before) {
            target.resize(at, payload + target.length - before);
        }
    }

    private static int past(Jsonb json, int at) {
        int past = json.next(at);
        if (past == 0) {
            throw JsonError.malformed();
        }
        return past;
    }
}
