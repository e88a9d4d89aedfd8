package dev.verso.parser;

import dev.verso.grammar.SQLiteParser;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Span;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** What all builders need of a parse tree: spans, names, tokens. */
final class TreeReader {
    final String sql;

    TreeReader(String sql) {
        this.sql = sql;
    }

    Span span(ParserRuleContext context) {
        return span(context, context);
    }

    Span span(ParserRuleContext first, ParserRuleContext last) {
        return new Span(first.getStart().getStartIndex(), last.getStop().getStopIndex() + 1);
    }

    Span span(Token token) {
        return new Span(token.getStartIndex(), token.getStopIndex() + 1);
    }

    Name name(Token token) {
        String text = token.getText();
        Name.Quoting quoting =
                switch (text.charAt(0)) {
                    case '"' -> Name.Quoting.DOUBLE;
                    case '[' -> Name.Quoting.BRACKET;
                    case '`' -> Name.Quoting.BACKTICK;
                    case '\'' -> Name.Quoting.SINGLE;
                    default -> Name.Quoting.NONE;
                };
        return new Name(
                span(token), quoting == Name.Quoting.NONE ? text : Tokens.unquote(text, 0, text.length()), quoting);
    }

    /** A rule that is one token. */
    Name name(ParserRuleContext context) {
        return context == null ? null : name(context.getStart());
    }

    List<Name> names(List<? extends ParserRuleContext> contexts) {
        return contexts.stream().map(this::name).toList();
    }

    List<Name> names(SQLiteParser.NameListContext list) {
        return list == null ? List.of() : names(list.name());
    }

    List<Name> names(SQLiteParser.IndexedNamesContext list) {
        return list == null
                ? List.of()
                : list.indexedName().stream().map(name -> name(name.name())).toList();
    }

    Name alias(SQLiteParser.AliasContext alias) {
        return alias == null ? null : name(alias.getStop());
    }

    /** The schema of a qualified name, or null. */
    Name schema(SQLiteParser.QualifiedNameContext name) {
        return name.name().size() == 2 ? name(name.name(0)) : null;
    }

    Name last(SQLiteParser.QualifiedNameContext name) {
        return name(name.getStop());
    }

    static Token stop(ParseTree node) {
        return node instanceof ParserRuleContext rule ? rule.getStop() : ((TerminalNode) node).getSymbol();
    }

    static int kind(ParseTree node) {
        return node instanceof TerminalNode terminal ? terminal.getSymbol().getType() : TokenKind.END_OF_INPUT;
    }
}
