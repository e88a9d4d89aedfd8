package dev.verso.compat.differential;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.sqlite.Function;

/** The function behind REGEXP, which SQLite leaves to the application, for the real one: as the one that is built in here. */
final class RegularExpressions extends Function {
    private static final int INNOCUOUS = 0x200000;

    private RegularExpressions() {}

    static void addTo(Connection theirs) throws SQLException {
        Function.create(theirs, "regexp", new RegularExpressions(), 2, FLAG_DETERMINISTIC | INNOCUOUS);
    }

    @Override
    protected void xFunc() throws SQLException {
        String pattern = value_text(0);
        String text = value_text(1);
        if (pattern == null || text == null) {
            result();
            return;
        }
        try {
            result(Pattern.compile(pattern).matcher(text).find() ? 1 : 0);
        } catch (PatternSyntaxException e) {
            error("REGEXP: " + e.getDescription() + " near index " + e.getIndex());
        }
    }
}
