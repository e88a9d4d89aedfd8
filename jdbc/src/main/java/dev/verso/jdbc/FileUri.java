package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A {@code file:} URI as SQLite reads it (sqlite.org/uri.html).
 *
 * @param path percent-decoded; empty for none
 * @param parameters percent-decoded, of equal names the last
 */
record FileUri(String path, Map<String, String> parameters) {
    /** SQLite's own ways to files. The plain ones are taken; the others lock otherwise, so they are not. */
    private static final Set<String> VFS_NAMES = Set.of("unix", "win32", "win32-longpath");

    /** Parses what begins with {@code file:}. */
    static FileUri parse(String uri) {
        String rest = uri.substring("file:".length());
        int fragment = rest.indexOf('#');
        if (fragment >= 0) {
            rest = rest.substring(0, fragment);
        }
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        if (path.startsWith("//")) {
            int slash = path.indexOf('/', 2);
            String authority = path.substring(2, slash < 0 ? path.length() : slash);
            if (!authority.isEmpty() && !authority.equals("localhost")) {
                throw new DatabaseException(ResultCode.ERROR, "invalid uri authority: " + authority);
            }
            path = slash < 0 ? "" : path.substring(slash);
        }
        Map<String, String> parameters = new HashMap<>();
        if (question >= 0) {
            for (String part : rest.substring(question + 1).split("&")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parameters.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
                }
            }
        }
        FileUri parsed = new FileUri(decode(path), Map.copyOf(parameters));
        parsed.check();
        return parsed;
    }

    private void check() {
        String mode = parameters.getOrDefault("mode", "rwc");
        switch (mode) {
            case "ro", "rw", "rwc", "memory" -> {}
            default -> throw new DatabaseException(ResultCode.ERROR, "no such access mode: " + mode);
        }
        String cache = parameters.getOrDefault("cache", "private");
        switch (cache) {
            case "shared", "private" -> {}
            default -> throw new DatabaseException(ResultCode.ERROR, "no such cache mode: " + cache);
        }
        String vfs = parameters.getOrDefault("vfs", "unix");
        if (!VFS_NAMES.contains(vfs)) {
            throw new DatabaseException(ResultCode.ERROR, "no such vfs: " + vfs);
        }
    }

    boolean isMemory() {
        return "memory".equals(parameters.get("mode")) || path.equals(":memory:");
    }

    boolean isShared() {
        return "shared".equals(parameters.get("cache"));
    }

    boolean isReadOnly() {
        return "ro".equals(parameters.get("mode"));
    }

    boolean mayCreate() {
        return parameters.getOrDefault("mode", "rwc").equals("rwc");
    }

    boolean isImmutable() {
        return switch (parameters.getOrDefault("immutable", "0")) {
            case "1", "yes", "true", "on" -> true;
            default -> false;
        };
    }

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%' && i + 2 < raw.length && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
                bytes.write(hex(raw[i + 1]) << 4 | hex(raw[i + 2]));
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte b) {
        return Character.digit(b, 16);
    }
}
