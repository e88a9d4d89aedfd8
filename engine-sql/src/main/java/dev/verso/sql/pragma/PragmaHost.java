package dev.verso.sql.pragma;

import dev.verso.sql.code.Settings;
import dev.verso.sql.schema.Schemas;
import dev.verso.vm.Session;

/** What pragmas ask of their connection. */
public interface PragmaHost {
    Session session();

    Schemas schemas();

    Settings settings();

    int busyTimeoutMillis();

    void busyTimeoutMillis(int millis);
}
