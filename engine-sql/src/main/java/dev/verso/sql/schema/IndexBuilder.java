package dev.verso.sql.schema;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition.CreateIndex;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.record.AsciiCase;
import java.util.ArrayList;
import java.util.List;

/** Makes an {@link Index} of a CREATE INDEX. */
public final class IndexBuilder {
    private IndexBuilder() {}

    /** NULLS FIRST and LAST mean nothing in an index, and are the first thing that is found wrong. */
    public static void refuseNulls(CreateIndex definition) {
        for (OrderingTerm term : definition.columns()) {
            if (term.nulls() != null) {
                throw new DatabaseException(ResultCode.ERROR, "unsupported use of NULLS " + term.nulls());
            }
        }
    }

    /**
     * Builds the index; its root page is 0 and it is not yet added to table or schema.
     *
     * @throws DatabaseException ERROR with SQLite's words, as for an unknown column
     */
    public static Index build(Table table, CreateIndex definition) {
        refuseNulls(definition);
        List<Index.Part> parts = new ArrayList<>();
        for (OrderingTerm term : definition.columns()) {
            parts.add(part(table, term));
        }
        int keyColumns = parts.size();
        Index index = new Index(
                definition.name().text(),
                table,
                Index.Origin.CREATE_INDEX,
                definition.unique() ? ConflictAction.ABORT : null,
                withKeyColumns(table, parts, false),
                keyColumns,
                definition.where(),
                0);
        Statistics.guess(index);
        return index;
    }

    /** One column as it will be in the index: an expression is not resolved. @throws DatabaseException if a name is no column */
    public static Index.Part part(Table table, OrderingTerm term) {
        String collation = null;
        Expr expr = term.expr();
        while (expr instanceof Expr.Collate collate) {
            collation = collation == null ? collate.collation().text() : collation;
            expr = collate.operand();
        }
        String name = TableBuilder.columnName(expr);
        if (name != null) {
            int column = table.columnIndex(name);
            if (column >= 0) {
                String own = table.columns().get(column).collation();
                return new Index.Part(column, null, collation == null ? own : collation, term.isDescending());
            }
            boolean isValue = expr instanceof Expr.ColumnName written
                    && (written.column().quoting() == Name.Quoting.DOUBLE || isTruthValue(written));
            if (!isValue) {
                throw new DatabaseException(ResultCode.ERROR, "no such column: " + name);
            }
        }
        return new Index.Part(
                Index.EXPRESSION, term.expr(), collation == null ? "BINARY" : collation, term.isDescending());
    }

    /** True for TRUE and FALSE, unless there is a column of that name. */
    public static boolean isTruthValue(Expr.ColumnName name) {
        String text = name.column().text();
        return name.table() == null
                && name.column().quoting() == Name.Quoting.NONE
                && (AsciiCase.same(text, "true") || AsciiCase.same(text, "false"));
    }

    /**
     * The declared parts, then what makes each entry unique: the rowid, or what is missing of the primary key.
     *
     * @param ofConstraint the index of a UNIQUE constraint: there the added key columns are ascending whatever the key says, because SQLite
     *     once forgot their direction and files depend on it
     */
    static List<Index.Part> withKeyColumns(Table table, List<Index.Part> declared, boolean ofConstraint) {
        List<Index.Part> parts = new ArrayList<>(declared);
        if (table.isWithoutRowid()) {
            Index key = table.primaryKey();
            for (int i = 0; i < key.keyColumns(); i++) {
                Index.Part part = key.parts().get(i);
                if (!TableBuilder.containsPart(parts, part)) {
                    boolean descending = part.descending() && !ofConstraint;
                    parts.add(new Index.Part(part.column(), null, part.collation(), descending));
                }
            }
        } else {
            parts.add(new Index.Part(Index.ROWID, null, "BINARY", false));
        }
        return parts;
    }

    /**
     * Puts the index where SQLite keeps it in the table's list: newest first, but those with REPLACE at the end. Constraints are checked in
     * that order, and PRAGMA index_list shows it.
     */
    public static void addInOrder(Table table, Index index) {
        List<Index> indexes = table.indexes();
        int place = 0;
        if (index.onConflict() == ConflictAction.REPLACE) {
            while (place < indexes.size() && indexes.get(place).onConflict() != ConflictAction.REPLACE) {
                place++;
            }
        }
        indexes.add(place, index);
    }
}
