package dev.verso.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damages a statement a little: one to three changes of tokens, or of characters. */
final class Mutator {
    private static final String[] STRAY = {
        "1",
        "1.5",
        "1_0",
        "1_",
        "0x1",
        "'s'",
        "x'00'",
        "x'0",
        "?",
        "?1",
        "?0",
        ":v",
        "#",
        "#1",
        "@",
        "$",
        "!",
        "1e",
        "12ab",
        "\"q\"",
        "[b]",
        "`k`",
        "a",
        "t",
        "(",
        ")",
        ",",
        ".",
        ";",
        "*",
        "+",
        "-",
        "/",
        "%",
        "=",
        "==",
        "<>",
        "<",
        ">=",
        "<<",
        "&",
        "|",
        "||",
        "->",
        "->>",
        "~",
        "/* c */",
        "--",
        "/*",
        "'",
        "\"",
        "[",
        "`",
        "TRUE",
        "ROWID",
        "STRICT",
        "EXPRESSIONS",
        "{",
        "\\",
        "\u00e9"
    };

    private static final String CHARACTERS = "'\"`[](),;.+-*/|<>=!?:@$#_ 0x1ea\n{~%&";

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    String mutate(String sql) {
        if (random.nextInt(8) == 0) {
            return mutateCharacters(sql);
        }
        List<String> tokens = tokens(sql);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            mutateTokens(tokens);
        }
        return String.join(" ", tokens);
    }

    private static List<String> tokens(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        List<String> tokens = new ArrayList<>();
        int at = tokenizer.skipBlanks(0);
        while (tokenizer.tokenAt(at) != TokenKind.END_OF_INPUT) {
            tokens.add(sql.substring(at, tokenizer.end()));
            at = tokenizer.skipBlanks(tokenizer.end());
        }
        return tokens;
    }

    private void mutateTokens(List<String> tokens) {
        if (tokens.isEmpty()) {
            tokens.add(stray());
            return;
        }
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(8)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
            case 3 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
            case 4 -> tokens.set(at, stray());
            case 5 -> tokens.add(at, stray());
            case 6 -> tokens.subList(at, tokens.size()).clear();
            default -> {
                String moved = tokens.remove(at);
                tokens.add(random.nextInt(tokens.size() + 1), moved);
            }
        }
    }

    private String stray() {
        if (random.nextInt(2) == 0) {
            String word = null;
            while (word == null) {
                word = Keywords.word(TokenKind.ADD + random.nextInt(TokenKind.COUNT - TokenKind.ADD));
            }
            return word;
        }
        return STRAY[random.nextInt(STRAY.length)];
    }

    private String mutateCharacters(String sql) {
        StringBuilder text = new StringBuilder(sql);
        for (int i = 1 + random.nextInt(2); i > 0 && text.length() > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 2 -> text.setLength(at);
                default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
            }
        }
        return text.toString();
    }
}
