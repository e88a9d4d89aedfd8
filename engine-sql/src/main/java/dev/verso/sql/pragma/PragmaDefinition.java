package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One pragma.
 *
 * @param columns of its rows
 * @param transaction what it needs before it runs
 * @param forms how it may be written and what it then answers
 * @param rows runs it; null if {@link PragmaCompiler} has code for it
 */
record PragmaDefinition(
        String name,
        List<String> columns,
        Needs transaction,
        Set<Form> forms,
        Function<PragmaCall, List<Object[]>> rows) {
    /** What must be open while a pragma runs. */
    enum Needs {
        NOTHING,
        /** The schema in memory, of all databases. */
        SCHEMA,
        /** A snapshot of the database. */
        SNAPSHOT,
        /** A snapshot of main, whatever the statement names. */
        SNAPSHOT_OF_MAIN
    }

    /** Properties that decide the columns of the statement and of the table-valued function. */
    enum Form {
        /** Answers without a value; there is a table-valued function. */
        READS,
        /** Answers with a value, which is the argument of a table-valued function. */
        ASKS,
        /** The table-valued function takes a schema. */
        SCHEMA,
        /** With a value, the statement has no columns. */
        SETS_SILENTLY
    }

    private static final Set<Form> SETTING = EnumSet.of(Form.READS, Form.SETS_SILENTLY);
    private static final Map<String, PragmaDefinition> BY_NAME = new LinkedHashMap<>();

    static {
        schemaPragmas();
        connectionPragmas();
        compiledPragmas();
        for (StorePragma pragma : StorePragma.values()) {
            add(new PragmaDefinition(
                    pragma.sqlName(), List.of(pragma.column()), pragma.needs(), pragma.forms(), pragma::run));
        }
        for (FlagPragma pragma : FlagPragma.values()) {
            add(new PragmaDefinition(pragma.sqlName(), List.of(pragma.sqlName()), Needs.NOTHING, SETTING, pragma::run));
        }
    }

    private static void schemaPragmas() {
        describe("table_info", "cid,name,type,notnull,dflt_value,pk", call -> SchemaRows.tableInfo(call, false));
        describe("table_xinfo", "cid,name,type,notnull,dflt_value,pk,hidden", call -> SchemaRows.tableInfo(call, true));
        add(new PragmaDefinition(
                "table_list",
                List.of("schema", "name", "type", "ncol", "wr", "strict"),
                Needs.SCHEMA,
                EnumSet.of(Form.ASKS),
                readingSchema(SchemaRows::tableList)));
        describe("index_list", "seq,name,unique,origin,partial", SchemaRows::indexList);
        describe("index_info", "seqno,cid,name", call -> SchemaRows.indexInfo(call, false));
        describe("index_xinfo", "seqno,cid,name,desc,coll,key", call -> SchemaRows.indexInfo(call, true));
        describe("foreign_key_list", "id,seq,table,from,to,on_update,on_delete,match", SchemaRows::foreignKeyList);
    }

    private static void describe(String name, String columns, Function<PragmaCall, List<Object[]>> rows) {
        add(new PragmaDefinition(
                name,
                List.of(columns.split(",")),
                Needs.SCHEMA,
                EnumSet.of(Form.ASKS, Form.SCHEMA),
                readingSchema(rows)));
    }

    /**
     * What is asked of the schema in memory counts as read by the transaction, where that is compared with others' commits: there it is the schema of the
     * transaction's snapshot.
     */
    private static Function<PragmaCall, List<Object[]>> readingSchema(Function<PragmaCall, List<Object[]>> rows) {
        return call -> {
            for (int i = 0; i < call.session().databaseCount(); i++) {
                BTree tree = call.session().openDatabase(i);
                boolean isAsked = call.schemaName() == null || call.database() == i;
                if (tree != null && tree.wantsRows() && isAsked) {
                    call.schemas().enter(i);
                    tree.readsSchema();
                }
            }
            return rows.apply(call);
        };
    }

    private static void connectionPragmas() {
        list("database_list", "seq,name,file", ConnectionRows::databases);
        list("collation_list", "seq,name", ConnectionRows::collations);
        list("function_list", "name,builtin,type,enc,narg,flags", ConnectionRows::functions);
        list("module_list", "name", ConnectionRows::modules);
        list("pragma_list", "name", call -> ConnectionRows.pragmas());
        list("compile_options", "compile_options", call -> ConnectionRows.compileOptions());
    }

    private static void list(String name, String columns, Function<PragmaCall, List<Object[]>> rows) {
        add(new PragmaDefinition(name, List.of(columns.split(",")), Needs.NOTHING, EnumSet.of(Form.READS), rows));
    }

    private static void compiledPragmas() {
        compiled("analysis_limit", "analysis_limit", Form.READS);
        compiled("application_id", "application_id", Form.READS, Form.SETS_SILENTLY);
        compiled("busy_timeout", "timeout", Form.READS);
        compiled("case_sensitive_like", "");
        compiled("default_cache_size", "cache_size", Form.READS, Form.SCHEMA, Form.SETS_SILENTLY);
        compiled("defer_foreign_keys", "defer_foreign_keys", Form.READS, Form.SETS_SILENTLY);
        compiled("foreign_key_check", "table,rowid,parent,fkid", Form.READS, Form.ASKS, Form.SCHEMA);
        compiled("hard_heap_limit", "hard_heap_limit", Form.READS);
        compiled("incremental_vacuum", "");
        compiled("integrity_check", "integrity_check", Form.READS, Form.ASKS, Form.SCHEMA);
        compiled("optimize", "optimize", Form.ASKS);
        compiled("quick_check", "quick_check", Form.READS, Form.ASKS, Form.SCHEMA);
        compiled("schema_version", "schema_version", Form.READS, Form.SETS_SILENTLY);
        compiled("shrink_memory", "");
        compiled("soft_heap_limit", "soft_heap_limit", Form.READS);
        compiled("temp_store", "temp_store", Form.READS, Form.SETS_SILENTLY);
        compiled("temp_store_directory", "temp_store_directory", Form.SETS_SILENTLY);
        compiled("threads", "threads", Form.READS);
        compiled("user_version", "user_version", Form.READS, Form.SETS_SILENTLY);
        compiled("wal_autocheckpoint", "wal_autocheckpoint");
        compiled("wal_checkpoint", "busy,log,checkpointed");
    }

    private static void compiled(String name, String columns, Form... forms) {
        Set<Form> set = EnumSet.noneOf(Form.class);
        set.addAll(List.of(forms));
        List<String> names = columns.isEmpty() ? List.of() : List.of(columns.split(","));
        add(new PragmaDefinition(name, names, Needs.NOTHING, set, null));
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

    boolean is(Form form) {
        return forms.contains(form);
    }

    boolean hasFunction() {
        return is(Form.READS) || is(Form.ASKS);
    }

    boolean needsSnapshot() {
        return transaction == Needs.SNAPSHOT || transaction == Needs.SNAPSHOT_OF_MAIN;
    }

    /** Columns of the statement with or without a value. */
    List<String> columns(boolean hasValue) {
        return hasValue && is(Form.SETS_SILENTLY) ? List.of() : columns;
    }
}
