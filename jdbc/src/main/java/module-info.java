/** The JDBC driver and the opener of database URLs. */
module dev.verso.jdbc {
    requires transitive java.sql;
    requires transitive dev.verso.sql;
    requires dev.verso.kv;
    requires dev.verso.kv.pages;
    requires java.logging;

    exports dev.verso.jdbc;

    provides java.sql.Driver with
            dev.verso.jdbc.VersoDriver;
}
