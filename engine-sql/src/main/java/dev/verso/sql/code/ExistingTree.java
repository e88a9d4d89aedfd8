package dev.verso.sql.code;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.value.Affinity;
import java.util.List;

/**
 * A tree that holds the right side of {@code x IN (SELECT column FROM table)} already, in an order that fits the comparison: the table itself for
 * its rowid, or an index that begins with the columns. It is searched as it stands; only a statement that writes nothing may do so.
 *
 * @param index null for the table's rows by rowid
 * @param places for each column of the right side, its place in the index
 */
record ExistingTree(Table table, Index index, int[] places) {
    private static final int MOST_COLUMNS = 62;

    /**
     * Null if there is none.
     *
     * @param unique for a loop over the values: none may come twice
     */
    static ExistingTree find(CodeContext context, BoundExpr.InSelect in, boolean unique) {
        BoundSelect select = in.select();
        if (!context.isReadOnly() || !isWholeTable(select)) {
            return null;
        }
        Table table = select.sources().get(0).table();
        int width = select.columns().size();
        int[] columns = new int[width];
        for (int i = 0; i < width; i++) {
            BoundExpr.ColumnRef column =
                    (BoundExpr.ColumnRef) select.columns().get(i).expr();
            columns[i] = column.column() == table.rowidColumn() ? Source.ROWID : column.column();
        }
        if (width == 1 && columns[0] == Source.ROWID) {
            return new ExistingTree(table, null, new int[1]);
        }
        for (int i = 0; i < width; i++) {
            Affinity indexed = Traits.affinity(select.columns().get(i).expr());
            Affinity compared = Traits.combine(Traits.elementAffinity(in.operand(), i), indexed);
            if (compared.isNumeric() && !indexed.isNumeric()) {
                return null;
            }
        }
        for (Index index : table.indexes()) {
            int[] places = places(in, index, columns);
            if (places != null && (!unique || isUnique(index, width))) {
                return new ExistingTree(table, index, places);
            }
        }
        return null;
    }

    private static boolean isWholeTable(BoundSelect select) {
        if (select.isCompound()
                || select.isCorrelated()
                || select.isDistinct()
                || select.isAggregate()
                || !select.groupBy().isEmpty()
                || select.having() != null
                || select.where() != null
                || select.limit() != null
                || select.recursion() != null
                || !select.valuesRows().isEmpty()
                || select.sources().size() != 1) {
            return false;
        }
        Source source = select.sources().get(0);
        if (source.table() == null || source.table().kind() != Table.Kind.TABLE) {
            return false;
        }
        for (BoundColumn column : select.columns()) {
            if (!(column.expr() instanceof BoundExpr.ColumnRef ref) || ref.source() != source) {
                return false;
            }
        }
        return true;
    }

    /** Places of the columns in the front of the index, in any order; null if it does not begin with them, or compares otherwise. */
    private static int[] places(BoundExpr.InSelect in, Index index, int[] columns) {
        int width = columns.length;
        if (index.where() != null
                || index.parts().size() < width
                || index.parts().size() > MOST_COLUMNS) {
            return null;
        }
        int[] places = new int[width];
        long taken = 0;
        for (int i = 0; i < width; i++) {
            BoundExpr left = in.operand() instanceof BoundExpr.Vector vector
                    ? vector.elements().get(i)
                    : in.operand();
            String collation = Traits.comparisonCollation(
                    left, in.select().columns().get(i).expr());
            int place = 0;
            while (place < width && !fits(index, place, columns[i], collation)) {
                place++;
            }
            if (place == width || (taken & 1L << place) != 0) {
                return null;
            }
            taken |= 1L << place;
            places[i] = place;
        }
        return places;
    }

    /** An INTEGER PRIMARY KEY that stands in the index by its name is not taken for the rowid, in SQLite neither. */
    private static boolean fits(Index index, int place, int column, String collation) {
        Index.Part part = index.parts().get(place);
        String order = part.collation() == null ? Traits.BINARY : part.collation();
        return part.column() == column && AsciiCase.same(order, collation);
    }

    private static boolean isUnique(Index index, int width) {
        return index.keyColumns() <= width && (index.parts().size() <= width || index.isUnique());
    }

    /** Emits the opening, once, and tells the plan. @return the cursor */
    int open(CodeContext context) {
        int cursor = context.builder().newCursor();
        int database = table.schema().database();
        context.reads(database);
        int once = context.builder().add(Opcode.Once);
        if (index == null) {
            context.planLog().add("USING ROWID SEARCH ON TABLE " + table.name() + " FOR IN-OPERATOR");
            context.builder()
                    .add(
                            Opcode.OpenRead,
                            cursor,
                            table.rootPage(),
                            database,
                            table.columns().size(),
                            0);
        } else {
            context.planLog().add("USING INDEX " + index.name() + " FOR IN-OPERATOR");
            context.builder()
                    .add(
                            Opcode.OpenRead,
                            cursor,
                            index.rootPage(),
                            database,
                            KeyOrders.of(context.session(), index),
                            0);
        }
        context.builder().jumpHere(once);
        return cursor;
    }

    boolean isRows() {
        return index == null;
    }

    /** True if the columns stand in the index as they stand on the right side. */
    boolean isInOrder() {
        for (int i = 0; i < places.length; i++) {
            if (places[i] != i) {
                return false;
            }
        }
        return true;
    }

    /** By which the columns are compared, in the order of the index. */
    List<String> collations() {
        return index.parts().subList(0, places.length).stream()
                .map(part -> part.collation() == null ? Traits.BINARY : part.collation())
                .toList();
    }

    /** True if NULLs stand at the end. */
    boolean isDescending() {
        return index != null && index.parts().get(0).descending();
    }
}
