package dev.verso.sql;

import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.vm.ConnectedTable;
import dev.verso.vm.SchemaHost;

/** What the machine asks of this layer, answered by the connection and its {@link Schemas}. */
final class SchemaBridge implements SchemaHost {
    private static final String TABLE_NAME = "tbl_name='";

    private final Connection connection;

    SchemaBridge(Connection connection) {
        this.connection = connection;
    }

    private Schemas schemas() {
        return connection.schemas();
    }

    /** The condition is one that this layer's code generator wrote: {@code tbl_name='…'}, whatever follows. */
    @Override
    public void parseSchema(int database, String where) {
        if (where == null) {
            schemas().loadNew(database, null);
            return;
        }
        assert where.startsWith(TABLE_NAME) : where;
        StringBuilder name = new StringBuilder();
        int at = TABLE_NAME.length();
        while (at < where.length()) {
            char c = where.charAt(at++);
            if (c == '\'') {
                if (at >= where.length() || where.charAt(at) != '\'') {
                    break;
                }
                at++;
            }
            name.append(c);
        }
        schemas().loadNew(database, name.toString());
    }

    @Override
    public void forgetTable(int database, String name) {
        schemas().removeTable(database, name);
    }

    @Override
    public void forgetIndex(int database, String name) {
        schemas().schema(database).removeIndex(name);
        schemas().expire(database);
    }

    @Override
    public void forgetTrigger(int database, String name) {
        schemas().schema(database).removeTrigger(name);
        schemas().expire(database);
    }

    @Override
    public void rootPageMoved(int database, int from, int to) {
        Schema schema = schemas().schema(database);
        for (Table table : schema.tables()) {
            if (table.rootPage() == from) {
                table.rootPage(to);
            }
        }
        for (Index index : schema.indexes()) {
            if (index.rootPage() == from) {
                index.rootPage(to);
            }
        }
        schemas().expire(database);
    }

    @Override
    public void schemaChanged(int database) {
        schemas().forget(database);
    }

    @Override
    public int schemaCookie(int database) {
        return schemas().cookie(database);
    }

    @Override
    public void schemaCookie(int database, int cookie) {
        schemas().cookie(database, cookie);
    }

    @Override
    public int schemaGeneration(int database) {
        return schemas().generation(database);
    }

    @Override
    public void execute(String sql) {
        connection.execute(sql);
    }

    @Override
    public ConnectedTable createVirtualTable(int database, String name) {
        return connection.modules().create(schemas().schema(database).table(name));
    }

    @Override
    public void destroyVirtualTable(int database, String name) {
        connection.modules().destroy(schemas().schema(database).table(name));
    }

    @Override
    public void loadStatistics(int database) {
        schemas().loadStatistics(database);
    }
}
