package dev.verso.sql.write;

import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Statement.Assignment;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Limit;
import dev.verso.vm.Opcode;
import java.util.ArrayList;
import java.util.List;

/** The resolved SET of an UPDATE or upsert. The last assignment to a column counts. */
final class Assignments {
    /** The value of a column: an expression, or element {@code element} of vector {@code vector}. */
    private record Target(BoundExpr value, int vector, int element) {}

    private final Table table;
    private final Target[] targets;
    private Target rowid;
    private final List<BoundExpr> vectors = new ArrayList<>();
    private int[] vectorRegisters;
    /** Generated columns whose values may change; null for a table that has none. */
    private boolean[] changedGenerated;

    private Assignments(Table table) {
        this.table = table;
        targets = new Target[table.columns().size()];
    }

    static Assignments resolve(WriteContext context, Table table, List<Assignment> written, Scope scope) {
        int columns = 0;
        for (Assignment assignment : written) {
            columns += assignment.columns().size();
        }
        if (columns > context.code().session().limit(Limit.COLUMN)) {
            throw WriteContext.error("too many columns in set list");
        }
        Assignments result = new Assignments(table);
        for (Assignment assignment : written) {
            result.add(context, assignment, scope);
        }
        if (NewRow.hasGenerated(table)) {
            result.changedGenerated = GeneratedColumns.changing(context, table, result::assigns);
        }
        return result;
    }

    private void add(WriteContext context, Assignment assignment, Scope scope) {
        int count = assignment.columns().size();
        if (count == 1) {
            set(
                    context,
                    assignment.columns().get(0),
                    new Target(context.resolver().expr(assignment.value(), scope), -1, 0));
            return;
        }
        BoundExpr value = context.resolver().vector(assignment.value(), scope);
        int width = value instanceof BoundExpr.Vector vector
                ? vector.elements().size()
                : value instanceof BoundExpr.Subquery subquery
                        ? subquery.select().columns().size()
                        : 1;
        if (width != count) {
            throw WriteContext.error(count + " columns assigned " + width + " values");
        }
        for (int i = 0; i < count; i++) {
            Target target = value instanceof BoundExpr.Vector vector
                    ? new Target(vector.elements().get(i), -1, 0)
                    : new Target(null, vectors.size(), i);
            set(context, assignment.columns().get(i), target);
        }
        if (!(value instanceof BoundExpr.Vector)) {
            vectors.add(value);
        }
    }

    /** Refuses names that are no columns, before anything else of the statement is looked at. */
    static void requireColumns(Table table, List<Assignment> written) {
        for (Assignment assignment : written) {
            for (Name name : assignment.columns()) {
                if (table.columnIndex(name.text()) < 0 && !table.isRowidName(name.text())) {
                    throw WriteContext.error("no such column: " + name.text());
                }
            }
        }
    }

    private void set(WriteContext context, Name name, Target target) {
        int column = table.columnIndex(name.text());
        if (column < 0) {
            if (!table.isRowidName(name.text())) {
                throw WriteContext.error("no such column: " + name.text());
            }
            if (context.allows(Action.UPDATE, table, "ROWID")) {
                rowid = target;
            }
        } else if (table.columns().get(column).generated() != null) {
            throw WriteContext.error("cannot UPDATE generated column \""
                    + table.columns().get(column).name() + "\"");
        } else if (context.allows(
                Action.UPDATE, table, table.columns().get(column).name())) {
            if (column == table.rowidColumn()) {
                rowid = target;
            } else {
                targets[column] = target;
            }
        }
    }

    /** True for a column that is assigned. */
    boolean[] changedColumns() {
        boolean[] changed = new boolean[targets.length];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = targets[i] != null;
        }
        return changed;
    }

    /** True if the column is assigned, or generated from one that is. */
    boolean changes(int column) {
        return assigns(column) || changedGenerated != null && changedGenerated[column];
    }

    boolean assigns(int column) {
        return column < 0 || column == table.rowidColumn() ? rowid != null : targets[column] != null;
    }

    /** True if the rowid or a column of the primary key of a WITHOUT ROWID table is assigned. */
    boolean changesKey() {
        if (!table.isWithoutRowid()) {
            return rowid != null;
        }
        Index key = table.primaryKey();
        for (int i = 0; i < key.keyColumns(); i++) {
            if (targets[key.parts().get(i).column()] != null) {
                return true;
            }
        }
        return false;
    }

    /** All values, vectors whole, in order of the columns: what UPDATE FROM computes in its loop. */
    List<BoundExpr> values() {
        List<BoundExpr> values = new ArrayList<>();
        if (rowid != null && rowid.value() != null) {
            values.add(rowid.value());
        }
        for (Target target : targets) {
            if (target != null && target.value() != null) {
                values.add(target.value());
            }
        }
        values.addAll(vectors);
        return values;
    }

    /** Emits the computation of row subqueries. To be called once for each row, before {@link #compile}. */
    void compileVectors(WriteContext context) {
        vectorRegisters = new int[vectors.size()];
        for (int i = 0; i < vectors.size(); i++) {
            vectorRegisters[i] = context.expressions().compileVector(vectors.get(i));
        }
    }

    /** Emits the value of an assigned column ({@link Table#ROWID} for the rowid). */
    void compile(WriteContext context, int column, int register) {
        Target target = column < 0 || column == table.rowidColumn() ? rowid : targets[column];
        if (target.value() != null) {
            context.expressions().compile(target.value(), register);
        } else {
            context.builder().add(Opcode.SCopy, vectorRegisters[target.vector()] + target.element(), register);
        }
    }

    /** The same assignments with each value in a register from {@code first} on: rowid first if it is assigned, then columns in order. */
    Assignments fromRegisters(int first) {
        Assignments result = new Assignments(table);
        result.changedGenerated = changedGenerated;
        int register = first;
        if (rowid != null) {
            result.rowid = inRegister(register++);
        }
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != null) {
                result.targets[i] = inRegister(register++);
            }
        }
        return result;
    }

    private static Target inRegister(int register) {
        return new Target(new BoundExpr.RegisterRef(register, dev.verso.vm.value.Affinity.NONE, "BINARY"), -1, 0);
    }

    /** Number of assigned columns, the rowid included. */
    int count() {
        int count = rowid == null ? 0 : 1;
        for (Target target : targets) {
            count += target == null ? 0 : 1;
        }
        return count;
    }

    /** Emits all values into registers from {@code first} on, in the order of {@link #fromRegisters}. */
    void compileAll(WriteContext context, int first) {
        compileVectors(context);
        int register = first;
        if (rowid != null) {
            compile(context, Table.ROWID, register++);
        }
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != null) {
                compile(context, i, register++);
            }
        }
    }
}
