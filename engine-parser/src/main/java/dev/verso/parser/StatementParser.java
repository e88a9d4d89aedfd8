package dev.verso.parser;

import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.Command.TransactionMode;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Statement;

/** A statement, told by its first word; commands are read here, the others where their kind is. */
final class StatementParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final WriteParser writes;

    StatementParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
        this.writes = new WriteParser(tokens, expressions);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    Statement parse() {
        int start = tokens.start();
        if (!tokens.accept(TokenKind.EXPLAIN)) {
            return statement();
        }
        boolean queryPlan = tokens.accept(TokenKind.QUERY);
        if (queryPlan) {
            tokens.expect(TokenKind.PLAN);
        }
        Statement explained = statement();
        return new Statement.Explain(tokens.spanFrom(start), queryPlan, explained);
    }

    private Statement statement() {
        int start = tokens.start();
        switch (tokens.kind()) {
            case TokenKind.SELECT, TokenKind.VALUES: {
                Select select = expressions.selects().parse(start, null);
                return new Statement.Query(select.span(), select);
            }
            case TokenKind.WITH:
                return afterWith(start, expressions.selects().with());
            case TokenKind.INSERT, TokenKind.REPLACE:
                return writes.insert(start, null, false);
            case TokenKind.UPDATE:
                return writes.update(start, null, false);
            case TokenKind.DELETE:
                return writes.delete(start, null, false);
            case TokenKind.CREATE:
                return new DefinitionParser(tokens, expressions, writes).create();
            case TokenKind.DROP:
                return new DefinitionParser(tokens, expressions, writes).drop();
            case TokenKind.ALTER:
                return new DefinitionParser(tokens, expressions, writes).alter();
            default:
                return command(start);
        }
    }

    private Statement afterWith(int start, Select.With with) {
        return switch (tokens.kind()) {
            case TokenKind.SELECT, TokenKind.VALUES -> {
                Select select = expressions.selects().parse(start, with);
                yield new Statement.Query(select.span(), select);
            }
            case TokenKind.INSERT, TokenKind.REPLACE -> writes.insert(start, with, false);
            case TokenKind.UPDATE -> writes.update(start, with, false);
            case TokenKind.DELETE -> writes.delete(start, with, false);
            default -> throw tokens.unexpected();
        };
    }

    private Statement command(int start) {
        int kind = tokens.kind();
        switch (kind) {
            case TokenKind.BEGIN,
                    TokenKind.COMMIT,
                    TokenKind.END,
                    TokenKind.ROLLBACK,
                    TokenKind.SAVEPOINT,
                    TokenKind.RELEASE,
                    TokenKind.ATTACH,
                    TokenKind.DETACH,
                    TokenKind.PRAGMA,
                    TokenKind.ANALYZE,
                    TokenKind.REINDEX,
                    TokenKind.VACUUM:
                tokens.advance();
                break;
            default:
                throw tokens.unexpected();
        }
        switch (kind) {
            case TokenKind.BEGIN: {
                TransactionMode mode = transactionMode();
                Name name = transactionName();
                return new Command.Begin(tokens.spanFrom(start), mode, name);
            }
            case TokenKind.ROLLBACK:
                return rollback(start);
            case TokenKind.SAVEPOINT: {
                Name name = tokens.name();
                return new Command.Savepoint(tokens.spanFrom(start), name);
            }
            case TokenKind.RELEASE: {
                tokens.accept(TokenKind.SAVEPOINT);
                Name name = tokens.name();
                return new Command.Release(tokens.spanFrom(start), name);
            }
            case TokenKind.ATTACH:
                return attach(start);
            case TokenKind.DETACH: {
                tokens.accept(TokenKind.DATABASE);
                Expr schema = expressions.parse();
                return new Command.Detach(tokens.spanFrom(start), schema);
            }
            case TokenKind.PRAGMA:
                return pragma(start);
            case TokenKind.ANALYZE:
                return analyze(start);
            case TokenKind.REINDEX:
                return reindex(start);
            case TokenKind.VACUUM:
                return vacuum(start);
            default: {
                Name name = transactionName();
                return new Command.Commit(tokens.spanFrom(start), name);
            }
        }
    }

    private TransactionMode transactionMode() {
        if (tokens.accept(TokenKind.DEFERRED)) {
            return TransactionMode.DEFERRED;
        }
        if (tokens.accept(TokenKind.IMMEDIATE)) {
            return TransactionMode.IMMEDIATE;
        }
        return tokens.accept(TokenKind.EXCLUSIVE) ? TransactionMode.EXCLUSIVE : null;
    }

    private Name transactionName() {
        return tokens.accept(TokenKind.TRANSACTION) && TokenKind.isName(tokens.kind()) ? tokens.takeName() : null;
    }

    private Statement rollback(int start) {
        Name name = transactionName();
        Name savepoint = null;
        if (tokens.accept(TokenKind.TO)) {
            tokens.accept(TokenKind.SAVEPOINT);
            savepoint = tokens.name();
        }
        return new Command.Rollback(tokens.spanFrom(start), name, savepoint);
    }

    private Statement attach(int start) {
        tokens.accept(TokenKind.DATABASE);
        Expr file = expressions.parse();
        tokens.expect(TokenKind.AS);
        Expr schema = expressions.parse();
        Expr key = tokens.accept(TokenKind.KEY) ? expressions.parse() : null;
        return new Command.Attach(tokens.spanFrom(start), file, schema, key);
    }

    private Statement pragma(int start) {
        Name first = tokens.name();
        Name schema = null;
        Name name = first;
        if (tokens.accept(TokenKind.DOT)) {
            schema = first;
            name = tokens.name();
        }
        Name value = null;
        boolean call = false;
        if (tokens.accept(TokenKind.EQUAL)) {
            value = pragmaValue();
        } else if (tokens.accept(TokenKind.LEFT_PAREN)) {
            call = true;
            value = pragmaValue();
            tokens.expect(TokenKind.RIGHT_PAREN);
        }
        return new Command.Pragma(tokens.spanFrom(start), schema, name, value, call);
    }

    private Name pragmaValue() {
        int start = tokens.start();
        int kind = tokens.kind();
        if (kind == TokenKind.PLUS || kind == TokenKind.MINUS) {
            tokens.advance();
            if (!TokenKind.isPlainNumber(tokens.kind())) {
                throw tokens.unexpected();
            }
            String text = kind == TokenKind.MINUS ? '-' + tokens.text() : tokens.text();
            tokens.advance();
            return new Name(tokens.spanFrom(start), text, Name.Quoting.NONE);
        }
        boolean allowed = TokenKind.isPlainNumber(kind)
                || TokenKind.isName(kind)
                || kind == TokenKind.ON
                || kind == TokenKind.DELETE
                || kind == TokenKind.DEFAULT;
        if (!allowed) {
            throw tokens.unexpected();
        }
        return tokens.takeName();
    }

    private Statement analyze(int start) {
        Name schema = null;
        Name name = null;
        if (TokenKind.isName(tokens.kind())) {
            name = tokens.takeName();
            if (tokens.accept(TokenKind.DOT)) {
                schema = name;
                name = tokens.name();
            }
        }
        return new Command.Analyze(tokens.spanFrom(start), schema, name);
    }

    private Statement reindex(int start) {
        Name schema = null;
        Name name = null;
        boolean expressionsOnly = false;
        if (TokenKind.isName(tokens.kind())) {
            name = tokens.takeName();
            expressionsOnly = AsciiNames.same(name.text(), "expressions");
            if (tokens.accept(TokenKind.DOT)) {
                expressionsOnly = false;
                schema = name;
                name = tokens.name();
            }
        }
        Span span = tokens.spanFrom(start);
        return new Command.Reindex(span, schema, expressionsOnly ? null : name, expressionsOnly);
    }

    private Statement vacuum(int start) {
        Name schema = TokenKind.isName(tokens.kind()) ? tokens.takeName() : null;
        Expr into = tokens.accept(TokenKind.INTO) ? expressions.parse() : null;
        return new Command.Vacuum(tokens.spanFrom(start), schema, into);
    }
}
