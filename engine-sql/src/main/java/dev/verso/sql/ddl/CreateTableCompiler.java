package dev.verso.sql.ddl;

import dev.verso.parser.SqlParser;
import dev.verso.parser.SqlPrinter;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.query.SelectCompiler;
import dev.verso.sql.resolve.ColumnNaming;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.DefinitionMistake;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.TableBuilder;
import dev.verso.sql.write.GeneratedColumns;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Code of CREATE TABLE and CREATE TABLE … AS. */
final class CreateTableCompiler {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Schemas schemas;
    private final CreateTable definition;

    CreateTableCompiler(WriteContext context, Schemas schemas, CreateTable definition) {
        this.context = context;
        this.builder = context.builder();
        this.schemas = schemas;
        this.definition = definition;
    }

    void compile() {
        String name = definition.name().text();
        boolean inTemp = definition.schema() == null
                || AsciiCase.same(definition.schema().text(), "temp");
        if (definition.temporary() && !inTemp) {
            throw DefinitionMistake.atOnce("temporary table name must be unqualified");
        }
        Schema schema = DefinitionCompiler.schemaOf(context, schemas, definition.temporary(), definition.schema());
        DefinitionCompiler.checkName(context, name);
        if (context.isProtected(schema, name)) {
            throw DefinitionMistake.atOnce("object name reserved for internal use: " + name);
        }
        if (exists(context, schema, definition.name(), definition.ifNotExists())) {
            return;
        }
        if (definition.select() != null) {
            createAs(schema, name);
            return;
        }
        Table table = TableBuilder.build(schema, definition, context.sql());
        new TableChecks(context).check(table);
        GeneratedColumns.checkLoops(context, table);
        create(schema, table, text(name), null);
    }

    /** True if IF NOT EXISTS has nothing to do; a name that is taken is an error. Of tables and views alike. */
    static boolean exists(WriteContext context, Schema schema, dev.verso.parser.ast.Name name, boolean ifNotExists) {
        Table table = schema.table(name.text());
        if (table != null) {
            if (ifNotExists) {
                context.code().readsSchema(schema.database());
                return true;
            }
            throw DefinitionMistake.atOnce((table.isView() ? "view " : "table ")
                    + DefinitionCompiler.asWritten(context, name) + " already exists");
        }
        if (schema.index(name.text()) != null) {
            throw DefinitionMistake.atOnce("there is already an index named " + name.text());
        }
        return false;
    }

    /** The text for {@code sqlite_schema}: from the table's name to the last parenthesis, or to the end if options follow it. */
    private String text(String name) {
        String sql = context.sql();
        int start = definition.name().span().start();
        int end;
        if (definition.withoutRowid() || definition.strict()) {
            end = DefinitionCompiler.endWithoutSemicolon(context, definition);
        } else {
            end = definition.span().end();
            while (end > start && sql.charAt(end - 1) != ')') {
                end--;
            }
        }
        return "CREATE TABLE " + sql.substring(start, end);
    }

    // ---- code

    private void create(Schema schema, Table table, String sql, Source rows) {
        SchemaTable rowsOfSchema = new SchemaTable(context, schemas, schema);
        rowsOfSchema.initializeHeader();
        int root = rowsOfSchema.createTree(table.isWithoutRowid());
        int place = rowsOfSchema.reserve();
        if (rows != null) {
            fill(schema, root, rows);
        }
        // Automatic indexes in the order of their numbers: the table's list has the newest first.
        List<Index> indexes = new ArrayList<>(table.indexes());
        indexes.sort((a, b) -> Integer.compare(number(a), number(b)));
        for (Index index : indexes) {
            if (!index.isPrimaryKeyOfWithoutRowid()) {
                int indexRoot = rowsOfSchema.createTree(true);
                rowsOfSchema.insert("index", index.name(), table.name(), indexRoot, null);
            }
        }
        rowsOfSchema.complete(place, "table", table.name(), root, sql);
        boolean needsSequence = table.isAutoincrement() && schema.table("sqlite_sequence") == null;
        if (needsSequence) {
            int sequenceRoot = rowsOfSchema.createTree(false);
            rowsOfSchema.complete(
                    rowsOfSchema.reserve(),
                    "table",
                    "sqlite_sequence",
                    sequenceRoot,
                    "CREATE TABLE sqlite_sequence(name,seq)");
        }
        if (table.foreignKeys().isEmpty()) {
            rowsOfSchema.changeCookie(new int[0]);
        } else {
            // Who deletes from the tables that it refers to has to look here from now on.
            rowsOfSchema.changeCookie();
        }
        if (needsSequence) {
            rowsOfSchema.parse("sqlite_sequence");
        }
        rowsOfSchema.parse(table.name());
    }

    private static int number(Index index) {
        return Integer.parseInt(index.name().substring(index.name().lastIndexOf('_') + 1));
    }

    // ---- CREATE TABLE … AS

    private void createAs(Schema schema, String name) {
        context.resolver().naming(ColumnNaming.SHORT);
        BoundSelect select = context.resolver().select(definition.select(), Scope.none());
        Source source = new Source(null, select, name);
        source.columnNames(Resolver.columnNames(select));
        for (int i = 0; i < source.columnCount(); i++) {
            KeyOrders.collation(context.code().session(), source.columnCollation(i)); // it must exist
        }
        String sql = textOf(name, source, select.columns().size());
        Table table = TableBuilder.build(
                schema, (CreateTable) SqlParser.parseNext(sql, 0).statement(), sql);
        create(schema, table, sql, source);
    }

    /** The definition that SQLite makes up for the columns of a query. */
    private static String textOf(String name, Source source, int count) {
        List<String> names = new ArrayList<>();
        int length = name.length() + 2;
        for (int i = 0; i < count; i++) {
            names.add(source.columnName(i));
            length += names.get(i).replace("\"", "\"\"").length() + 2 + 5;
        }
        boolean oneLine = length < 50;
        StringBuilder sql = new StringBuilder("CREATE TABLE ")
                .append(SqlPrinter.identifier(name))
                .append('(');
        for (int i = 0; i < count; i++) {
            sql.append(oneLine ? (i == 0 ? "" : ",") : (i == 0 ? "\n  " : ",\n  "));
            sql.append(SqlPrinter.identifier(names.get(i))).append(typeOf(source, i));
        }
        return sql.append(oneLine ? ")" : "\n)").toString();
    }

    private static String typeOf(Source source, int column) {
        return switch (source.columnAffinity(column)) {
            case NONE, BLOB -> "";
            case TEXT -> " TEXT";
            case NUMERIC, FLEXNUM -> " NUM";
            case INTEGER -> " INT";
            case REAL -> " REAL";
        };
    }

    private void fill(Schema schema, int root, Source rows) {
        BoundSelect select = rows.select();
        int count = select.columns().size();
        int yield = builder.newRegister();
        int first = builder.newRegisters(count);
        SelectCompiler.compileCoroutine(context.code(), select, yield, first);
        int cursor = builder.newCursor();
        builder.add(Opcode.OpenWrite, cursor, root, schema.database(), count, Flags.P2_IS_REGISTER);
        int end = builder.newLabel();
        int row = builder.newRegisters(count);
        int record = builder.newRegisters(2);
        StringBuilder affinities = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Affinity affinity = rows.columnAffinity(i);
            affinities.append((affinity == Affinity.NONE ? Affinity.BLOB : affinity).code());
        }
        int loop = builder.address();
        builder.add(Opcode.Yield, yield, end);
        for (int i = 0; i < count; i++) {
            builder.add(Opcode.SCopy, first + i, row + i);
        }
        builder.add(Opcode.MakeRecord, row, count, record, affinities.toString(), 0);
        builder.add(Opcode.NewRowid, cursor, record + 1);
        builder.add(Opcode.Insert, cursor, record, record + 1, null, Flags.APPEND);
        builder.add(Opcode.Goto, 0, loop);
        builder.place(end);
        builder.add(Opcode.Close, cursor);
    }
}
