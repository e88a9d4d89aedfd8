package dev.verso.sql.pragma;

import dev.verso.btree.HeaderField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One pragma.
 *
 * @param columns of its rows
 * @param transaction what it needs before it runs
 * @param argument whether the table-valued function takes one
 * @param schema whether the table-valued function takes a schema
 * @param rows runs it as a table-valued function, and as a statement unless {@link PragmaCompiler} has code for it; null if it has no such form
 */
record PragmaDefinition(
        String name,
        List<String> columns,
        Needs transaction,
        boolean argument,
        boolean schema,
        Function<PragmaCall, List<Object[]>> rows) {
    /** What must be open while a pragma runs. */
    enum Needs {
        NOTHING,
        /** The schema in memory, of all databases. */
        SCHEMA,
        /** A snapshot of the database. */
        SNAPSHOT
    }

    private static final Map<String, PragmaDefinition> BY_NAME = new LinkedHashMap<>();

    static {
        schemaPragmas();
        connectionPragmas();
        for (StorePragma pragma : StorePragma.values()) {
            add(new PragmaDefinition(
                    pragma.sqlName(), List.of(pragma.column()), pragma.needs(), false, true, pragma::run));
        }
        for (FlagPragma pragma : FlagPragma.values()) {
            add(new PragmaDefinition(
                    pragma.sqlName(), List.of(pragma.sqlName()), Needs.NOTHING, false, false, pragma::run));
        }
        for (String compiled : PragmaCompiler.COMPILED) {
            HeaderField field = PragmaCompiler.headerField(compiled);
            Function<PragmaCall, List<Object[]>> rows = field == null ? null : call -> header(call, field);
            add(new PragmaDefinition(compiled, List.of(compiled), Needs.NOTHING, false, field != null, rows));
        }
    }

    private static List<Object[]> header(PragmaCall call, HeaderField field) {
        call.tree().beginRead();
        return List.<Object[]>of(new Object[] {call.tree().headerField(field)});
    }

    private static void schemaPragmas() {
        describe("table_info", "cid,name,type,notnull,dflt_value,pk", call -> SchemaRows.tableInfo(call, false));
        describe("table_xinfo", "cid,name,type,notnull,dflt_value,pk,hidden", call -> SchemaRows.tableInfo(call, true));
        describe("table_list", "schema,name,type,ncol,wr,strict", SchemaRows::tableList);
        describe("index_list", "seq,name,unique,origin,partial", SchemaRows::indexList);
        describe("index_info", "seqno,cid,name", call -> SchemaRows.indexInfo(call, false));
        describe("index_xinfo", "seqno,cid,name,desc,coll,key", call -> SchemaRows.indexInfo(call, true));
        describe("foreign_key_list", "id,seq,table,from,to,on_update,on_delete,match", SchemaRows::foreignKeyList);
    }

    private static void describe(String name, String columns, Function<PragmaCall, List<Object[]>> rows) {
        add(new PragmaDefinition(name, List.of(columns.split(",")), Needs.SCHEMA, true, true, rows));
    }

    private static void connectionPragmas() {
        list("database_list", "seq,name,file", ConnectionRows::databases);
        list("collation_list", "seq,name", ConnectionRows::collations);
        list("function_list", "name,builtin,type,enc,narg,flags", ConnectionRows::functions);
        list("module_list", "name", call -> List.of());
        list("pragma_list", "name", call -> ConnectionRows.pragmas());
        list("compile_options", "compile_options", call -> ConnectionRows.compileOptions());
    }

    private static void list(String name, String columns, Function<PragmaCall, List<Object[]>> rows) {
        add(new PragmaDefinition(name, List.of(columns.split(",")), Needs.NOTHING, false, false, rows));
    }

    private static void add(PragmaDefinition definition) {
        BY_NAME.put(definition.name(), definition);
    }

    /** The pragma of that name in lower case, or null. */
    static PragmaDefinition find(String name) {
        return BY_NAME.get(name);
    }

    static List<PragmaDefinition> all() {
        return new ArrayList<>(BY_NAME.values());
    }
}
