package dev.verso.sql.write;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Name;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.ExpressionCompiler;
import dev.verso.sql.code.Settings;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.DefinitionMistake;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.ProgramReference;
import dev.verso.vtab.VirtualTable;
import dev.verso.vtab.WritableVirtualTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the compilers of one statement that writes share: the program under construction, the resolver, the connection's settings. */
public final class WriteContext {
    private final CodeContext code;
    private final Resolver resolver;
    private final Settings settings;
    private final String sql;
    private final Scope outerScope;
    private final Map<Object, ProgramReference> subprograms;
    private final boolean isSubprogram;
    private final WriteContext statement;
    private final Map<Table, Autoincrement> autoincrements = new LinkedHashMap<>();
    private DatabaseException triggerError;
    private boolean droppingTable;
    private RowCount rowCount;

    /** @param sql text that the spans of the statement refer to */
    public WriteContext(CodeContext code, Resolver resolver, Settings settings, String sql) {
        this(code, resolver, settings, sql, null, Scope.none());
    }

    /** A statement inside a subprogram of {@code caller}. @param outerScope names that it may use besides its own: OLD and NEW */
    WriteContext(
            CodeContext code, Resolver resolver, Settings settings, String sql, WriteContext caller, Scope outerScope) {
        this.code = code;
        this.resolver = resolver;
        this.settings = settings;
        this.sql = sql;
        this.outerScope = outerScope;
        isSubprogram = caller != null;
        statement = caller == null ? this : caller.statement;
        subprograms = caller == null ? new LinkedHashMap<>() : caller.subprograms;
        rowCount = new RowCount(code.builder(), null);
    }

    /** The statement answers with the number of its rows under that name, if that is what the connection wants. */
    public void answerWithCount(String name) {
        if (settings.countChanges()) {
            rowCount = new RowCount(code.builder(), name);
        }
    }

    RowCount rowCount() {
        return rowCount;
    }

    /** The statement that subprograms are compiled for; itself outside of subprograms. */
    WriteContext statement() {
        return statement;
    }

    /** Counters that the statement and its subprograms use. */
    Map<Table, Autoincrement> autoincrements() {
        return autoincrements;
    }

    /** A trigger cannot be compiled. As in SQLite that is reported when the statement itself has been found to be sound. */
    void triggerFailed(DatabaseException error) {
        if (statement.triggerError == null) {
            statement.triggerError = error;
        }
    }

    /**
     * Emits what a statement does when all rows are written: in subprograms nothing, as the statement around them does it.
     *
     * @throws DatabaseException if a trigger could not be compiled
     */
    void rowsAreWritten() {
        if (this == statement && triggerError != null) {
            throw triggerError;
        }
        List<Autoincrement> newestFirst = new ArrayList<>(autoincrements.values());
        Collections.reverse(newestFirst);
        newestFirst.forEach(Autoincrement::end);
    }

    /** True inside a trigger or an action of a foreign key. */
    boolean isSubprogram() {
        return isSubprogram;
    }

    Scope outerScope() {
        return outerScope;
    }

    /** Subprograms of the statement, shared by all that are nested in it. */
    Map<Object, ProgramReference> subprograms() {
        return subprograms;
    }

    /** What identifies the subprogram that was compiled last; null if there is none yet. */
    Object lastSubprogram() {
        Object last = null;
        for (Object key : subprograms.keySet()) {
            last = key;
        }
        return last;
    }

    /** True while the rows of a table that is being dropped are deleted: missing parents are then no error. */
    boolean isDroppingTable() {
        return droppingTable;
    }

    void droppingTable(boolean on) {
        droppingTable = on;
    }

    public CodeContext code() {
        return code;
    }

    public ProgramBuilder builder() {
        return code.builder();
    }

    public ExpressionCompiler expressions() {
        return code.expressions();
    }

    public Resolver resolver() {
        return resolver;
    }

    public Settings settings() {
        return settings;
    }

    public String sql() {
        return sql;
    }

    /** Asks the authorizer. @return false if the action is to be left undone */
    boolean allows(Action action, Table table, String column) {
        return code.catalog()
                .authorization()
                .allows(action, table.name(), column, table.schema().name());
    }

    /** The table or view that a statement writes. */
    Table target(Name schemaName, Name name) {
        Table table = resolver.table(schemaName == null ? null : schemaName.text(), name.text());
        if (table.kind() == Table.Kind.VIRTUAL) {
            VirtualTable virtual = table.connected().table();
            if (!(virtual instanceof WritableVirtualTable)) {
                throw error("table " + table.name() + " may not be modified");
            }
            boolean isTrusted = virtual.trust() == VirtualTable.Trust.INNOCUOUS
                    || virtual.trust() == VirtualTable.Trust.NORMAL && settings.trustedSchema();
            if (isSubprogram && !isTrusted) {
                throw error("unsafe use of virtual table \"" + table.name() + "\"");
            }
            return table;
        }
        return table;
    }

    /**
     * Refuses what cannot be written: tables of the system, and views where no INSTEAD OF trigger stands for the writing.
     *
     * @param returns whether the statement has RETURNING: as in SQLite any trigger on the view will do then
     */
    void checkWritable(Table table, RowTriggers triggers, boolean returns) {
        if (table.isView()) {
            resolver.resolveView(table);
        }
        if (isReadOnly(table) && !settings.writableSchema() || isProtected(table.schema(), table.name())) {
            throw error("table " + table.name() + " may not be modified");
        }
        if (table.isView() && triggers.isEmpty() && !(returns && RowTriggers.anyOn(this, table))) {
            throw error("cannot modify " + table.name() + " because it is a view");
        }
    }

    /** True for a shadow table that only its module may change: in defensive mode, outside of running statements. */
    public boolean isProtected(Schema schema, String tableName) {
        return settings.defensive()
                && code.session().activeStatements() == 0
                && code.catalog().isShadow(schema, tableName);
    }

    private static boolean isReadOnly(Table table) {
        Schema schema = table.schema();
        return schema == null
                || table.name().equals("sqlite_master")
                || table.name().equals("sqlite_temp_master");
    }

    /** The number that {@code Halt} and its like know a conflict action by. */
    static int flag(ConflictAction action) {
        return action.ordinal() + 1;
    }

    /** Emits the value of a column ({@link Source#ROWID} for the rowid) of a row that the source is on. */
    public void compileColumn(Source source, int column, int register) {
        expressions().compile(resolver.column(source, column), register);
    }

    /** {@code unknown database}, with the name as it stands in the statement, quotes included. */
    public DatabaseException unknownDatabase(Name name) {
        return DefinitionMistake.atOnce(
                "unknown database " + (name.span().isKnown() ? name.span().of(sql) : name.text()));
    }

    /** The value of DEFAULT, resolved. */
    public BoundExpr defaultValue(Table owner, Column column) {
        try {
            return resolver.expr(column.defaultValue(), Scope.ofDefault(owner));
        } catch (DatabaseException e) {
            if (isUnknownFunction(e)) {
                String name = e.getMessage().substring(e.getMessage().lastIndexOf(' ') + 1);
                throw error("unknown function: " + (name.endsWith("()") ? name : name + "()"));
            }
            throw e;
        }
    }

    /** True if a name with that number of arguments is no function, or none that stands on its own. */
    public static boolean isUnknownFunction(DatabaseException e) {
        return e.getMessage().startsWith("no such function: ")
                || e.getMessage().startsWith("misuse of aggregate function ")
                || e.getMessage().startsWith("misuse of window function ")
                || e.getMessage().startsWith("wrong number of arguments to function ");
    }

    public static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }
}
