package dev.verso.sql.write;

import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.ForeignKey;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;

/**
 * The key of the parent that a foreign key refers to: the rowid, or a unique index over just the referenced columns with their own collations.
 *
 * @param index null for the rowid
 * @param childColumns for each column of the key, the position of the child's column
 */
public record ParentKey(Table parent, Index index, int[] childColumns) {
    /** The key, or null if there is no such key: {@code foreign key mismatch}. */
    public static ParentKey find(Table parent, ForeignKey key) {
        int count = key.columns().size();
        boolean named = !key.parentColumns().isEmpty();
        if (count == 1 && parent.rowidColumn() >= 0) {
            String rowidName = parent.columns().get(parent.rowidColumn()).name();
            if (!named || AsciiCase.same(rowidName, key.parentColumns().get(0))) {
                return new ParentKey(parent, null, new int[] {key.columns().get(0)});
            }
        }
        for (Index index : parent.indexes()) {
            if (index.isUnique() && index.keyColumns() == count && index.where() == null) {
                int[] columns = named ? match(parent, index, key) : inOrder(index, key);
                if (columns != null) {
                    return new ParentKey(parent, index, columns);
                }
            }
        }
        return null;
    }

    private static int[] inOrder(Index index, ForeignKey key) {
        return index.origin() == Index.Origin.PRIMARY_KEY
                ? key.columns().stream().mapToInt(Integer::intValue).toArray()
                : null;
    }

    private static int[] match(Table parent, Index index, ForeignKey key) {
        int[] columns = new int[index.keyColumns()];
        for (int i = 0; i < columns.length; i++) {
            Index.Part part = index.parts().get(i);
            if (part.column() < 0
                    || !AsciiCase.same(
                            part.collation(),
                            parent.columns().get(part.column()).collation())) {
                return null;
            }
            int place = -1;
            for (int j = 0; j < key.parentColumns().size(); j++) {
                if (AsciiCase.same(
                        parent.columns().get(part.column()).name(),
                        key.parentColumns().get(j))) {
                    place = j;
                }
            }
            if (place < 0) {
                return null;
            }
            columns[i] = key.columns().get(place);
        }
        return columns;
    }

    /** Position in the parent of the key's column {@code i}; {@link Table#ROWID} for the rowid. */
    public int parentColumn(int i) {
        return index == null ? Table.ROWID : index.parts().get(i).column();
    }

    /** Affinity letters of the key's columns. */
    public String affinities() {
        if (index == null) {
            return "D";
        }
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < childColumns.length; i++) {
            int column = index.parts().get(i).column();
            letters.append(parent.columns().get(column).affinity().code());
        }
        return letters.toString();
    }
}
