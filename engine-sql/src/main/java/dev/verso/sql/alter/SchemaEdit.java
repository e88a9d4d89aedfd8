package dev.verso.sql.alter;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.ddl.SchemaTable;
import dev.verso.sql.ddl.TableChecks;
import dev.verso.sql.resolve.NameListener;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Catalog;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.SchemaDraft;
import dev.verso.sql.schema.SchemaRow;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The rows of {@code sqlite_schema} under change: of the database of the altered table, and of temp, whose views and triggers may refer to it. Changed
 * rows are tried as a schema before code is emitted that writes them.
 */
final class SchemaEdit {
    private final WriteContext context;
    private final Schemas schemas;
    private final int database;
    private final SchemaDraft reader;
    private final List<SchemaRow> original;
    private final List<SchemaRow> originalTemp;
    private final List<Pass> passes = new ArrayList<>();

    private List<SchemaRow> rows;
    private List<SchemaRow> tempRows;
    private boolean tempIsNew;
    private Catalog catalog;

    /**
     * The rows as they are written by one of the UPDATEs that SQLite makes of the statement. What changes twice is written twice: a text that has overflow
     * pages moves to other ones each time.
     *
     * @param covers the rows that are written anew even if they do not change
     * @param afterTemp whether temp is open for writing by then
     */
    private record Pass(List<SchemaRow> rows, Predicate<SchemaRow> covers, boolean afterTemp) {}

    SchemaEdit(WriteContext context, Schemas schemas, Schema schema) {
        this.context = context;
        this.schemas = schemas;
        database = schema.database();
        catalog = schemas;
        reader = new SchemaDraft(schemas, context.code().session());
        original = reader.rows(database);
        originalTemp = database == Schemas.TEMP ? List.of() : reader.rows(Schemas.TEMP);
        rows = original;
        tempRows = originalTemp;
    }

    /** The schemas as the rows make them after the last {@link #load}. */
    Catalog catalog() {
        return catalog;
    }

    Schema schema() {
        return catalog.schema(database);
    }

    /** True for rows that no ALTER TABLE looks into. */
    static boolean isInternal(SchemaRow row) {
        return !isNamedByUser(row)
                || row.sql() == null
                || AsciiCase.lower(row.sql()).startsWith("create virtual");
    }

    /** True for rows that renames write anew, changed or not. */
    static boolean isNamedByUser(SchemaRow row) {
        return row.name() != null && !AsciiCase.lower(row.name()).startsWith("sqlite_");
    }

    /** What changes names looks through temp, which opens it, as PRAGMA database_list shows. */
    void opensTemp() {
        BTree temp = context.code().session().database(Schemas.TEMP);
        boolean wasReading = temp.pager().isReading();
        temp.beginRead();
        try {
            tempIsNew = database != Schemas.TEMP && temp.headerField(HeaderField.SCHEMA_FORMAT) == 0;
        } finally {
            if (!wasReading) {
                temp.endRead();
            }
        }
    }

    /**
     * A temp that nothing was put into has no schema format yet, which SQLite takes for format 1. Once its program has opened temp for writing, it
     * writes records that would do for that format, into other databases, too.
     */
    boolean writesAsForNewTemp() {
        return tempIsNew;
    }

    /** Changes the rows of the table's database. */
    void change(UnaryOperator<SchemaRow> change) {
        change(change, row -> false, false);
    }

    /** As {@link #change(UnaryOperator)}. @param covers the rows that are written anew even if they do not change */
    void change(UnaryOperator<SchemaRow> change, Predicate<SchemaRow> covers) {
        change(change, covers, false);
    }

    /** As {@link #change(UnaryOperator, Predicate)}, after temp was opened for writing. */
    void changeAfterTemp(UnaryOperator<SchemaRow> change, Predicate<SchemaRow> covers) {
        change(change, covers, true);
    }

    private void change(UnaryOperator<SchemaRow> change, Predicate<SchemaRow> covers, boolean afterTemp) {
        rows = changed(rows, change);
        passes.add(new Pass(rows, covers, afterTemp));
    }

    /** Changes the rows of temp where the table is in another database. */
    void changeTemp(UnaryOperator<SchemaRow> change) {
        tempRows = changed(tempRows, change);
    }

    private static List<SchemaRow> changed(List<SchemaRow> rows, UnaryOperator<SchemaRow> change) {
        List<SchemaRow> result = new ArrayList<>();
        for (SchemaRow row : rows) {
            result.add(change.apply(row));
        }
        return result;
    }

    /** {@code error in view v after rename: no such column: a}. */
    static DatabaseException error(SchemaRow row, String when, String why) {
        return error(row.type(), row.name(), when, why);
    }

    private static DatabaseException error(String type, String name, String when, String why) {
        return new DatabaseException(
                ResultCode.ERROR, "error in " + type + " " + name + (when.isEmpty() ? "" : " " + when) + ": " + why);
    }

    /** Makes schemas of the rows; of several mistakes that of the first row is told. @param when for messages: {@code after rename} */
    void load(String when) {
        SchemaDraft draft = new SchemaDraft(schemas, context.code().session());
        List<SchemaRow> all = rows;
        List<String> failed = new ArrayList<>();
        try {
            draft.replace(database, rows, (type, name, why) -> {
                failed.add(name);
                return error(type, name, when, why);
            });
        } catch (DatabaseException e) {
            for (int i = 1; i < all.size(); i++) {
                if (failed.contains(all.get(i).name())) {
                    rows = all.subList(0, i);
                    load(when);
                }
            }
            throw e;
        }
        if (!originalTemp.isEmpty()) {
            draft.replace(Schemas.TEMP, tempRows, (type, name, why) -> error(type, name, when, why));
        }
        catalog = draft;
        for (SchemaRow row : rows) {
            if (!isInternal(row)) {
                checkParts(row, when);
            }
        }
    }

    private void checkParts(SchemaRow row, String when) {
        Resolver resolver = new Resolver(catalog, context.code().session().functions(), new Parameters(), row.sql());
        WriteContext inside = new WriteContext(context.code(), resolver, context.settings(), row.sql());
        try {
            if (row.type().equals("table")) {
                new TableChecks(inside).check(schema().table(row.name()));
            } else if (row.type().equals("index")) {
                check(inside, schema().index(row.name()));
            }
        } catch (DatabaseException e) {
            throw e.code() == ResultCode.ERROR ? error(row, when, e.getMessage()) : e;
        }
    }

    private static void check(WriteContext inside, Index index) {
        Source source = inside.resolver().source(index.table(), index.table().name());
        for (Index.Part part : index.parts()) {
            KeyOrders.collation(inside.code().session(), part.collation());
            if (part.column() == Index.EXPRESSION) {
                inside.resolver()
                        .expr(
                                part.expression(),
                                Scope.of(source).use(ScopeUse.INDEX_EXPRESSION).defining());
            }
        }
        if (index.where() != null) {
            inside.resolver()
                    .expr(
                            index.where(),
                            Scope.of(source).use(ScopeUse.PARTIAL_INDEX).defining());
        }
    }

    /** Fails if a view or trigger refers to what is not there. @param strings whether {@code "x"} may be a string; if not, tables and indexes are tested too */
    void test(String when, boolean strings) {
        if (context.settings().legacyAlterTable()) {
            return;
        }
        test(rows, schema(), when, strings);
        if (database != Schemas.TEMP) {
            test(tempRows, catalog.schema(Schemas.TEMP), when, strings);
        }
    }

    private void test(List<SchemaRow> tested, Schema where, String when, boolean strings) {
        for (SchemaRow row : tested) {
            boolean refers = row.type().equals("view") || row.type().equals("trigger");
            if (!isInternal(row) && (refers || !strings)) {
                names(row, where, Ignoring.NAMES, when, strings, DefinitionNames::all);
            }
        }
    }

    /** What is to be done with the names of a definition. */
    interface Visit {
        void accept(DefinitionNames names, SchemaRow row);
    }

    /**
     * Resolves names of a row's definition; errors are those of that row.
     *
     * @return false if the definition makes no sense, which is passed over while the schema is writable
     */
    boolean names(SchemaRow row, Schema where, NameListener listener, String when, boolean strings, Visit visit) {
        try {
            visit.accept(new DefinitionNames(context, catalog, where, row, listener, strings), row);
            return true;
        } catch (DatabaseException e) {
            if (e.code() == ResultCode.ERROR && context.settings().writableSchema()) {
                return false;
            }
            throw e.code() == ResultCode.ERROR ? error(row, when, e.getMessage()) : e;
        }
    }

    /**
     * Makes string literals of all strings in double quotes, which a new column could otherwise take over. Where an index has such a string for a
     * column the result makes no sense; SQLite finds that when it next looks at the index.
     *
     * @param table whose indexes are looked at first, null for none
     */
    void fixQuotes(Table table) {
        List<SchemaRow> before = rows;
        change(row -> withStrings(row, schema()), row -> !isInternal(row));
        changeTemp(row -> withStrings(row, catalog.schema(Schemas.TEMP)));
        List<SchemaRow> fixed = rows;
        List<SchemaRow> loaded = new ArrayList<>();
        for (int i = 0; i < fixed.size(); i++) {
            SchemaRow row = fixed.get(i);
            boolean later =
                    row.type().equals("index") && (table == null || !AsciiCase.same(table.name(), row.tableName()));
            loaded.add(later ? before.get(i) : row);
        }
        rows = loaded;
        load("");
        rows = fixed;
    }

    private SchemaRow withStrings(SchemaRow row, Schema where) {
        if (isInternal(row)) {
            return row;
        }
        TextEdits edits = new TextEdits(row.sql());
        NameListener listener = new NameListener() {
            @Override
            public void column(Name written, Table table, int column) {}

            @Override
            public void table(Name written, Table table) {}

            @Override
            public void string(Name written) {
                edits.makeString(written.span(), written.text());
            }
        };
        try {
            new DefinitionNames(context, catalog, where, row, listener, true).all(row);
        } catch (DatabaseException e) {
            if (e.code() == ResultCode.ERROR && context.settings().writableSchema()) {
                return row;
            }
            // Only with legacy_alter_table, which does not look at views and triggers before. SQLite says no more.
            throw e.code() == ResultCode.ERROR ? WriteContext.error(ResultCode.ERROR.text()) : e;
        }
        return row.with(row.name(), row.tableName(), edits.apply());
    }

    /** Emits the writing of all changed rows and the reading of the new schema. */
    void emit() {
        List<SchemaRow> before = original;
        for (Pass pass : passes) {
            SchemaTable table = new SchemaTable(context, schemas, schemas.schema(database));
            if (pass.afterTemp() && tempIsNew) {
                table.withoutConstants();
            }
            emit(table, before, pass.rows(), pass.covers());
            before = pass.rows();
        }
        if (database != Schemas.TEMP && !tempRows.equals(originalTemp)) {
            SchemaTable temp = new SchemaTable(context, schemas, schemas.schema(Schemas.TEMP));
            emit(temp, originalTemp, tempRows, row -> false);
        }
        SchemaTable table = new SchemaTable(context, schemas, schemas.schema(database));
        table.changeCookie();
        table.parseAll();
        if (!originalTemp.isEmpty()) {
            context.code().reads(Schemas.TEMP);
            context.builder().add(dev.verso.vm.Opcode.ParseSchema, Schemas.TEMP);
        }
    }

    /** Of the rows that do not change only those without a tree can come out otherwise, by the way in which their root page of 0 is written. */
    private static void emit(
            SchemaTable table, List<SchemaRow> before, List<SchemaRow> after, Predicate<SchemaRow> covers) {
        for (int i = 0; i < after.size(); i++) {
            SchemaRow row = after.get(i);
            boolean hasTree = row.rootPage() != null && row.rootPage() != 0;
            if (!row.equals(before.get(i)) || !hasTree && covers.test(row)) {
                table.update(row);
            }
        }
    }

    /** Takes no notice. */
    private enum Ignoring implements NameListener {
        NAMES;

        @Override
        public void column(Name written, Table table, int column) {}

        @Override
        public void table(Name written, Table table) {}

        @Override
        public void string(Name written) {}
    }
}
