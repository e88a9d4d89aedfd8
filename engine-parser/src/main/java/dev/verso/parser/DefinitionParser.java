package dev.verso.parser;

import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.Alteration;
import dev.verso.parser.ast.Definition.ObjectKind;
import dev.verso.parser.ast.Definition.TriggerEvent;
import dev.verso.parser.ast.Definition.TriggerTime;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** CREATE, DROP and ALTER. */
final class DefinitionParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final WriteParser writes;
    private final TableParser tables;

    DefinitionParser(Tokens tokens, ExpressionParser expressions, WriteParser writes) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.writes = writes;
        this.tables = new TableParser(tokens, expressions, writes);
    }

    /** The cursor is on CREATE. */
    Statement create() {
        int start = tokens.start();
        tokens.advance();
        switch (tokens.kind()) {
            case TokenKind.UNIQUE:
                tokens.advance();
                return createIndex(start, true);
            case TokenKind.INDEX:
                return createIndex(start, false);
            case TokenKind.VIRTUAL:
                return createVirtualTable(start);
            default:
                break;
        }
        boolean temporary = tokens.accept(TokenKind.TEMP) || tokens.accept(TokenKind.TEMPORARY);
        return switch (tokens.kind()) {
            case TokenKind.TABLE -> createTable(start, temporary);
            case TokenKind.VIEW -> createView(start, temporary);
            case TokenKind.TRIGGER -> createTrigger(start, temporary);
            default -> throw tokens.unexpected();
        };
    }

    private boolean ifNotExists() {
        if (!tokens.accept(TokenKind.IF)) {
            return false;
        }
        tokens.expect(TokenKind.NOT);
        tokens.expect(TokenKind.EXISTS);
        return true;
    }

    /** A name that a schema may stand before. */
    private record QualifiedName(Name schema, Name name) {}

    private QualifiedName qualifiedName() {
        Name first = tokens.name();
        return tokens.accept(TokenKind.DOT) ? new QualifiedName(first, tokens.name()) : new QualifiedName(null, first);
    }

    private Statement createTable(int start, boolean temporary) {
        tokens.advance();
        boolean ifNotExists = ifNotExists();
        QualifiedName name = qualifiedName();
        TableParser.Content content = tables.content();
        return new Definition.CreateTable(
                tokens.spanFrom(start),
                temporary,
                ifNotExists,
                name.schema,
                name.name,
                content.columns(),
                content.constraints(),
                content.withoutRowid(),
                content.strict(),
                content.select());
    }

    private Statement createIndex(int start, boolean unique) {
        tokens.expect(TokenKind.INDEX);
        boolean ifNotExists = ifNotExists();
        QualifiedName name = qualifiedName();
        tokens.expect(TokenKind.ON);
        Name table = tokens.name();
        tokens.expect(TokenKind.LEFT_PAREN);
        List<OrderingTerm> columns = expressions.orderingTerms();
        tokens.expect(TokenKind.RIGHT_PAREN);
        Expr where = writes.where();
        return new Definition.CreateIndex(
                tokens.spanFrom(start), unique, ifNotExists, name.schema, name.name, table, columns, where);
    }

    private Statement createView(int start, boolean temporary) {
        tokens.advance();
        boolean ifNotExists = ifNotExists();
        QualifiedName name = qualifiedName();
        SelectParser selects = expressions.selects();
        List<Name> columns = tokens.is(TokenKind.LEFT_PAREN) ? selects.plainColumns() : List.of();
        tokens.expect(TokenKind.AS);
        if (!TokenKind.startsSelect(tokens.kind())) {
            throw tokens.unexpected();
        }
        Select select = selects.parse();
        return new Definition.CreateView(
                tokens.spanFrom(start), temporary, ifNotExists, name.schema, name.name, columns, select);
    }

    private Statement createTrigger(int start, boolean temporary) {
        tokens.advance();
        boolean ifNotExists = ifNotExists();
        QualifiedName name = qualifiedName();
        TriggerTime time = triggerTime();
        TriggerEvent event =
                switch (tokens.kind()) {
                    case TokenKind.DELETE -> TriggerEvent.DELETE;
                    case TokenKind.INSERT -> TriggerEvent.INSERT;
                    case TokenKind.UPDATE -> TriggerEvent.UPDATE;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        List<Name> columns = event == TriggerEvent.UPDATE && tokens.accept(TokenKind.OF) ? tokens.names() : List.of();
        tokens.expect(TokenKind.ON);
        QualifiedName table = qualifiedName();
        boolean forEachRow = tokens.accept(TokenKind.FOR);
        if (forEachRow) {
            tokens.expect(TokenKind.EACH);
            tokens.expect(TokenKind.ROW);
        }
        Expr when = tokens.accept(TokenKind.WHEN) ? expressions.parse() : null;
        tokens.expect(TokenKind.BEGIN);
        List<Statement> body = new ArrayList<>(2);
        do {
            body.add(triggerStatement());
            if (tokens.is(TokenKind.END_OF_INPUT)) {
                // SQLite reads the end of the text as a semicolon and an end.
                tokens.checkFailure();
            }
            tokens.expect(TokenKind.SEMICOLON);
        } while (!tokens.is(TokenKind.END));
        tokens.advance();
        return new Definition.CreateTrigger(
                tokens.spanFrom(start),
                temporary,
                ifNotExists,
                name.schema,
                name.name,
                time,
                event,
                columns,
                table.schema,
                table.name,
                forEachRow,
                when,
                List.copyOf(body));
    }

    private TriggerTime triggerTime() {
        if (tokens.accept(TokenKind.BEFORE)) {
            return TriggerTime.BEFORE;
        }
        if (tokens.accept(TokenKind.AFTER)) {
            return TriggerTime.AFTER;
        }
        if (tokens.accept(TokenKind.INSTEAD)) {
            tokens.expect(TokenKind.OF);
            return TriggerTime.INSTEAD_OF;
        }
        return null;
    }

    private Statement triggerStatement() {
        int start = tokens.start();
        switch (tokens.kind()) {
            case TokenKind.INSERT, TokenKind.REPLACE:
                return writes.insert(start, null, true);
            case TokenKind.UPDATE:
                return writes.update(start, null, true);
            case TokenKind.DELETE:
                return writes.delete(start, null, true);
            case TokenKind.SELECT, TokenKind.VALUES, TokenKind.WITH: {
                Select select = expressions.selects().parse();
                return new Statement.Query(select.span(), select);
            }
            default:
                throw tokens.unexpected();
        }
    }

    private Statement createVirtualTable(int start) {
        tokens.advance();
        tokens.expect(TokenKind.TABLE);
        boolean ifNotExists = ifNotExists();
        QualifiedName name = qualifiedName();
        tokens.expect(TokenKind.USING);
        Name module = tokens.name();
        List<String> arguments = tokens.accept(TokenKind.LEFT_PAREN) ? moduleArguments() : List.of();
        return new Definition.CreateVirtualTable(
                tokens.spanFrom(start), ifNotExists, name.schema, name.name, module, arguments);
    }

    /** Any tokens, parentheses in pairs; commas outside inner parentheses divide them. */
    private List<String> moduleArguments() {
        List<String> arguments = new ArrayList<>(4);
        int inner = 0;
        int argumentStart = -1;
        while (true) {
            int kind = tokens.kind();
            if (kind == TokenKind.END_OF_INPUT || kind == TokenKind.ILLEGAL) {
                throw tokens.unexpected();
            }
            boolean ends = inner == 0 && (kind == TokenKind.COMMA || kind == TokenKind.RIGHT_PAREN);
            if (ends) {
                if (argumentStart >= 0) {
                    arguments.add(tokens.sql.substring(argumentStart, tokens.lastEnd()));
                }
                argumentStart = -1;
                tokens.advance();
                if (kind == TokenKind.RIGHT_PAREN) {
                    return List.copyOf(arguments);
                }
                continue;
            }
            if (argumentStart < 0) {
                argumentStart = tokens.start();
            }
            if (kind == TokenKind.LEFT_PAREN) {
                inner++;
            } else if (kind == TokenKind.RIGHT_PAREN) {
                inner--;
            }
            tokens.advance();
        }
    }

    /** The cursor is on DROP. */
    Statement drop() {
        int start = tokens.start();
        tokens.advance();
        ObjectKind kind =
                switch (tokens.kind()) {
                    case TokenKind.TABLE -> ObjectKind.TABLE;
                    case TokenKind.INDEX -> ObjectKind.INDEX;
                    case TokenKind.VIEW -> ObjectKind.VIEW;
                    case TokenKind.TRIGGER -> ObjectKind.TRIGGER;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        boolean ifExists = tokens.accept(TokenKind.IF);
        if (ifExists) {
            tokens.expect(TokenKind.EXISTS);
        }
        QualifiedName name = qualifiedName();
        return new Definition.Drop(tokens.spanFrom(start), kind, ifExists, name.schema, name.name);
    }

    /** The cursor is on ALTER. */
    Statement alter() {
        int start = tokens.start();
        tokens.advance();
        tokens.expect(TokenKind.TABLE);
        QualifiedName table = qualifiedName();
        int action = tokens.kind();
        Alteration alteration;
        switch (action) {
            case TokenKind.RENAME:
                tokens.advance();
                alteration = rename();
                break;
            case TokenKind.ADD:
                tokens.advance();
                alteration = add();
                break;
            case TokenKind.DROP:
                tokens.advance();
                if (tokens.accept(TokenKind.CONSTRAINT)) {
                    alteration = new Definition.DropConstraint(tokens.name());
                } else {
                    tokens.accept(TokenKind.COLUMN);
                    alteration = new Definition.DropColumn(tokens.name());
                }
                break;
            case TokenKind.ALTER:
                tokens.advance();
                alteration = alterColumn();
                break;
            default:
                throw tokens.unexpected();
        }
        return new Definition.AlterTable(tokens.spanFrom(start), table.schema, table.name, alteration);
    }

    private Alteration rename() {
        if (tokens.accept(TokenKind.TO)) {
            return new Definition.RenameTable(tokens.name());
        }
        tokens.accept(TokenKind.COLUMN);
        Name column = tokens.name();
        tokens.expect(TokenKind.TO);
        return new Definition.RenameColumn(column, tokens.name());
    }

    private Alteration add() {
        int start = tokens.start();
        if (tokens.is(TokenKind.CONSTRAINT) || tokens.is(TokenKind.CHECK)) {
            Name name = tokens.accept(TokenKind.CONSTRAINT) ? tokens.name() : null;
            if (!tokens.is(TokenKind.CHECK)) {
                throw tokens.unexpected();
            }
            return new Definition.AddConstraint(tables.tableCheck(start, name));
        }
        tokens.accept(TokenKind.COLUMN);
        return new Definition.AddColumn(tables.column());
    }

    private Alteration alterColumn() {
        tokens.accept(TokenKind.COLUMN);
        Name column = tokens.name();
        boolean drops = tokens.accept(TokenKind.DROP);
        if (!drops) {
            tokens.expect(TokenKind.SET);
        }
        tokens.expect(TokenKind.NOT);
        tokens.expect(TokenKind.NULL);
        return drops ? new Definition.DropNotNull(column) : new Definition.SetNotNull(column, writes.onConflict());
    }
}
