package dev.verso.sql.write;

import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/**
 * Cursors of one table and its indexes that are open for writing. The data cursor stands on the table's tree; for a WITHOUT ROWID table that is
 * the tree of its primary key.
 */
public final class TableCursors {
    /** An index that this statement leaves alone. */
    static final int NONE = -1;

    private final Table table;
    private final int dataCursor;
    private final int[] indexCursors;

    private TableCursors(Table table, int dataCursor, int[] indexCursors) {
        this.table = table;
        this.dataCursor = dataCursor;
        this.indexCursors = indexCursors;
    }

    /** Emits the opening of the table and of those indexes for which {@code wanted} is true (all if it is null). */
    static TableCursors open(WriteContext context, Table table, boolean[] wanted) {
        ProgramBuilder builder = context.builder();
        context.code().writes(table.schema().database());
        int data = builder.newCursor();
        openData(context, table, data);
        int[] cursors = new int[table.indexes().size()];
        for (int i = 0; i < cursors.length; i++) {
            Index index = table.indexes().get(i);
            if (index.isPrimaryKeyOfWithoutRowid()) {
                cursors[i] = data;
            } else if (wanted == null || wanted[i]) {
                cursors[i] = builder.newCursor();
                builder.add(
                        Opcode.OpenWrite,
                        cursors[i],
                        index.rootPage(),
                        table.schema().database(),
                        KeyOrders.of(context.code().session(), index),
                        0);
                builder.comment(index.name());
            } else {
                cursors[i] = NONE;
            }
        }
        return new TableCursors(table, data, cursors);
    }

    private static void openData(WriteContext context, Table table, int cursor) {
        Object shape = table.isWithoutRowid()
                ? KeyOrders.of(context.code().session(), table.primaryKey())
                : (Object) table.columns().size();
        context.builder()
                .add(Opcode.OpenWrite, cursor, table.rootPage(), table.schema().database(), shape, 0);
        context.builder().comment(table.name());
    }

    Table table() {
        return table;
    }

    int data() {
        return dataCursor;
    }

    /** Cursor of the table's index of that position, or {@link #NONE}. */
    int index(int position) {
        return indexCursors[position];
    }
}
