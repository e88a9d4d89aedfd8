package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.Session;
import dev.verso.vm.value.Affinity;
import java.util.Locale;

/**
 * The texts between which {@code operand LIKE pattern} or {@code GLOB} can be true, if the pattern is a constant that begins with ordinary
 * characters. The bounds are compared with {@code collation}, and hold for blobs too, which the range code visits in a pass of their own.
 */
record LikePrefix(BoundExpr operand, String low, String high, String collation) {
    /** Null if nothing can be said. */
    static LikePrefix of(BoundExpr.Call call, Session session) {
        String name = call.function().name();
        boolean glob = name.equals("glob");
        if (!glob && !name.equals("like")
                || call.function()
                        != session.functions().find(name, call.arguments().size())
                || call.arguments().size() < 2) {
            return null;
        }
        String escape = null;
        if (call.arguments().size() == 3) {
            if (!(call.arguments().get(2) instanceof BoundExpr.Literal literal
                    && literal.value() instanceof String text
                    && text.length() == 1
                    && !"%_".contains(text))) {
                return null;
            }
            escape = text;
        }
        // The pattern is the first argument: x LIKE y is like(y, x).
        if (!(call.arguments().get(0) instanceof BoundExpr.Literal pattern && pattern.value() instanceof String text)) {
            return null;
        }
        BoundExpr operand = call.arguments().get(1);
        if (Trees.skipCollateAndLikely(operand) != operand) {
            return null;
        }
        String prefix = prefix(text, glob, escape);
        if (prefix.isEmpty() || !isText(operand) && mayLookNumeric(prefix)) {
            return null;
        }
        String low = glob ? prefix : upper(prefix);
        String high = glob ? prefix : lower(prefix);
        int last = high.length() - 1;
        char end = high.charAt(last);
        if (end >= 0xD7FF) {
            return null;
        }
        return new LikePrefix(operand, low, high.substring(0, last) + (char) (end + 1), glob ? "BINARY" : "NOCASE");
    }

    private static String prefix(String pattern, boolean glob, String escape) {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (glob ? c == '*' || c == '?' || c == '[' : c == '%' || c == '_') {
                break;
            }
            if (escape != null && c == escape.charAt(0)) {
                if (i + 1 == pattern.length()) {
                    return "";
                }
                c = pattern.charAt(++i);
            }
            if (c >= 0x80 || c == 0) {
                // LIKE folds no case beyond ASCII and neither does NOCASE, but the encoding's order might differ from
                // char order.
                break;
            }
            prefix.append(c);
        }
        return prefix.toString();
    }

    private static boolean isText(BoundExpr operand) {
        return operand instanceof BoundExpr.ColumnRef && Traits.affinity(operand) == Affinity.TEXT;
    }

    /** A column without text affinity may hold numbers, which LIKE sees as texts but the index does not. */
    private static boolean mayLookNumeric(String prefix) {
        char first = prefix.charAt(0);
        return first >= '0' && first <= '9'
                || first == '-'
                || first == '+'
                || first == '.'
                || first <= ' '
                || first == '/';
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
