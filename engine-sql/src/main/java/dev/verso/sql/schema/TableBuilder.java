package dev.verso.sql.schema;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.ColumnConstraint;
import dev.verso.parser.ast.Definition.ColumnDefinition;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Definition.OnEvent;
import dev.verso.parser.ast.Definition.TableConstraint;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.record.AsciiCase;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link Table} of a CREATE TABLE: columns with their affinities, constraints, and the automatic indexes of PRIMARY KEY and UNIQUE, in
 * SQLite's order and with SQLite's names. What needs name resolution (are the columns of a CHECK there?) is left to the caller.
 *
 * <p>Constraints are worked off in the order in which they were written, as the numbers of automatic indexes depend on it.
 *
 * <p>Longer than 500 lines because each kind of column and table constraint is worked off here, and they depend on each other's order.
 */
public final class TableBuilder {
    private static final int MAX_COLUMNS = 2000;

    private final Schema schema;
    private final CreateTable definition;
    private final String sql;
    private final Table table;
    private final List<ColumnDraft> drafts = new ArrayList<>();
    private boolean hasPrimaryKey;

    /** A column while its constraints are being read. */
    private static final class ColumnDraft {
        String name;
        String type;
        Affinity affinity;
        String collation = "BINARY";
        ConflictAction notNull;
        Expr defaultValue;
        String defaultText;
        Expr generated;
        boolean stored;
        boolean inPrimaryKey;
    }

    private TableBuilder(Schema schema, CreateTable definition, String sql) {
        this.schema = schema;
        this.definition = definition;
        this.sql = sql;
        this.table = new Table(schema, definition.name().text(), Table.Kind.TABLE);
    }

    /**
     * Builds the table with its automatic indexes; root pages are 0 and nothing is added to the schema.
     *
     * @param sql the text that the definition's spans refer to
     * @throws DatabaseException ERROR with SQLite's words if the definition contradicts itself
     */
    public static Table build(Schema schema, CreateTable definition, String sql) {
        return new TableBuilder(schema, definition, sql).build();
    }

    private Table build() {
        table.sql(sql);
        table.strict(definition.strict());
        for (ColumnDefinition column : definition.columns()) {
            addColumn(column);
        }
        for (TableConstraint constraint : definition.constraints()) {
            addTableConstraint(constraint);
        }
        finishColumns();
        if (definition.withoutRowid()) {
            convertToWithoutRowid();
        }
        addKeyColumnsToIndexes();
        for (Index index : table.indexes()) {
            Statistics.guess(index);
        }
        return table;
    }

    // ---- columns

    private void addColumn(ColumnDefinition column) {
        String name = column.name().text();
        if (drafts.size() + 1 > MAX_COLUMNS) {
            throw DefinitionMistake.atOnce("too many columns on " + table.name());
        }
        if (findColumn(name) >= 0) {
            throw DefinitionMistake.atOnce("duplicate column name: " + name);
        }
        ColumnDraft draft = new ColumnDraft();
        draft.name = name;
        draft.type = column.type() == null
                ? null
                : DeclaredType.canonical(column.type().text());
        draft.affinity = DeclaredType.affinity(draft.type);
        String word = lastWordsOfGenerated(draft.type);
        if (word != null) {
            draft.type = word.isEmpty() ? null : word;
            draft.affinity = DeclaredType.affinity(draft.type);
        }
        drafts.add(draft);
        ForeignKeyDraft lastReference = null;
        for (ColumnConstraint constraint : column.constraints()) {
            lastReference = addColumnConstraint(draft, constraint, lastReference);
        }
    }

    /** The words GENERATED ALWAYS are read as part of the type by SQLite's grammar and cut off again; null if they do not end it. */
    private static String lastWordsOfGenerated(String type) {
        if (type == null) {
            return null;
        }
        String lower = AsciiCase.lower(type);
        if (lower.endsWith("generated always")) {
            return type.substring(0, type.length() - "generated always".length())
                    .stripTrailing();
        }
        return null;
    }

    /** Number of the foreign key that a standing-alone DEFERRABLE belongs to. */
    private record ForeignKeyDraft(int number) {}

    private ForeignKeyDraft addColumnConstraint(
            ColumnDraft draft, ColumnConstraint constraint, ForeignKeyDraft lastReference) {
        int column = drafts.size() - 1;
        if (constraint instanceof Definition.ColumnPrimaryKey key) {
            addPrimaryKey(
                    List.of(column),
                    List.of("BINARY"),
                    List.of(key.order() == dev.verso.parser.ast.SortOrder.DESC),
                    true,
                    key.order() == dev.verso.parser.ast.SortOrder.DESC,
                    key.autoincrement(),
                    key.onConflict());
        } else if (constraint instanceof Definition.ColumnNotNull notNull) {
            draft.notNull = orAbort(notNull.onConflict());
            // An automatic unique index made earlier on this column does not depend on it: nothing to repair.
        } else if (constraint instanceof Definition.ColumnUnique unique) {
            addAutoIndex(
                    Index.Origin.UNIQUE,
                    List.of(column),
                    nullCollations(1),
                    List.of(false),
                    orAbort(unique.onConflict()),
                    unique.onConflict());
        } else if (constraint instanceof Definition.ColumnCheck check) {
            addCheck(check.constraint(), check.condition(), check.span());
        } else if (constraint instanceof Definition.ColumnDefault value) {
            if (draft.generated != null) {
                throw error("cannot use DEFAULT on a generated column");
            }
            draft.defaultValue = value.value();
            draft.defaultText = value.parenthesized()
                    ? SourceText.insideParentheses(
                            sql, value.span(), value.value().span())
                    : value.value().span().of(sql).strip();
        } else if (constraint instanceof Definition.ColumnCollate collate) {
            setCollation(column, collate.collation().text());
        } else if (constraint instanceof Definition.ColumnReferences references) {
            return addForeignKey(List.of(column), references.reference(), true);
        } else if (constraint instanceof Definition.ColumnDeferrable deferrable) {
            if (lastReference != null) {
                defer(lastReference, deferrable.deferral());
            }
        } else if (constraint instanceof Definition.ColumnGenerated generated) {
            addGenerated(draft, generated);
        }
        return lastReference;
    }

    private void setCollation(int column, String collation) {
        drafts.get(column).collation = collation;
        // A UNIQUE or PRIMARY KEY written before COLLATE follows the column's collation too.
        for (int i = 0; i < table.indexes().size(); i++) {
            Index index = table.indexes().get(i);
            if (index.keyColumns() == 1 && index.parts().get(0).column() == column) {
                Index.Part part = index.parts().get(0);
                table.indexes()
                        .set(
                                i,
                                copy(
                                        index,
                                        index.origin(),
                                        index.onConflict(),
                                        List.of(new Index.Part(column, null, collation, part.descending())),
                                        1));
            }
        }
    }

    private void addGenerated(ColumnDraft draft, Definition.ColumnGenerated generated) {
        if (draft.defaultValue != null || draft.generated != null) {
            throw generatedError(draft);
        }
        if (generated.kind() != null) {
            String kind = generated.kind().text();
            if (AsciiCase.same(kind, "stored")) {
                draft.stored = true;
            } else if (!AsciiCase.same(kind, "virtual")) {
                throw generatedError(draft);
            }
        }
        draft.generated = generated.value();
        if (draft.inPrimaryKey) {
            throw DefinitionMistake.atOnce("generated columns cannot be part of the PRIMARY KEY");
        }
    }

    private DatabaseException generatedError(ColumnDraft draft) {
        return error("error in generated column \"" + draft.name + "\"");
    }

    private void finishColumns() {
        for (ColumnDraft draft : drafts) {
            if (definition.strict()) {
                checkStrictType(draft);
                if (draft.inPrimaryKey
                        && draft.notNull == null
                        && (table.rowidColumn() < 0 || drafts.get(table.rowidColumn()) != draft)) {
                    draft.notNull = ConflictAction.ABORT;
                }
            }
        }
        if (definition.withoutRowid()) {
            for (ColumnDraft draft : drafts) {
                if (draft.inPrimaryKey && draft.notNull == null) {
                    draft.notNull = ConflictAction.ABORT;
                }
            }
        }
        boolean hasOrdinary = false;
        for (ColumnDraft draft : drafts) {
            hasOrdinary |= draft.generated == null;
            table.columns()
                    .add(new Column(
                            draft.name,
                            draft.type,
                            draft.affinity,
                            draft.collation,
                            draft.notNull,
                            draft.defaultValue,
                            draft.defaultText,
                            draft.generated,
                            draft.stored,
                            false));
        }
        if (!hasOrdinary && !drafts.isEmpty()) {
            throw DefinitionMistake.atTheEnd("must have at least one non-generated column");
        }
    }

    private void checkStrictType(ColumnDraft draft) {
        if (draft.type == null) {
            throw DefinitionMistake.atTheEnd("missing datatype for " + table.name() + "." + draft.name);
        }
        Affinity affinity = DeclaredType.strictAffinity(draft.type);
        if (affinity == null) {
            throw DefinitionMistake.atTheEnd(
                    "unknown datatype for " + table.name() + "." + draft.name + ": \"" + draft.type + "\"");
        }
        draft.affinity = affinity;
    }

    // ---- constraints

    private void addTableConstraint(TableConstraint constraint) {
        if (constraint instanceof Definition.TablePrimaryKey key) {
            List<Integer> columns = new ArrayList<>();
            List<String> collations = new ArrayList<>();
            List<Boolean> descending = new ArrayList<>();
            readTerms(key.columns(), columns, collations, descending);
            addPrimaryKey(columns, collations, descending, false, false, key.autoincrement(), key.onConflict());
        } else if (constraint instanceof Definition.TableUnique unique) {
            List<Integer> columns = new ArrayList<>();
            List<String> collations = new ArrayList<>();
            List<Boolean> descending = new ArrayList<>();
            readTerms(unique.columns(), columns, collations, descending);
            addAutoIndex(
                    Index.Origin.UNIQUE,
                    columns,
                    collations,
                    descending,
                    orAbort(unique.onConflict()),
                    unique.onConflict());
        } else if (constraint instanceof Definition.TableCheck check) {
            addCheck(check.constraint(), check.condition(), check.span());
        } else if (constraint instanceof Definition.TableForeignKey key) {
            List<Integer> columns = new ArrayList<>();
            for (Name name : key.columns()) {
                int column = findColumn(name.text());
                if (column < 0) {
                    throw DefinitionMistake.atOnce("unknown column \"" + name.text() + "\" in foreign key definition");
                }
                columns.add(column);
            }
            addForeignKey(columns, key.reference(), false);
        }
    }

    /** Columns named by the terms of a PRIMARY KEY or UNIQUE; a null collation stands for the column's. */
    private void readTerms(
            List<OrderingTerm> terms, List<Integer> columns, List<String> collations, List<Boolean> descending) {
        if (terms.size() > MAX_COLUMNS) {
            throw error("too many columns in index");
        }
        for (OrderingTerm term : terms) {
            if (term.nulls() != null) {
                throw error("unsupported use of NULLS " + term.nulls());
            }
            String collation = null;
            Expr expr = term.expr();
            while (expr instanceof Expr.Collate collate) {
                collation = collation == null ? collate.collation().text() : collation;
                expr = collate.operand();
            }
            String name = columnName(expr);
            if (name == null) {
                throw error("expressions prohibited in PRIMARY KEY and UNIQUE constraints");
            }
            int column = findColumn(name);
            if (column < 0 && expr instanceof Expr.ColumnName written && IndexBuilder.isTruthValue(written)) {
                throw error("expressions prohibited in PRIMARY KEY and UNIQUE constraints");
            }
            if (column < 0) {
                throw DefinitionMistake.atOnce("no such column: " + name);
            }
            columns.add(column);
            collations.add(collation);
            descending.add(term.isDescending());
        }
    }

    /** The name if the expression is a bare name or a string where a name belongs; else null. */
    static String columnName(Expr expr) {
        if (expr instanceof Expr.ColumnName name && name.table() == null && name.schema() == null) {
            return name.column().text();
        }
        return expr instanceof Expr.StringLiteral text ? text.value() : null;
    }

    private void addPrimaryKey(
            List<Integer> columns,
            List<String> collations,
            List<Boolean> descending,
            boolean ofColumn,
            boolean columnDescending,
            boolean autoincrement,
            ConflictAction onConflict) {
        if (hasPrimaryKey) {
            throw DefinitionMistake.atOnce("table \"" + table.name() + "\" has more than one primary key");
        }
        hasPrimaryKey = true;
        for (int column : columns) {
            ColumnDraft draft = drafts.get(column);
            draft.inPrimaryKey = true;
            if (draft.generated != null) {
                throw DefinitionMistake.atOnce("generated columns cannot be part of the PRIMARY KEY");
            }
        }
        ColumnDraft first = drafts.get(columns.get(0));
        boolean isInteger = columns.size() == 1 && AsciiCase.same("INTEGER", first.type);
        if (isInteger && !(ofColumn && columnDescending)) {
            table.rowidColumn(columns.get(0));
            table.rowidOnConflict(orAbort(onConflict));
            table.autoincrement(autoincrement);
            rowidDescending = descending.get(0);
        } else if (autoincrement) {
            throw DefinitionMistake.atOnce("AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY");
        } else {
            addAutoIndex(
                    Index.Origin.PRIMARY_KEY,
                    columns,
                    ofColumn ? nullCollations(1) : collations,
                    descending,
                    orAbort(onConflict),
                    onConflict);
        }
    }

    private boolean rowidDescending;

    private static List<String> nullCollations(int count) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            result.add(null);
        }
        return result;
    }

    private void addAutoIndex(
            Index.Origin origin,
            List<Integer> columns,
            List<String> collations,
            List<Boolean> descending,
            ConflictAction onConflict,
            ConflictAction written) {
        List<Index.Part> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String collation = collations.get(i);
            parts.add(new Index.Part(
                    columns.get(i),
                    null,
                    collation == null ? drafts.get(columns.get(i)).collation : collation,
                    descending.get(i)));
        }
        for (int i = 0; i < table.indexes().size(); i++) {
            Index existing = table.indexes().get(i);
            if (haveSameColumns(existing.parts(), parts)) {
                mergeInto(i, existing, origin, written);
                return;
            }
        }
        String name =
                "sqlite_autoindex_" + table.name() + "_" + (table.indexes().size() + 1);
        Index index = new Index(name, table, origin, onConflict, parts, parts.size(), null, 0);
        declaredConflict.put(name, written != null);
        IndexBuilder.addInOrder(table, index);
        if (origin == Index.Origin.PRIMARY_KEY) {
            table.primaryKey(index);
        }
    }

    private final java.util.Map<String, Boolean> declaredConflict = new java.util.HashMap<>();

    private static boolean haveSameColumns(List<Index.Part> left, List<Index.Part> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).column() != right.get(i).column()
                    || !AsciiCase.same(left.get(i).collation(), right.get(i).collation())) {
                return false;
            }
        }
        return true;
    }

    /** A second constraint over the same columns makes no second index. */
    private void mergeInto(int place, Index existing, Index.Origin origin, ConflictAction written) {
        ConflictAction action = existing.onConflict();
        boolean existingWritten = declaredConflict.getOrDefault(existing.name(), false);
        if (written != null && existingWritten && written != action) {
            throw error("conflicting ON CONFLICT clauses specified");
        }
        if (!existingWritten && written != null) {
            action = written;
            declaredConflict.put(existing.name(), true);
        }
        Index.Origin merged = origin == Index.Origin.PRIMARY_KEY ? origin : existing.origin();
        Index replacement = copy(existing, merged, action, existing.parts(), existing.keyColumns());
        table.indexes().set(place, replacement);
        if (merged == Index.Origin.PRIMARY_KEY) {
            table.primaryKey(replacement);
        }
    }

    private Index copy(
            Index index, Index.Origin origin, ConflictAction onConflict, List<Index.Part> parts, int keyColumns) {
        Index result = new Index(index.name(), table, origin, onConflict, parts, keyColumns, null, index.rootPage());
        if (table.primaryKey() == index) {
            table.primaryKey(result);
        }
        return result;
    }

    private void addCheck(Name name, Expr condition, dev.verso.parser.ast.Span span) {
        String text = SourceText.insideParentheses(sql, span, condition.span());
        table.checks().add(new Table.Check(name == null ? null : name.text(), condition, text));
    }

    private ForeignKeyDraft addForeignKey(List<Integer> columns, Definition.ForeignKey reference, boolean ofColumn) {
        if (!reference.columns().isEmpty() && reference.columns().size() != columns.size()) {
            throw DefinitionMistake.atOnce(
                    ofColumn
                            ? "foreign key on " + drafts.get(columns.get(0)).name
                                    + " should reference only one column of table "
                                    + reference.table().text()
                            : "number of columns in foreign key does not match the number of columns in the referenced table");
        }
        OnEvent.Action onDelete = OnEvent.Action.NO_ACTION;
        OnEvent.Action onUpdate = OnEvent.Action.NO_ACTION;
        for (Definition.ReferenceClause clause : reference.clauses()) {
            if (clause instanceof OnEvent event) {
                if (event.event() == OnEvent.Event.DELETE) {
                    onDelete = event.action();
                } else if (event.event() == OnEvent.Event.UPDATE) {
                    onUpdate = event.action();
                }
            }
        }
        List<String> parentColumns = new ArrayList<>();
        for (Name name : reference.columns()) {
            parentColumns.add(name.text());
        }
        table.foreignKeys()
                .add(new ForeignKey(
                        table,
                        List.copyOf(columns),
                        reference.table().text(),
                        List.copyOf(parentColumns),
                        onDelete,
                        onUpdate,
                        isDeferred(reference.deferral()),
                        "NONE"));
        return new ForeignKeyDraft(table.foreignKeys().size() - 1);
    }

    private static boolean isDeferred(Definition.Deferral deferral) {
        return deferral != null
                && deferral.deferrable()
                && deferral.initiallyDeferred() != null
                && deferral.initiallyDeferred();
    }

    private void defer(ForeignKeyDraft draft, Definition.Deferral deferral) {
        ForeignKey key = table.foreignKeys().get(draft.number());
        table.foreignKeys()
                .set(
                        draft.number(),
                        new ForeignKey(
                                table,
                                key.columns(),
                                key.parentTable(),
                                key.parentColumns(),
                                key.onDelete(),
                                key.onUpdate(),
                                isDeferred(deferral),
                                key.match()));
    }

    // ---- key records

    private void convertToWithoutRowid() {
        if (table.isAutoincrement()) {
            throw DefinitionMistake.atTheEnd("AUTOINCREMENT not allowed on WITHOUT ROWID tables");
        }
        if (!hasPrimaryKey) {
            throw DefinitionMistake.atTheEnd("PRIMARY KEY missing on table " + table.name());
        }
        table.withoutRowid(true);
        if (table.rowidColumn() >= 0) {
            int column = table.rowidColumn();
            ConflictAction onConflict = table.rowidOnConflict();
            table.rowidColumn(-1);
            table.rowidOnConflict(ConflictAction.ABORT);
            addAutoIndex(
                    Index.Origin.PRIMARY_KEY,
                    List.of(column),
                    nullCollations(1),
                    List.of(rowidDescending),
                    onConflict,
                    onConflict == ConflictAction.ABORT ? null : onConflict);
        }
        Index key = table.primaryKey();
        List<Index.Part> parts = new ArrayList<>();
        for (Index.Part part : key.parts()) {
            if (!containsPart(parts, part)) {
                parts.add(part);
            }
        }
        int keyColumns = parts.size();
        for (int column = 0; column < table.columns().size(); column++) {
            if (!table.columns().get(column).isVirtual() && !containsColumn(parts, column)) {
                parts.add(
                        new Index.Part(column, null, table.columns().get(column).collation(), false));
            }
        }
        table.indexes()
                .set(
                        table.indexes().indexOf(key),
                        copy(key, Index.Origin.PRIMARY_KEY, key.onConflict(), parts, keyColumns));
    }

    private void addKeyColumnsToIndexes() {
        for (int i = 0; i < table.indexes().size(); i++) {
            Index index = table.indexes().get(i);
            if (!index.isPrimaryKeyOfWithoutRowid()) {
                List<Index.Part> parts = IndexBuilder.withKeyColumns(table, index.parts(), true);
                table.indexes().set(i, copy(index, index.origin(), index.onConflict(), parts, index.keyColumns()));
            }
        }
    }

    static boolean containsPart(List<Index.Part> parts, Index.Part wanted) {
        for (Index.Part part : parts) {
            if (part.column() == wanted.column() && AsciiCase.same(part.collation(), wanted.collation())) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsColumn(List<Index.Part> parts, int column) {
        for (Index.Part part : parts) {
            if (part.column() == column) {
                return true;
            }
        }
        return false;
    }

    private int findColumn(String name) {
        for (int i = 0; i < drafts.size(); i++) {
            if (AsciiCase.same(drafts.get(i).name, name)) {
                return i;
            }
        }
        return -1;
    }

    private static ConflictAction orAbort(ConflictAction action) {
        return action == null ? ConflictAction.ABORT : action;
    }

    private static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }
}
