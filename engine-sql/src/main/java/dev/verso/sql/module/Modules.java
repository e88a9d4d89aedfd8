package dev.verso.sql.module;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.VirtualDefinition;
import dev.verso.vm.ConnectedTable;
import dev.verso.vtab.ModuleConnection;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The modules of one connection, and the virtual tables that they make. Names are case-insensitive. */
public final class Modules implements Schemas.VirtualTables {
    private static final class Registered {
        final String name;
        final VirtualModule module;
        /** The table under the module's own name; null until it is used. */
        Table eponymous;

        Registered(String name, VirtualModule module) {
            this.name = name;
            this.module = module;
        }
    }

    private final ModuleConnection connection;
    private final Function<String, VirtualModule> onDemand;
    private final Map<String, Registered> modules = new LinkedHashMap<>();
    private final Set<Table> connecting = new HashSet<>();
    private final Schema eponymousSchema = new Schema(Schemas.MAIN, "main");

    /** @param onDemand finds modules that are there without being registered, by name in lower case; null for none */
    public Modules(ModuleConnection connection, Function<String, VirtualModule> onDemand) {
        this.connection = connection;
        this.onDemand = onDemand;
    }

    // ---- modules

    /** Adds a module or replaces the one of that name; null removes. Tables that are connected keep the module they have. */
    public void register(String name, VirtualModule module) {
        Registered before = modules.remove(key(name));
        if (before != null && before.eponymous != null) {
            before.eponymous.connected().release();
        }
        if (module != null) {
            modules.put(key(name), new Registered(name, module));
        }
    }

    /** Names of all modules, the newest first. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Registered registered : modules.values()) {
            names.add(0, registered.name);
        }
        return names;
    }

    private Registered find(String name) {
        String key = key(name);
        Registered known = modules.get(key);
        if (known == null) {
            VirtualModule module = onDemand.apply(key);
            if (module != null) {
                known = new Registered(key, module);
                modules.put(key, known);
            }
        }
        return known;
    }

    private static String key(String name) {
        return AsciiCase.lower(name);
    }

    private static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }

    // ---- tables

    @Override
    public Table eponymous(String name) {
        Registered registered = find(name);
        if (registered == null || registered.module.kind() == VirtualModule.Kind.CREATED) {
            return null;
        }
        if (registered.eponymous == null) {
            Table table = new Table(eponymousSchema, registered.name, Table.Kind.VIRTUAL);
            table.virtual(new VirtualDefinition(registered.name, List.of(), true));
            connect(table, registered, false);
            registered.eponymous = table;
        }
        return registered.eponymous;
    }

    @Override
    public void connect(Table table) {
        Registered registered = find(table.virtual().module());
        if (registered == null) {
            throw error("no such module: " + table.virtual().module());
        }
        connect(table, registered, false);
    }

    /** Has the module make a table that CREATE VIRTUAL TABLE has just entered into the schema. */
    public ConnectedTable create(Table table) {
        String name = table.virtual().module();
        Registered registered = find(name);
        if (registered == null || registered.module.kind() == VirtualModule.Kind.EPONYMOUS_ONLY) {
            throw error("no such module: " + name);
        }
        return connect(table, registered, true);
    }

    private ConnectedTable connect(Table table, Registered registered, boolean creates) {
        if (!connecting.add(table)) {
            throw error("vtable constructor called recursively: " + table.name());
        }
        try {
            ModuleContext context = new Context(registered.name, table.schema().name(), table.name(), connection);
            List<String> arguments = table.virtual().arguments();
            VirtualTable made = creates
                    ? registered.module.create(context, arguments)
                    : registered.module.connect(context, arguments);
            if (made == null) {
                throw error("vtable constructor failed: " + table.name());
            }
            Declaration.apply(table, made);
            table.connected(new ConnectedTable(made, table.name()));
            return table.connected();
        } finally {
            connecting.remove(table);
        }
    }

    private record Context(String moduleName, String schemaName, String tableName, ModuleConnection connection)
            implements ModuleContext {}

    /** DROP TABLE of a virtual table that is connected. */
    public void destroy(Table table) {
        if (table.connected().isRead()) {
            throw new DatabaseException(ResultCode.LOCKED, ResultCode.LOCKED.text());
        }
        table.connected().destroy();
    }

    @Override
    public boolean isShadow(Schema schema, String tableName) {
        int tail = tableName.lastIndexOf('_');
        if (tail < 0) {
            return false;
        }
        Table owner = schema.table(tableName.substring(0, tail));
        if (owner == null || !owner.isVirtual()) {
            return false;
        }
        Registered registered = find(owner.virtual().module());
        return registered != null && registered.module.isShadowName(tableName.substring(tail + 1));
    }

    /** The connection is closed: eponymous tables are let go. */
    public void close() {
        for (Registered registered : modules.values()) {
            if (registered.eponymous != null) {
                registered.eponymous.connected().release();
                registered.eponymous = null;
            }
        }
    }
}
