package dev.verso.sql.schema;

import dev.verso.parser.ast.Definition.OnEvent.Action;
import java.util.List;

/**
 * A FOREIGN KEY of a child table.
 *
 * @param columns positions in the child
 * @param parentTable name, in the child's schema
 * @param parentColumns names; empty for the parent's primary key
 */
public record ForeignKey(
        Table child,
        List<Integer> columns,
        String parentTable,
        List<String> parentColumns,
        Action onDelete,
        Action onUpdate,
        boolean initiallyDeferred,
        String match) {}
