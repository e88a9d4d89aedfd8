package dev.verso.parser;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.ColumnConstraint;
import dev.verso.parser.ast.Definition.ColumnDefinition;
import dev.verso.parser.ast.Definition.Deferral;
import dev.verso.parser.ast.Definition.ForeignKey;
import dev.verso.parser.ast.Definition.OnEvent;
import dev.verso.parser.ast.Definition.ReferenceClause;
import dev.verso.parser.ast.Definition.TableConstraint;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.SortOrder;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.TypeName;
import java.util.ArrayList;
import java.util.List;

/** CREATE TABLE, and the column definitions and constraints that ALTER TABLE shares with it. */
final class TableParser {
    private static final String GENERATED = "generated";
    private static final String ALWAYS = "always";

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final WriteParser writes;

    TableParser(Tokens tokens, ExpressionParser expressions, WriteParser writes) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.writes = writes;
    }

    /** The cursor is on the first parenthesis, or AS. */
    Content content() {
        if (tokens.accept(TokenKind.AS)) {
            if (!TokenKind.startsSelect(tokens.kind())) {
                throw tokens.unexpected();
            }
            return new Content(
                    List.of(), List.of(), false, false, expressions.selects().parse());
        }
        tokens.expect(TokenKind.LEFT_PAREN);
        List<ColumnDefinition> columns = new ArrayList<>();
        List<TableConstraint> constraints = List.of();
        columns.add(column());
        while (tokens.accept(TokenKind.COMMA)) {
            if (startsTableConstraint()) {
                constraints = tableConstraints();
                break;
            }
            columns.add(column());
        }
        tokens.expect(TokenKind.RIGHT_PAREN);
        boolean withoutRowid = false;
        boolean strict = false;
        // SQLite lets a comma stand before the first option too.
        boolean hasOption = TokenKind.isName(tokens.kind()) || tokens.accept(TokenKind.COMMA);
        while (hasOption) {
            if (tableOption()) {
                withoutRowid = true;
            } else {
                strict = true;
            }
            hasOption = tokens.accept(TokenKind.COMMA);
        }
        return new Content(List.copyOf(columns), constraints, withoutRowid, strict, null);
    }

    /** What CREATE TABLE says after the table's name. */
    record Content(
            List<ColumnDefinition> columns,
            List<TableConstraint> constraints,
            boolean withoutRowid,
            boolean strict,
            Select select) {}

    /** True for WITHOUT ROWID, false for STRICT. */
    private boolean tableOption() {
        boolean without = tokens.accept(TokenKind.WITHOUT);
        if (!TokenKind.isName(tokens.kind())) {
            throw tokens.unexpected();
        }
        boolean known = tokens.isWord(without ? "rowid" : "strict");
        int start = tokens.start();
        tokens.advance();
        if (!known) {
            tokens.fail(SqlSyntaxException.unknownTableOption(tokens.sql, start, tokens.lastEnd()));
        }
        return without;
    }

    /** A column with its constraints. */
    ColumnDefinition column() {
        int start = tokens.start();
        Name name = tokens.name();
        TypeName words = expressions.literals().typeName();
        boolean generatedAlways = saysGenerated(words);
        List<ColumnConstraint> constraints = new ArrayList<>(2);
        while (true) {
            int constraintStart = tokens.start();
            Name constraintName = null;
            if (tokens.accept(TokenKind.CONSTRAINT)) {
                constraintName = tokens.name();
            }
            ColumnConstraint constraint = columnConstraint(constraintStart, constraintName, generatedAlways);
            generatedAlways = false;
            if (constraint == null && constraintName == null) {
                break;
            }
            constraints.add(
                    constraint != null
                            ? constraint
                            : new Definition.ColumnNameOnly(tokens.spanFrom(constraintStart), constraintName));
        }
        return new ColumnDefinition(tokens.spanFrom(start), name, withoutGenerated(words), List.copyOf(constraints));
    }

    /**
     * SQLite's grammar takes GENERATED ALWAYS for words of the type, and cuts them off afterwards.
     *
     * @return the rest of the type; null if there is none, or was none before
     */
    static TypeName withoutGenerated(TypeName type) {
        if (type == null || type.text().length() < GENERATED.length() + 1 + ALWAYS.length()) {
            return type;
        }
        String text = type.text();
        int length = endWithout(text, text.length(), ALWAYS);
        if (length == text.length()) {
            return type;
        }
        int shorter = endWithout(text, length, GENERATED);
        if (shorter == 0) {
            return null;
        }
        int start = type.span().start();
        return new TypeName(new Span(start, start + shorter), text.substring(0, shorter));
    }

    /** Whether a type ends in GENERATED ALWAYS, which AS then belongs to. */
    static boolean saysGenerated(TypeName type) {
        if (type == null) {
            return false;
        }
        int length = endWithout(type.text(), type.text().length(), ALWAYS);
        return length < type.text().length() && endWithout(type.text(), length, GENERATED) < length;
    }

    private static int endWithout(String text, int end, String word) {
        int at = end - word.length();
        if (at < 0 || !text.regionMatches(true, at, word, 0, word.length())) {
            return end;
        }
        while (at > 0 && Tokenizer.isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private ColumnConstraint columnConstraint(int start, Name name, boolean generatedAlways) {
        switch (tokens.kind()) {
            case TokenKind.DEFAULT:
                return columnDefault(start, name);
            case TokenKind.NULL: {
                tokens.advance();
                ConflictAction action = writes.onConflict();
                return new Definition.ColumnNull(tokens.spanFrom(start), name, action);
            }
            case TokenKind.NOT: {
                tokens.advance();
                if (tokens.is(TokenKind.DEFERRABLE)) {
                    Deferral deferral = deferral(false);
                    return new Definition.ColumnDeferrable(tokens.spanFrom(start), name, deferral);
                }
                tokens.expect(TokenKind.NULL);
                ConflictAction action = writes.onConflict();
                return new Definition.ColumnNotNull(tokens.spanFrom(start), name, action);
            }
            case TokenKind.PRIMARY: {
                tokens.advance();
                tokens.expect(TokenKind.KEY);
                SortOrder order = expressions.sortOrder();
                ConflictAction action = writes.onConflict();
                boolean autoincrement = tokens.accept(TokenKind.AUTOINCREMENT);
                return new Definition.ColumnPrimaryKey(tokens.spanFrom(start), name, order, action, autoincrement);
            }
            case TokenKind.UNIQUE: {
                tokens.advance();
                ConflictAction action = writes.onConflict();
                return new Definition.ColumnUnique(tokens.spanFrom(start), name, action);
            }
            case TokenKind.CHECK: {
                Expr condition = check();
                return new Definition.ColumnCheck(tokens.spanFrom(start), name, condition, null);
            }
            case TokenKind.REFERENCES: {
                ForeignKey reference = reference(false);
                return new Definition.ColumnReferences(tokens.spanFrom(start), name, reference);
            }
            case TokenKind.DEFERRABLE: {
                Deferral deferral = deferral(true);
                return new Definition.ColumnDeferrable(tokens.spanFrom(start), name, deferral);
            }
            case TokenKind.COLLATE: {
                tokens.advance();
                Name collation = tokens.alias();
                return new Definition.ColumnCollate(tokens.spanFrom(start), name, collation);
            }
            case TokenKind.GENERATED:
                tokens.advance();
                tokens.expect(TokenKind.ALWAYS);
                return generated(start, name, true);
            case TokenKind.AS:
                return generated(start, name, generatedAlways);
            default:
                return null;
        }
    }

    private ColumnConstraint columnDefault(int start, Name name) {
        tokens.advance();
        int valueStart = tokens.start();
        boolean parenthesized = false;
        Expr value;
        if (tokens.accept(TokenKind.LEFT_PAREN)) {
            parenthesized = true;
            value = expressions.parse();
            tokens.expect(TokenKind.RIGHT_PAREN);
        } else if (tokens.is(TokenKind.PLUS) || tokens.is(TokenKind.MINUS)) {
            Expr.UnaryOp op = tokens.is(TokenKind.PLUS) ? Expr.UnaryOp.PLUS : Expr.UnaryOp.NEGATE;
            tokens.advance();
            Expr literal = defaultLiteral();
            value = new Expr.Unary(tokens.spanFrom(valueStart), op, literal);
        } else if (isDefaultWord()) {
            Name word = tokens.takeName();
            boolean isTruth = word.quoting() == Name.Quoting.NONE
                    && (AsciiNames.same(word.text(), "true") || AsciiNames.same(word.text(), "false"));
            value = isTruth
                    ? new Expr.ColumnName(word.span(), null, null, word)
                    : new Expr.StringLiteral(word.span(), word.text());
        } else {
            value = defaultLiteral();
        }
        return new Definition.ColumnDefault(tokens.spanFrom(start), name, value, parenthesized);
    }

    private boolean isDefaultWord() {
        int kind = tokens.kind();
        boolean isTime = kind >= TokenKind.CURRENT_DATE && kind <= TokenKind.CURRENT_TIMESTAMP;
        return kind == TokenKind.INDEXED || (TokenKind.isPlainIdentifier(kind) && !isTime);
    }

    private Expr defaultLiteral() {
        if (tokens.is(TokenKind.VARIABLE)) {
            throw tokens.unexpected();
        }
        return expressions.literals().literal();
    }

    private Expr check() {
        tokens.advance();
        tokens.expect(TokenKind.LEFT_PAREN);
        Expr condition = expressions.parse();
        tokens.expect(TokenKind.RIGHT_PAREN);
        return condition;
    }

    private ColumnConstraint generated(int start, Name name, boolean always) {
        tokens.expect(TokenKind.AS);
        tokens.expect(TokenKind.LEFT_PAREN);
        Expr value = expressions.parse();
        tokens.expect(TokenKind.RIGHT_PAREN);
        Name kind = TokenKind.isPlainIdentifier(tokens.kind()) ? tokens.takeName() : null;
        return new Definition.ColumnGenerated(tokens.spanFrom(start), name, value, always, kind);
    }

    private ForeignKey reference(boolean withDeferral) {
        int start = tokens.start();
        tokens.expect(TokenKind.REFERENCES);
        Name table = tokens.name();
        List<Name> columns =
                tokens.is(TokenKind.LEFT_PAREN) ? expressions.selects().plainColumns() : List.of();
        List<ReferenceClause> clauses = new ArrayList<>(2);
        while (true) {
            if (tokens.accept(TokenKind.MATCH)) {
                clauses.add(new Definition.Match(tokens.name()));
            } else if (tokens.accept(TokenKind.ON)) {
                clauses.add(onEvent());
            } else {
                break;
            }
        }
        Deferral deferral = null;
        if (withDeferral) {
            boolean not = tokens.accept(TokenKind.NOT);
            if (not || tokens.is(TokenKind.DEFERRABLE)) {
                deferral = deferral(!not);
            }
        }
        return new ForeignKey(tokens.spanFrom(start), table, columns, List.copyOf(clauses), deferral);
    }

    private OnEvent onEvent() {
        OnEvent.Event event =
                switch (tokens.kind()) {
                    case TokenKind.DELETE -> OnEvent.Event.DELETE;
                    case TokenKind.UPDATE -> OnEvent.Event.UPDATE;
                    case TokenKind.INSERT -> OnEvent.Event.INSERT;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        OnEvent.Action action;
        switch (tokens.kind()) {
            case TokenKind.SET:
                tokens.advance();
                if (tokens.accept(TokenKind.NULL)) {
                    return new OnEvent(event, OnEvent.Action.SET_NULL);
                }
                tokens.expect(TokenKind.DEFAULT);
                return new OnEvent(event, OnEvent.Action.SET_DEFAULT);
            case TokenKind.CASCADE:
                action = OnEvent.Action.CASCADE;
                break;
            case TokenKind.RESTRICT:
                action = OnEvent.Action.RESTRICT;
                break;
            case TokenKind.NO:
                tokens.advance();
                tokens.expect(TokenKind.ACTION);
                return new OnEvent(event, OnEvent.Action.NO_ACTION);
            default:
                throw tokens.unexpected();
        }
        tokens.advance();
        return new OnEvent(event, action);
    }

    /** The cursor is on DEFERRABLE. */
    private Deferral deferral(boolean deferrable) {
        tokens.expect(TokenKind.DEFERRABLE);
        if (!tokens.accept(TokenKind.INITIALLY)) {
            return new Deferral(deferrable, null);
        }
        if (tokens.accept(TokenKind.DEFERRED)) {
            return new Deferral(deferrable, true);
        }
        tokens.expect(TokenKind.IMMEDIATE);
        return new Deferral(deferrable, false);
    }

    /** Whether a constraint of the table begins at the cursor. */
    private boolean startsTableConstraint() {
        return switch (tokens.kind()) {
            case TokenKind.CONSTRAINT, TokenKind.PRIMARY, TokenKind.UNIQUE, TokenKind.CHECK, TokenKind.FOREIGN -> true;
            default -> false;
        };
    }

    private List<TableConstraint> tableConstraints() {
        List<TableConstraint> constraints = new ArrayList<>(2);
        do {
            constraints.add(tableConstraint());
            if (tokens.accept(TokenKind.COMMA) && !startsTableConstraint()) {
                throw tokens.unexpected();
            }
        } while (startsTableConstraint());
        return List.copyOf(constraints);
    }

    private TableConstraint tableConstraint() {
        int start = tokens.start();
        Name name = tokens.accept(TokenKind.CONSTRAINT) ? tokens.name() : null;
        switch (tokens.kind()) {
            case TokenKind.PRIMARY: {
                tokens.advance();
                tokens.expect(TokenKind.KEY);
                tokens.expect(TokenKind.LEFT_PAREN);
                List<OrderingTerm> columns = expressions.orderingTerms();
                boolean autoincrement = tokens.accept(TokenKind.AUTOINCREMENT);
                tokens.expect(TokenKind.RIGHT_PAREN);
                ConflictAction action = writes.onConflict();
                return new Definition.TablePrimaryKey(tokens.spanFrom(start), name, columns, autoincrement, action);
            }
            case TokenKind.UNIQUE: {
                tokens.advance();
                tokens.expect(TokenKind.LEFT_PAREN);
                List<OrderingTerm> columns = expressions.orderingTerms();
                tokens.expect(TokenKind.RIGHT_PAREN);
                ConflictAction action = writes.onConflict();
                return new Definition.TableUnique(tokens.spanFrom(start), name, columns, action);
            }
            case TokenKind.CHECK:
                return tableCheck(start, name);
            case TokenKind.FOREIGN: {
                tokens.advance();
                tokens.expect(TokenKind.KEY);
                List<Name> columns = expressions.selects().plainColumns();
                ForeignKey reference = reference(true);
                return new Definition.TableForeignKey(tokens.spanFrom(start), name, columns, reference);
            }
            default:
                return new Definition.TableNameOnly(tokens.spanFrom(start), name);
        }
    }

    /** CHECK of a table; the cursor is on that word. */
    TableConstraint tableCheck(int start, Name name) {
        Expr condition = check();
        ConflictAction action = writes.onConflict();
        return new Definition.TableCheck(tokens.spanFrom(start), name, condition, action);
    }
}
