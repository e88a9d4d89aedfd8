package dev.verso.sql.write;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Statement;
import dev.verso.parser.ast.Statement.Delete;
import dev.verso.parser.ast.Statement.Update;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.query.Destination;
import dev.verso.sql.query.SelectCompiler;
import dev.verso.sql.query.SourceCode;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Code of UPDATE and DELETE on a view: its rows that the statement concerns are put aside in an ephemeral table, then INSTEAD OF triggers fire for each of
 * them. INSERT is the affair of {@link InsertCompiler}.
 */
final class ViewWrites {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Table view;
    private final RowTriggers triggers;
    private final int columns;
    /** The view's rows, put aside. */
    private final int rows;

    private ViewWrites(WriteContext context, Table view, RowTriggers triggers) {
        this.context = context;
        this.builder = context.builder();
        this.view = view;
        this.triggers = triggers;
        columns = view.columns().size();
        rows = builder.newCursor();
        context.code().writes(view.schema().database());
        builder.multiWrite();
    }

    static List<BoundColumn> delete(WriteContext context, Delete statement, Table view, RowTriggers triggers) {
        return new ViewWrites(context, view, triggers).delete(statement);
    }

    static List<BoundColumn> update(WriteContext context, Update statement, Table view, RowTriggers triggers) {
        ViewWrites writes = new ViewWrites(context, view, triggers);
        return statement.from().isEmpty() ? writes.update(statement) : writes.updateFrom(statement);
    }

    private List<BoundColumn> delete(Delete statement) {
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        putAside(
                statement.target(),
                statement.where(),
                statement.orderBy(),
                statement.limit(),
                statement.offset(),
                outer);
        int old = builder.newRegisters(1 + columns);
        Source row = NewRow.at(context, view, old).source();
        Returning returning = Returning.begin(context, statement.returning(), row, outer);
        int end = builder.newLabel();
        int next = builder.newLabel();
        builder.add(Opcode.Rewind, rows, end);
        int loop = builder.address();
        loadRow(old + 1);
        context.rowCount().row();
        triggers.fireBefore(old, null, next);
        if (returning != null) {
            returning.keepRow();
        }
        builder.place(next);
        builder.add(Opcode.Next, rows, loop);
        builder.place(end);
        return finish(returning);
    }

    private List<BoundColumn> update(Update statement) {
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        Source target = context.resolver().source(view, nameOf(statement.target()));
        target.access(Source.Access.CURSOR);
        target.cursor(rows);
        Assignments assignments =
                Assignments.resolve(context, view, statement.assignments(), Scope.of(List.of(target), outer));
        putAside(
                statement.target(),
                statement.where(),
                statement.orderBy(),
                statement.limit(),
                statement.offset(),
                outer);
        return fireForUpdate(statement, assignments, outer);
    }

    /** The join leaves the view's row and the new values; a row that meets several others fires several times. */
    private List<BoundColumn> updateFrom(Update statement) {
        if (statement.limit() == null && !statement.orderBy().isEmpty()) {
            throw WriteContext.error("ORDER BY without LIMIT on UPDATE");
        }
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        Source read = context.resolver().target(qualified(statement.target(), nameOf(statement.target())));
        Resolver.FromClause from = context.resolver().from(statement.from(), read, outer);
        List<Source> sources = new ArrayList<>();
        sources.add(read);
        sources.addAll(from.sources());
        Scope scope = Scope.of(sources, outer);
        Assignments assignments = Assignments.resolve(context, view, statement.assignments(), scope);
        BoundExpr where = statement.where() == null ? null : context.resolver().condition(statement.where(), scope);
        if (from.condition() != null) {
            where = where == null ? from.condition() : new BoundExpr.And(from.condition(), where);
        }
        List<BoundExpr> viewColumns = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            viewColumns.add(context.resolver().column(read, i));
        }
        int values = assignments.count();
        builder.add(Opcode.OpenEphemeral, rows, columns + values);
        if (statement.limit() != null) {
            BoundSelect chosen = context.resolver().select(chosenRows(statement), outer);
            SelectCompiler.compile(context.code(), chosen, new Destination.EphemeralTable(rows));
            int newValues = builder.newRegisters(values);
            return fireForUpdate(statement, assignments.fromRegisters(newValues), newValues, values, outer);
        }
        SourceCode.prepare(context.code(), sources);
        WhereLoops loops = WhereLoops.begin(
                context.code(), new WhereRequest(sources, where, List.of(), WhereRequest.Purpose.UNORDERED, 0));
        int first = builder.newRegisters(columns + values);
        int record = builder.newRegisters(2);
        for (int i = 0; i < columns; i++) {
            context.expressions().compile(viewColumns.get(i), first + i);
        }
        assignments.compileAll(context, first + columns);
        builder.add(Opcode.MakeRecord, first, columns + values, record);
        builder.add(Opcode.NewRowid, rows, record + 1);
        builder.add(Opcode.Insert, rows, record, record + 1);
        loops.end();
        int newValues = builder.newRegisters(values);
        return fireForUpdate(statement, assignments.fromRegisters(newValues), newValues, values, outer);
    }

    /** The query for the view's columns and the new values, in order of the columns, with the statement's ORDER BY and LIMIT. */
    private Select chosenRows(Update statement) {
        String name = nameOf(statement.target());
        List<Select.ResultColumn> chosen = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            Expr column =
                    LimitedRows.column(Name.of(name), view.columns().get(i).name());
            chosen.add(new Select.ResultExpr(Span.NONE, column, null));
        }
        Expr[] values = new Expr[columns];
        for (Statement.Assignment assignment : statement.assignments()) {
            for (int i = 0; i < assignment.columns().size(); i++) {
                int column = view.columnIndex(assignment.columns().get(i).text());
                values[column] = element(assignment, i);
            }
        }
        for (Expr value : values) {
            if (value != null) {
                chosen.add(new Select.ResultExpr(Span.NONE, value, null));
            }
        }
        Select.Core core = new Select.Core(
                Span.NONE,
                false,
                chosen,
                LimitedRows.joined(qualified(statement.target(), name), statement.from()),
                statement.where(),
                List.of(),
                null,
                List.of());
        return new Select(Span.NONE, null, core, statement.orderBy(), statement.limit(), statement.offset());
    }

    /** What a column is assigned: of a row value its element, of a row subquery the same query for one column alone. */
    private static Expr element(Statement.Assignment assignment, int index) {
        if (assignment.columns().size() == 1) {
            return assignment.value();
        }
        if (assignment.value() instanceof Expr.RowValue row) {
            return row.elements().get(index);
        }
        List<Name> names = new ArrayList<>();
        for (int i = 0; i < assignment.columns().size(); i++) {
            names.add(Name.of("c" + i));
        }
        Select whole = ((Expr.ScalarSubquery) assignment.value()).select();
        Name row = Name.of("row");
        Select.With with = new Select.With(false, List.of(new Select.CommonTable(Span.NONE, row, names, null, whole)));
        Select.Core core = new Select.Core(
                Span.NONE,
                false,
                List.of(new Select.ResultExpr(Span.NONE, LimitedRows.column(row, "c" + index), null)),
                List.of(new Select.FromItem(
                        null, new Select.TableSource(Span.NONE, null, row, null, null, false), null, List.of())),
                null,
                List.of(),
                null,
                List.of());
        return new Expr.ScalarSubquery(Span.NONE, new Select(Span.NONE, with, core, List.of(), null, null));
    }

    private List<BoundColumn> fireForUpdate(Update statement, Assignments assignments, Scope outer) {
        return fireForUpdate(statement, assignments, 0, 0, outer);
    }

    /** @param newValues registers that the values behind the view's columns are read into before the assignments */
    private List<BoundColumn> fireForUpdate(
            Update statement, Assignments assignments, int newValues, int valueCount, Scope outer) {
        int old = builder.newRegisters(2 * (1 + columns));
        NewRow row = NewRow.at(context, view, old + 1 + columns);
        Returning returning = Returning.begin(context, statement.returning(), row.source(), outer);
        int end = builder.newLabel();
        int next = builder.newLabel();
        builder.add(Opcode.Rewind, rows, end);
        int loop = builder.address();
        loadRow(old + 1);
        for (int i = 0; i < valueCount; i++) {
            builder.add(Opcode.Column, rows, columns + i, newValues + i);
        }
        assignments.compileVectors(context);
        for (int i = 0; i < columns; i++) {
            if (assignments.assigns(i)) {
                assignments.compile(context, i, row.register(i));
            } else {
                builder.add(Opcode.Copy, old + 1 + i, row.register(i));
            }
        }
        if (!triggers.isEmpty()) {
            row.changed();
            row.applyAffinity();
            triggers.fireBefore(old, statement.onConflict(), next);
        }
        context.rowCount().row();
        if (returning != null) {
            row.makeReals();
            returning.keepRow();
        }
        builder.place(next);
        builder.add(Opcode.Next, rows, loop);
        builder.place(end);
        return finish(returning);
    }

    private List<BoundColumn> finish(Returning returning) {
        context.rowsAreWritten();
        if (returning == null) {
            return context.rowCount().deliver();
        }
        returning.deliver();
        return returning.columns();
    }

    private void loadRow(int first) {
        for (int i = 0; i < columns; i++) {
            builder.add(Opcode.Column, rows, i, first + i);
        }
    }

    private String nameOf(Select.TableSource target) {
        return target.alias() == null ? view.name() : target.alias().text();
    }

    /** The view by its full name, so that a common table of the same name does not stand for it. */
    private Select.TableSource qualified(Select.TableSource target, String name) {
        return new Select.TableSource(
                Span.NONE,
                Name.of(view.schema().name()),
                Name.of(view.name()),
                Name.of(name),
                target.indexedBy(),
                target.notIndexed());
    }

    /** Emits the view's rows into the ephemeral table. As in SQLite the condition does not know the alias. */
    private void putAside(
            Select.TableSource target, Expr where, List<OrderingTerm> orderBy, Expr limit, Expr offset, Scope outer) {
        Select.Core core = new Select.Core(
                Span.NONE,
                false,
                List.of(new Select.Star(Span.NONE)),
                List.of(new Select.FromItem(null, qualified(target, view.name()), null, List.of())),
                where,
                List.of(),
                null,
                List.of());
        BoundSelect select =
                context.resolver().select(new Select(Span.NONE, null, core, orderBy, limit, offset), outer);
        builder.add(Opcode.OpenEphemeral, rows, columns);
        SelectCompiler.compile(context.code(), select, new Destination.EphemeralTable(rows));
    }
}
