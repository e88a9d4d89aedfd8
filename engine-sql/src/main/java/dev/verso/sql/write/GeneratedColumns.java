package dev.verso.sql.write;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Table;
import java.util.function.IntPredicate;

/** What the generated columns of a table are made of (sqlite.org/gencol.html). */
public final class GeneratedColumns {
    private final Table table;
    private final Source source;
    private final BoundExpr[] values;
    private final boolean[] isOpen;
    private final boolean[] isClean;
    private int lastLoop = -1;
    private int loops;

    private GeneratedColumns(WriteContext context, Table table) {
        this.table = table;
        source = NewRow.shape(context, table);
        values = new BoundExpr[table.columns().size()];
        isOpen = new boolean[values.length];
        isClean = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            if (table.columns().get(i).generated() != null) {
                values[i] = context.resolver()
                        .expr(
                                table.columns().get(i).generated(),
                                Scope.of(source).use(ScopeUse.GENERATED_COLUMN));
            }
        }
    }

    /**
     * Fails with {@code generated column loop on "c"} as SQLite does when it tries to read a new table: virtual columns are computed from each other,
     * stored ones are just read, so a loop through these shows when a row is written.
     */
    public static void checkLoops(WriteContext context, Table table) {
        if (!NewRow.hasGenerated(table)) {
            return;
        }
        GeneratedColumns columns = new GeneratedColumns(context, table);
        for (int i = 0; i < columns.values.length; i++) {
            columns.follow(i);
        }
        if (columns.lastLoop >= 0) {
            throw WriteContext.error("generated column loop on \""
                    + table.columns().get(columns.lastLoop).name() + "\"");
        }
    }

    /** Visits what a virtual column is made of. SQLite tells of the loop that it finds last. */
    private void follow(int column) {
        if (column < 0 || !table.columns().get(column).isVirtual() || isClean[column]) {
            return;
        }
        if (isOpen[column]) {
            lastLoop = column;
            loops++;
            return;
        }
        int before = loops;
        isOpen[column] = true;
        Trees.walk(values[column], expr -> {
            if (expr instanceof BoundExpr.ColumnRef ref && ref.source() == source) {
                follow(ref.column());
            }
        });
        isOpen[column] = false;
        isClean[column] = loops == before;
    }

    /** @param assigned whether a column, or the rowid, is assigned @return for each column whether it is generated from such a one */
    static boolean[] changing(WriteContext context, Table table, IntPredicate assigned) {
        GeneratedColumns columns = new GeneratedColumns(context, table);
        boolean[] changing = new boolean[columns.values.length];
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int i = 0; i < changing.length; i++) {
                if (columns.values[i] != null && !changing[i] && columns.usesChanged(i, changing, assigned)) {
                    changing[i] = true;
                    progress = true;
                }
            }
        }
        return changing;
    }

    private boolean usesChanged(int column, boolean[] changing, IntPredicate assigned) {
        boolean[] found = new boolean[1];
        Trees.walk(values[column], expr -> {
            if (expr instanceof BoundExpr.ColumnRef ref && ref.source() == source) {
                found[0] |= assigned.test(ref.column()) || ref.column() >= 0 && changing[ref.column()];
            }
        });
        return found[0];
    }
}
