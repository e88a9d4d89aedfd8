package dev.verso.parser;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.ResultColumn;
import dev.verso.parser.ast.Statement;
import dev.verso.parser.ast.Statement.Assignment;
import dev.verso.parser.ast.Statement.Upsert;
import java.util.ArrayList;
import java.util.List;

/** INSERT, REPLACE, UPDATE and DELETE, at the top or in a trigger, where less is allowed. */
final class WriteParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final SelectParser selects;

    WriteParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.selects = expressions.selects();
    }

    /** INSERT or REPLACE; the cursor is on that word. */
    Statement insert(int start, Select.With with, boolean inTrigger) {
        ConflictAction onConflict = ConflictAction.REPLACE;
        if (!tokens.accept(TokenKind.REPLACE)) {
            tokens.expect(TokenKind.INSERT);
            onConflict = orAction();
        }
        tokens.expect(TokenKind.INTO);
        Select.TableSource target = target();
        List<Name> columns = List.of();
        if (tokens.accept(TokenKind.LEFT_PAREN)) {
            columns = tokens.names();
            tokens.expect(TokenKind.RIGHT_PAREN);
        }
        Select source = null;
        List<Upsert> upserts = List.of();
        List<ResultColumn> returning;
        if (!inTrigger && tokens.accept(TokenKind.DEFAULT)) {
            tokens.expect(TokenKind.VALUES);
            returning = returning(false);
        } else {
            if (!TokenKind.startsSelect(tokens.kind())) {
                throw tokens.unexpected();
            }
            source = selects.parse();
            if (tokens.is(TokenKind.ON)) {
                upserts = upserts();
            }
            returning = returning(inTrigger);
        }
        return new Statement.Insert(
                tokens.spanFrom(start),
                with,
                onConflict,
                target.schema(),
                target.table(),
                target.alias(),
                columns,
                source,
                upserts,
                returning);
    }

    private ConflictAction orAction() {
        return tokens.accept(TokenKind.OR) ? resolution() : null;
    }

    /** {@code ON CONFLICT action}, or null. */
    ConflictAction onConflict() {
        if (!tokens.accept(TokenKind.ON)) {
            return null;
        }
        tokens.expect(TokenKind.CONFLICT);
        return resolution();
    }

    private ConflictAction resolution() {
        ConflictAction action =
                switch (tokens.kind()) {
                    case TokenKind.ROLLBACK -> ConflictAction.ROLLBACK;
                    case TokenKind.ABORT -> ConflictAction.ABORT;
                    case TokenKind.FAIL -> ConflictAction.FAIL;
                    case TokenKind.IGNORE -> ConflictAction.IGNORE;
                    case TokenKind.REPLACE -> ConflictAction.REPLACE;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        return action;
    }

    /** The table that is written to, without INDEXED BY. */
    private Select.TableSource target() {
        int start = tokens.start();
        Name table = tokens.name();
        Name schema = null;
        if (tokens.accept(TokenKind.DOT)) {
            schema = table;
            table = tokens.name();
        }
        Name alias = tokens.accept(TokenKind.AS) ? tokens.name() : null;
        return new Select.TableSource(tokens.spanFrom(start), schema, table, alias, null, false);
    }

    private Select.TableSource indexedTarget(boolean inTrigger) {
        int start = tokens.start();
        Select.TableSource plain = target();
        Select.TableSource target = selects.from().tableSource(start, plain.schema(), plain.table(), plain.alias());
        if (inTrigger && (target.indexedBy() != null || target.notIndexed())) {
            String clause = target.notIndexed() ? "NOT INDEXED" : "INDEXED BY";
            tokens.fail(
                    "the " + clause + " clause is not allowed on UPDATE or DELETE statements within triggers", start);
        }
        return target;
    }

    private List<Upsert> upserts() {
        List<Upsert> upserts = new ArrayList<>(2);
        boolean hasTarget = true;
        while (hasTarget && tokens.accept(TokenKind.ON)) {
            tokens.expect(TokenKind.CONFLICT);
            List<OrderingTerm> target = List.of();
            Expr targetWhere = null;
            hasTarget = tokens.accept(TokenKind.LEFT_PAREN);
            if (hasTarget) {
                target = expressions.orderingTerms();
                tokens.expect(TokenKind.RIGHT_PAREN);
                targetWhere = where();
            }
            tokens.expect(TokenKind.DO);
            List<Assignment> assignments = List.of();
            Expr where = null;
            if (tokens.accept(TokenKind.UPDATE)) {
                tokens.expect(TokenKind.SET);
                assignments = assignments();
                where = where();
            } else {
                tokens.expect(TokenKind.NOTHING);
            }
            upserts.add(new Upsert(target, targetWhere, assignments, where));
        }
        return List.copyOf(upserts);
    }

    /** {@code WHERE expression}, or null. */
    Expr where() {
        return tokens.accept(TokenKind.WHERE) ? expressions.parse() : null;
    }

    private List<ResultColumn> returning(boolean inTrigger) {
        int start = tokens.start();
        if (!tokens.accept(TokenKind.RETURNING)) {
            return List.of();
        }
        List<ResultColumn> columns = selects.resultColumns();
        if (inTrigger) {
            tokens.fail("cannot use RETURNING in a trigger", start);
        }
        return columns;
    }

    private List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>(4);
        do {
            int start = tokens.start();
            boolean parenthesized = tokens.accept(TokenKind.LEFT_PAREN);
            List<Name> columns;
            if (parenthesized) {
                columns = tokens.names();
                tokens.expect(TokenKind.RIGHT_PAREN);
            } else {
                columns = List.of(tokens.name());
            }
            tokens.expect(TokenKind.EQUAL);
            Expr value = expressions.parse();
            if (parenthesized && !(value instanceof Expr.ScalarSubquery)) {
                int values = value instanceof Expr.RowValue row ? row.elements().size() : 1;
                if (values != columns.size()) {
                    tokens.fail(columns.size() + " columns assigned " + values + " values", start);
                }
            }
            assignments.add(new Assignment(columns, parenthesized, value));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(assignments);
    }

    /** UPDATE; the cursor is on that word. */
    Statement update(int start, Select.With with, boolean inTrigger) {
        tokens.advance();
        ConflictAction onConflict = orAction();
        Select.TableSource target = indexedTarget(inTrigger);
        tokens.expect(TokenKind.SET);
        List<Assignment> assignments = assignments();
        List<Select.FromItem> from =
                tokens.accept(TokenKind.FROM) ? selects.from().parse() : List.of();
        Expr where = where();
        Tail tail = inTrigger ? Tail.NONE : tail();
        return new Statement.Update(
                tokens.spanFrom(start),
                with,
                onConflict,
                target,
                assignments,
                from,
                where,
                tail.returning,
                tail.orderBy,
                tail.limit,
                tail.offset);
    }

    /** DELETE; the cursor is on that word. */
    Statement delete(int start, Select.With with, boolean inTrigger) {
        tokens.advance();
        tokens.expect(TokenKind.FROM);
        Select.TableSource target = indexedTarget(inTrigger);
        Expr where = where();
        Tail tail = inTrigger ? Tail.NONE : tail();
        return new Statement.Delete(
                tokens.spanFrom(start), with, target, where, tail.returning, tail.orderBy, tail.limit, tail.offset);
    }

    /** What may follow WHERE in UPDATE and DELETE. */
    private record Tail(List<ResultColumn> returning, List<OrderingTerm> orderBy, Expr limit, Expr offset) {
        static final Tail NONE = new Tail(List.of(), List.of(), null, null);
    }

    private Tail tail() {
        List<ResultColumn> returning = returning(false);
        List<OrderingTerm> orderBy = List.of();
        if (tokens.accept(TokenKind.ORDER)) {
            tokens.expect(TokenKind.BY);
            orderBy = expressions.orderingTerms();
        }
        if (!tokens.accept(TokenKind.LIMIT)) {
            return returning.isEmpty() && orderBy.isEmpty() ? Tail.NONE : new Tail(returning, orderBy, null, null);
        }
        Expr limit = expressions.parse();
        Expr offset = null;
        if (tokens.accept(TokenKind.OFFSET)) {
            offset = expressions.parse();
        } else if (tokens.accept(TokenKind.COMMA)) {
            offset = limit;
            limit = expressions.parse();
        }
        return new Tail(returning, orderBy, limit, offset);
    }
}
