package dev.verso.sql.schema;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
import dev.verso.record.AsciiCase;
import dev.verso.vm.value.Affinity;

/**
 * A column of a table or view.
 *
 * @param declaredType as written, or null
 * @param collation name; BINARY unless declared
 * @param notNull null if NULL is allowed, else the conflict action (ABORT unless declared)
 * @param defaultValue null if there is none
 * @param defaultText the default as {@code PRAGMA table_info} shows it, or null
 * @param generated null for an ordinary column, else its expression
 * @param stored whether a generated column is STORED
 * @param hidden a virtual table's hidden column
 */
public record Column(
        String name,
        String declaredType,
        Affinity affinity,
        String collation,
        ConflictAction notNull,
        Expr defaultValue,
        String defaultText,
        Expr generated,
        boolean stored,
        boolean hidden) {
    public boolean isVirtual() {
        return generated != null && !stored;
    }

    /** Width of the column in units of an integer, guessed from its declared type. */
    int width() {
        if (declaredType == null || declaredType.isEmpty() || affinity.isNumeric()) {
            return 1;
        }
        String type = AsciiCase.lower(declaredType);
        if (type.equals("any")) {
            return 1; // a standard type, whose width STRICT does not change
        }
        int bytes = 0;
        int at = Math.max(type.lastIndexOf("char"), type.lastIndexOf("blob("));
        if (at >= 0) {
            while (at < type.length() && !Character.isDigit(type.charAt(at))) {
                at++;
            }
            while (at < type.length() && Character.isDigit(type.charAt(at)) && bytes < 100_000) {
                bytes = bytes * 10 + type.charAt(at++) - '0';
            }
        } else {
            bytes = 16;
        }
        return Math.min(bytes / 4 + 1, 255);
    }
}
