package dev.verso.parser;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenFactory;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;

/** The tokens of a text as ANTLR wants them; kinds and the grammar's token types have the same numbers. */
final class GrammarTokens implements TokenSource {
    private final Tokens tokens;
    private boolean isFirst = true;

    GrammarTokens(String sql) {
        this.tokens = new Tokens(sql, 0);
    }

    @Override
    public Token nextToken() {
        if (!isFirst && !tokens.is(TokenKind.END_OF_INPUT)) {
            tokens.advance();
        }
        isFirst = false;
        boolean isEnd = tokens.is(TokenKind.END_OF_INPUT);
        CommonToken token = new CommonToken(isEnd ? Token.EOF : tokens.kind(), isEnd ? "<EOF>" : tokens.text());
        token.setStartIndex(tokens.start());
        token.setStopIndex(tokens.end() - 1);
        return token;
    }

    @Override
    public int getLine() {
        return 1;
    }

    @Override
    public int getCharPositionInLine() {
        return tokens.start();
    }

    @Override
    public CharStream getInputStream() {
        return null;
    }

    @Override
    public String getSourceName() {
        return "SQL";
    }

    @Override
    public void setTokenFactory(TokenFactory<?> factory) {
        throw new UnsupportedOperationException("tokens are made here");
    }

    @Override
    public TokenFactory<?> getTokenFactory() {
        return CommonTokenFactory.DEFAULT;
    }
}
