package dev.verso.parser;

import dev.verso.grammar.SQLiteParser;
import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Statement;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;

/** Parse tree of a statement to AST: queries, changes of rows and commands. */
final class StatementBuilder {
    private final ExpressionBuilder expressions;
    private final SelectBuilder selects;
    private final TreeReader reader;

    StatementBuilder(String sql) {
        this.expressions = new ExpressionBuilder(sql);
        this.selects = expressions.selects();
        this.reader = expressions.reader();
    }

    Statement explained(SQLiteParser.ExplainedStatementContext context) {
        Statement statement = statement(context.statement());
        return context.EXPLAIN() == null
                ? statement
                : new Statement.Explain(reader.span(context), context.QUERY() != null, statement);
    }

    private Statement statement(SQLiteParser.StatementContext context) {
        ParserRuleContext last = (ParserRuleContext) context.getChild(context.getChildCount() - 1);
        Select.With with = selects.with(context.withClause());
        Span span = reader.span(context);
        return switch (last.getRuleIndex()) {
            case SQLiteParser.RULE_select ->
                new Statement.Query(span, selects.select(context, context.withClause(), context.select()));
            case SQLiteParser.RULE_insert -> insert(span, with, context.insert());
            case SQLiteParser.RULE_update -> update(span, with, context.update());
            case SQLiteParser.RULE_delete -> delete(span, with, context.delete());
            case SQLiteParser.RULE_createTable,
                    SQLiteParser.RULE_createIndex,
                    SQLiteParser.RULE_createView,
                    SQLiteParser.RULE_createTrigger,
                    SQLiteParser.RULE_createVirtualTable,
                    SQLiteParser.RULE_dropObject,
                    SQLiteParser.RULE_alterTable -> new DefinitionBuilder(this, expressions).definition(last);
            default -> command(span, last);
        };
    }

    Statement trigger(SQLiteParser.TriggerStatementContext context) {
        Span span = reader.span(context);
        if (context.select0() != null) {
            return new Statement.Query(span, selects.select(context.select0()));
        }
        if (context.triggerInsert() != null) {
            SQLiteParser.TriggerInsertContext insert = context.triggerInsert();
            return new Statement.Insert(
                    span,
                    null,
                    insert.REPLACE() != null ? ConflictAction.REPLACE : action(insert.orAction()),
                    reader.schema(insert.qualifiedName()),
                    reader.last(insert.qualifiedName()),
                    reader.name(insert.name()),
                    reader.names(insert.nameList()),
                    selects.select(insert.select0()),
                    insert.upsert().stream().map(this::upsert).toList(),
                    List.of());
        }
        if (context.triggerUpdate() != null) {
            SQLiteParser.TriggerUpdateContext update = context.triggerUpdate();
            return new Statement.Update(
                    span,
                    null,
                    action(update.orAction()),
                    target(update.target()),
                    assignments(update.assignments()),
                    selects.from(update.fromClause()),
                    selects.where(update.whereClause()),
                    List.of(),
                    List.of(),
                    null,
                    null);
        }
        SQLiteParser.TriggerDeleteContext delete = context.triggerDelete();
        return new Statement.Delete(
                span,
                null,
                target(delete.target()),
                selects.where(delete.whereClause()),
                List.of(),
                List.of(),
                null,
                null);
    }

    private Statement insert(Span span, Select.With with, SQLiteParser.InsertContext insert) {
        return new Statement.Insert(
                span,
                with,
                insert.REPLACE() != null ? ConflictAction.REPLACE : action(insert.orAction()),
                reader.schema(insert.qualifiedName()),
                reader.last(insert.qualifiedName()),
                reader.name(insert.name()),
                reader.names(insert.nameList()),
                insert.select0() == null ? null : selects.select(insert.select0()),
                insert.upsert().stream().map(this::upsert).toList(),
                returning(insert.returning()));
    }

    private ConflictAction action(SQLiteParser.OrActionContext or) {
        return or == null ? null : action(or.resolution());
    }

    static ConflictAction action(SQLiteParser.ResolutionContext resolution) {
        return ConflictAction.valueOf(resolution.getText().toUpperCase(Locale.ROOT));
    }

    private Statement.Upsert upsert(SQLiteParser.UpsertContext upsert) {
        boolean hasTarget = upsert.orderingTerms() != null;
        List<SQLiteParser.WhereClauseContext> wheres = upsert.whereClause();
        Expr targetWhere = null;
        Expr where = null;
        for (SQLiteParser.WhereClauseContext context : wheres) {
            boolean beforeDo =
                    context.getStart().getTokenIndex() < upsert.DO().getSymbol().getTokenIndex();
            if (beforeDo) {
                targetWhere = selects.where(context);
            } else {
                where = selects.where(context);
            }
        }
        return new Statement.Upsert(
                hasTarget ? expressions.orderingTerms(upsert.orderingTerms()) : List.of(),
                targetWhere,
                upsert.assignments() == null ? List.of() : assignments(upsert.assignments()),
                where);
    }

    private List<Statement.Assignment> assignments(SQLiteParser.AssignmentsContext assignments) {
        return assignments.assignment().stream()
                .map(assignment -> assignment.name() != null
                        ? new Statement.Assignment(
                                List.of(reader.name(assignment.name())), false, expressions.expr(assignment.expr()))
                        : new Statement.Assignment(
                                reader.names(assignment.nameList()), true, expressions.expr(assignment.expr())))
                .toList();
    }

    private List<Select.ResultColumn> returning(SQLiteParser.ReturningContext returning) {
        return returning == null ? List.of() : selects.resultColumns(returning.resultColumns());
    }

    private Select.TableSource target(SQLiteParser.TargetContext target) {
        return selects.table(
                reader.span(target), target.qualifiedName(), reader.name(target.name()), target.indexedBy());
    }

    private Statement update(Span span, Select.With with, SQLiteParser.UpdateContext update) {
        return new Statement.Update(
                span,
                with,
                action(update.orAction()),
                target(update.target()),
                assignments(update.assignments()),
                selects.from(update.fromClause()),
                selects.where(update.whereClause()),
                returning(update.returning()),
                selects.orderBy(update.orderByClause()),
                selects.limit(update.limitClause()),
                selects.offset(update.limitClause()));
    }

    private Statement delete(Span span, Select.With with, SQLiteParser.DeleteContext delete) {
        return new Statement.Delete(
                span,
                with,
                target(delete.target()),
                selects.where(delete.whereClause()),
                returning(delete.returning()),
                selects.orderBy(delete.orderByClause()),
                selects.limit(delete.limitClause()),
                selects.offset(delete.limitClause()));
    }

    private Statement command(Span span, ParserRuleContext context) {
        if (context instanceof SQLiteParser.BeginTransactionContext begin) {
            Command.TransactionMode mode = begin.DEFERRED() != null
                    ? Command.TransactionMode.DEFERRED
                    : begin.IMMEDIATE() != null
                            ? Command.TransactionMode.IMMEDIATE
                            : begin.EXCLUSIVE() != null ? Command.TransactionMode.EXCLUSIVE : null;
            return new Command.Begin(span, mode, reader.name(begin.name()));
        }
        if (context instanceof SQLiteParser.CommitTransactionContext commit) {
            return new Command.Commit(span, reader.name(commit.name()));
        }
        if (context instanceof SQLiteParser.RollbackTransactionContext rollback) {
            return new Command.Rollback(span, reader.name(rollback.name()), reader.name(rollback.savepointName()));
        }
        if (context instanceof SQLiteParser.SavepointContext savepoint) {
            return new Command.Savepoint(span, reader.name(savepoint.name()));
        }
        if (context instanceof SQLiteParser.ReleaseContext release) {
            return new Command.Release(span, reader.name(release.savepointName()));
        }
        if (context instanceof SQLiteParser.AttachContext attach) {
            return new Command.Attach(
                    span,
                    expressions.expr(attach.databaseExpr().expr()),
                    expressions.expr(attach.expr(0)),
                    attach.KEY() == null ? null : expressions.expr(attach.expr(1)));
        }
        if (context instanceof SQLiteParser.DetachContext detach) {
            return new Command.Detach(
                    span, expressions.expr(detach.databaseExpr().expr()));
        }
        if (context instanceof SQLiteParser.PragmaContext pragma) {
            return new Command.Pragma(
                    span,
                    reader.schema(pragma.qualifiedName()),
                    reader.last(pragma.qualifiedName()),
                    pragma.pragmaValue() == null ? null : pragmaValue(pragma.pragmaValue()),
                    pragma.LEFT_PAREN() != null);
        }
        if (context instanceof SQLiteParser.AnalyzeContext analyze) {
            SQLiteParser.QualifiedNameContext name = analyze.qualifiedName();
            return name == null
                    ? new Command.Analyze(span, null, null)
                    : new Command.Analyze(span, reader.schema(name), reader.last(name));
        }
        if (context instanceof SQLiteParser.ReindexContext reindex) {
            SQLiteParser.QualifiedNameContext name = reindex.qualifiedName();
            if (name == null) {
                return new Command.Reindex(span, null, null, false);
            }
            boolean isExpressions =
                    reader.schema(name) == null && reader.last(name).text().equalsIgnoreCase("expressions");
            return new Command.Reindex(
                    span, reader.schema(name), isExpressions ? null : reader.last(name), isExpressions);
        }
        SQLiteParser.VacuumContext vacuum = (SQLiteParser.VacuumContext) context;
        return new Command.Vacuum(span, reader.name(vacuum.name()), expressions.expr(vacuum.expr()));
    }

    private Name pragmaValue(SQLiteParser.PragmaValueContext value) {
        boolean isSigned = value.PLUS() != null || value.MINUS() != null;
        if (!isSigned) {
            return reader.name(value);
        }
        String number = value.getStop().getText();
        return new Name(reader.span(value), value.MINUS() != null ? '-' + number : number, Name.Quoting.NONE);
    }
}
