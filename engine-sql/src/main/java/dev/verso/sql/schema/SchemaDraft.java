package dev.verso.sql.schema;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.sql.extend.Authorization;
import dev.verso.vm.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The schemas of a connection as they would be if some databases had other rows in {@code sqlite_schema}: what ALTER TABLE tries before it writes. */
public final class SchemaDraft implements Catalog {
    /** The error for a row that makes no sense. */
    public interface Refusal {
        /** @param why may be null */
        DatabaseException of(String type, String name, String why);
    }

    private final Schemas base;
    private final Session session;
    /** Nobody is asked about what is only tried. */
    private final Authorization authorization = new Authorization();

    private final Map<Integer, Schema> replaced = new HashMap<>();

    public SchemaDraft(Schemas base, Session session) {
        this.base = base;
        this.session = session;
    }

    /** The rows of a database as they are; none if it is not open yet. */
    public List<SchemaRow> rows(int database) {
        if (session.openDatabase(database) == null) {
            return List.of();
        }
        BTree tree = session.database(database);
        boolean wasReading = tree.pager().isReading();
        tree.beginRead();
        try {
            return tree.pager().pageCount() == 0 ? List.of() : SchemaLoader.rows(tree);
        } finally {
            if (!wasReading) {
                tree.endRead();
            }
        }
    }

    /** Gives a database those rows. */
    public Schema replace(int database, List<SchemaRow> rows, Refusal refusal) {
        Schema schema = new Schema(database, base.databaseName(database));
        SchemaLoader.loadEmpty(schema);
        replaced.put(database, schema);
        BTree tree = session.database(database);
        boolean wasReading = tree.pager().isReading();
        tree.beginRead();
        try {
            SchemaLoader loader = new SchemaLoader(this, schema, tree, base.passesOverMistakes(), refusal::of);
            for (SchemaRow row : rows) {
                loader.load(row);
            }
        } finally {
            if (!wasReading) {
                tree.endRead();
            }
        }
        return schema;
    }

    @Override
    public List<Schema> searchOrder() {
        List<Schema> order = new ArrayList<>();
        for (Schema schema : base.searchOrder()) {
            order.add(schema(schema.database()));
        }
        return order;
    }

    @Override
    public Schema schema(String name) {
        int database = base.databaseNumber(name);
        return database < 0 ? null : schema(database);
    }

    @Override
    public Schema schema(int database) {
        Schema own = replaced.get(database);
        return own != null ? own : base.schema(database);
    }

    @Override
    public Table table(String schemaName, String tableName) {
        return base.find(this, schemaName, tableName);
    }

    @Override
    public Index index(String schemaName, String indexName) {
        for (Schema schema : searchOrder()) {
            if (schemaName == null || schema == schema(schemaName)) {
                Index index = schema.index(indexName);
                if (index != null) {
                    return index;
                }
            }
        }
        return null;
    }

    @Override
    public Table eponymous(String name) {
        return base.eponymous(name);
    }

    @Override
    public boolean isShadow(Schema schema, String tableName) {
        return base.isShadow(schema, tableName);
    }

    @Override
    public Authorization authorization() {
        return authorization;
    }

    @Override
    public boolean trustsSchema() {
        return base.trustsSchema();
    }

    /** A virtual table is as it was: its module is not called for one that may never be. */
    @Override
    public void connect(Table table) {
        if (!table.isVirtual() || table.connected() != null) {
            return;
        }
        Table original = base.schema(table.schema().database()).table(table.name());
        if (original == null || !original.isVirtual()) {
            original = null;
            for (Table other : base.schema(table.schema().database()).tables()) {
                original = original == null && table.virtual().equals(other.virtual()) ? other : original;
            }
        }
        if (original == null) {
            base.connect(table);
            return;
        }
        base.connect(original);
        table.columns().addAll(original.columns());
        table.withoutRowid(original.isWithoutRowid());
        table.primaryKey(original.primaryKey());
        table.connected(original.connected());
    }
}
