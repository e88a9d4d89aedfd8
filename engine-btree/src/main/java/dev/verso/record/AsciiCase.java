package dev.verso.record;

/** Names as SQLite compares them: the 26 letters of ASCII without regard to case, every other character as it is. {@code É} is not {@code é}. */
public final class AsciiCase {
    private AsciiCase() {}

    /** True if the names are the same; false if the second one is null. */
    public static boolean same(String left, String right) {
        if (right == null || left.length() != right.length()) {
            return false;
        }
        for (int i = left.length() - 1; i >= 0; i--) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b && lower(a) != lower(b)) {
                return false;
            }
        }
        return true;
    }

    /** The name with small letters for capital ones. */
    public static String lower(String name) {
        return change(name, 'A', 'Z');
    }

    /** The name with capital letters for small ones. */
    public static String upper(String name) {
        return change(name, 'a', 'z');
    }

    private static String change(String name, char from, char to) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= from && c <= to) {
                char[] changed = name.toCharArray();
                for (int j = i; j < changed.length; j++) {
                    if (changed[j] >= from && changed[j] <= to) {
                        changed[j] ^= 0x20;
                    }
                }
                return new String(changed);
            }
        }
        return name;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
}
