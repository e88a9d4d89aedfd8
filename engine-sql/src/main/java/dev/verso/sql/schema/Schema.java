package dev.verso.sql.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The objects of one attached database. Names are case-insensitive. */
public final class Schema {
    private int database;
    private final String name;
    private boolean hasDescendingIndexes = true;
    private final NamedObjects<Table> tables = new NamedObjects<>();
    private final NamedObjects<Index> indexes = new NamedObjects<>();
    private final NamedObjects<Trigger> triggers = new NamedObjects<>();
    /** By the parent's name, the newest first. */
    private final NamedObjects<List<ForeignKey>> references = new NamedObjects<>();

    /** @param database number in the connection: 0 main, 1 temp, then attached ones @param name {@code main} … */
    public Schema(int database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Files of schema format 1 to 3 know no descending columns of indexes: DESC is read and means nothing. */
    public boolean hasDescendingIndexes() {
        return hasDescendingIndexes;
    }

    public void hasDescendingIndexes(boolean has) {
        hasDescendingIndexes = has;
    }

    public int database() {
        return database;
    }

    /** A database before this one was detached. */
    void moveTo(int number) {
        database = number;
    }

    public String name() {
        return name;
    }

    public Table table(String tableName) {
        return tables.get(tableName);
    }

    public Index index(String indexName) {
        return indexes.get(indexName);
    }

    public Trigger trigger(String triggerName) {
        return triggers.get(triggerName);
    }

    public Collection<Table> tables() {
        return tables.values();
    }

    public Collection<Index> indexes() {
        return indexes.values();
    }

    public Collection<Trigger> triggers() {
        return triggers.values();
    }

    /** Foreign keys of this schema that refer to a table of the name, the newest first: the order in which SQLite checks them and runs their actions. */
    public List<ForeignKey> referencesTo(String tableName) {
        List<ForeignKey> found = references.get(tableName);
        return found == null ? List.of() : found;
    }

    /** @param table complete but for indexes and triggers that have definitions of their own */
    public void add(Table table) {
        tables.put(table.name(), table);
        for (ForeignKey key : table.foreignKeys()) {
            List<ForeignKey> ofParent = references.get(key.parentTable());
            if (ofParent == null) {
                ofParent = new ArrayList<>();
                references.put(key.parentTable(), ofParent);
            }
            ofParent.add(0, key);
        }
    }

    public void add(Index index) {
        indexes.put(index.name(), index);
    }

    public void add(Trigger trigger) {
        triggers.put(trigger.name(), trigger);
    }

    /** A statement with RETURNING is compiled: to SQLite that is a TEMP trigger for a while, which may change the order of the others. */
    public void noteReturning() {
        triggers.makeRoom();
    }

    /** Forgets a table with its indexes and triggers. */
    public void removeTable(String tableName) {
        Table table = tables.remove(tableName);
        if (table == null) {
            return;
        }
        table.forget();
        for (ForeignKey key : table.foreignKeys()) {
            references.get(key.parentTable()).remove(key);
        }
        List<Index> gone = new ArrayList<>(table.indexes());
        for (Index index : gone) {
            indexes.remove(index.name());
        }
        for (Trigger trigger : new ArrayList<>(table.triggers())) {
            triggers.remove(trigger.name());
        }
    }

    public void removeIndex(String indexName) {
        Index index = indexes.remove(indexName);
        if (index != null) {
            index.table().indexes().remove(index);
        }
    }

    public void removeTrigger(String triggerName) {
        Trigger trigger = triggers.remove(triggerName);
        if (trigger != null && trigger.tableSchema() == this) {
            Table table = table(trigger.tableName());
            if (table != null) {
                table.triggers().remove(trigger);
            }
        }
    }

    public void clear() {
        for (Table table : tables.values()) {
            table.forget();
        }
        tables.clear();
        indexes.clear();
        triggers.clear();
        references.clear();
    }
}
