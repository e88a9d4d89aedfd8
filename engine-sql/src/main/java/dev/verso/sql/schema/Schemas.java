package dev.verso.sql.schema;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.record.AsciiCase;
import dev.verso.sql.extend.Authorization;
import dev.verso.vm.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The schemas of one connection's databases, loaded when first asked for. Number 0 is main, 1 is temp, then the attached ones.
 *
 * <p>A schema in memory belongs to one cookie (file format §1.3.9). It is thrown away when a statement finds another cookie in the file, and
 * when a change made here is rolled back; each load counts up {@link #generation}, by which programs know that they are stale.
 */
public final class Schemas implements Catalog {
    public static final int MAIN = 0;
    public static final int TEMP = 1;

    private final Session session;
    private final Authorization authorization = new Authorization();
    private final List<Slot> slots = new ArrayList<>();
    private final VirtualTables virtualTables;
    private final BooleanSupplier trustsSchema;
    private final BooleanSupplier passesOverMistakes;
    private final DefaultCacheSize defaultCacheSize;
    private long epoch;
    private int nextGeneration = 1;

    /** The modules of the connection. */
    public interface VirtualTables {
        /** As {@link Catalog#eponymous}. */
        Table eponymous(String name);

        /** As {@link Catalog#isShadow}. */
        boolean isShadow(Schema schema, String tableName);

        /** As {@link Catalog#connect}, for virtual tables only. */
        void connect(Table table);
    }

    /** Told of what a file wants to have. */
    @FunctionalInterface
    public interface DefaultCacheSize {
        /** {@code pages} (0 if it does not say) as {@code PRAGMA default_cache_size} left them in the file, when its schema is read for the first time. */
        void found(int database, int pages);
    }

    private static final class Slot {
        final Schema schema;
        boolean wasLoaded;
        boolean loaded;
        int cookie;
        int generation;

        Slot(Schema schema) {
            this.schema = schema;
        }
    }

    /** @param passesOverMistakes whether rows of {@code sqlite_schema} that make no sense are left out: while the schema is writable */
    public Schemas(
            Session session,
            VirtualTables virtualTables,
            BooleanSupplier trustsSchema,
            BooleanSupplier passesOverMistakes,
            DefaultCacheSize defaultCacheSize) {
        this.session = session;
        this.virtualTables = virtualTables;
        this.trustsSchema = trustsSchema;
        this.passesOverMistakes = passesOverMistakes;
        this.defaultCacheSize = defaultCacheSize;
    }

    // ---- databases

    /** Numbers of the databases there are, in order: DETACH leaves gaps. */
    public List<Integer> databases() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < session.databaseCount(); i++) {
            if (session.databaseName(i) != null) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /** The database of that number is no longer there, or a new one: nothing is known of it. */
    public void changed(int database) {
        if (database < slots.size()) {
            slots.set(database, null);
        }
        epoch++;
    }

    /** The database of that number is gone, and those behind it have moved down by one. */
    public void removed(int database) {
        if (database < slots.size()) {
            slots.remove(database);
        }
        for (int i = database; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot != null) {
                slot.schema.moveTo(i);
                slot.generation = nextGeneration++;
            }
        }
        epoch++;
    }

    private Slot slot(int database) {
        while (slots.size() <= database) {
            slots.add(null);
        }
        Slot slot = slots.get(database);
        if (slot == null) {
            slot = new Slot(new Schema(database, session.databaseName(database)));
            slot.generation = nextGeneration++;
            slots.set(database, slot);
        }
        return slot;
    }

    /** Number of the database of that name, or -1. {@code main} always means database 0. */
    public int databaseNumber(String name) {
        return session.databaseIndex(name);
    }

    public String databaseName(int database) {
        return session.databaseName(database);
    }

    /** Counts up with every change of any schema: programs compiled at another epoch may mean other things by their names. */
    public long epoch() {
        return epoch;
    }

    // ---- catalog

    @Override
    public List<Schema> searchOrder() {
        List<Schema> order = new ArrayList<>();
        order.add(schema(TEMP));
        order.add(schema(MAIN));
        for (int i : databases()) {
            if (i > TEMP) {
                order.add(schema(i));
            }
        }
        return order;
    }

    /** All schemas by number. */
    public List<Schema> all() {
        List<Schema> all = new ArrayList<>();
        for (int i : databases()) {
            all.add(schema(i));
        }
        return all;
    }

    @Override
    public Schema schema(String name) {
        int database = databaseNumber(name);
        return database < 0 ? null : schema(database);
    }

    @Override
    public Schema schema(int database) {
        Slot slot = slot(database);
        if (!slot.loaded) {
            load(database);
        }
        return slot.schema;
    }

    @Override
    public Table table(String schemaName, String tableName) {
        return find(this, schemaName, tableName);
    }

    /** Seeks a table in the schemas of that catalog, which has the same databases. */
    Table find(Catalog catalog, String schemaName, String tableName) {
        String name = tableName;
        if (schemaName != null) {
            Schema schema = catalog.schema(schemaName);
            return schema == null ? null : tableIn(schema, name);
        }
        if (isTempSchemaTable(name)) {
            return catalog.schema(TEMP).table("sqlite_temp_master");
        }
        if (isSchemaTable(name)) {
            return catalog.schema(MAIN).table("sqlite_master");
        }
        Table table = catalog.schema(TEMP).table(name);
        if (table == null) {
            table = catalog.schema(MAIN).table(name);
        }
        if (table == null) {
            for (int i : databases()) {
                if (i > TEMP && table == null) {
                    table = catalog.schema(i).table(name);
                }
            }
        }
        return table;
    }

    private static Table tableIn(Schema schema, String name) {
        if (isSchemaTable(name) || schema.database() == TEMP && isTempSchemaTable(name)) {
            return schema.table(schema.database() == TEMP ? "sqlite_temp_master" : "sqlite_master");
        }
        return schema.table(name);
    }

    private static boolean isSchemaTable(String name) {
        return AsciiCase.same(name, "sqlite_master") || AsciiCase.same(name, "sqlite_schema");
    }

    private static boolean isTempSchemaTable(String name) {
        return AsciiCase.same(name, "sqlite_temp_master") || AsciiCase.same(name, "sqlite_temp_schema");
    }

    @Override
    public Index index(String schemaName, String indexName) {
        if (schemaName != null) {
            Schema schema = schema(schemaName);
            return schema == null ? null : schema.index(indexName);
        }
        for (Schema schema : searchOrder()) {
            Index index = schema.index(indexName);
            if (index != null) {
                return index;
            }
        }
        return null;
    }

    @Override
    public boolean isShadow(Schema schema, String tableName) {
        return virtualTables.isShadow(schema, tableName);
    }

    @Override
    public Authorization authorization() {
        return authorization;
    }

    boolean passesOverMistakes() {
        return passesOverMistakes.getAsBoolean();
    }

    @Override
    public boolean trustsSchema() {
        return trustsSchema.getAsBoolean();
    }

    @Override
    public Table eponymous(String name) {
        return virtualTables.eponymous(AsciiCase.lower(name));
    }

    @Override
    public void connect(Table table) {
        if (table.isVirtual() && table.connected() == null) {
            virtualTables.connect(table);
        }
    }

    // ---- loading and forgetting

    /** Cookie of the schema in memory. */
    public int cookie(int database) {
        return slot(database).cookie;
    }

    public void cookie(int database, int value) {
        slot(database).cookie = value;
    }

    public int generation(int database) {
        return slot(database).generation;
    }

    public boolean isLoaded(int database) {
        return slot(database).loaded;
    }

    /** The schema in memory may be wrong: it is read again when next asked for, and programs compiled so far are stale. */
    public void forget(int database) {
        Slot slot = slot(database);
        slot.loaded = false;
        expire(database);
    }

    /** Opens the database's snapshot, if none is open, and makes the schema in memory that of it. */
    public void enter(int database) {
        BTree tree = session.database(database);
        tree.beginRead();
        Slot slot = slot(database);
        if (slot.loaded && slot.cookie != tree.headerField(HeaderField.SCHEMA_COOKIE)) {
            forget(database);
        }
    }

    /** Compares the schemas in memory with their files and forgets those that are out of date. @return true if there was one */
    public boolean forgetChanged() {
        boolean found = false;
        for (int database : databases()) {
            BTree tree = session.openDatabase(database);
            if (tree == null || !slot(database).loaded) {
                continue;
            }
            boolean wasReading = tree.pager().isReading();
            tree.beginRead();
            int cookie = tree.headerField(HeaderField.SCHEMA_COOKIE);
            if (!wasReading) {
                tree.endRead();
            }
            if (cookie != slot(database).cookie) {
                forget(database);
                found = true;
            }
        }
        return found;
    }

    /** Some schema in memory is not the file's any more; which one is not known. */
    public void forgetStale() {
        for (int database : databases()) {
            if (slot(database).loaded && session.openDatabase(database) != null) {
                forget(database);
            }
        }
    }

    /** Names may mean other eponymous tables now. */
    public void changedModules() {
        epoch++;
    }

    /** Programs compiled so far for this database are stale. */
    public void expire(int database) {
        slot(database).generation = nextGeneration++;
        epoch++;
    }

    /** A table or view of this database is gone: what its views were found to select is forgotten with it, but not what those of others were. */
    public void removeTable(int database, String name) {
        schema(database).removeTable(name);
        expire(database);
        forgetViewColumns(database);
    }

    private void forgetViewColumns(int database) {
        for (Table table : slot(database).schema.tables()) {
            if (table.isView()) {
                table.columns().clear();
            }
        }
    }

    /** Reads the rows of one table (all for null) that a statement has just written. */
    public void loadNew(int database, String tableName) {
        expire(database);
        Slot slot = slot(database);
        if (!slot.loaded) {
            return;
        }
        SchemaLoader loader = new SchemaLoader(this, slot.schema, session.database(database), passesOverMistakes());
        if (tableName == null) {
            forgetViewColumns(database);
            loader.loadAll();
        } else {
            loader.loadTable(tableName);
        }
    }

    /** Reads {@code sqlite_stat1} and {@code sqlite_stat4} again. */
    public void loadStatistics(int database) {
        if (slot(database).loaded) {
            new Statistics(slot(database).schema, session.database(database)).load();
            expire(database);
        }
    }

    private void load(int database) {
        Slot slot = slot(database);
        if (session.openDatabase(database) == null) {
            SchemaLoader.loadEmpty(slot.schema); // temp, before anything is put into it
            slot.loaded = true;
            slot.cookie = 0;
            return;
        }
        BTree tree = session.database(database);
        boolean wasReading = tree.pager().isReading();
        tree.beginRead();
        try {
            slot.cookie = tree.headerField(HeaderField.SCHEMA_COOKIE);
            slot.loaded = true; // set first, as a TEMP trigger asks for other schemas while it is loaded
            new SchemaLoader(this, slot.schema, tree, passesOverMistakes()).loadAll();
            int pages = Math.abs(tree.headerField(HeaderField.DEFAULT_CACHE_SIZE));
            if (!slot.wasLoaded && pages != 0 || database == TEMP) {
                defaultCacheSize.found(database, pages);
            }
            slot.wasLoaded = true;
        } catch (RuntimeException e) {
            slot.loaded = false;
            slot.schema.clear();
            throw e;
        } finally {
            if (!wasReading) {
                tree.endRead();
            }
        }
    }
}
