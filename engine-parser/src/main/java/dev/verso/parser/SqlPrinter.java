package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement;

/**
 * The way back: AST to SQL text that parses to the same tree. Keywords come in capitals, parentheses where precedence needs them, names with
 * the quotes they were written with, or with backticks if a bare one could be misread.
 */
public final class SqlPrinter {
    private SqlPrinter() {}

    /**
     * The statement, without a semicolon.
     *
     * @throws IllegalArgumentException if it is deeper than any statement can be
     */
    public static String print(Statement statement) {
        SqlText text = new SqlText();
        try {
            new StatementPrinter(text).print(statement);
        } catch (StackOverflowError e) {
            if (!DeepStack.isHere()) {
                return DeepStack.call(() -> print(statement));
            }
            throw tooDeep();
        }
        return text.toString();
    }

    /**
     * The expression, without outer parentheses.
     *
     * @throws IllegalArgumentException if it is deeper than any statement can be
     */
    public static String print(Expr expr) {
        SqlText text = new SqlText();
        try {
            new ExpressionPrinter(text).print(expr);
        } catch (StackOverflowError e) {
            if (!DeepStack.isHere()) {
                return DeepStack.call(() -> print(expr));
            }
            throw tooDeep();
        }
        return text.toString();
    }

    /**
     * The query, without parentheses.
     *
     * @throws IllegalArgumentException if it is deeper than any statement can be
     */
    public static String print(Select select) {
        SqlText text = new SqlText();
        try {
            new ExpressionPrinter(text).selects().print(select);
        } catch (StackOverflowError e) {
            if (!DeepStack.isHere()) {
                return DeepStack.call(() -> print(select));
            }
            throw tooDeep();
        }
        return text.toString();
    }

    private static IllegalArgumentException tooDeep() {
        return new IllegalArgumentException("the tree is too deep for the stack of this thread");
    }

    /** The name as SQLite itself writes one into a schema: bare, or in double quotes if it is a keyword or not a plain word. */
    public static String identifier(String name) {
        boolean plain = !name.isEmpty() && !Tokenizer.isDigit(name.charAt(0)) && !Keywords.isKeyword(name);
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The name with its quotes, or with backticks if it needs some. */
    public static String print(Name name) {
        return new SqlText().name(name).toString();
    }
}
