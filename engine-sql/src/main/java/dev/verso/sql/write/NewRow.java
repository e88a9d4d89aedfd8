package dev.verso.sql.write;

import dev.verso.error.DatabaseException;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.StrictTypes;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * A row in registers, about to be written: the rowid, then the columns in declared order, generated ones included. The column that is the
 * rowid is NULL in its own register, as in the record; expressions over {@link #source} find its value in the rowid's.
 */
final class NewRow {
    private final WriteContext context;
    private final Table table;
    private final Source source;
    private final int rowidRegister;
    private final int firstRegister;
    private boolean affinityDone;

    private NewRow(WriteContext context, Table table, int rowidRegister, int firstRegister) {
        this.context = context;
        this.table = table;
        this.rowidRegister = rowidRegister;
        this.firstRegister = firstRegister;
        source = context.resolver().source(table, table.name());
        source.access(Source.Access.REGISTERS);
        source.firstRegister(firstRegister);
        source.rowidRegister(rowidRegister);
    }

    static NewRow allocate(WriteContext context, Table table) {
        int first = context.builder().newRegisters(1 + table.columns().size());
        return new NewRow(context, table, first, first + 1);
    }

    /** @param rowidRegister first of the row's registers */
    static NewRow at(WriteContext context, Table table, int rowidRegister) {
        return new NewRow(context, table, rowidRegister, rowidRegister + 1);
    }

    /** The table's columns without a place in registers: what RETURNING is resolved over before a row is at hand. */
    static Source shape(WriteContext context, Table table) {
        return new NewRow(context, table, 0, 0).source;
    }

    Table table() {
        return table;
    }

    /** The row as a source of columns for CHECK constraints, index expressions, RETURNING. */
    Source source() {
        return source;
    }

    int rowidRegister() {
        return rowidRegister;
    }

    int register(int column) {
        return firstRegister + column;
    }

    int firstRegister() {
        return firstRegister;
    }

    /** Register where the value of a column is, the rowid's for the column that is the rowid. */
    int valueRegister(int column) {
        return column < 0 || column == table.rowidColumn() ? rowidRegister : firstRegister + column;
    }

    /** Emits that integers in REAL columns become reals: how expressions see the columns of a row. */
    void makeReals() {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).affinity() == Affinity.REAL) {
                context.builder().add(Opcode.RealAffinity, register(i));
            }
        }
    }

    /** What the registers hold has changed: affinities are to be applied again. */
    void changed() {
        affinityDone = false;
    }

    /** Emits the columns' affinities, unless that has been done; a STRICT table's types are checked. */
    void applyAffinity() {
        if (!affinityDone) {
            affinityDone = true;
            emitAffinity(true);
        }
    }

    private void emitAffinity(boolean generatedToo) {
        ProgramBuilder builder = context.builder();
        if (table.isStrict()) {
            builder.add(
                    Opcode.TypeCheck,
                    firstRegister,
                    table.columns().size(),
                    generatedToo ? 0 : 1,
                    strictTypes(table),
                    0);
            return;
        }
        String letters = affinities(table, false);
        int length = significant(letters);
        if (length > 0) {
            builder.add(Opcode.Affinity, firstRegister, length, 0, letters.substring(0, length), 0);
        }
    }

    /** Letters up to the last one that does something. */
    private static int significant(String letters) {
        int length = letters.length();
        while (length > 0 && letters.charAt(length - 1) <= Affinity.BLOB.code()) {
            length--;
        }
        return length;
    }

    static StrictTypes strictTypes(Table table) {
        int count = table.columns().size();
        String[] names = new String[count];
        String[] types = new String[count];
        boolean[] generated = new boolean[count];
        for (int i = 0; i < count; i++) {
            Column column = table.columns().get(i);
            names[i] = column.name();
            types[i] = AsciiCase.upper(column.declaredType());
            generated[i] = column.generated() != null;
        }
        return new StrictTypes(table.name(), names, types, generated);
    }

    /** One letter for each column, or for each stored column only. */
    static String affinities(Table table, boolean storedOnly) {
        StringBuilder letters = new StringBuilder();
        for (Column column : table.columns()) {
            if (!storedOnly || !column.isVirtual()) {
                letters.append(column.affinity().code());
            }
        }
        return letters.toString();
    }

    /** Emits the table's record into {@code register}; affinities are applied on the way if that has not been done. */
    void makeRecord(int register) {
        ProgramBuilder builder = context.builder();
        int first = firstRegister;
        int count = table.columns().size();
        boolean shortens = !affinityDone && !table.isStrict(); // whole numbers of REAL columns to integers
        if (hasVirtualColumns()) {
            applyAffinity();
            count = storedColumns();
            first = builder.newRegisters(count);
            int to = first;
            for (int i = 0; i < table.columns().size(); i++) {
                if (!table.columns().get(i).isVirtual()) {
                    builder.add(Opcode.SCopy, firstRegister + i, to++, 0, null, Flags.AS_STORED);
                }
            }
        }
        String letters = null;
        if (shortens) {
            affinityDone = true;
            letters = affinities(table, true);
            if (significant(letters) == 0) {
                letters = null;
            }
        } else {
            applyAffinity();
        }
        builder.add(Opcode.MakeRecord, first, count, register, letters, 0);
    }

    private boolean hasVirtualColumns() {
        return storedColumns() < table.columns().size();
    }

    private int storedColumns() {
        int count = 0;
        for (Column column : table.columns()) {
            count += column.isVirtual() ? 0 : 1;
        }
        return count;
    }

    // ---- generated columns

    static boolean hasGenerated(Table table) {
        for (Column column : table.columns()) {
            if (column.generated() != null) {
                return true;
            }
        }
        return false;
    }

    /** Emits the computation of all generated columns, each after those it depends on. */
    void computeGenerated() {
        if (!hasGenerated(table)) {
            return;
        }
        emitAffinity(false);
        BoundExpr[] values = generatedValues();
        for (int column : orderOf(values)) {
            computeOne(column, values[column]);
        }
    }

    /** The resolved expression of each generated column; null for the others. */
    private BoundExpr[] generatedValues() {
        BoundExpr[] values = new BoundExpr[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.columns().get(i).generated() == null ? null : generated(i);
        }
        return values;
    }

    /** Generated columns in an order in which each comes after those it depends on. */
    private List<Integer> orderOf(BoundExpr[] values) {
        boolean[] ready = new boolean[values.length];
        int missing = 0;
        for (int i = 0; i < values.length; i++) {
            ready[i] = values[i] == null;
            missing += ready[i] ? 0 : 1;
        }
        List<Integer> order = new ArrayList<>();
        while (missing > 0) {
            int before = missing;
            int stuck = -1;
            for (int i = 0; i < values.length; i++) {
                if (ready[i]) {
                    continue;
                }
                if (dependsOnMissing(values[i], ready)) {
                    stuck = i;
                    continue;
                }
                order.add(i);
                ready[i] = true;
                missing--;
            }
            if (missing == before) {
                throw loop(stuck);
            }
        }
        return order;
    }

    private DatabaseException loop(int column) {
        return WriteContext.error(
                "generated column loop on \"" + table.columns().get(column).name() + "\"");
    }

    private BoundExpr generated(int column) {
        return context.resolver()
                .expr(table.columns().get(column).generated(), Scope.of(source).use(ScopeUse.GENERATED_COLUMN));
    }

    private boolean dependsOnMissing(BoundExpr value, boolean[] ready) {
        boolean[] found = new boolean[1];
        Trees.walk(value, expr -> {
            if (expr instanceof BoundExpr.ColumnRef ref
                    && ref.source() == source
                    && ref.column() >= 0
                    && !ready[ref.column()]) {
                found[0] = true;
            }
        });
        return found[0];
    }

    private void computeOne(int column, BoundExpr value) {
        int register = firstRegister + column;
        context.expressions().compile(value, register);
        Affinity affinity = table.columns().get(column).affinity();
        if (affinity.code() >= Affinity.TEXT.code()) {
            context.builder().add(Opcode.Affinity, register, 1, 0, String.valueOf(affinity.code()), 0);
        }
    }
}
