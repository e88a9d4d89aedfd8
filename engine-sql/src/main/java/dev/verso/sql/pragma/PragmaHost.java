package dev.verso.sql.pragma;

import dev.verso.sql.code.Settings;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Session;
import java.util.List;

/** What pragmas ask of their connection. */
public interface PragmaHost {
    Session session();

    Schemas schemas();

    Settings settings();

    int busyTimeoutMillis();

    void busyTimeoutMillis(int millis);

    /** Runs another statement inside the running one. @return its rows: null, Long, Double, String or byte[] */
    List<Object[]> query(String sql);

    /** Closes the temporary database: its tables are gone. */
    void forgetTemporaryTables();

    /** Works out the columns of a view. */
    void resolveView(Table view);

    /** Names of the modules of virtual tables. */
    java.util.List<String> moduleNames();

    /** True if the table belongs to the storage of a virtual table. */
    boolean isShadow(Table table);

    /** Sets what a database that is still empty will be encoded in; ignored otherwise. */
    void encoding(dev.verso.record.TextEncoding encoding);
}
