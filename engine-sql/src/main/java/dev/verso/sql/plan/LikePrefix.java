package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.Session;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Value;

/**
 * The texts between which {@code operand LIKE pattern} or {@code GLOB} can be true, if the pattern is a constant that begins with ordinary
 * characters. The bounds are compared with {@code collation}, and hold for blobs too, which the range code visits in a pass of their own.
 */
record LikePrefix(BoundExpr operand, String low, String high, String collation) {
    /** Null if nothing can be said. */
    static LikePrefix of(BoundExpr.Call call, PlanInput input) {
        Session session = input.context.session();
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
        BoundExpr operand = call.arguments().get(1);
        if (Trees.skipCollateAndLikely(operand) != operand) {
            return null;
        }
        String text = pattern(call.arguments().get(0), operand, input);
        String prefix = text == null ? "" : prefix(text, glob, escape);
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

    /** Null if the pattern is not known, or need not be. */
    private static String pattern(BoundExpr pattern, BoundExpr operand, PlanInput input) {
        if (pattern instanceof BoundExpr.Literal literal) {
            return literal.value() instanceof String text ? text : null;
        }
        if (pattern instanceof BoundExpr.Parameter parameter && isIndexed(operand, input)) {
            Value value = input.context.planParameters().fix(parameter.number());
            return value != null && value.isText() ? value.asString() : null;
        }
        return null;
    }

    /** True if some tree of the source holds the operand: else bounds would be of no use. */
    private static boolean isIndexed(BoundExpr operand, PlanInput input) {
        long mask = input.sources.maskOf(operand);
        if (Long.bitCount(mask) != 1) {
            return false;
        }
        for (IndexShape shape : input.shapes(Long.numberOfTrailingZeros(mask))) {
            if (operand instanceof BoundExpr.ColumnRef column
                    && (shape.index != null || column.column() == Source.ROWID)
                    && shape.positionOf(column.column()) >= 0) {
                return true;
            }
            for (BoundExpr indexed : shape.expressions) {
                if (indexed != null && Traits.sameApartFromCollation(operand, indexed)) {
                    return true;
                }
            }
        }
        return false;
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
        return AsciiCase.upper(text);
    }

    private static String lower(String text) {
        return AsciiCase.lower(text);
    }
}
