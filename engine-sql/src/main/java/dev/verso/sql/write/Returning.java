package dev.verso.sql.write;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Select.ResultColumn;
import dev.verso.parser.ast.Select.TableStar;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/**
 * RETURNING: a row for each changed row. The rows are kept in an ephemeral table and delivered when all changes are made, so that a reader who
 * stops early does not leave half of them undone (sqlite.org/lang_returning.html §2.1).
 */
final class Returning {
    private final WriteContext context;
    private final List<ResultColumn> written;
    private final Source row;
    private final Scope outer;
    private final int selectsBefore;
    private final List<BoundColumn> columns;
    /** What is wrong with the clause, which SQLite compiles where it comes to the first row that it returns; null if nothing. */
    private final DatabaseException failure;

    private int cursor;

    private Returning(WriteContext context, List<ResultColumn> written, Source row, Scope outer) {
        this.context = context;
        this.written = written;
        this.row = row;
        this.outer = outer;
        selectsBefore = context.resolver().selectCount();
        List<BoundColumn> resolved = List.of();
        DatabaseException mistake = null;
        try {
            resolved = resolve(row);
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.ERROR || written.stream().anyMatch(TableStar.class::isInstance)) {
                throw e;
            }
            mistake = e;
        }
        columns = resolved;
        failure = mistake;
    }

    /** A subquery over the table that is being written is computed anew for each row, as if it depended on the row. */
    private List<BoundColumn> resolve(Source from) {
        List<BoundColumn> resolved = context.resolver().returning(written, Scope.returning(from, outer));
        for (BoundColumn column : resolved) {
            Trees.anyDeep(column.expr(), part -> {
                BoundSelect select = Trees.subselect(part);
                if (select != null && reads(Traits.lastCore(select), from.table())) {
                    select.outerSources().add(from);
                }
                return false;
            });
        }
        return resolved;
    }

    private static boolean reads(BoundSelect core, Table table) {
        for (Source source : core.sources()) {
            if (source.table() == table) {
                return true;
            }
        }
        return false;
    }

    /**
     * Emits the opening of the ephemeral table; null if the statement has no RETURNING.
     *
     * @param row what the columns are taken from
     * @param outer the statement's common tables
     */
    static Returning begin(WriteContext context, List<ResultColumn> written, Source row, Scope outer) {
        if (written.isEmpty()) {
            return null;
        }
        context.builder()
                .multiWrite(); // RETURNING is a trigger to SQLite, which is why foreign keys are checked at the end
        Returning returning = new Returning(context, written, row, outer);
        returning.cursor = context.builder().newCursor();
        context.builder().add(Opcode.OpenEphemeral, returning.cursor, returning.columns.size());
        return returning;
    }

    List<BoundColumn> columns() {
        return columns;
    }

    /** Emits the keeping of the row that the statement began with. */
    void keepRow() {
        keepRow(row);
    }

    /** Emits the keeping of a row that stands elsewhere: what an upsert makes of the row in its way. */
    void keepRow(Source other) {
        if (failure != null) {
            context.triggerFailed(failure);
            return;
        }
        keep(other == row ? columns : resolveAgain(other));
    }

    /** The same clause over another row: its subqueries keep their numbers. */
    private List<BoundColumn> resolveAgain(Source other) {
        int all = context.resolver().selectCount();
        context.resolver().selectCount(selectsBefore);
        List<BoundColumn> resolved = resolve(other);
        context.resolver().selectCount(all);
        return resolved;
    }

    private void keep(List<BoundColumn> values) {
        ProgramBuilder builder = context.builder();
        int first = builder.newRegisters(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            context.expressions().compile(values.get(i).expr(), first + i);
        }
        int record = builder.newRegisters(2);
        builder.add(Opcode.MakeRecord, first, columns.size(), record);
        builder.add(Opcode.NewRowid, cursor, record + 1);
        builder.add(Opcode.Insert, cursor, record, record + 1);
    }

    /** Emits the delivery of all rows. */
    void deliver() {
        ProgramBuilder builder = context.builder();
        int end = builder.newLabel();
        int first = builder.newRegisters(columns.size());
        builder.add(Opcode.Rewind, cursor, end);
        int loop = builder.address();
        for (int i = 0; i < columns.size(); i++) {
            builder.add(Opcode.Column, cursor, i, first + i);
        }
        builder.add(Opcode.ResultRow, first, columns.size());
        builder.add(Opcode.Next, cursor, loop);
        builder.place(end);
    }
}
