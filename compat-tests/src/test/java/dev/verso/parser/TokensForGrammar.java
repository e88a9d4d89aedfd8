package dev.verso.parser;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;

/** The tokens of a text for the reference grammar, whose token types have the parser's numbers. Here because the parser's tokens are its own. */
public final class TokensForGrammar {
    private TokensForGrammar() {}

    public static TokenSource of(String sql) {
        Tokens tokens = new Tokens(sql, 0);
        List<Token> list = new ArrayList<>();
        for (; !tokens.is(TokenKind.END_OF_INPUT); tokens.advance()) {
            CommonToken token = new CommonToken(tokens.kind(), tokens.text());
            token.setStartIndex(tokens.start());
            token.setStopIndex(tokens.end() - 1);
            list.add(token);
        }
        return new ListTokenSource(list);
    }
}
