package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.PageCache;
import dev.verso.parser.ast.Command.Pragma;
import dev.verso.record.AsciiCase;
import dev.verso.sql.code.DatabaseSettings;
import dev.verso.sql.code.RowProgram;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Code of PRAGMA. A name that nobody knows does nothing, as in SQLite. */
public final class PragmaCompiler {
    private static final int MAX_WORKER_THREADS = 8;

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
            throw context.unknownDatabase(pragma.schema());
        }
        if (database == Session.TEMP) {
            host.session().database(Session.TEMP); // naming it opens it
        }
    }

    /** Emits the statement. @return names of its result columns */
    public static List<String> compile(WriteContext context, PragmaHost host, Pragma pragma) {
        String name = AsciiCase.lower(pragma.name().text());
        PragmaCompiler compiler = new PragmaCompiler(context, host, pragma);
        PragmaDefinition definition = PragmaDefinition.find(name);
        if (definition == null) {
            return List.of();
        }
        if (definition.rows() == null) {
            compiler.compile(name);
        } else {
            compiler.run(definition);
        }
        return definition.columns(compiler.value != null);
    }

    private void run(PragmaDefinition definition) {
        switch (definition.transaction()) {
            case SNAPSHOT -> {
                context.code().reads(database);
            }
            case SNAPSHOT_OF_MAIN -> context.code().reads(Session.MAIN);
            case SCHEMA -> {
                host.schemas().all();
                if (AsciiCase.same(definition.name(), "auto_vacuum") && value != null) {
                    prepareAutoVacuum();
                }
            }
            case NOTHING -> {}
        }
        emitRows(definition.columns(value != null).size(), definition.rows());
    }

    /** FULL and INCREMENTAL may take each other's place in a database that exists, as the header says which; an empty database begins to exist. */
    private void prepareAutoVacuum() {
        int mode = StorePragma.autoVacuumMode(value);
        BTree tree = host.session().database(database);
        boolean wasReading = tree.pager().isReading();
        tree.beginRead();
        if (tree.mayAutoVacuum()) {
            if (tree.pager().pageCount() == 0) {
                tree.autoVacuum(mode); // what comes to exist has that mode
            }
            if (mode != 0) {
                context.code().writes(database);
            }
        }
        if (!wasReading) {
            tree.endRead();
        }
    }

    private void emitRows(int columns, Function<PragmaCall, List<Object[]>> rows) {
        PragmaCall call = new PragmaCall(host, schemaName, database, value);
        RowProgram.emit(
                builder, (session, registers, first, count) -> RowProgram.rows(rows.apply(call)), 0, 0, columns);
    }

    private void compile(String name) {
        switch (name) {
            case "user_version":
                header(Flags.COOKIE_USER_VERSION);
                break;
            case "application_id":
                header(Flags.COOKIE_APPLICATION_ID);
                break;
            case "schema_version":
                header(Flags.COOKIE_SCHEMA_VERSION);
                break;
            case "default_cache_size":
                defaultCacheSize();
                break;
            case "integrity_check":
                new IntegrityCheckCompiler(context, host, schemaName, value, false).compile();
                break;
            case "quick_check":
                new IntegrityCheckCompiler(context, host, schemaName, value, true).compile();
                break;
            case "incremental_vacuum":
                incrementalVacuum();
                break;
            case "foreign_key_check":
                ForeignKeyCheckCompiler.compile(context, host, schemaName, value);
                break;
            case "optimize":
                emitRows(1, call -> Optimization.run(call));
                break;
            case "wal_checkpoint":
                emitRows(3, PragmaCompiler::checkpoint);
                break;
            case "busy_timeout":
                one(call -> {
                    if (call.hasValue() && PragmaValue.beginsWithSmallNumber(call.value())) {
                        host.busyTimeoutMillis(PragmaValue.smallNumber(call.value()));
                    }
                    return host.busyTimeoutMillis();
                });
                break;
            case "case_sensitive_like":
                caseSensitiveLike();
                break;
            case "defer_foreign_keys":
                deferForeignKeys();
                break;
            case "temp_store":
                temporaryStore();
                break;
            case "temp_store_directory":
                temporaryDirectory();
                break;
            case "wal_autocheckpoint":
                one(call -> {
                    if (call.hasValue()) {
                        host.settings().walAutocheckpoint(Math.max(0, call.smallNumber()));
                    }
                    return host.settings().walAutocheckpoint();
                });
                break;
            case "soft_heap_limit":
                one(call -> heapLimits(host.settings().softHeapLimit(wholeNumber())));
                break;
            case "hard_heap_limit":
                one(call -> heapLimits(host.settings().hardHeapLimit(wholeNumber())));
                break;
            case "threads":
                one(call -> host.settings().workerThreads((int) Math.min(wholeNumber(), MAX_WORKER_THREADS)));
                break;
            case "analysis_limit":
                one(call -> host.settings()
                        .analysisLimit(wholeNumber() < 0 ? -1 : (int) wholeNumber() & Integer.MAX_VALUE));
                break;
            case "shrink_memory":
                emitRows(0, call -> {
                    shrinkCaches(call);
                    return List.of();
                });
                break;
            default:
                throw new IllegalStateException("pragma without code: " + name);
        }
    }

    private Long heapLimits(long answer) {
        host.session()
                .heapLimits(host.settings().softHeapLimit(-1), host.settings().hardHeapLimit(-1));
        return answer;
    }

    /** The value if it is a whole number and nothing else, otherwise -1. */
    private long wholeNumber() {
        return value == null ? -1 : PragmaValue.wholeNumber(value);
    }

    private void one(Function<PragmaCall, Object> answer) {
        emitRows(1, call -> List.<Object[]>of(new Object[] {answer.apply(call)}));
    }

    private void caseSensitiveLike() {
        if (value == null) {
            return;
        }
        boolean on = PragmaValue.truth(value);
        emitRows(0, call -> {
            host.settings().caseSensitiveLike(on);
            host.session().caseSensitiveLike(on);
            return List.of();
        });
    }

    private static void shrinkCaches(PragmaCall call) {
        for (int i = 0; i < call.session().databaseCount(); i++) {
            BTree tree = call.session().openDatabase(i);
            if (tree != null) {
                PageCache cache = tree.pager().store().cache();
                long capacity = cache.capacityBytes();
                cache.capacityBytes(0);
                cache.capacityBytes(capacity);
            }
        }
    }

    private void header(int cookie) {
        if (value == null) {
            context.code().reads(database);
            int register = builder.newRegister();
            builder.add(Opcode.ReadCookie, database, register, cookie);
            builder.add(Opcode.ResultRow, register, 1);
            return;
        }
        context.code().writes(database);
        builder.add(Opcode.SetCookie, database, cookie, PragmaValue.smallNumber(value));
        if (cookie == Flags.COOKIE_SCHEMA_VERSION) {
            builder.add(Opcode.Expire, 0);
        }
    }

    /** The number of pages is kept in the file's header and, unlike that of {@code cache_size}, holds for later connections too. */
    private void defaultCacheSize() {
        if (value == null) {
            context.code().reads(database);
            one(call -> {
                int pages = call.tree().headerField(HeaderField.DEFAULT_CACHE_SIZE);
                return pages == 0 ? DatabaseSettings.DEFAULT_CACHE_SIZE : pages;
            });
            return;
        }
        int pages = Math.abs(PragmaValue.smallNumber(value));
        context.code().writes(database);
        builder.add(Opcode.SetCookie, database, Flags.COOKIE_DEFAULT_CACHE_SIZE, pages);
        emitRows(0, call -> {
            StorePragma.cacheSize(call, pages);
            return List.of();
        });
    }

    private void incrementalVacuum() {
        int pages = value == null ? 0 : PragmaValue.smallNumber(value);
        context.code().writes(database);
        emitRows(0, call -> {
            if (call.tree().autoVacuum() != 0) {
                call.tree().incrementalVacuum(pages < 1 ? Integer.MAX_VALUE : pages);
            }
            return List.of();
        });
    }

    private void deferForeignKeys() {
        if (value == null) {
            one(call -> call.session().defersForeignKeys() ? 1 : 0);
            return;
        }
        boolean on = PragmaValue.truth(value);
        emitRows(0, call -> {
            boolean holds =
                    on && !call.session().isAutocommit(); // it ends with the transaction, which may be this statement
            call.session().deferForeignKeys(holds);
            call.host().settings().deferForeignKeys(holds);
            return List.of();
        });
    }

    private void temporaryStore() {
        if (value == null) {
            one(call -> host.settings().temporaryStore());
            return;
        }
        int where =
                switch (AsciiCase.lower(value)) {
                    case "file" -> 1;
                    case "memory" -> 2;
                    default -> {
                        char first = value.isEmpty() ? 'x' : value.charAt(0);
                        yield first >= '0' && first <= '2' ? first - '0' : 0;
                    }
                };
        emitRows(0, call -> {
            if (where != host.settings().temporaryStore()) {
                forgetTemporaryTables();
                host.settings().temporaryStore(where);
            }
            return List.of();
        });
    }

    /** Temporary tables do not survive a change of where they are kept. */
    private void forgetTemporaryTables() {
        BTree temporary = host.session().openDatabase(Session.TEMP);
        if (temporary == null) {
            return;
        }
        if (!host.session().isAutocommit() || temporary.pager().isReading()) {
            throw WriteContext.error("temporary storage cannot be changed from within a transaction");
        }
        host.forgetTemporaryTables();
    }

    private void temporaryDirectory() {
        if (value == null) {
            emitRows(1, call -> {
                String directory = host.settings().temporaryDirectory();
                return directory == null ? List.of() : List.<Object[]>of(new Object[] {directory});
            });
            return;
        }
        Path directory = Path.of(value);
        if (!value.isEmpty() && !(Files.isReadable(directory) && Files.isWritable(directory))) {
            throw WriteContext.error("not a writable directory");
        }
        emitRows(0, call -> {
            host.settings().temporaryDirectory(value.isEmpty() ? null : value);
            host.session().temporaryDirectory(value.isEmpty() ? null : directory);
            return List.of();
        });
    }

    /** There is no WAL to move into the database, but in the midst of a transaction SQLite does not even look. */
    private static List<Object[]> checkpoint(PragmaCall call) {
        for (Schema schema : call.schemas().all()) {
            BTree tree = call.session().openDatabase(schema.database());
            boolean wanted = call.schemaName() == null || AsciiCase.same(schema.name(), call.schemaName());
            if (wanted && tree != null && tree.pager().isReading()) {
                throw new DatabaseException(ResultCode.LOCKED, ResultCode.LOCKED.text());
            }
        }
        return List.<Object[]>of(new Object[] {0, -1, -1});
    }
}
