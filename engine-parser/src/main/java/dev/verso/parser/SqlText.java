package dev.verso.parser;

import dev.verso.parser.ast.Name;
import java.util.List;
import java.util.function.Consumer;

/** SQL text in the making. */
final class SqlText {
    private final StringBuilder text = new StringBuilder(128);

    SqlText add(String part) {
        text.append(part);
        return this;
    }

    /** The last character, or a blank at the beginning. */
    char last() {
        return text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    }

    SqlText string(String value) {
        return quoted('\'', value, '\'');
    }

    SqlText name(Name name) {
        String word = name.text();
        return switch (name.quoting()) {
            case NONE -> isSafe(word) ? add(word) : quoted('`', word, '`');
            case DOUBLE -> quoted('"', word, '"');
            case BACKTICK -> quoted('`', word, '`');
            case BRACKET -> word.indexOf(']') < 0 ? quoted('[', word, ']') : quoted('`', word, '`');
            case SINGLE -> string(word);
        };
    }

    /** A function's name: some of SQLite's functions bear names that are keywords elsewhere. */
    SqlText functionName(Name name) {
        boolean isBare = name.quoting() == Name.Quoting.NONE
                && switch (kindOf(name.text())) {
                    case TokenKind.REPLACE,
                            TokenKind.LIKE,
                            TokenKind.GLOB,
                            TokenKind.REGEXP,
                            TokenKind.MATCH,
                            TokenKind.IF -> true;
                    default -> false;
                };
        return isBare ? add(name.text()) : name(name);
    }

    /** {@code schema.} if there is one, and the name. */
    SqlText qualified(Name schema, Name name) {
        if (schema != null) {
            name(schema).add(".");
        }
        return name(name);
    }

    SqlText names(List<Name> names) {
        return list(names, this::name);
    }

    /** The names in parentheses with a blank before, or nothing if there are none. */
    SqlText optionalNames(List<Name> names) {
        return names.isEmpty() ? this : add(" (").names(names).add(")");
    }

    <T> SqlText list(List<T> items, Consumer<T> printer) {
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                text.append(", ");
            }
            printer.accept(items.get(i));
        }
        return this;
    }

    private SqlText quoted(char open, String word, char close) {
        text.append(open);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == close) {
                text.append(c);
            }
            text.append(c);
        }
        text.append(close);
        return this;
    }

    private static boolean isSafe(String word) {
        if (word.isEmpty() || !Tokenizer.isWordPart(word.charAt(0)) || word.charAt(0) == '$') {
            return false;
        }
        return kindOf(word) == TokenKind.IDENTIFIER;
    }

    private static int kindOf(String word) {
        Tokenizer tokenizer = new Tokenizer(word);
        int kind = tokenizer.skipBlanks(0) == 0 ? tokenizer.tokenAt(0) : TokenKind.ILLEGAL;
        return tokenizer.end() == word.length() && word.length() > 0 ? kind : TokenKind.ILLEGAL;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
