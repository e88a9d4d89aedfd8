package dev.verso.sql.schema;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
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
}
