package dev.verso.parser;

import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement;
import java.util.List;

/** Statements as SQL: queries, changes of rows and commands. */
final class StatementPrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;
    private final SelectPrinter selects;

    StatementPrinter(SqlText text) {
        this.text = text;
        this.expressions = new ExpressionPrinter(text);
        this.selects = expressions.selects();
    }

    void print(Statement statement) {
        if (statement instanceof Statement.Query query) {
            selects.print(query.select());
        } else if (statement instanceof Statement.Insert insert) {
            insert(insert);
        } else if (statement instanceof Statement.Update update) {
            update(update);
        } else if (statement instanceof Statement.Delete delete) {
            selects.with(delete.with());
            text.add("DELETE FROM ");
            selects.source(delete.target());
            selects.clause(" WHERE ", delete.where());
            returning(delete.returning());
            selects.orderByAndLimit(delete.orderBy(), delete.limit(), delete.offset());
        } else if (statement instanceof Statement.Explain explain) {
            text.add(explain.queryPlan() ? "EXPLAIN QUERY PLAN " : "EXPLAIN ");
            print(explain.statement());
        } else if (statement instanceof Definition definition) {
            new DefinitionPrinter(text, this, expressions).print(definition);
        } else if (statement instanceof Command command) {
            command(command);
        } else {
            throw new AssertionError("no text for " + statement);
        }
    }

    private void insert(Statement.Insert insert) {
        selects.with(insert.with());
        text.add("INSERT");
        or(insert.onConflict());
        text.add(" INTO ").qualified(insert.schema(), insert.table());
        if (insert.alias() != null) {
            text.add(" AS ").name(insert.alias());
        }
        text.optionalNames(insert.columns());
        if (insert.source() == null) {
            text.add(" DEFAULT VALUES");
        } else {
            text.add(" ");
            selects.print(insert.source());
            if (!insert.upserts().isEmpty() && mayTakeOn(insert.source())) {
                // Without WHERE, ON would be read as the condition of a join.
                text.add(" WHERE TRUE");
            }
        }
        for (Statement.Upsert upsert : insert.upserts()) {
            upsert(upsert);
        }
        returning(insert.returning());
    }

    /** Whether the query's last words are those of a source, so that an ON behind them would be taken for its own. */
    private static boolean mayTakeOn(Select source) {
        if (!source.orderBy().isEmpty() || source.limit() != null) {
            return false;
        }
        Select.Body last = source.body();
        if (last instanceof Select.Compound compound) {
            last = compound.right();
        }
        if (!(last instanceof Select.Core core)) {
            return false;
        }
        if (core.from().isEmpty()
                || core.where() != null
                || !core.groupBy().isEmpty()
                || core.having() != null
                || !core.windows().isEmpty()) {
            return false;
        }
        Select.FromItem item = core.from().get(core.from().size() - 1);
        return item.on() == null && item.using().isEmpty();
    }

    private void or(ConflictAction action) {
        if (action != null) {
            text.add(" OR ").add(action.name());
        }
    }

    private void upsert(Statement.Upsert upsert) {
        text.add(" ON CONFLICT");
        if (!upsert.target().isEmpty()) {
            text.add(" (");
            expressions.orderingTerms(upsert.target());
            text.add(")");
            selects.clause(" WHERE ", upsert.targetWhere());
        }
        if (upsert.isDoNothing()) {
            text.add(" DO NOTHING");
            return;
        }
        text.add(" DO UPDATE SET ");
        assignments(upsert.assignments());
        selects.clause(" WHERE ", upsert.where());
    }

    private void assignments(List<Statement.Assignment> assignments) {
        text.list(assignments, assignment -> {
            if (assignment.parenthesized()) {
                text.add("(").names(assignment.columns()).add(")");
            } else {
                text.name(assignment.columns().get(0));
            }
            text.add(" = ");
            expressions.print(assignment.value());
        });
    }

    private void returning(List<Select.ResultColumn> columns) {
        if (!columns.isEmpty()) {
            text.add(" RETURNING ");
            selects.resultColumns(columns);
        }
    }

    private void update(Statement.Update update) {
        selects.with(update.with());
        text.add("UPDATE");
        or(update.onConflict());
        text.add(" ");
        selects.source(update.target());
        text.add(" SET ");
        assignments(update.assignments());
        selects.from(update.from());
        selects.clause(" WHERE ", update.where());
        returning(update.returning());
        selects.orderByAndLimit(update.orderBy(), update.limit(), update.offset());
    }

    private void command(Command command) {
        if (command instanceof Command.Begin begin) {
            text.add("BEGIN");
            if (begin.mode() != null) {
                text.add(" ").add(begin.mode().name());
            }
            transaction(begin.transaction());
        } else if (command instanceof Command.Commit commit) {
            text.add("COMMIT");
            transaction(commit.transaction());
        } else if (command instanceof Command.Rollback rollback) {
            text.add("ROLLBACK");
            transaction(rollback.transaction());
            if (rollback.savepoint() != null) {
                text.add(" TO ").name(rollback.savepoint());
            }
        } else if (command instanceof Command.Savepoint savepoint) {
            text.add("SAVEPOINT ").name(savepoint.name());
        } else if (command instanceof Command.Release release) {
            text.add("RELEASE ").name(release.name());
        } else if (command instanceof Command.Attach attach) {
            text.add("ATTACH ");
            expressions.print(attach.file());
            selects.clause(" AS ", attach.schema());
            selects.clause(" KEY ", attach.key());
        } else if (command instanceof Command.Detach detach) {
            selects.clause("DETACH ", detach.schema());
        } else if (command instanceof Command.Pragma pragma) {
            pragma(pragma);
        } else if (command instanceof Command.Analyze analyze) {
            text.add("ANALYZE");
            optionalName(analyze.schema(), analyze.name());
        } else if (command instanceof Command.Reindex reindex) {
            text.add(reindex.expressions() ? "REINDEX EXPRESSIONS" : "REINDEX");
            optionalName(reindex.schema(), reindex.name());
        } else if (command instanceof Command.Vacuum vacuum) {
            text.add("VACUUM");
            optionalName(null, vacuum.schema());
            selects.clause(" INTO ", vacuum.into());
        } else {
            throw new AssertionError("no text for " + command);
        }
    }

    private void transaction(Name name) {
        if (name != null) {
            text.add(" TRANSACTION ").name(name);
        }
    }

    private void optionalName(Name schema, Name name) {
        if (name != null) {
            text.add(" ").qualified(schema, name);
        }
    }

    private void pragma(Command.Pragma pragma) {
        text.add("PRAGMA ").qualified(pragma.schema(), pragma.name());
        if (pragma.value() == null) {
            return;
        }
        text.add(pragma.call() ? "(" : " = ");
        if (pragma.value().quoting() == Name.Quoting.NONE) {
            // A number or a keyword is no name that needs quotes.
            text.add(pragma.value().text());
        } else {
            text.name(pragma.value());
        }
        text.add(pragma.call() ? ")" : "");
    }

    /** For the trees of definitions that hold plain expressions. */
    void expression(Expr expr) {
        expressions.print(expr);
    }
}
