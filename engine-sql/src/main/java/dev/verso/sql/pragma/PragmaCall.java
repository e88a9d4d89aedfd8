package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Session;

/**
 * One use of a pragma.
 *
 * @param schemaName as written, or null
 * @param database of that name, main if none was written
 * @param value null if there is none
 */
record PragmaCall(PragmaHost host, String schemaName, int database, String value) {
    BTree tree() {
        return host.session().database(database);
    }

    Session session() {
        return host.session();
    }

    Schemas schemas() {
        return host.schemas();
    }

    boolean hasValue() {
        return value != null;
    }

    /** The table or view named by the value, or null. */
    Table table() {
        if (value == null) {
            return null;
        }
        Table table = schemas().table(schemaName, value);
        if (table == null) {
            return schemas().eponymous(value);
        }
        schemas().connect(table);
        if (table.isView()) {
            host.resolveView(table);
        }
        return table;
    }

    /** The value as sqlite3GetBoolean reads it. */
    boolean truth() {
        return PragmaValue.truth(value);
    }

    int smallNumber() {
        return PragmaValue.smallNumber(value);
    }

    long number() {
        return PragmaValue.number(value);
    }
}
