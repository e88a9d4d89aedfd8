package dev.verso.vm.function.builtin;

import dev.verso.pager.BigEndian;

/**
 * Matching of LIKE and GLOB patterns on UTF-8 bytes, without recursion: on a mismatch the text after the last wildcard of any length is
 * tried one character further on. Both sides end at a NUL, as in SQLite.
 */
final class Patterns {
    /** With {@link #EACH_HIGH} tells whether one of eight bytes is 0. */
    private static final long EACH_ONE = 0x0101010101010101L;

    private static final long EACH_HIGH = 0x8080808080808080L;

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
        int literal = -1; // the ASCII character that follows the last %, if it is one: where it isn't, nothing matches
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
                    literal = literal(p, pNext, pEnd, escape);
                    if (literal >= 0) {
                        tAt = find(t, tAt, tEnd, literal, caseSensitive);
                        if (tAt < 0) {
                            return false;
                        }
                    }
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
            if (literal >= 0) {
                retryText = find(t, retryText, tEnd, literal, caseSensitive);
                if (retryText < 0) {
                    return false;
                }
            }
            pAt = retryPattern;
            tAt = retryText;
        }
    }

    /** The character of the pattern at that place if it is an ASCII character that stands for itself, else -1. */
    private static int literal(byte[] pattern, int at, int end, int escape) {
        int c = at < end ? pattern[at] : -1;
        return c == '%' || c == '_' || c == escape ? -1 : c;
    }

    /** Where the ASCII character stands first; -1 if nowhere. Its byte is part of no other character. */
    private static int find(byte[] text, int from, int end, int c, boolean caseSensitive) {
        int other = !caseSensitive && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') ? c ^ 0x20 : c;
        for (int at = from; at < end; at++) {
            if (text[at] == c || text[at] == other) {
                return at;
            }
        }
        return -1;
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
        byte[] bytes = text.bytes;
        int end = text.offset + text.length;
        int at = text.offset;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = BigEndian.s64(bytes, at);
            if ((eight - EACH_ONE & ~eight & EACH_HIGH) != 0) {
                break;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] == 0) {
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
