package dev.verso.vm.function.builtin;

/**
 * Matching of LIKE and GLOB patterns on UTF-8 bytes, without recursion: on a mismatch the text after the last wildcard of any length is
 * tried one character further on. Both sides end at a NUL, as in SQLite.
 */
final class Patterns {
    private Patterns() {}

    static boolean like(Arguments pattern, Arguments text, int escape, boolean caseSensitive) {
        byte[] p = pattern.bytes;
        byte[] t = text.bytes;
        int pEnd = endAtNul(pattern);
        int tEnd = endAtNul(text);
        int pAt = pattern.offset;
        int tAt = text.offset;
        int retryPattern = -1;
        int retryText = 0;
        while (true) {
            boolean ok;
            if (pAt == pEnd) {
                if (tAt == tEnd) {
                    return true;
                }
                ok = false;
            } else {
                int c = Utf8.codePoint(p, pAt, pEnd);
                int pNext = Utf8.next(p, pAt, pEnd);
                if (c == escape) {
                    if (pNext == pEnd) {
                        return false;
                    }
                    c = Utf8.codePoint(p, pNext, pEnd);
                    pNext = Utf8.next(p, pNext, pEnd);
                    ok = tAt < tEnd && same(c, Utf8.codePoint(t, tAt, tEnd), caseSensitive);
                } else if (c == '%') {
                    retryPattern = pNext;
                    retryText = tAt;
                    pAt = pNext;
                    continue;
                } else {
                    ok = tAt < tEnd && (c == '_' || same(c, Utf8.codePoint(t, tAt, tEnd), caseSensitive));
                }
                if (ok) {
                    pAt = pNext;
                    tAt = Utf8.next(t, tAt, tEnd);
                    continue;
                }
            }
            if (retryPattern < 0 || retryText >= tEnd) {
                return false;
            }
            retryText = Utf8.next(t, retryText, tEnd);
            pAt = retryPattern;
            tAt = retryText;
        }
    }

    static boolean glob(Arguments pattern, Arguments text) {
        byte[] p = pattern.bytes;
        byte[] t = text.bytes;
        int pEnd = endAtNul(pattern);
        int tEnd = endAtNul(text);
        int pAt = pattern.offset;
        int tAt = text.offset;
        int retryPattern = -1;
        int retryText = 0;
        while (true) {
            if (pAt == pEnd) {
                if (tAt == tEnd) {
                    return true;
                }
            } else if (p[pAt] == '*') {
                retryPattern = ++pAt;
                retryText = tAt;
                continue;
            } else if (tAt < tEnd) {
                int c = Utf8.codePoint(t, tAt, tEnd);
                int pNext;
                if (p[pAt] == '?') {
                    pNext = pAt + 1;
                } else if (p[pAt] == '[') {
                    pNext = matchClass(p, pAt + 1, pEnd, c);
                } else {
                    pNext = Utf8.codePoint(p, pAt, pEnd) == c ? Utf8.next(p, pAt, pEnd) : -1;
                }
                if (pNext > 0) {
                    pAt = pNext;
                    tAt = Utf8.next(t, tAt, tEnd);
                    continue;
                }
            }
            if (retryPattern < 0 || retryText >= tEnd) {
                return false;
            }
            retryText = Utf8.next(t, retryText, tEnd);
            pAt = retryPattern;
            tAt = retryText;
        }
    }

    /** Matches a character with the set that begins at {@code at}, just past its bracket. @return offset past the set, or -1 */
    private static int matchClass(byte[] p, int at, int end, int c) {
        boolean seen = false;
        boolean invert = false;
        int previous = 0;
        if (at < end && p[at] == '^') {
            invert = true;
            at++;
        }
        if (at < end && p[at] == ']') {
            seen = c == ']';
            at++;
        }
        while (at < end && p[at] != ']') {
            if (p[at] == '-' && at + 1 < end && p[at + 1] != ']' && previous > 0) {
                int high = Utf8.codePoint(p, at + 1, end);
                at = Utf8.next(p, at + 1, end);
                seen |= c >= previous && c <= high;
                previous = 0;
            } else {
                int member = Utf8.codePoint(p, at, end);
                at = Utf8.next(p, at, end);
                seen |= c == member;
                previous = member;
            }
        }
        return at < end && seen != invert ? at + 1 : -1;
    }

    private static int endAtNul(Arguments text) {
        int end = text.offset + text.length;
        for (int at = text.offset; at < end; at++) {
            if (text.bytes[at] == 0) {
                return at;
            }
        }
        return end;
    }

    private static boolean same(int a, int b, boolean caseSensitive) {
        return a == b || !caseSensitive && lower(a) == lower(b);
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
