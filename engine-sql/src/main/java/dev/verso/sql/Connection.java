package dev.verso.sql;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.parser.DeepStack;
import dev.verso.record.AsciiCase;
import dev.verso.record.TextEncoding;
import dev.verso.sql.code.DatabaseSettings;
import dev.verso.sql.code.PlanParameters;
import dev.verso.sql.code.Settings;
import dev.verso.sql.extend.Authorizer;
import dev.verso.sql.extend.Extensions;
import dev.verso.sql.extend.FunctionOption;
import dev.verso.sql.extend.StatementListener;
import dev.verso.sql.extend.UpdateListener;
import dev.verso.sql.extend.UserAggregate;
import dev.verso.sql.extend.UserFunction;
import dev.verso.sql.extend.UserWindowFunction;
import dev.verso.sql.module.BuiltInModules;
import dev.verso.sql.module.Modules;
import dev.verso.sql.pragma.DbPageModule;
import dev.verso.sql.pragma.DbStatModule;
import dev.verso.sql.pragma.PragmaHost;
import dev.verso.sql.pragma.PragmaModule;
import dev.verso.sql.resolve.DeepStatement;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Machine;
import dev.verso.vm.Session;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.value.Value;
import dev.verso.vtab.VirtualModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One connection: attached databases with their schemas, and the way to prepare statements. Used by one thread at a time, except {@link #interrupt}. */
public final class Connection implements AutoCloseable {
    private final StoreOpener opener;
    private final Session session;
    private final Schemas schemas;
    private final Settings settings = new Settings();
    private final BusyTimeout busy = new BusyTimeout();
    private final StatementCache cache = new StatementCache();
    private final PragmaHost pragmaHost;
    private final Modules modules;
    private final Map<String, Comparator<String>> collations = new HashMap<>();
    private StatementListener statementListener;
    private boolean closed;

    /** Opens a connection on {@code main}, which it owns from now on (and closes). Reads nothing yet. */
    public Connection(PageStore main, StoreOpener opener) {
        this.opener = opener;
        session = new Session(openTrees(main), new SchemaBridge(this), this::privateTrees);
        pragmaHost = newPragmaHost();
        modules = new Modules(new ModuleAccess(this), name -> PragmaModule.find(pragmaHost, name));
        BuiltInModules.register(modules);
        modules.register("dbstat", new DbStatModule(pragmaHost));
        modules.register("sqlite_dbpage", new DbPageModule(pragmaHost));
        schemas = new Schemas(
                session, modules, settings::trustedSchema, settings::writableSchema, this::defaultCacheSize);
    }

    private void defaultCacheSize(int database, int pages) {
        DatabaseSettings said = settings.database(database);
        if (pages != 0) {
            said.cacheSize(pages);
        } else if (said.cacheSize() == 0) {
            said.cacheSize(DatabaseSettings.DEFAULT_CACHE_SIZE); // of temp, which has none until its schema is read
        }
        said.limitCache(session.database(database), settings.cacheSpill());
    }

    private BTree openTrees(PageStore store) {
        Pager pager = new Pager(store);
        pager.busyHandler(busy);
        return new BTree(pager);
    }

    /** Trees of the temporary database: of the page size that was last asked for. */
    private BTree privateTrees() {
        BTree trees = openTrees(new MemoryStore());
        if (settings.nextPageSize() != 0) {
            trees.pageSize(settings.nextPageSize(), 0);
        }
        return trees;
    }

    /**
     * Compiles the first statement at or after {@code offset}, from the connection's cache of prepared programs where it can.
     *
     * @return the statement; its {@link PreparedStatement#isEmpty} is true if only blanks and comments were left
     * @throws dev.verso.error.DatabaseException ERROR with SQLite's message, or what reading the schema throws
     */
    public PreparedStatement prepare(String sql, int offset) {
        checkOpen();
        busy.begin(0); // reading the schema may wait for a lock
        if (offset == 0) {
            PreparedRun run = cache.take(sql);
            if (run != null && isCurrent(run.compiled())) {
                return new PreparedStatement(this, sql, offset, run);
            }
        }
        return new PreparedStatement(this, sql, offset, compile(sql, offset, null));
    }

    /** Gives back what is only kept for speed: after the heap was too small for a statement, or PRAGMA shrink_memory. */
    void releaseMemory() {
        cache.clear();
        session.releaseMemory();
    }

    /** @param values of the parameters, on this machine; null if none are known yet */
    PreparedRun compile(String sql, int offset, Machine values) {
        try {
            return compileWithinMemory(sql, offset, values);
        } catch (OutOfMemoryError e) {
            releaseMemory();
            throw new DatabaseException(ResultCode.NOMEM, ResultCode.NOMEM.text(), e);
        }
    }

    private PreparedRun compileWithinMemory(String sql, int offset, Machine values) {
        CompiledStatement compiled;
        try {
            compiled = compiled(sql, offset, values);
        } catch (DatabaseException e) {
            // Another connection may have created what was not found.
            if (e.code() != ResultCode.ERROR || !schemas.forgetChanged()) {
                throw e;
            }
            compiled = compiled(sql, offset, values);
        }
        return new PreparedRun(compiled, compiled.isEmpty() ? null : new Machine(compiled.program(), session));
    }

    BusyTimeout busy() {
        return busy;
    }

    private CompiledStatement compiled(String sql, int offset, Machine values) {
        return deeply(() -> StatementCompiler.compile(
                this, sql, offset, values == null ? PlanParameters.unknown() : PlanParameters.of(values)));
    }

    /** Does the work, with a large stack if it needs one. */
    private static <T> T deeply(Supplier<T> work) {
        try {
            return work.get();
        } catch (DeepStatement deep) {
            try {
                return DeepStack.call(work);
            } catch (StackOverflowError e) {
                throw new DatabaseException(ResultCode.ERROR, "VIEWs and/or subqueries nested too deep", e);
            }
        }
    }

    boolean isCurrent(CompiledStatement compiled) {
        return compiled.epoch() == schemas.epoch() && compiled.settingsGeneration() == settingsGeneration();
    }

    /** Changes with everything but the schema that a compiled statement depends on; deferred foreign keys end with the transaction. */
    int settingsGeneration() {
        return settings.generation() * 2 + (session.defersForeignKeys() ? 1 : 0);
    }

    /** A statement gives its run back when it is closed. */
    void release(String sql, int offset, PreparedRun run) {
        if (offset == 0 && !closed && !run.compiled().isEmpty()) {
            cache.put(sql, run);
        }
    }

    /** Runs all statements of the text, rows ignored. */
    public void execute(String sql) {
        int offset = 0;
        while (offset < sql.length()) {
            try (PreparedStatement statement = prepare(sql, offset)) {
                if (statement.isEmpty()) {
                    return;
                }
                offset = statement.tailOffset();
                while (statement.step()) {
                    // rows are of no interest
                }
            }
        }
    }

    /** Transaction state, counters, functions, collations, busy handlers. */
    public Session session() {
        return session;
    }

    Schemas schemas() {
        return schemas;
    }

    // ---- extensions

    /**
     * Adds a scalar function, or replaces the one of that name and number of arguments. Names are case-insensitive.
     *
     * @param argumentCount -1 for any number
     */
    public void createFunction(String name, int argumentCount, UserFunction function, FunctionOption... options) {
        register(Extensions.function(name, argumentCount, function, options));
    }

    /** As {@link #createFunction}, an aggregate. @param aggregate makes the state of a group */
    public void createAggregate(
            String name, int argumentCount, Supplier<? extends UserAggregate> aggregate, FunctionOption... options) {
        register(Extensions.aggregate(name, argumentCount, aggregate, options));
    }

    /** As {@link #createAggregate}, an aggregate that can take rows back, and so be used over any window frame. */
    public void createWindowFunction(
            String name,
            int argumentCount,
            Supplier<? extends UserWindowFunction> function,
            FunctionOption... options) {
        register(Extensions.windowFunction(name, argumentCount, function, options));
    }

    /** Removes what was registered under that name and number of arguments; a built-in function of the name is seen again. */
    public void removeFunction(String name, int argumentCount) {
        checkIdle("unable to delete/modify user-function due to active statements");
        session.functions().unregister(name, argumentCount);
        expire();
    }

    private void register(FunctionDefinition function) {
        FunctionDefinition known = session.functions().find(function.name(), function.argumentCount());
        if (known != null && known.argumentCount() == function.argumentCount()) {
            checkIdle("unable to delete/modify user-function due to active statements");
        }
        session.functions().register(function);
        expire();
    }

    /**
     * Adds or replaces a collation; null removes it. An order that is not total and lasting damages the indexes that use it.
     *
     * @param order of Java strings
     */
    public void createCollation(String name, Comparator<String> order) {
        checkIdle("unable to delete/modify collation sequence due to active statements");
        session.collation(name, order == null ? null : Extensions.collation(name, order, session.encoding()));
        if (order == null) {
            collations.remove(AsciiCase.lower(name));
        } else {
            collations.put(AsciiCase.lower(name), order);
        }
        expire();
    }

    /** After the first database's encoding has become known or another one: collations compare bytes of that encoding. */
    private void collationsForEncoding() {
        collations.forEach(
                (name, order) -> session.collation(name, Extensions.collation(name, order, session.encoding())));
    }

    private void checkIdle(String message) {
        if (session.activeStatements() > 0) {
            throw new DatabaseException(ResultCode.BUSY, message);
        }
    }

    private void expire() {
        schemas.changedModules();
        cache.clear();
    }

    /**
     * Defensive mode, for SQL that is not trusted: shadow tables can be changed by their modules only, and {@code PRAGMA writable_schema} has no
     * effect.
     */
    public void defensive(boolean on) {
        settings.defensive(on);
    }

    /** Asked about what statements want to do while they are compiled; null allows everything. */
    public void authorizer(Authorizer authorizer) {
        schemas.authorization().authorizer(authorizer);
        expire();
    }

    /** Who is told of changed rows; null for nobody. The listener must not use the connection. */
    public void updateListener(UpdateListener listener) {
        session.updateHook(
                listener == null
                        ? null
                        : (operation, database, table, rowid) ->
                                listener.changed(operation(operation), database, table, rowid));
    }

    private static UpdateListener.Operation operation(int number) {
        return switch (number) {
            case 18 -> UpdateListener.Operation.INSERT;
            case 23 -> UpdateListener.Operation.UPDATE;
            default -> UpdateListener.Operation.DELETE;
        };
    }

    /** Asked before each commit of changes; false turns it into a rollback. Null for nobody. */
    public void commitListener(BooleanSupplier listener) {
        session.commitHook(listener == null ? null : listener::getAsBoolean);
    }

    /** Told when changes are rolled back, unless because the connection is closed. Null for nobody. */
    public void rollbackListener(Runnable listener) {
        session.rollbackHook(listener);
    }

    /** Asked now and then while statements run; true stops them with {@code SQLITE_INTERRUPT}. Null for nobody. */
    public void progressListener(BooleanSupplier listener) {
        session.progressHandler(listener == null ? null : listener::getAsBoolean);
    }

    /** Told when statements begin and end; null for nobody. */
    public void statementListener(StatementListener listener) {
        statementListener = listener;
    }

    StatementListener statementListener() {
        return statementListener;
    }

    /** Adds a module of virtual tables, or replaces the one of that name; null removes it. Names are case-insensitive. */
    public void registerModule(String name, VirtualModule module) {
        modules.register(name, module);
        expire();
    }

    Modules modules() {
        return modules;
    }

    Settings settings() {
        return settings;
    }

    StoreOpener opener() {
        return opener;
    }

    PragmaHost pragmaHost() {
        return pragmaHost;
    }

    private PragmaHost newPragmaHost() {
        return new PragmaHost() {
            @Override
            public Session session() {
                return session;
            }

            @Override
            public Schemas schemas() {
                return schemas;
            }

            @Override
            public Settings settings() {
                return settings;
            }

            @Override
            public int busyTimeoutMillis() {
                return busy.timeoutMillis();
            }

            @Override
            public void busyTimeoutMillis(int millis) {
                busy.timeoutMillis(millis);
            }

            @Override
            public List<Object[]> query(String sql) {
                return rowsOf(sql);
            }

            @Override
            public void forgetTemporaryTables() {
                session.closeTemporary();
                schemas.changed(Session.TEMP);
                cache.clear();
            }

            @Override
            public void resolveView(Table view) {
                deeply(() -> {
                    new Resolver(schemas, session.functions(), new Parameters(), null).resolveView(view);
                    return view;
                });
            }

            @Override
            public List<String> moduleNames() {
                return modules.names();
            }

            @Override
            public boolean isShadow(Table table) {
                return modules.isShadow(table.schema(), table.name());
            }

            @Override
            public void encoding(TextEncoding encoding) {
                session.database(Session.MAIN).encoding(encoding);
                schemas.forget(Session.MAIN);
                cache.clear();
                collationsForEncoding();
            }
        };
    }

    /** All rows of a statement that runs inside another one. */
    private List<Object[]> rowsOf(String sql) {
        List<Object[]> rows = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, 0)) {
            while (statement.step()) {
                Object[] row = new Object[statement.columnCount()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = constant(statement.column(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Object constant(Value value) {
        return switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> value.integer();
            case REAL -> value.real();
            case TEXT -> value.asString();
            case BLOB -> value.asBytes();
        };
    }

    /** Adds a database to the session. @return its number */
    int attach(String name, PageStore store) {
        int database = session.attach(name, openTrees(store));
        schemas.changed(database);
        cache.clear();
        return database;
    }

    void detach(int database) {
        if (session.detach(database)) {
            settings.removeDatabase(database);
            schemas.removed(database);
        } else {
            settings.forgetDatabase(database);
            schemas.changed(database);
        }
        cache.clear();
    }

    /** Milliseconds to wait for locks; 0 gives up at once. */
    public void busyTimeoutMillis(int millis) {
        busy.timeoutMillis(millis);
    }

    /** Stops all running statements with {@code SQLITE_INTERRUPT}. Any thread. */
    public void interrupt() {
        session.interrupt();
        busy.interrupt();
    }

    private void checkOpen() {
        if (closed) {
            throw new DatabaseException(ResultCode.MISUSE, "connection is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cache.clear();
            modules.close();
            session.close();
        }
    }
}
