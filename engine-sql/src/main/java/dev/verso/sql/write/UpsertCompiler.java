package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Statement.Insert;
import dev.verso.parser.ast.Statement.Upsert;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/** The ON CONFLICT clauses of an INSERT (sqlite.org/lang_upsert.html): which constraint each one answers, and the code of DO UPDATE. */
final class UpsertCompiler implements ConstraintChecks.Upsert {
    /** What a clause answers. {@code index} null with {@code rowid} false: any constraint. */
    private record Clause(Upsert written, boolean rowid, Index index) {}

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final TableCursors cursors;
    private final Table table;
    private final Insert statement;
    private final NewRow excluded;
    private final Returning returning;
    private final Scope outer;
    private final List<Clause> clauses = new ArrayList<>();

    /** @param outer names that the statement may use besides the table's: common tables, and what a trigger has */
    UpsertCompiler(
            WriteContext context,
            Insert statement,
            TableCursors cursors,
            NewRow excluded,
            Returning returning,
            Scope outer) {
        this.outer = outer;
        this.context = context;
        this.builder = context.builder();
        this.cursors = cursors;
        this.table = cursors.table();
        this.statement = statement;
        this.excluded = excluded;
        this.returning = returning;
        for (Upsert written : statement.upserts()) {
            clauses.add(match(written));
        }
    }

    private Clause match(Upsert written) {
        if (written.target().isEmpty()) {
            return new Clause(written, false, null);
        }
        List<BoundExpr> wanted = new ArrayList<>();
        Source probe = context.resolver().source(table, table.name());
        List<String> collations = new ArrayList<>();
        for (OrderingTerm term : written.target()) {
            Expr expr = term.expr();
            collations.add(
                    expr instanceof Expr.Collate collate ? collate.collation().text() : null);
            while (expr instanceof Expr.Collate collate) {
                expr = collate.operand();
            }
            wanted.add(context.resolver().expr(expr, Scope.of(probe)));
        }
        if (wanted.size() == 1
                && collations.get(0) == null
                && table.hasRowid()
                && wanted.get(0) instanceof BoundExpr.ColumnRef ref
                && (ref.column() < 0 || ref.column() == table.rowidColumn())) {
            return new Clause(written, true, null);
        }
        BoundExpr condition =
                written.targetWhere() == null ? null : context.resolver().expr(written.targetWhere(), Scope.of(probe));
        for (Index index : table.indexes()) {
            if (index.isUnique()
                    && index.keyColumns() == wanted.size()
                    && matches(index, wanted, collations, condition, probe)) {
                return new Clause(written, false, index);
            }
        }
        String which = statement.upserts().size() == 1 ? "" : ordinal(clauses.size() + 1) + " ";
        throw WriteContext.error(which + "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint");
    }

    private static String ordinal(int number) {
        String suffix = number % 100 / 10 == 1
                ? "th"
                : switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + suffix;
    }

    /** @param collations those that the clause names; null where it names none */
    private boolean matches(
            Index index, List<BoundExpr> wanted, List<String> collations, BoundExpr condition, Source probe) {
        if (index.where() != null) {
            if (condition == null || !condition.equals(context.resolver().expr(index.where(), Scope.of(probe)))) {
                return false;
            }
        }
        for (int i = 0; i < index.keyColumns(); i++) {
            Index.Part part = index.parts().get(i);
            BoundExpr expr = part.column() == Index.EXPRESSION
                    ? IndexEntry.expression(context, part, probe)
                    : new BoundExpr.ColumnRef(probe, part.column());
            boolean found = false;
            for (int j = 0; j < wanted.size(); j++) {
                String collation = collations.get(j);
                found |= wanted.get(j).equals(expr)
                        && (collation == null || AsciiCase.same(collation, part.collation()));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int clauseOf(Index index) {
        for (int i = 0; i < clauses.size(); i++) {
            Clause clause = clauses.get(i);
            boolean any = !clause.rowid() && clause.index() == null;
            if (any || (index == null ? clause.rowid() : clause.index() == index)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean isUpdate(int clause) {
        return !clauses.get(clause).written().isDoNothing();
    }

    @Override
    public void compileUpdate(int clause, Index index, int cursor) {
        Upsert written = clauses.get(clause).written();
        int skip = builder.newLabel();
        seekRow(index, cursor, skip);
        excluded.makeReals();
        Source target = context.resolver()
                .source(
                        table,
                        statement.alias() == null
                                ? table.name()
                                : statement.alias().text());
        target.cursor(cursors.data());
        target.access(Source.Access.CURSOR);
        Scope scope = Scope.of(List.of(target), outer).excluded(excluded.source());
        Assignments assignments = Assignments.resolve(context, table, written.assignments(), scope);
        if (written.where() != null) {
            context.expressions().jumpIfFalse(context.resolver().expr(written.where(), scope), skip, true);
        }
        RowUpdate update = new RowUpdate(
                context,
                table,
                assignments,
                ConflictAction.ABORT,
                RowTriggers.ofUpdate(context, table, written.assignments()));
        update.leaveUncounted();
        update.prepare(cursors, target);
        update.compile(skip, returning, false);
        builder.place(skip);
    }

    /** Emits the move of the data cursor to the row that collides. */
    private void seekRow(Index index, int cursor, int gone) {
        if (index == null || index.isPrimaryKeyOfWithoutRowid()) {
            return;
        }
        if (!table.isWithoutRowid()) {
            int rowid = builder.newRegister();
            builder.add(Opcode.IdxRowid, cursor, rowid);
            builder.add(Opcode.NotExists, cursors.data(), gone, rowid);
            return;
        }
        Index key = table.primaryKey();
        int count = key.keyColumns();
        int first = builder.newRegisters(count);
        for (int i = 0; i < count; i++) {
            builder.add(
                    Opcode.Column, cursor, index.positionOf(key.parts().get(i).column()), first + i);
        }
        builder.add(Opcode.NotFound, cursors.data(), gone, first, count, 0);
    }
}
