package dev.verso.sql.ddl;

import dev.verso.parser.ast.Definition.Drop;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.Trigger;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/** Code of DROP TABLE, VIEW, INDEX and TRIGGER. */
final class DropCompiler {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Schemas schemas;
    private final Drop definition;

    DropCompiler(WriteContext context, Schemas schemas, Drop definition) {
        this.context = context;
        this.builder = context.builder();
        this.schemas = schemas;
        this.definition = definition;
    }

    void compile() {
        switch (definition.kind()) {
            case TABLE -> dropTable(false);
            case VIEW -> dropTable(true);
            case INDEX -> dropIndex();
            case TRIGGER -> dropTrigger();
        }
    }

    /** There is nothing to drop, which only a look into the schemas could tell: they are read, and inside a transaction they stay so. */
    private void lookOnly() {
        for (int database : schemas.databases()) {
            boolean named = schemaName() == null || schemas.databaseNumber(schemaName()) == database;
            if (named && context.code().session().openDatabase(database) != null) {
                context.code().readsSchema(database);
            }
        }
    }

    private String schemaName() {
        return definition.schema() == null ? null : definition.schema().text();
    }

    private String shownName() {
        return definition.schema() == null
                ? definition.name().text()
                : definition.schema().text() + "." + definition.name().text();
    }

    private void dropTable(boolean isView) {
        String name = definition.name().text();
        Table table = schemas.table(schemaName(), name);
        if (table == null && schemas.eponymous(name) != null) {
            throw WriteContext.error("table " + name + " may not be dropped");
        }
        if (table == null) {
            if (definition.ifExists()) {
                lookOnly();
                return;
            }
            throw WriteContext.error((isView ? "no such view: " : "no such table: ") + shownName());
        }
        String lower = AsciiCase.lower(table.name());
        if (lower.startsWith("sqlite_") && !lower.startsWith("sqlite_stat") && !lower.startsWith("sqlite_parameters")) {
            throw WriteContext.error("table " + table.name() + " may not be dropped");
        }
        if (context.isProtected(table.schema(), table.name())) {
            throw WriteContext.error("table " + table.name() + " may not be dropped");
        }
        if (isView && !table.isView()) {
            throw WriteContext.error("use DROP TABLE to delete table " + table.name());
        }
        if (!isView && table.isView()) {
            throw WriteContext.error("use DROP VIEW to delete view " + table.name());
        }
        schemas.connect(table);
        emitDropTable(table);
    }

    private void emitDropTable(Table table) {
        Schema schema = table.schema();
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        if (table.isVirtual()) {
            builder.add(Opcode.VBegin, 0, 0, 0, table.connected(), 0);
        } else if (!table.isView()) {
            dev.verso.sql.write.ForeignKeyDrop.compile(context, table);
        }
        for (Trigger trigger : schemas.schema(Schemas.TEMP).triggers()) {
            if (trigger.isOn(table) && schema.database() != Schemas.TEMP) {
                dropTrigger(trigger);
            }
        }
        for (Trigger trigger : table.triggers()) {
            dropTrigger(trigger);
        }
        if (table.isAutoincrement()) {
            deleteNamed(schema.table("sqlite_sequence"), 0, table.name());
        }
        clearStatistics(schema, 0, table.name());
        rows.delete(null, table.name());
        if (table.isVirtual()) {
            builder.add(Opcode.VDestroy, schema.database(), 0, 0, table.name(), 0);
        } else if (!table.isView()) {
            // The highest root first, so that no root that is still to be dropped moves (auto-vacuum).
            List<Integer> roots = new ArrayList<>();
            roots.add(table.rootPage());
            for (Index index : table.indexes()) {
                if (!index.isPrimaryKeyOfWithoutRowid()) {
                    roots.add(index.rootPage());
                }
            }
            roots.sort((a, b) -> Integer.compare(b, a));
            for (int root : roots) {
                rows.destroyTree(root);
            }
        }
        builder.add(Opcode.DropTable, schema.database(), 0, 0, table.name(), 0);
        rows.changeCookie();
    }

    private void dropIndex() {
        Index index = schemas.index(schemaName(), definition.name().text());
        if (index == null) {
            if (definition.ifExists()) {
                lookOnly();
                return;
            }
            throw WriteContext.error("no such index: " + shownName());
        }
        if (index.origin() != Index.Origin.CREATE_INDEX) {
            throw WriteContext.error("index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped");
        }
        Schema schema = index.table().schema();
        SchemaTable rows = new SchemaTable(context, schemas, schema);
        rows.delete("index", index.name());
        clearStatistics(schema, 1, index.name());
        rows.changeCookie();
        rows.destroyTree(index.rootPage());
        builder.add(Opcode.DropIndex, schema.database(), 0, 0, index.name(), 0);
    }

    private void dropTrigger() {
        String name = definition.name().text();
        for (Schema schema : schemas.searchOrder()) {
            boolean inScope = schemaName() == null || AsciiCase.same(schema.name(), schemaName());
            if (inScope && schema.trigger(name) != null) {
                dropTrigger(schema.trigger(name));
                return;
            }
        }
        if (!definition.ifExists()) {
            throw WriteContext.error("no such trigger: " + shownName());
        }
        lookOnly();
    }

    private void dropTrigger(Trigger trigger) {
        SchemaTable rows = new SchemaTable(context, schemas, trigger.schema());
        rows.delete("trigger", trigger.name());
        rows.changeCookie();
        builder.add(Opcode.DropTrigger, trigger.schema().database(), 0, 0, trigger.name(), 0);
    }

    private void clearStatistics(Schema schema, int column, String name) {
        for (int i = 1; i <= 4; i++) {
            Table statistics = schema.table("sqlite_stat" + i);
            if (statistics != null && statistics.columns().size() > column) {
                deleteNamed(statistics, column, name);
            }
        }
    }

    /** Emits the deletion of rows with that text in that column; the table has no indexes. */
    private void deleteNamed(Table table, int column, String name) {
        if (table == null || !table.hasRowid()) {
            return;
        }
        int cursor = builder.newCursor();
        int wanted = builder.newRegisters(2);
        int end = builder.newLabel();
        int next = builder.newLabel();
        builder.add(
                Opcode.OpenWrite,
                cursor,
                table.rootPage(),
                table.schema().database(),
                table.columns().size(),
                0);
        builder.add(Opcode.String8, 0, wanted, 0, name, 0);
        builder.add(Opcode.Rewind, cursor, end);
        int loop = builder.address();
        builder.add(Opcode.Column, cursor, column, wanted + 1);
        builder.add(Opcode.Ne, wanted, next, wanted + 1, null, Flags.JUMP_IF_NULL);
        builder.add(Opcode.Delete, cursor, 0, 0, null, Flags.SAVE_POSITION);
        builder.place(next);
        builder.add(Opcode.Next, cursor, loop);
        builder.place(end);
        builder.add(Opcode.Close, cursor);
    }
}
