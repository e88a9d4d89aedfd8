/** Schema catalog, name resolution, planner, code generator, DDL, pragmas; the way in for drivers. */
module dev.verso.sql {
    requires transitive dev.verso.vm;
    requires dev.verso.parser;

    exports dev.verso.sql;
    exports dev.verso.sql.extend;
}
