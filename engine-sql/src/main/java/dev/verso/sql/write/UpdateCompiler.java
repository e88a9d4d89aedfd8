package dev.verso.sql.write;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement.Update;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Table;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/**
 * Code of UPDATE. Where the loop finds at most one row, or is not disturbed by the change, rows are changed as they are found (one pass);
 * otherwise their keys are collected first.
 */
public final class UpdateCompiler {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Update statement;
    private final Table table;

    private UpdateCompiler(WriteContext context, Update statement) {
        this.context = context;
        this.builder = context.builder();
        this.statement = statement;
        Select.TableSource target = statement.target();
        this.table = context.target(target.schema(), target.table());
    }

    /** Emits the statement. @return columns of RETURNING; empty if there is none */
    public static List<BoundColumn> compile(WriteContext context, Update statement) {
        return new UpdateCompiler(context, statement).compile();
    }

    private List<BoundColumn> compile() {
        RowTriggers triggers = RowTriggers.ofUpdate(context, table, statement.assignments());
        context.checkWritable(table, triggers, !statement.returning().isEmpty());
        if (table.isView()) {
            return ViewWrites.update(context, statement, table, triggers);
        }
        context.code().writes(table.schema().database());
        if (table.isVirtual()) {
            new VirtualUpdate(context, statement, table).compile();
            return List.of();
        }
        if (!statement.from().isEmpty()) {
            if (statement.limit() == null && !statement.orderBy().isEmpty()) {
                throw WriteContext.error("ORDER BY without LIMIT on UPDATE");
            }
            return UpdateFromCompiler.compile(context, statement, table, triggers);
        }
        Expr condition = LimitedRows.condition(
                table,
                statement.target(),
                statement.where(),
                statement.orderBy(),
                statement.limit(),
                statement.offset(),
                "UPDATE");
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        Source target = DeleteCompiler.source(context, table, statement.target());
        Scope scope = Scope.of(List.of(target), outer);
        Assignments assignments = Assignments.resolve(context, table, statement.assignments(), scope);
        // Indexes are weighed by what the condition reads, as in SQLite: the new values are computed from the row
        // itself.
        target.columnsUsed(0);
        BoundExpr where = condition == null ? null : context.resolver().condition(condition, scope);
        RowUpdate update = new RowUpdate(context, table, assignments, statement.onConflict(), triggers);
        TableCursors cursors = TableCursors.open(context, table, update.indexesToOpen());
        target.cursor(cursors.data());
        target.access(Source.Access.CURSOR);
        update.prepare(cursors, target);
        Returning returning =
                Returning.begin(context, statement.returning(), update.newRow().source(), outer);
        CollectedKeys keys = new CollectedKeys(context, cursors);
        WhereRequest request = new WhereRequest(List.of(target), where, List.of(), WhereRequest.Purpose.WRITE, 0);
        boolean mayRunOnePass = statement.returning().isEmpty()
                && !assignments.changesKey()
                && !update.needsTwoPasses()
                && !DeleteCompiler.hasSubquery(where);
        WhereLoops loops = mayRunOnePass
                ? WhereLoops.beginOnePass(context.code(), request, update::touches)
                : WhereLoops.begin(context.code(), request);
        boolean onePass = loops.isOnePass();
        if (!loops.isSingleRow()) {
            builder.multiWrite();
        }
        if (onePass) {
            keys.cancel();
            update.compile(loops.continueLabel(), returning, !loops.isSingleRow());
            loops.end();
        } else {
            keys.collect();
            loops.end();
            int next = keys.beginLoop();
            update.compile(next, returning, false);
            keys.endLoop();
        }
        context.rowsAreWritten();
        if (returning == null) {
            return context.rowCount().deliver();
        }
        returning.deliver();
        return returning.columns();
    }
}
