package dev.verso.sql.pragma;

import dev.verso.btree.HeaderField;
import dev.verso.parser.ast.Command.Pragma;
import dev.verso.sql.code.RowProgram;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Code of PRAGMA. A name that nobody knows does nothing, as in SQLite. */
public final class PragmaCompiler {
    /** Pragmas without a table-valued form, which get code of their own here. */
    static final Set<String> COMPILED = new java.util.TreeSet<>(Set.of(
            "analysis_limit",
            "application_id",
            "busy_timeout",
            "case_sensitive_like",
            "defer_foreign_keys",
            "foreign_key_check",
            "hard_heap_limit",
            "incremental_vacuum",
            "integrity_check",
            "optimize",
            "quick_check",
            "schema_version",
            "shrink_memory",
            "soft_heap_limit",
            "temp_store",
            "threads",
            "user_version",
            "wal_autocheckpoint",
            "wal_checkpoint"));

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final PragmaHost host;
    private final String schemaName;
    private final int database;
    private final String value;

    private PragmaCompiler(WriteContext context, PragmaHost host, Pragma pragma) {
        this.context = context;
        this.builder = context.builder();
        this.host = host;
        schemaName = pragma.schema() == null ? null : pragma.schema().text();
        database = schemaName == null ? 0 : host.schemas().databaseNumber(schemaName);
        value = pragma.value() == null ? null : pragma.value().text();
        if (database < 0) {
            throw WriteContext.error("unknown database " + schemaName);
        }
    }

    /** Emits the statement. @return names of its result columns */
    public static List<String> compile(WriteContext context, PragmaHost host, Pragma pragma) {
        String name = pragma.name().text().toLowerCase(Locale.ROOT);
        PragmaCompiler compiler = new PragmaCompiler(context, host, pragma);
        PragmaDefinition definition = PragmaDefinition.find(name);
        if (definition == null) {
            return List.of();
        }
        if (COMPILED.contains(name)) {
            return compiler.compile(name);
        }
        return compiler.run(definition);
    }

    /** The header integer behind a pragma, or null. */
    static HeaderField headerField(String pragma) {
        return switch (pragma) {
            case "user_version" -> HeaderField.USER_VERSION;
            case "application_id" -> HeaderField.APPLICATION_ID;
            case "schema_version" -> HeaderField.SCHEMA_COOKIE;
            default -> null;
        };
    }

    private List<String> run(PragmaDefinition definition) {
        switch (definition.transaction()) {
            case SNAPSHOT -> context.code().reads(database);
            case SCHEMA -> {
                host.schemas().all();
            }
            case NOTHING -> {}
        }
        emitRows(definition.columns().size(), definition.rows());
        return definition.columns();
    }

    private void emitRows(int columns, Function<PragmaCall, List<Object[]>> rows) {
        PragmaCall call = new PragmaCall(host, schemaName, database, value);
        RowProgram.emit(
                builder, (session, registers, first, count) -> RowProgram.rows(rows.apply(call)), 0, 0, columns);
    }

    private List<String> compile(String name) {
        switch (name) {
            case "user_version":
                return header(name, Flags.COOKIE_USER_VERSION);
            case "application_id":
                return header(name, Flags.COOKIE_APPLICATION_ID);
            case "schema_version":
                return header(name, Flags.COOKIE_SCHEMA_VERSION);
            case "integrity_check":
                return new IntegrityCheckCompiler(context, host, schemaName, value, false).compile();
            case "quick_check":
                return new IntegrityCheckCompiler(context, host, schemaName, value, true).compile();
            case "incremental_vacuum":
                return incrementalVacuum();
            case "foreign_key_check":
                return ForeignKeyCheckCompiler.compile(context, host, schemaName, value);
            case "wal_checkpoint":
                emitRows(3, call -> List.<Object[]>of(new Object[] {0, -1, -1}));
                return List.of("busy", "log", "checkpointed");
            case "busy_timeout":
                return one("timeout", call -> {
                    if (call.hasValue()) {
                        host.busyTimeoutMillis(PragmaValue.smallNumber(call.value()));
                    }
                    return host.busyTimeoutMillis();
                });
            case "case_sensitive_like":
                if (value != null) {
                    boolean on = PragmaValue.truth(value);
                    emitRows(0, call -> {
                        host.settings().caseSensitiveLike(on);
                        host.session().caseSensitiveLike(on);
                        return List.of();
                    });
                }
                return List.of();
            case "defer_foreign_keys":
                return flagOfSession();
            case "temp_store":
                return temporaryStore();
            case "wal_autocheckpoint":
                return one(name, call -> call.hasValue() ? PragmaValue.smallNumber(call.value()) : 1000);
            case "soft_heap_limit", "hard_heap_limit", "threads", "analysis_limit":
                return one(name, call -> 0);
            default:
                // optimize and shrink_memory have nothing to do here and return nothing.
                return List.of();
        }
    }

    private List<String> one(String column, Function<PragmaCall, Object> answer) {
        emitRows(1, call -> List.<Object[]>of(new Object[] {answer.apply(call)}));
        return List.of(column);
    }

    private List<String> header(String name, int cookie) {
        if (value == null) {
            context.code().reads(database);
            int register = builder.newRegister();
            builder.add(Opcode.ReadCookie, database, register, cookie);
            builder.add(Opcode.ResultRow, register, 1);
            return List.of(name);
        }
        context.code().writes(database);
        builder.add(Opcode.SetCookie, database, cookie, PragmaValue.smallNumber(value));
        if (cookie == Flags.COOKIE_SCHEMA_VERSION) {
            builder.add(Opcode.Expire, 0);
        }
        return List.of();
    }

    private List<String> incrementalVacuum() {
        int pages = value == null ? 0 : PragmaValue.smallNumber(value);
        context.code().writes(database);
        emitRows(0, call -> {
            if (call.tree().autoVacuum() != 0) {
                call.tree().incrementalVacuum(pages < 1 ? Integer.MAX_VALUE : pages);
            }
            return List.of();
        });
        return List.of();
    }

    private List<String> flagOfSession() {
        if (value == null) {
            return one("defer_foreign_keys", call -> call.session().defersForeignKeys() ? 1 : 0);
        }
        boolean on = PragmaValue.truth(value);
        emitRows(0, call -> {
            call.session().deferForeignKeys(on);
            call.host().settings().deferForeignKeys(on);
            return List.of();
        });
        return List.of();
    }

    private List<String> temporaryStore() {
        if (value == null) {
            return one("temp_store", call -> host.settings().temporaryStore());
        }
        int where =
                switch (value.toLowerCase(Locale.ROOT)) {
                    case "1", "file" -> 1;
                    case "2", "memory" -> 2;
                    default -> 0;
                };
        emitRows(0, call -> {
            host.settings().temporaryStore(where);
            return List.of();
        });
        return List.of();
    }
}
