package dev.verso.vm;

/** What the machine asks of the layer above: the schema in memory belongs there. */
public interface SchemaHost {
    /** {@code ParseSchema}: reads rows of {@code sqlite_schema} (all if {@code where} is null, else those of that condition) into memory. */
    void parseSchema(int database, String where);

    /** {@code DropTable}, {@code DropIndex}, {@code DropTrigger}: forget the object of that name. */
    void forgetTable(int database, String name);

    void forgetIndex(int database, String name);

    void forgetTrigger(int database, String name);

    /** A root page moved ({@code Destroy} with auto-vacuum): tables and indexes with {@code from} now have {@code to}. */
    void rootPageMoved(int database, int from, int to);

    /** The schema in memory is no longer that of the file: load it again before the next statement. */
    void schemaChanged(int database);

    /** Cookie of the schema in memory, to be compared with the file's when a transaction begins. */
    int schemaCookie(int database);

    void schemaCookie(int database, int cookie);

    /** Counts schema loads of this database in this connection; programs remember the value that they were compiled for. */
    int schemaGeneration(int database);

    /** {@code SqlExec}: runs SQL on this connection. */
    void execute(String sql);

    /** {@code VCreate}: the module makes the virtual table of that name, whose row in {@code sqlite_schema} has just been read. */
    ConnectedTable createVirtualTable(int database, String name);

    /** {@code VDestroy}. */
    void destroyVirtualTable(int database, String name);

    /** {@code LoadAnalysis}. */
    void loadStatistics(int database);
}
