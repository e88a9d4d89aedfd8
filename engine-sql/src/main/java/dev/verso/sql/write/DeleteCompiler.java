package dev.verso.sql.write;

import dev.verso.parser.ast.Definition.TriggerEvent;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement.Delete;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/** Code of DELETE. Without WHERE the trees are emptied whole; one row is deleted as it is found; else keys are collected first. */
public final class DeleteCompiler {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Delete statement;
    private final Table table;

    private DeleteCompiler(WriteContext context, Delete statement) {
        this.context = context;
        this.builder = context.builder();
        this.statement = statement;
        this.table =
                context.target(statement.target().schema(), statement.target().table());
    }

    /** Emits the statement. @return columns of RETURNING; empty if there is none */
    public static List<BoundColumn> compile(WriteContext context, Delete statement) {
        return new DeleteCompiler(context, statement).compile();
    }

    /** The source of an UPDATE or DELETE: its target with alias and INDEXED BY. */
    static Source source(WriteContext context, Table table, Select.TableSource written) {
        Source source = context.resolver()
                .source(
                        table,
                        written.alias() == null ? table.name() : written.alias().text());
        source.notIndexed(written.notIndexed());
        if (written.indexedBy() != null) {
            Index index = null;
            for (Index candidate : table.indexes()) {
                if (AsciiCase.same(candidate.name(), written.indexedBy().text())) {
                    index = candidate;
                }
            }
            if (index == null) {
                throw WriteContext.error("no such index: " + written.indexedBy().text());
            }
            source.indexedBy(index);
        }
        return source;
    }

    private List<BoundColumn> compile() {
        RowTriggers triggers = RowTriggers.of(context, table, TriggerEvent.DELETE);
        context.checkWritable(table, triggers, !statement.returning().isEmpty());
        boolean wholly = context.allows(Action.DELETE, table, null);
        if (table.isView()) {
            return ViewWrites.delete(context, statement, table, triggers);
        }
        Expr condition = LimitedRows.condition(
                table,
                statement.target(),
                statement.where(),
                statement.orderBy(),
                statement.limit(),
                statement.offset(),
                "DELETE");
        context.code().writes(table.schema().database());
        if (table.isVirtual()) {
            new VirtualDelete(context, statement, table).compile();
            return context.rowCount().deliver();
        }
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        Source target = source(context, table, statement.target());
        BoundExpr where =
                condition == null ? null : context.resolver().condition(condition, Scope.of(List.of(target), outer));
        boolean isComplex =
                !triggers.isEmpty() || ForeignKeyCode.forDelete(context, table).isRequired();
        if (where == null && statement.returning().isEmpty() && !isComplex && wholly) {
            clear();
            return context.rowCount().deliver();
        }
        if (isComplex) {
            builder.multiWrite();
        }
        TableCursors cursors = TableCursors.open(context, table, null);
        target.cursor(cursors.data());
        target.access(Source.Access.CURSOR);
        Returning returning = Returning.begin(context, statement.returning(), NewRow.shape(context, table), outer);
        RowDelete deletion = RowDelete.ofStatement(context, cursors, triggers, returning);
        CollectedKeys keys = new CollectedKeys(context, cursors);
        WhereRequest request = new WhereRequest(List.of(target), where, List.of(), WhereRequest.Purpose.WRITE, 0);
        boolean mayRunOnePass =
                table.hasRowid() && statement.returning().isEmpty() && !isComplex && !hasSubquery(where);
        WhereLoops loops = mayRunOnePass
                ? WhereLoops.beginOnePass(context.code(), request, index -> false)
                : WhereLoops.begin(context.code(), request);
        boolean single = loops.isSingleRow();
        if (!single) {
            builder.multiWrite();
        }
        if (loops.isOnePass()) {
            keys.cancel();
            context.rowCount().row();
            deletion.delete(true, !single);
            loops.end();
        } else {
            context.rowCount().row();
            keys.collect();
            loops.end();
            keys.beginLoop();
            deletion.delete(true, false);
            keys.endLoop();
        }
        context.rowsAreWritten();
        if (returning == null) {
            return context.rowCount().deliver();
        }
        returning.deliver();
        return returning.columns();
    }

    static boolean hasSubquery(BoundExpr expr) {
        if (expr == null) {
            return false;
        }
        boolean[] found = new boolean[1];
        Trees.walk(expr, part -> found[0] |= Trees.subselect(part) != null);
        return found[0];
    }

    private void clear() {
        int database = table.schema().database();
        for (Index index : table.indexes()) {
            if (!index.isPrimaryKeyOfWithoutRowid()) {
                builder.add(Opcode.Clear, index.rootPage(), database);
            }
        }
        int counter = context.rowCount().register();
        builder.add(Opcode.Clear, table.rootPage(), database, counter == 0 ? -1 : counter, table.name(), 0);
    }
}
