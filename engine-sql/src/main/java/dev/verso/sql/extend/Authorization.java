package dev.verso.sql.extend;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.extend.Authorizer.Decision;

/** The authorizer of a connection as compilers ask it. Without one, everything is allowed. */
public final class Authorization {
    private Authorizer authorizer;
    private String inner;

    public Authorization() {}

    public void authorizer(Authorizer newAuthorizer) {
        authorizer = newAuthorizer;
    }

    /** False if nobody need be asked. */
    public boolean isNeeded() {
        return authorizer != null;
    }

    /** What follows is done by that view or trigger. @return who did it until now, for {@link #leave} */
    public String enter(String viewOrTrigger) {
        String before = inner;
        inner = viewOrTrigger;
        return before;
    }

    public void leave(String before) {
        inner = before;
    }

    /** @return false if the action is to be left undone; fails if it is denied */
    public boolean allows(Action action, String first, String second, String database) {
        return allows(action, first, second, database, "not authorized");
    }

    /** As {@link #allows(Action, String, String, String)}, with the error of a denial. */
    public boolean allows(Action action, String first, String second, String database, String denial) {
        if (authorizer == null) {
            return true;
        }
        Decision decision;
        try {
            decision = authorizer.authorize(action, first, second, database, inner);
        } catch (RuntimeException e) {
            throw Extensions.failure(e);
        }
        if (decision == null) {
            throw new DatabaseException(ResultCode.ERROR, "authorizer malfunction");
        }
        if (decision == Decision.DENY) {
            throw new DatabaseException(ResultCode.AUTH, denial);
        }
        return decision == Decision.ALLOW;
    }
}
