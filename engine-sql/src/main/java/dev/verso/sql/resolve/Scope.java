package dev.verso.sql.resolve;

import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import java.util.List;

/**
 * The names that an expression may use: columns of sources, NEW and OLD, common table expressions, and what the scopes around it offer.
 * Built outside for statements that write; the resolver makes the ones of queries.
 */
public final class Scope {
    private final Scope outer;
    private final List<Source> sources;
    private ScopeUse use = ScopeUse.STATEMENT;
    private boolean isDefault;
    private boolean withoutSchema;
    private boolean isDefining;
    private Source excluded;
    private Table triggerTable;
    private boolean hasNew;
    private boolean hasOld;
    private CommonTableScope commonTables;
    private QueryScope query;

    private Scope(Scope outer, List<Source> sources) {
        this.outer = outer;
        this.sources = sources;
        if (outer != null) {
            commonTables = outer.commonTables;
            use = outer.use;
            isDefining = outer.isDefining;
        }
    }

    /** No names at all: VALUES of an INSERT, LIMIT, ATTACH, PRAGMA, DEFAULT. */
    public static Scope none() {
        return new Scope(null, List.of());
    }

    /** The columns of one source: the table being written, a table whose constraint or index is resolved. */
    public static Scope of(Source source) {
        return new Scope(null, List.of(source));
    }

    /** The columns of the sources, left to right; what is not found there is sought in {@code outer} (null: nowhere). */
    public static Scope of(List<Source> sources, Scope outer) {
        return new Scope(outer, sources);
    }

    /** RETURNING of a statement that writes the row: as in SQLite, its columns are not found by a name with a schema. */
    public static Scope returning(Source row, Scope outer) {
        Scope scope = new Scope(outer, List.of(row));
        scope.withoutSchema = true;
        return scope;
    }

    /** NEW and OLD of a trigger on that table; the scope around the statements of its body. */
    public static Scope trigger(Table table, boolean hasNew, boolean hasOld) {
        Scope scope = new Scope(null, List.of());
        scope.triggerTable = table;
        scope.hasNew = hasNew;
        scope.hasOld = hasOld;
        return scope;
    }

    /** Limits what may stand in the expression. */
    public Scope use(ScopeUse what) {
        use = what;
        return this;
    }

    /** What is resolved is being defined now: which functions may be called is asked only then. */
    public Scope defining() {
        isDefining = true;
        return this;
    }

    boolean isDefining() {
        return isDefining;
    }

    /** The scope of a DEFAULT clause: no names. */
    public static Scope ofDefault(Table table) {
        Scope scope = none();
        scope.isDefault = !isTemporary(table);
        return scope;
    }

    /** True for what is written in the schema of a table that is not temporary: others than this connection may have written it. */
    boolean isOfSchema() {
        return isDefault
                || use != ScopeUse.STATEMENT
                        && (sources.isEmpty() || !isTemporary(sources.get(0).table()));
    }

    private static boolean isTemporary(Table table) {
        return table != null && table.schema() != null && table.schema().database() == Schemas.TEMP;
    }

    /** Adds {@code excluded} of an upsert: found only by its qualified name. */
    public Scope excluded(Source row) {
        excluded = row;
        return this;
    }

    Scope query(QueryScope names) {
        query = names;
        return this;
    }

    Scope commonTables(CommonTableScope tables) {
        commonTables = tables;
        return this;
    }

    Scope outer() {
        return outer;
    }

    List<Source> sources() {
        return sources;
    }

    ScopeUse use() {
        return use;
    }

    Source excluded() {
        return excluded;
    }

    Table triggerTable() {
        return triggerTable;
    }

    /** True if the sources are not found by names with a schema. */
    boolean isWithoutSchema() {
        return withoutSchema;
    }

    boolean hasNew() {
        return hasNew;
    }

    boolean hasOld() {
        return hasOld;
    }

    /** What a query adds to its sources; null outside queries. */
    QueryScope query() {
        return query;
    }

    /** The innermost WITH in sight, or null. */
    CommonTableScope commonTables() {
        return commonTables;
    }

    /** The query that this scope belongs to, or null. */
    BoundSelect select() {
        return query == null ? null : query.select();
    }

    /** NEW and OLD of the trigger that stands around, and nothing else. */
    Scope ofTriggerOnly() {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.triggerTable != null) {
                return trigger(scope.triggerTable, scope.hasNew, scope.hasOld);
            }
        }
        return none();
    }

    /** True if a trigger's statements stand somewhere around. */
    boolean isInTrigger() {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.triggerTable != null) {
                return true;
            }
        }
        return false;
    }
}
