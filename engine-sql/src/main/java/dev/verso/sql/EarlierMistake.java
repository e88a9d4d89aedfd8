package dev.verso.sql;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.DefinitionText;
import dev.verso.parser.SqlParser;
import dev.verso.parser.SqlSyntaxException;
import dev.verso.sql.schema.DefinitionMistake;
import dev.verso.sql.schema.DefinitionMistake.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * SQLite acts while it parses: of a CREATE that is no SQL further on, it tells what is wrong with the name, the columns and the constraints that it
 * has read by then. So the part before the syntax error is completed and compiled once more.
 */
final class EarlierMistake {
    private static final int MOST_TOKENS = 500;

    private final String sql;
    private final int end;
    private final BiConsumer<String, SqlParser.Parsed> compiler;
    private final List<Integer> tokens = new ArrayList<>();

    private EarlierMistake(String sql, int start, int end, BiConsumer<String, SqlParser.Parsed> compiler) {
        this.sql = sql;
        this.end = end;
        this.compiler = compiler;
        int at = DefinitionText.nextToken(sql, start);
        while (at < end && tokens.size() < MOST_TOKENS) {
            tokens.add(at);
            at = DefinitionText.nextToken(sql, DefinitionText.endOfToken(sql, at));
        }
    }

    /** Throws what SQLite would have said before it met the syntax error, if anything. @param compiler compiles a statement and drops it */
    static void check(String sql, int start, SqlSyntaxException error, BiConsumer<String, SqlParser.Parsed> compiler) {
        int at = DefinitionText.nextToken(sql, start);
        if (sql.regionMatches(true, at, "CREATE", 0, 6)) {
            EarlierMistake earlier = new EarlierMistake(sql, at, error.offset(), compiler);
            earlier.check();
            if (error.isUnknownTableOption()) {
                earlier.options();
            }
        }
    }

    /** Of an option that is none, and is the last word, SQLite tells only if the table could be made without it. */
    private void options() {
        int behind = DefinitionText.nextToken(sql, DefinitionText.endOfToken(sql, end));
        if (behind < sql.length() && sql.charAt(behind) != ';') {
            return;
        }
        int last = tokens.size() - 1;
        while (is(last, "WITHOUT") || is(last, ",")) {
            last--;
        }
        String text = sql.substring(tokens.get(0), endOf(last));
        SqlParser.Parsed parsed = parse(text);
        if (parsed == null) {
            return;
        }
        try {
            compiler.accept(text, parsed);
        } catch (DatabaseException e) {
            if (isFound(e, Found.AT_THE_END)) {
                throw e;
            }
            // The option is what SQLite tells of.
        }
    }

    private void check() {
        int token = 1;
        while (is(token, "TEMP") || is(token, "TEMPORARY") || is(token, "VIRTUAL")) {
            token++;
        }
        if (is(token, "TABLE")) {
            table(token + 1);
        } else if (is(token, "TRIGGER")) {
            trigger(token + 1);
        }
    }

    private boolean is(int token, String word) {
        return token < tokens.size()
                && endOf(token) - tokens.get(token) == word.length()
                && sql.regionMatches(true, tokens.get(token), word, 0, word.length());
    }

    private int endOf(int token) {
        return DefinitionText.endOfToken(sql, tokens.get(token));
    }

    private void table(int first) {
        int token = is(first, "IF") ? first + 3 : first;
        if (is(token + 1, ".")) {
            token += 2;
        }
        if (token >= tokens.size()) {
            return;
        }
        String head = sql.substring(tokens.get(0), endOf(token));
        int kind = DefinitionText.nextToken(head, 6);
        if (head.regionMatches(true, kind, "VIRTUAL", 0, 7)) {
            head = "CREATE " + head.substring(kind + 7);
        }
        compile(head + "(x)");
        if (!is(token + 1, "(")) {
            return;
        }
        for (int last = tokens.size() - 1; last > token + 1; last--) {
            if (compile(sql.substring(tokens.get(0), endOf(last)) + ")")) {
                return;
            }
        }
    }

    private static boolean isFound(DatabaseException e, Found when) {
        return e instanceof DefinitionMistake mistake && mistake.found() == when;
    }

    private void trigger(int first) {
        for (int token = first; token < tokens.size(); token++) {
            if (is(token, "BEGIN")) {
                String text = sql.substring(tokens.get(0), endOf(token)) + " SELECT 1; END";
                SqlParser.Parsed parsed = parse(text);
                if (parsed != null) {
                    compiler.accept(text, parsed);
                }
                steps(token);
                return;
            }
        }
    }

    /** The steps that are complete: of them SQLite has seen by now whether they name databases. */
    private void steps(int begin) {
        int last = tokens.size() - 1;
        while (last > begin && !is(last, ";")) {
            last--;
        }
        String text = sql.substring(tokens.get(0), endOf(last)) + " END";
        SqlParser.Parsed parsed = parse(text);
        if (parsed == null) {
            return;
        }
        try {
            compiler.accept(text, parsed);
        } catch (DatabaseException e) {
            if (isFound(e, Found.AT_ONCE)) {
                throw e;
            }
            // What SQLite finds when the definition is complete, it does not find here.
        }
    }

    private static SqlParser.Parsed parse(String text) {
        try {
            return SqlParser.parseNext(text, 0);
        } catch (SqlSyntaxException stillNone) {
            return null;
        }
    }

    /** @return false if the text is no SQL either */
    private boolean compile(String text) {
        SqlParser.Parsed parsed = parse(text);
        if (parsed == null) {
            return false;
        }
        try {
            compiler.accept(text, parsed);
        } catch (DatabaseException e) {
            if (isFound(e, Found.AT_ONCE) || e.code() == ResultCode.ERROR_MISSING_COLLSEQ) {
                throw e;
            }
            // What SQLite finds when the definition is complete, it does not find here.
        }
        return true;
    }
}
