package dev.verso.sql;

import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.sql.extend.Authorization;
import dev.verso.sql.extend.Authorizer.Action;

/** Asks the authorizer about statements on transactions, the connection and whole databases. */
final class CommandAccess {
    private final Authorization authorization;

    CommandAccess(Authorization authorization) {
        this.authorization = authorization;
    }

    /** @return false if the statement is to be left undone */
    boolean allows(Command command) {
        if (!authorization.isNeeded()) {
            return true;
        }
        if (command instanceof Command.Begin) {
            return allows(Action.TRANSACTION, "BEGIN", null);
        } else if (command instanceof Command.Commit) {
            return allows(Action.TRANSACTION, "COMMIT", null);
        } else if (command instanceof Command.Rollback rollback) {
            return rollback.savepoint() == null
                    ? allows(Action.TRANSACTION, "ROLLBACK", null)
                    : allows(Action.SAVEPOINT, "ROLLBACK", rollback.savepoint().text());
        } else if (command instanceof Command.Savepoint savepoint) {
            return allows(Action.SAVEPOINT, "BEGIN", savepoint.name().text());
        } else if (command instanceof Command.Release release) {
            return allows(Action.SAVEPOINT, "RELEASE", release.name().text());
        } else if (command instanceof Command.Attach attach) {
            return allows(Action.ATTACH, literal(attach.file()), null);
        } else if (command instanceof Command.Detach detach) {
            return allows(Action.DETACH, literal(detach.schema()), null);
        } else if (command instanceof Command.Pragma pragma) {
            return authorization.allows(
                    Action.PRAGMA, pragma.name().text(), text(pragma.value()), text(pragma.schema()));
        } else if (command instanceof Command.Analyze analyze) {
            return allows(Action.ANALYZE, text(analyze.name()), null);
        } else if (command instanceof Command.Reindex reindex) {
            return allows(Action.REINDEX, text(reindex.name()), null);
        } else if (command instanceof Command.Vacuum) {
            return true;
        }
        throw new IllegalStateException("unknown command " + command);
    }

    private boolean allows(Action action, String first, String second) {
        return authorization.allows(action, first, second, null);
    }

    private static String text(Name name) {
        return name == null ? null : name.text();
    }

    private static String literal(Expr expr) {
        if (expr instanceof Expr.StringLiteral string) {
            return string.value();
        }
        return expr instanceof Expr.ColumnName name && name.table() == null
                ? name.column().text()
                : null;
    }
}
