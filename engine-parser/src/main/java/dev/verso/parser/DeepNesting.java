package dev.verso.parser;

import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.SortOrder;
import dev.verso.parser.ast.Window;

/**
 * Gets the classes ready that initialise themselves, while there is room on the stack. A text may be nested so deeply that parsing ends in a
 * StackOverflowError, which is turned into an error of the text; but an initialiser that ends in one leaves its class unusable for good.
 */
final class DeepNesting {
    /** From so many entries of SQLite's stack on a text counts as deeply nested. */
    static final int ENTRIES = 200;

    private static final Enum<?>[] ENUMS = {
        Command.TransactionMode.DEFERRED,
        ConflictAction.ABORT,
        Definition.ObjectKind.TABLE,
        Definition.TriggerEvent.INSERT,
        Definition.TriggerTime.AFTER,
        Definition.OnEvent.Event.DELETE,
        Definition.OnEvent.Action.CASCADE,
        Expr.BinaryOp.ADD,
        Expr.UnaryOp.NOT,
        Expr.LikeOp.LIKE,
        Expr.CurrentTime.Kind.CURRENT_DATE,
        Name.Quoting.NONE,
        OrderingTerm.Nulls.FIRST,
        Select.CompoundOp.UNION,
        Select.JoinKind.INNER,
        SortOrder.ASC,
        Window.Unit.ROWS,
        Window.BoundKind.CURRENT_ROW,
        Window.Exclude.TIES,
    };

    private DeepNesting() {}

    /** Does nothing that lasts longer than the first call. */
    static void prepare() {
        assert ENUMS.length > 0 : "no enums";
    }
}
